//! How a request's form of a type comes from what a response brought.

use std::collections::BTreeSet;

use super::rust_type::{Model, Side};
use crate::analyze::Facts;
use crate::ir::{Access, Api, Field, Presence, Shape, TypeId, TypeRef};
use crate::surface::{Conversion, FieldConversion};

/// The twins that need more than a response brings: a required member that only requests have, in the type itself or in one that it
/// holds.
pub(super) fn needs_argument(api: &Api, facts: &Facts) -> BTreeSet<TypeId> {
    let mut marked: BTreeSet<TypeId> = BTreeSet::new();
    loop {
        let holds_marked = |ty: &TypeRef| ty.named().is_some_and(|id| marked.contains(&id));
        let needs = |id: &TypeId| match api.get(*id).map(|ty| &ty.shape) {
            Some(Shape::Object(object)) => {
                object.rest.as_ref().is_some_and(holds_marked)
                    || object.fields.iter().any(|field| match field.access {
                        Access::ReadOnly => false,
                        Access::WriteOnly => field.presence == Presence::Required,
                        Access::Both => holds_marked(&field.ty),
                    })
            }
            Some(Shape::Union(union)) => union
                .variants
                .iter()
                .any(|variant| holds_marked(&variant.ty)),
            Some(Shape::Alias(ty)) => holds_marked(ty),
            _ => false,
        };
        let more: Vec<TypeId> = facts
            .twins
            .iter()
            .filter(|id| !marked.contains(id))
            .filter(|id| needs(id))
            .copied()
            .collect();
        if more.is_empty() {
            return marked;
        }
        marked.extend(more);
    }
}

/// How the twin of `id` comes from it. `fields` are the twin's.
pub(super) fn conversion(model: &Model<'_>, id: TypeId, fields: &[&Field]) -> Option<Conversion> {
    Some(Conversion {
        source: model.ident(id, Side::Response)?.clone(),
        fields: fields
            .iter()
            .map(|field| field_conversion(model, field))
            .collect(),
    })
}

fn field_conversion(model: &Model<'_>, field: &Field) -> FieldConversion {
    let is_same =
        || model.rust_type(&field.ty, Side::Response) == model.rust_type(&field.ty, Side::Request);
    match field.access {
        Access::WriteOnly if field.presence == Presence::Required => FieldConversion::Argument,
        Access::WriteOnly => FieldConversion::Unset,
        // Left out, it would be gone from what is put back.
        _ if field
            .ty
            .named()
            .is_some_and(|id| model.needs_argument.contains(&id)) =>
        {
            FieldConversion::Argument
        }
        _ if is_same() => FieldConversion::Move,
        _ => FieldConversion::Into,
    }
}
