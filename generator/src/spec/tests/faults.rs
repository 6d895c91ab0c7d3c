use super::{load, text};

#[track_caller]
fn refused(document: &str, expected: &[&str]) {
    let (loaded, faults) = load(document);
    assert_eq!(faults, expected);
    assert!(loaded.is_none());
}

#[test]
fn what_is_not_openapi_3_is_refused_and_named() {
    refused("swagger: '2.0'\n", &["not-openapi #/swagger"]);
    refused("openapi: 3.3.0\npaths: {}\n", &["not-openapi #/openapi"]);
    refused("openapi: 4\npaths: {}\n", &["not-openapi #/openapi"]);
    refused("a: 1\n", &["not-openapi #"]);
    refused("- a\n", &["not-openapi #"]);
    refused("", &["not-openapi #"]);
}

#[test]
fn versions_3_0_to_3_2_are_read_also_as_numbers() {
    for version in [
        "3.0.0",
        "3.0.4",
        "3.1.0",
        "3.0",
        "3.1",
        "3.2.0",
        "'3.0.3'",
        "3.1.0-rc1",
    ] {
        assert!(
            load(&format!("openapi: {version}\npaths: {{}}\n"))
                .0
                .is_some(),
            "{version}"
        );
    }
}

#[test]
fn a_wrong_outer_structure_is_refused_with_every_fault() {
    refused(
        "openapi: 3.0.3\ninfo: x\npaths: [1]\ncomponents: {schemas: 1}\nservers: {}\n",
        &[
            "structure #/info",
            "structure #/paths",
            "structure #/servers",
            "structure #/components/schemas",
        ],
    );
    refused("openapi: 3.0.3\ninfo: {}\n", &["structure #"]);
}

#[test]
fn a_bad_part_is_left_out_alone() {
    let paths = "{/a: {get: 1, post: {operationId: b, responses: {200: {description: d}, 2000: {}}}}, b: {}}";
    let (document, faults) = load(&text(paths, "{}"));
    assert_eq!(
        faults,
        [
            "invalid #/paths/~1a/get",
            "invalid #/paths/~1a/post/responses/2000",
            "invalid #/paths/b"
        ]
    );
    let document = document.unwrap();
    let operations: Vec<_> = document
        .openapi()
        .operations()
        .map(|(path, method, _)| (path, method))
        .collect();
    assert_eq!(operations, [("/a", "post")]);
    assert_eq!(document.operation_count(), 2);
}

#[test]
fn a_bad_schema_becomes_any_and_is_reported_once_however_often_it_is_referred_to() {
    let components = "{schemas: {A: 1, B: {properties: {c: [], d: {type: strnig}}}, C: {$ref: '#/components/schemas/B/properties/c'}}}";
    let (_, faults) = load(&text("{}", components));
    assert_eq!(
        faults,
        [
            "invalid #/components/schemas/A",
            "invalid #/components/schemas/B/properties/c",
            "invalid #/components/schemas/B/properties/d/type",
        ]
    );
}

#[test]
fn a_bad_parameter_is_left_out_and_with_a_path_parameter_the_operation() {
    let paths = "{'/a/{b}': {get: {parameters: [{in: query}, {name: x, in: nowhere}], responses: {}}, put: {parameters: [{in: path}]}}}";
    let (document, faults) = load(&text(paths, "{}"));
    assert_eq!(
        faults,
        [
            "invalid #/paths/~1a~1{b}/get/parameters/0",
            "invalid #/paths/~1a~1{b}/get/parameters/1/in",
            "invalid #/paths/~1a~1{b}/put/parameters/0",
        ]
    );
    let document = document.unwrap();
    let methods: Vec<_> = document
        .openapi()
        .operations()
        .map(|(_, method, _)| method)
        .collect();
    assert_eq!(methods, ["get"]);
}

#[test]
fn a_reference_to_nothing_is_reported_wherever_it_stands() {
    let components = "{schemas: {Pet: {}, A: {properties: {x: {$ref: '#/components/schemas/Pat'}, y: {$ref: '#/components/schemas/Pat'}}}}}";
    let (document, faults) = load(&text("{}", components));
    assert_eq!(
        faults,
        [
            "unresolved-reference #/components/schemas/A/properties/x/$ref",
            "unresolved-reference #/components/schemas/A/properties/y/$ref",
        ]
    );
    let root = crate::diag::SpecPath::root();
    assert!(
        document
            .unwrap()
            .schema("#/components/schemas/Pat", &root)
            .is_none()
    );
}

#[test]
fn references_in_a_circle_and_out_of_the_document_lead_nowhere() {
    let components = "{schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}, C: {$ref: 'https://example.com/a.yaml'}, D: {$ref: '#anchor'}}}";
    let (_, faults) = load(&text("{}", components));
    let expected = ["A", "B", "C", "D"]
        .map(|name| format!("unresolved-reference #/components/schemas/{name}/$ref"));
    assert_eq!(faults, expected);
}
