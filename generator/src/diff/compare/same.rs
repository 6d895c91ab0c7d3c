//! Whether there is anything to look for: nearly all of two documents is the same.

use super::super::outline::Entry;
use super::side::Whole;
use super::untold::NAMES_TYPES;
use super::{Compare, spelling};

impl Compare<'_, '_> {
    /// Whether nothing of a type or an operation differs, in the names of the new side.
    pub(super) fn is_same(&self, old: &Whole<'_>, new: &Whole<'_>) -> bool {
        let members = || old.members.iter().zip(&new.members);
        old.members.len() == new.members.len()
            && self.says_the_same(old.entry, new.entry)
            && members().all(|(old, new)| self.says_the_same(old, new))
    }

    fn says_the_same(&self, old: &Entry, new: &Entry) -> bool {
        // Where it stands in the document says nothing.
        let [mut before, mut after] = [old, new].map(|entry| {
            let facts = entry.facts.iter();
            facts.filter(|(fact, _)| fact != "at")
        });
        old.kind == new.kind
            && old.place == new.place
            && before
                .by_ref()
                .all(|known| after.next() == Some(known) && !self.means_another(known))
            && after.next().is_none()
    }

    /// Whether a fact names a type that has another name now. Where both sides say the same of a feature, it has its name still.
    fn means_another(&self, (fact, text): &(String, String)) -> bool {
        let renamed = &self.pairs.renamed;
        NAMES_TYPES.contains(&fact.as_str())
            && !renamed.is_empty()
            && spelling::names(text).any(|name| renamed.contains_key(name))
    }
}
