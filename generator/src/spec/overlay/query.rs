//! JSONPath queries (RFC 9535): what a target names.

use std::cmp::Ordering;

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::config::nearest;

/// The longest query, in bytes.
const LONGEST: usize = 10_000;

/// How deep brackets may stand in one another in a query: it is read by functions that call themselves.
const DEPTH: usize = 32;

/// Reads a query; else says why it is none.
pub(super) fn parse(text: &str) -> Result<JsonPath, String> {
    if text.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH {
            return Err(format!(
                "brackets stand more than {DEPTH} deep in one another"
            ));
        }
    }
    JsonPath::parse(text).map_err(|error| {
        let character = error.position() + 1;
        format!("it can't be read from character {character} on")
    })
}

/// The places that a query names, each once, in the order of the document's lists.
pub(super) fn places(query: &JsonPath, json: &Value) -> Vec<Vec<String>> {
    let located = query.query_located(json);
    let tokens = |pointer: String| -> Vec<String> {
        let unescaped = |token: &str| token.replace("~1", "/").replace("~0", "~");
        pointer.split('/').skip(1).map(unescaped).collect()
    };
    let mut places: Vec<Vec<String>> = located
        .locations()
        .map(|location| tokens(location.to_json_pointer()))
        .collect();
    places.sort_by(|a, b| order(a, b));
    places.dedup();
    places
}

/// By token, and by number where both are numbers.
fn order(a: &[String], b: &[String]) -> Ordering {
    let number = |token: &String| token.parse::<usize>().ok();
    for (a, b) in a.iter().zip(b) {
        let order = match (number(a), number(b)) {
            (Some(left), Some(right)) => left.cmp(&right).then_with(|| a.cmp(b)),
            _ => a.cmp(b),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    a.len().cmp(&b.len())
}

/// What can be said of a query that names nothing: how far it leads, and what is near there.
pub(super) fn advice(text: &str, json: &Value) -> String {
    let cuts = text.char_indices().rev();
    let cuts = cuts.filter(|(_, char)| matches!(char, '.' | '['));
    for (at, _) in cuts {
        let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else {
            continue;
        };
        let Ok(query) = parse(before) else { continue };
        let found = query.query(json);
        let Some(first) = found.first() else { continue };
        let name = after.trim_start_matches(['.', '[', '\'', '"']);
        let is_quoted = after.starts_with('[');
        let end = match is_quoted {
            true => name.find(['\'', '"', ']']),
            false => name.find(['.', '[']),
        };
        let name = name.get(..end.unwrap_or(name.len())).unwrap_or(name);
        let keys = first
            .as_object()
            .into_iter()
            .flat_map(|members| members.keys());
        return match nearest(name, keys.map(String::as_str)) {
            Some(near) => format!("`{before}` has no `{name}`; did you mean `{near}`?"),
            None => format!("`{before}` is there; correct what follows it, or remove the action"),
        };
    }
    "correct the target, or remove the action".to_owned()
}
