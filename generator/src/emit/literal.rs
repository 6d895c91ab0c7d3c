//! Literals.

/// A string literal with its quotes. Characters that do not print, those that turn the direction of text among them, are escaped:
/// Rust's own `Debug` is such a literal.
pub(super) fn quoted(text: &str) -> String {
    format!("{text:?}")
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn quotes_breaks_and_invisible_characters_are_escaped() {
        assert_eq!(quoted("a\"b\\c\n{}"), r#""a\"b\\c\n{}""#);
        assert_eq!(quoted("it's ü"), "\"it's ü\"");
        assert_eq!(
            quoted("\u{202e}\u{2066}\u{200b}"),
            r#""\u{202e}\u{2066}\u{200b}""#
        );
    }
}
