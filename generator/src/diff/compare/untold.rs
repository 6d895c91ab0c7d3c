//! What no rule speaks of.

use std::collections::BTreeMap;

use super::super::outline::Kind;
use super::super::rules;
use super::operations::wants;
use super::side::Whole;
use super::{Compare, Finding};

/// What an operation wants of its callers, among all facts of it.
const SECURITY: &str = "operation  security";

/// The facts whose text has names of types in it.
pub(super) const NAMES_TYPES: [&str; 2] = ["type", "brings"];

impl Compare<'_, '_> {
    /// Tells of a pair that differs although nothing was told of it since there were `told` changes.
    pub(super) fn untold(&mut self, told: usize, old: &Whole<'_>, new: &Whole<'_>) {
        if self.changes.len() != told {
            return;
        }
        let (mut before, mut after) = (self.facts(old, true), self.facts(new, false));
        if wants(self.old, old.entry) == wants(self.new, new.entry) {
            // To say what the service says in general changes nothing.
            before.remove(SECURITY);
            after.remove(SECURITY);
        }
        let names = before.keys().chain(after.keys());
        let other = names
            .into_iter()
            .find(|name| before.get(*name) != after.get(*name));
        if let Some(name) = other {
            let text =
                |facts: &BTreeMap<String, String>| facts.get(name).cloned().unwrap_or_default();
            let words: Vec<&str> = name.split_whitespace().collect();
            let place = &new.entry.place;
            let item = format!("{place} ({})", words.join(" "));
            self.push(Finding {
                owner: place.clone(),
                before: text(&before),
                after: text(&after),
                old: Some(old.entry),
                new: Some(new.entry),
                ..Finding::of(&rules::UNCLASSIFIED, item)
            });
        }
    }

    /// All facts, by entry and name, in the names of the new side.
    fn facts(&self, whole: &Whole<'_>, is_old: bool) -> BTreeMap<String, String> {
        let mut facts = BTreeMap::new();
        let members = whole.members.iter().map(|member| (member.name(), *member));
        for (name, entry) in std::iter::once(("", whole.entry)).chain(members) {
            // Whether several operations have a setter from one place is nothing that users see.
            let kind = match entry.kind {
                Kind::Shared => Kind::Setter,
                kind => kind,
            };
            let kind = kind.as_str();
            facts.insert(format!("{kind} {name}"), String::new());
            for (fact, text) in &entry.facts {
                let is_name = NAMES_TYPES.contains(&fact.as_str());
                let text = match fact.as_str() {
                    // Where it stands, and what follows from elsewhere.
                    "at" | "flow" | "if" | "shared" => continue,
                    // Told of where the order is another one; an older surface does not have it.
                    "tries" => continue,
                    // The name of a parameter in a path is not sent.
                    "wire" if entry.fact("in") == "path" => continue,
                    "when" => sorted(text),
                    _ if is_old && is_name => self.pairs.spelled(text),
                    _ => text.clone(),
                };
                facts.insert(format!("{kind} {name} {fact}"), text);
            }
        }
        facts
    }
}

/// The order of a list of values says nothing.
fn sorted(text: &str) -> String {
    let mut words: Vec<&str> = text.split([':', ',']).collect();
    words.sort_unstable();
    words.join(",")
}
