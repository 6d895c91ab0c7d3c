//! The types that are pages of lists.

use std::collections::BTreeMap;

use super::rust_type::{Model, Side};
use crate::ir::{Api, Content, Object, Shape, TypeId, TypeRef};
use crate::names::Ident;
use crate::surface::{PageItems, RustType};

/// The objects that paged operations bring, each with the property that holds its elements.
pub(super) fn of(api: &Api) -> BTreeMap<TypeId, &str> {
    let mut pages = BTreeMap::new();
    for operation in &api.operations {
        let paging = operation.paging.as_ref();
        let Some(items) = paging.and_then(|paging| paging.items.as_deref()) else {
            continue;
        };
        let bodies = operation
            .success
            .iter()
            .filter_map(|answer| answer.body.as_ref());
        for body in bodies {
            if let Content::Json(ty) = body
                && let Some(id) = object(api, ty)
            {
                pages.insert(id, items);
            }
        }
    }
    pages
}

/// The object that a use leads to, through other names for it.
fn object(api: &Api, ty: &TypeRef) -> Option<TypeId> {
    let mut ty = ty;
    // No more steps than there are types: names can go round in circles.
    for _ in 0..=api.types.len() {
        ty = match ty {
            TypeRef::Nullable(inner) => inner,
            TypeRef::Named(id) => match &api.get(*id)?.shape {
                Shape::Alias(other) => other,
                Shape::Object(_) => return Some(*id),
                Shape::Enum(_) | Shape::Union(_) => return None,
            },
            _ => return None,
        };
    }
    None
}

/// The elements of a type that is a page.
pub(super) fn items(
    model: &Model<'_>,
    id: TypeId,
    object: &Object,
    idents: &[Ident],
) -> Option<PageItems> {
    let wire = model.pages.get(&id)?;
    let mut fields = object.fields.iter().zip(idents);
    let (field, ident) = fields.find(|(field, _)| field.wire == *wire)?;
    match model.rust_type(&field.ty, Side::Response) {
        RustType::Vec(element) => Some(PageItems {
            ident: ident.clone(),
            ty: *element,
        }),
        _ => None,
    }
}
