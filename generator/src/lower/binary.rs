//! Bytes as they are have a place only in whole bodies and in the parts of `multipart/form-data`; in JSON and in forms the format
//! `binary` says nothing, and the value is text.

use std::collections::BTreeSet;

use crate::ir::{Content, Operation, Shape, Type, TypeId, TypeRef};

/// Turns bytes into text where they can't be sent as they are.
pub(super) fn keep_in_parts(types: &mut [Type], operations: &mut [Operation]) {
    let parts = types_of_parts(types, operations);
    for (id, ty) in (0..).map(TypeId).zip(types) {
        if !parts.contains(&id) {
            uses(&mut ty.shape).for_each(to_text);
        }
    }
    for operation in operations {
        let body = operation.body.iter_mut().map(|body| &mut body.content);
        let answers = operation.success.iter_mut().chain(&mut operation.failure);
        let mut bodies: Vec<&mut Content> = body.collect();
        for answer in answers {
            let parts = answer
                .others
                .iter_mut()
                .filter_map(|other| other.parts.as_mut());
            parts.for_each(|(_, ty)| to_text(ty));
            bodies.extend(&mut answer.body);
        }
        for content in bodies {
            match content {
                Content::Json(ty) | Content::Form(ty) | Content::Sequence(_, ty) => to_text(ty),
                Content::Multipart(_) | Content::Text | Content::Bytes => {}
            }
        }
    }
}

/// The types whose members are parts of a body. A type inside a part is JSON, and is none of them.
fn types_of_parts(types: &[Type], operations: &[Operation]) -> BTreeSet<TypeId> {
    let mut waiting: Vec<TypeId> = operations
        .iter()
        .filter_map(|operation| match &operation.body.as_ref()?.content {
            Content::Multipart(ty) => ty.named(),
            _ => None,
        })
        .collect();
    let mut found = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if !found.insert(id) {
            continue;
        }
        match types.get(id.index()).map(|ty| &ty.shape) {
            Some(Shape::Alias(ty)) => waiting.extend(ty.named()),
            Some(Shape::Union(union)) => {
                waiting.extend(
                    union
                        .variants
                        .iter()
                        .filter_map(|variant| variant.ty.named()),
                );
            }
            Some(Shape::Object(_) | Shape::Enum(_)) | None => {}
        }
    }
    found
}

/// The types that stand in a type.
fn uses(shape: &mut Shape) -> Box<dyn Iterator<Item = &mut TypeRef> + '_> {
    match shape {
        Shape::Object(object) => {
            let fields = object.fields.iter_mut().map(|field| &mut field.ty);
            Box::new(fields.chain(&mut object.rest))
        }
        Shape::Union(union) => Box::new(union.variants.iter_mut().map(|variant| &mut variant.ty)),
        Shape::Alias(ty) => Box::new(std::iter::once(ty)),
        Shape::Enum(_) => Box::new(std::iter::empty()),
    }
}

fn to_text(ty: &mut TypeRef) {
    match ty {
        TypeRef::Binary => *ty = TypeRef::Text,
        TypeRef::Tuple(places) => places.iter_mut().for_each(to_text),
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => to_text(inner),
        _ => {}
    }
}
