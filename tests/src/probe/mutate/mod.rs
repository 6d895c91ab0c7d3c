//! Documents changed at random, as their authors change them: a property more, a parameter that is required now, another name.

mod operations;
mod schemas;
mod service;
mod tree;

use serde_yaml::Value;

use self::tree::Places;
use crate::oracle::random::Random;

/// Changes something in a document; what it was is told in a few words. Nothing where the document has no place for the change.
type Mutation = fn(&mut Value, &Places, &mut Random) -> Option<String>;

/// So often another change is tried where a document has no place for one.
const TRIES: usize = 40;

/// A document with one change, and what that is.
#[must_use]
pub fn mutated(document: &Value, random: &mut Random) -> Option<(String, Value)> {
    let places = Places::of(document);
    let all = [schemas::ALL, operations::ALL, service::ALL];
    for _ in 0..TRIES {
        // Most of a document is schemas and operations.
        let group = *random.pick(&[0, 0, 0, 1, 1, 1, 2]);
        let mutation = random.pick(all[group]);
        let mut changed = document.clone();
        if let Some(what) = mutation(&mut changed, &places, random)
            && changed != *document
        {
            return Some((what, changed));
        }
    }
    None
}
