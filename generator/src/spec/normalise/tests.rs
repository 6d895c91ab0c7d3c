use serde_json::{Value, json};

use super::super::tree::Tree;
use super::fields;

/// The members of a schema after rewriting.
fn rewritten(schema: Value) -> Value {
    let tree = tree(&schema);
    let fields = fields(tree.as_map().unwrap());
    let members = fields
        .iter()
        .map(|(key, value)| (key.to_string(), value.to_json()));
    Value::Object(members.collect())
}

fn tree(value: &Value) -> Tree {
    match value {
        Value::Null => Tree::Null,
        Value::Bool(value) => Tree::Bool(*value),
        Value::Number(number) => Tree::Number(number.clone()),
        Value::String(text) => Tree::text(text),
        Value::Array(list) => Tree::List(list.iter().map(tree).collect()),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(key, value)| (key.clone(), tree(value)));
            Tree::Map(Box::new(members.collect()))
        }
    }
}

#[track_caller]
fn becomes(before: Value, after: Value) {
    assert_eq!(rewritten(before), after);
}

#[test]
fn a_reference_with_siblings_moves_into_an_all_of() {
    becomes(
        json!({"$ref": "#/a", "nullable": true, "allOf": [{"type": "object"}]}),
        json!({"allOf": [{"$ref": "#/a"}, {"type": "object"}], "nullable": true}),
    );
    becomes(json!({"$ref": "#/a"}), json!({"$ref": "#/a"}));
}

#[test]
fn null_among_types_is_nullable() {
    becomes(
        json!({"type": ["string", "null"], "maxLength": 3}),
        json!({"type": "string", "nullable": true, "maxLength": 3}),
    );
    becomes(json!({"type": "null"}), json!({"nullable": true}));
    becomes(json!({"type": ["null"]}), json!({"nullable": true}));
    becomes(
        json!({"type": ["integer", "number"]}),
        json!({"type": "number"}),
    );
}

#[test]
fn several_types_are_a_choice_each_with_its_own_keywords() {
    becomes(
        json!({"type": ["string", "array", "null"], "maxLength": 3, "items": {}, "enum": ["a", null], "title": "T"}),
        json!({
            "oneOf": [{"type": "string", "maxLength": 3, "enum": ["a"]}, {"type": "array", "items": {}}],
            "nullable": true,
            "title": "T",
        }),
    );
}

#[test]
fn null_among_alternatives_is_nullable_and_one_that_is_left_stands_alone() {
    becomes(
        json!({"anyOf": [{"$ref": "#/a"}, {"type": "null"}], "title": "T"}),
        json!({"allOf": [{"$ref": "#/a"}], "nullable": true, "title": "T"}),
    );
    becomes(
        json!({"oneOf": [{"type": "string", "title": "inner"}, {"const": null}], "title": "T"}),
        json!({"type": "string", "nullable": true, "title": "T"}),
    );
    becomes(
        json!({"oneOf": [{"type": "string"}, {"type": "integer"}, {"enum": [null]}]}),
        json!({"oneOf": [{"type": "string"}, {"type": "integer"}], "nullable": true}),
    );
    becomes(
        json!({"type": "object", "oneOf": [{"required": ["a"]}, {"type": "null"}]}),
        json!({"type": "object", "allOf": [{"required": ["a"]}], "nullable": true}),
    );
}

#[test]
fn alternatives_inside_the_one_that_is_left_are_rewritten_too() {
    becomes(
        json!({"anyOf": [{"anyOf": [{"type": "string"}, {"type": "null"}]}, {"type": "null"}]}),
        json!({"type": "string", "nullable": true}),
    );
}

#[test]
fn a_constant_is_an_enum_of_its_own_type() {
    becomes(
        json!({"const": "a"}),
        json!({"enum": ["a"], "type": "string"}),
    );
    becomes(json!({"const": 1}), json!({"enum": [1], "type": "integer"}));
}

#[test]
fn values_of_an_enum_take_the_declared_type() {
    becomes(
        json!({"type": "string", "enum": ["a", 1, true, null]}),
        json!({"type": "string", "enum": ["a", "1", "true"], "nullable": true}),
    );
    becomes(
        json!({"type": "integer", "enum": ["1", 2]}),
        json!({"type": "integer", "enum": [1, 2]}),
    );
    becomes(json!({"enum": [null]}), json!({"nullable": true}));
    becomes(
        json!({"enum": [{}, {"a": 1}]}),
        json!({"type": "object", "enum": [{}, {"a": 1}]}),
    );
}

#[test]
fn values_of_several_types_are_a_choice_of_types_each_with_its_own() {
    becomes(
        json!({"enum": ["a", 1, null, "b", 2.5], "title": "T"}),
        json!({
            "oneOf": [{"type": "string", "enum": ["a", "b"]}, {"type": "number", "enum": [1, 2.5]}],
            "nullable": true,
            "title": "T",
        }),
    );
    becomes(
        json!({"enum": ["a", 1], "anyOf": [{"$ref": "#/a"}, {"$ref": "#/b"}]}),
        json!({"enum": ["a", 1], "anyOf": [{"$ref": "#/a"}, {"$ref": "#/b"}]}),
    );
}

#[test]
fn numeric_exclusive_bounds_are_bounds_with_a_mark() {
    becomes(
        json!({"exclusiveMinimum": 5, "exclusiveMaximum": 9, "maximum": 7}),
        json!({"minimum": 5, "exclusiveMinimum": true, "maximum": 7}),
    );
    becomes(
        json!({"minimum": 5, "exclusiveMinimum": true}),
        json!({"minimum": 5, "exclusiveMinimum": true}),
    );
}

#[test]
fn encoded_content_and_files_are_formats() {
    becomes(
        json!({"type": "string", "contentEncoding": "base64"}),
        json!({"type": "string", "contentEncoding": "base64", "format": "byte"}),
    );
    becomes(
        json!({"type": "file"}),
        json!({"type": "string", "format": "binary"}),
    );
}

#[test]
fn tuples_are_lists_of_what_fits_every_place() {
    becomes(
        json!({"type": "array", "items": [{"type": "string"}]}),
        json!({"type": "array", "items": {"type": "string"}}),
    );
    becomes(
        json!({"type": "array", "prefixItems": [{"type": "string", "title": "a"}, {"type": "string", "title": "b"}]}),
        json!({"type": "array", "items": {"type": "string", "title": "a"}}),
    );
    becomes(
        json!({"prefixItems": [{"type": "string"}, {"type": "integer"}], "items": {"type": "boolean"}}),
        json!({"items": {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}]}}),
    );
    becomes(
        json!({"prefixItems": [{"type": "string"}, true]}),
        json!({"items": {}}),
    );
}

#[test]
fn tuples_of_a_fixed_length_keep_their_places() {
    let places = json!([{"type": "string"}, {"type": "integer"}]);
    let items = json!({"anyOf": places});
    becomes(
        json!({"type": "array", "prefixItems": places, "items": false}),
        json!({"type": "array", "prefixItems": places, "items": items}),
    );
    becomes(
        json!({"prefixItems": places, "minItems": 2, "maxItems": 2}),
        json!({"prefixItems": places, "minItems": 2, "maxItems": 2, "items": items}),
    );
    becomes(
        json!({"items": places, "additionalItems": false}),
        json!({"prefixItems": places, "items": items, "additionalItems": false}),
    );
    becomes(
        json!({"prefixItems": places, "minItems": 1, "maxItems": 2}),
        json!({"minItems": 1, "maxItems": 2, "items": items}),
    );
}

#[test]
fn properties_known_by_a_pattern_are_additional_ones() {
    let schema = rewritten(
        json!({"patternProperties": {"^x": {"type": "string"}}, "additionalProperties": false}),
    );
    assert_eq!(schema["additionalProperties"], json!({"type": "string"}));
    let schema = rewritten(json!({
        "patternProperties": {"^x": {"type": "string"}, "^y": {"type": "integer"}, "^z": false},
        "additionalProperties": {"type": "string"},
    }));
    assert_eq!(
        schema["additionalProperties"],
        json!({"anyOf": [{"type": "string"}, {"type": "integer"}]})
    );
}

#[test]
fn what_the_rest_of_a_schema_leaves_over_is_additional_too() {
    let schema = rewritten(json!({"unevaluatedProperties": {"type": "string"}}));
    assert_eq!(schema["additionalProperties"], json!({"type": "string"}));
    let schema = rewritten(json!({"unevaluatedProperties": false}));
    assert_eq!(schema.get("additionalProperties"), None);
}

#[test]
fn a_format_brings_the_type_that_it_is_of() {
    becomes(
        json!({"format": "date-time"}),
        json!({"format": "date-time", "type": "string"}),
    );
    becomes(
        json!({"format": "int32"}),
        json!({"format": "int32", "type": "integer"}),
    );
    becomes(
        json!({"format": "of-our-own"}),
        json!({"format": "of-our-own"}),
    );
    becomes(
        json!({"format": "uuid", "allOf": [{"$ref": "#/a"}]}),
        json!({"format": "uuid", "allOf": [{"$ref": "#/a"}]}),
    );
}

#[test]
fn a_dynamic_reference_means_its_own_anchor() {
    becomes(
        json!({"$dynamicRef": "#node", "title": "T"}),
        json!({"allOf": [{"$ref": "#node"}], "title": "T"}),
    );
}

#[test]
fn the_first_example_counts() {
    let schema = rewritten(json!({"examples": ["a", "b"]}));
    assert_eq!(schema["example"], json!("a"));
}
