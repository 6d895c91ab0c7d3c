//! Cargo features: one a group, and which of them each type needs.

use std::collections::BTreeSet;

use super::rust_type::Model;
use crate::ir::{Shape, TypeId, TypeRef};
use crate::surface::{Feature, Gate};

/// Which features each type needs.
pub(super) struct Gates<'a> {
    model: &'a Model<'a>,
    /// The types that are there under every feature.
    always: BTreeSet<TypeId>,
}

impl<'a> Gates<'a> {
    pub(super) fn new(model: &'a Model<'a>) -> Self {
        // A type that no operation reaches is there without any, and so is what it holds.
        let unreached = model
            .emitted()
            .map(|(id, _, _)| id)
            .filter(|id| tags(model, *id).is_none_or(BTreeSet::is_empty));
        let mut next: Vec<TypeId> = unreached.collect();
        let mut always = model.facts.always.clone();
        while let Some(id) = next.pop() {
            if always.insert(id) {
                next.extend(held(model, id));
            }
        }
        Self { model, always }
    }

    /// All features, sorted by name.
    pub(super) fn features(&self) -> Vec<Feature> {
        let features: BTreeSet<&str> = self
            .model
            .names
            .groups
            .values()
            .map(|group| group.feature.as_str())
            .collect();
        features
            .into_iter()
            .map(|name| Feature(name.to_owned()))
            .collect()
    }

    /// What a type needs: one of the features of the operations that reach it. Also where that is every feature: a new group of
    /// operations then changes nothing about types that it does not reach.
    pub(super) fn gate(&self, id: TypeId) -> Gate {
        let groups = &self.model.names.groups;
        let Some(tags) = tags(self.model, id).filter(|_| !self.always.contains(&id)) else {
            return Gate::default();
        };
        let features: BTreeSet<&str> = tags
            .iter()
            .filter_map(|tag| groups.get(tag))
            .map(|group| group.feature.as_str())
            .collect();
        Gate(
            features
                .into_iter()
                .map(|name| Feature(name.to_owned()))
                .collect(),
        )
    }
}

fn tags<'a>(model: &Model<'a>, id: TypeId) -> Option<&'a BTreeSet<crate::ir::TagId>> {
    model.facts.tags.get(id.index())
}

/// The types that a type holds.
fn held(model: &Model<'_>, id: TypeId) -> Vec<TypeId> {
    match model.api.get(id).map(|ty| &ty.shape) {
        Some(Shape::Object(object)) => {
            let fields = object.fields.iter().map(|field| &field.ty);
            fields
                .chain(&object.rest)
                .filter_map(TypeRef::named)
                .collect()
        }
        Some(Shape::Union(union)) => union
            .variants
            .iter()
            .filter_map(|variant| variant.ty.named())
            .collect(),
        Some(Shape::Alias(ty)) => ty.named().into_iter().collect(),
        Some(Shape::Enum(_)) | None => Vec::new(),
    }
}
