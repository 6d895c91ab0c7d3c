//! Facts about the model that no single node shows: recursion, direction, reach.

mod direction;
mod graph;
mod reach;
mod recursion;
mod size;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::ir::{Api, Shape, TagId, TypeId};

/// What the model as a whole says of each type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// For each type: which way it travels.
    pub directions: Vec<Direction>,
    /// The types that get a twin for requests: they travel both ways and read-only members can be reached from them.
    pub twins: BTreeSet<TypeId>,
    /// The members to box, because a cycle closes there or the type would become too large: a type and the index of its field or
    /// variant.
    pub boxed: BTreeSet<(TypeId, usize)>,
    /// For each type: the tags whose operations reach it.
    pub tags: Vec<BTreeSet<TagId>>,
    /// The types that are there under every feature: the error envelope and what it holds.
    pub always: BTreeSet<TypeId>,
    /// The types to emit, in id order.
    pub emitted: BTreeSet<TypeId>,
}

/// Which way a type travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Direction {
    /// Some operation sends it.
    pub request: bool,
    /// Some operation brings it.
    pub response: bool,
}

/// Looks at the model as a whole. With `all`, types that no operation reaches are emitted too, and so they are where there is no
/// operation at all.
pub fn analyze(api: &Api, all: bool) -> Facts {
    let all = all || api.operations.is_empty();
    let directions = direction::directions(api);
    let tags = reach::tags(api);
    let always = reach::from(api, api.error.iter().map(|error| error.ty));
    let emitted = api
        .ids()
        .filter(|(id, ty)| {
            let is_reached =
                tags.get(id.index()).is_some_and(|tags| !tags.is_empty()) || always.contains(id);
            let is_alias = matches!(ty.shape, Shape::Alias(_));
            if all { true } else { is_reached && !is_alias }
        })
        .map(|(id, _)| id)
        .collect();
    let mut boxed = recursion::boxed(api);
    size::boxed(api, &mut boxed);
    Facts {
        twins: direction::twins(api, &directions),
        boxed,
        directions,
        tags,
        always,
        emitted,
    }
}
