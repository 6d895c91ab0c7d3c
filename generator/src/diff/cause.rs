//! What made each change: the document, or what the crate is made with.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Cause, Comparison, Making};
use super::compare;
use super::outline::Outline;
use super::rules;

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
        let documents = compare(remade, new);
        // What the document renames has its new name in all changes.
        let made = names(compare(old, remade), &renames(&documents));
        let documents = names(documents, &BTreeMap::new());
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

/// What changes are about, by rule, with new names for what has one.
fn names(
    comparison: Comparison,
    renames: &BTreeMap<String, String>,
) -> BTreeSet<(&'static str, String)> {
    let names = comparison.changes.into_iter().flat_map(|change| {
        let code = change.rule.code;
        let items = std::iter::once(change.item).chain(change.also);
        items.map(move |item| (code, respelled(item, renames)))
    });
    names.collect()
}

/// The old and the new names of types, operations and groups.
fn renames(comparison: &Comparison) -> BTreeMap<String, String> {
    let rules = [
        &rules::TYPE_RENAMED,
        &rules::OPERATION_RENAMED,
        &rules::OPERATION_MOVED,
        &rules::GROUP_RENAMED,
    ];
    let codes = rules.map(|rule| rule.code);
    let changes = comparison.changes.iter();
    changes
        .filter(|change| codes.contains(&change.rule.code))
        .map(|change| (change.before.clone(), change.after.clone()))
        .collect()
}

/// An item with the new name of what it belongs to: the longest beginning that has one.
fn respelled(item: String, renames: &BTreeMap<String, String>) -> String {
    if renames.is_empty() {
        return item;
    }
    let parted = item.rmatch_indices(['.', ':', '(']).map(|(at, _)| at);
    for end in std::iter::once(item.len()).chain(parted) {
        let (owner, rest) = item.split_at_checked(end).unwrap_or_default();
        if let Some(name) = renames.get(owner) {
            return format!("{name}{rest}");
        }
    }
    item
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop at once")]
mod tests {
    use super::*;

    fn outline(config: u8, name: &str, price: &str) -> Outline {
        let head = Outline::default().write();
        Outline::read(&format!(
            "{head}crate crate package=a library=a version=1.0.0 generator=1 config={config}\n\
             types::{name} struct flow=both at=#/{name}\n\
             types::{name}.id field type=String presence=required wire=id\n\
             types::{name}.price field type={price} presence=required wire=price\n"
        ))
        .unwrap()
    }

    #[test]
    fn the_config_is_named_though_the_document_renames_the_type() {
        let old = outline(1, "Pet", "String");
        let (remade, new) = (
            outline(2, "Pet", "my::Money"),
            outline(2, "PetView", "my::Money"),
        );
        let mut comparison = compare(&old, &new);
        comparison.attribute(&old, Some(&remade), &new);
        let causes = comparison.changes.iter();
        let causes: Vec<_> = causes
            .map(|change| (change.item.as_str(), change.cause))
            .collect();
        assert_eq!(
            causes,
            [
                ("types::PetView", Cause::Document),
                ("types::PetView.price", Cause::Making(Making::Config)),
            ]
        );
    }
}
