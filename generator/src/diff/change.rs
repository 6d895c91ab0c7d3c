//! What a comparison finds.

use super::rules::Rule;
use super::verdict::{Rust, Wire};

/// All that differs between two surfaces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The changes: by group of operations, then by path.
    pub changes: Vec<Change>,
}

/// One change of the surface.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Which rule speaks of it.
    pub rule: &'static Rule,
    /// The Rust path: as it is now, or as it was where it is gone.
    pub item: String,
    /// The type or operation that it belongs to; the item itself where that is one.
    pub owner: String,
    /// Where else the same change shows: other operations that take one parameter, other types behind one feature.
    pub also: Vec<String>,
    /// The groups of operations that it concerns, by their features; empty where it is the whole crate.
    pub groups: Vec<String>,
    /// How it was; empty where it was not there.
    pub before: String,
    /// How it is; empty where it is gone.
    pub after: String,
    /// What it means for code.
    pub rust: Rust,
    /// What it means for a program that runs already.
    pub wire: Wire,
    /// Which way the data travels.
    pub flow: Flow,
    /// What made it.
    pub cause: Cause,
    /// Its place in the old document, `#/components/schemas/Team`; empty where it has none.
    pub old_at: String,
    /// Its place in the new document.
    pub new_at: String,
}

/// What makes a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The document.
    #[default]
    Document,
    /// What the crate is made with: the document as it was has the change too.
    Making(Making),
    /// The document and what the crate is made with.
    Both(Making),
    /// One of them: the document as it was is not at hand to tell.
    Unknown(Making),
}

/// What differs in how two crates were made, beside their documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Making {
    /// The version of the generator.
    Generator,
    /// The config.
    Config,
    /// Version and config.
    GeneratorAndConfig,
}

impl Making {
    /// The words for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Generator => "the generator",
            Self::Config => "the config",
            Self::GeneratorAndConfig => "the generator or its config",
        }
    }
}

impl Cause {
    /// One word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Making(Making::Generator) => "generator",
            Self::Making(Making::Config) => "config",
            Self::Making(Making::GeneratorAndConfig) => "generator-or-config",
            Self::Both(_) => "both",
            Self::Unknown(_) => "unknown",
        }
    }

    /// What a reader is told behind a change; nothing where it is the document's, as most are.
    pub fn remark(self) -> String {
        match self {
            Self::Document | Self::Unknown(_) => String::new(),
            Self::Making(making) => format!("made by {}", making.as_str()),
            Self::Both(making) => format!("made by the document and by {}", making.as_str()),
        }
    }
}

/// Which way data travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flow {
    /// No way: no operation sends or brings it.
    #[default]
    Unused,
    /// To the service.
    Sent,
    /// From the service.
    Received,
    /// To it and from it.
    Both,
}

impl Flow {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unused => "unused",
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Both => "both",
        }
    }

    /// The way of a word.
    pub(super) fn of(word: &str) -> Self {
        match word {
            "sent" => Self::Sent,
            "received" => Self::Received,
            "both" => Self::Both,
            _ => Self::Unused,
        }
    }

    /// Whether it goes to the service.
    pub(super) fn is_sent(self) -> bool {
        matches!(self, Self::Sent | Self::Both)
    }

    /// Whether it comes from the service.
    pub(super) fn is_received(self) -> bool {
        matches!(self, Self::Received | Self::Both)
    }

    /// The worse of what it means where it is sent and where it is received.
    pub(super) fn worst(self, sent: Wire, received: Wire) -> Wire {
        let sent = if self.is_sent() {
            sent
        } else {
            Wire::Compatible
        };
        let received = if self.is_received() {
            received
        } else {
            Wire::Compatible
        };
        sent.max(received)
    }
}

impl Change {
    /// What happened, in one sentence.
    pub fn sentence(&self) -> String {
        let mut sentence = String::new();
        let mut rest = self.rule.sentence;
        while let Some((before, behind)) = rest.split_once('{') {
            let Some((word, behind)) = behind.split_once('}') else {
                break;
            };
            sentence.push_str(before);
            sentence.push_str(match word {
                "item" => &self.item,
                "owner" => &self.owner,
                "before" => &self.before,
                "after" => &self.after,
                _ => "",
            });
            rest = behind;
        }
        sentence.push_str(rest);
        sentence
    }
}

impl Comparison {
    /// The verdict for code: the worst of the changes.
    pub fn rust(&self) -> Rust {
        let all = self.changes.iter().map(|change| change.rust);
        all.max().unwrap_or_default()
    }

    /// The verdict for programs that run already.
    pub fn wire(&self) -> Wire {
        let all = self.changes.iter().map(|change| change.wire);
        all.max().unwrap_or_default()
    }

    /// How many changes have a verdict for code.
    pub fn count(&self, level: Rust) -> usize {
        let same = self.changes.iter().filter(|change| change.rust == level);
        same.count()
    }

    /// How many changes have a verdict for programs that run already.
    pub fn count_wire(&self, level: Wire) -> usize {
        let same = self.changes.iter().filter(|change| change.wire == level);
        same.count()
    }
}

/// The last part of an item: `name` of `types::Pet.name`, `pets().get_pet(name)` and `pets().get_pet().name`.
pub(super) fn last_part(item: &str) -> &str {
    let mut parts = item.rsplit([':', '.', '(']);
    parts.next().unwrap_or_default().trim_end_matches(')')
}
