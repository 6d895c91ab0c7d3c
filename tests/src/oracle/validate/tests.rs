use serde_json::{Value, json};

use super::Validator;
use crate::oracle::document::Document;
use crate::oracle::instance::Direction;

const DOCUMENT: &str = r##"
components:
  schemas:
    Pet:
      type: object
      required: [kind, id]
      properties:
        kind: {type: string, enum: [CAT, KITTEN, DOG, FISH]}
        id: {type: string, readOnly: true}
        secret: {type: string, writeOnly: true}
      discriminator:
        propertyName: kind
        mapping: {CAT: "#/components/schemas/Cat", KITTEN: Cat, DOG: "#/components/schemas/Dog"}
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
    Cat:
      allOf:
        - {$ref: "#/components/schemas/Pet"}
        - {type: object, required: [lives], properties: {lives: {type: integer, minimum: 1, maximum: 9}}}
    Dog:
      allOf:
        - {$ref: "#/components/schemas/Pet"}
        - {type: object, properties: {name: {type: string, nullable: true, maxLength: 3, pattern: "^(?!No)"}}}
    Loose:
      oneOf: [{type: string}, {type: array, items: {type: string}, maxItems: 1}]
    Map:
      type: object
      properties: {a: {type: string}}
      additionalProperties: {type: integer}
    When: {type: string, format: date-time}
    Bar:
      allOf:
        - type: object
          required: [type]
          properties: {type: {type: string}}
          discriminator: {propertyName: type, mapping: {qux: "#/components/schemas/Qux"}}
    Qux:
      allOf:
        - {$ref: "#/components/schemas/Bar"}
        - {type: object, required: [size], properties: {size: {type: integer}}}
"##;

fn faults(schema: &str, value: &Value, direction: Direction) -> String {
    let document = Document::parse(DOCUMENT);
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
    let found = Validator::new(&document).faults(&schema, value, direction);
    found.join("\n")
}

#[track_caller]
fn assert_valid(schema: &str, value: Value) {
    assert_eq!(faults(schema, &value, Direction::Response), "", "{value}");
}

#[track_caller]
fn assert_fault(schema: &str, value: Value, what: &str) {
    let found = faults(schema, &value, Direction::Response);
    assert!(found.contains(what), "{value}: {found:?}");
}

#[test]
fn the_tag_chooses_the_variant_and_the_parent_lends_its_properties() {
    assert_valid("Pet", json!({"kind": "KITTEN", "id": "1", "lives": 9}));
    assert_valid("Dog", json!({"kind": "DOG", "id": "1", "name": null}));
    assert_fault(
        "Pet",
        json!({"kind": "CAT", "id": "1"}),
        "`lives` is missing",
    );
    assert_fault("Pet", json!({"kind": "CAT", "lives": 1}), "`id` is missing");
    assert_fault(
        "Pet",
        json!({"kind": "CAT", "id": "1", "lives": 10}),
        "at /lives: 10 is too large",
    );
    assert_fault(
        "Pet",
        json!({"kind": "FISH", "id": "1"}),
        "no variant has the tag",
    );
    assert_fault("Pet", json!({"id": "1"}), "the tag `kind` is missing");
}

#[test]
fn members_travel_in_their_direction_only() {
    let request = |value: Value| faults("Pet", &value, Direction::Request);
    assert_eq!(request(json!({"kind": "DOG", "secret": "s"})), "");
    assert!(request(json!({"kind": "DOG", "id": "1"})).contains("at /id: does not travel"));
    assert_fault(
        "Pet",
        json!({"kind": "DOG", "id": "1", "secret": "s"}),
        "at /secret",
    );
}

#[test]
fn texts_have_their_length_pattern_and_format() {
    assert_fault(
        "Dog",
        json!({"kind": "DOG", "id": "1", "name": "Nora"}),
        "too many",
    );
    assert_fault(
        "Dog",
        json!({"kind": "DOG", "id": "1", "name": "Non"}),
        "does not match",
    );
    assert_valid("When", json!("2024-02-03T04:05:06.7+01:00"));
    assert_fault("When", json!("2024-02-03"), "format");
}

#[test]
fn unions_and_maps_hold_what_they_say() {
    assert_valid("Loose", json!(["a"]));
    assert_fault("Loose", json!(["a", "b"]), "fits no variant");
    assert_fault("Loose", json!(null), "fits no variant");
    assert_valid("Map", json!({"a": "x", "b": 1}));
    assert_fault(
        "Map",
        json!({"b": "x"}),
        "at /b: \"x\" is not of the type integer",
    );
}

#[test]
fn a_parent_whose_part_names_its_children_ends() {
    assert_eq!(
        faults(
            "Bar",
            &json!({"type": "qux", "size": 1}),
            Direction::Response
        ),
        ""
    );
    assert!(
        faults("Bar", &json!({"type": "qux"}), Direction::Response).contains("`size` is missing")
    );
}
