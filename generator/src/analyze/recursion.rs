//! Where types hold themselves.

use std::collections::BTreeSet;

use super::graph;
use crate::ir::{Api, TypeId, TypeRef};

/// The members to box: those that close a cycle of types that hold each other without a list or map between them. Types are visited
/// in the order of their places, so that the order of the document does not matter.
pub(super) fn boxed(api: &Api) -> BTreeSet<(TypeId, usize)> {
    let mut order: Vec<TypeId> = api.ids().map(|(id, _)| id).collect();
    order.sort_by_key(|id| api.get(*id).map(|ty| &ty.path));
    let mut search = Search {
        held: api
            .types
            .iter()
            .map(|ty| {
                let edges = graph::edges(ty).into_iter();
                let direct = edges.filter(|edge| !edge.is_apart).filter_map(|edge| {
                    let id = directly(edge.ty)?;
                    Some((edge.member, id))
                });
                direct.collect()
            })
            .collect(),
        state: vec![State::New; api.types.len()],
        boxed: BTreeSet::new(),
    };
    for id in order {
        search.visit(id);
    }
    search.boxed
}

/// The type that a use holds without an allocation between.
pub(super) fn directly(ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Named(id) => Some(*id),
        TypeRef::Nullable(inner) => directly(inner),
        _ => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    OnTheWay,
    Done,
}

struct Search {
    held: Vec<Vec<(usize, TypeId)>>,
    state: Vec<State>,
    boxed: BTreeSet<(TypeId, usize)>,
}

impl Search {
    /// Depth first with a stack of its own: types may hold each other in a chain of any length.
    fn visit(&mut self, root: TypeId) {
        if self.state.get(root.index()) != Some(&State::New) {
            return;
        }
        let mut stack = vec![(root, 0)];
        self.set(root, State::OnTheWay);
        while let Some((id, next)) = stack.pop() {
            let held = self
                .held
                .get(id.index())
                .and_then(|held| held.get(next))
                .copied();
            let Some((member, other)) = held else {
                self.set(id, State::Done);
                continue;
            };
            stack.push((id, next + 1));
            match self.state.get(other.index()) {
                Some(State::New) => {
                    self.set(other, State::OnTheWay);
                    stack.push((other, 0));
                }
                Some(State::OnTheWay) => {
                    self.boxed.insert((id, member));
                }
                Some(State::Done) | None => {}
            }
        }
    }

    fn set(&mut self, id: TypeId, state: State) {
        if let Some(slot) = self.state.get_mut(id.index()) {
            *slot = state;
        }
    }
}
