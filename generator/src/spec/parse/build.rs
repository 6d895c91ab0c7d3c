//! From the steps through a file to the tree.

use std::borrow::Cow;

use indexmap::map::Entry;
use serde::de::DeserializeSeed;

use super::super::block::{Event, What};
use super::super::tree::{Map, Tree};
use super::seed::{Node, Watch};
use crate::config::Limits;
use crate::diag::SpecPath;

/// The tree; none where there is something to complain of, which is left to the whole parser.
pub(super) fn tree(events: Vec<Event<'_>>, limits: &Limits) -> Option<Tree> {
    if events.len() > limits.nodes {
        return None;
    }
    let mut steps = events.into_iter().map(|event| event.what);
    let first = steps.next()?;
    value(first, &mut steps)
}

/// The value that a step begins.
fn value<'t>(first: What<'t>, steps: &mut impl Iterator<Item = What<'t>>) -> Option<Tree> {
    match first {
        What::Scalar(text, true) => plain(text),
        What::Scalar(text, false) => Some(Tree::Text(text.into_owned())),
        What::List => {
            let mut list = Vec::new();
            loop {
                match steps.next()? {
                    What::End => return Some(Tree::List(list)),
                    first => list.push(value(first, steps)?),
                }
            }
        }
        What::Map => {
            let mut map = Map::new();
            loop {
                let key = match steps.next()? {
                    What::End => return Some(Tree::Map(Box::new(map))),
                    What::Scalar(key, _) => key.into_owned(),
                    What::List | What::Map => return None,
                };
                let value = value(steps.next()?, steps)?;
                match map.entry(key) {
                    Entry::Vacant(place) => place.insert(value),
                    Entry::Occupied(_) => return None,
                };
            }
        }
        What::End => None,
    }
}

/// What a scalar without quotes is. All but the plainest cases are the parser's to decide.
fn plain(text: Cow<'_, str>) -> Option<Tree> {
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => return Some(Tree::Null),
        "true" | "True" | "TRUE" => return Some(Tree::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Tree::Bool(false)),
        _ => {}
    }
    if !may_be_number(&text) {
        return Some(Tree::Text(text.into_owned()));
    }
    let is_short_number = text.len() < 16 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_short_number && !text.starts_with('0') {
        let number: u64 = text.parse().ok()?;
        return Some(Tree::Number(number.into()));
    }
    let (root, limits) = (SpecPath::root(), Limits::default());
    let watch = Watch::new(&root, &limits, text.len());
    let parser = serde_yaml::Deserializer::from_str(&text);
    Node::root(&watch).deserialize(parser).ok()
}

/// Whether a scalar could be a number of any kind. Where it is not sure, it could.
fn may_be_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins_so = matches!(bytes.first(), Some(b'0'..=b'9' | b'+' | b'-' | b'.'));
    // A sign stands in front, or in front of the exponent: no date is a number.
    let signs_fit = bytes.windows(2).all(|pair| match pair {
        [before, b'+' | b'-'] => matches!(before, b'e' | b'E' | b'x' | b'o' | b'b' | b'+' | b'-'),
        _ => true,
    });
    begins_so
        && signs_fit
        && bytes.iter().any(u8::is_ascii_alphanumeric)
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-._".contains(byte))
}
