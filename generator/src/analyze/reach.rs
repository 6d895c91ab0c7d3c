//! Which types can be reached from where.

use std::collections::BTreeSet;

use super::graph;
use crate::ir::{Api, TagId, TypeId};

/// All types that can be reached from `roots`, the roots among them.
pub(super) fn from(api: &Api, roots: impl IntoIterator<Item = TypeId>) -> BTreeSet<TypeId> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<TypeId> = roots.into_iter().collect();
    while let Some(id) = next.pop() {
        let Some(ty) = api.get(id) else { continue };
        if reached.insert(id) {
            next.extend(graph::edges(ty).iter().filter_map(|edge| edge.ty.named()));
        }
    }
    reached
}

/// For each type: the tags whose operations reach it.
pub(super) fn tags(api: &Api) -> Vec<BTreeSet<TagId>> {
    let mut tags = vec![BTreeSet::new(); api.types.len()];
    for tag in (0..).map(TagId).take(api.tags.len()) {
        let roots = api
            .operations
            .iter()
            .filter(|operation| operation.tag == tag)
            .flat_map(|operation| graph::sent(operation).chain(graph::brought(operation)));
        for id in from(api, roots) {
            if let Some(tags) = tags.get_mut(id.index()) {
                tags.insert(tag);
            }
        }
    }
    tags
}
