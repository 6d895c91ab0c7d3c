//! Tuples become lists of anything, and properties known by a pattern become additional ones.

use super::{Fields, set};
use crate::spec::tree::Tree;

pub(super) fn rewrite(fields: &mut Fields<'_>) {
    let is_tuple = fields.contains_key("prefixItems")
        || fields
            .get("items")
            .is_some_and(|items| items.as_list().is_some());
    if is_tuple {
        set(fields, "items", Tree::map([]));
    }
    let Some(patterns) = fields
        .get("patternProperties")
        .and_then(|tree| tree.as_map())
    else {
        return;
    };
    let single = match patterns.len() {
        0 => return,
        1 => patterns.values().next().cloned(),
        _ => None,
    };
    let is_open = fields
        .get("additionalProperties")
        .is_none_or(|additional| **additional == Tree::Bool(false));
    if is_open {
        set(
            fields,
            "additionalProperties",
            single.unwrap_or(Tree::Bool(true)),
        );
    }
}
