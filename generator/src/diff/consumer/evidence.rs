//! What a message of the compiler tells of names and places.

use super::message::{Message, Span, Text};
use super::{Spot, Whose};

/// What a message tells.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    pub(super) code: String,
    /// Code in the message itself, between backticks.
    pub(super) said: Vec<String>,
    /// Code anywhere in it: in labels, notes and proposals too.
    pub(super) quoted: Vec<String>,
    /// Files of the generated crate that it points into.
    pub(super) files: Vec<String>,
    /// Names of arguments that it points at in the generated crate, and of what it calls by its path.
    pub(super) arguments: Vec<String>,
    /// Arguments that it proposes to add, by their names or types.
    pub(super) proposed: Vec<String>,
    /// Lines of the program that it shows.
    pub(super) source: Vec<String>,
    /// Where it stands in the program.
    pub(super) spot: Option<Spot>,
}

impl Evidence {
    pub(super) fn of(message: &Message, whose: &dyn Fn(&str) -> Whose) -> Self {
        let mut evidence = Self {
            code: message.code().to_owned(),
            said: quoted(&message.message).collect(),
            spot: spot(message, whose),
            ..Self::default()
        };
        for part in message.all() {
            evidence.quoted.extend(quoted(&part.message));
            // `required by a bound in `Pet::weight``
            let paths = quoted(&part.message).filter(|code| code.contains("::"));
            let names = paths.filter_map(|code| words(&code).last().map(str::to_owned));
            evidence.arguments.extend(names);
            for span in &part.spans {
                evidence.span(span, whose);
            }
        }
        evidence
    }

    fn span(&mut self, span: &Span, whose: &dyn Fn(&str) -> Whose) {
        self.quoted
            .extend(span.label.iter().flat_map(|label| quoted(label)));
        self.proposed.extend(
            span.suggested_replacement
                .iter()
                .flat_map(|text| proposed(text)),
        );
        for caller in span.callers() {
            match whose(&caller.file_name) {
                Whose::Program(_) => self
                    .source
                    .extend(caller.text.iter().map(|line| line.text.clone())),
                Whose::Crate(file) => {
                    self.arguments
                        .extend(caller.text.iter().filter_map(argument));
                    self.files.push(file);
                }
                Whose::Other => {}
            }
        }
    }

    /// Whether a type is named in the message itself, as what it is about: `Pet`, `&Pet`, `Box<pets::types::Pet>`.
    pub(super) fn is_about(&self, ty: &str) -> bool {
        self.said.iter().any(|code| subject(code) == Some(ty))
    }

    /// Whether a name stands for itself in the message.
    pub(super) fn says(&self, name: &str) -> bool {
        self.said.iter().any(|code| code == name)
    }

    /// Whether a name is part of a piece of code, anywhere in the message.
    pub(super) fn mentions(&self, name: &str) -> bool {
        self.quoted
            .iter()
            .any(|code| words(code).any(|word| word == name))
    }

    /// Whether a line of the program reads a member: `.name`, in a word of its own.
    pub(super) fn reads(&self, member: &str) -> bool {
        self.source.iter().any(|line| {
            let parts = line.match_indices(member);
            parts.into_iter().any(|(at, _)| {
                let before = line.get(..at).unwrap_or_default();
                let behind = line.get(at + member.len()..).unwrap_or_default();
                before.trim_end().ends_with('.') && !behind.starts_with(is_of_word)
            })
        })
    }

    /// Whether a line of the program has a name in it.
    pub(super) fn shows(&self, name: &str) -> bool {
        self.source
            .iter()
            .any(|line| words(line).any(|word| word == name))
    }

    /// Whether a type, as a surface spells it, is named anywhere.
    pub(super) fn names_type(&self, ty: &str) -> bool {
        self.quoted.iter().any(|code| plain(code) == ty)
    }
}

/// Where the message stands in the program: its own place, or where the macro is called that it comes from.
fn spot(message: &Message, whose: &dyn Fn(&str) -> Whose) -> Option<Spot> {
    let primary = message.spans.iter().filter(|span| span.is_primary);
    let spans = primary.flat_map(Span::callers);
    let mut spots = spans.filter_map(|span| match whose(&span.file_name) {
        Whose::Program(file) => Some(Spot {
            file,
            line: span.line_start,
            column: span.column_start,
        }),
        _ => None,
    });
    spots.next()
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The pieces of code in a text, between backticks.
fn quoted(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split('`').enumerate();
    let inside = parts.filter(|(index, _)| index % 2 == 1);
    inside.map(|(_, code)| code.to_owned())
}

/// The arguments that a proposal leaves to be filled in: `Pet::new("1", /* name */)`.
fn proposed(text: &str) -> Vec<String> {
    let parts = text.split("/*").skip(1);
    let names = parts.filter_map(|part| part.split_once("*/"));
    names.map(|(name, _)| name.trim().to_owned()).collect()
}

/// The argument whose declaration is shown: `year` of `year: impl AsRef<str>`.
fn argument(line: &Text) -> Option<String> {
    let letters = line.text.chars();
    let before: String = letters
        .take(line.highlight_start.saturating_sub(1))
        .collect();
    let name = before.trim_end().strip_suffix(':')?;
    let at = name
        .rfind(|letter| !is_of_word(letter))
        .map_or(0, |at| at + 1);
    name.get(at..)
        .map(str::to_owned)
        .filter(|name| !name.is_empty())
}

/// The words of a piece of code.
pub(super) fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|letter| !is_of_word(letter))
        .filter(|word| !word.is_empty())
}

/// What a type is of, without references and boxes around it: its name without the path to it.
fn subject(code: &str) -> Option<&str> {
    let mut rest = code;
    loop {
        rest = rest.trim_start_matches(['&', ' ']);
        let bare = rest.strip_prefix("mut ").or_else(|| {
            let (lifetime, behind) = rest.strip_prefix('\'')?.split_once(' ')?;
            lifetime.chars().all(is_of_word).then_some(behind)
        });
        if let Some(bare) = bare {
            rest = bare;
            continue;
        }
        let path = rest
            .split(['<', '>', ',', ' ', '('])
            .next()
            .unwrap_or_default();
        let path = path.trim_end_matches("::");
        let name = path
            .rsplit("::")
            .next()
            .filter(|name| name.chars().all(is_of_word));
        let inner = rest
            .get(path.len()..)
            .and_then(|rest| rest.strip_prefix('<'));
        match (name, inner) {
            (Some("Box" | "Arc" | "Rc" | "Pin"), Some(inner)) => rest = inner,
            (name, _) => return name.filter(|name| !name.is_empty()),
        }
    }
}

/// A type as a surface spells it: without references, spaces, lifetimes and the paths to names.
fn plain(code: &str) -> String {
    let code = code.trim_start_matches('&').trim_start_matches("mut ");
    let mut plain = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(letter) = rest.chars().next() {
        let end = rest
            .find(|letter| !is_of_word(letter))
            .unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end.max(letter.len_utf8()));
        match behind.strip_prefix("::") {
            Some(behind) if end > 0 && !behind.starts_with('<') => rest = behind,
            _ => {
                if letter != ' ' {
                    plain.push_str(word);
                }
                rest = behind;
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{argument, plain, proposed, subject};
    use crate::diff::consumer::message::Text;

    #[test]
    fn what_a_type_is_of_stands_in_references_and_boxes() {
        for (code, name) in [
            ("Pet", Some("Pet")),
            ("&mut Pet", Some("Pet")),
            ("&'a Pet", Some("Pet")),
            ("Box<pets::types::Pet>", Some("Pet")),
            ("Pets<'_>", Some("Pets")),
            ("Vec<Pet>", Some("Vec")),
            ("[Pet]", None),
            ("", None),
        ] {
            assert_eq!(subject(code), name, "{code}");
        }
    }

    #[test]
    fn types_are_spelled_as_in_a_surface() {
        for (code, ty) in [
            ("Option<std::string::String>", "Option<String>"),
            ("&std::string::String", "String"),
            (
                "BTreeMap<std::string::String, pets::types::Pet>",
                "BTreeMap<String,Pet>",
            ),
            ("f64", "f64"),
        ] {
            assert_eq!(plain(code), ty, "{code}");
        }
    }

    #[test]
    fn arguments_are_named_where_they_are_declared_or_proposed() {
        let text = "    pub fn list(&self, id: impl AsRef<str>, year: impl AsRef<str>) -> List {"
            .to_owned();
        let highlight_start = text.rfind("impl").map_or(0, |at| at + 1);
        let line = Text {
            text,
            highlight_start,
        };
        assert_eq!(argument(&line).as_deref(), Some("year"));
        assert_eq!(
            proposed("Pet::new(\"1\", /* name */, /* age */)"),
            ["name", "age"]
        );
    }
}
