//! The members of an object, collected through `allOf`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Direction;
use super::union;
use crate::oracle::document::{Document, Node};

/// How many wrappers and alternatives may stand inside one another.
const DEPTH: usize = 16;

/// What an object may and must have.
#[derive(Default)]
pub(super) struct Members<'d> {
    /// Every declaration of every property.
    pub(super) properties: BTreeMap<&'d str, Vec<Node<'d>>>,
    /// The properties that must be there.
    pub(super) required: BTreeSet<&'d str>,
    /// What all other properties hold, where the document says so; the last word counts.
    pub(super) rest: Option<Node<'d>>,
    /// Whether a part says that there are no others.
    pub(super) closed: bool,
    /// The tag values by which a parent's discriminator means the schema that is looked at.
    pub(super) tags: BTreeMap<&'d str, Vec<String>>,
    seen: BTreeSet<String>,
}

impl<'d> Members<'d> {
    /// The members of schemas taken together. A union among them lends its properties and not its variants: else a parent that
    /// lists its children, which are all of their parent, would have no end.
    pub(super) fn of(document: &'d Document, parts: &[Node<'d>]) -> Self {
        let mut members = Self::default();
        for part in parts {
            members.collect(document, part, &part.pointer);
        }
        members
    }

    fn collect(&mut self, document: &'d Document, node: &Node<'d>, child: &str) {
        if !node.pointer.is_empty() && !self.seen.insert(node.pointer.clone()) {
            return;
        }
        for part in node.list(document, "allOf") {
            self.collect(document, &part, child);
        }
        for (name, property) in node.entries(document, "properties") {
            self.properties.entry(name).or_default().push(property);
        }
        self.required.extend(node.required());
        if let Some((pointer, rest)) = node.member("additionalProperties") {
            match rest {
                Value::Bool(false) => self.closed = true,
                rest => self.rest = Some(document.node(pointer, rest)),
            }
        }
        if node.pointer != child {
            let tags = union::tags_of_child(document, node, child);
            if let (Some(property), false) = (union::discriminator(node), tags.is_empty()) {
                self.tags.insert(property, tags);
            }
        }
    }

    /// The strings that a property may have, where its last declaration lists them.
    pub(super) fn allowed_texts(&self, document: &'d Document, property: &str) -> Vec<String> {
        let declarations = self.properties.get(property).into_iter().flatten();
        declarations
            .rev()
            .map(|node| texts(document, node))
            .find(|texts| !texts.is_empty())
            .unwrap_or_default()
    }
}

/// The strings that a schema lists: itself, behind a wrapper, or in all its alternatives together.
fn texts(document: &Document, node: &Node<'_>) -> Vec<String> {
    texts_at(document, node, 0)
}

fn texts_at(document: &Document, node: &Node<'_>, depth: usize) -> Vec<String> {
    if depth > DEPTH {
        return Vec::new();
    }
    if let Some(values) = node.schema.get("enum").and_then(Value::as_array) {
        let texts = values.iter().filter_map(Value::as_str);
        return texts.map(str::to_owned).collect();
    }
    if let [only] = node.list(document, "allOf").as_slice() {
        return texts_at(document, only, depth + 1);
    }
    let lists: Vec<Vec<String>> = union::alternatives(document, node)
        .iter()
        .map(|(_, alternative)| texts_at(document, alternative, depth + 1))
        .collect();
    if lists.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let mut all: Vec<String> = Vec::new();
    for text in lists.into_iter().flatten() {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

/// Whether a keyword stands on a schema, or on a part of it.
pub(super) fn says(document: &Document, node: &Node<'_>, keyword: &str) -> bool {
    says_at(document, node.schema, keyword, 0)
}

/// Of several parts one is enough (JSON Schema 2020-12, validation, section 9.4).
fn says_at(document: &Document, schema: &Value, keyword: &str, depth: usize) -> bool {
    if schema.get(keyword) == Some(&Value::Bool(true)) {
        return true;
    }
    let parts = schema.get("allOf").and_then(Value::as_array);
    depth < DEPTH
        && parts
            .into_iter()
            .flatten()
            .any(|part| says_at(document, document.resolve(part), keyword, depth + 1))
}

/// Whether a schema allows nothing at all.
pub(super) fn is_nothing(node: &Node<'_>) -> bool {
    let not = node.schema.get("not").and_then(Value::as_object);
    *node.schema == Value::Bool(false) || not.is_some_and(serde_json::Map::is_empty)
}

/// Whether a property travels in a direction (OpenAPI 3.0.3, Schema Object, `readOnly` and `writeOnly`).
pub(super) fn travels(
    document: &Document,
    declarations: &[Node<'_>],
    direction: Direction,
) -> bool {
    let any = |keyword| {
        declarations
            .iter()
            .any(|node| says(document, node, keyword))
    };
    let stays = match direction {
        Direction::Request => any("readOnly") && !any("writeOnly"),
        Direction::Response => any("writeOnly") && !any("readOnly"),
    };
    !stays
}

/// Whether a schema's values are objects, as far as it says.
pub(super) fn is_object(document: &Document, node: &Node<'_>) -> bool {
    is_object_at(document, node, 0)
}

fn is_object_at(document: &Document, node: &Node<'_>, depth: usize) -> bool {
    let has = |key| node.schema.get(key).is_some();
    match node.text("type") {
        "object" => return true,
        "" if has("properties") || has("additionalProperties") => return true,
        // A circle of alternatives says nothing.
        _ if depth > DEPTH => return false,
        _ => {}
    }
    if node
        .list(document, "allOf")
        .iter()
        .any(|part| is_object_at(document, part, depth + 1))
    {
        return true;
    }
    let alternatives = union::alternatives(document, node);
    !alternatives.is_empty()
        && alternatives
            .iter()
            .all(|(_, node)| is_object_at(document, node, depth + 1))
}

/// Whether a schema says anything of its values.
pub(super) fn says_something(node: &Node<'_>) -> bool {
    const KEYWORDS: [&str; 8] = [
        "type",
        "enum",
        "properties",
        "additionalProperties",
        "items",
        "allOf",
        "oneOf",
        "anyOf",
    ];
    KEYWORDS.iter().any(|key| node.schema.get(key).is_some())
}
