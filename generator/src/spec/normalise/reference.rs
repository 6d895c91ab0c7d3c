//! A `$ref` with siblings becomes an `allOf` with the reference in it: the siblings count.

use super::{Fields, list, set, text};
use crate::spec::tree::Tree;

pub(super) fn rewrite(fields: &mut Fields<'_>) {
    // A dynamic reference means its own anchor, where nothing binds it (JSON Schema 2020-12, core, 8.2.3.2).
    for keyword in ["$dynamicRef", "$recursiveRef"] {
        let dynamic = text(fields, keyword).map(Tree::text);
        if let (Some(reference), None) = (dynamic, fields.get("$ref")) {
            fields.shift_remove(keyword);
            add_to_all_of(fields, Tree::map([("$ref", reference)]));
        }
    }
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
