//! JSON that has no type of its own. It is read from text as typed JSON is, never from bytes, so
//! that a program holds one copy of serde_json's reader.

use std::fmt;
use std::str;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// Reads one JSON value from the whole of `bytes`. Nothing, when they are not JSON.
pub(crate) fn tree(bytes: &[u8]) -> Option<Value> {
    serde_json::from_str(str::from_utf8(bytes).ok()?).ok()
}

/// The members of a JSON object, in order, their values as text.
pub(crate) fn members(json: &str) -> serde_json::Result<Vec<(String, &RawValue)>> {
    let Members(members) = serde_json::from_str(json)?;
    Ok(members)
}

/// The items of a JSON list, as text.
pub(crate) fn items(json: &str) -> serde_json::Result<Vec<&RawValue>> {
    serde_json::from_str(json)
}

/// The value at a JSON pointer (RFC 6901), as text. Nothing, where there is none, or what should
/// hold it is not JSON. Of two members with one name the last counts. No tree is built: for a few
/// small members that would be much code.
pub(crate) fn value_at<'a>(json: &'a str, pointer: &str) -> Option<&'a str> {
    let mut steps = pointer.split('/');
    if steps.next() != Some("") {
        return None;
    }
    steps.try_fold(json.trim_ascii(), |json, step| {
        let step = unescaped(step);
        let value = if json.starts_with('[') {
            items(json).ok()?.into_iter().nth(step.parse().ok()?)
        } else {
            members(json).ok()?.into_iter().rev().find(|(name, _)| *name == step).map(|(_, value)| value)
        };
        value.map(RawValue::get)
    })
}

/// The text at a JSON pointer; of a number or a truth value its JSON text.
pub(crate) fn text_at(json: &str, pointer: &str) -> Option<String> {
    let value = value_at(json, pointer)?;
    match value.as_bytes().first()? {
        b'"' => serde_json::from_str(value).ok(),
        b'{' | b'[' | b'n' => None,
        _ => Some(value.to_owned()),
    }
}

/// A step of a JSON pointer: `~1` is a slash, `~0` the tilde itself.
fn unescaped(step: &str) -> String {
    let mut pieces = step.split('~');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (character, rest) = match piece.strip_prefix('1') {
            Some(rest) => ('/', rest),
            None => ('~', piece.strip_prefix('0').unwrap_or(piece)),
        };
        text.push(character);
        text.push_str(rest);
    }
    text
}

struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

#[cfg(test)]
mod tests {
    use super::value_at;

    #[test]
    fn a_pointer_leads_through_objects_and_lists() {
        let json = r#" {"a": [1, {"b/~c": "x"}], "d": 1, "d": 2, "": 3} "#;
        for (pointer, value) in [
            ("/a/0", Some("1")),
            ("/a/1/b~1~0c", Some(r#""x""#)),
            ("/a/2", None),
            ("/a/b", None),
            ("/d", Some("2")),
            ("/d/e", None),
            ("/", Some("3")),
            ("", Some(json.trim())),
            ("a", None),
        ] {
            assert_eq!(value_at(json, pointer), value, "{pointer}");
        }
        assert_eq!(value_at("<html>", "/a"), None);
        assert_eq!(value_at(r#"{"a": 1,}"#, "/a"), None);
    }
}
