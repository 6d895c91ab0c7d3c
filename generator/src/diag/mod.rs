//! Messages to the user: what is wrong, where, and what to do.

mod code;
mod hidden;
mod path;
mod render;

pub use code::{Code, Severity};
pub use hidden::{hides_in_prose, is_hidden};
pub use path::SpecPath;
pub use render::{Excerpt, Locate, Located, Message, messages, text};

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of fault this is.
    pub code: Code,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where it is wrong.
    pub place: Place,
    /// What the user can do about it.
    pub help: String,
}

/// Where a fault stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nowhere in a file: a fault of the call itself.
    Nowhere,
    /// In the document; the line is found when the message is printed.
    Spec(SpecPath),
    /// In a file that could not be read as a tree, at a line and column from 1.
    File {
        /// The file, as the user named it.
        file: String,
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
    },
    /// A file as a whole.
    WholeFile(String),
}

impl Diagnostic {
    /// Whether it refuses the document or only leaves something out.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The place in the document, if that is where the fault is.
    pub fn path(&self) -> Option<&SpecPath> {
        match &self.place {
            Place::Spec(path) => Some(path),
            Place::Nowhere | Place::File { .. } | Place::WholeFile(_) => None,
        }
    }
}

/// All messages of a run, in the order they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    unheard: Unheard,
}

/// What nobody is told of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unheard {
    /// Everything is told.
    #[default]
    Nothing,
    /// Warnings: only whether there is a document is asked.
    Warnings,
    /// Warnings, and entries of the config that fit nothing: it is the config of another document.
    WarningsAndConfig,
}

impl Unheard {
    fn has(self, code: Code) -> bool {
        match self {
            Self::Nothing => false,
            Self::Warnings => code.severity() != Severity::Error,
            Self::WarningsAndConfig => code.severity() != Severity::Error || code == Code::Config,
        }
    }
}

impl Diagnostics {
    /// No message yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// No message yet, and none of some kinds to come.
    pub fn without(unheard: Unheard) -> Self {
        Self {
            list: Vec::new(),
            unheard,
        }
    }

    /// The messages so far; those to come are kept apart.
    #[must_use]
    pub fn take(&mut self) -> Self {
        std::mem::replace(self, Self::without(self.unheard))
    }

    /// Adds a message about a place in the document.
    pub fn report(
        &mut self,
        code: Code,
        path: &SpecPath,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Diagnostic {
            code,
            message: message.into(),
            place: Place::Spec(path.clone()),
            help: help.into(),
        });
    }

    /// Adds a message.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.unheard.has(diagnostic.code) {
            self.list.push(diagnostic);
        }
    }

    /// Whether a message refuses the document.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity() == Severity::Error)
    }

    /// The messages, in the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// How many messages there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is no message.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
