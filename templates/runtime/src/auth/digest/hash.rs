//! The hashes of a digest (RFC 7616 section 3.4).

use md5::Md5;
use sha2::{Digest as _, Sha256};

/// A hash algorithm, the better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Algorithm {
    Sha256,
    Md5,
}

impl Algorithm {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        let named = |candidate: &Self| candidate.name().eq_ignore_ascii_case(name);
        [Self::Sha256, Self::Md5].into_iter().find(named)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "SHA-256",
            Self::Md5 => "MD5",
        }
    }

    fn hash(self, parts: &[&str]) -> String {
        let text = parts.join(":");
        match self {
            Self::Sha256 => hex(&Sha256::digest(text)),
            Self::Md5 => hex(&Md5::digest(text)),
        }
    }
}

/// What the answer to a challenge is made from.
pub(super) struct Ingredients<'a> {
    pub(super) user: &'a str,
    pub(super) password: &'a str,
    pub(super) realm: &'a str,
    pub(super) nonce: &'a str,
    /// How often the nonce has been used, this use included: 8 hexadecimal digits.
    pub(super) count: &'a str,
    pub(super) client_nonce: &'a str,
    pub(super) method: &'a str,
    pub(super) uri: &'a str,
}

impl Ingredients<'_> {
    /// The `response` directive for `qop=auth` (section 3.4.1).
    pub(super) fn response(&self, algorithm: Algorithm) -> String {
        let secret = algorithm.hash(&[self.user, self.realm, self.password]);
        let request = algorithm.hash(&[self.method, self.uri]);
        algorithm.hash(&[&secret, self.nonce, self.count, self.client_nonce, "auth", &request])
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7616 section 3.9.1.
    #[test]
    fn the_responses_are_those_of_the_standard() {
        let ingredients = Ingredients {
            user: "Mufasa",
            password: "Circle of Life",
            realm: "http-auth@example.org",
            nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
            count: "00000001",
            client_nonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
            method: "GET",
            uri: "/dir/index.html",
        };
        assert_eq!(ingredients.response(Algorithm::Md5), "8ca523f5e9506fed4657c9700eebdbec");
        let sha = "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1";
        assert_eq!(ingredients.response(Algorithm::Sha256), sha);
    }
}
