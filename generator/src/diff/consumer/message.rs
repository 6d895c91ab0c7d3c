//! Messages of the compiler, as Cargo passes them on with `--message-format=json`.

use serde::Deserialize;
use serde_json::Value;

/// A message with what belongs to it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Message {
    /// What is said, in a line or a few.
    pub message: String,
    /// The code of the error, or the name of the lint.
    code: Option<Code>,
    /// `error`, `warning`, `note`, `help` or another word.
    pub level: String,
    /// The places that it is about.
    pub spans: Vec<Span>,
    /// Notes and proposals.
    pub children: Vec<Message>,
    /// All of it, as it is printed; not there in what belongs to another message.
    pub rendered: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Code {
    code: String,
}

/// A place in a file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Span {
    /// The file, as seen from the workspace's folder where it is in there.
    pub file_name: String,
    /// The line, from 1.
    pub line_start: usize,
    /// The column in characters, from 1.
    pub column_start: usize,
    /// Whether the message is about this place; else it only bears on it.
    pub is_primary: bool,
    /// What is said of the place.
    pub label: Option<String>,
    /// The lines.
    pub text: Vec<Text>,
    /// What is proposed instead.
    pub suggested_replacement: Option<String>,
    /// Where the macro is called that this comes from.
    pub expansion: Option<Box<Expansion>>,
}

/// A call of a macro.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Expansion {
    /// Where it is called.
    pub span: Span,
}

/// A line of a place.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Text {
    /// The line.
    pub text: String,
    /// Where the place begins in it, in characters from 1.
    pub highlight_start: usize,
}

/// A line of Cargo's output that is a message of the compiler.
#[derive(Clone, Debug)]
pub struct FromCargo {
    /// The manifest of the package that was compiled.
    pub manifest: String,
    /// The message.
    pub message: Message,
}

impl FromCargo {
    /// Reads a line of Cargo's output; none where it is something else than a message of the compiler.
    pub fn read(line: &str) -> Option<Self> {
        let mut line: Value = serde_json::from_str(line).ok()?;
        if line.get("reason")? != "compiler-message" {
            return None;
        }
        let manifest = line.get("manifest_path")?.as_str()?.to_owned();
        let message = serde_json::from_value(line.get_mut("message")?.take()).ok()?;
        Some(Self { manifest, message })
    }
}

impl Message {
    /// The code of the error, or the name of the lint; empty where there is none.
    pub fn code(&self) -> &str {
        self.code.as_ref().map_or("", |code| &code.code)
    }

    /// The message in a line. Where it names nothing, such as `mismatched types`, with what is said of its place.
    pub(super) fn in_a_line(&self) -> String {
        let line = self.message.lines().next().unwrap_or_default();
        let mut labels = self
            .spans
            .iter()
            .filter(|span| span.is_primary)
            .filter_map(|span| span.label.as_deref());
        match labels.next().and_then(|label| label.lines().next()) {
            Some(label) if !line.contains('`') => format!("{line}: {label}"),
            _ => line.to_owned(),
        }
    }

    /// The message and all that belongs to it.
    pub(super) fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.children)
    }
}

impl Span {
    /// The place, then where the macro is called that it comes from, and so on.
    pub(super) fn callers(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |span| {
            span.expansion.as_ref().map(|call| &call.span)
        })
    }
}
