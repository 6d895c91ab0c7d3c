//! What a schema says of a value as such: its type, its values, its length, its pattern, its format.

use fancy_regex::Regex;
use serde_json::{Map, Value};

use super::{Faults, Validator};
use crate::oracle::compare::difference;

impl Validator<'_> {
    /// Everything but members and items.
    pub(super) fn scalar(&self, schema: &Map<String, Value>, value: &Value, faults: &mut Faults) {
        if let Some(name) = schema.get("type").and_then(Value::as_str)
            && !is_of_type(name, value)
            && !speaks_of_variants(name, schema)
        {
            faults.add(format!("{value} is not of the type {name}"));
            return;
        }
        if let Some(allowed) = schema.get("enum").and_then(Value::as_array)
            && !allowed
                .iter()
                .any(|allowed| difference(allowed, value).is_none())
        {
            faults.add(format!("{value} is not one of the values"));
        }
        match value {
            Value::String(text) => self.text(schema, text, faults),
            Value::Number(number) => {
                let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
                let strict = |key: &str| schema.get(key) == Some(&Value::Bool(true));
                let number = number.as_f64().unwrap_or(f64::NAN);
                if limit("minimum").is_some_and(|least| {
                    number < least || (strict("exclusiveMinimum") && number <= least)
                }) {
                    faults.add(format!("{value} is too small"));
                }
                if limit("maximum").is_some_and(|most| {
                    number > most || (strict("exclusiveMaximum") && number >= most)
                }) {
                    faults.add(format!("{value} is too large"));
                }
                let fits = match schema.get("format").and_then(Value::as_str) {
                    Some("int32") => value.as_i64().is_some_and(|n| i32::try_from(n).is_ok()),
                    Some("int64") => value.as_i64().is_some(),
                    _ => true,
                };
                if !fits && schema.get("type").and_then(Value::as_str) == Some("integer") {
                    faults.add(format!("{value} is too large for its format"));
                }
            }
            _ => {}
        }
    }

    fn text(&self, schema: &Map<String, Value>, text: &str, faults: &mut Faults) {
        self.count(
            schema,
            ["minLength", "maxLength"],
            text.chars().count(),
            "characters",
            faults,
        );
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str)
            && !self.matches(pattern, text)
        {
            faults.add(format!("{text:?} does not match {pattern}"));
        }
        let fits = match schema.get("format").and_then(Value::as_str) {
            Some("date-time") => self.matches(DATE_TIME, text),
            Some("date") => self.matches(DATE, text),
            Some("uuid") => self.matches(UUID, text),
            Some("byte") => self.matches(BASE64, text),
            _ => true,
        };
        if !fits {
            faults.add(format!("{text:?} does not have its format"));
        }
    }

    /// Whether a text matches somewhere. A pattern that cannot be understood says nothing.
    fn matches(&self, pattern: &str, text: &str) -> bool {
        let mut patterns = self.patterns.borrow_mut();
        if !patterns.contains_key(pattern) {
            patterns.insert(pattern.to_owned(), Regex::new(pattern).ok());
        }
        let regex = patterns.get(pattern).and_then(Option::as_ref);
        regex.is_none_or(|regex| regex.is_match(text).unwrap_or(true))
    }

    /// Holds a count against its least and its most.
    pub(super) fn count(
        &self,
        schema: &Map<String, Value>,
        [least, most]: [&str; 2],
        count: usize,
        what: &str,
        faults: &mut Faults,
    ) {
        let limit = |key: &str| schema.get(key).and_then(Value::as_u64);
        let count = count as u64;
        if limit(least).is_some_and(|least| count < least) {
            faults.add(format!("{count} {what} are too few"));
        }
        if limit(most).is_some_and(|most| count > most) {
            faults.add(format!("{count} {what} are too many"));
        }
    }
}

/// RFC 3339, section 5.6.
const DATE_TIME: &str = r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$";
const DATE: &str = r"^\d{4}-\d{2}-\d{2}$";
const UUID: &str = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";
const BASE64: &str = r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";

fn is_of_type(name: &str, value: &Value) -> bool {
    match name {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => {
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|n| n.fract() == 0.0)
        }
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

/// Documents write `type: object` beside alternatives that are texts; the alternatives count.
fn speaks_of_variants(name: &str, schema: &Map<String, Value>) -> bool {
    let has = |key| schema.contains_key(key);
    name == "object" && (has("oneOf") || has("anyOf")) && !has("properties")
}
