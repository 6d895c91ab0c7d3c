//! Characters that stand in no Rust name, in words.

use std::borrow::Cow;

/// The name in ASCII: letters of other scripts by their usual transcription, emoji by their names, and what has neither by
/// its number.
pub(super) fn to_ascii(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    let mut text = String::with_capacity(name.len());
    for c in name.chars() {
        match deunicode::deunicode_char(c) {
            Some(ascii) if !ascii.is_empty() => text.push_str(ascii),
            _ => text.push_str(&format!(" u{:x} ", u32::from(c))),
        }
    }
    Cow::Owned(text)
}

/// The word for a sign before a run of letters and digits: `-1` and `+1` are not the same, nor are `-name` and `name`. `marks` is
/// the punctuation before the run. Inside a name, the sign of a number has another mark before it: `reactions-+1`, not `us-east-1`.
pub(super) fn sign(marks: &str, run: &str, is_first: bool) -> Option<&'static str> {
    let is_number = run.starts_with(|c: char| c.is_ascii_digit());
    let is_sign = if is_first {
        marks.len() == 1 || is_number
    } else {
        marks.len() > 1 && is_number
    };
    match marks.as_bytes().last()? {
        b'+' if is_sign || is_number => Some("plus"),
        b'-' if is_sign => Some("minus"),
        _ => None,
    }
}

/// The words for a name without letters and digits.
pub(super) fn operator(text: &str) -> Vec<String> {
    let known: &[&str] = match text.trim() {
        "" if text.is_empty() => &["empty"],
        "" => &["blank"],
        "=" | "==" => &["equal"],
        "!=" | "<>" => &["not", "equal"],
        ">" => &["greater"],
        "<" => &["less"],
        ">=" => &["greater", "or", "equal"],
        "<=" => &["less", "or", "equal"],
        "=~" => &["match"],
        "!~" => &["no", "match"],
        "&&" => &["and"],
        "||" => &["or"],
        "!" => &["not"],
        "-" => &["minus"],
        "..." => &["ellipsis"],
        other => return other.chars().map(spell).collect(),
    };
    known.iter().map(|&word| word.to_owned()).collect()
}

/// The word for a character that is neither a letter nor a digit.
pub(super) fn spell(c: char) -> String {
    let word = match c {
        ' ' => "space",
        '!' => "bang",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "ampersand",
        '\'' => "apostrophe",
        '(' => "open",
        ')' => "close",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "dash",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '[' => "bracket",
        ']' => "unbracket",
        '\\' => "backslash",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' => "brace",
        '}' => "unbrace",
        '|' => "pipe",
        '~' => "tilde",
        _ => return format!("u{:x}", u32::from(c)),
    };
    word.to_owned()
}

/// The word for how a name is written, to tell `foo_bar`, `fooBar`, `FooBar` and `FOO_BAR` apart.
pub(super) fn writing(name: &str) -> &'static [&'static str] {
    let upper = name.contains(char::is_uppercase);
    let lower = name.contains(char::is_lowercase);
    let first_upper = name
        .chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(char::is_uppercase);
    match (upper, lower) {
        (true, true) if first_upper => &["pascal", "case"],
        (true, true) => &["camel", "case"],
        (true, false) => &["uppercase"],
        _ if name.trim_matches('_').contains('_') => &["snake", "case"],
        _ => &["lowercase"],
    }
}

/// Eight hexadecimal digits that depend on the text alone (FNV-1a): the last means to tell two names apart.
pub(super) fn hash(text: &str) -> String {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    format!("x{hash:08x}")
}
