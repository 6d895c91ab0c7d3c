//! The values of an `enum`: null becomes `nullable`, values take the declared type, and a missing type is the values'.

use serde_json::Number;

use super::{Fields, list, make_nullable, set, text};
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
        None => common_type(&values).map(str::to_owned),
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

/// The type that all values have.
fn common_type(values: &[Tree]) -> Option<&'static str> {
    let mut names = values.iter().map(|value| match value {
        Tree::Text(_) => Some("string"),
        Tree::Bool(_) => Some("boolean"),
        Tree::Number(number) if number.is_f64() => Some("number"),
        Tree::Number(_) => Some("integer"),
        Tree::Null | Tree::List(_) | Tree::Map(_) => None,
    });
    let first = names.next()??;
    names.all(|name| name == Some(first)).then_some(first)
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
