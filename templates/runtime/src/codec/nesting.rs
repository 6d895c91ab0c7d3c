//! A limit on nesting for JSON that is read a second time.
//!
//! serde_json refuses JSON nested deeper than 128 levels, but counts anew for each text it is
//! given. A union reads a part of the input as a text of its own, so that input of unions inside
//! unions could pass the limit and overflow the stack. Such a text is therefore measured first.

/// As serde_json's own limit.
const LIMIT: usize = 128;

/// Whether the JSON text is nested no deeper than the limit.
pub(super) fn is_within_limit(json: &str) -> bool {
    if !json.starts_with(['[', '{']) {
        return true;
    }
    let mut depth = 0_usize;
    let mut bytes = json.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => skip_string(&mut bytes),
            b'[' | b'{' if depth == LIMIT => return false,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    true
}

/// Goes past the end of a string whose opening quote was read.
fn skip_string(bytes: &mut std::str::Bytes<'_>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => _ = bytes.next(),
            _ => {}
        }
    }
}
