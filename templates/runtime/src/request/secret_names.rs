//! What is known by its name to be a secret.

use http::HeaderName;

/// Headers that carry credentials.
pub(crate) fn is_secret_header(name: &HeaderName) -> bool {
    const NAMES: [&str; 4] = ["authorization", "proxy-authorization", "cookie", "set-cookie"];
    NAMES.contains(&name.as_str()) || is_secret_name(name.as_str())
}

/// Names of what is mostly a secret, however they are written: `dbPassword`, `client_secret`, `X-API-Key`.
pub(crate) fn is_secret_name(name: &str) -> bool {
    const ENDS: [&str; 7] = ["password", "passphrase", "secret", "privatekey", "apikey", "accesstoken", "authtoken"];
    // Every header of every answer comes by here, so no text is made.
    let backwards = || name.bytes().rev().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    ENDS.iter().any(|end| backwards().take(end.len()).eq(end.bytes().rev()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_however_their_names_are_written() {
        for name in ["authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "apikey"] {
            assert!(is_secret_header(&HeaderName::from_static(name)), "{name}");
        }
        for name in ["dbPassword", "client_secret", "X-API-Key", "private-key", "X-Auth-Token", "access_token"] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["accept", "x-request-id", "etag", "www-authenticate", "key", "x-cookie-policy", "retry-after"] {
            assert!(!is_secret_header(&HeaderName::from_static(name)), "{name}");
        }
        for name in ["", "secrets", "nextPageToken", "passwordless"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
