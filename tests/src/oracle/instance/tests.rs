//! Tests of the maker of instances.

use super::*;

const TEXT: &str = "
components:
  schemas:
    Pet:
      type: object
      properties:
        kind: {type: string, enum: [cat, tomcat, dog]}
        id: {type: string, readOnly: true}
        secret: {type: string, writeOnly: true}
      required: [kind, id, secret]
      discriminator:
        propertyName: kind
        mapping: {cat: '#/components/schemas/Cat', tomcat: '#/components/schemas/Cat'}
    Cat:
      allOf:
        - {$ref: '#/components/schemas/Pet'}
        - {type: object, properties: {lives: {type: integer, minimum: 1, maximum: 9}}, required: [lives]}
    Tree:
      type: object
      properties: {children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}
    Event:
      oneOf:
        - {type: object, properties: {type: {type: string, enum: [a, b, c]}}}
        - {type: object, properties: {type: {type: string, enum: [b]}}}
    Expression:
      type: object
      properties: {value: {type: number}}
      oneOf: [{type: object}, {type: string}]
";

fn made(document: &Document, name: &str, direction: Direction) -> Vec<Value> {
    let pointer = format!("#/components/schemas/{name}");
    (0..40)
        .map(|index| {
            Generator::new(document, &format!("{name}{index}")).instance_at(&pointer, direction)
        })
        .collect()
}

#[test]
fn a_discriminator_chooses_the_variant_and_a_child_keeps_to_its_tags() {
    let document = Document::parse(TEXT);
    for pet in made(&document, "Pet", Direction::Response) {
        assert_eq!(pet["kind"] != "dog", pet.get("lives").is_some(), "{pet}");
    }
    for cat in made(&document, "Cat", Direction::Response) {
        assert!(cat["kind"] == "cat" || cat["kind"] == "tomcat", "{cat}");
        assert!((1..=9).contains(&cat["lives"].as_i64().unwrap()));
    }
}

#[test]
fn members_travel_their_way_only() {
    let document = Document::parse(TEXT);
    for (direction, there, absent) in [
        (Direction::Request, "secret", "id"),
        (Direction::Response, "id", "secret"),
    ] {
        for cat in made(&document, "Cat", direction) {
            assert!(
                cat.get(there).is_some() && cat.get(absent).is_none(),
                "{cat}"
            );
        }
    }
}

#[test]
fn an_object_with_properties_is_no_text() {
    let document = Document::parse(TEXT);
    for value in made(&document, "Expression", Direction::Response) {
        assert!(value.is_object(), "{value}");
    }
}

#[test]
fn recursion_ends() {
    let document = Document::parse(TEXT);
    let trees = made(&document, "Tree", Direction::Response);
    assert!(trees.iter().any(|tree| tree.get("children").is_some()));
}

#[test]
fn a_value_of_several_variants_belongs_to_the_one_with_fewest() {
    let document = Document::parse(TEXT);
    let generator = Generator::new(&document, "");
    let union = generator.union_at("#/components/schemas/Event").unwrap();
    assert_eq!(union.variants[0].tags["type"], ["a", "c"]);
    assert_eq!(union.variants[1].tags["type"], ["b"]);
}
