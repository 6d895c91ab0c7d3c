//! Every example of the document is read by its type and written as it was.

use std::collections::{BTreeMap, BTreeSet};

use atlas_codegen_tests::oracle::compare::{Nulls, difference_with};
use atlas_codegen_tests::oracle::document::{Document, Node, join};
use atlas_codegen_tests::oracle::instance::Direction;
use serde_json::Value;

use crate::probe::Question;
use crate::reviewed::{Reviewed, WRONG_EXAMPLES_IN_ATLAS};
use crate::subject::{Subject, atlas, exchange, fragment};

/// An example and the schema that it should be valid under.
struct Example<'d> {
    pointer: String,
    schema: Node<'d>,
    direction: Direction,
    value: &'d Value,
}

#[test]
fn every_atlas_example_is_read_and_written_as_it_was() {
    if let Some(subject) = atlas() {
        are_read_and_written(subject, WRONG_EXAMPLES_IN_ATLAS, 1_000);
    }
}

#[test]
fn every_fragment_example_is_read_and_written_as_it_was() {
    are_read_and_written(fragment(), &[], 10);
}

#[test]
fn every_exchange_example_is_read_and_written_as_it_was() {
    are_read_and_written(exchange(), &[], 0);
}

fn are_read_and_written(subject: &Subject, wrong: &[Reviewed], least: usize) {
    let examples = Examples::of(&subject.document);
    let mut questions = Vec::new();
    let mut asked = Vec::new();
    // By the example's place: what is wrong with it.
    let mut faults: BTreeMap<&str, String> = BTreeMap::new();
    for example in &examples {
        let mut typed = Vec::new();
        match questions_of(subject, &example.schema, example, example.value, &mut typed) {
            Ok(()) => {
                asked.extend(typed.iter().map(|_| example));
                questions.extend(typed);
            }
            Err(fault) => _ = faults.insert(&example.pointer, fault),
        }
    }
    let answers = subject.probe.ask(&questions);
    for ((example, question), answer) in asked.iter().zip(&questions).zip(answers) {
        let fault = match answer {
            Ok(answer) => difference_with(&question.value, &answer.value, Nulls::MayBeAbsent),
            Err(message) => Some(message),
        };
        if let Some(fault) = fault {
            faults.insert(&example.pointer, format!("{}: {fault}", question.ident));
        }
    }
    println!(
        "{} examples, {} values read and written, {} examples contradict their schema",
        examples.len(),
        questions.len(),
        wrong.len()
    );
    let unneeded: Vec<&str> = wrong
        .iter()
        .map(|(pointer, _)| *pointer)
        .filter(|pointer| faults.remove(pointer).is_none())
        .collect();
    assert!(
        unneeded.is_empty(),
        "these examples are right: {unneeded:#?}"
    );
    assert!(faults.is_empty(), "{} faults: {faults:#?}", faults.len());
    assert!(examples.len() >= least);
}

/// The questions that an example asks: one for each part of it that has a type.
fn questions_of(
    subject: &Subject,
    schema: &Node<'_>,
    example: &Example<'_>,
    value: &Value,
    questions: &mut Vec<Question>,
) -> Result<(), String> {
    let document = &subject.document;
    if value.is_null() && schema.flag("nullable") {
        return Ok(());
    }
    let found = subject.catalog.find(&schema.pointer, example.direction);
    let ident = match found {
        Some(ty) => Some(format!("types::{}", ty.ident)),
        None => runtime_type(schema).map(str::to_owned),
    };
    if let Some(ident) = ident {
        questions.push(Question {
            ident,
            value: value.clone(),
        });
        return Ok(());
    }
    if let [only] = schema.list(document, "allOf").as_slice() {
        return questions_of(subject, only, example, value, questions);
    }
    let inner = |keyword| {
        schema
            .member(keyword)
            .filter(|(_, inner)| inner.is_object())
            .map(|(pointer, inner)| document.node(pointer, inner))
    };
    let parts: Vec<&Value> = match (schema.text("type"), value) {
        ("array", Value::Array(items)) => items.iter().collect(),
        ("object", Value::Object(members)) => members.values().collect(),
        ("array" | "object", other) => {
            return Err(format!("{other} is no {}", schema.text("type")));
        }
        _ => return Ok(()),
    };
    let Some(part) = inner("items").or_else(|| inner("additionalProperties")) else {
        return Ok(());
    };
    parts
        .into_iter()
        .try_for_each(|value| questions_of(subject, &part, example, value, questions))
}

/// The runtime's type for a schema that has none of its own (OpenAPI 3.0.3, data types).
fn runtime_type(schema: &Node<'_>) -> Option<&'static str> {
    Some(match (schema.text("type"), schema.text("format")) {
        ("string", "date-time") => "Timestamp",
        ("string", "date") => "Date",
        ("string", "uuid") => "Uuid",
        ("string", "byte") => "Base64",
        ("string", _) => "String",
        ("integer", "int32") => "i32",
        ("integer", _) => "i64",
        ("number", _) => "f64",
        ("boolean", _) => "bool",
        _ => return None,
    })
}

/// Gathers examples.
struct Examples<'d> {
    document: &'d Document,
    seen: BTreeSet<String>,
    found: Vec<Example<'d>>,
}

impl<'d> Examples<'d> {
    fn of(document: &'d Document) -> Vec<Example<'d>> {
        let mut examples = Self {
            document,
            seen: BTreeSet::new(),
            found: Vec::new(),
        };
        examples.walk("#", document.root());
        examples.found
    }

    /// Goes through what is no schema.
    fn walk(&mut self, pointer: &str, value: &'d Value) {
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    let at = join(pointer, key);
                    match key.as_str() {
                        "schema" => self.beside(pointer, &at, value, member),
                        "schemas" if pointer == "#/components" => self.schemas(&at, member),
                        "example" | "examples" => {}
                        _ => self.walk(&at, member),
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.walk(&join(pointer, &index.to_string()), item);
                }
            }
            _ => {}
        }
    }

    /// The examples of a parameter, a header or a media type, beside its schema.
    fn beside(&mut self, pointer: &str, at: &str, owner: &'d Value, schema: &'d Value) {
        self.schema(at, schema);
        let is_json = !pointer.contains("/content/") || pointer.ends_with("json");
        let schema = self.document.node(at.to_owned(), schema);
        let owner = Node {
            pointer: pointer.to_owned(),
            schema: owner,
        };
        if !is_json {
            return;
        }
        let single = owner.member("example");
        let named = owner.entries(self.document, "examples").into_iter();
        let named = named.filter_map(|(_, example)| example.member("value"));
        for (pointer, value) in single.into_iter().chain(named) {
            self.found.push(Example {
                direction: if pointer.contains("/responses/") {
                    Direction::Response
                } else {
                    Direction::Request
                },
                pointer,
                schema: schema.clone(),
                value,
            });
        }
    }

    fn schemas(&mut self, pointer: &str, schemas: &'d Value) {
        for (name, schema) in schemas.as_object().into_iter().flatten() {
            self.schema(&join(pointer, name), schema);
        }
    }

    /// Goes through a schema. What it refers to is met where it stands.
    fn schema(&mut self, pointer: &str, schema: &'d Value) {
        if schema.get("$ref").is_some() || !self.seen.insert(pointer.to_owned()) {
            return;
        }
        let node = Node {
            pointer: pointer.to_owned(),
            schema,
        };
        if let Some((at, value)) = node.member("example") {
            self.found.push(Example {
                pointer: at,
                schema: node.clone(),
                direction: Direction::Response,
                value,
            });
        }
        for keyword in ["items", "additionalProperties", "not"] {
            if let Some((at, inner)) = node.member(keyword) {
                self.schema(&at, inner);
            }
        }
        if let Some((at, properties)) = node.member("properties") {
            self.schemas(&at, properties);
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let Some((at, Value::Array(parts))) = node.member(keyword) else {
                continue;
            };
            for (index, part) in parts.iter().enumerate() {
                self.schema(&join(&at, &index.to_string()), part);
            }
        }
    }
}
