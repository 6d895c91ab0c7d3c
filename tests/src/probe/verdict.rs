//! What the compiler found, beside what `diff` says.

use std::collections::{BTreeMap, BTreeSet};

use atlas_codegen::diff::{Change, Comparison, Rust};

use super::batch::Checked;
use super::{Use, words};

/// A change that is called major, and that no use which fails speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The rule.
    pub code: &'static str,
    /// What it names.
    pub item: String,
    /// What it says.
    pub sentence: String,
}

/// What is called major although nothing of it stops compiling.
#[must_use]
pub fn doubts(comparison: &Comparison, checked: &Checked) -> Vec<Doubt> {
    let majors = comparison
        .changes
        .iter()
        .filter(|change| change.rust == Rust::Major);
    let failed: Vec<BTreeSet<&str>> = checked.failed.iter().map(|(one, _)| one.names()).collect();
    let renamed = renamed(comparison);
    let is_seen = |change: &&Change| {
        let mut keys = keys(change);
        let old: Vec<&str> = keys
            .iter()
            .filter_map(|key| renamed.get(key).copied())
            .collect();
        keys.extend(old);
        failed
            .iter()
            .any(|names| keys.iter().any(|key| names.contains(key)))
    };
    majors
        .filter(|change| !is_seen(change))
        .map(|change| Doubt {
            code: change.rule.code,
            item: change.item.clone(),
            sentence: change.sentence(),
        })
        .collect()
}

/// What stops compiling although no change that is called major speaks of it, or of a whole type that it needs.
#[must_use]
pub fn unexplained<'c>(comparison: &Comparison, checked: &'c Checked) -> Vec<&'c (Use, String)> {
    let told = Told::of(comparison);
    let failed = checked.failed.iter();
    failed.filter(|(one, _)| !told.has(one)).collect()
}

/// What the changes that are called major speak of.
#[derive(Default)]
struct Told<'c> {
    /// Types and operations with their members; without one, as a whole.
    members: BTreeSet<(Place<'c>, &'c str)>,
    /// Types and operations of which anything is told.
    places: BTreeSet<Place<'c>>,
    /// Groups that are gone, or have another name, and all that is in them along.
    groups: BTreeSet<&'c str>,
    /// Names of what is neither a type nor an operation.
    names: BTreeSet<&'c str>,
}

impl<'c> Told<'c> {
    fn of(comparison: &'c Comparison) -> Self {
        let renamed = renamed_places(comparison);
        let mut told = Self::default();
        let changes = comparison.changes.iter();
        for change in changes.filter(|change| change.rust == Rust::Major) {
            for text in texts(change) {
                let Some((place, member)) = place(text) else {
                    let names = words(text).filter(|word| !COMMON.contains(word));
                    told.names.extend(names);
                    if matches!(change.rule.code, "group-removed" | "group-renamed") {
                        told.groups.insert(text);
                    }
                    continue;
                };
                for place in [Some(place), renamed.get(&place).copied()]
                    .into_iter()
                    .flatten()
                {
                    told.members.insert((place, member));
                    told.places.insert(place);
                }
            }
        }
        told
    }

    fn has(&self, one: &Use) -> bool {
        let Some((own, member)) = place(&one.item) else {
            return one.names().iter().any(|name| self.names.contains(name));
        };
        let is_own = self.members.contains(&(own, member)) || self.members.contains(&(own, ""));
        let is_making = member.is_empty() && self.places.contains(&own);
        let needs = || {
            let paths = one.paths();
            let mut needed = paths
                .iter()
                .filter_map(|path| place(path.strip_prefix("::api::")?));
            needed.any(|whole| self.members.contains(&whole))
        };
        self.groups.contains(own.0) || is_own || is_making || needs()
    }
}

/// What a change speaks of: where it shows, and what has another name now.
fn texts(change: &Change) -> impl Iterator<Item = &str> {
    let before = is_renamed(change).then_some(&change.before);
    let texts = [&change.item].into_iter().chain(&change.also).chain(before);
    texts.map(String::as_str)
}

/// A type of a crate, or an operation with its group.
type Place<'t> = (&'t str, &'t str);

/// The type or operation that a path goes into, and the member of it: `types::Team.size`, `operations::teams::list_teams.page`, or
/// as `diff` writes it, `teams().list_teams().page`. What makes a type, and what an operation is called with, are no members.
fn place(text: &str) -> Option<(Place<'_>, &str)> {
    let (first, rest) = text.split_once("::").unwrap_or(("", text));
    let (group, rest) = match first {
        "types" => (first, rest),
        "operations" => rest.split_once("::")?,
        _ => text.split_once("().")?,
    };
    let name = begin(rest)?;
    let behind = rest.strip_prefix(name)?;
    let member = match behind.starts_with('(') {
        true => behind.split_once(").").map_or("", |(_, member)| member),
        false => behind.trim_start_matches(['.', ':', '>', '~']),
    };
    let is_making = matches!(member, "new" | "from");
    Some(((group, name), if is_making { "" } else { member }))
}

/// Where what has another name now was before.
fn renamed_places(comparison: &Comparison) -> BTreeMap<Place<'_>, Place<'_>> {
    let changes = comparison.changes.iter();
    let changes = changes.filter(|change| is_renamed(change));
    let places =
        changes.filter_map(|change| Some((place(&change.after)?.0, place(&change.before)?.0)));
    places.collect()
}

fn is_renamed(change: &Change) -> bool {
    let code = change.rule.code;
    code.ends_with("-renamed") || code.ends_with("-moved")
}

/// The name that a text begins with.
fn begin(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '#')));
    let name = text.get(..end.unwrap_or(text.len()))?;
    (!name.is_empty()).then_some(name)
}

/// Words of paths and types that name nothing of a crate's own.
const COMMON: [&str; 22] = [
    "types",
    "operations",
    "service",
    "features",
    "String",
    "Option",
    "Vec",
    "Patch",
    "Box",
    "BTreeMap",
    "Value",
    "i32",
    "i64",
    "u64",
    "f64",
    "bool",
    "new",
    "from",
    "in",
    "the",
    "is",
    "crate",
];

/// The old names of what has another one: a program knows those alone.
fn renamed(comparison: &Comparison) -> BTreeMap<&str, &str> {
    let changes = comparison.changes.iter();
    let names = changes.filter(|change| is_renamed(change));
    let pairs = names
        .filter_map(|change| Some((words(&change.after).last()?, words(&change.before).last()?)));
    pairs.collect()
}

/// Rules about what is seen at the item that something belongs to: where it is called or made.
const SEEN_AT_OWNER: [&str; 9] = [
    "argument-added",
    "argument-removed",
    "argument-became-optional",
    "argument-type-changed",
    "setter-became-required",
    "required-field-added",
    "required-field-removed",
    "field-became-required",
    "field-became-optional",
];

/// The names that a change is about: that of the item, and the one that it had.
fn keys(change: &Change) -> BTreeSet<&str> {
    let mut keys = BTreeSet::new();
    let mut texts = vec![change.item.as_str(), change.before.as_str()];
    texts.extend(change.also.iter().map(String::as_str));
    if SEEN_AT_OWNER.contains(&change.rule.code) {
        texts.push(&change.owner);
    }
    for text in texts {
        let is_word = |word: &&str| !COMMON.contains(word);
        keys.extend(words(text).filter(is_word).last());
        if let Some((called, argument)) = text.rsplit_once('(')
            && !argument.starts_with(')')
        {
            keys.extend(words(called).last());
        }
    }
    keys
}
