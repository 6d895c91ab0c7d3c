use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, StatusCode, Type};

use super::{good, load, text};
use crate::diag::SpecPath;
use crate::spec::Document;

fn schema<'d>(document: &'d Document, name: &str) -> &'d Schema {
    let components = document.openapi().components.as_ref().unwrap();
    components.schemas[name].as_item().unwrap()
}

fn kind(source: &str) -> SchemaKind {
    let document = good(&text("{}", &format!("{{schemas: {{A: {source}}}}}")));
    schema(&document, "A").schema_kind.clone()
}

#[test]
fn small_liberties_are_taken_without_a_word() {
    good("openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n");
    good("openapi: 3.0.3\ninfo: {title: 1, version: 1.0}\npaths: {}\n");
    good("openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents: {}\n");
    good(&text(
        "{/a: , /b: {get: {operationId: x}, summary: , x-y: 1}}",
        "",
    ));
    good(&text(
        "{/b: {get: {tags: [{name: t}], security: , responses: {204: , default: {}}}}}",
        "",
    ));
    good(&text(
        "{/b: {get: {parameters: [{name: a, in: query, type: string}]}}}",
        "{}",
    ));
    good(&text(
        "{}",
        "{schemas: {A: {properties: {a: {type: string}, b: }}}}",
    ));
    good(&text(
        "{}",
        "{schemas: {A: {type: Integer, discriminator: kind, unknown: [1], 'x-a': {b: c}}}}",
    ));
}

#[test]
fn keywords_of_other_types_do_not_hide_a_type() {
    assert!(matches!(
        kind("{type: array, format: x, minLength: 1}"),
        SchemaKind::Type(Type::Array(_))
    ));
    assert!(
        matches!(kind("{type: integer, minimum: 0.0, maximum: 18446744073709551615}"), SchemaKind::Type(Type::Integer(integer)) if integer.minimum == Some(0) && integer.maximum.is_none())
    );
    assert!(matches!(
        kind("{type: object, enum: [a]}"),
        SchemaKind::Type(Type::Object(_))
    ));
    assert!(matches!(kind("{properties: {a: {}}}"), SchemaKind::Any(_)));
}

#[test]
fn a_combination_alone_is_that_and_with_more_it_is_a_mixture() {
    assert!(matches!(
        kind("{oneOf: [{}], title: t}"),
        SchemaKind::OneOf { .. }
    ));
    assert!(matches!(
        kind("{allOf: [{}], x-a: b}"),
        SchemaKind::AllOf { .. }
    ));
    assert!(matches!(
        kind("{allOf: [{}], properties: {a: {}}}"),
        SchemaKind::Any(_)
    ));
    assert!(matches!(
        kind("{allOf: [{}], oneOf: [{}]}"),
        SchemaKind::Any(_)
    ));
    assert!(matches!(kind("false"), SchemaKind::Not { .. }));
    assert!(matches!(kind("true"), SchemaKind::Any(any) if any == openapiv3::AnySchema::default()));
}

#[test]
fn what_the_document_writes_correctly_is_read_as_openapiv3_reads_it() {
    let source = r##"{"openapi": "3.0.3", "info": {"title": "T", "version": "1", "x-a": 1}, "paths": {
        "/a/{b}": {"parameters": [{"name": "b", "in": "path", "required": true, "style": "simple", "schema": {"type": "string"}}],
            "get": {"operationId": "o", "tags": ["t"], "deprecated": true, "x-b": [1], "security": [{"s": ["read"]}],
                "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}, "example": {"a": 1}}}},
                "responses": {"200": {"description": "d", "headers": {"X": {"schema": {"type": "integer"}}}}, "4XX": {"$ref": "#/components/responses/R"}, "default": {"description": "e"}}}}},
        "components": {"responses": {"R": {"description": "r"}}, "securitySchemes": {"s": {"type": "http", "scheme": "digest"},
                "o": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/t", "scopes": {}}}}},
            "schemas": {"A": {"type": "object", "required": ["a"], "additionalProperties": false, "properties": {
                "a": {"type": "integer", "format": "int64", "minimum": 1, "exclusiveMinimum": true},
                "b": {"type": "array", "items": {"type": "string", "enum": ["x", "y"]}, "uniqueItems": true, "nullable": true},
                "c": {"type": "number", "multipleOf": 0.5}, "d": {"type": "boolean", "default": true}}},
                "U": {"oneOf": [{"$ref": "#/components/schemas/A"}], "discriminator": {"propertyName": "a", "mapping": {"m": "#/components/schemas/A"}}}}}}"##;
    let document = good(source);
    let expected: openapiv3::OpenAPI = serde_json::from_str(source).unwrap();
    assert_eq!(document.openapi(), &expected);
}

#[test]
fn references_to_any_place_are_followed_and_their_target_has_one_path() {
    let paths = "{/a: {get: {responses: {200: {content: {application/json: {schema: {properties: {p: {type: string}}}}}}}}}}";
    let place = "#/paths/~1a/get/responses/200/content/application~1json/schema/properties/p";
    let components = format!(
        "{{schemas: {{A: {{$ref: '#/components/schemas/B'}}, B: {{$ref: '{place}'}}, C: {{$ref: '#/components/schemas/D/properties/p'}}, D: {{$ref: '{}'}}}}}}",
        place.trim_end_matches("/properties/p")
    );
    let document = good(&text(paths, &components));
    let root = SpecPath::root();
    for reference in [
        "#/components/schemas/B",
        "#/components/schemas/D/properties/p",
        place,
    ] {
        let target = document.schema(reference, &root).unwrap();
        assert_eq!(target.path.to_string(), place, "{reference}");
        assert!(matches!(
            target.value.schema_kind,
            SchemaKind::Type(Type::String(_))
        ));
    }
}

#[test]
fn a_schema_that_adds_to_a_reference_is_where_the_chain_ends() {
    let components = "{schemas: {A: {$ref: '#/components/schemas/B', description: more}, B: {type: string}, C: {items: {$ref: '#/components/schemas/A'}}}}";
    let document = good(&text("{}", components));
    let target = document
        .schema("#/components/schemas/A", &SpecPath::root())
        .unwrap();
    assert_eq!(target.path.to_string(), "#/components/schemas/A");
    assert_eq!(
        target.value.schema_data.description.as_deref(),
        Some("more")
    );
}

#[test]
fn mapping_values_become_references() {
    let components = "{schemas: {A: {discriminator: {propertyName: k, mapping: {x: B, y: '#/components/schemas/B', z: Nope}}}, B: {}}}";
    let (document, faults) = load(&text("{}", components));
    assert_eq!(
        faults,
        ["unresolved-reference #/components/schemas/A/discriminator/mapping/z"]
    );
    let document = document.unwrap();
    let discriminator = schema(&document, "A")
        .schema_data
        .discriminator
        .as_ref()
        .unwrap();
    assert_eq!(discriminator.mapping["x"], "#/components/schemas/B");
    assert!(
        document
            .schema(&discriminator.mapping["y"], &SpecPath::root())
            .is_some()
    );
}

#[test]
fn path_items_and_definitions_of_3_1_are_reached_by_reference() {
    let paths = "{/a: {$ref: '#/components/pathItems/P'}}";
    let components = "{pathItems: {P: {get: {responses: {200: {content: {a/b: {schema: {$ref: '#/components/schemas/A/$defs/D'}}}}}}}}, schemas: {A: {$defs: {D: {type: integer}}}}}";
    let document = good(&text(paths, components));
    let root = SpecPath::root();
    let item = document
        .path_item("#/components/pathItems/P", &root)
        .unwrap();
    assert!(
        item.value
            .get
            .as_ref()
            .unwrap()
            .responses
            .responses
            .contains_key(&StatusCode::Code(200))
    );
    assert!(
        document
            .schema("#/components/schemas/A/$defs/D", &root)
            .is_some()
    );
    assert_eq!(document.operation_count(), 1);
}

#[test]
fn extensions_beside_paths_hold_no_operations() {
    let paths = "{/a: {get: {responses: {}}}, x-b: {get: {responses: {}}}}";
    assert_eq!(good(&text(paths, "{}")).operation_count(), 1);
}

#[test]
fn properties_that_look_like_keywords_are_properties() {
    let source = "{type: object, properties: {const: {type: string}, $ref: {type: string}, x-y: {type: string}, enum: {type: integer}}, additionalProperties: {type: integer}}";
    let SchemaKind::Type(Type::Object(object)) = kind(source) else {
        panic!("not an object");
    };
    let names: Vec<_> = object.properties.keys().map(String::as_str).collect();
    assert_eq!(names, ["const", "$ref", "x-y", "enum"]);
    assert!(
        object
            .properties
            .values()
            .all(|property| matches!(property, ReferenceOr::Item(_)))
    );
    assert!(matches!(
        object.additional_properties,
        Some(AdditionalProperties::Schema(_))
    ));
}
