//! What made each change: the document, or what the crate is made with.

use std::collections::BTreeSet;

use super::change::{Cause, Comparison, Making};
use super::compare;
use super::outline::Outline;

impl Making {
    /// What differs in how two surfaces were made, beside their documents; none where nothing does.
    pub fn between(old: &Outline, new: &Outline) -> Option<Self> {
        let generator = old.generator() != new.generator();
        match (generator, old.config() != new.config()) {
            (false, false) => None,
            (true, false) => Some(Self::Generator),
            (false, true) => Some(Self::Config),
            (true, true) => Some(Self::GeneratorAndConfig),
        }
    }
}

impl Comparison {
    /// Says of each change what made it. `remade` is the old document made as the new one was: what differs between the old
    /// surface and that is not the document's. Without it, nobody can tell.
    pub fn attribute(&mut self, old: &Outline, remade: Option<&Outline>, new: &Outline) {
        let Some(making) = Making::between(old, new) else {
            return;
        };
        let Some(remade) = remade else {
            for change in &mut self.changes {
                change.cause = Cause::Unknown(making);
            }
            return;
        };
        let (made, documents) = (names(old, remade), names(remade, new));
        for change in &mut self.changes {
            let name = (change.rule.code, change.item.clone());
            change.cause = match (made.contains(&name), documents.contains(&name)) {
                (false, _) => Cause::Document,
                (true, false) => Cause::Making(making),
                (true, true) => Cause::Both(making),
            };
        }
    }
}

/// What changes are about, by rule.
fn names(old: &Outline, new: &Outline) -> BTreeSet<(&'static str, String)> {
    let changes = compare(old, new).changes.into_iter();
    let names = changes.flat_map(|change| {
        let code = change.rule.code;
        let items = std::iter::once(change.item).chain(change.also);
        items.map(move |item| (code, item))
    });
    names.collect()
}
