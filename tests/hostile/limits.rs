//! Documents that are small to write and large to understand: each ends soon, with messages or with a crate.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use atlas_codegen::diag::Code;
use atlas_codegen_tests::hostile::{Outcome, generate};
use serde_json::{Map, Value, json};

/// Far more than any of these takes, on a machine that does something else besides.
const TIME: Duration = Duration::from_secs(120);

fn run(document: &str, name: &str) -> Outcome {
    let start = Instant::now();
    let outcome = generate(document.as_bytes(), name);
    assert!(start.elapsed() < TIME, "it took {:?}", start.elapsed());
    outcome
}

/// A document with these components, and an operation that answers with the schema `A`.
fn with(components: &Value) -> Outcome {
    let answer = json!({"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}});
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": answer}}}},
        "components": components,
    });
    run(&document.to_string(), "a.json")
}

fn schemas(schemas: impl IntoIterator<Item = (String, Value)>) -> Outcome {
    let schemas: Map<String, Value> = schemas.into_iter().collect();
    with(&json!({"schemas": schemas}))
}

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn is_refused(outcome: &Outcome, code: Code) {
    assert!(outcome.files.is_none());
    assert!(
        outcome.messages.iter().any(|m| m.code == code),
        "{:?}",
        outcome.messages
    );
}

fn is_crate(outcome: &Outcome) {
    assert!(outcome.files.is_some(), "{:?}", outcome.messages);
}

#[test]
fn nesting_without_an_end() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"allOf\":[", "]}")] {
        let deep = open.repeat(200_000) + "1" + &close.repeat(200_000);
        is_refused(&run(&deep, "a.json"), Code::Limit);
        let flow = run(&deep, "a.yaml");
        assert!(flow.files.is_none());
    }
    let mut block = String::new();
    for depth in 0..3000 {
        let _ = writeln!(block, "{}a:", " ".repeat(depth));
    }
    is_refused(&run(&block, "a.yaml"), Code::Limit);
    assert!(run(&("- ".repeat(100_000) + "a"), "a.yaml").files.is_none());
}

#[test]
fn schemas_as_deep_as_documents_may_be() {
    for keyword in [
        "items",
        "allOf",
        "oneOf",
        "properties",
        "additionalProperties",
    ] {
        let mut schema = json!({"type": "string"});
        for _ in 0..50 {
            schema = match keyword {
                "allOf" | "oneOf" => json!({keyword: [schema]}),
                "properties" => json!({"type": "object", "properties": {"a": schema}}),
                "items" => json!({"type": "array", "items": schema}),
                _ => json!({"type": "object", "additionalProperties": schema}),
            };
        }
        is_crate(&schemas([("A".to_owned(), schema)]));
    }
}

#[test]
fn chains_and_circles_of_schemas() {
    let chain = (0..600).map(|at| (format!("S{at}"), to(&format!("S{}", at + 1))));
    let end = [
        ("A".to_owned(), to("S0")),
        ("S600".to_owned(), json!({"type": "string"})),
    ];
    is_crate(&schemas(chain.chain(end)));
    let boxes = (0..2000).map(|at| {
        let next = to(&format!("S{}", (at + 1) % 2000));
        (
            format!("S{at}"),
            json!({"type": "object", "required": ["n"], "properties": {"n": next}}),
        )
    });
    is_crate(&schemas(boxes.chain([("A".to_owned(), to("S0"))])));
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let circle = (0..300).map(|at| {
            let next = to(&format!("S{}", (at + 1) % 300));
            (
                format!("S{at}"),
                json!({keyword: [next, {"type": "object", "properties": {"a": {}}}]}),
            )
        });
        is_crate(&schemas(circle.chain([("A".to_owned(), to("S0"))])));
        is_crate(&schemas([(
            "A".to_owned(),
            json!({keyword: [to("A"), to("A")]}),
        )]));
    }
}

/// A document on one line, with a fault at every step of it: the line is not kept once for each.
#[test]
fn many_faults_in_one_line() {
    let all = (0..4000).map(|at| (format!("S{at}"), json!({"type": format!("odd {at}")})));
    let outcome = schemas(all.chain([("A".to_owned(), json!({"type": "string"}))]));
    is_crate(&outcome);
    assert!(outcome.messages.len() >= 4000);
    let sources = outcome.messages.iter().filter_map(|m| m.source.as_ref());
    assert!(sources.map(|source| source.text.len()).sum::<usize>() < 2 << 20);
}

#[test]
fn circles_of_references_of_every_kind() {
    let kinds = [
        "schemas",
        "parameters",
        "responses",
        "requestBodies",
        "headers",
        "examples",
        "links",
        "callbacks",
        "securitySchemes",
        "pathItems",
    ];
    let mut components = Map::new();
    for kind in kinds {
        let to = |name| json!({"$ref": format!("#/components/{kind}/{name}")});
        components.insert(
            kind.to_owned(),
            json!({"A": to("B"), "B": to("A"), "C": to("C")}),
        );
    }
    let to = |kind: &str| json!({"$ref": format!("#/components/{kind}/A")});
    let content =
        json!({"application/json": {"schema": to("schemas"), "examples": {"a": to("examples")}}});
    let answer = json!({"description": "", "headers": {"X": to("headers")}, "content": content, "links": {"l": to("links")}});
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "security": [{"A": []}],
        "paths": {
            "/a": to("pathItems"),
            "/b": {
                "parameters": [to("parameters")],
                "post": {
                    "requestBody": to("requestBodies"),
                    "responses": {"200": answer, "400": to("responses")},
                    "callbacks": {"c": to("callbacks")},
                },
            },
            "/c": {"$ref": "#/paths/~1c"},
            "/d": {"$ref": "#/paths/~1e"},
            "/e": {"$ref": "#/paths/~1d"},
        },
        "components": components,
    });
    let outcome = run(&document.to_string(), "a.json");
    is_crate(&outcome);
    let unresolved = outcome
        .messages
        .iter()
        .filter(|m| m.code == Code::UnresolvedReference);
    assert!(unresolved.count() >= 8, "{:?}", outcome.messages);
}

/// Each schema is twice all of the one before: written out, the first would be 2^60 large.
#[test]
fn diamonds_that_double_at_every_step() {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let mut all: Vec<(String, Value)> = (0..60)
            .map(|at| {
                let next = to(&format!("S{}", at + 1));
                let own = json!({"type": "object", "properties": {format!("p{at}"): {}}});
                (
                    format!("S{at}"),
                    json!({keyword: [next.clone(), {"allOf": [next, own]}]}),
                )
            })
            .collect();
        all.push((
            "S60".to_owned(),
            json!({"type": "object", "properties": {"a": {}}}),
        ));
        all.push(("A".to_owned(), to("S0")));
        let outcome = schemas(all);
        assert!(outcome.files.is_some() || !outcome.messages.is_empty());
    }
}

/// Unions of unions, whose variants together are 8^6.
#[test]
fn unions_of_unions() {
    let mut all: Vec<(String, Value)> = (0..6)
        .map(|at| {
            let next = to(&format!("S{}", at + 1));
            let variants: Vec<Value> = (0..8)
                .map(|own| json!({"allOf": [next, {"type": "object", "required": [format!("r{own}")], "properties": {format!("r{own}"): {}}}]}))
                .collect();
            (format!("S{at}"), json!({"oneOf": variants}))
        })
        .collect();
    all.push(("S6".to_owned(), json!({"oneOf": [{"type": "object", "properties": {"x": {}}}, {"type": "object", "properties": {"y": {}}}]})));
    all.push(("A".to_owned(), to("S0")));
    let outcome = schemas(all);
    assert!(outcome.files.is_some() || !outcome.messages.is_empty());
}

#[test]
fn much_of_one_thing() {
    let values: Vec<String> = (0..100_000).map(|at| format!("value {at}")).collect();
    is_crate(&schemas([(
        "A".to_owned(),
        json!({"type": "string", "enum": values}),
    )]));
    let properties: Map<String, Value> = (0..10_000)
        .map(|at| (format!("p{at}"), json!({"type": "string"})))
        .collect();
    is_crate(&schemas([(
        "A".to_owned(),
        json!({"type": "object", "properties": properties}),
    )]));
    let variants: Vec<Value> = (0..1000)
        .map(|at| json!({"type": "object", "required": [format!("r{at}")], "properties": {format!("r{at}"): {}}}))
        .collect();
    is_crate(&schemas([("A".to_owned(), json!({"oneOf": variants}))]));
}

/// Names that are the same but for what identifiers leave out.
#[test]
fn thousands_of_names_that_collide() {
    let properties: Map<String, Value> = (0..1000)
        .map(|at| {
            (
                format!("{}a{}", "-".repeat(at % 60), "_".repeat(at / 60)),
                json!({}),
            )
        })
        .collect();
    is_crate(&schemas([(
        "A".to_owned(),
        json!({"type": "object", "properties": properties}),
    )]));
    let same = (0..300).map(|at| {
        (
            format!("A{}", "!".repeat(at)),
            json!({"type": "object", "properties": {"a": {}}}),
        )
    });
    is_crate(&schemas(same));
}

#[test]
fn names_and_texts_of_a_hundred_thousand_characters() {
    for long in [
        "a".repeat(100_000),
        "aB".repeat(50_000),
        "é ".repeat(50_000),
        "`*[<".repeat(25_000),
        "> ".repeat(50_000),
    ] {
        let object = json!({"type": "object", "description": long, "required": [long], "properties": {&long: {"type": "string", "enum": [long], "pattern": long}}});
        is_crate(&schemas([
            ("A".to_owned(), object.clone()),
            (long.replace(['/', '~'], ""), object),
        ]));
        let document = json!({
            "openapi": "3.0.3",
            "info": {"title": long, "version": long, "description": long},
            "tags": [{"name": long}],
            "paths": {format!("/{long}"): {"get": {"operationId": long, "summary": long, "tags": [long], "parameters": [{"name": long, "in": "query", "schema": {}}], "responses": {"200": {"description": long}}}}},
        });
        is_crate(&run(&document.to_string(), "a.json"));
    }
}

#[test]
fn numbers_that_nothing_can_hold() {
    let long = "9".repeat(100_000);
    for number in [
        "1e400",
        "-1e999999999",
        &long,
        "0.0000000000000000000000000000001e-400",
        "18446744073709551616",
    ] {
        let schema = format!(
            "{{type: integer, minimum: {number}, maximum: {number}, multipleOf: {number}, enum: [{number}], default: {number}, example: {number}}}"
        );
        let document = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: {number}}}\npaths: {{}}\ncomponents: {{schemas: {{A: {schema}, B: {{type: string, maxLength: {number}}}}}}}\n"
        );
        let outcome = run(&document, "a.yaml");
        assert!(outcome.files.is_some() || !outcome.messages.is_empty());
    }
}

/// Aliases of aliases: written out, a thousand million values.
#[test]
fn aliases_that_multiply() {
    let mut text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\nx-a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for at in 1..10 {
        let list = vec![format!("*a{}", at - 1); 10].join(", ");
        let _ = writeln!(text, "x-a{at}: &a{at} [{list}]");
    }
    is_refused(&run(&text, "a.yaml"), Code::Limit);
    let maps = text.replace("x-a0: &a0 [", "x-a0: &a0 [{k: v}, ");
    is_refused(&run(&maps, "a.yaml"), Code::Limit);
    let own = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: &p {x-p: *p}\n";
    assert!(run(own, "a.yaml").files.is_none());
    let merged = "a: &a {k: 1}\nb: &b {<<: [*a, *a, *a]}\nc: {<<: [*b, *b, *b, *a]}\n";
    assert!(run(merged, "a.yaml").files.is_none());
}
