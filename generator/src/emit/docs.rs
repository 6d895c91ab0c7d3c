//! Documentation, and how it gets into code.
//!
//! Most of what is written is documentation. In tokens a placeholder stands for it, one attribute whatever its length, which becomes the
//! lines themselves when the code is laid out: so they are neither escaped nor parsed.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;

use crate::surface::{DocLines, Gate};

/// How wide a line of a method's documentation may be, without its indentation and marker.
const WIDTH: usize = 92;

/// Documentation that grows by paragraphs.
#[derive(Clone, Debug, Default)]
pub(super) struct Docs<'a>(Vec<Cow<'a, str>>);

impl<'a> Docs<'a> {
    /// The lines of the document.
    pub(super) fn of(lines: &'a DocLines) -> Self {
        Self::default().lines(lines)
    }

    /// One line.
    pub(super) fn line(text: impl Into<Cow<'a, str>>) -> Self {
        Self::default().paragraph(text)
    }

    /// The document's lines as a new paragraph, if there are any.
    #[must_use]
    pub(super) fn lines(mut self, lines: &'a DocLines) -> Self {
        if !lines.0.is_empty() {
            self.part();
            self.0.extend(harmless(lines));
        }
        self
    }

    /// A line as a new paragraph.
    #[must_use]
    pub(super) fn paragraph(mut self, text: impl Into<Cow<'a, str>>) -> Self {
        self.part();
        self.0.push(text.into());
        self
    }

    /// A list with one element for each pair of a name and its documentation, as a new paragraph.
    #[must_use]
    pub(super) fn list<'n>(
        mut self,
        entries: impl IntoIterator<Item = (&'n str, &'n DocLines)>,
    ) -> Self {
        self.part();
        for (name, docs) in entries {
            let mut lines = harmless(docs);
            let first = lines.next().unwrap_or_default();
            let whole = format!("- `{name}`: {first}");
            // The text is wrapped already, so where it does not fit behind the name it goes below.
            if whole.chars().count() <= WIDTH {
                self.push(whole);
            } else {
                self.push(format!("- `{name}`:"));
                self.push(format!("  {first}"));
            }
            for line in lines {
                self.push(format!("  {line}"));
            }
        }
        self
    }

    /// What has to be turned on for the item to be there; a long list of features is not spelled out.
    #[must_use]
    pub(super) fn gate(self, gate: &Gate) -> Self {
        let names: Vec<String> = gate
            .0
            .iter()
            .map(|feature| format!("`{}`", feature.0))
            .collect();
        match names.as_slice() {
            [] => self,
            [one] => self.paragraph(format!("Needs the feature {one}.")),
            [first, second] => self.paragraph(format!("Needs the feature {first} or {second}.")),
            [first, second, third] => {
                self.paragraph(format!("Needs the feature {first}, {second} or {third}."))
            }
            _ => self.paragraph("Needs the feature of an operation that uses it."),
        }
    }

    /// Adds a line to the last paragraph.
    pub(super) fn push(&mut self, line: impl Into<Cow<'a, str>>) {
        self.0.push(line.into());
    }

    /// The lines as comments that begin with `marker` (`///` or `//!`), each indented by `indent`.
    pub(super) fn write(&self, text: &mut String, indent: &str, marker: &str) {
        for line in &self.0 {
            text.push_str(indent);
            text.push_str(marker);
            if !line.trim_end().is_empty() {
                text.push(' ');
                text.push_str(line.trim_end());
            }
            text.push('\n');
        }
    }

    fn part(&mut self) {
        if self.0.last().is_some_and(|line| !line.is_empty()) {
            self.push("");
        }
    }
}

/// The documentation of a file's items, by number.
#[derive(Debug, Default)]
pub(super) struct Shelf<'a>(Vec<Docs<'a>>);

/// How a placeholder begins. Other lines of documentation have a space behind the slashes, or nothing.
const PLACEHOLDER: &str = "///@";

impl<'a> Shelf<'a> {
    /// Puts documentation aside and gives the attribute that stands for it.
    pub(super) fn put(&mut self, docs: Docs<'a>) -> TokenStream {
        if docs.0.is_empty() {
            return TokenStream::new();
        }
        let placeholder = format!("@{}", self.0.len());
        self.0.push(docs);
        quote!(#[doc = #placeholder])
    }

    /// The code with the documentation in the places that were kept for it, each line as deep as its item.
    pub(super) fn fill(&self, code: &str) -> String {
        let mut text = String::with_capacity(code.len() * 2);
        for line in code.split_inclusive('\n') {
            let bare = line.trim_start();
            let number = bare
                .strip_prefix(PLACEHOLDER)
                .and_then(|number| number.trim_end().parse().ok());
            match number.and_then(|number: usize| self.0.get(number)) {
                Some(docs) => {
                    let (indent, _) = line.split_at(line.len() - bare.len());
                    docs.write(&mut text, indent, "///");
                }
                None => text.push_str(line),
            }
        }
        text
    }
}

/// Lines that can't end the comment that they stand in, and show no other text than they hold: rustc refuses characters that turn the
/// direction of text in comments.
fn harmless(lines: &DocLines) -> impl Iterator<Item = Cow<'_, str>> {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    lines
        .0
        .iter()
        .flat_map(|line| line.split(['\n', '\r']))
        .map(move |line| {
            if line.contains(turns) {
                Cow::Owned(line.replace(turns, ""))
            } else {
                Cow::Borrowed(line)
            }
        })
}

/// Text as inline code, whatever backticks it holds (CommonMark 0.31, section 6.1).
pub(super) fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    if longest == 0 {
        format!("`{text}`")
    } else {
        let fence = "`".repeat(longest + 1);
        format!("{fence} {text} {fence}")
    }
}

/// A link to an item that is in scope; raw names are shown plain.
pub(super) fn link(path: &str) -> String {
    format!("[`{}`]", path.replace("r#", ""))
}

#[cfg(test)]
mod tests {
    use super::{Docs, Shelf, code};
    use crate::surface::{DocLines, Feature, Gate};

    fn written(docs: &Docs<'_>) -> String {
        let mut text = String::new();
        docs.write(&mut text, "", "///");
        text
    }

    #[test]
    fn documentation_comes_back_as_deep_as_its_place() {
        let mut shelf = Shelf::default();
        assert_eq!(
            shelf.put(Docs::line("@0\n")).to_string(),
            "# [doc = \"@0\"]"
        );
        shelf.put(Docs::line("Two.").paragraph("Three."));
        let code = "///@0\nstruct A {\n    ///@1\n    a: B,\n    /// @1\n}\n";
        let text =
            "/// @0\nstruct A {\n    /// Two.\n    ///\n    /// Three.\n    a: B,\n    /// @1\n}\n";
        assert_eq!(shelf.fill(code), text);
    }

    #[test]
    fn a_line_that_hides_a_break_stays_a_comment() {
        let lines = DocLines(vec!["a\nfn b() {}\rc \u{202e}d".to_owned()]);
        assert_eq!(
            written(&Docs::of(&lines)),
            "/// a\n/// fn b() {}\n/// c d\n"
        );
    }

    #[test]
    fn paragraphs_are_parted_by_one_empty_line() {
        let lines = DocLines(vec!["One.".to_owned(), String::new()]);
        let docs = Docs::of(&lines).paragraph("Two.");
        assert_eq!(written(&docs), "/// One.\n///\n/// Two.\n");
        assert_eq!(written(&Docs::default().paragraph("Only.")), "/// Only.\n");
    }

    #[test]
    fn a_gate_names_up_to_three_features() {
        let gate = |names: &[&str]| {
            Gate(
                names
                    .iter()
                    .map(|name| Feature((*name).to_owned()))
                    .collect(),
            )
        };
        let text = |names: &[&str]| written(&Docs::default().gate(&gate(names)));
        assert_eq!(text(&[]), "");
        assert_eq!(text(&["a"]), "/// Needs the feature `a`.\n");
        assert_eq!(text(&["a", "b"]), "/// Needs the feature `a` or `b`.\n");
        assert_eq!(
            text(&["a", "b", "c"]),
            "/// Needs the feature `a`, `b` or `c`.\n"
        );
        assert_eq!(
            text(&["a", "b", "c", "d"]),
            "/// Needs the feature of an operation that uses it.\n"
        );
    }

    #[test]
    fn code_with_backticks_gets_a_longer_fence() {
        assert_eq!(code("type"), "`type`");
        assert_eq!(code("a``b"), "``` a``b ```");
    }
}
