//! What the answers say of the schemas.

use std::collections::BTreeMap;

use atlas_codegen_tests::oracle::compare::{Nulls, difference_with};
use atlas_codegen_tests::oracle::instance::Direction;
use serde_json::Value;

use super::super::row::Schemas;
use super::super::typed::general;
use super::questions::Question;

/// What came back for a question: JSON, or why not.
pub(super) type Answer = Result<String, String>;

/// Collects what became of each schema.
#[derive(Default)]
pub(super) struct Judge {
    instances: usize,
    /// By the schema's place: its first failure, if it has one.
    places: BTreeMap<String, Option<(String, String)>>,
}

impl Judge {
    /// Takes in one answer.
    pub(super) fn hear(&mut self, question: &Question, answer: Answer) {
        self.instances += 1;
        let place = self.places.entry(question.place.clone()).or_default();
        if place.is_some() {
            return;
        }
        *place = failure(question, answer);
    }

    /// Notes what was heard.
    pub(super) fn conclude(self, schemas: &mut Schemas) {
        schemas.instances = self.instances;
        for (place, failure) in self.places {
            match failure {
                None => schemas.passed += 1,
                Some((class, what)) => schemas.fail(&class, &place, &what),
            }
        }
    }
}

/// The class of a failure and its details; none where the value came back the same.
fn failure(question: &Question, answer: Answer) -> Option<(String, String)> {
    let (class, what) = match answer {
        Err(message) => (format!("decode: {}", short(&reason(&message))), message),
        Ok(text) => {
            let (Ok(sent), Ok(found)) = (
                serde_json::from_str::<Value>(&question.value),
                serde_json::from_str::<Value>(&text),
            ) else {
                return Some(("what came back is no JSON".to_owned(), text));
            };
            // A request says something with null; in a response it says as much as nothing.
            let nulls = match question.direction {
                Direction::Request => Nulls::Kept,
                Direction::Response => Nulls::MayBeAbsent,
            };
            let difference = difference_with(&sent, &found, nulls)?;
            let class = if is_file(&difference) {
                "limit: a file in a multipart body, as JSON"
            } else {
                kind(&difference)
            };
            (class.to_owned(), difference)
        }
    };
    let class = if question.fault.is_empty() {
        class
    } else {
        format!(
            "an instance against the document ({}): {class}",
            short(&fault_kind(&question.fault))
        )
    };
    let details = format!(
        "{what} | {:?} {} | {}",
        question.direction, question.ty, question.value
    );
    let details = if question.fault.is_empty() {
        details
    } else {
        format!("{details} | validator: {}", question.fault)
    };
    Some((class, details.chars().take(900).collect()))
}

/// Why a value is not read, without its place.
fn reason(message: &str) -> String {
    let words = message.split_once(": ").map_or(message, |(_, words)| words);
    let words = words.split(" (line ").next().unwrap_or(words);
    general(words)
}

/// What the validator has first against a value, without the value and its place.
fn fault_kind(fault: &str) -> String {
    let first = fault.split("; ").next().unwrap_or(fault);
    let starts = [" is ", " are ", " does not ", " fits no "];
    let start = starts.iter().filter_map(|word| first.find(word)).min();
    general(start.map_or(first, |start| first[start..].trim()))
}

/// Whether a text became a list of its bytes: files in multipart bodies do, and never become JSON outside of this test.
fn is_file(difference: &str) -> bool {
    let became = difference.split_once(" became ");
    became.is_some_and(|(text, list)| {
        let bytes = list.strip_prefix('[').unwrap_or_default();
        let bytes = bytes.trim_end_matches(']').split(',');
        text.ends_with('"') && bytes.take(20).all(|byte| byte.parse::<u8>().is_ok())
    })
}

fn kind(difference: &str) -> &'static str {
    if difference.ends_with(" is gone") {
        "a member is gone"
    } else if difference.ends_with(" came from nowhere") {
        "a member came from nowhere"
    } else {
        "a value became another"
    }
}

fn short(text: &str) -> String {
    text.chars().take(80).collect()
}
