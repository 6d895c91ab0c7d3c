//! Documents of any size, made of copies of one: each copy has paths, operations and components of its own.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// The keys of a path item that are methods (OpenAPI 3.0.3, Path Item Object).
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A document of so many operations, with the components that they reach and no others.
pub(super) fn grown(source: &Value, operations: usize) -> Value {
    let mut paths = Map::new();
    let mut components: Map<String, Value> = Map::new();
    keep_security(source, &mut components);
    let mut left = operations;
    let mut copy = 0;
    while left > 0 {
        let before = left;
        let mut wanted = BTreeSet::new();
        let items = source.get("paths").and_then(Value::as_object);
        for (path, item) in items.into_iter().flatten() {
            let (item, taken) = part_of(item, left);
            if taken > 0 {
                left -= taken;
                collect(&item, &mut wanted);
                paths.insert(at_copy(path, copy), renamed(item, copy));
            }
        }
        if left == before {
            break;
        }
        add_components(source, wanted, copy, &mut components);
        copy += 1;
    }
    json!({
        "openapi": source.get("openapi"),
        "info": source.get("info"),
        "servers": source.get("servers"),
        "security": source.get("security"),
        "tags": source.get("tags"),
        "paths": paths,
        "components": components,
    })
}

fn keep_security(source: &Value, components: &mut Map<String, Value>) {
    if let Some(schemes) = source.pointer("/components/securitySchemes") {
        components.insert("securitySchemes".to_owned(), schemes.clone());
    }
}

/// A path item with at most so many of its operations, and how many they are.
fn part_of(item: &Value, most: usize) -> (Value, usize) {
    let mut item = item.clone();
    let mut taken = 0;
    if let Some(members) = item.as_object_mut() {
        members.retain(|key, _| {
            if !METHODS.contains(&key.as_str()) {
                return true;
            }
            taken += 1;
            taken <= most
        });
    }
    (item, taken.min(most))
}

/// Notes every reference into the components.
fn collect(value: &Value, wanted: &mut BTreeSet<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| collect(value, wanted)),
        Value::Object(members) => members.values().for_each(|value| collect(value, wanted)),
        Value::String(text) if text.starts_with("#/components/") => {
            wanted.insert(text.clone());
        }
        _ => {}
    }
}

/// Adds the components that are wanted, and those that they want in turn.
fn add_components(
    source: &Value,
    mut wanted: BTreeSet<String>,
    copy: usize,
    components: &mut Map<String, Value>,
) {
    let mut done = BTreeSet::new();
    while let Some(reference) = wanted.pop_first() {
        if !done.insert(reference.clone()) {
            continue;
        }
        let pointer = reference.trim_start_matches('#');
        let mut steps = pointer.split('/').skip(2);
        let (Some(kind), Some(name)) = (steps.next(), steps.next()) else {
            continue;
        };
        let Some(component) = source.pointer(&format!("/components/{kind}/{name}")) else {
            continue;
        };
        collect(component, &mut wanted);
        let place = components
            .entry(kind.to_owned())
            .or_insert_with(|| json!({}));
        if let Some(place) = place.as_object_mut() {
            place.insert(with_copy(name, copy), renamed(component.clone(), copy));
        }
    }
}

/// The value with its operations and references under the names of a copy.
fn renamed(mut value: Value, copy: usize) -> Value {
    if copy > 0 {
        rename(&mut value, copy);
    }
    value
}

fn rename(value: &mut Value, copy: usize) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|value| rename(value, copy)),
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if key == "operationId" => *text = with_copy(text, copy),
                    value => rename(value, copy),
                }
            }
        }
        Value::String(text) if text.starts_with("#/components/") => *text = with_copy(text, copy),
        _ => {}
    }
}

fn with_copy(name: &str, copy: usize) -> String {
    match copy {
        0 => name.to_owned(),
        copy => format!("{name}Copy{copy}"),
    }
}

fn at_copy(path: &str, copy: usize) -> String {
    match copy {
        0 => path.to_owned(),
        copy => format!("/copy{copy}{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_have_names_of_their_own_and_only_what_they_reach() {
        let source = json!({
            "openapi": "3.0.3",
            "paths": {
                "/a": {"get": {"operationId": "getA", "x": {"$ref": "#/components/schemas/A"}}},
                "/b": {"get": {"operationId": "getB"}, "put": {"operationId": "putB"}},
            },
            "components": {"schemas": {"A": {"items": {"$ref": "#/components/schemas/B"}}, "B": {}, "C": {}}},
        });
        let small = grown(&source, 2);
        assert_eq!(small.pointer("/paths/~1b/put"), None);
        let grown = grown(&source, 4);
        assert_eq!(grown["paths"].as_object().map(Map::len), Some(3));
        assert_eq!(
            grown["paths"]["/copy1/a"]["get"]["operationId"],
            "getACopy1"
        );
        let schemas = grown["components"]["schemas"].as_object();
        let names: Vec<&String> = schemas.into_iter().flat_map(Map::keys).collect();
        assert_eq!(names, ["A", "ACopy1", "B", "BCopy1"]);
        assert_eq!(
            grown["components"]["schemas"]["ACopy1"]["items"]["$ref"],
            "#/components/schemas/BCopy1"
        );
    }
}
