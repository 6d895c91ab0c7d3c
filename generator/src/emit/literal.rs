//! Literals and identifiers, as tokens and as text.

use proc_macro2::{Literal, Span};

use super::Ident;

/// An identifier as a token.
pub(super) fn word(ident: &Ident) -> proc_macro2::Ident {
    let text = ident.as_str();
    match text.strip_prefix("r#") {
        Some(plain) => proc_macro2::Ident::new_raw(plain, Span::call_site()),
        None => proc_macro2::Ident::new(text, Span::call_site()),
    }
}

/// A fixed name as a token.
pub(super) fn fixed(name: &str) -> proc_macro2::Ident {
    proc_macro2::Ident::new(name, Span::call_site())
}

/// A string literal with its quotes. Characters that do not print, those that turn the direction of text among them, are escaped.
pub(super) fn quoted(text: &str) -> String {
    Literal::string(text).to_string()
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
