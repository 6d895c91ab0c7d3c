//! Where the parts of a document come from, once overlays have changed it.

use std::collections::BTreeMap;

use crate::diag::SpecPath;

/// The places of the parts that do not stand where the document has them: those that an overlay brought, and the elements of
/// lists that it shortened.
#[derive(Debug, Default)]
pub(in crate::spec) struct Sources(BTreeMap<SpecPath, SpecPath>);

impl Sources {
    /// Where a part stands in a file: the source of its nearest ancestor that has one, and from there down.
    pub(in crate::spec) fn of(&self, path: &SpecPath) -> SpecPath {
        if self.0.is_empty() {
            return path.clone();
        }
        let tokens: Vec<_> = path.tokens().collect();
        let mut ancestor = SpecPath::in_document(path.document());
        let mut found = (0, &ancestor.clone());
        for (depth, token) in tokens.iter().enumerate() {
            ancestor = ancestor.join(token);
            if let Some(source) = self.0.get(&ancestor) {
                found = (depth + 1, source);
            }
        }
        let (depth, source) = found;
        let below = tokens.iter().skip(depth);
        below.fold(source.clone(), |path, token| path.join(token))
    }

    /// Notes that the part at a place, with all below it, comes from another.
    pub(super) fn set(&mut self, place: SpecPath, source: SpecPath) {
        self.forget(&place);
        self.0.insert(place, source);
    }

    /// Notes that the part at a place, with all below it, is a copy.
    pub(super) fn copy(&mut self, place: &SpecPath, from: &SpecPath) {
        let below = self.below(from);
        let source = self.of(from);
        self.set(place.clone(), source);
        for (path, source) in below {
            self.0.insert(moved(&path, from, place), source);
        }
    }

    /// Notes that an element is gone from a list which had so many: those behind it move up.
    pub(super) fn remove_element(&mut self, list: &SpecPath, index: usize, length: usize) {
        self.forget(&list.index(index));
        for later in index + 1..length {
            let (from, to) = (list.index(later), list.index(later - 1));
            self.copy(&to, &from);
            self.forget(&from);
        }
    }

    /// Drops what is known of a place and of all below it.
    pub(super) fn forget(&mut self, place: &SpecPath) {
        for (path, _) in self.below(place) {
            self.0.remove(&path);
        }
        self.0.remove(place);
    }

    fn below(&self, place: &SpecPath) -> Vec<(SpecPath, SpecPath)> {
        let prefix = format!("{}/", place.pointer());
        let after = self.0.range(place.clone()..);
        after
            .take_while(|(path, _)| {
                path.document() == place.document() && path.pointer().starts_with(place.pointer())
            })
            .filter(|(path, _)| path.pointer().starts_with(&prefix))
            .map(|(path, source)| (path.clone(), source.clone()))
            .collect()
    }
}

/// A place below `from`, as it stands below `to`.
fn moved(path: &SpecPath, from: &SpecPath, to: &SpecPath) -> SpecPath {
    let depth = from.tokens().count();
    let below = path.tokens().skip(depth);
    below.fold(to.clone(), |place, token| place.join(&token))
}
