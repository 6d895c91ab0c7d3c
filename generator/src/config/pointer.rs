//! JSON pointers as text.

use percent_encoding::percent_decode_str;

use crate::diag::SpecPath;

/// Reads `document#/json/pointer` (RFC 6901 section 6: the fragment may be percent-encoded); none where it is not one.
pub fn parse(text: &str) -> Option<SpecPath> {
    let (document, fragment) = text.split_once('#')?;
    let pointer = percent_decode_str(fragment).decode_utf8().ok()?;
    let mut path = SpecPath::in_document(document);
    if pointer.is_empty() {
        return Some(path);
    }
    for token in pointer.strip_prefix('/')?.split('/') {
        path = path.join(&token.replace("~1", "/").replace("~0", "~"));
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn escapes_of_both_kinds_are_undone_and_written_back_in_one_form() {
        let path = parse("other.yaml#/paths/~1a~1%7Bid%7D/get");
        assert_eq!(path.unwrap().to_string(), "other.yaml#/paths/~1a~1{id}/get");
        assert_eq!(parse("#").unwrap().to_string(), "#");
    }

    #[test]
    fn text_without_a_pointer_is_refused() {
        assert!(parse("/components").is_none());
        assert!(parse("#anchor").is_none());
    }
}
