//! A piece of a JSON body, for people who must find out why it could not be read.

use serde::de::IgnoredAny;

/// How many bytes before and after the place are shown.
const BEFORE: usize = 120;
const AFTER: usize = 60;

/// What stands around a place (line and column from 1) of a JSON text, on one line. Names and structure stay; every
/// text is shown as `"…"`, because it may be anything, a secret even.
pub(super) fn around(body: &[u8], line: usize, column: usize) -> String {
    let place = offset(body, line, column);
    let (start, end) = (place.saturating_sub(BEFORE), place.saturating_add(AFTER).min(body.len()));
    let mut excerpt = String::new();
    if start > 0 {
        excerpt.push('…');
    }
    let mut at = 0;
    while at < end {
        let rest = body.get(at..).unwrap_or_default();
        let (length, shown) = token(rest);
        if at >= start {
            excerpt.push_str(&shown);
        }
        at += length;
    }
    if end < body.len() {
        excerpt.push('…');
    }
    excerpt
}

/// Where a line and a column are. Reading stops behind what is wrong.
fn offset(body: &[u8], line: usize, column: usize) -> usize {
    let before = body.split_inclusive(|byte| *byte == b'\n').take(line.saturating_sub(1));
    before.map(<[u8]>::len).sum::<usize>().saturating_add(column).min(body.len())
}

/// The length of the next token, and how it is shown.
fn token(rest: &[u8]) -> (usize, String) {
    match rest.first() {
        Some(b'"') => {
            let length = text_length(rest);
            let is_name = rest.iter().skip(length).find(|byte| !byte.is_ascii_whitespace()) == Some(&b':');
            let name = rest.get(..length).filter(|_| is_name).map(String::from_utf8_lossy);
            (length, name.map_or_else(|| "\"…\"".to_owned(), |name| name.into_owned()))
        }
        Some(byte) if byte.is_ascii_whitespace() => {
            let length = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            (length, " ".to_owned())
        }
        Some(byte) if b"{}[]:,".contains(byte) => (1, char::from(*byte).to_string()),
        Some(byte) if is_of_a_word(byte) => {
            let length = rest.iter().take_while(|byte| is_of_a_word(byte)).count();
            let value = rest.get(..length).filter(|word| serde_json::from_slice::<IgnoredAny>(word).is_ok());
            (length, value.map_or_else(|| "?".to_owned(), |value| String::from_utf8_lossy(value).into_owned()))
        }
        // What is no JSON may be anything.
        _ => (1, "?".to_owned()),
    }
}

/// Whether a number, `true`, `false` or `null` may hold it.
fn is_of_a_word(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+-.".contains(byte)
}

/// The length of a JSON text with its quotes; to the end, where it has none.
fn text_length(rest: &[u8]) -> usize {
    let mut is_escaped = false;
    for (index, byte) in rest.iter().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_structure_stay_and_texts_do_not() {
        let body = br#"{"id": "secret", "n": [1, -2.5e3, true, null], "a\"b": "x\"y"}"#;
        assert_eq!(around(body, 1, 10), r#"{"id": "…", "n": [1, -2.5e3, true, null], "a\"b": "…"}"#);
    }

    #[test]
    fn a_long_body_is_cut_around_the_place() {
        let mut lines = vec!["{\"first\": [".to_owned()];
        lines.extend((0..100).map(|number| format!("  {{\"number\": {number}, \"text\": \"hidden\"}},")));
        let body = lines.join("\n");
        let excerpt = around(body.as_bytes(), 51, 15);
        assert!(excerpt.contains(r#"{"number": 49, "text": "…"}"#), "{excerpt}");
        assert!(excerpt.starts_with('…') && excerpt.ends_with('…') && excerpt.len() < 200, "{excerpt}");
        assert!(!excerpt.contains("hidden"));
    }

    #[test]
    fn what_is_no_json_does_no_harm() {
        for body in [&b""[..], b"\"open", b"<p class=\"x\">", b"\xff\xfe{\"a\": \"\xff", b"\"\\"] {
            for (line, column) in [(1, 0), (1, 3), (9, 9), (usize::MAX, usize::MAX)] {
                let excerpt = around(body, line, column);
                assert!(!excerpt.contains("open") && !excerpt.contains('x'), "{excerpt}");
            }
        }
    }

    #[test]
    fn words_that_are_no_json_are_not_shown() {
        assert_eq!(around(b"secret", 1, 1), "?");
        assert_eq!(around(b"<b>5f0a-secret</b> [nul, 1.5, true]", 1, 1), "???????? [?, 1.5, true]");
    }
}
