//! What a document says of its operations, read from the document alone.

use atlas_codegen_tests::oracle::document::{Document, join};
use atlas_codegen_tests::oracle::request::is_json;
use serde_json::Value;

/// The keys of a path item that are methods (OpenAPI 3.0.3, Path Item Object).
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];
/// So deep a schema is looked into.
const DEPTH: usize = 24;
/// So many references may lead to one another.
const REFERENCES: usize = 64;

/// An operation.
pub(super) struct Operation<'d> {
    /// Its place.
    pub(super) pointer: String,
    /// The place of its path item.
    pub(super) item: String,
    pub(super) template: &'d str,
    pub(super) method: &'static str,
    pub(super) body: Vec<Content<'d>>,
    /// By status, as the document writes it.
    pub(super) answers: Vec<(&'d str, Vec<Content<'d>>)>,
}

/// One of the forms of a body or an answer.
pub(super) struct Content<'d> {
    pub(super) media_type: &'d str,
    /// The schema's place.
    pub(super) pointer: String,
    pub(super) schema: &'d Value,
}

/// What kind of format a media type means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    /// Values of a form, in either of its two encodings.
    Form,
    Events,
    Other,
}

impl Content<'_> {
    pub(super) fn essence(&self) -> String {
        let essence = self.media_type.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    }

    pub(super) fn format(&self) -> Format {
        match self.essence().as_str() {
            "*/*" | "application/*" => Format::Json,
            "application/x-www-form-urlencoded" => Format::Form,
            "text/event-stream" => Format::Events,
            essence if essence.starts_with("multipart/") => Format::Form,
            _ if is_json(self.media_type) => Format::Json,
            _ => Format::Other,
        }
    }
}

/// Every operation, in the order of the document.
pub(super) fn operations(document: &Document) -> Vec<Operation<'_>> {
    let paths = document.find("#/paths").and_then(Value::as_object);
    let mut all = Vec::new();
    for (template, item) in paths.into_iter().flatten() {
        if template.starts_with("x-") {
            continue;
        }
        let (at, item) = resolved(document, join("#/paths", template), item);
        for method in METHODS {
            let Some(operation) = item.get(method).filter(|operation| operation.is_object()) else {
                continue;
            };
            let pointer = join(&at, method);
            all.push(Operation {
                item: at.clone(),
                template,
                method,
                body: body(document, &pointer, operation),
                answers: answers(document, &pointer, operation),
                pointer,
            });
        }
    }
    all
}

fn body<'d>(document: &'d Document, at: &str, operation: &'d Value) -> Vec<Content<'d>> {
    let Some(body) = operation.get("requestBody") else {
        return Vec::new();
    };
    let (at, body) = resolved(document, join(at, "requestBody"), body);
    contents(&at, body)
}

fn answers<'d>(
    document: &'d Document,
    at: &str,
    operation: &'d Value,
) -> Vec<(&'d str, Vec<Content<'d>>)> {
    let list = join(at, "responses");
    let answers = operation.get("responses").and_then(Value::as_object);
    let answers = answers.into_iter().flatten();
    answers
        .filter(|(status, _)| !status.starts_with("x-"))
        .map(|(status, answer)| {
            let (at, answer) = resolved(document, join(&list, status), answer);
            (status.as_str(), contents(&at, answer))
        })
        .collect()
}

fn contents<'d>(at: &str, holder: &'d Value) -> Vec<Content<'d>> {
    let list = join(at, "content");
    let contents = holder.get("content").and_then(Value::as_object);
    let contents = contents.into_iter().flatten();
    contents
        .filter_map(|(media_type, entry)| {
            Some(Content {
                media_type,
                pointer: join(&join(&list, media_type), "schema"),
                schema: entry.get("schema")?,
            })
        })
        .collect()
}

/// A value with its references followed, and its own place; one that leads nowhere stays as it is.
pub(super) fn resolved<'d>(
    document: &'d Document,
    mut pointer: String,
    mut value: &'d Value,
) -> (String, &'d Value) {
    for _ in 0..REFERENCES {
        let target = value.get("$ref").and_then(Value::as_str);
        let Some((target, found)) = target.and_then(|to| Some((to, document.find(to)?))) else {
            break;
        };
        target.clone_into(&mut pointer);
        value = found;
    }
    (pointer, value)
}

/// Whether a schema says more of its values than that they are anything.
pub(super) fn says_more(document: &Document, schema: &Value) -> bool {
    says(document, schema, 0)
}

fn says(document: &Document, schema: &Value, depth: usize) -> bool {
    let (_, schema) = resolved(document, String::new(), schema);
    let Some(members) = schema.as_object() else {
        return false;
    };
    if depth > DEPTH {
        return true;
    }
    let has = |key: &str| members.contains_key(key);
    if has("type") || has("enum") || has("items") || has("prefixItems") {
        return true;
    }
    let filled = |key: &str| {
        let value = members.get(key).and_then(Value::as_object);
        value.is_some_and(|value| !value.is_empty())
    };
    if filled("properties") || filled("additionalProperties") {
        return true;
    }
    let list = |key: &str| {
        let list = members.get(key).and_then(Value::as_array);
        list.map_or(&[][..], Vec::as_slice)
    };
    if list("allOf")
        .iter()
        .any(|part| says(document, part, depth + 1))
    {
        return true;
    }
    ["oneOf", "anyOf"].into_iter().any(|key| {
        let variants = list(key);
        !variants.is_empty()
            && !covers_everything(variants)
            && variants
                .iter()
                .all(|variant| says(document, variant, depth + 1))
    })
}

/// Whether variants list every type that JSON has.
fn covers_everything(variants: &[Value]) -> bool {
    let lists = |ty: &str| {
        variants.iter().any(|variant| {
            let only = variant
                .as_object()
                .is_some_and(|members| members.len() == 1);
            only && variant.get("type").and_then(Value::as_str) == Some(ty)
        })
    };
    ["string", "number", "boolean", "object", "array"]
        .into_iter()
        .all(lists)
}

/// Whether a schema says that its values are objects, and nothing of their members.
pub(super) fn is_free_form(document: &Document, schema: &Value) -> bool {
    let (_, schema) = resolved(document, String::new(), schema);
    let empty = |key: &str| {
        let value = schema.get(key);
        value.is_none_or(|value| {
            *value == Value::Bool(true) || value.as_object().is_some_and(serde_json::Map::is_empty)
        })
    };
    let lacks = ["enum", "allOf", "oneOf", "anyOf"];
    schema.get("type").and_then(Value::as_str) == Some("object")
        && empty("properties")
        && empty("additionalProperties")
        && lacks.into_iter().all(|key| schema.get(key).is_none())
}

/// Whether a schema is bytes as they are.
pub(super) fn is_binary(document: &Document, schema: &Value) -> bool {
    let (_, schema) = resolved(document, String::new(), schema);
    schema.get("format").and_then(Value::as_str) == Some("binary")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_says_more_than_anything_or_it_does_not() {
        let document = Document::parse("{any: {}, text: {type: string}}");
        for (schema, more) in [
            ("{}", false),
            ("{description: a}", false),
            ("{nullable: true}", false),
            ("{type: object}", true),
            ("{$ref: '#/any'}", false),
            ("{$ref: '#/text'}", true),
            ("{allOf: [{}, {$ref: '#/text'}]}", true),
            ("{oneOf: [{}, {$ref: '#/text'}]}", false),
            ("{anyOf: [{type: string}, {type: number}]}", true),
            (
                "{anyOf: [{type: string}, {type: number}, {type: boolean}, {type: object}, {type: array}]}",
                false,
            ),
        ] {
            let schema = Document::parse(schema);
            assert_eq!(says_more(&document, schema.root()), more, "{schema:?}");
        }
    }

    #[test]
    fn operations_are_found_behind_references() {
        let document = Document::parse(
            "{paths: {/a: {$ref: '#/x'}}, x: {get: {responses: {200: {$ref: '#/y'}}}}, \
              y: {content: {application/json: {schema: {type: string}}}}}",
        );
        let operations = operations(&document);
        let [operation] = operations.as_slice() else {
            panic!("one operation");
        };
        assert_eq!(operation.pointer, "#/x/get");
        let (status, contents) = &operation.answers[0];
        assert_eq!(
            (*status, contents[0].pointer.as_str()),
            ("200", "#/y/content/application~1json/schema")
        );
    }
}
