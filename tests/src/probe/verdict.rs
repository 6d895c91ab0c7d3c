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

/// What stops compiling although no change that is called major speaks of it.
#[must_use]
pub fn unexplained<'c>(comparison: &Comparison, checked: &'c Checked) -> Vec<&'c (Use, String)> {
    let majors: Vec<&Change> = comparison
        .changes
        .iter()
        .filter(|change| change.rust == Rust::Major)
        .collect();
    let spoken_of: BTreeSet<&str> = majors
        .iter()
        .flat_map(|change| {
            let texts = [&change.item, &change.owner, &change.before];
            let also = change.also.iter();
            texts.into_iter().chain(also).flat_map(|text| words(text))
        })
        .filter(|word| !COMMON.contains(word))
        .collect();
    let failed = checked.failed.iter();
    failed
        .filter(|(one, _)| one.names().iter().all(|name| !spoken_of.contains(name)))
        .collect()
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
    let names = changes.filter(|change| {
        change.rule.code.ends_with("-renamed") || change.rule.code.ends_with("-moved")
    });
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
