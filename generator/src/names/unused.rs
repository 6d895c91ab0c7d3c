//! Words of the config that stand in no name.

use std::collections::BTreeSet;

use super::context::Context;
use super::symbols;
use super::words::Splitter;
use crate::config::nearest;

/// The words that stand in none of the names that were split, each with what is nearest to it there.
pub(super) fn words<'c>(
    context: &Context<'_>,
    words: &'c [String],
) -> Vec<(&'c str, Option<String>)> {
    let names = context.splitter.names();
    let mut unused = Vec::new();
    for word in words {
        let alone = Splitter::of_one(word);
        if !names.iter().any(|name| alone.has_known(name)) {
            unused.push((word.as_str(), near(word, &names)));
        }
    }
    unused
}

/// The part of a name that was most likely meant: what begins where a word may begin, and ends where one may end.
fn near(word: &str, names: &[String]) -> Option<String> {
    let mut parts = BTreeSet::new();
    for name in names {
        let name = symbols::to_ascii(name);
        for run in name.split(|c: char| !c.is_ascii_alphanumeric()) {
            parts.extend(parts_of(run, word.len()));
        }
    }
    nearest(word, parts.iter().map(String::as_str)).map(str::to_owned)
}

/// The parts of a run of letters and digits between two places where a word may begin or end, as long as `length` or nearly so.
fn parts_of(run: &str, length: usize) -> Vec<String> {
    let capitals = run.char_indices().filter(|(_, c)| c.is_ascii_uppercase());
    let mut places: Vec<usize> = capitals.map(|(place, _)| place).collect();
    places.extend([0, run.len()]);
    places.sort_unstable();
    places.dedup();
    let mut parts = Vec::new();
    for (index, start) in places.iter().enumerate() {
        for end in places.iter().skip(index + 1) {
            if end - start > 2 * length {
                break;
            }
            parts.extend(run.get(*start..*end).map(str::to_owned));
        }
    }
    parts
}
