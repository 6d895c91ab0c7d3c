//! From bytes to text.

use std::str;

use crate::diag::{Code, Diagnostic, Place};

/// The notation of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    Yaml,
    Json,
    /// Looks like JSON, yet may be YAML's flow style: JSON is tried first.
    Either,
}

/// Which notation a file has, by its name, and else by its first character.
pub(super) fn notation(name: &str, text: &str) -> Notation {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if extension.eq_ignore_ascii_case("json") {
        Notation::Json
    } else if text.trim_start().starts_with(['{', '[']) {
        Notation::Either
    } else {
        Notation::Yaml
    }
}

/// Reads bytes as UTF-8, without a byte order mark.
pub(super) fn decode(bytes: Vec<u8>, name: &str) -> Result<String, Diagnostic> {
    let mut text = String::from_utf8(bytes)
        .map_err(|error| not_utf8(error.as_bytes(), error.utf8_error(), name))?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

fn not_utf8(bytes: &[u8], error: str::Utf8Error, name: &str) -> Diagnostic {
    let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
    let line_start = good
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let before = str::from_utf8(good.get(line_start..).unwrap_or_default()).unwrap_or_default();
    Diagnostic {
        code: Code::Syntax,
        message: "the file is not UTF-8".to_owned(),
        place: Place::File {
            file: name.to_owned(),
            line: 1 + good.iter().filter(|byte| **byte == b'\n').count(),
            column: 1 + before.chars().count(),
        },
        help: "save it as UTF-8".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Notation, decode, notation};
    use crate::diag::Place;

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(
            decode(b"\xef\xbb\xbfa: 1".to_vec(), "x.yaml").unwrap(),
            "a: 1"
        );
    }

    #[test]
    fn a_byte_that_is_not_utf8_is_located_in_characters() {
        let fault = decode(b"a: 1\n\xc3\xa9: \xff".to_vec(), "x.yaml").unwrap_err();
        let place = Place::File {
            file: "x.yaml".to_owned(),
            line: 2,
            column: 4,
        };
        assert_eq!(fault.place, place);
    }

    #[test]
    fn json_is_known_by_its_name_and_suspected_by_its_first_character() {
        assert_eq!(notation("a.JSON", ""), Notation::Json);
        assert_eq!(notation("a.yaml", "\n {"), Notation::Either);
        assert_eq!(notation("a", "openapi: 3.0.0"), Notation::Yaml);
    }
}
