//! Parts that are written elsewhere: an operation, a list of parameters, a mapping of properties. The standard names no reference in
//! their places, but documents of many files have them. Such a part is read where it is used, as if it stood there.

use std::borrow::Cow;

use serde_json::Value;

use super::Reader;
use crate::diag::{Code, SpecPath};
use crate::spec::document::Kind;
use crate::spec::place::Spot;
use crate::spec::resolve;
use crate::spec::tree::Tree;

impl Reader<'_, '_> {
    /// Reads a part in its place or where its reference leads. What is read so counts each time, for parts in parts can make a small
    /// document a large one.
    pub(super) fn anywhere<T>(
        &mut self,
        tree: &Tree,
        spot: &Spot<'_>,
        read: impl FnOnce(&mut Self, &Tree, &Spot<'_>) -> T,
    ) -> T {
        let Some(reference) = tree.reference() else {
            return read(self, tree, spot);
        };
        let files = &mut self.files;
        let found = resolve::follow(files, None, reference, spot.document(), self.diagnostics);
        let found = found.map(|path| (files.known(path.document()), path));
        match found {
            Ok((Some(tree), path)) => {
                let node = resolve::node(&tree, &path).unwrap_or(&Tree::Null);
                let depth = spot.depth();
                if !self.may_read(node, depth) {
                    self.report_too_much(spot);
                    return read(self, &Tree::Null, spot);
                }
                let outer = spot.part_of().unwrap_or(spot.document());
                read(self, node, &Spot::Part(&path, outer, depth))
            }
            Ok((None, _)) => read(self, &Tree::Null, spot),
            Err(unresolved) => {
                self.report(
                    Code::UnresolvedReference,
                    &spot.key("$ref").path(),
                    unresolved.message,
                    format!("{}; it is left out now", unresolved.help),
                );
                read(self, &Tree::Null, spot)
            }
        }
    }

    /// Whether a part may still be read so deep in another; if so it is counted.
    fn may_read(&mut self, part: &Tree, depth: usize) -> bool {
        let limits = self.files.limits();
        // Once there is too much nothing more is counted, or counting would be what takes long.
        let left = std::mem::take(&mut self.part_nodes);
        let Some((nodes, deepest)) = part.size_up_to(left) else {
            return false;
        };
        self.part_nodes = left - nodes;
        depth + deepest <= limits.depth
    }

    /// Whether a path may have the path item that its reference leads to. One that several paths name is taken apart for each of
    /// them, so that it counts from the second time on.
    pub(super) fn may_share(&mut self, item: &Tree, spot: &Spot<'_>) -> bool {
        let Some(reference) = item.reference() else {
            return true;
        };
        let kind = Some(Kind::PathItem);
        let files = &mut self.files;
        let found = resolve::follow(files, kind, reference, spot.document(), self.diagnostics);
        // One that leads nowhere was reported.
        let Ok(path) = found else { return true };
        let tree = files.known(path.document());
        if self.shared_items.insert(path.clone()) {
            return true;
        }
        let node = tree.as_ref().and_then(|tree| resolve::node(tree, &path));
        let may = node.is_none_or(|node| self.may_read(node, 0));
        if !may {
            self.report_too_much(spot);
        }
        may
    }

    fn report_too_much(&mut self, spot: &Spot<'_>) {
        self.report(
            Code::Unsupported,
            &spot.key("$ref").path(),
            "parts that are written elsewhere stand too deep in each other here, or have more nodes together than a document may \
                 have; this one is left out",
            "write the part here, or raise `nodes` under [limits]",
        );
    }

    /// An example, where documents put references too. One that leads nowhere is the value itself: an API can be about references.
    pub(super) fn example_value(&mut self, tree: &Tree, spot: &Spot<'_>) -> Value {
        self.referred_example(tree, spot)
            .unwrap_or_else(|| tree.to_json())
    }

    fn referred_example(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<Value> {
        let reference = tree.reference()?;
        let files = &mut self.files;
        let kind = Some(Kind::Example);
        let path =
            resolve::follow(files, kind, reference, spot.document(), self.diagnostics).ok()?;
        let file = files.known(path.document())?;
        let node = resolve::node(&file, &path)?;
        Some(node.child("value").unwrap_or(node).to_json())
    }

    /// The text of a reference as the next stage looks it up: in a part that is written elsewhere it counts from another file than the
    /// one that the part belongs to, and is kept by where it leads.
    pub(super) fn as_referred_to<'r>(
        &mut self,
        kind: Kind,
        reference: &'r str,
        target: Option<&SpecPath>,
        spot: &Spot<'_>,
    ) -> Cow<'r, str> {
        let Some(outer) = spot.part_of().filter(|outer| *outer != spot.document()) else {
            return Cow::Borrowed(reference);
        };
        let Some(target) = target else {
            // No file has this name, so nothing is found under it.
            return Cow::Owned(format!("\0{reference}"));
        };
        let text = target.to_string();
        let places = self.targets.places.entry((kind, outer.to_owned()));
        places.or_default().insert(text.clone(), target.clone());
        Cow::Owned(text)
    }
}
