//! A list of types becomes one type, `nullable`, or a `oneOf` with a schema for each.

use std::borrow::Cow;

use super::{Fields, list, make_nullable, set, text};
use crate::spec::tree::{Map, Tree};

pub(super) fn rewrite(fields: &mut Fields<'_>) {
    if text(fields, "type") == Some("null") {
        fields.shift_remove("type");
        make_nullable(fields);
        return;
    }
    let Some(names) = list(fields, "type") else {
        return;
    };
    let mut types: Vec<String> = names
        .iter()
        .filter_map(Tree::as_text)
        .map(str::to_owned)
        .collect();
    let before = types.len();
    types.retain(|name| name != "null");
    if types.len() < before {
        make_nullable(fields);
    }
    if types.iter().any(|name| name == "number") {
        types.retain(|name| name != "integer");
    }
    types.dedup();
    match types.as_slice() {
        [] => {
            fields.shift_remove("type");
        }
        [single] => set(fields, "type", Tree::text(single)),
        _ => alternatives(fields, &types),
    }
}

/// Several types: one schema each, with the keywords that are about it.
pub(super) fn alternatives(fields: &mut Fields<'_>, types: &[String]) {
    fields.shift_remove("type");
    // All six types, or a choice that is spelt out already: the list says nothing more.
    if types.len() >= 5 || fields.contains_key("oneOf") || fields.contains_key("anyOf") {
        return;
    }
    let mut schemas: Vec<Map> = types
        .iter()
        .map(|name| Map::from([("type".to_owned(), Tree::text(name))]))
        .collect();
    for (name, schema) in types.iter().zip(&mut schemas) {
        for keyword in keywords(name) {
            if let Some(value) = fields.get(*keyword) {
                schema.insert((*keyword).to_owned(), value.clone().into_owned());
            }
        }
    }
    if let Some(values) = fields.shift_remove("enum") {
        share(values, types, &mut schemas);
    }
    for keyword in types.iter().flat_map(|name| keywords(name)) {
        fields.shift_remove(*keyword);
    }
    let schemas = schemas
        .into_iter()
        .map(|schema| Tree::Map(Box::new(schema)))
        .collect();
    set(fields, "oneOf", Tree::List(schemas));
}

/// Gives each type its own values of an `enum`.
fn share(values: Cow<'_, Tree>, types: &[String], schemas: &mut [Map]) {
    let values = values.as_list().unwrap_or_default();
    for (name, schema) in types.iter().zip(schemas) {
        let own: Vec<Tree> = values
            .iter()
            .filter(|value| is_of(value, name))
            .cloned()
            .collect();
        if !own.is_empty() {
            schema.insert("enum".to_owned(), Tree::List(own));
        }
    }
}

fn is_of(value: &Tree, name: &str) -> bool {
    match value {
        Tree::Null => false,
        Tree::Bool(_) => name == "boolean",
        Tree::Number(_) => name == "number" || name == "integer",
        Tree::Text(_) => name == "string",
        Tree::List(_) => name == "array",
        Tree::Map(_) => name == "object",
    }
}

/// The keywords that restrict values of one type only (JSON Schema 2020-12, validation, 6).
fn keywords(name: &str) -> &'static [&'static str] {
    match name {
        "string" => &["format", "pattern", "minLength", "maxLength"],
        "number" | "integer" => &[
            "format",
            "multipleOf",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
        ],
        "object" => &[
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "minProperties",
            "maxProperties",
        ],
        "array" => &[
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "uniqueItems",
        ],
        _ => &[],
    }
}
