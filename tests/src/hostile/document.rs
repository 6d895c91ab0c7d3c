//! Arbitrary documents: nearly OpenAPI, with every kind of part and every kind of reference.

use serde_json::{Map, Value, json};

use super::choices::Choices;
use super::schema::{COMPONENTS, any_value, name, schema};

const PATHS: &[&str] = &[
    "/",
    "/a",
    "/a/{id}",
    "/a/{id}/b",
    "/{id}",
    "/{id}:go",
    "/a/{id}.{ext}",
    "/{}",
    "/{id",
    "/a/{i d}",
    "no/slash",
    "/a?b=1",
    "/a#b",
    "//",
    "/%2e%2e/",
    "/é",
    "",
];

const METHODS: &[&str] = &[
    "get", "post", "put", "patch", "delete", "head", "options", "trace", "query",
];

const MEDIA: &[&str] = &[
    "application/json",
    "application/merge-patch+json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
    "text/csv",
    "text/event-stream",
    "application/octet-stream",
    "application/vnd.a.2024-01-01+json",
    "application/vnd.a.preview+json",
    "application/xml",
    "image/*",
    "*/*",
    "json",
    "",
];

const STATUS: &[&str] = &[
    "200", "201", "204", "2XX", "4XX", "404", "default", "99", "600", "x-a", "200 ", "",
];

/// A document as JSON, made of a fuzzer's bytes.
#[must_use]
pub fn document(bytes: &[u8]) -> Value {
    let choices = &mut Choices::new(bytes);
    let version = *choices.pick(&["3.0.3", "3.1.0", "3.0.0", "3.1"]);
    let mut components = Map::new();
    let kinds: [(&str, &str, Part); 7] = [
        ("schemas", "S", |choices| schema(choices, 4)),
        ("parameters", "P", parameter),
        ("responses", "R", response),
        ("requestBodies", "B", body),
        ("headers", "H", header),
        ("securitySchemes", "A", scheme),
        ("pathItems", "I", path_item),
    ];
    for (kind, letter, part) in kinds {
        let mut map = Map::new();
        for index in 0..=choices.below(COMPONENTS) {
            map.insert(format!("{letter}{index}"), part(choices));
        }
        if kind == "schemas" && choices.chance(80) {
            map.insert(name(choices), schema(choices, 3));
        }
        components.insert(kind.to_owned(), Value::Object(map));
    }
    let mut paths = Map::new();
    for _ in 0..choices.below(6) {
        let path = match choices.chance(20) {
            true => choices.text(),
            false => (*choices.pick(PATHS)).to_owned(),
        };
        paths.insert(path, path_item(choices));
    }
    json!({
        "openapi": version,
        "info": {"title": name(choices), "version": name(choices), "description": choices.text()},
        "servers": [{"url": *choices.pick(&["https://a.example", "/", "", "http://{x}/", "a b"])}],
        "tags": [{"name": name(choices), "description": choices.text()}],
        "security": security(choices),
        "paths": paths,
        "components": components,
    })
}

type Part = fn(&mut Choices<'_>) -> Value;

/// A part, or a reference to one, or something else.
fn or_reference(choices: &mut Choices<'_>, kind: &str, letter: &str, part: Part) -> Value {
    match choices.below(8) {
        0 | 1 => {
            json!({"$ref": format!("#/components/{kind}/{letter}{}", choices.below(COMPONENTS))})
        }
        2 if choices.chance(60) => any_value(choices, 1),
        3 if choices.chance(60) => json!({"$ref": choices.text()}),
        _ => part(choices),
    }
}

fn parameter(choices: &mut Choices<'_>) -> Value {
    if choices.is_over() || choices.chance(20) {
        return json!({"$ref": format!("#/components/parameters/P{}", choices.below(COMPONENTS))});
    }
    let mut map = Map::new();
    let place = *choices.pick(&["query", "path", "header", "cookie", "body", "query"]);
    map.insert("in".to_owned(), json!(place));
    let name = match choices.chance(100) {
        true => "id".to_owned(),
        false => name(choices),
    };
    map.insert("name".to_owned(), json!(name));
    map.insert(
        "required".to_owned(),
        json!(place == "path" || choices.chance(100)),
    );
    if choices.chance(80) {
        let style = choices.pick(&[
            "form",
            "simple",
            "label",
            "matrix",
            "deepObject",
            "pipeDelimited",
            "spaceDelimited",
            "odd",
        ]);
        map.insert("style".to_owned(), json!(style));
        map.insert("explode".to_owned(), json!(choices.chance(128)));
    }
    match choices.chance(40) {
        true => map.insert("content".to_owned(), content(choices)),
        false => map.insert("schema".to_owned(), schema(choices, 2)),
    };
    if choices.chance(60) {
        map.insert("description".to_owned(), json!(choices.text()));
    }
    Value::Object(map)
}

fn header(choices: &mut Choices<'_>) -> Value {
    json!({"description": choices.text(), "schema": schema(choices, 1)})
}

fn content(choices: &mut Choices<'_>) -> Value {
    let mut map = Map::new();
    for _ in 0..=choices.below(3) {
        let mut media = Map::new();
        if choices.chance(230) {
            media.insert("schema".to_owned(), schema(choices, 3));
        }
        if choices.chance(60) {
            media.insert("example".to_owned(), any_value(choices, 2));
        }
        if choices.chance(40) {
            let encoding =
                json!({"contentType": *choices.pick(MEDIA), "headers": {"X-A": header(choices)}});
            media.insert("encoding".to_owned(), json!({name(choices): encoding}));
        }
        map.insert((*choices.pick(MEDIA)).to_owned(), Value::Object(media));
    }
    Value::Object(map)
}

fn body(choices: &mut Choices<'_>) -> Value {
    if choices.is_over() {
        return json!({"content": {}});
    }
    json!({"required": choices.chance(128), "content": content(choices)})
}

fn response(choices: &mut Choices<'_>) -> Value {
    if choices.is_over() || choices.chance(20) {
        return json!({"description": ""});
    }
    let mut map = Map::new();
    map.insert("description".to_owned(), json!(choices.text()));
    if choices.chance(200) {
        map.insert("content".to_owned(), content(choices));
    }
    if choices.chance(40) {
        let header = or_reference(choices, "headers", "H", header);
        map.insert("headers".to_owned(), json!({name(choices): header}));
    }
    Value::Object(map)
}

fn scheme(choices: &mut Choices<'_>) -> Value {
    let text = name(choices);
    match choices.below(8) {
        0 => {
            json!({"type": "apiKey", "name": text, "in": *choices.pick(&["query", "header", "cookie", "body"])})
        }
        1 => {
            json!({"type": "http", "scheme": *choices.pick(&["basic", "bearer", "digest", "odd", ""])})
        }
        2 => {
            json!({"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": text, "scopes": {}}}})
        }
        3 => {
            json!({"type": "oauth2", "flows": {"implicit": {"authorizationUrl": text, "scopes": {}}}})
        }
        4 => json!({"type": "openIdConnect", "openIdConnectUrl": text}),
        5 => json!({"type": "mutualTLS"}),
        6 => {
            json!({"$ref": format!("#/components/securitySchemes/A{}", choices.below(COMPONENTS))})
        }
        _ => json!({"type": text}),
    }
}

fn security(choices: &mut Choices<'_>) -> Value {
    let mut list = Vec::new();
    for _ in 0..choices.below(3) {
        let mut all = Map::new();
        for _ in 0..choices.below(3) {
            all.insert(format!("A{}", choices.below(COMPONENTS)), json!([]));
        }
        list.push(Value::Object(all));
    }
    Value::Array(list)
}

fn path_item(choices: &mut Choices<'_>) -> Value {
    if choices.is_over() {
        return json!({});
    }
    if choices.chance(15) {
        return json!({"$ref": format!("#/components/pathItems/I{}", choices.below(COMPONENTS))});
    }
    let mut map = Map::new();
    for _ in 0..=choices.below(2) {
        map.insert((*choices.pick(METHODS)).to_owned(), operation(choices));
    }
    if choices.chance(60) {
        map.insert("parameters".to_owned(), parameters(choices));
    }
    Value::Object(map)
}

fn parameters(choices: &mut Choices<'_>) -> Value {
    let count = choices.below(4);
    let list = (0..count).map(|_| or_reference(choices, "parameters", "P", parameter));
    Value::Array(list.collect())
}

fn operation(choices: &mut Choices<'_>) -> Value {
    let mut map = Map::new();
    if choices.chance(200) {
        map.insert("operationId".to_owned(), json!(name(choices)));
    }
    if choices.chance(120) {
        map.insert("tags".to_owned(), json!([name(choices)]));
    }
    if choices.chance(200) {
        map.insert("parameters".to_owned(), parameters(choices));
    }
    if choices.chance(120) {
        let body = or_reference(choices, "requestBodies", "B", body);
        map.insert("requestBody".to_owned(), body);
    }
    if choices.chance(60) {
        map.insert("security".to_owned(), security(choices));
    }
    if choices.chance(60) {
        map.insert("description".to_owned(), json!(choices.text()));
    }
    if choices.chance(40) {
        map.insert(
            "callbacks".to_owned(),
            json!({name(choices): {"{$url}": {}}}),
        );
    }
    let mut responses = Map::new();
    for _ in 0..=choices.below(3) {
        let response = or_reference(choices, "responses", "R", response);
        responses.insert((*choices.pick(STATUS)).to_owned(), response);
    }
    map.insert("responses".to_owned(), Value::Object(responses));
    Value::Object(map)
}
