//! One change that shows in many places is one change.

use std::collections::BTreeMap;

use super::super::change::{Change, last_part};
use super::super::rules;

/// Joins changes that are one in the document, and sorts them: by group of operations, then by what they are about.
pub(super) fn merged(changes: Vec<Change>) -> Vec<Change> {
    let mut kept: Vec<Change> = Vec::new();
    let mut first: BTreeMap<[String; 5], usize> = BTreeMap::new();
    for change in changes {
        let Some(key) = key(&change) else {
            kept.push(change);
            continue;
        };
        match first.get(&key).and_then(|index| kept.get_mut(*index)) {
            Some(known) => {
                known.also.push(change.item);
                known.groups.extend(change.groups);
                known.rust = known.rust.max(change.rust);
                known.wire = known.wire.max(change.wire);
            }
            None => {
                first.insert(key, kept.len());
                kept.push(change);
            }
        }
    }
    for change in &mut kept {
        change.groups.sort_unstable();
        change.groups.dedup();
    }
    kept.sort_by(|left, right| {
        let key = |change: &Change| (change.groups.len() != 1, change.groups.first().cloned());
        let order = key(left).cmp(&key(right));
        order.then_with(|| (&left.owner, &left.item).cmp(&(&right.owner, &right.item)))
    });
    kept
}

/// What changes have in common that are one: a parameter that several operations take from one place, features behind which
/// several types stand, and a property whose type has a form for requests and one for responses.
fn key(change: &Change) -> Option<[String; 5]> {
    let is = |rule: &'static rules::Rule| std::ptr::eq(change.rule, rule);
    let code = change.rule.code.to_owned();
    if is(&rules::TYPE_NARROWED) || is(&rules::TYPE_WIDENED) {
        let from = if is(&rules::TYPE_NARROWED) {
            &change.before
        } else {
            &change.after
        };
        return Some([
            code,
            from.clone(),
            String::new(),
            String::new(),
            String::new(),
        ]);
    }
    let is_shared = |at: &str| at.contains("#/components/");
    let is_member = change.item != change.owner;
    if !is_member || !(is_shared(&change.old_at) || is_shared(&change.new_at)) {
        return None;
    }
    let name = last_part(&change.item).to_owned();
    let texts = format!("{}\n{}", end(&change.before), end(&change.after));
    Some([
        code,
        change.old_at.clone(),
        change.new_at.clone(),
        name,
        texts,
    ])
}

/// The last part of a path; anything else as it is.
fn end(text: &str) -> &str {
    match text.strip_prefix("types::") {
        Some(path) => last_part(path),
        None => text,
    }
}
