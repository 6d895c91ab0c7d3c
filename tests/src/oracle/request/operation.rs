//! Operations as the document has them: parameters, body, successes, all of one version.

use std::collections::BTreeMap;

use serde_json::Value;

use super::version::Version;
use crate::oracle::document::Document;

/// The keys of a path item that are methods (OpenAPI 3.0.3, "Path Item Object").
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// An operation, with only what belongs to its newest stable version; the preview where there is nothing else.
#[derive(Clone, Debug)]
pub struct Operation<'d> {
    /// Its `operationId`; empty without one.
    pub id: String,
    /// Its place: `#/paths/~1users/get`.
    pub pointer: String,
    /// Its method, such as `GET`.
    pub method: String,
    /// Its path, such as `/users/{id}:rename`.
    pub template: String,
    /// Its parameters and those of its path, as far as a client may send them.
    pub parameters: Vec<Parameter<'d>>,
    /// Its body; none where it takes none.
    pub body: Option<Body<'d>>,
    /// What it answers when all is well, a member for each status and media type.
    pub successes: Vec<Success<'d>>,
    /// Whether it wants credentials: never, always, or either.
    pub authenticated: Option<bool>,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter<'d> {
    /// Its name.
    pub name: String,
    /// `path`, `query`, `header` or `cookie`.
    pub location: String,
    /// Whether it must be given.
    pub required: bool,
    /// How it is written, such as `form`.
    pub style: String,
    /// Whether lists and objects are written member by member.
    pub explode: bool,
    /// Whether its value is JSON text: it has `content` in place of a schema.
    pub json: bool,
    /// Its schema; null without one.
    pub schema: &'d Value,
}

/// A body.
#[derive(Clone, Debug)]
pub struct Body<'d> {
    /// Whether it must be given.
    pub required: bool,
    /// Its media types of the version, in document order, each with its schema.
    pub contents: Vec<(String, &'d Value)>,
    /// How members of a form are written, by media type.
    pub encodings: BTreeMap<String, &'d Value>,
}

/// An answer when all is well.
#[derive(Clone, Debug)]
pub struct Success<'d> {
    /// Its status; the first of a range.
    pub status: u16,
    /// The media type of its body and the schema, where there is one; none without a body.
    pub content: Option<(String, Option<&'d Value>)>,
}

impl<'d> Operation<'d> {
    /// Every operation of the document, in the order of paths.
    #[must_use]
    pub fn all(document: &'d Document) -> Vec<Self> {
        let paths = document.find("#/paths").and_then(Value::as_object);
        let mut all = Vec::new();
        for (template, item) in paths.into_iter().flatten() {
            let item = document.resolve(item);
            for method in METHODS {
                if let Some(operation) = item.get(method) {
                    all.push(read(document, template, method, item, operation));
                }
            }
        }
        all
    }

    /// The media types of its successes.
    pub fn accepted(&self) -> impl Iterator<Item = &str> {
        let contents = self
            .successes
            .iter()
            .filter_map(|success| success.content.as_ref());
        contents.map(|(media_type, _)| media_type.as_str())
    }
}

fn read<'d>(
    document: &'d Document,
    template: &str,
    method: &str,
    item: &'d Value,
    operation: &'d Value,
) -> Operation<'d> {
    let responses = success_responses(document, operation);
    let body = operation
        .get("requestBody")
        .map(|body| document.resolve(body));
    let media_types = responses
        .iter()
        .map(|(_, response)| *response)
        .chain(body)
        .flat_map(|holder| contents(holder).map(|(media_type, _)| media_type.as_str()));
    let version = Version::newest(media_types);
    let escaped = template.replace('~', "~0").replace('/', "~1");
    Operation {
        id: text(operation, "operationId")
            .unwrap_or_default()
            .to_owned(),
        pointer: format!("#/paths/{escaped}/{method}"),
        method: method.to_uppercase(),
        template: template.to_owned(),
        parameters: parameters(document, item, operation),
        body: body.map(|body| Body {
            required: flag(body, "required").unwrap_or(false),
            contents: contents(body)
                .filter(|(media_type, _)| version.has(media_type))
                .map(|(media_type, content)| (media_type.clone(), schema(content)))
                .collect(),
            encodings: contents(body)
                .filter_map(|(media_type, content)| {
                    Some((media_type.clone(), content.get("encoding")?))
                })
                .collect(),
        }),
        successes: responses
            .iter()
            .flat_map(|(status, response)| successes(*status, response, &version))
            .collect(),
        authenticated: authenticated(document, operation),
    }
}

/// The responses of 200 to 299 by status; those of `default` where there are none.
fn success_responses<'d>(document: &'d Document, operation: &'d Value) -> Vec<(u16, &'d Value)> {
    let responses = operation.get("responses").and_then(Value::as_object);
    let mut found = Vec::new();
    for (status, response) in responses.into_iter().flatten() {
        let status = status.replace(['X', 'x'], "0");
        if let Ok(status @ 200..300) = status.parse() {
            found.push((status, document.resolve(response)));
        }
    }
    let default = responses.and_then(|responses| responses.get("default"));
    match default {
        Some(default) if found.is_empty() => vec![(200, document.resolve(default))],
        _ => found,
    }
}

/// What a response answers in a version: nothing where all its content belongs to other versions.
fn successes<'d>(status: u16, response: &'d Value, version: &Version) -> Vec<Success<'d>> {
    let answers: Vec<Success<'d>> = contents(response)
        .filter(|(media_type, _)| version.has(media_type))
        .map(|(media_type, content)| Success {
            status,
            content: Some((media_type.clone(), content.get("schema"))),
        })
        .collect();
    if contents(response).next().is_none() {
        return vec![Success {
            status,
            content: None,
        }];
    }
    answers
}

fn contents(holder: &Value) -> impl Iterator<Item = (&String, &Value)> {
    holder
        .get("content")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

/// The parameters of the operation and of its path item; the operation's win.
fn parameters<'d>(
    document: &'d Document,
    item: &'d Value,
    operation: &'d Value,
) -> Vec<Parameter<'d>> {
    let mut all: Vec<Parameter<'d>> = Vec::new();
    for holder in [operation, item] {
        let list = holder.get("parameters").and_then(Value::as_array);
        for parameter in list.into_iter().flatten() {
            let parameter = parameter_of(document.resolve(parameter));
            let known = |other: &Parameter<'_>| {
                other.location == parameter.location && other.name == parameter.name
            };
            if !all.iter().any(known) && !is_ignored(&parameter) {
                all.push(parameter);
            }
        }
    }
    all
}

/// Whether the parameter is one of the headers that a document must describe elsewhere (OpenAPI 3.0.3, "Parameter Object").
fn is_ignored(parameter: &Parameter<'_>) -> bool {
    let elsewhere = ["accept", "content-type", "authorization"];
    parameter.location == "header" && elsewhere.contains(&parameter.name.to_lowercase().as_str())
}

fn parameter_of(parameter: &Value) -> Parameter<'_> {
    let location = text(parameter, "in").unwrap_or_default().to_owned();
    let usual = match location.as_str() {
        "query" | "cookie" => "form",
        _ => "simple",
    };
    let style = text(parameter, "style").unwrap_or(usual).to_owned();
    let content = contents(parameter).next().map(|(_, content)| content);
    Parameter {
        name: text(parameter, "name").unwrap_or_default().to_owned(),
        required: flag(parameter, "required").unwrap_or(false),
        explode: flag(parameter, "explode").unwrap_or(style == "form"),
        json: content.is_some(),
        schema: schema(content.unwrap_or(parameter)),
        location,
        style,
    }
}

/// Whether credentials are wanted: the operation's `security`, else the document's (OpenAPI 3.0.3, "Operation Object").
fn authenticated(document: &Document, operation: &Value) -> Option<bool> {
    let security = operation
        .get("security")
        .or_else(|| document.find("#/security"))
        .and_then(Value::as_array)?;
    let is_open = |choice: &Value| choice.as_object().is_none_or(serde_json::Map::is_empty);
    match security.iter().filter(|choice| is_open(choice)).count() {
        0 => Some(!security.is_empty()),
        _ => None,
    }
}

fn schema(holder: &Value) -> &Value {
    holder.get("schema").unwrap_or(&Value::Null)
}

fn text<'v>(object: &'v Value, member: &str) -> Option<&'v str> {
    object.get(member).and_then(Value::as_str)
}

fn flag(object: &Value, member: &str) -> Option<bool> {
    object.get(member).and_then(Value::as_bool)
}
