//! What an action does to the tree.

use super::sources::Sources;
use crate::diag::SpecPath;
use crate::spec::tree::Tree;

/// Two parts that can't be made one: where the update has what, and what it should change.
pub(super) struct Mismatch {
    pub(super) source: SpecPath,
    pub(super) place: SpecPath,
    pub(super) update: &'static str,
    pub(super) target: &'static str,
}

/// A part to put into the tree.
pub(super) struct Update<'t> {
    pub(super) value: &'t Tree,
    /// Where it stands: in an overlay, or in the document where it is copied from.
    pub(super) source: SpecPath,
    pub(super) is_copy: bool,
}

impl Update<'_> {
    fn note(&self, place: SpecPath, sources: &mut Sources) {
        if self.is_copy {
            sources.copy(&place, &self.source);
        } else {
            sources.set(place, self.source.clone());
        }
    }

    fn below<'t>(&self, token: &str, value: &'t Tree) -> Update<'t> {
        Update {
            value,
            source: self.source.join(token),
            is_copy: self.is_copy,
        }
    }
}

/// Puts an update into the node that a target names: members are merged, a list gets one element more, a scalar is replaced
/// (Overlay Specification 1.1.0, Action Object).
pub(super) fn update(
    node: &mut Tree,
    place: &SpecPath,
    update: &Update<'_>,
    sources: &mut Sources,
) -> Result<(), Mismatch> {
    match node {
        Tree::List(list) => {
            update.note(place.index(list.len()), sources);
            list.push(update.value.clone());
            Ok(())
        }
        node => merge(node, place, update, sources),
    }
}

/// Makes one of two values: mappings are merged, lists joined, scalars replaced.
fn merge(
    node: &mut Tree,
    place: &SpecPath,
    update: &Update<'_>,
    sources: &mut Sources,
) -> Result<(), Mismatch> {
    match (node, update.value) {
        (Tree::Map(map), Tree::Map(members)) => {
            for (key, value) in members.iter() {
                let (place, update) = (place.join(key), update.below(key, value));
                match map.get_mut(key) {
                    Some(node) => merge(node, &place, &update, sources)?,
                    None => {
                        update.note(place, sources);
                        map.insert(key.clone(), value.clone());
                    }
                }
            }
            Ok(())
        }
        (Tree::List(list), Tree::List(more)) => {
            for (index, value) in more.iter().enumerate() {
                let update = update.below(&index.to_string(), value);
                update.note(place.index(list.len()), sources);
                list.push(value.clone());
            }
            Ok(())
        }
        (node, value) if is_scalar(node) && is_scalar(value) => {
            update.note(place.clone(), sources);
            *node = value.clone();
            Ok(())
        }
        (node, value) => Err(Mismatch {
            source: update.source.clone(),
            place: place.clone(),
            update: value.kind(),
            target: node.kind(),
        }),
    }
}

fn is_scalar(tree: &Tree) -> bool {
    !matches!(tree, Tree::List(_) | Tree::Map(_))
}

/// Takes a node out of what it stands in; nothing, where that is gone already.
pub(super) fn remove(root: &mut Tree, tokens: &[String], sources: &mut Sources) {
    let Some((last, parents)) = tokens.split_last() else {
        return;
    };
    let Some(parent) = node_mut(root, parents) else {
        return;
    };
    let place = parents
        .iter()
        .fold(SpecPath::root(), |path, token| path.join(token));
    match parent {
        Tree::Map(map) => {
            map.shift_remove(last);
            sources.forget(&place.join(last));
        }
        Tree::List(list) => {
            let index = last.parse().unwrap_or(usize::MAX);
            if index < list.len() {
                sources.remove_element(&place, index, list.len());
                list.remove(index);
            }
        }
        _ => {}
    }
}

/// The node at a place.
pub(super) fn node_mut<'t>(root: &'t mut Tree, tokens: &[String]) -> Option<&'t mut Tree> {
    tokens.iter().try_fold(root, |node, token| match node {
        Tree::Map(map) => map.get_mut(token),
        Tree::List(list) => list.get_mut(token.parse::<usize>().ok()?),
        _ => None,
    })
}
