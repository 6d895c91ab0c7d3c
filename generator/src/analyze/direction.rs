//! Which way types travel, and which need a twin for requests.

use std::collections::BTreeSet;

use super::{Direction, graph, reach};
use crate::ir::{Api, Shape, TypeId};

/// For each type: which way it travels. What a read-only member holds is not sent because of it.
pub(super) fn directions(api: &Api) -> Vec<Direction> {
    let mut directions = vec![Direction::default(); api.types.len()];
    let mut next: Vec<TypeId> = api.operations.iter().flat_map(graph::sent).collect();
    while let Some(id) = next.pop() {
        let (Some(ty), Some(direction)) = (api.get(id), directions.get_mut(id.index())) else {
            continue;
        };
        if !std::mem::replace(&mut direction.request, true) {
            next.extend(
                graph::edges(ty)
                    .iter()
                    .filter(|edge| !edge.read_only)
                    .filter_map(|edge| edge.ty.named()),
            );
        }
    }
    let brought = api.operations.iter().flat_map(graph::brought);
    let errors = api.error.iter().map(|error| error.ty);
    for id in reach::from(api, brought.chain(errors)) {
        if let Some(direction) = directions.get_mut(id.index()) {
            direction.response = true;
        }
    }
    follow(api, &mut directions);
    directions
}

/// A union that no operation reaches travels the way of its variants, where they are sent and not brought: it is the parent of
/// children that operations name themselves, and holds no more than they do.
fn follow(api: &Api, directions: &mut [Direction]) {
    let unreached = Direction::default();
    let parents: Vec<TypeId> = api
        .ids()
        .filter(|(id, ty)| {
            let of = |id: TypeId| directions.get(id.index()).copied().unwrap_or_default();
            let Shape::Union(union) = &ty.shape else {
                return false;
            };
            let mut held = union
                .variants
                .iter()
                .filter_map(|variant| variant.ty.named());
            of(*id) == unreached && held.any(|held| !of(held).response && of(held).request)
        })
        .map(|(id, _)| id)
        .collect();
    for id in parents {
        if let Some(direction) = directions.get_mut(id.index()) {
            direction.request = true;
        }
    }
}

/// The types that travel both ways and from which a member can be reached that makes a difference: a fixpoint, so recursion and
/// lists do not matter.
pub(super) fn twins(api: &Api, directions: &[Direction]) -> BTreeSet<TypeId> {
    let mut marked: BTreeSet<TypeId> = BTreeSet::new();
    loop {
        let more: Vec<TypeId> = api
            .ids()
            .filter(|(id, ty)| {
                !marked.contains(id)
                    && graph::edges(ty).iter().any(|edge| {
                        edge.differs || edge.ty.named().is_some_and(|of| marked.contains(&of))
                    })
            })
            .map(|(id, _)| id)
            .collect();
        if more.is_empty() {
            break;
        }
        marked.extend(more);
    }
    marked.retain(|id| {
        directions
            .get(id.index())
            .is_some_and(|direction| direction.request && direction.response)
    });
    marked
}
