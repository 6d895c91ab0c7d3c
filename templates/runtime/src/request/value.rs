//! Values on their way into paths, queries, headers and forms.

use serde::ser::Serialize;
use serde_json::value::RawValue;

use crate::codec::{items, members};

/// A JSON value taken apart. Objects keep their members in the order in which they were written, and numbers their
/// digits; in `serde_json::Value` both depend on features that other crates of a program may turn on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    json: String,
    pub(super) parts: Parts,
}

/// What a value consists of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Parts {
    Null,
    Text(String),
    /// A number or a boolean: its JSON is its text.
    Plain,
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Takes apart what a type writes.
    pub(super) fn of<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Self> {
        Self::parse(&serde_json::to_string(value)?)
    }

    /// Takes JSON apart that begins with the value.
    pub(super) fn parse(json: &str) -> serde_json::Result<Self> {
        let part = |json: &RawValue| Self::parse(json.get());
        let parts = match json.as_bytes().first() {
            Some(b'n') => Parts::Null,
            Some(b'"') => Parts::Text(serde_json::from_str(json)?),
            Some(b'[') => {
                let items = items(json)?.into_iter().map(part);
                Parts::List(items.collect::<Result<_, _>>()?)
            }
            Some(b'{') => {
                let members = members(json)?.into_iter().map(|(name, value)| Ok((name, part(value)?)));
                Parts::Object(members.collect::<serde_json::Result<_>>()?)
            }
            _ => Parts::Plain,
        };
        Ok(Self { json: json.to_owned(), parts })
    }

    pub(super) fn is_null(&self) -> bool {
        self.parts == Parts::Null
    }

    /// The value as JSON text.
    pub(super) fn json(&self) -> &str {
        &self.json
    }

    /// A single value's text. Lists and objects inside other lists and objects have no standard form: JSON.
    pub(super) fn scalar(&self) -> &str {
        match &self.parts {
            Parts::Text(text) => text,
            _ => &self.json,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_order_and_numbers_their_digits() {
        let json = r#"{"z":1.50,"a":{"y":[18446744073709551616],"b":null}}"#;
        let value = Value::parse(json).unwrap();
        let Parts::Object(members) = &value.parts else {
            panic!("{value:?}");
        };
        assert_eq!((&*members[0].0, members[0].1.scalar()), ("z", "1.50"));
        let inner = r#"{"y":[18446744073709551616],"b":null}"#;
        assert_eq!((&*members[1].0, members[1].1.scalar()), ("a", inner));
        assert_eq!(value.json(), json);
    }

    #[test]
    fn a_text_is_itself_and_not_its_json() {
        let value = Value::of("a\"ü").unwrap();
        assert_eq!((value.scalar(), value.json()), ("a\"ü", r#""a\"ü""#));
        assert!(Value::of(&None::<i32>).unwrap().is_null());
        assert_eq!(Value::of(&0.1_f32).unwrap().scalar(), "0.1");
    }
}
