//! Tokens of HTTP.

/// Whether a text is a token (RFC 9110, section 5.6.2): the name of a header or of a cookie (RFC 6265, section 4.1.1), of a scheme of
/// HTTP, or a part of a media type.
pub fn is_token(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::is_token;

    #[test]
    fn a_token_is_one_word_of_ascii() {
        for token in ["a", "X-Api-Key", "vnd.api+json", "!#$%&'*+-.^_`|~0"] {
            assert!(is_token(token), "{token}");
        }
        for other in ["", "a b", "a:b", "a/b", "é", "a\n", "\"a\"", "a,b", "a(b)"] {
            assert!(!is_token(other), "{other}");
        }
    }
}
