//! Where references may lead, and where they may stand.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{good, load, shown, text};
use crate::config::Config;
use crate::diag::{Code, Diagnostics, SpecPath};
use crate::spec::{Document, load as load_file, parse_bytes};

fn root() -> SpecPath {
    SpecPath::root()
}

/// Where a reference to a schema leads.
#[track_caller]
fn leads(document: &Document, reference: &str) -> String {
    let target = document.schema(reference, &root());
    target.expect("it leads somewhere").path.to_string()
}

/// The names of the properties of a schema that a reference leads to.
#[track_caller]
fn properties(document: &Document, reference: &str) -> Vec<String> {
    use openapiv3::SchemaKind::{Any, Type};
    let target = document.schema(reference, &root());
    match &target.expect("it leads somewhere").value.schema_kind {
        Type(openapiv3::Type::Object(object)) => object.properties.keys().cloned().collect(),
        Any(any) => any.properties.keys().cloned().collect(),
        other => panic!("no object: {other:?}"),
    }
}

fn put(dir: &Path, name: &str, text: &str) {
    let file = dir.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn load_from(dir: &Path) -> (Option<Document>, Vec<String>) {
    let file = dir.join("api.yaml");
    let mut diagnostics = Diagnostics::new();
    let document = load_file(&file, &Config::for_spec(&file), &mut diagnostics).ok();
    (document, shown(&diagnostics))
}

#[test]
fn components_of_every_kind_are_found() {
    let document = good(&text(
        "{/a: {$ref: '#/components/pathItems/I'}, /b: {get: {
            parameters: [{$ref: '#/components/parameters/P'}],
            requestBody: {$ref: '#/components/requestBodies/B'},
            responses: {'200': {$ref: '#/components/responses/R'}}}}}",
        "{pathItems: {I: {get: {responses: {}}}},
          parameters: {P: {name: p, in: query, schema: {$ref: '#/components/schemas/S'}}},
          requestBodies: {B: {content: {application/json: {schema: {}, examples: {e: {$ref: '#/components/examples/E'}}}}}},
          responses: {R: {description: d, headers: {H: {$ref: '#/components/headers/H'}}}},
          headers: {H: {schema: {type: string}}},
          examples: {E: {value: 1}},
          securitySchemes: {X: {$ref: '#/components/securitySchemes/Y'}, Y: {type: http, scheme: basic}},
          schemas: {S: {type: string}}}",
    ));
    let at = &root();
    let path = |path: Option<SpecPath>| path.expect("it leads somewhere").to_string();
    macro_rules! found {
        ($($kind:ident $place:literal),*) => {$(
            let reference = concat!("#/components/", $place);
            assert_eq!(path(document.$kind(reference, at).map(|target| target.path)), reference);
        )*};
    }
    found!(
        path_item "pathItems/I",
        parameter "parameters/P",
        request_body "requestBodies/B",
        response "responses/R",
        header "headers/H",
        example "examples/E",
        security_scheme "securitySchemes/Y",
        schema "schemas/S"
    );
}

#[test]
fn pointers_lead_anywhere_in_the_document() {
    let operation = "{get: {responses: {'200': {description: d, content: {application/json: {schema: {type: string}}}}}}}";
    let references = [
        "#/paths/~1a/get/responses/200/content/application~1json/schema",
        "#/components/schemas/A/properties/b/items/oneOf/1",
        "#/components/schemas/c~0d~1e%20f",
        "#/components/schemas/%C3%A9",
        "#/components/schemas/A/$defs/D",
    ];
    let uses: String = references
        .iter()
        .enumerate()
        .map(|(index, reference)| format!("u{index}: {{$ref: '{reference}'}}, "))
        .collect();
    let schemas = format!(
        "{{schemas: {{U: {{properties: {{{uses}}}}}, A: {{properties: {{b: {{items: {{oneOf: [{{}}, {{type: integer}}]}}}}}}, $defs: {{D: {{}}}}}}, \
         'c~d/e f': {{}}, 'é': {{}}}}}}"
    );
    let document = good(&text(&format!("{{/a: {operation}}}"), &schemas));
    assert_eq!(leads(&document, references[0]), references[0]);
    assert_eq!(leads(&document, references[1]), references[1]);
    assert_eq!(
        leads(&document, references[2]),
        "#/components/schemas/c~0d~1e f"
    );
    assert_eq!(leads(&document, references[3]), "#/components/schemas/é");
    assert_eq!(leads(&document, references[4]), references[4]);
}

#[test]
fn chains_are_followed_to_their_end_and_cycles_are_named() {
    let document = good(&text(
        "{}",
        "{schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/C'}, C: {properties: {d: {type: string}}},
          U: {properties: {u: {$ref: '#/components/schemas/A/properties/d'}}}}}",
    ));
    assert_eq!(
        leads(&document, "#/components/schemas/A/properties/d"),
        "#/components/schemas/C/properties/d"
    );
    let (_, faults) = load(&text(
        "{}",
        "{schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}",
    ));
    let place = |name: &str| format!("unresolved-reference #/components/schemas/{name}/$ref");
    assert_eq!(faults, [place("A"), place("B")]);
}

#[test]
fn anchors_ids_and_definitions_of_a_schemas_own_are_pointers_from_the_root() {
    let document = good(&text(
        "{}",
        "{schemas: {
          A: {properties: {a: {$ref: '#here'}, b: {$ref: '#/$defs/B'}, c: {$ref: 'urn:c'}, d: {$ref: 'urn:c#/$defs/D'}, e: {$dynamicRef: '#here'}},
              $defs: {B: {type: string}, Here: {$anchor: here, type: integer}}},
          C: {$id: 'urn:c', properties: {x: {$ref: '#/$defs/D'}, y: {$ref: '#'}, z: {$ref: '#here'}},
              $defs: {D: {type: boolean}, Here: {$anchor: here, type: number}}},
          F: {properties: {self: {$ref: '#'}}}}}",
    ));
    for reference in [
        "#/components/schemas/A/$defs/Here",
        "#/components/schemas/A/$defs/B",
        "#/components/schemas/C",
        "#/components/schemas/C/$defs/D",
        "#/components/schemas/C/$defs/Here",
        "#/components/schemas/F",
    ] {
        assert_eq!(leads(&document, reference), reference);
    }
}

#[test]
fn a_name_that_no_schema_has_is_reported_where_it_stands() {
    let (_, faults) = load(&text(
        "{}",
        "{schemas: {A: {properties: {a: {$ref: '#nowhere'}, b: {$ref: 'urn:none'}, c: {$ref: '#/$defs/C'}}}}}",
    ));
    let place =
        |name: &str| format!("unresolved-reference #/components/schemas/A/properties/{name}/$ref");
    assert_eq!(faults, [place("a"), place("b"), place("c")]);
}

#[test]
fn parts_that_are_written_elsewhere_are_read_in_their_place() {
    let dir = TempDir::new().unwrap();
    put(
        dir.path(),
        "api.yaml",
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get: {$ref: ops/a.yaml}\n    parameters: {$ref: 'ops/more.yaml#/parameters'}\n\
         components: {schemas: {A: {properties: {$ref: 'ops/more.yaml#/properties'}}}}\n",
    );
    put(
        dir.path(),
        "ops/a.yaml",
        "operationId: a\nresponses: {$ref: 'more.yaml#/responses'}\n",
    );
    put(
        dir.path(),
        "ops/more.yaml",
        "parameters: [{name: p, in: query, schema: {$ref: 'm/s.yaml'}}]\n\
         properties: {x: {$ref: 'm/s.yaml'}}\n\
         responses: {'200': {description: d, content: {application/json: {schema: {$ref: 'm/s.yaml#/properties/y'}}}}}\n",
    );
    put(
        dir.path(),
        "ops/m/s.yaml",
        "properties: {y: {type: string}}\n",
    );
    let (document, faults) = load_from(dir.path());
    assert_eq!(faults, Vec::<String>::new());
    let document = document.unwrap();
    let item = document.openapi().paths.paths["/a"].as_item().unwrap();
    assert_eq!(item.parameters.len(), 1);
    let operation = item.get.as_ref().unwrap();
    assert_eq!(operation.operation_id.as_deref(), Some("a"));
    // References count from the file that the part belongs to now.
    let of_operation = SpecPath::in_document("ops/a.yaml");
    let target = document.schema("ops/m/s.yaml#/properties/y", &of_operation);
    assert!(target.is_some());
    assert_eq!(properties(&document, "ops/m/s.yaml#"), ["y"]);
    let schemas = &document.openapi().components.as_ref().unwrap().schemas;
    let openapiv3::SchemaKind::Any(any) = &schemas["A"].as_item().unwrap().schema_kind else {
        panic!("an object without a type")
    };
    assert_eq!(any.properties.keys().collect::<Vec<_>>(), ["x"]);
}

#[test]
fn parts_that_hold_themselves_or_grow_without_end_are_left_out() {
    let (document, faults) = load(&text(
        "{}",
        "{schemas: {A: {properties: {a: {properties: {$ref: '#/components/schemas/A/properties'}}}}}}",
    ));
    assert!(document.is_some());
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("unsupported "), "{faults:?}");

    // Twice the one before, thirty times.
    let mut schemas = "S0: {properties: {a: {type: string}}}".to_owned();
    for level in 1..30 {
        let before = level - 1;
        let part = format!("{{properties: {{$ref: '#/components/schemas/S{before}/properties'}}}}");
        schemas += &format!(", S{level}: {{properties: {{a: {part}, b: {part}}}}}");
    }
    let source = text("{}", &format!("{{schemas: {{{schemas}}}}}"));
    let mut config = Config::default();
    config.limits.nodes = 10_000;
    let mut diagnostics = Diagnostics::new();
    let document = crate::spec::parse(&source, "a.yaml", &config, &mut diagnostics);
    assert!(document.is_ok());
    assert!(shown(&diagnostics)[0].starts_with("unsupported "));
}

#[test]
fn an_example_may_be_a_reference() {
    let document = good(&text(
        "{}",
        "{examples: {E: {value: {a: 1}}}, schemas: {A: {example: {$ref: '#/components/examples/E'}}, B: {example: {$ref: '#/none'}}}}",
    ));
    let schemas = &document.openapi().components.as_ref().unwrap().schemas;
    let example = |name: &str| schemas[name].as_item().unwrap().schema_data.example.clone();
    assert_eq!(example("A"), Some(serde_json::json!({"a": 1})));
    assert_eq!(example("B"), Some(serde_json::json!({"$ref": "#/none"})));
}

#[test]
fn webhooks_are_read_where_there_are_no_paths() {
    let hooks = "webhooks: {h: {post: {requestBody: {content: {application/json: {schema: {}}}}, responses: {}}}}\n";
    let document = good(&format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{hooks}"
    ));
    assert_eq!(document.webhooks().len(), 1);
    let document = good(&format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{}}}}}}}}\n{hooks}"
    ));
    assert_eq!(document.webhooks().len(), 0);
}

#[test]
fn a_path_item_that_many_paths_share_counts_each_time() {
    let paths: String = (0..40)
        .map(|index| format!("  /{index}: {{$ref: '#/components/pathItems/A'}}\n"))
        .collect();
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}\
         components: {{pathItems: {{A: {{get: {{operationId: a, responses: {{'200': {{description: D}}}}}}}}}}}}\n"
    );
    let paths_within = |nodes: usize| {
        let mut config = Config::default();
        config.limits.nodes = nodes;
        let mut diagnostics = Diagnostics::new();
        let document = parse_bytes(
            text.clone().into_bytes(),
            "a.yaml",
            &config,
            &mut diagnostics,
        );
        let told = diagnostics
            .iter()
            .filter(|fault| fault.code == Code::Unsupported)
            .count();
        (document.ok().unwrap().openapi().paths.paths.len(), told)
    };
    assert_eq!(paths_within(1000), (40, 0));
    // The first is free, and thirty more have six nodes each.
    assert_eq!(paths_within(180), (31, 9));
}
