//! Reading `WWW-Authenticate` (RFC 9110 section 11.6.1, RFC 7616 section 3.3).

use http::HeaderMap;
use http::header::WWW_AUTHENTICATE;

use super::hash::Algorithm;

/// A digest challenge that can be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Challenge {
    pub(super) realm: String,
    pub(super) nonce: String,
    pub(super) opaque: Option<String>,
    pub(super) algorithm: Algorithm,
    /// Whether the challenge names its algorithm; the answer names it where the challenge does.
    pub(super) names_algorithm: bool,
    /// Whether only the nonce was too old; user name and password were right.
    pub(super) is_stale: bool,
}

impl Challenge {
    /// The best of the challenges in the headers that can be answered: SHA-256 before MD5, and of equals the first.
    pub(super) fn choose(headers: &HeaderMap) -> Option<Self> {
        let texts =
            headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|header| std::str::from_utf8(header.as_bytes()).ok());
        let challenges = texts.flat_map(split).filter_map(|challenge| Self::read(&challenge));
        challenges.min_by_key(|challenge| challenge.algorithm)
    }

    /// `None`: not digest, or one that asks for what is not supported here. Unknown directives are ignored.
    fn read(challenge: &Raw<'_>) -> Option<Self> {
        if !challenge.scheme.eq_ignore_ascii_case("digest") {
            return None;
        }
        let algorithm = challenge.directive("algorithm");
        let qop = challenge.directive("qop")?;
        let offers_auth = qop.split(',').any(|qop| qop.trim().eq_ignore_ascii_case("auth"));
        offers_auth.then_some(Self {
            realm: challenge.directive("realm")?.to_owned(),
            nonce: challenge.directive("nonce")?.to_owned(),
            opaque: challenge.directive("opaque").map(str::to_owned),
            algorithm: Algorithm::from_name(algorithm.unwrap_or("MD5"))?,
            names_algorithm: algorithm.is_some(),
            is_stale: challenge.directive("stale").is_some_and(|stale| stale.eq_ignore_ascii_case("true")),
        })
    }
}

/// A challenge of any scheme, with its directives in order.
struct Raw<'a> {
    scheme: &'a str,
    directives: Vec<(&'a str, String)>,
}

impl Raw<'_> {
    fn directive(&self, name: &str) -> Option<&str> {
        let found = self.directives.iter().find(|(given, _)| given.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// Takes a header apart: several challenges may stand in one, with commas between them as between directives.
fn split(header: &str) -> Vec<Raw<'_>> {
    let mut challenges: Vec<Raw<'_>> = Vec::new();
    let mut reader = Reader { rest: header };
    loop {
        reader.skip(|byte| byte == b',' || is_blank(byte));
        let word = reader.token();
        if word.is_empty() {
            return challenges;
        }
        reader.skip(is_blank);
        // A word before `=` is a directive, unless what follows is the padding of a token68.
        match (reader.directive_value(), challenges.last_mut()) {
            (Some(value), Some(challenge)) => challenge.directives.push((word, value)),
            (Some(_), None) => return challenges,
            (None, _) => {
                challenges.push(Raw { scheme: word, directives: Vec::new() });
                reader.skip_token68();
            }
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn skip(&mut self, unwanted: impl Fn(u8) -> bool) {
        self.take(unwanted);
    }

    fn take(&mut self, wanted: impl Fn(u8) -> bool) -> &'a str {
        let end = self.rest.bytes().position(|byte| !wanted(byte)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn token(&mut self) -> &'a str {
        self.take(is_token)
    }

    /// What stands after `=`: a quoted string or a token.
    fn directive_value(&mut self) -> Option<String> {
        let after = self.rest.strip_prefix('=')?;
        self.rest = after;
        self.skip(is_blank);
        match self.rest.strip_prefix('"') {
            Some(quoted) => {
                self.rest = quoted;
                Some(self.quoted())
            }
            None => Some(self.token().to_owned()),
        }
    }

    /// The rest of a quoted string (RFC 9110 section 5.6.4).
    fn quoted(&mut self) -> String {
        let mut text = String::new();
        let mut characters = self.rest.chars();
        while let Some(character) = characters.next() {
            match character {
                '"' => break,
                '\\' => text.extend(characters.next()),
                character => text.push(character),
            }
        }
        self.rest = characters.as_str();
        text
    }

    /// Skips what a scheme such as `Negotiate` has in place of directives.
    fn skip_token68(&mut self) {
        let mut ahead = Self { rest: self.rest };
        ahead.skip(|byte| is_token(byte) || byte == b'/');
        ahead.skip(|byte| byte == b'=');
        ahead.skip(is_blank);
        if ahead.rest.is_empty() || ahead.rest.starts_with(',') {
            self.rest = ahead.rest;
        }
    }
}

fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// RFC 9110 section 5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn chosen(headers: &[&'static str]) -> Option<Challenge> {
        let mut map = HeaderMap::new();
        for text in headers {
            map.append(WWW_AUTHENTICATE, HeaderValue::from_static(text));
        }
        Challenge::choose(&map)
    }

    #[test]
    fn every_part_of_a_challenge_is_read() {
        let challenge = chosen(&[
            r#"Digest realm="MMS Public API", domain="", nonce="a\"b,=" , algorithm=MD5, qop="auth-int, auth", stale=TRUE, opaque=o1, userhash=true, new="x""#,
        ]);
        let expected = Challenge {
            realm: "MMS Public API".to_owned(),
            nonce: "a\"b,=".to_owned(),
            opaque: Some("o1".to_owned()),
            algorithm: Algorithm::Md5,
            names_algorithm: true,
            is_stale: true,
        };
        assert_eq!(challenge, Some(expected));
    }

    #[test]
    fn the_strongest_of_several_is_chosen_wherever_it_stands() {
        let one_header = r#"Basic realm="a, Digest b", Negotiate YWJj==, Digest realm=r, nonce=1, qop=auth, Digest realm=r, nonce=2, qop=auth, algorithm=SHA-256"#;
        assert_eq!(chosen(&[one_header]).unwrap().nonce, "2");
        let md5 = r#"Digest realm="r", nonce="1", qop="auth""#;
        let sha = r#"digest realm="r", nonce="2", qop="auth", algorithm=sha-256"#;
        assert_eq!(chosen(&[md5, sha]).unwrap().nonce, "2");
        assert_eq!(chosen(&[md5, "Basic", "Negotiate"]).unwrap().nonce, "1");
    }

    #[test]
    fn what_cannot_be_answered_is_no_challenge() {
        for header in [
            "",
            "Basic realm=x",
            "realm=x, nonce=y",
            "Digest",
            "Digest realm=r, nonce=1",
            "Digest realm=r, qop=auth",
            "Digest realm=r, nonce=1, qop=auth-int",
            "Digest realm=r, nonce=1, qop=auth, algorithm=MD5-sess",
            "Digest realm=\"r",
            ", ,, \u{7f}",
        ] {
            assert_eq!(chosen_text(header), None, "{header}");
        }
    }

    fn chosen_text(text: &'static str) -> Option<Challenge> {
        split(text).iter().find_map(Challenge::read)
    }
}
