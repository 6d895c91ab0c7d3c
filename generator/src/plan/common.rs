//! The fields that all variants of a union have: a method of the union reads each, so that no match is needed for them.

use std::collections::HashMap;

use crate::surface::{
    Common, Field, FieldPresence, Ident, Item, RustType, Struct, TypeFile, Union, UnionVariant,
};

/// Finds them for every union.
pub(super) fn find(files: &mut [TypeFile]) {
    let mut found: HashMap<Ident, Vec<Common>> = HashMap::new();
    {
        let items = || files.iter().flat_map(|file| &file.types);
        let structs: HashMap<&Ident, &Struct> = items()
            .filter_map(|item| match &item.item {
                Item::Struct(structure) => Some((&item.ident, structure)),
                _ => None,
            })
            .collect();
        for item in items() {
            if let Item::Union(union) = &item.item {
                found.insert(item.ident.clone(), of_union(union, &structs));
            }
        }
    }
    for item in files.iter_mut().flat_map(|file| &mut file.types) {
        if let Item::Union(union) = &mut item.item {
            union.common = found.remove(&item.ident).unwrap_or_default();
        }
    }
}

/// Those of one union, in the order of its first variant's fields; none where a variant is no struct, or where there is but one.
fn of_union(union: &Union, structs: &HashMap<&Ident, &Struct>) -> Vec<Common> {
    let variants: Option<Vec<&Struct>> = union
        .variants
        .iter()
        .map(|variant| structs.get(held(variant)?).copied())
        .collect();
    let Some(variants) = variants else {
        return Vec::new();
    };
    let [first, others @ ..] = variants.as_slice() else {
        return Vec::new();
    };
    let is_common = |field: &&Field| {
        let is_like = |other: &Field| {
            other.ident == field.ident
                && other.wire == field.wire
                && other.ty == field.ty
                && other.presence == field.presence
        };
        !others.is_empty() && others.iter().all(|other| other.fields.iter().any(is_like))
    };
    first
        .fields
        .iter()
        .filter(is_common)
        .filter_map(common)
        .collect()
}

/// The type that a variant holds.
fn held(variant: &UnionVariant) -> Option<&Ident> {
    match &variant.ty {
        RustType::Named(ident) => Some(ident),
        RustType::Box(inner) => match &**inner {
            RustType::Named(ident) => Some(ident),
            _ => None,
        },
        _ => None,
    }
}

/// A field as a method; none for a field with three states.
fn common(field: &Field) -> Option<Common> {
    let is_optional = match field.presence {
        FieldPresence::Required => false,
        FieldPresence::Optional | FieldPresence::Nullable => true,
        FieldPresence::Patch => return None,
    };
    Some(Common {
        ident: field.ident.clone(),
        ty: field.ty.clone(),
        is_optional,
    })
}
