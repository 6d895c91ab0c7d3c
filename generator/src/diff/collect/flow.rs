//! Which way each type travels.

use std::collections::{HashMap, HashSet};

use super::super::change::Flow;
use crate::surface::Ident;
use crate::surface::{Answer, Crate, Item, RustType, TypeItem};

/// Which way each type travels.
pub(super) struct Flows<'a> {
    sent: HashSet<&'a Ident>,
    received: HashSet<&'a Ident>,
}

impl<'a> Flows<'a> {
    pub(super) fn of(krate: &'a Crate) -> Self {
        let items = krate.types.iter().flat_map(|file| &file.types);
        let types: HashMap<&Ident, &TypeItem> = items.map(|item| (&item.ident, item)).collect();
        let operations = || krate.groups.iter().flat_map(|group| &group.operations);
        let own =
            operations().flat_map(|operation| operation.arguments.iter().chain(&operation.options));
        let inputs = own.chain(&krate.parameters);
        let sent = inputs.flat_map(|input| named(&input.ty)).collect();
        let answers = operations().flat_map(|operation| brought(&operation.answer));
        let ways = operations().flat_map(|operation| &operation.ways);
        let parts = ways.filter_map(|way| way.parts.as_ref()).map(|(_, ty)| ty);
        let received = answers
            .chain(parts)
            .flat_map(named)
            .chain(&krate.error)
            .collect();
        Self {
            sent: reach(sent, &types),
            received: reach(received, &types),
        }
    }

    pub(super) fn of_type(&self, ident: &Ident) -> Flow {
        match (self.sent.contains(ident), self.received.contains(ident)) {
            (true, true) => Flow::Both,
            (true, false) => Flow::Sent,
            (false, true) => Flow::Received,
            (false, false) => Flow::Unused,
        }
    }
}

/// The types that an answer brings.
fn brought(answer: &Answer) -> Vec<&RustType> {
    match answer {
        Answer::Json(ty) | Answer::JsonOrEmpty(ty) | Answer::Sequence(_, ty) => vec![ty],
        Answer::ByStatus { variants, .. } => {
            let types = variants.iter().filter_map(|variant| variant.ty.as_ref());
            types.collect()
        }
        Answer::Empty | Answer::Text | Answer::Stream => Vec::new(),
    }
}

/// All types that can be reached.
fn reach<'a>(
    mut next: Vec<&'a Ident>,
    types: &HashMap<&'a Ident, &'a TypeItem>,
) -> HashSet<&'a Ident> {
    let mut seen = HashSet::new();
    while let Some(ident) = next.pop() {
        if !seen.insert(ident) {
            continue;
        }
        match types.get(ident).map(|ty| &ty.item) {
            Some(Item::Struct(structure)) => {
                next.extend(structure.fields.iter().flat_map(|field| named(&field.ty)));
                next.extend(structure.rest.iter().flat_map(|rest| named(&rest.ty)));
            }
            Some(Item::Union(union)) => {
                let variants = union.variants.iter();
                next.extend(variants.flat_map(|variant| named(&variant.ty)));
            }
            Some(Item::Alias(target)) => next.extend(named(target)),
            Some(Item::TextEnum(_) | Item::IntegerEnum(_)) | None => {}
        }
    }
    seen
}

/// The types of the crate that a type holds.
fn named(ty: &RustType) -> Vec<&Ident> {
    match ty {
        RustType::Named(ident) => vec![ident],
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Box(inner) => named(inner),
        RustType::Tuple(places) => places.iter().flat_map(named).collect(),
        _ => Vec::new(),
    }
}
