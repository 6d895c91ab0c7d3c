//! `null` among the schemas of a `oneOf` or `anyOf` becomes `nullable`; a single schema that is left needs no list.

use std::borrow::Cow;

use super::reference::add_to_all_of;
use super::{Fields, list, make_nullable, set};
use crate::spec::tree::Tree;

/// Members that describe a schema and restrict nothing, so that an outer one can stand beside an inner schema.
const ANNOTATIONS: [&str; 11] = [
    "title",
    "description",
    "example",
    "examples",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "nullable",
    "externalDocs",
    "$comment",
];

pub(super) fn rewrite(fields: &mut Fields<'_>) {
    // A single schema that takes the list's place can hold such a list itself.
    for _ in 0..4 {
        if !(rewrite_one(fields, "oneOf") || rewrite_one(fields, "anyOf")) {
            return;
        }
    }
}

fn rewrite_one(fields: &mut Fields<'_>, keyword: &'static str) -> bool {
    let Some(list) = list(fields, keyword) else {
        return false;
    };
    let rest: Vec<Tree> = list
        .iter()
        .filter(|schema| !is_null(schema))
        .cloned()
        .collect();
    if rest.len() == list.len() {
        return false;
    }
    fields.shift_remove(keyword);
    match <[Tree; 1]>::try_from(rest) {
        Ok([single]) => inline(fields, single),
        Err(rest) if rest.is_empty() => {}
        Err(rest) => set(fields, keyword, Tree::List(rest)),
    }
    make_nullable(fields);
    true
}

/// Whether a schema allows nothing but null.
fn is_null(schema: &Tree) -> bool {
    let Some(map) = schema.as_map() else {
        return false;
    };
    let only_null = |tree: &Tree| match tree {
        Tree::List(list) => {
            !list.is_empty()
                && list
                    .iter()
                    .all(|item| item.is_null() || item.as_text() == Some("null"))
        }
        other => other.as_text() == Some("null"),
    };
    map.get("type").is_some_and(only_null)
        || map.get("const").is_some_and(Tree::is_null)
        || map
            .get("enum")
            .and_then(Tree::as_list)
            .is_some_and(|list| !list.is_empty() && list.iter().all(Tree::is_null))
}

/// Puts a schema in the place of the list that it was alone in.
fn inline(fields: &mut Fields<'_>, single: Tree) {
    let outer_restricts = fields
        .keys()
        .any(|key| !ANNOTATIONS.contains(&key.as_ref()) && !key.starts_with("x-"));
    match single {
        Tree::Map(map) if !outer_restricts && !map.contains_key("$ref") => {
            for (key, value) in *map {
                fields.entry(Cow::Owned(key)).or_insert(Cow::Owned(value));
            }
        }
        other => add_to_all_of(fields, other),
    }
}
