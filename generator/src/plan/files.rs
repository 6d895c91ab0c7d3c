//! Which types stand in a file together.

use std::collections::BTreeMap;

use super::features::Gates;
use super::rust_type::Model;
use crate::ir::{Origin, TypeId};
use crate::surface::Gate;

/// The files of types.
pub(super) struct Files {
    /// The types of each file, by the first of them.
    files: BTreeMap<TypeId, Vec<TypeId>>,
    /// The first type of the file in which a type stands.
    homes: BTreeMap<TypeId, TypeId>,
    gates: BTreeMap<TypeId, Gate>,
}

impl Files {
    /// A type stands behind the type whose schema its own is written in, if both are there under the same features; else it begins a
    /// file.
    pub(super) fn new(model: &Model<'_>, gates: &Gates<'_>) -> Self {
        let gates: BTreeMap<TypeId, Gate> = model
            .emitted()
            .map(|(id, _, _)| (id, gates.gate(id)))
            .collect();
        let mut firsts = Vec::new();
        let mut inside: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
        for (id, gate) in &gates {
            match parent(model, *id) {
                Some(parent) if gates.get(&parent) == Some(gate) => {
                    inside.entry(parent).or_default().push(*id);
                }
                _ => firsts.push(*id),
            }
        }
        let mut homes = BTreeMap::new();
        let mut files = BTreeMap::new();
        for first in firsts {
            let file = with_those_inside(first, &inside);
            homes.extend(file.iter().map(|id| (*id, first)));
            files.insert(first, file);
        }
        Self {
            files,
            homes,
            gates,
        }
    }

    /// The types of each file, with what they need, in order of the first type's id.
    pub(super) fn iter(&self) -> impl Iterator<Item = (TypeId, &[TypeId])> {
        self.files
            .iter()
            .map(|(first, file)| (*first, file.as_slice()))
    }

    /// What a type needs.
    pub(super) fn gate(&self, id: TypeId) -> Gate {
        self.gates.get(&id).cloned().unwrap_or_default()
    }

    /// Whether two types stand in one file.
    pub(super) fn are_together(&self, one: TypeId, other: TypeId) -> bool {
        self.homes.get(&one) == self.homes.get(&other)
    }
}

/// A type and all that stand in it, each before those that stand in it.
fn with_those_inside(first: TypeId, inside: &BTreeMap<TypeId, Vec<TypeId>>) -> Vec<TypeId> {
    let mut file = Vec::new();
    let mut next = vec![first];
    while let Some(id) = next.pop() {
        file.push(id);
        next.extend(inside.get(&id).into_iter().flatten().rev());
    }
    file
}

/// The emitted type in whose schema that of `id` is written: those between that are not emitted, such as aliases, are passed over.
pub(super) fn parent(model: &Model<'_>, id: TypeId) -> Option<TypeId> {
    let mut id = id;
    // Schemas are written in each other no deeper than there are schemas.
    for _ in &model.api.types {
        match model.api.get(id).map(|ty| &ty.origin) {
            Some(Origin::Member { parent, .. }) => id = *parent,
            _ => return None,
        }
        if model.names.types.contains_key(&id) {
            return Some(id);
        }
    }
    None
}
