//! The edges between types.

use crate::ir::{Access, Field, Operation, Presence, Shape, Type, TypeId, TypeRef};

/// Something in a type that holds another type.
pub(super) struct Edge<'a> {
    /// The index of the field or variant; the rest map comes after the last field.
    pub(super) member: usize,
    /// The use of the other type.
    pub(super) ty: &'a TypeRef,
    /// Whether the member is there only in responses.
    pub(super) read_only: bool,
    /// Whether a request and a response need different types because of the member.
    pub(super) differs: bool,
    /// Whether it stands in the map of the properties that are not declared, apart from the type itself.
    pub(super) is_apart: bool,
}

impl<'a> Edge<'a> {
    fn both_ways(member: usize, ty: &'a TypeRef) -> Self {
        Self {
            member,
            ty,
            read_only: false,
            differs: false,
            is_apart: false,
        }
    }

    /// A request leaves a read-only member out. A write-only one that it must have, a response may lack.
    fn of_field(member: usize, field: &'a Field) -> Self {
        let read_only = field.access == Access::ReadOnly;
        let must_be_sent =
            field.access == Access::WriteOnly && field.presence == Presence::Required;
        Self {
            member,
            ty: &field.ty,
            read_only,
            differs: read_only || must_be_sent,
            is_apart: false,
        }
    }
}

/// What a type holds, in order.
pub(super) fn edges(ty: &Type) -> Vec<Edge<'_>> {
    match &ty.shape {
        Shape::Object(object) => {
            let fields = object
                .fields
                .iter()
                .enumerate()
                .map(|(member, field)| Edge::of_field(member, field));
            let rest = object.rest.iter().map(|ty| Edge {
                is_apart: true,
                ..Edge::both_ways(object.fields.len(), ty)
            });
            fields.chain(rest).collect()
        }
        Shape::Union(union) => union
            .variants
            .iter()
            .enumerate()
            .map(|(member, variant)| Edge::both_ways(member, &variant.ty))
            .collect(),
        Shape::Alias(ty) => vec![Edge::both_ways(0, ty)],
        Shape::Enum(_) => Vec::new(),
    }
}

/// The types that stand in a request.
pub(super) fn sent(operation: &Operation) -> impl Iterator<Item = TypeId> {
    operation
        .parameters
        .iter()
        .map(|parameter| &parameter.ty)
        .chain(operation.body.iter().filter_map(|body| body.content.ty()))
        .filter_map(TypeRef::named)
}

/// The types that a success brings.
pub(super) fn brought(operation: &Operation) -> impl Iterator<Item = TypeId> {
    operation.brought().filter_map(TypeRef::named)
}
