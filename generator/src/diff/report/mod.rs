//! What a comparison found, for people and for programs.

mod changelog;
mod fold;
mod github;
mod html;
mod inert;
mod json;
mod links;
mod markdown;
mod places;
mod sarif;
mod sunset;
mod text;

use std::collections::BTreeMap;

pub use changelog::{changelog, entry};
pub use github::github;
pub use html::{NotFilled, html};
pub use json::json;
pub use markdown::markdown;
pub use sarif::sarif;
pub use sunset::sunsets;
pub use text::{explain, text};

use self::fold::Line;
use super::change::{Cause, Change, Comparison};
use super::consumer::Consumer;
use super::outline::Outline;
use super::verdict::{Rust, Version};
use crate::diag::Located;

/// All that a report tells.
#[derive(Clone, Debug, Default)]
pub struct Report<'c> {
    /// How the user named the sides.
    pub names: (String, String),
    /// The changes.
    pub comparison: Comparison,
    /// Where places of the old document stand, by their pointers; empty for a saved surface.
    pub old_places: BTreeMap<String, Located>,
    /// Where places of the new document stand.
    pub new_places: BTreeMap<String, Located>,
    /// The version of the old side's package, and the next one after these changes.
    pub versions: Option<(Version, Version)>,
    /// What was changed beside the document: the generator, or its config.
    pub causes: Vec<String>,
    /// Operations that end, or have ended.
    pub sunsets: Vec<Sunset<'c>>,
    /// What the changes do to one program, where one was checked. Its findings name changes by their positions in `comparison`.
    pub consumer: Option<Consumer>,
}

/// An operation that ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sunset<'c> {
    /// How a caller names it.
    pub operation: String,
    /// The day from which the service may no longer offer it, `YYYY-MM-DD`.
    pub day: &'c str,
    /// Whether that day has come.
    pub has_passed: bool,
    /// Its place in the document.
    pub at: &'c str,
}

/// What else than the document differs between two surfaces.
pub fn causes(old: &Outline, new: &Outline) -> Vec<String> {
    let mut causes = Vec::new();
    if old.generator() != new.generator() {
        causes.push(format!(
            "The generator is another one: {} made the old surface, {} the new one.",
            old.generator(),
            new.generator()
        ));
    }
    if old.config() != new.config() {
        causes.push("The config is another one than that of the old surface.".to_owned());
    }
    causes
}

/// The version of the old side's package, and the next one after a comparison.
pub fn versions(old: &Outline, comparison: &Comparison) -> Option<(Version, Version)> {
    let version = Version::read(old.version())?;
    let is_same = comparison.changes.is_empty();
    let next = if is_same {
        version
    } else {
        version.after(comparison.rust())
    };
    Some((version, next))
}

/// A name for each change that stays the same while it is told of, whatever else changes: its rule and what it is about.
fn identities(changes: &[Change]) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let names = changes.iter().map(|change| {
        let name = format!("{} {}", change.rule.code, change.item);
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        match *count {
            1 => name,
            count => format!("{name} {count}"),
        }
    });
    names.collect()
}

impl Report<'_> {
    /// What is to be said before the changes.
    fn notes(&self) -> Vec<String> {
        let changes = &self.comparison.changes;
        let mut notes = self.causes.clone();
        let unknown = changes
            .iter()
            .filter(|change| matches!(change.cause, Cause::Unknown(_)));
        if unknown.count() > 0 {
            notes.push(
                "Which changes come from that, only the old document can tell: compare documents, with `--old-config`.".to_owned(),
            );
        }
        let made = changes
            .iter()
            .filter(|change| matches!(change.cause, Cause::Making(_) | Cause::Both(_)));
        match made.count() {
            0 => {}
            count if count == changes.len() => notes.push("All changes come from that.".to_owned()),
            count => notes.push(format!(
                "{} {} from that and {} marked; all others are the document's.",
                counted(count, "change"),
                if count == 1 { "comes" } else { "come" },
                if count == 1 { "is" } else { "are" },
            )),
        }
        notes
    }

    /// The changes by group of operations; those that concern several groups, or the whole crate, stand in sections of their own.
    fn sections(&self) -> Vec<(String, Vec<Line<'_>>)> {
        let mut sections: Vec<(String, Vec<&Change>)> = Vec::new();
        for change in &self.comparison.changes {
            let title = match change.groups.as_slice() {
                [one] => one.clone(),
                [] => "The whole crate".to_owned(),
                _ => "Several groups".to_owned(),
            };
            match sections.iter_mut().find(|(known, _)| *known == title) {
                Some((_, changes)) => changes.push(change),
                None => sections.push((title, vec![change])),
            }
        }
        let folded = sections.into_iter();
        folded
            .map(|(title, changes)| (title, fold::folded(&changes)))
            .collect()
    }

    /// The verdicts in one line.
    fn verdict(&self) -> String {
        let comparison = &self.comparison;
        if comparison.changes.is_empty() {
            return "the surface is the same".to_owned();
        }
        let rust = [Rust::Major, Rust::Minor, Rust::Patch]
            .map(|level| (comparison.count(level), level.as_str()));
        let wire = [super::Wire::Breaking, super::Wire::Risky]
            .map(|level| (comparison.count_wire(level), level.as_str()));
        let list = |counts: &[(usize, &str)]| {
            let some = counts.iter().filter(|(count, _)| *count > 0);
            let some = some.map(|(count, word)| format!("{count} {word}"));
            let text = some.collect::<Vec<_>>().join(", ");
            if text.is_empty() {
                text
            } else {
                format!(" ({text})")
            }
        };
        format!(
            "Rust {}{}; wire {}{}",
            comparison.rust().as_str(),
            list(&rust),
            comparison.wire().as_str(),
            list(&wire)
        )
    }

    /// Where a change stands in the documents: `file:line` of both, or of the one that has it.
    fn place(&self, change: &Change) -> String {
        let old = at(&self.old_places, &change.old_at);
        let new = at(&self.new_places, &change.new_at);
        match (old, new) {
            (Some(old), Some(new)) => format!("{old} → {new}"),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => {
                let known = if change.new_at.is_empty() {
                    &change.old_at
                } else {
                    &change.new_at
                };
                known.clone()
            }
        }
    }
}

fn at(places: &BTreeMap<String, Located>, pointer: &str) -> Option<String> {
    let place = places.get(pointer)?;
    Some(match place.position {
        Some((line, _)) => format!("{}:{line}", place.file),
        None => place.file.clone(),
    })
}

/// `1 change`, `2 changes`.
fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
