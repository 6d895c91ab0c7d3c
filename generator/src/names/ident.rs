//! The one place where a Rust identifier is made.

use std::fmt;
use std::sync::Arc;

/// A Rust identifier: never empty, never a keyword that can't be escaped; raw (`r#type`) where it has to be.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(Arc<str>);

impl Ident {
    /// Makes an identifier of letters, digits and underscores that begins with no digit: a keyword becomes raw, and one
    /// that can't be raw gets an underscore behind it.
    pub(in crate::names) fn new(text: &str) -> Self {
        match text {
            // The Rust Reference, "Raw identifiers": these can't be raw.
            "self" | "Self" | "super" | "crate" | "_" | "" => Self(format!("{text}_").into()),
            _ if KEYWORDS.contains(&text) => Self(format!("r#{text}").into()),
            _ => Self(text.into()),
        }
    }

    /// An identifier for the tests of other stages.
    #[cfg(test)]
    pub(crate) fn for_test(text: &str) -> Self {
        Self::new(text)
    }

    /// The identifier as it stands in code, with `r#` where it needs that.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`: for file names and docs.
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::Serialize for Ident {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// The strict and reserved keywords of edition 2024 that can be raw (the Rust Reference, "Keywords").
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::Ident;

    #[test]
    fn a_keyword_is_raw_in_code_and_plain_in_file_names() {
        let ident = Ident::new("type");
        assert_eq!(ident.as_str(), "r#type");
        assert_eq!(ident.plain(), "type");
    }

    #[test]
    fn a_keyword_that_cannot_be_raw_gets_an_underscore() {
        for word in ["self", "Self", "super", "crate"] {
            assert_eq!(Ident::new(word).as_str(), format!("{word}_"));
        }
    }
}
