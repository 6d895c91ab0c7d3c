//! Types, as users see them.

use crate::surface::Ident;
use crate::surface::{Field, FieldPresence, RustType};

/// What a plain name means beside the crate's own types.
const KNOWN: [&str; 10] = [
    "BTreeMap",
    "Base64",
    "Bytes",
    "Date",
    "FilePart",
    "Patch",
    "Timestamp",
    "Upload",
    "Uuid",
    "Value",
];

/// A type of the crate; with its module where the name alone would mean another one.
pub(super) fn named(ident: &Ident) -> String {
    match ident.as_str() {
        name if KNOWN.contains(&name) => format!("types::{name}"),
        name => name.to_owned(),
    }
}

/// A type.
pub(super) fn ty(ty: &RustType) -> String {
    match ty {
        RustType::Bool => "bool".to_owned(),
        RustType::I32 => "i32".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::U64 => "u64".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::String => "String".to_owned(),
        RustType::Timestamp => "Timestamp".to_owned(),
        RustType::Date => "Date".to_owned(),
        RustType::Uuid => "Uuid".to_owned(),
        RustType::Base64 => "Base64".to_owned(),
        RustType::FilePart => "FilePart".to_owned(),
        RustType::Upload => "Upload".to_owned(),
        RustType::Json => "Value".to_owned(),
        RustType::Vec(inner) => format!("Vec<{}>", self::ty(inner)),
        RustType::Tuple(places) => {
            let places: Vec<String> = places.iter().map(self::ty).collect();
            // A tuple of one has a comma.
            let end = if places.len() == 1 { "," } else { "" };
            format!("({}{end})", places.join(","))
        }
        RustType::Map(inner) => format!("BTreeMap<String,{}>", self::ty(inner)),
        RustType::Option(inner) => format!("Option<{}>", self::ty(inner)),
        RustType::Box(inner) => format!("Box<{}>", self::ty(inner)),
        RustType::Named(ident) => named(ident),
        RustType::Own(path) => path.clone(),
    }
}

/// The type of a field.
pub(super) fn field(field: &Field) -> String {
    let inner = ty(&field.ty);
    match field.presence {
        FieldPresence::Required => inner,
        FieldPresence::Optional | FieldPresence::Nullable => format!("Option<{inner}>"),
        FieldPresence::Patch => format!("Patch<{inner}>"),
    }
}

/// A type without its box, as callers give it.
pub(super) fn given(ty: &RustType) -> String {
    match ty {
        RustType::Box(inner) => self::ty(inner),
        ty => self::ty(ty),
    }
}
