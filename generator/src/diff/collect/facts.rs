//! Facts out of values of the surface, whatever members they have: a new one is a fact without being named here.

use serde::Serialize;
use serde_json::Value;

/// The members of a value with their texts. What is false, empty or null says nothing; what is nested is JSON. A variant of an
/// enum that has members is `kind` and these.
pub(super) fn flatten(value: &impl Serialize) -> Vec<(String, String)> {
    // What the surface holds can be written as JSON: `dump` does.
    match serde_json::to_value(value) {
        Ok(Value::Object(members)) => members
            .into_iter()
            .map(|(name, value)| (name, text(value)))
            .filter(|(_, text)| !text.is_empty())
            .collect(),
        Ok(Value::String(word)) => vec![("kind".to_owned(), word)],
        Ok(_) | Err(_) => Vec::new(),
    }
}

/// The members of a value with their texts; those of a member that is an object stand under both names.
pub(super) fn nested(value: &impl Serialize) -> Vec<(String, String)> {
    let Ok(Value::Object(members)) = serde_json::to_value(value) else {
        return Vec::new();
    };
    let mut facts = Vec::new();
    for (name, value) in members {
        match value {
            Value::Object(inner) => {
                let inner = inner.into_iter();
                facts.extend(inner.map(|(of, value)| (format!("{name}::{of}"), text(value))));
            }
            value => facts.push((name, text(value))),
        }
    }
    facts.retain(|(_, text)| !text.is_empty());
    facts
}

/// The names, as `nested` makes them, of those members of a value that are texts.
pub(super) fn texts(value: &impl Serialize) -> Vec<String> {
    let Ok(Value::Object(members)) = serde_json::to_value(value) else {
        return Vec::new();
    };
    let mut names = Vec::new();
    for (name, value) in members {
        match value {
            Value::String(_) => names.push(name),
            Value::Object(inner) => {
                let inner = inner.into_iter().filter(|(_, value)| value.is_string());
                names.extend(inner.map(|(of, _)| format!("{name}::{of}")));
            }
            _ => {}
        }
    }
    names
}

/// An enum's variant by name, and what it holds.
pub(super) fn variant(value: &impl Serialize) -> (String, Vec<(String, String)>) {
    match serde_json::to_value(value) {
        Ok(Value::Object(members)) => match members.into_iter().next() {
            Some((name, Value::Object(inner))) => {
                let facts = inner.into_iter().map(|(name, value)| (name, text(value)));
                (name, facts.collect())
            }
            Some((name, inner)) => (name, vec![("of".to_owned(), text(inner))]),
            None => (String::new(), Vec::new()),
        },
        Ok(other) => (text(other), Vec::new()),
        Err(_) => (String::new(), Vec::new()),
    }
}

fn text(value: Value) -> String {
    match value {
        Value::Null | Value::Bool(false) => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::String(text) => text,
        Value::Array(list) if list.is_empty() => String::new(),
        Value::Array(list) if list.iter().all(is_word) => {
            joined(list.iter().filter_map(Value::as_str))
        }
        other => match without_nothing(other) {
            Value::Object(members) if members.is_empty() => String::new(),
            other => other.to_string(),
        },
    }
}

/// Members that say nothing are left out, at every depth.
fn without_nothing(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, without_nothing(value)))
            .filter(|(_, value)| !is_nothing(value))
            .collect(),
        other => other,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Whether a value is a text that a comma can part from others.
fn is_word(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    !text.is_empty() && !text.contains([',', ' ', '[', '{'])
}

/// Words in one.
pub(super) fn joined<'t>(words: impl Iterator<Item = &'t str>) -> String {
    words.collect::<Vec<_>>().join(",")
}
