//! The types that a decoding bench needs, as one would write them with derived serde.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use atlas_codegen::surface::{
    Crate, EnumVariant, FieldPresence, Item, RustType, Select, TypeItem, Union, VariantWhen,
};

/// Rust code with a type and all that it is made of.
pub(super) fn derived(krate: &Crate, root: &str) -> String {
    let mut text = String::from("use serde::{Deserialize, Serialize};\n");
    let mut seen = BTreeSet::new();
    let mut wanted = vec![root.to_owned()];
    let mut items = Vec::new();
    while let Some(name) = wanted.pop() {
        let found = types(krate).find(|item| item.ident.to_string() == name);
        if let Some(item) = found
            && seen.insert(name)
        {
            mentioned(&item.item, &mut wanted);
            items.push(item);
        }
    }
    let tags: BTreeSet<&str> = items.iter().filter_map(|item| tag(&item.item)).collect();
    for item in items {
        write_item(item, &tags, &mut text);
    }
    text
}

/// The property that tells a union's variants apart. Derived serde takes it out of the object before it reads the variant, so a
/// variant's own field for it must do without.
fn tag(item: &Item) -> Option<&str> {
    match item {
        Item::Union(Union {
            select: Select::Tag(property),
            ..
        }) => Some(property),
        _ => None,
    }
}

/// All types of a crate.
pub(super) fn types(krate: &Crate) -> impl Iterator<Item = &TypeItem> {
    krate.types.iter().flat_map(|file| &file.types)
}

fn write_item(item: &TypeItem, tags: &BTreeSet<&str>, text: &mut String) {
    let name = &item.ident;
    match &item.item {
        Item::Struct(object) => {
            let _ = writeln!(
                text,
                "#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\npub struct {name} {{"
            );
            for field in &object.fields {
                let plain = rust_type(&field.ty);
                let (attributes, ty) = match field.presence {
                    _ if tags.contains(field.wire.as_str()) => {
                        (", default, skip_serializing", format!("Option<{plain}>"))
                    }
                    FieldPresence::Required => ("", plain),
                    FieldPresence::Nullable => ("", format!("Option<{plain}>")),
                    FieldPresence::Optional | FieldPresence::Patch => (
                        ", default, skip_serializing_if = \"Option::is_none\"",
                        format!("Option<{plain}>"),
                    ),
                };
                let _ = writeln!(
                    text,
                    "    #[serde(rename = {:?}{attributes})]\n    pub {}: {ty},",
                    field.wire, field.ident
                );
            }
            if let Some(rest) = &object.rest {
                let _ = writeln!(
                    text,
                    "    #[serde(flatten)]\n    pub {}: std::collections::BTreeMap<String, {}>,",
                    rest.ident,
                    rust_type(&rest.ty)
                );
            }
            text.push_str("}\n");
        }
        Item::TextEnum(variants) => write_text_enum(&name.to_string(), variants, text),
        Item::IntegerEnum(_) => {
            let _ = writeln!(text, "pub type {name} = i64;");
        }
        Item::Union(union) => write_union(&name.to_string(), union, text),
        Item::Alias(ty) => {
            let _ = writeln!(text, "pub type {name} = {};", rust_type(ty));
        }
    }
}

fn write_text_enum(name: &str, variants: &[EnumVariant<String>], text: &mut String) {
    let _ = writeln!(
        text,
        "#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\npub enum {name} {{"
    );
    for variant in variants {
        let _ = writeln!(
            text,
            "    #[serde(rename = {:?})]\n    {},",
            variant.wire, variant.ident
        );
    }
    // What is not known is kept, as the generated enums keep it.
    text.push_str("    #[serde(untagged)]\n    Unknown(String),\n}\n");
}

fn write_union(name: &str, union: &Union, text: &mut String) {
    let tag = match &union.select {
        Select::Tag(property) => format!("#[serde(tag = {property:?})]"),
        Select::TagThenShape(_) | Select::Shape => "#[serde(untagged)]".to_owned(),
    };
    let _ = writeln!(
        text,
        "#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\n{tag}\npub enum {name} {{"
    );
    for variant in &union.variants {
        if let VariantWhen::Tags(tags) | VariantWhen::WrittenTags(tags) = &variant.when {
            let aliases: Vec<String> = tags.iter().map(|tag| format!("alias = {tag:?}")).collect();
            let _ = writeln!(text, "    #[serde({})]", aliases.join(", "));
        }
        let _ = writeln!(
            text,
            "    {}(Box<{}>),",
            variant.ident,
            rust_type(&variant.ty)
        );
    }
    text.push_str("}\n");
}

fn rust_type(ty: &RustType) -> String {
    match ty {
        RustType::Bool => "bool".to_owned(),
        RustType::I32 => "i32".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::U64 => "u64".to_owned(),
        RustType::F64 => "f64".to_owned(),
        // The runtime's types keep the text of the wire too.
        RustType::String
        | RustType::Timestamp
        | RustType::Date
        | RustType::Uuid
        | RustType::Base64
        | RustType::FilePart
        | RustType::Upload => "String".to_owned(),
        // No config of the bench brings types of its own.
        RustType::Json | RustType::Own(_) => "serde_json::Value".to_owned(),
        RustType::Vec(inner) => format!("Vec<{}>", rust_type(inner)),
        RustType::Tuple(places) => {
            let places: String = places
                .iter()
                .map(|place| format!("{}, ", rust_type(place)))
                .collect();
            format!("({places})")
        }
        RustType::Map(inner) => {
            format!("std::collections::BTreeMap<String, {}>", rust_type(inner))
        }
        RustType::Option(inner) => format!("Option<{}>", rust_type(inner)),
        RustType::Box(inner) => format!("Box<{}>", rust_type(inner)),
        RustType::Named(name) => name.to_string(),
    }
}

/// The names that an item mentions.
fn mentioned(item: &Item, names: &mut Vec<String>) {
    let mut add = |ty: &RustType| {
        let mut ty = ty;
        loop {
            ty = match ty {
                RustType::Vec(inner)
                | RustType::Map(inner)
                | RustType::Option(inner)
                | RustType::Box(inner) => inner,
                RustType::Named(name) => {
                    names.push(name.to_string());
                    return;
                }
                _ => return,
            };
        }
    };
    match item {
        Item::Struct(object) => {
            object.fields.iter().for_each(|field| add(&field.ty));
            object.rest.iter().for_each(|rest| add(&rest.ty));
        }
        Item::Union(union) => union.variants.iter().for_each(|variant| add(&variant.ty)),
        Item::Alias(ty) => add(ty),
        Item::TextEnum(_) | Item::IntegerEnum(_) => {}
    }
}
