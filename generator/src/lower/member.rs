//! Members of answers that the config points at.

use crate::ir::{Object, Operation, Shape, Type, TypeRef};

/// What a JSON pointer into a value leads to.
pub(super) enum Found<'t> {
    /// A member that is declared.
    Type(&'t TypeRef),
    /// Something below any JSON: nobody knows.
    Unknown,
    /// Nothing.
    Nothing,
}

/// What a JSON pointer (RFC 6901) into a value of a type leads to. In a union it is enough that one variant has the member.
pub(super) fn at<'t>(types: &'t [Type], ty: &'t TypeRef, pointer: &str) -> Found<'t> {
    let tokens: Vec<String> = pointer
        .split('/')
        .skip(1)
        .map(|token| token.replace("~1", "/").replace("~0", "~"))
        .collect();
    below(types, ty, &tokens)
}

fn below<'t>(types: &'t [Type], ty: &'t TypeRef, tokens: &[String]) -> Found<'t> {
    let Some((first, rest)) = tokens.split_first() else {
        return Found::Type(ty);
    };
    match resolved(types, ty) {
        TypeRef::Json => Found::Unknown,
        TypeRef::Map(value) => below(types, value, rest),
        TypeRef::List(element) if first.parse::<usize>().is_ok() => below(types, element, rest),
        TypeRef::Named(id) => match types.get(id.index()).map(|ty| &ty.shape) {
            Some(Shape::Object(object)) => in_object(types, object, first, rest),
            Some(Shape::Union(union)) => {
                let found = union
                    .variants
                    .iter()
                    .map(|variant| below_variant(types, &variant.ty, first, rest));
                let mut found = found.filter(|found| !matches!(found, Found::Nothing));
                found.next().unwrap_or(Found::Nothing)
            }
            _ => Found::Nothing,
        },
        _ => Found::Nothing,
    }
}

/// In a variant of a union: an object. A union in a union is not looked into, which ends circles.
fn below_variant<'t>(
    types: &'t [Type],
    ty: &'t TypeRef,
    first: &str,
    rest: &[String],
) -> Found<'t> {
    match object(types, ty) {
        Some(object) => in_object(types, object, first, rest),
        None => Found::Nothing,
    }
}

fn in_object<'t>(types: &'t [Type], object: &'t Object, first: &str, rest: &[String]) -> Found<'t> {
    let field = object.fields.iter().find(|field| field.wire == first);
    match (field, &object.rest) {
        (Some(field), _) => below(types, &field.ty, rest),
        (None, Some(value)) => below(types, value, rest),
        (None, None) => Found::Nothing,
    }
}

/// What a use means, behind other names for it and aside from null.
pub(super) fn resolved<'t>(types: &'t [Type], ty: &'t TypeRef) -> &'t TypeRef {
    let mut ty = ty;
    // No more steps than there are types: names can go round in circles.
    for _ in 0..=types.len() {
        ty = match ty {
            TypeRef::Nullable(inner) => inner,
            TypeRef::Named(id) => match types.get(id.index()).map(|ty| &ty.shape) {
                Some(Shape::Alias(other)) => other,
                _ => return ty,
            },
            _ => return ty,
        };
    }
    ty
}

/// The object that a use leads to.
pub(super) fn object<'t>(types: &'t [Type], ty: &'t TypeRef) -> Option<&'t Object> {
    match resolved(types, ty) {
        TypeRef::Named(id) => match &types.get(id.index())?.shape {
            Shape::Object(object) => Some(object),
            _ => None,
        },
        _ => None,
    }
}

/// The type of the JSON that success brings, if it is one type.
pub(super) fn answer(operation: &Operation) -> Option<&TypeRef> {
    use crate::ir::Content;
    let mut bodies = operation
        .success
        .iter()
        .filter_map(|answer| answer.body.as_ref());
    let Content::Json(first) = bodies.next()? else {
        return None;
    };
    bodies
        .all(|body| matches!(body, Content::Json(ty) if ty == first))
        .then_some(first)
}
