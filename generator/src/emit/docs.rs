//! Documentation, as comments.

use std::borrow::Cow;

use crate::surface::{DocLines, Gate};

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
            self.0.extend(lines.in_comments());
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

/// A link to an item that is in scope; raw names are shown plain.
pub(super) fn link(path: &str) -> String {
    format!("[`{}`]", path.replace("r#", ""))
}

#[cfg(test)]
mod tests {
    use super::Docs;
    use crate::diag::hides_in_prose;
    use crate::surface::{DocLines, Feature, Gate};

    fn written(docs: &Docs<'_>) -> String {
        let mut text = String::new();
        docs.write(&mut text, "", "///");
        text
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
    fn no_comment_holds_what_nobody_sees() {
        for letter in ('\0'..='\u{ffff}').filter(|letter| hides_in_prose(*letter)) {
            if letter != '\r' {
                let lines = DocLines(vec![format!("a{letter}b")]);
                assert_eq!(written(&Docs::of(&lines)), "/// ab\n", "{letter:?}");
            }
        }
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
}
