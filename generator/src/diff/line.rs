//! `surface.lock`: a line an entry.
//!
//! A line is the path, the kind, and facts as `name=text`. A text stands as it is where it has no space, quote or control
//! character in it, else as a JSON string. What a reader can tell is left out: a property stands where its schema says, and
//! places inside the owner's begin with `/`.

use std::fmt;

use super::outline::{Entry, Kind, Outline};
use crate::diag::is_hidden;

const HEADER: &str = "# Written by atlas-codegen: every public item of this crate, with what it is on the wire. Do not edit.";
const FORMAT: &str = "surface 1";

/// A text is no saved surface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotASurface {
    /// The first line that is not as it is written, from 1.
    pub line: usize,
}

impl fmt::Display for NotASurface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {} is not as this version writes a surface",
            self.line
        )
    }
}

impl std::error::Error for NotASurface {}

impl Outline {
    /// Whether a text says of itself that it is a saved surface.
    pub fn is_saved(text: &str) -> bool {
        text.starts_with(HEADER)
    }

    /// The text of a `surface.lock`.
    pub fn write(&self) -> String {
        let mut text = String::with_capacity(self.entries.len().saturating_mul(96));
        text.push_str(HEADER);
        text.push('\n');
        text.push_str(FORMAT);
        text.push('\n');
        let mut owner_at = "";
        for entry in &self.entries {
            if !entry.kind.is_member() {
                owner_at = entry.at();
            }
            write(entry, owner_at, &mut text);
        }
        text
    }

    /// Reads the text of a `surface.lock`.
    ///
    /// # Errors
    ///
    /// The text is not one, or one of another version.
    pub fn read(text: &str) -> Result<Self, NotASurface> {
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return Err(NotASurface { line: 1 });
        }
        if lines.next() != Some(FORMAT) {
            return Err(NotASurface { line: 2 });
        }
        let mut entries: Vec<Entry> = Vec::new();
        let mut owner_at = String::new();
        for (index, line) in lines.enumerate() {
            let entry = read(line, &owner_at).ok_or(NotASurface { line: index + 3 })?;
            if !entry.kind.is_member() {
                entry.at().clone_into(&mut owner_at);
            }
            entries.push(entry);
        }
        Ok(Self::from_entries(entries))
    }
}

fn write(entry: &Entry, owner_at: &str, text: &mut String) {
    text.push_str(&entry.place);
    text.push(' ');
    text.push_str(entry.kind.as_str());
    for (name, fact) in &entry.facts {
        let mut fact = fact.as_str();
        if name == "at" && entry.kind.is_member() {
            if entry.kind == Kind::Field && fact == usual_place(owner_at, entry.fact("wire")) {
                continue;
            }
            let inside = fact.strip_prefix(owner_at);
            fact = inside.filter(|rest| rest.starts_with('/')).unwrap_or(fact);
        }
        text.push(' ');
        text.push_str(name);
        text.push('=');
        if is_plain(fact) {
            text.push_str(fact);
        } else {
            text.push_str(&quoted(fact));
        }
    }
    text.push('\n');
}

/// Where a property's schema usually stands.
fn usual_place(owner_at: &str, wire: &str) -> String {
    let wire = wire.replace('~', "~0").replace('/', "~1");
    format!("{owner_at}/properties/{wire}")
}

/// Whether a text can stand in a line as it is.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('"')
        && !text.contains(|c: char| c.is_whitespace() || is_hidden(c))
}

/// A text as a JSON string, in which all that nobody sees is escaped: the line stays one, and shows what it says.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let mut shown = String::with_capacity(json.len());
    for letter in json.chars() {
        if is_hidden(letter) {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                shown.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            shown.push(letter);
        }
    }
    shown
}

fn read(line: &str, owner_at: &str) -> Option<Entry> {
    let (place, rest) = line.split_once(' ')?;
    let (word, mut rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let mut entry = Entry::new(Kind::of(word)?, place);
    while !rest.is_empty() {
        let (name, behind) = rest.split_once('=')?;
        let (text, behind) = fact(behind)?;
        let text = match name {
            "at" if text.starts_with('/') => format!("{owner_at}{text}"),
            _ => text,
        };
        entry.facts.push((name.to_owned(), text));
        rest = behind;
    }
    if entry.kind == Kind::Field && entry.at().is_empty() {
        let at = usual_place(owner_at, entry.fact("wire"));
        entry.facts.push(("at".to_owned(), at));
    }
    Some(entry)
}

/// A fact's text, and what follows it.
fn fact(text: &str) -> Option<(String, &str)> {
    if !text.starts_with('"') {
        let (text, behind) = text.split_once(' ').unwrap_or((text, ""));
        return Some((text.to_owned(), behind));
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let value = values.next()?.ok()?;
    let behind = text.get(values.byte_offset()..)?;
    Some((value, behind.strip_prefix(' ').unwrap_or(behind)))
}

#[cfg(test)]
mod tests {
    use super::{fact, quoted};

    #[test]
    fn a_mark_that_turns_letters_around_is_written_as_an_escape() {
        for mark in ['\u{61c}', '\u{200f}', '\u{202e}', '\u{2066}'] {
            let text = format!("a{mark}b");
            let written = quoted(&text);
            assert!(written.is_ascii(), "{written:?}");
            assert_eq!(fact(&written), Some((text, "")));
        }
    }
}
