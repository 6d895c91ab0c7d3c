//! Overlays (OpenAPI Overlay Specification 1.0.0 and 1.1.0): changes to the document, made before anything else looks at it.

mod change;
mod query;
mod sources;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use serde_json::Value;

use self::change::{Mismatch, Update};
pub(super) use self::sources::Sources;
use super::files::read_limited;
use super::tree::{Map, Tree};
use super::{parse, text};
use crate::config::{Limits, nearest};
use crate::diag::{Code, Diagnostics, SpecPath};

const ROOT_KEYS: [&str; 4] = ["overlay", "info", "extends", "actions"];
const ACTION_KEYS: [&str; 5] = ["target", "description", "update", "remove", "copy"];

/// The document while overlays change it.
struct Changing<'a> {
    tree: &'a mut Tree,
    /// The same as JSON, which queries are asked of.
    json: Value,
    sources: Sources,
    /// How many values there are at most.
    nodes: usize,
    limits: &'a Limits,
    diagnostics: &'a mut Diagnostics,
}

/// Applies overlays in order. Each one's bytes are handed to `read`. What is wrong with them is reported, and the rest applied.
pub(super) fn apply(
    tree: &mut Tree,
    overlays: &[PathBuf],
    limits: &Limits,
    diagnostics: &mut Diagnostics,
    mut read: impl FnMut(&[u8]),
) -> Sources {
    if overlays.is_empty() {
        return Sources::default();
    }
    let mut changing = Changing {
        json: tree.to_json(),
        nodes: size(tree).0,
        tree,
        sources: Sources::default(),
        limits,
        diagnostics,
    };
    for file in overlays {
        if let Some(overlay) = load(file, limits, changing.diagnostics, &mut read) {
            changing.overlay(&overlay, &SpecPath::in_document(&name(file)));
        }
    }
    changing.sources
}

/// What messages call an overlay.
pub(super) fn name(file: &Path) -> String {
    file.display().to_string()
}

fn load(
    file: &Path,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
    read: &mut impl FnMut(&[u8]),
) -> Option<Tree> {
    let name = name(file);
    let text = read_limited(file, limits).and_then(|bytes| {
        read(&bytes);
        text::decode(bytes, &name)
    });
    match text {
        Ok(text) => {
            let root = SpecPath::in_document(&name);
            parse::parse(&text, &name, &root, limits, diagnostics).ok()
        }
        Err(mut fault) => {
            if fault.code == Code::Unreadable {
                fault.help =
                    "name an overlay in YAML or JSON; a path counts from the config's folder"
                        .to_owned();
            }
            diagnostics.push(fault);
            None
        }
    }
}

impl Changing<'_> {
    fn overlay(&mut self, overlay: &Tree, place: &SpecPath) {
        let version = overlay.child("overlay").and_then(Tree::scalar_text);
        if !version.is_some_and(|version| version == "1" || version.starts_with("1.")) {
            let at = if overlay.child("overlay").is_some() {
                place.join("overlay")
            } else {
                place.clone()
            };
            let help = "an overlay begins with `overlay: 1.0.0` (https://spec.openapis.org/overlay/latest.html)";
            return self.refuse(&at, "this is no overlay of version 1".to_owned(), help);
        }
        if let Some(map) = overlay.as_map() {
            self.check_keys(map, place, &ROOT_KEYS);
        }
        let actions = place.join("actions");
        let Some(list) = overlay
            .child("actions")
            .and_then(Tree::as_list)
            .filter(|list| !list.is_empty())
        else {
            return self.refuse(
                place,
                "the overlay has no list of `actions`".to_owned(),
                "give it at least one",
            );
        };
        for (index, action) in list.iter().enumerate() {
            self.action(action, &actions.index(index));
        }
    }

    fn action(&mut self, action: &Tree, place: &SpecPath) {
        let Some(map) = action.as_map() else {
            let message = format!("the action is {}, not a mapping", action.kind());
            return self.refuse(
                place,
                message,
                "give it a `target`, and `update`, `remove` or `copy`",
            );
        };
        self.check_keys(map, place, &ACTION_KEYS);
        let at = place.join("target");
        let Some(target) = map.get("target").and_then(Tree::as_text) else {
            return self.refuse(
                place,
                "the action has no `target`".to_owned(),
                "write a JSONPath, such as `$.paths['/things'].get`",
            );
        };
        let Some(places) = self.places(target, &at) else {
            return;
        };
        match (map.get("remove"), map.get("copy"), map.get("update")) {
            (Some(Tree::Bool(true)), _, _) => self.remove(&places, &at),
            (None | Some(Tree::Bool(false)), Some(Tree::Text(from)), None) => {
                self.copy(from, &places, &place.join("copy"));
            }
            (None | Some(Tree::Bool(false)), None, Some(value)) => {
                let update = Update {
                    value,
                    source: place.join("update"),
                    is_copy: false,
                };
                self.update(&places, &update, &place.join("update"));
            }
            _ => self.refuse(
                place,
                "the action does not say what to do".to_owned(),
                "give it one of `update`, `remove: true` and `copy` with a JSONPath",
            ),
        }
    }

    /// The places that a query names, of which there is at least one.
    fn places(&mut self, text: &str, at: &SpecPath) -> Option<Vec<Vec<String>>> {
        let query = match query::parse(text) {
            Ok(query) => query,
            Err(reason) => {
                let message = format!("`{text}` is no JSONPath: {reason}");
                self.refuse(
                    at,
                    message,
                    "see RFC 9535 for the notation, such as `$.paths['/things'].get`",
                );
                return None;
            }
        };
        let places = query::places(&query, &self.json);
        if places.is_empty() {
            let help = query::advice(text, &self.json);
            self.refuse(at, format!("`{text}` names nothing in the document"), help);
            return None;
        }
        Some(places)
    }

    fn remove(&mut self, places: &[Vec<String>], at: &SpecPath) {
        if places.iter().any(Vec::is_empty) {
            return self.refuse(
                at,
                "the whole document can't be removed".to_owned(),
                "name a part of it",
            );
        }
        // From the last on, so that no element of a list moves before its turn.
        for tokens in places.iter().rev() {
            change::remove(self.tree, tokens, &mut self.sources);
            let parent = tokens.split_last().map_or(&[][..], |(_, parent)| parent);
            self.mirror(parent);
        }
    }

    fn copy(&mut self, from: &str, places: &[Vec<String>], at: &SpecPath) {
        let Some(found) = self.places(from, at) else {
            return;
        };
        let [from] = found.as_slice() else {
            let message = format!(
                "`{from}` names {} places, and one can be copied",
                found.len()
            );
            return self.refuse(at, message, "name one place");
        };
        let Some(value) = change::node_mut(self.tree, from).cloned() else {
            return;
        };
        let source = from
            .iter()
            .fold(SpecPath::root(), |path, token| path.join(token));
        let update = Update {
            value: &value,
            source,
            is_copy: true,
        };
        self.update(places, &update, at);
    }

    fn update(&mut self, places: &[Vec<String>], update: &Update<'_>, at: &SpecPath) {
        let (nodes, depth) = size(update.value);
        let deepest = places.iter().map(Vec::len).max().unwrap_or_default();
        self.nodes = self
            .nodes
            .saturating_add(nodes.saturating_mul(places.len()));
        for (what, count, most) in [
            ("values", self.nodes, self.limits.nodes),
            ("levels", deepest + depth, self.limits.depth),
        ] {
            if count > most {
                let message =
                    format!("this makes a document of {count} {what}, and {most} are allowed");
                let help = "change less, or raise the limit in the config";
                return self.diagnostics.report(Code::Limit, at, message, help);
            }
        }
        for tokens in places {
            let Some(node) = change::node_mut(self.tree, tokens) else {
                continue;
            };
            let place = tokens
                .iter()
                .fold(SpecPath::root(), |path, token| path.join(token));
            if let Err(Mismatch {
                source,
                place,
                update: what,
                target,
            }) = change::update(node, &place, update, &mut self.sources)
            {
                let at = if update.is_copy { at } else { &source };
                let message =
                    format!("this is {what}, and what it should change in `{place}` is {target}");
                self.refuse(
                    at,
                    message,
                    "remove the part first, by an action with `remove: true`",
                );
            }
            self.mirror(tokens);
        }
    }

    /// Brings the JSON of a node up to date.
    fn mirror(&mut self, tokens: &[String]) {
        let node = tokens
            .iter()
            .try_fold(&*self.tree, |node, token| node.child(token));
        let mut json = Some(&mut self.json);
        for token in tokens {
            json = json.and_then(|json| match json {
                Value::Object(members) => members.get_mut(token),
                Value::Array(list) => list.get_mut(token.parse::<usize>().ok()?),
                _ => None,
            });
        }
        if let (Some(node), Some(json)) = (node, json) {
            *json = node.to_json();
        }
    }

    fn check_keys(&mut self, map: &Map, place: &SpecPath, known: &[&str]) {
        let unknown = map
            .keys()
            .filter(|key| !known.contains(&key.as_str()) && !key.starts_with("x-"));
        for key in unknown {
            let help = match nearest(key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", known.join(", ")),
            };
            self.refuse(
                &place.join(key),
                format!("an overlay has no `{key}` here"),
                help,
            );
        }
    }

    fn refuse(&mut self, at: &SpecPath, message: String, help: impl Into<String>) {
        self.diagnostics.report(Code::Config, at, message, help);
    }
}

/// How many values a tree has, and how deep they stand in one another.
fn size(tree: &Tree) -> (usize, usize) {
    let children: Vec<&Tree> = match tree {
        Tree::Map(map) => map.values().collect(),
        Tree::List(list) => list.iter().collect(),
        _ => return (1, 0),
    };
    children
        .into_iter()
        .map(size)
        .fold((1, 1), |(nodes, depth), (inner, below)| {
            (nodes + inner, depth.max(below + 1))
        })
}
