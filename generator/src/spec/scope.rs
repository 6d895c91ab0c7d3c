//! References that count from a schema and not from the document: what `$id`, `$anchor`, `$dynamicAnchor` and `$defs` name
//! (JSON Schema 2020-12, core, 8.2 and 9.2). Each is written as the pointer that it means, and followed as such.

use std::borrow::Cow;
use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use super::files::Files;
use super::tree::{Map, Tree};
use crate::diag::SpecPath;

/// The schemas of a file that have a name of their own.
#[derive(Default)]
pub(super) struct Named {
    /// By anchor, in document order.
    anchors: HashMap<String, Vec<SpecPath>>,
    /// How often an anchor is one that references from elsewhere can bind.
    dynamic: HashMap<String, usize>,
    /// By `$id`, as it is written.
    ids: HashMap<String, SpecPath>,
}

impl Named {
    /// The names in a file.
    pub(super) fn of(tree: &Tree, root: SpecPath) -> Self {
        let mut named = Self::default();
        let mut open = vec![(tree, root)];
        // Depth first with a stack of its own: children are pushed in reverse, so that they come in document order.
        while let Some((tree, path)) = open.pop() {
            match tree {
                Tree::Map(map) => {
                    named.add(map, &path);
                    let inner = map.iter().rev().filter(|(_, tree)| has_children(tree));
                    open.extend(inner.map(|(key, tree)| (tree, path.join(key))));
                }
                Tree::List(list) => {
                    let inner = list.iter().enumerate().rev();
                    let inner = inner.filter(|(_, tree)| has_children(tree));
                    open.extend(inner.map(|(index, tree)| (tree, path.index(index))));
                }
                _ => {}
            }
        }
        named
    }

    fn add(&mut self, map: &Map, path: &SpecPath) {
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = map.get(keyword).and_then(Tree::as_text) {
                let places = self.anchors.entry(name.to_owned()).or_default();
                places.push(path.clone());
            }
        }
        if let Some(name) = map.get("$dynamicAnchor").and_then(Tree::as_text) {
            *self.dynamic.entry(name.to_owned()).or_default() += 1;
        }
        if let Some(id) = map.get("$id").and_then(Tree::as_text) {
            let id = id.trim_end_matches('#').to_owned();
            self.ids.entry(id).or_insert_with(|| path.clone());
        }
    }
}

fn has_children(tree: &Tree) -> bool {
    matches!(tree, Tree::Map(_) | Tree::List(_))
}

/// The reference as a pointer from the root of its file, where it counts from a schema around `at`, or names a schema by an anchor
/// or an id; else as it is.
pub(super) fn from_root<'r>(
    files: &mut Files<'_>,
    reference: &'r str,
    at: &SpecPath,
) -> Cow<'r, str> {
    // Nearly all references; a schema has no such members of its own.
    if reference.starts_with("#/components/") || reference.starts_with("#/paths/") {
        return Cow::Borrowed(reference);
    }
    match find(files, reference, at) {
        Some(path) => Cow::Owned(format!("#{}", path.pointer().replace('%', "%25"))),
        None => Cow::Borrowed(reference),
    }
}

fn find(files: &mut Files<'_>, reference: &str, at: &SpecPath) -> Option<SpecPath> {
    let tree = files.known(at.document())?;
    let (resource, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let around = around(&tree, at);
    let nearest_id = around
        .iter()
        .rev()
        .find_map(|(map, path)| Some((id_of(map)?, path)));
    let base = match (resource, nearest_id) {
        ("", Some((_, path))) => Some(path.clone()),
        ("", None) => None,
        (resource, nearest) => {
            let ids = &files.named(at.document())?.ids;
            let beside = nearest
                .and_then(|(id, _)| id.rsplit_once('/'))
                .and_then(|(folder, _)| ids.get(&format!("{folder}/{resource}")));
            Some(ids.get(resource).or(beside)?.clone())
        }
    };
    let fragment = percent_decode_str(fragment).decode_utf8().ok()?;
    match fragment.strip_prefix('/') {
        Some(pointer) => {
            let inside_base = base.and_then(|base| descend(&tree, base, pointer));
            let from_the_root = || descend(&tree, SpecPath::in_document(at.document()), pointer);
            if resource.is_empty() && inside_base.is_none() && from_the_root().is_some() {
                return None;
            }
            // By the letter `#` is the root where there is no `$id`, but many a schema brings its definitions along.
            let inside_nearest = || {
                let own = ["$defs", "definitions"];
                let own = own
                    .iter()
                    .find(|own| pointer.split('/').next() == Some(own))?;
                let mut around = around
                    .iter()
                    .rev()
                    .filter(|(map, _)| map.contains_key(*own));
                around.find_map(|(_, path)| descend(&tree, path.clone(), pointer))
            };
            inside_base.or_else(inside_nearest)
        }
        None if fragment.is_empty() => base.or_else(|| outermost_schema(at)),
        None => {
            let places = files.named(at.document())?.anchors.get(&*fragment)?;
            // What stands nearest is meant: the same name can be given in several schemas.
            let around = around.into_iter().rev().map(|(_, path)| path);
            let mut nearest = base.into_iter().chain(around).filter_map(|outer| {
                let mut places = places.iter();
                places.find(|place| is_inside(place, &outer))
            });
            nearest.next().cloned()
        }
    }
}

/// How many schemas a dynamic reference can mean, depending on where the way to it began.
pub(super) fn bindings(files: &mut Files<'_>, reference: &str, document: &str) -> usize {
    let named = files.named(document);
    let places = reference
        .split_once('#')
        .and_then(|(_, anchor)| named?.dynamic.get(anchor));
    places.copied().unwrap_or_default()
}

fn is_inside(path: &SpecPath, outer: &SpecPath) -> bool {
    let rest = path.pointer().strip_prefix(outer.pointer());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The mappings around a place and at it, from the outside in.
fn around<'t>(tree: &'t Tree, at: &SpecPath) -> Vec<(&'t Map, SpecPath)> {
    let mut found = Vec::new();
    let mut node = tree;
    let mut path = SpecPath::in_document(at.document());
    for token in at.tokens() {
        found.extend(node.as_map().map(|map| (map, path.clone())));
        let Some(child) = node.child(&token) else {
            return found;
        };
        node = child;
        path = path.join(&token);
    }
    found.extend(node.as_map().map(|map| (map, path)));
    found
}

/// The `$id` by which a schema is the root of what it holds; one that is only a fragment is an anchor of older drafts.
fn id_of(map: &Map) -> Option<&str> {
    let id = map.get("$id")?.as_text()?;
    (!id.starts_with('#')).then_some(id)
}

/// The place that a pointer leads to from another.
fn descend(tree: &Tree, base: SpecPath, pointer: &str) -> Option<SpecPath> {
    let mut node = base
        .tokens()
        .try_fold(tree, |node, token| node.child(&token))?;
    let mut path = base;
    for token in pointer.split('/') {
        let token = token.replace("~1", "/").replace("~0", "~");
        // The rest of the way may lead through a reference.
        if node.reference().is_some() && node.child(&token).is_none() {
            return Some(path.join(&token));
        }
        node = node.child(&token)?;
        path = path.join(&token);
    }
    Some(path)
}

/// The component that a place in the root document is in: `#` means it, for the document is no schema.
fn outermost_schema(at: &SpecPath) -> Option<SpecPath> {
    let mut tokens = at.tokens();
    let is_schema =
        at.document().is_empty() && tokens.next()? == "components" && tokens.next()? == "schemas";
    let name = tokens.next()?;
    is_schema.then(|| {
        SpecPath::root()
            .join("components")
            .join("schemas")
            .join(&name)
    })
}
