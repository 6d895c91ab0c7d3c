//! What can go wrong while reading or writing JSON.

use std::error::Error;
use std::fmt;

/// JSON that is not what the type asks for, or not JSON at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    path: String,
    message: String,
    line: usize,
    column: usize,
}

impl DecodeError {
    /// From serde_json's error and the path gathered with it (empty: the root).
    pub(super) fn new(error: &serde_json::Error, path: String) -> Self {
        let message = bare_message(error);
        Self::at(path, message, error.line(), error.column())
    }

    pub(super) fn at(path: String, message: String, line: usize, column: usize) -> Self {
        let path = if path.is_empty() { "$".to_owned() } else { path };
        Self { path, message, line, column }
    }

    /// The JSON path of the place: `results[3].roles.orgRoles[0]`; the root is `$`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there: `missing`, or what was expected and what was found.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The line of the input at which reading stopped, counted from 1. For what stands inside a
    /// union this is where the union's value ends.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The byte of the line at which reading stopped, counted from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, message, line, column } = self;
        write!(formatter, "{path}: {message} (line {line}, column {column})")
    }
}

impl Error for DecodeError {}

/// A value that JSON cannot express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError {
    message: String,
}

impl EncodeError {
    pub(super) fn new(error: &serde_json::Error) -> Self {
        Self { message: bare_message(error) }
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl Error for EncodeError {}

/// The error's text without ` at line 1 column 2`, which serde_json appends, and without the
/// string that was found, which may be long or secret.
pub(super) fn bare_message(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let message = message.strip_suffix(&position).unwrap_or(&message);
    without_found_text(message).unwrap_or_else(|| message.to_owned())
}

/// `invalid type: string, expected …` for `invalid type: string "found", expected …`.
fn without_found_text(message: &str) -> Option<String> {
    let (start, found) = message.split_once(": string \"")?;
    let (_, expected) = found.rsplit_once("\", expected ")?;
    matches!(start, "invalid type" | "invalid value").then(|| format!("{start}: string, expected {expected}"))
}
