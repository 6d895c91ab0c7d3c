//! Following references through the trees.

use std::borrow::Cow;
use std::sync::Arc;

use super::document::Kind;
use super::files::Files;
use super::reference::{self, Fault};
use super::scope;
use super::tree::Tree;
use crate::config::nearest;
use crate::diag::{Diagnostics, SpecPath};

/// The most references that one reference may lead through.
const MOST_HOPS: usize = 100;

/// Why a reference leads nowhere.
pub(super) struct Unresolved {
    pub(super) message: String,
    pub(super) help: String,
}

/// Where a reference leads: the first place on its way that is not itself a reference. Without a kind, to any part of a document.
pub(super) fn follow(
    files: &mut Files<'_>,
    kind: Option<Kind>,
    reference: &str,
    document: &str,
    diagnostics: &mut Diagnostics,
) -> Result<SpecPath, Unresolved> {
    let mut path = place(reference, document)?;
    let mut passed = Vec::new();
    loop {
        path = files.canonical(path);
        if passed.len() > MOST_HOPS {
            return Err(Unresolved {
                message: format!("`{reference}` leads through more than {MOST_HOPS} references"),
                help: "let it name what stands at their end".to_owned(),
            });
        }
        if passed.contains(&path) {
            return Err(Unresolved {
                message: format!("`{reference}` leads to itself and never to {}", noun(kind)),
                help: "write out what one of the references on the way should be".to_owned(),
            });
        }
        passed.push(path.clone());
        let tree = files.tree(path.document(), diagnostics).map_err(|message| Unresolved {
            message: format!("`{reference}` leads nowhere: {message}"),
            help: "correct the file's name; it counts from the folder of the file that the reference stands in".to_owned(),
        })?;
        match step(&tree, &path, kind) {
            Step::There => return Ok(path),
            Step::On(next, rest) => {
                let next = scope::from_root(files, &next, &path);
                let place = place(&next, path.document())?;
                path = rest.iter().fold(place, |place, token| place.join(token));
            }
            Step::Missing(message, help) => {
                return Err(Unresolved {
                    message: format!("`{reference}` leads nowhere: {message}"),
                    help,
                });
            }
        }
    }
}

/// The node at a place that [`follow`] has found.
pub(super) fn node<'t>(tree: &'t Arc<Tree>, path: &SpecPath) -> Option<&'t Tree> {
    path.tokens()
        .try_fold(&**tree, |node, token| node.child(&token))
}

/// The place that was most likely meant by one that is not there: it differs in one of its keys.
pub(super) fn nearest_place(tree: &Tree, path: &SpecPath) -> Option<SpecPath> {
    let tokens: Vec<Cow<'_, str>> = path.tokens().collect();
    let mut node = tree;
    let mut place = SpecPath::in_document(path.document());
    for (depth, token) in tokens.iter().enumerate() {
        if let Some(child) = node.child(token) {
            place = place.join(token);
            node = child;
            continue;
        }
        let keys = node.as_map()?.keys().map(String::as_str);
        place = place.join(nearest(token, keys)?);
        let rest = tokens.iter().skip(depth + 1);
        let place = rest.fold(place, |place, token| place.join(token));
        let place_is_there = place
            .tokens()
            .try_fold(tree, |node, token| node.child(&token));
        return place_is_there.map(|_| place);
    }
    None
}

fn place(reference: &str, document: &str) -> Result<SpecPath, Unresolved> {
    reference::parse(reference, document).map_err(|fault| {
        let (why, help) = match fault {
            Fault::Remote => (
                "it is a URL, and nothing is fetched",
                "save the file beside the document and name it by its path",
            ),
            Fault::Outside => (
                "it lies outside the document's folder",
                "move the file below the folder of the root document",
            ),
            Fault::NotAPointer => (
                "it is no JSON pointer, and no schema has it as an anchor",
                "write `#/` and the keys from the root down, such as `#/components/schemas/Pet`",
            ),
        };
        Unresolved {
            message: format!("`{reference}` is not followed: {why}"),
            help: help.to_owned(),
        }
    })
}

enum Step {
    There,
    /// Another reference, and what is left of the pointer behind it.
    On(String, Vec<String>),
    /// What is missing, and advice.
    Missing(String, String),
}

fn step(tree: &Tree, path: &SpecPath, kind: Option<Kind>) -> Step {
    let tokens: Vec<String> = path.tokens().map(Cow::into_owned).collect();
    let mut node = tree;
    let mut walked = SpecPath::in_document(path.document());
    for (depth, token) in tokens.iter().enumerate() {
        match (node.child(token), node.reference()) {
            (Some(child), _) => node = child,
            (None, Some(next)) => {
                return Step::On(
                    next.to_owned(),
                    tokens.get(depth..).unwrap_or_default().to_vec(),
                );
            }
            (None, None) => return missing(node, token, &walked),
        }
        walked = walked.join(token);
    }
    match node.reference() {
        Some(next) if !stands_alone(kind, node) => Step::On(next.to_owned(), Vec::new()),
        _ => Step::There,
    }
}

/// Whether a node counts although it has a `$ref`: a schema whose reference has siblings.
fn stands_alone(kind: Option<Kind>, node: &Tree) -> bool {
    kind == Some(Kind::Schema) && node.as_map().is_some_and(|map| map.len() > 1)
}

fn missing(node: &Tree, token: &str, walked: &SpecPath) -> Step {
    let message = format!("there is no `{token}` in `{walked}`");
    let near = node
        .as_map()
        .and_then(|map| nearest(token, map.keys().map(String::as_str)));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "define it there, or correct the reference".to_owned(),
    };
    Step::Missing(message, help)
}

fn noun(kind: Option<Kind>) -> &'static str {
    let Some(kind) = kind else {
        return "a part of the document";
    };
    match kind {
        Kind::Schema => "a schema",
        Kind::Parameter => "a parameter",
        Kind::RequestBody => "a request body",
        Kind::Response => "a response",
        Kind::Header => "a header",
        Kind::PathItem => "a path item",
        Kind::Operation => "an operation",
        Kind::SecurityScheme => "a security scheme",
        Kind::Example => "an example",
    }
}
