//! Types as a program that depends on the crate writes them.

use std::collections::BTreeMap;

use atlas_codegen::surface::{
    Answer, Conversion, Crate, FieldConversion, Ident, Item, RustType, Sequence, Struct, TypeItem,
};

/// The types of a crate by name.
pub(super) struct Spelling<'a> {
    types: BTreeMap<&'a Ident, &'a TypeItem>,
}

impl<'a> Spelling<'a> {
    pub(super) fn new(krate: &'a Crate) -> Self {
        let items = krate.types.iter().flat_map(|file| &file.types);
        Self {
            types: items.map(|item| (&item.ident, item)).collect(),
        }
    }

    pub(super) fn item(&self, ident: &Ident) -> Option<&'a Item> {
        self.types.get(ident).map(|ty| &ty.item)
    }

    pub(super) fn structure(&self, ident: &Ident) -> Option<&'a Struct> {
        match self.item(ident)? {
            Item::Struct(structure) => Some(structure),
            _ => None,
        }
    }

    /// What a type is behind its aliases.
    pub(super) fn resolved<'t>(&self, ty: &'t RustType) -> &'t RustType
    where
        'a: 't,
    {
        let mut ty = ty;
        for _ in 0..=self.types.len() {
            let RustType::Named(ident) = ty else { break };
            let Some(Item::Alias(target)) = self.item(ident) else {
                break;
            };
            ty = target;
        }
        ty
    }

    /// Whether a caller may give anything that converts into it.
    pub(super) fn is_made_from_text(&self, ty: &RustType) -> bool {
        matches!(
            self.resolved(ty),
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

    /// Whether a `&str` converts into it.
    pub(super) fn is_from_str(&self, ty: &RustType) -> bool {
        match self.resolved(ty) {
            RustType::String
            | RustType::Timestamp
            | RustType::Date
            | RustType::Uuid
            | RustType::Base64 => true,
            RustType::Named(ident) => matches!(self.item(ident), Some(Item::TextEnum(_))),
            _ => false,
        }
    }

    /// Whether one type becomes another by itself.
    pub(super) fn converts(&self, from: &RustType, to: &RustType) -> bool {
        match (self.resolved(from), self.resolved(to)) {
            (from, to) if from == to => true,
            (RustType::Vec(from), RustType::Vec(to))
            | (RustType::Map(from), RustType::Map(to))
            | (RustType::Option(from), RustType::Option(to))
            | (RustType::Box(from), RustType::Box(to)) => self.converts(from, to),
            (RustType::Named(from), RustType::Named(to)) => match self.item(to) {
                Some(Item::Union(union)) => union.conversion.as_ref() == Some(from),
                Some(Item::Struct(Struct {
                    conversion: Some(Conversion { source, fields }),
                    ..
                })) => source == from && !fields.contains(&FieldConversion::Argument),
                _ => false,
            },
            _ => false,
        }
    }
}

/// A type, in full.
pub(super) fn ty(ty: &RustType) -> String {
    match ty {
        RustType::Bool => "bool".to_owned(),
        RustType::I32 => "i32".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::U64 => "u64".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::String => "::std::string::String".to_owned(),
        RustType::Timestamp => runtime("Timestamp"),
        RustType::Date => runtime("Date"),
        RustType::Uuid => runtime("Uuid"),
        RustType::Base64 => runtime("Base64"),
        RustType::FilePart => runtime("FilePart"),
        RustType::Upload => runtime("Upload"),
        RustType::Json => runtime("Value"),
        RustType::Vec(inner) => format!("::std::vec::Vec<{}>", self::ty(inner)),
        RustType::Map(inner) => map(&self::ty(inner)),
        RustType::Option(inner) => option(&self::ty(inner)),
        RustType::Box(inner) => format!("::std::boxed::Box<{}>", self::ty(inner)),
        RustType::Tuple(places) => {
            let places: Vec<String> = places
                .iter()
                .map(|place| format!("{},", self::ty(place)))
                .collect();
            format!("({})", places.concat())
        }
        RustType::Named(ident) => named(ident),
        RustType::Own(path) => format!("{}<{path}>", runtime("Own")),
    }
}

/// A type of the crate.
pub(super) fn named(ident: &Ident) -> String {
    format!("::api::types::{ident}")
}

/// Something of the runtime.
pub(super) fn runtime(name: &str) -> String {
    format!("::api::client_runtime::{name}")
}

pub(super) fn map(inner: &str) -> String {
    format!("::std::collections::BTreeMap<::std::string::String, {inner}>")
}

pub(super) fn option(inner: &str) -> String {
    format!("::core::option::Option<{inner}>")
}

/// A type without its box.
pub(super) fn unboxed(ty: &RustType) -> &RustType {
    match ty {
        RustType::Box(inner) => inner,
        ty => ty,
    }
}

/// What an answer is taken apart into.
pub(super) fn sequence(sequence: Sequence, ty: &RustType) -> String {
    let name = if sequence.is_events() {
        "Events"
    } else {
        "Lines"
    };
    format!("::api::{name}<{}>", self::ty(ty))
}

/// What `send` brings.
pub(super) fn answer(answer: &Answer, group: &str) -> String {
    match answer {
        Answer::Empty => "()".to_owned(),
        Answer::Json(ty) => self::ty(ty),
        Answer::JsonOrEmpty(ty) => option(&self::ty(ty)),
        Answer::ByStatus { ident, .. } => format!("{group}::{ident}"),
        Answer::Text => "::std::string::String".to_owned(),
        Answer::Sequence(how, ty) => sequence(*how, ty),
        Answer::Stream => "::api::Download".to_owned(),
    }
}
