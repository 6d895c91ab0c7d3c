//! The document as plain JSON, with references followed.

use std::borrow::Cow;
use std::path::Path;

use serde_json::Value;

use super::{files, modern};

/// How many references may lead to one another.
const REFERENCES: usize = 64;

/// An OpenAPI document: as version 3.0 writes it, and in one piece where it is of several files.
#[derive(Clone, Debug)]
pub struct Document {
    root: Value,
}

/// A part of a document and where it stands.
#[derive(Clone, Debug)]
pub struct Node<'d> {
    /// A JSON pointer with `#` before it; empty where the place is not known.
    pub pointer: String,
    /// What stands there, references followed.
    pub schema: &'d Value,
}

impl Document {
    /// Reads a document, YAML or JSON.
    ///
    /// # Panics
    ///
    /// Where the file cannot be read or parsed.
    #[must_use]
    pub fn load(path: impl AsRef<Path>) -> Self {
        Self::open(path).unwrap_or_else(|fault| panic!("{fault}"))
    }

    /// Reads a document, YAML or JSON, with the files that it refers to.
    ///
    /// # Errors
    ///
    /// A file cannot be read or parsed; the message names it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, String> {
        let mut root = files::bundled(path.as_ref())?;
        modern::rewrite(&mut root);
        Ok(Self { root })
    }

    /// Reads a document from its text, YAML or JSON.
    ///
    /// # Panics
    ///
    /// Where the text cannot be parsed.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut root = files::parse(text).expect("the document can be parsed");
        modern::rewrite(&mut root);
        Self { root }
    }

    /// The whole document.
    #[must_use]
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// What stands at a JSON pointer (RFC 6901), which may begin with `#`.
    ///
    /// # Panics
    ///
    /// Where nothing stands there.
    #[must_use]
    pub fn get(&self, pointer: &str) -> &Value {
        self.find(pointer)
            .unwrap_or_else(|| panic!("nothing stands at {pointer}"))
    }

    /// What stands at a JSON pointer, if anything does. A pointer may lead through references, as in documents that were cut apart
    /// and joined again.
    #[must_use]
    pub fn find(&self, pointer: &str) -> Option<&Value> {
        let pointer = pointer.strip_prefix('#').unwrap_or(pointer);
        let pointer = percent_decoded(pointer);
        at(&self.root, &pointer).or_else(|| self.find_through(&pointer, REFERENCES))
    }

    fn find_through(&self, pointer: &str, left: usize) -> Option<&Value> {
        let mut value = &self.root;
        for token in pointer.split('/').skip(1) {
            let token = unescaped(token);
            let mut left = left;
            while child(value, &token).is_none() {
                left = left.checked_sub(1)?;
                // What stands beside a reference may have moved it into an `allOf`.
                let target = value
                    .get("$ref")
                    .or_else(|| value.get("allOf")?.get(0)?.get("$ref"));
                let target = target?.as_str()?.trim_start_matches('#').to_owned();
                value = at(&self.root, &target).or_else(|| self.find_through(&target, left))?;
            }
            value = child(value, &token)?;
        }
        Some(value)
    }

    /// The value itself, references followed.
    ///
    /// # Panics
    ///
    /// Where a reference leads nowhere, or in a circle.
    #[must_use]
    pub fn resolve<'d>(&'d self, value: &'d Value) -> &'d Value {
        self.node(String::new(), value).schema
    }

    /// The part at a pointer, references followed: its own place is that of the last reference.
    ///
    /// # Panics
    ///
    /// As [`Document::get`] and [`Document::resolve`].
    #[must_use]
    pub fn node_at(&self, pointer: &str) -> Node<'_> {
        self.node(pointer.to_owned(), self.get(pointer))
    }

    /// A value that stands at `pointer`, references followed.
    ///
    /// # Panics
    ///
    /// As [`Document::resolve`].
    #[must_use]
    pub fn node<'d>(&'d self, pointer: String, value: &'d Value) -> Node<'d> {
        let mut node = Node {
            pointer,
            schema: value,
        };
        for _ in 0..REFERENCES {
            let Some(reference) = node.schema.get("$ref").and_then(Value::as_str) else {
                return node;
            };
            node = Node {
                pointer: reference.to_owned(),
                schema: self.get(reference),
            };
        }
        panic!("the references at {} lead in a circle", node.pointer);
    }
}

impl<'d> Node<'d> {
    /// A member, with its own place and references not followed.
    #[must_use]
    pub fn member(&self, key: &str) -> Option<(String, &'d Value)> {
        let value = self.schema.get(key)?;
        Some((join(&self.pointer, key), value))
    }

    /// The elements of a member that is a list, references followed.
    #[must_use]
    pub fn list(&self, document: &'d Document, key: &str) -> Vec<Node<'d>> {
        let Some((pointer, Value::Array(items))) = self.member(key) else {
            return Vec::new();
        };
        items
            .iter()
            .enumerate()
            .map(|(index, item)| document.node(join(&pointer, &index.to_string()), item))
            .collect()
    }

    /// The members of a member that is an object, references followed.
    #[must_use]
    pub fn entries(&self, document: &'d Document, key: &str) -> Vec<(&'d str, Node<'d>)> {
        let Some((pointer, Value::Object(members))) = self.member(key) else {
            return Vec::new();
        };
        members
            .iter()
            .map(|(name, value)| (name.as_str(), document.node(join(&pointer, name), value)))
            .collect()
    }

    /// Whether a keyword is `true`.
    #[must_use]
    pub fn flag(&self, key: &str) -> bool {
        self.schema.get(key) == Some(&Value::Bool(true))
    }

    /// A keyword's text; empty where there is none.
    #[must_use]
    pub fn text(&self, key: &str) -> &'d str {
        self.schema
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// A keyword's whole number.
    #[must_use]
    pub fn count(&self, key: &str) -> Option<usize> {
        let number = self.schema.get(key)?.as_u64()?;
        usize::try_from(number).ok()
    }

    /// The names that `required` lists.
    pub fn required(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        let list = self.schema.get("required").and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str)
    }
}

/// What stands at a pointer, references not followed. This is asked for each value of each instance, so it copies nothing where
/// nothing is escaped.
fn at<'v>(root: &'v Value, pointer: &str) -> Option<&'v Value> {
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return None;
    }
    let mut tokens = pointer.split('/').skip(1);
    tokens.try_fold(root, |value, token| child(value, &unescaped(token)))
}

/// A token as it is meant (RFC 6901, section 4).
fn unescaped(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

fn child<'v>(value: &'v Value, token: &str) -> Option<&'v Value> {
    match value {
        Value::Array(list) => list.get(token.parse::<usize>().ok()?),
        value => value.get(token),
    }
}

/// A pointer one step further (RFC 6901, section 3).
#[must_use]
pub fn join(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// A pointer may stand in a URI fragment (RFC 6901, section 6).
fn percent_decoded(pointer: &str) -> Cow<'_, str> {
    if !pointer.contains('%') {
        return Cow::Borrowed(pointer);
    }
    let mut bytes = Vec::with_capacity(pointer.len());
    let mut rest = pointer.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = tail.get(..2).and_then(|digits| {
            let digits = std::str::from_utf8(digits).ok()?;
            u8::from_str_radix(digits, 16).ok()
        });
        match escaped {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    Cow::Owned(String::from_utf8(bytes).expect("a pointer is UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_may_lead_through_references_and_a_circle_ends() {
        let document = Document::parse("{a: {$ref: '#/b'}, b: {c: [{d: 1}]}, e: {$ref: '#/e'}}");
        assert_eq!(document.find("#/a/c/0/d"), Some(&Value::from(1)));
        assert_eq!(document.find("#/e/f"), None);
    }

    #[test]
    fn references_are_followed_to_the_end() {
        let document = Document::parse(
            "{a: {$ref: '#/b~1c/d%20e'}, b/c: {d e: {$ref: '#/f'}}, f: {type: string}}",
        );
        let node = document.node_at("#/a");
        assert_eq!(node.pointer, "#/f");
        assert_eq!(node.text("type"), "string");
        assert_eq!(document.resolve(document.get("/a")), document.get("#/f"));
    }
}
