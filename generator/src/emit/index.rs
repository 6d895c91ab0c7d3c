//! The crate's types by name.

use std::collections::HashMap;

use super::Ident;
use crate::surface::{Crate, FieldConversion, Item, RustType, Struct, TypeItem, Union};

/// The crate's types by name.
pub(super) struct Index<'a>(HashMap<&'a Ident, &'a TypeItem>);

impl<'a> Index<'a> {
    pub(super) fn new(krate: &'a Crate) -> Self {
        let items = krate.types.iter().flat_map(|file| &file.types);
        Self(items.map(|item| (&item.ident, item)).collect())
    }

    /// The struct of a name, if it is one.
    pub(super) fn structure(&self, ident: &Ident) -> Option<&'a Struct> {
        match &self.0.get(ident)?.item {
            Item::Struct(structure) => Some(structure),
            _ => None,
        }
    }

    /// The union of a name, if it is one.
    pub(super) fn union(&self, ident: &Ident) -> Option<&'a Union> {
        match &self.0.get(ident)?.item {
            Item::Union(union) => Some(union),
            _ => None,
        }
    }

    /// What a type is, behind the names that only rename.
    pub(super) fn resolve<'t>(&self, ty: &'t RustType) -> &'t RustType
    where
        'a: 't,
    {
        let mut ty = ty;
        // An alias that leads back to itself is no type; the bound is the longest chain there can be.
        for _ in 0..=self.0.len() {
            let RustType::Named(ident) = ty else { break };
            let Some(TypeItem {
                item: Item::Alias(target),
                ..
            }) = self.0.get(ident)
            else {
                break;
            };
            ty = target;
        }
        ty
    }

    /// Whether one type comes from another without more being given: they are the same, or hold types with a `From`.
    pub(super) fn converts(&self, from: &RustType, to: &RustType) -> bool {
        match (self.resolve(from), self.resolve(to)) {
            (from, to) if from == to => true,
            (RustType::Vec(from), RustType::Vec(to))
            | (RustType::Map(from), RustType::Map(to))
            | (RustType::Option(from), RustType::Option(to))
            | (RustType::Box(from), RustType::Box(to)) => self.converts(from, to),
            (RustType::Named(from), RustType::Named(to)) => {
                let conversion = self
                    .structure(to)
                    .and_then(|structure| structure.conversion.as_ref());
                let of_union = self.union(to).and_then(|union| union.conversion.as_ref());
                of_union == Some(from)
                    || conversion.is_some_and(|conversion| {
                        conversion.source == *from
                            && !conversion.fields.contains(&FieldConversion::Argument)
                    })
            }
            _ => false,
        }
    }

    /// Whether a caller gives it as `impl Into`: what is made from text has many forms, and a type of the user's own comes without
    /// what is around it.
    pub(super) fn is_made_from_text(&self, ty: &RustType) -> bool {
        matches!(
            self.resolve(ty),
            RustType::String
                | RustType::Timestamp
                | RustType::Date
                | RustType::Uuid
                | RustType::Base64
                | RustType::FilePart
                | RustType::Upload
                | RustType::Own(_)
        )
    }
}
