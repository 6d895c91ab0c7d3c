//! Messages as text for people.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Code, Diagnostic, Diagnostics, Place, Severity, SpecPath, is_hidden};

/// Finds the places of a document's nodes in its files.
pub trait Locate {
    /// Where the nodes stand; where one is in no file, its nearest ancestor that is.
    fn locate(&self, paths: &[&SpecPath]) -> BTreeMap<SpecPath, Located>;

    /// A line of a file, numbered from 1.
    fn line(&self, file: &str, line: usize) -> Option<String>;
}

/// Where a node stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The file, as the user knows it.
    pub file: String,
    /// Line and column from 1, the column in characters; none where the file can't be read any more.
    pub position: Option<(usize, usize)>,
    /// What of its line is shown.
    pub source: Option<Excerpt>,
}

/// A message with everything that is printed of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What kind of fault this is.
    pub code: Code,
    /// What it does to the run; warnings are errors under `--strict`.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The file, if the fault is in one.
    pub file: Option<String>,
    /// Line and column from 1, the column in characters.
    pub position: Option<(usize, usize)>,
    /// What of its line is shown.
    pub source: Option<Excerpt>,
    /// The JSON pointer of the node, with its document in front where that is not the root.
    pub pointer: Option<SpecPath>,
    /// What to do.
    pub help: String,
}

impl Message {
    /// The message as a JSON object; what is not known is null.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "code": self.code.as_str(),
            "severity": self.severity.as_str(),
            "message": self.message,
            "file": self.file,
            "line": self.position.map(|(line, _)| line),
            "column": self.position.map(|(_, column)| column),
            "pointer": self.pointer,
            "help": self.help,
        })
    }
}

/// Finds out the places of all messages. Under `strict`, warnings are errors.
pub fn messages(diagnostics: &Diagnostics, strict: bool, locate: &dyn Locate) -> Vec<Message> {
    let paths: Vec<&SpecPath> = diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic.path())
        .collect();
    let located = if paths.is_empty() {
        BTreeMap::new()
    } else {
        locate.locate(&paths)
    };
    diagnostics
        .iter()
        .map(|diagnostic| message(diagnostic, strict, locate, &located))
        .collect()
}

fn message(
    diagnostic: &Diagnostic,
    strict: bool,
    locate: &dyn Locate,
    located: &BTreeMap<SpecPath, Located>,
) -> Message {
    let mut message = Message {
        code: diagnostic.code,
        severity: if strict {
            Severity::Error
        } else {
            diagnostic.severity()
        },
        message: diagnostic.message.clone(),
        file: None,
        position: None,
        source: None,
        pointer: None,
        help: diagnostic.help.clone(),
    };
    match &diagnostic.place {
        Place::Nowhere => {}
        Place::WholeFile(file) => message.file = Some(file.clone()),
        Place::File { file, line, column } => {
            message.file = Some(file.clone());
            message.position = Some((*line, *column));
            let source = locate.line(file, *line);
            message.source = source.map(|source| Excerpt::of(&source, *column));
        }
        Place::Spec(path) => {
            message.pointer = Some(path.clone());
            if let Some(place) = located.get(path) {
                message.file = Some(place.file.clone());
                message.position = place.position;
                message.source.clone_from(&place.source);
            }
        }
    }
    message
}

/// All messages as text, with an empty line behind each.
pub fn text(messages: &[Message]) -> String {
    let mut text = String::new();
    for message in messages {
        // Writing to a string can't fail.
        let _ = write_message(&mut text, message);
    }
    text
}

fn write_message(text: &mut String, message: &Message) -> std::fmt::Result {
    writeln!(
        text,
        "{}[{}]: {}",
        message.severity.as_str(),
        message.code.as_str(),
        shown(&message.message)
    )?;
    let line = message
        .position
        .map_or_else(String::new, |(line, _)| line.to_string());
    // The gutter is as wide as the line's number.
    let gutter = " ".repeat(line.len());
    if let Some(file) = &message.file {
        write!(text, "{gutter}--> {file}")?;
        if let Some((line, column)) = message.position {
            write!(text, ":{line}:{column}")?;
        }
        match &message.pointer {
            Some(pointer) => writeln!(text, " ({})", shown(&pointer.to_string()))?,
            None => writeln!(text)?,
        }
    }
    if let Some(Excerpt {
        text: source,
        caret,
    }) = &message.source
    {
        writeln!(
            text,
            "{gutter} |\n{line} | {source}\n{gutter} | {}^",
            " ".repeat(*caret)
        )?;
    }
    if !message.help.is_empty() {
        writeln!(text, "{gutter} = help: {}", shown(&message.help))?;
    }
    writeln!(text)
}

/// Text of a document as it can be shown: what would move a terminal's cursor, change its colours or turn the direction of text is
/// written as an escape.
fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let letters = text.chars().map(|letter| match is_hidden(letter) {
        true => letter.escape_default().to_string(),
        false => letter.to_string(),
    });
    Cow::Owned(letters.collect())
}

/// The most characters of a source line that are shown.
const WIDTH: usize = 100;

/// The part of a line that is shown: a file may be one line as long as itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Some characters of the line; tabs and what does not print are spaces.
    pub text: String,
    /// Where in it the fault is, in characters from 0.
    pub caret: usize,
}

impl Excerpt {
    /// The part of a line around a column, which counts characters from 1.
    pub fn of(line: &str, column: usize) -> Self {
        let column = column.saturating_sub(1);
        let is_long = line.chars().nth(WIDTH).is_some();
        let start = match is_long {
            true => column.saturating_sub(WIDTH / 2),
            false => 0,
        };
        let plain = |char: char| if is_hidden(char) { ' ' } else { char };
        let mut rest = match line.is_ascii() {
            true => line.get(start..).unwrap_or_default().chars(),
            false => {
                let mut letters = line.chars();
                letters.by_ref().take(start).for_each(drop);
                letters
            }
        };
        let shown: String = rest.by_ref().take(WIDTH).map(plain).collect();
        let front = if start > 0 { "…" } else { "" };
        let back = if rest.next().is_some() { "…" } else { "" };
        Self {
            text: format!("{front}{}{back}", shown.trim_end()),
            caret: column - start.min(column) + front.chars().count(),
        }
    }
}

#[cfg(test)]
mod tests;
