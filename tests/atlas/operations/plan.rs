//! What is called with which values, and what the server answers: all of it from the document.

use std::collections::BTreeSet;

use atlas_codegen_tests::oracle::document::Document;
use atlas_codegen_tests::oracle::instance::{Direction, Fill, Generator};
use atlas_codegen_tests::oracle::request::{Body, Given, Operation, Parameter, Success, is_json};
use atlas_codegen_tests::oracle::validate::Validator;
use serde_json::Value;

use super::surface::Way;

/// A text with everything in it that means something in a URL.
const ODD: &str = "a/b c:d?e#f&g=h+i%20é;,";

/// Unions of the Atlas document whose variants nothing tells apart: the same members are required of all, and no property lists
/// values that only one has. A value can come back as another variant, with fewer members.
const AMBIGUOUS: [&str; 2] = [
    "FederationIdentityProvider",
    "FederationOidcIdentityProvider",
];

/// How often a value is made anew that does not fit.
const TRIES: usize = 1000;

/// A call to be made.
pub(crate) struct Planned {
    /// What is given.
    pub(crate) given: Given,
    /// The status of the answer.
    pub(crate) status: u16,
    /// The answer's media type and body, where it has one.
    pub(crate) content: Option<(String, Reply)>,
}

/// A body of an answer.
pub(crate) enum Reply {
    /// JSON that has a schema.
    Json(Value),
    /// JSON in which there can be a value that the document gives no way to tell from its like.
    Ambiguous(Value),
    /// Anything else.
    Bytes(Vec<u8>),
}

/// Makes values for calls.
pub(crate) struct Planner<'d> {
    document: &'d Document,
    /// One for each turn: nothing optional, everything, and now this and now that.
    generators: [Generator<'d>; 3],
    validator: Validator<'d>,
}

impl<'d> Planner<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        Self {
            document,
            generators: [Fill::None, Fill::All, Fill::Some]
                .map(|fill| Generator::new(document, "operations").with_fill(fill)),
            validator: Validator::new(document),
        }
    }

    /// The calls of an operation in one way: with what is required, then twice with everything; each answer comes.
    pub(crate) fn calls(&mut self, operation: &Operation<'d>, way: &Way) -> Vec<Planned> {
        let can_come = |success: &&Success<'d>| match &success.content {
            Some((media_type, _)) => way.accept.contains(media_type),
            None => true,
        };
        let successes: Vec<&Success<'d>> = operation.successes.iter().filter(can_come).collect();
        let is_only = successes.len() == 1;
        let turns = successes.iter().cycle().take(successes.len().max(3));
        turns
            .enumerate()
            .map(|(turn, success)| Planned {
                given: self.given(operation, turn),
                status: success.status,
                content: self.reply(success, turn, is_only),
            })
            .collect()
    }

    fn given(&mut self, operation: &Operation<'d>, turn: usize) -> Given {
        let everything = turn > 0;
        let mut given = Given::default();
        for parameter in &operation.parameters {
            if everything || parameter.required {
                let key = (parameter.location.clone(), parameter.name.clone());
                given
                    .parameters
                    .insert(key, self.parameter(parameter, turn));
            }
        }
        if let Some(body) = &operation.body
            && (everything || body.required)
        {
            given.body = Some(self.body(body, turn));
        }
        given
    }

    /// A value for a parameter. In the turn with everything a text full of delimiters, where the schema allows it.
    fn parameter(&mut self, parameter: &Parameter<'d>, turn: usize) -> Value {
        let odd = turn == 1;
        let text = Value::from(ODD);
        if odd && parameter.location != "header" && self.is_valid(parameter.schema, &text) {
            return text;
        }
        self.value(turn, parameter.schema, |value| {
            can_be_sent(parameter, value)
        })
    }

    fn body(&mut self, body: &Body<'d>, turn: usize) -> Value {
        let (media_type, schema) = body.contents.first().expect("a body has content");
        // Forms have no null, and nothing for what is empty; what looks like an escape is one where reserved characters are
        // allowed.
        let has_form = |value: &Value| {
            let text = value.to_string();
            let lacks = ["null", "[]", "{}", "%"];
            is_json(media_type) || !lacks.iter().any(|lacking| text.contains(lacking))
        };
        self.value(turn, schema, has_form)
    }

    /// A valid value of a schema that also fits; the last one that was made where none is found.
    fn value(&mut self, turn: usize, schema: &'d Value, fits: impl Fn(&Value) -> bool) -> Value {
        let mut value = Value::Null;
        for _ in 0..TRIES {
            value = self.generator(turn).instance(schema, Direction::Request);
            if fits(&value) && self.is_valid(schema, &value) {
                break;
            }
        }
        value
    }

    /// Whether a schema holds one of the ambiguous ones.
    fn reaches_ambiguous(&self, schema: &'d Value, seen: &mut BTreeSet<&'d str>) -> bool {
        match schema {
            Value::Array(items) => items.iter().any(|item| self.reaches_ambiguous(item, seen)),
            Value::Object(members) => match members.get("$ref").and_then(Value::as_str) {
                Some(target) => {
                    let name = target.rsplit('/').next().unwrap_or_default();
                    AMBIGUOUS.contains(&name)
                        || (seen.insert(target)
                            && self.reaches_ambiguous(self.document.get(target), seen))
                }
                None => members
                    .values()
                    .any(|member| self.reaches_ambiguous(member, seen)),
            },
            _ => false,
        }
    }

    fn is_valid(&self, schema: &Value, value: &Value) -> bool {
        let faults = self.validator.faults(schema, value, Direction::Request);
        faults.is_empty()
    }

    fn generator(&mut self, turn: usize) -> &mut Generator<'d> {
        &mut self.generators[turn % 3]
    }

    fn reply(
        &mut self,
        success: &Success<'d>,
        turn: usize,
        is_only: bool,
    ) -> Option<(String, Reply)> {
        let (media_type, schema) = success.content.as_ref()?;
        let reply = match schema {
            // Nothing is promised, so nothing comes, or something does. Where another answer has a body, a body means that one.
            None if turn == 0 || !is_only => return None,
            None => Reply::Bytes(b"{\"anything\": [1]}".to_vec()),
            Some(schema) if is_json(media_type) => {
                let value = self.generator(turn).instance(schema, Direction::Response);
                if self.reaches_ambiguous(schema, &mut BTreeSet::new()) {
                    Reply::Ambiguous(value)
                } else {
                    Reply::Json(value)
                }
            }
            Some(_) if media_type.starts_with("text/") => Reply::Bytes("a,b\n1,é\n".into()),
            Some(_) => Reply::Bytes((0..=255).collect()),
        };
        // RFC 9110, section 15.3.5: this status has no body.
        (success.status != 204).then(|| (media_type.clone(), reply))
    }
}

/// Whether a parameter can say this value, and say it so that it can be told from every other.
fn can_be_sent(parameter: &Parameter<'_>, value: &Value) -> bool {
    let delimiters: &[char] = match (parameter.location.as_str(), parameter.style.as_str()) {
        ("header", _) => &[','],
        (_, "spaceDelimited") => &[' '],
        (_, "pipeDelimited") => &['|'],
        _ => &[],
    };
    let is_plain = |text: &str| {
        let is_whole = !text.contains(delimiters) && text == text.trim();
        match parameter.location.as_str() {
            "path" => !matches!(text, "" | "." | ".."),
            "header" => is_whole && text.chars().all(|c| c == ' ' || c.is_ascii_graphic()),
            _ => is_whole || delimiters.is_empty(),
        }
    };
    match value {
        Value::Null => false,
        Value::String(text) => is_plain(text),
        Value::Array(items) => {
            !items.is_empty() && items.iter().all(|item| can_be_sent(parameter, item))
        }
        Value::Object(members) => {
            !members.is_empty()
                && members
                    .values()
                    .all(|member| can_be_sent(parameter, member))
        }
        _ => true,
    }
}
