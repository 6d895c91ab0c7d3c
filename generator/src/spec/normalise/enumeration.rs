//! The values of an `enum`: null becomes `nullable`, values take the declared type, and a missing type is the values', or those
//! are shared out among the types that they have.

use serde_json::Number;

use super::{Fields, list, make_nullable, set, text, types};
use crate::spec::tree::Tree;

/// Keywords that say what a schema is, so that its values need not.
const SAYS_MORE: [&str; 7] = [
    "oneOf",
    "anyOf",
    "allOf",
    "not",
    "$ref",
    "properties",
    "items",
];

pub(super) fn rewrite(fields: &mut Fields<'_>) {
    let Some(values) = list(fields, "enum") else {
        return;
    };
    let mut values = values.to_vec();
    let before = values.len();
    values.retain(|value| !value.is_null());
    let nullable = values.len() < before;
    let name = match text(fields, "type") {
        Some(name) => Some(name.to_owned()),
        None if SAYS_MORE
            .iter()
            .any(|keyword| fields.contains_key(*keyword)) =>
        {
            None
        }
        None => match types_of(&values).as_slice() {
            [] => None,
            [single] => Some((*single).to_owned()),
            several => {
                let several: Vec<String> = several.iter().map(|name| (*name).to_owned()).collect();
                if nullable {
                    make_nullable(fields);
                }
                set(fields, "enum", Tree::List(values));
                return types::alternatives(fields, &several);
            }
        },
    };
    if let Some(name) = &name {
        for value in &mut values {
            if let Some(converted) = converted(value, name) {
                *value = converted;
            }
        }
    }
    if nullable {
        make_nullable(fields);
    }
    if let Some(name) = name {
        set(fields, "type", Tree::text(&name));
    }
    if values.is_empty() {
        fields.shift_remove("enum");
    } else {
        set(fields, "enum", Tree::List(values));
    }
}

/// The types that values have, in their order; whole numbers are numbers where there are others.
fn types_of(values: &[Tree]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for value in values {
        let name = match value {
            Tree::Text(_) => "string",
            Tree::Bool(_) => "boolean",
            Tree::Number(number) if number.is_f64() => "number",
            Tree::Number(_) => "integer",
            Tree::List(_) => "array",
            Tree::Map(_) => "object",
            Tree::Null => continue,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.contains(&"number") {
        names.retain(|name| *name != "integer");
    }
    names
}

/// A scalar as a value of a type, where it is written as one of another: `yes` and `1` among strings, `"1"` among integers.
fn converted(value: &Tree, name: &str) -> Option<Tree> {
    match (name, value) {
        ("string", Tree::Bool(_) | Tree::Number(_)) => value.scalar_text().map(Tree::Text),
        ("integer", Tree::Text(text)) => text
            .parse::<i64>()
            .ok()
            .map(|number| Tree::Number(number.into())),
        ("number", Tree::Text(text)) => text.parse::<Number>().ok().map(Tree::Number),
        ("boolean", Tree::Text(text)) => text.parse().ok().map(Tree::Bool),
        _ => None,
    }
}
