//! A `$ref` with siblings becomes an `allOf` with the reference in it: the siblings count.

use super::{Fields, list, set, text};
use crate::spec::tree::Tree;

pub(super) fn rewrite(fields: &mut Fields<'_>) {
    let Some(reference) = text(fields, "$ref").map(Tree::text) else {
        return;
    };
    if fields.len() == 1 {
        return;
    }
    fields.shift_remove("$ref");
    add_to_all_of(fields, Tree::map([("$ref", reference)]));
}

/// Adds a schema to those that must all hold.
pub(super) fn add_to_all_of(fields: &mut Fields<'_>, schema: Tree) {
    let others = list(fields, "allOf").unwrap_or_default();
    let all = std::iter::once(schema)
        .chain(others.iter().cloned())
        .collect();
    set(fields, "allOf", Tree::List(all));
}
