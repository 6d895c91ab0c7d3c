//! OpenAPI 3.1 and later read as 3.0: what JSON Schema 2020-12 writes another way is written as before.
//!
//! Written from the two standards alone, so that it is a second opinion on the generator's own reading.

use serde_json::{Map, Value, json};

/// Beside `$ref` these say nothing of the values.
const SILENT: [&str; 7] = [
    "$ref",
    "description",
    "summary",
    "title",
    "example",
    "examples",
    "deprecated",
];

/// What stands at a place of the document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Not a schema, yet one may stand inside.
    Other,
    /// A schema.
    Schema,
    /// Names with a schema each.
    Schemas,
    /// Data: nothing inside is a schema.
    Data,
}

/// Rewrites every schema of a document of version 3.1 or 3.2; in others, only what stands beside references.
pub(super) fn rewrite(root: &mut Value) {
    let version = root.get("openapi").and_then(Value::as_str);
    let is_modern =
        version.is_some_and(|version| version.starts_with("3.1") || version.starts_with("3.2"));
    // Siblings of a reference are to be ignored in 3.0, and yet nobody writes `readOnly` beside one to be ignored.
    let rewrite = if is_modern { schema } else { siblings };
    walk(root, Place::Other, rewrite);
}

fn walk(value: &mut Value, place: Place, rewrite: fn(&mut Map<String, Value>)) {
    match (value, place) {
        (_, Place::Data) => {}
        (Value::Array(list), place) => list
            .iter_mut()
            .for_each(|value| walk(value, place, rewrite)),
        (Value::Object(members), place) => {
            for (key, value) in members.iter_mut() {
                // Here `true` and `false` mean the same in both versions.
                let is_rest = place == Place::Schema && key == "additionalProperties";
                if !(is_rest && value.is_boolean()) {
                    walk(value, inside(place, key), rewrite);
                }
            }
            if place == Place::Schema {
                rewrite(members);
            }
        }
        (value @ Value::Bool(_), Place::Schema) => {
            // `true` allows anything, `false` nothing (JSON Schema 2020-12, core, section 4.3.2).
            *value = match value {
                Value::Bool(true) => json!({}),
                _ => json!({"not": {}}),
            };
        }
        _ => {}
    }
}

fn inside(place: Place, key: &str) -> Place {
    match (place, key) {
        (Place::Schemas, _) => Place::Schema,
        (_, "example" | "examples" | "default" | "enum" | "const" | "required") => Place::Data,
        (Place::Schema, "properties" | "patternProperties" | "$defs" | "definitions") => {
            Place::Schemas
        }
        (
            Place::Schema,
            "additionalProperties"
            | "unevaluatedProperties"
            | "items"
            | "not"
            | "contains"
            | "propertyNames"
            | "allOf"
            | "oneOf"
            | "anyOf"
            | "prefixItems"
            | "if"
            | "then"
            | "else",
        ) => Place::Schema,
        (Place::Schema, _) => Place::Data,
        (_, "schema") => Place::Schema,
        (_, "schemas") => Place::Schemas,
        _ => Place::Other,
    }
}

fn schema(members: &mut Map<String, Value>) {
    if let Some(value) = members.remove("const") {
        members.insert("enum".to_owned(), json!([value]));
    }
    if members.get("contentEncoding") == Some(&json!("base64")) && !members.contains_key("format") {
        members.insert("format".to_owned(), json!("byte"));
    }
    if members
        .get("unevaluatedProperties")
        .is_some_and(Value::is_object)
        && !members.contains_key("additionalProperties")
        && let Some(rest) = members.remove("unevaluatedProperties")
    {
        members.insert("additionalProperties".to_owned(), rest);
    }
    bounds(members);
    null_alternative(members, "oneOf");
    null_alternative(members, "anyOf");
    types(members);
    siblings(members);
}

/// A bound of its own becomes a flag beside the bound (OpenAPI 3.0.3, Schema Object).
fn bounds(members: &mut Map<String, Value>) {
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if let Some(limit) = members.get(exclusive).filter(|limit| limit.is_number()) {
            let limit = limit.clone();
            members.insert(bound.to_owned(), limit);
            members.insert(exclusive.to_owned(), Value::Bool(true));
        }
    }
}

/// A variant that is null alone makes the whole nullable.
fn null_alternative(members: &mut Map<String, Value>, key: &str) {
    let has_parts = members.contains_key("allOf");
    let Some(Value::Array(variants)) = members.get_mut(key) else {
        return;
    };
    let before = variants.len();
    variants.retain(|variant| !is_null(variant));
    if variants.len() == before {
        return;
    }
    if let [only] = variants.as_slice()
        && !has_parts
    {
        let only = only.clone();
        members.remove(key);
        members.insert("allOf".to_owned(), json!([only]));
    }
    members.insert("nullable".to_owned(), Value::Bool(true));
}

fn is_null(schema: &Value) -> bool {
    schema.get("type") == Some(&json!("null"))
        || schema.get("enum") == Some(&json!([null]))
        || schema.get("x-null") == Some(&Value::Bool(true))
}

/// Several types become variants; null becomes the flag.
fn types(members: &mut Map<String, Value>) {
    let mut types = match members.get("type") {
        Some(Value::Array(types)) => types.clone(),
        Some(Value::String(text)) if text == "null" => vec![json!("null")],
        _ => return,
    };
    let before = types.len();
    types.retain(|ty| ty != "null");
    if types.len() < before {
        members.insert("nullable".to_owned(), Value::Bool(true));
    }
    match types.as_slice() {
        [] => {
            members.remove("type");
            members.insert("enum".to_owned(), json!([null]));
            members.insert("x-null".to_owned(), Value::Bool(true));
        }
        [only] => {
            members.insert("type".to_owned(), only.clone());
        }
        several if members.contains_key("oneOf") || members.contains_key("anyOf") => {
            debug_assert!(!several.is_empty());
            members.remove("type");
        }
        several => {
            members.remove("type");
            let nullable = members.remove("nullable");
            let variants = several.iter().map(|ty| {
                let mut variant = members.clone();
                variant.insert("type".to_owned(), ty.clone());
                Value::Object(variant)
            });
            let variants = Value::Array(variants.collect());
            members.clear();
            members.insert("anyOf".to_owned(), variants);
            members.extend(nullable.map(|flag| ("nullable".to_owned(), flag)));
        }
    }
}

/// What stands beside a reference counts, too.
fn siblings(members: &mut Map<String, Value>) {
    let Some(reference) = members.get("$ref").cloned() else {
        return;
    };
    let says = |key: &String| !SILENT.contains(&key.as_str()) && !key.starts_with("x-");
    if members.keys().any(says) {
        members.remove("$ref");
        let target = json!({ "$ref": reference });
        match members.get_mut("allOf") {
            Some(Value::Array(parts)) => parts.insert(0, target),
            _ => {
                members.insert("allOf".to_owned(), json!([target]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(schema: Value) -> Value {
        let mut root = json!({"openapi": "3.1.0", "components": {"schemas": {"enum": schema}}});
        rewrite(&mut root);
        root["components"]["schemas"]["enum"].take()
    }

    #[test]
    fn what_is_new_is_written_as_before() {
        for (new, old) in [
            (
                json!({"type": ["string", "null"]}),
                json!({"type": "string", "nullable": true}),
            ),
            (json!({"const": 1}), json!({"enum": [1]})),
            (
                json!({"unevaluatedProperties": {"const": 1}}),
                json!({"additionalProperties": {"enum": [1]}}),
            ),
            (
                json!({"type": "integer", "exclusiveMinimum": 3}),
                json!({"type": "integer", "minimum": 3, "exclusiveMinimum": true}),
            ),
            (
                json!({"anyOf": [{"$ref": "#/a"}, {"type": "null"}]}),
                json!({"allOf": [{"$ref": "#/a"}], "nullable": true}),
            ),
            (
                json!({"type": ["string", "integer"]}),
                json!({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
            ),
            (
                json!({"$ref": "#/a", "nullable": true}),
                json!({"allOf": [{"$ref": "#/a"}], "nullable": true}),
            ),
            (
                json!({"items": true, "additionalProperties": {"const": "a"}}),
                json!({"items": {}, "additionalProperties": {"enum": ["a"]}}),
            ),
        ] {
            assert_eq!(rewritten(new), old);
        }
    }

    #[test]
    fn data_and_names_are_left_alone() {
        let schema = json!({
            "properties": {"const": {"type": "string"}, "type": {"enum": [{"const": 1}]}},
            "default": {"const": 1},
        });
        assert_eq!(rewritten(schema.clone()), schema);
    }

    #[test]
    fn version_3_0_is_left_alone_but_for_siblings() {
        let root = json!({"openapi": "3.0.3", "components": {"schemas": {"A": {"const": 1}}}});
        let mut same = root.clone();
        rewrite(&mut same);
        assert_eq!(same, root);
    }
}
