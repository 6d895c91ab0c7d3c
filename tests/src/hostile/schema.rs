//! Arbitrary schemas: right ones, odd ones, wrong ones.

use serde_json::{Map, Value, json};

use super::choices::Choices;

/// How many components of each kind a document has names for.
pub const COMPONENTS: usize = 6;

const NAMES: &[&str] = &[
    "id", "name", "kind", "type", "Self", "self", "r#type", "2fa", "a-b", "a_b", "A B", "aB", "",
    "_", "$ref", "é", "日本", "😀", "new", "Unknown", "body", "String", "Option", "Vec", "core",
    "x\"#y", "*/", "\n", "\u{202e}", "../up", "}}", "a\u{0}b",
];

const TYPES: &[&str] = &[
    "object", "string", "integer", "number", "boolean", "array", "null", "file", "",
];

const FORMATS: &[&str] = &[
    "date-time",
    "date",
    "uuid",
    "binary",
    "byte",
    "int32",
    "int64",
    "uint64",
    "float",
    "double",
    "password",
    "email",
    "",
    "decimal",
];

const PATTERNS: &[&str] = &[
    "^[a-z]{2,4}$",
    "^$",
    "[",
    "^([a-f0-9]{24})$",
    "(?=x)",
    "\\d+",
    "^[^/%]+$",
    "{",
];

/// A name, from a list of nasty ones or of any text.
pub fn name(choices: &mut Choices<'_>) -> String {
    if choices.chance(40) {
        return choices.text();
    }
    (*choices.pick(NAMES)).to_owned()
}

/// A schema, whose parts are at most `depth` deep.
pub fn schema(choices: &mut Choices<'_>, depth: usize) -> Value {
    if choices.is_over() {
        return json!({"type": "string"});
    }
    match choices.below(16) {
        0..=3 => reference(choices),
        4 if choices.chance(60) => json!(choices.chance(128)),
        5 if choices.chance(60) => any_value(choices, 2),
        _ => object(choices, depth),
    }
}

fn reference(choices: &mut Choices<'_>) -> Value {
    let target = match choices.below(20) {
        0 => "#/components/schemas/Missing".to_owned(),
        1 => format!(
            "#/components/schemas/S{}/properties/id",
            choices.below(COMPONENTS)
        ),
        2 => format!(
            "#/components/parameters/P{}/schema",
            choices.below(COMPONENTS)
        ),
        3 => "#".to_owned(),
        4 => choices.text(),
        _ => format!("#/components/schemas/S{}", choices.below(COMPONENTS)),
    };
    let mut map = Map::new();
    map.insert("$ref".to_owned(), json!(target));
    if choices.chance(30) {
        map.insert("description".to_owned(), json!(choices.text()));
    }
    if choices.chance(20) {
        map.insert("nullable".to_owned(), json!(true));
    }
    Value::Object(map)
}

fn object(choices: &mut Choices<'_>, depth: usize) -> Value {
    let mut map = Map::new();
    for _ in 0..=choices.below(6) {
        let (key, value) = keyword(choices, depth);
        map.insert(key.to_owned(), value);
    }
    Value::Object(map)
}

fn keyword(choices: &mut Choices<'_>, depth: usize) -> (&'static str, Value) {
    let below = depth.saturating_sub(1);
    match choices.below(40) {
        0..=5 => ("type", kind(choices)),
        6..=10 if depth > 0 => ("properties", properties(choices, below)),
        11 | 12 => ("required", json!(names(choices))),
        13 | 14 if depth > 0 => ("items", schema(choices, below)),
        15 | 16 if depth > 0 => ("allOf", list(choices, below)),
        17 | 18 if depth > 0 => ("oneOf", list(choices, below)),
        19 if depth > 0 => ("anyOf", list(choices, below)),
        20 if depth > 0 => ("not", schema(choices, below)),
        21 | 22 if depth > 0 => ("additionalProperties", schema(choices, below)),
        23 => ("discriminator", discriminator(choices)),
        24 | 25 => ("enum", json!(values(choices))),
        26 => ("format", json!(choices.pick(FORMATS))),
        27 => ("pattern", json!(choices.pick(PATTERNS))),
        28 => ("nullable", json!(choices.chance(200))),
        29 => ("readOnly", json!(choices.chance(200))),
        30 => ("writeOnly", json!(choices.chance(200))),
        31 => ("default", any_value(choices, 2)),
        32 => ("example", any_value(choices, 2)),
        33 => ("description", json!(choices.text())),
        34 => ("deprecated", json!(choices.chance(200))),
        35 => ("const", any_value(choices, 1)),
        36 if depth > 0 => ("prefixItems", list(choices, below)),
        37 if depth > 0 => ("$defs", properties(choices, below)),
        38 => (*choices.pick(NUMBER_KEYWORDS), any_value(choices, 0)),
        _ => ("x-odd", any_value(choices, 2)),
    }
}

const NUMBER_KEYWORDS: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "multipleOf",
    "maxProperties",
    "uniqueItems",
    "additionalProperties",
    "title",
];

fn kind(choices: &mut Choices<'_>) -> Value {
    if choices.chance(40) {
        let list: Vec<&str> = (0..choices.below(4))
            .map(|_| *choices.pick(TYPES))
            .collect();
        return json!(list);
    }
    json!(choices.pick(TYPES))
}

fn properties(choices: &mut Choices<'_>, depth: usize) -> Value {
    let count = choices.below(5);
    Value::Object(
        (0..count)
            .map(|_| (name(choices), schema(choices, depth)))
            .collect(),
    )
}

fn names(choices: &mut Choices<'_>) -> Vec<String> {
    (0..choices.below(3)).map(|_| name(choices)).collect()
}

fn list(choices: &mut Choices<'_>, depth: usize) -> Value {
    let count = choices.below(4);
    Value::Array((0..count).map(|_| schema(choices, depth)).collect())
}

fn discriminator(choices: &mut Choices<'_>) -> Value {
    let mut map = Map::new();
    map.insert("propertyName".to_owned(), json!(name(choices)));
    if choices.chance(128) {
        let count = choices.below(4);
        let mapping: Map<String, Value> = (0..count)
            .map(|_| {
                let target = match choices.below(3) {
                    0 => format!("S{}", choices.below(COMPONENTS)),
                    1 => choices.text(),
                    _ => format!("#/components/schemas/S{}", choices.below(COMPONENTS)),
                };
                (name(choices), json!(target))
            })
            .collect();
        map.insert("mapping".to_owned(), Value::Object(mapping));
    }
    Value::Object(map)
}

fn values(choices: &mut Choices<'_>) -> Vec<Value> {
    (0..choices.below(5))
        .map(|_| any_value(choices, 1))
        .collect()
}

/// Any JSON.
pub fn any_value(choices: &mut Choices<'_>, depth: usize) -> Value {
    match choices.below(12) {
        0 => Value::Null,
        1 => json!(choices.chance(128)),
        2 => json!(choices.byte()),
        3 => json!(-1),
        4 => json!(u64::MAX),
        5 => json!(1e300),
        6 => json!(0.5),
        7 if depth > 0 => {
            let count = choices.below(4);
            Value::Array((0..count).map(|_| any_value(choices, depth - 1)).collect())
        }
        8 if depth > 0 => {
            let count = choices.below(3);
            let members = (0..count).map(|_| (name(choices), any_value(choices, depth - 1)));
            Value::Object(members.collect())
        }
        _ => json!(name(choices)),
    }
}
