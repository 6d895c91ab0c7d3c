//! The value tree: what YAML and JSON have in common, in document order.

use indexmap::IndexMap;
use serde_json::{Number, Value};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Tree>),
    /// Boxed, so that the many scalars stay small.
    Map(Box<Map>),
}

/// A mapping; keys that YAML would read as numbers or truth values are text here.
pub(super) type Map = IndexMap<String, Tree>;

impl Tree {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(super) fn map<const N: usize>(entries: [(&str, Self); N]) -> Self {
        let entries = entries
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value));
        Self::Map(Box::new(entries.collect()))
    }

    pub(super) fn as_map(&self) -> Option<&Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    pub(super) fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The `$ref` of a mapping that has one.
    pub(super) fn reference(&self) -> Option<&str> {
        self.as_map()?.get("$ref")?.as_text()
    }

    /// The child under one token of a JSON pointer.
    pub(super) fn child(&self, token: &str) -> Option<&Self> {
        match self {
            Self::Map(map) => map.get(token),
            Self::List(list) => list.get(token.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// How many nodes it has, itself among them, and how deep they stand; none where there are more than `most`.
    pub(super) fn size_up_to(&self, most: usize) -> Option<(usize, usize)> {
        let mut open = vec![(self, 0)];
        let mut nodes = 0_usize;
        let mut deepest = 0_usize;
        while let Some((tree, depth)) = open.pop() {
            nodes += 1;
            deepest = deepest.max(depth);
            if nodes > most {
                return None;
            }
            match tree {
                Self::Map(map) => open.extend(map.values().map(|tree| (tree, depth + 1))),
                Self::List(list) => open.extend(list.iter().map(|tree| (tree, depth + 1))),
                _ => {}
            }
        }
        Some((nodes, deepest))
    }

    /// What it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a truth value",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }

    /// The same value as JSON.
    pub(super) fn to_json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(number) => Value::Number(number.clone()),
            Self::Text(text) => Value::String(text.clone()),
            Self::List(list) => Value::Array(list.iter().map(Self::to_json).collect()),
            Self::Map(map) => Value::Object(
                map.iter()
                    .map(|(key, value)| (key.clone(), value.to_json()))
                    .collect(),
            ),
        }
    }

    /// A scalar as the text that it most likely was; none for null, lists and mappings.
    pub(super) fn scalar_text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) => Some(number.to_string()),
            Self::Bool(value) => Some(value.to_string()),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }
}
