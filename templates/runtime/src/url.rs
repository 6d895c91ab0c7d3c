//! The base URL, and what is joined to it.

use std::net::IpAddr;

use http::Uri;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters (section 2.3).
pub(crate) const ALL_BUT_UNRESERVED: &AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What may not stand in a path as it is: neither `pchar` (RFC 3986 section 3.3), nor `/`, nor the `%` of an escape.
const ILLEGAL_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Percent-encodes everything but unreserved characters: for values.
pub(crate) fn escape(text: &str) -> String {
    utf8_percent_encode(text, ALL_BUT_UNRESERVED).to_string()
}

/// What a query may hold as it is where reserved characters are allowed: unreserved and reserved characters, but not those
/// that would end the value or are changed on the way (OpenAPI 3.1.1, Parameter Object, `allowReserved`).
const ALL_BUT_RESERVED: &AsciiSet = &ALL_BUT_UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// Percent-encodes what is neither unreserved nor a reserved character that a query's value may hold. What is escaped
/// already stays so (RFC 6570 section 3.2.3).
pub(crate) fn escape_reserved(text: &str) -> String {
    let mut pieces = text.split('%');
    let first = pieces.next().unwrap_or_default();
    let mut escaped = utf8_percent_encode(first, ALL_BUT_RESERVED).to_string();
    for piece in pieces {
        let is_escape =
            piece.as_bytes().first_chunk::<2>().is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        escaped.push_str(if is_escape { "%" } else { "%25" });
        escaped.extend(utf8_percent_encode(piece, ALL_BUT_RESERVED));
    }
    escaped
}

/// Percent-encodes only what no path may hold: for a document's literal text.
pub(crate) fn escape_literal(text: &str) -> String {
    utf8_percent_encode(text, ILLEGAL_IN_PATH).to_string()
}

/// Whether a URL parser takes this piece of a path for "here" or "up" (RFC 3986 section 5.2.4; the URL standard
/// counts the escaped dots too).
pub(crate) fn is_dot_segment(segment: &str) -> bool {
    after_dot(segment).is_some_and(|rest| rest.is_empty() || after_dot(rest) == Some(""))
}

fn after_dot(text: &str) -> Option<&str> {
    ["%2e", "%2E", "."].into_iter().find_map(|dot| text.strip_prefix(dot))
}

/// Where a service is: https, or plain http on the machine itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    /// Scheme and authority: `https://cloud.example.com:8443`.
    origin: String,
    /// The path without a slash at its end: empty, or `/base`.
    path: String,
    /// Whether the host is the machine itself.
    pub(crate) is_loopback: bool,
}

impl BaseUrl {
    /// Checks a base URL.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text.contains(['?', '#']) {
            return Err("a base URL has no query and no fragment".to_owned());
        }
        let uri: Uri = text.parse().map_err(|error| format!("not a URL: {error}"))?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err("not an absolute URL".to_owned());
        };
        // User names and passwords in URLs end up in logs; credentials have their own place.
        if authority.as_str().contains('@') {
            return Err("a base URL holds no user name and no password".to_owned());
        }
        let is_loopback = is_loopback(authority.host());
        match scheme {
            "https" => {}
            "http" if is_loopback => {}
            "http" => return Err("plain http is for the machine itself only; use https".to_owned()),
            _ => return Err(format!("the scheme is {scheme}; use https")),
        }
        let path = uri.path().trim_end_matches('/');
        if path.split('/').any(is_dot_segment) {
            return Err("a base URL has no `.` or `..` in its path".to_owned());
        }
        Ok(Self { origin: format!("{scheme}://{authority}"), path: escape_literal(path), is_loopback })
    }

    /// Another base on the same host: a path in place of this one's.
    pub(crate) fn on_its_host(&self, path: &str) -> Result<Self, String> {
        Self::parse(&format!("{}{path}", self.origin))
    }

    /// The URL of a path (and query) below the base.
    pub(crate) fn join(&self, path_and_query: &str) -> Result<Uri, String> {
        let slash = if path_and_query.starts_with('/') { "" } else { "/" };
        let text = format!("{}{}{slash}{path_and_query}", self.origin, self.path);
        text.parse().map_err(|error| format!("the URL cannot be written: {error}"))
    }

    /// The URL that a reference means: absolute, held to the same rules as a base URL, or a path below the base.
    pub(crate) fn resolve(&self, reference: &str) -> Result<Uri, String> {
        if !reference.contains("://") {
            return self.join(reference);
        }
        let (bare, query) = reference.split_once('?').map_or((reference, None), |(bare, query)| (bare, Some(query)));
        let absolute = Self::parse(bare)?;
        let path = bare.parse::<Uri>().map_or_else(|_| String::new(), |uri| escape_literal(uri.path()));
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        let text = format!("{}{path}{query}", absolute.origin);
        text.parse().map_err(|error| format!("not a URL: {error}"))
    }
}

impl std::fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}{}", self.origin, self.path)
    }
}

/// 127.0.0.0/8, ::1, and `localhost` (RFC 6761 section 6.3).
fn is_loopback(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(base: &str, path: &str) -> String {
        BaseUrl::parse(base).unwrap().join(path).unwrap().to_string()
    }

    #[test]
    fn https_is_taken_and_http_on_the_machine_itself_only() {
        for good in [
            "https://cloud.example.com",
            "https://cloud.example.com:8443/base/",
            "http://127.0.0.1:8080",
            "http://127.9.9.9",
            "http://[::1]:80/",
            "http://localhost:1",
            "http://LOCALHOST",
        ] {
            assert!(BaseUrl::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://cloud.example.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://2130706433",
            "http://0.0.0.0",
            "http://[::]",
            "http://user:secret@localhost",
            "https://user@cloud.example.com",
            "ftp://cloud.example.com",
            "cloud.example.com",
            "/only/a/path",
            "",
            "https://cloud.example.com/?a=1",
            "https://cloud.example.com/#top",
            "https://cloud.example.com/a/../b",
            "https://cloud.example.com/a/%2E%2e/b",
        ] {
            assert!(BaseUrl::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn slashes_between_base_and_path_are_neither_doubled_nor_lost() {
        assert_eq!(joined("https://a.example", "/x?y=1"), "https://a.example/x?y=1");
        assert_eq!(joined("https://a.example/", "/x"), "https://a.example/x");
        assert_eq!(joined("https://a.example/base/", "/x"), "https://a.example/base/x");
        assert_eq!(joined("https://a.example/base", "x"), "https://a.example/base/x");
    }

    #[test]
    fn a_reference_is_a_path_below_the_base_or_an_absolute_url() {
        let base = BaseUrl::parse("http://127.0.0.1:9/base").unwrap();
        assert_eq!(base.resolve("/token").unwrap().to_string(), "http://127.0.0.1:9/base/token");
        assert_eq!(base.resolve("https://b.example/token?a=1").unwrap().to_string(), "https://b.example/token?a=1");
        assert!(base.resolve("http://b.example/token").is_err());
    }

    #[test]
    fn reserved_characters_stay_where_they_end_nothing() {
        assert_eq!(escape_reserved("/a?b:c@d!$'()*,;=e~"), "/a?b:c@d!$'()*,;=e~");
        assert_eq!(escape_reserved("a&b#c+d[e] f|ü"), "a%26b%23c%2Bd%5Be%5D%20f%7C%C3%BC");
        assert_eq!(escape_reserved("%2f%zz%"), "%2f%25zz%25");
    }

    #[test]
    fn values_keep_only_unreserved_characters() {
        assert_eq!(escape("a b/ü:c"), "a%20b%2F%C3%BC%3Ac");
        assert_eq!(escape("-._~+%"), "-._~%2B%25");
        assert_eq!(escape_literal("/a b/{x}:addUser%20"), "/a%20b/%7Bx%7D:addUser%20");
    }
}
