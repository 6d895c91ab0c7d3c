//! `types/`: one file for each type.

mod conversion;
mod enums;
mod structs;
mod unions;

use quote::quote;

pub(super) use structs::{initializer, parameter};

use super::docs::Docs;
use super::index::Index;
use super::literal::word;
use super::rust_type;
use super::scope::Scope;
use super::source::Source;
use super::{Fault, Ident};
use crate::surface::{Crate, File, Gate, Item, TypeItem};

/// Every file of `types/`.
pub(super) fn files(krate: &Crate, index: &Index<'_>, files: &mut Vec<File>) -> Result<(), Fault> {
    files.push(module(krate));
    for item in &krate.types {
        files.push(file(item, krate, index)?);
    }
    Ok(())
}

/// `types/mod.rs`.
fn module(krate: &Crate) -> File {
    let mut modules = String::new();
    let mut exports = String::new();
    for TypeItem {
        ident,
        module,
        gate,
        ..
    } in &krate.types
    {
        let gate = attribute(gate);
        modules.push_str(&format!("{gate}mod {module};\n"));
        exports.push_str(&format!("{gate}pub use {module}::{ident};\n"));
    }
    let mut source = Source::default();
    source.text("//! The types that requests and answers carry.\n".to_owned());
    source.text(modules);
    source.text(exports);
    source.finish_plain("src/types/mod.rs", &krate.package)
}

/// The `cfg` line of a gate; nothing where the item is always there.
pub(super) fn attribute(gate: &Gate) -> String {
    let features: Vec<String> = gate
        .0
        .iter()
        .map(|feature| format!("feature = {}", super::literal::quoted(&feature.0)))
        .collect();
    match features.as_slice() {
        [] => String::new(),
        [one] => format!("#[cfg({one})]\n"),
        _ => {
            let line = format!("#[cfg(any({}))]\n", features.join(", "));
            if line.len() <= 100 {
                return line;
            }
            format!("#[cfg(any(\n    {}\n))]\n", features.join(",\n    "))
        }
    }
}

/// The file of a type.
fn file(item: &TypeItem, krate: &Crate, index: &Index<'_>) -> Result<File, Fault> {
    let mut scope = Scope::of_type(&item.ident, used(item));
    let mut source = Source::default();
    let plain = Docs::of(&item.docs);
    let docs = plain.clone().gate(&item.gate);
    match &item.item {
        Item::Struct(structure) => {
            structs::write(&item.ident, docs, structure, index, &mut scope, &mut source)?
        }
        Item::TextEnum(variants) => {
            enums::write_text(&item.ident, &docs, variants, &mut scope, &mut source)
        }
        Item::IntegerEnum(variants) => {
            enums::write_integer(&item.ident, &docs, variants, &mut scope, &mut source)
        }
        Item::Union(union) => unions::write(
            &item.ident,
            plain,
            &item.gate,
            union,
            index,
            &mut scope,
            &mut source,
        )?,
        Item::Alias(target) => {
            let (name, docs) = (word(&item.ident), scope.docs(docs));
            let target = rust_type::tokens(target, &mut scope);
            source.item(item.ident.as_str(), quote!(#docs pub type #name = #target;))?;
        }
    }
    let path = format!("src/types/{}.rs", item.module.plain());
    Ok(source.finish(path, &krate.package, &scope))
}

/// The types of this crate that the file of a type names.
fn used(item: &TypeItem) -> Vec<&Ident> {
    let mut names = Vec::new();
    let mut add = |ty| rust_type::named(ty, &mut |ident| names.push(ident));
    match &item.item {
        Item::Struct(structure) => {
            structure.fields.iter().for_each(|field| add(&field.ty));
            structure.rest.iter().for_each(|rest| add(&rest.ty));
            names.extend(
                structure
                    .conversion
                    .iter()
                    .map(|conversion| &conversion.source),
            );
        }
        Item::TextEnum(_) | Item::IntegerEnum(_) => {}
        Item::Union(union) => {
            union.variants.iter().for_each(|variant| add(&variant.ty));
            names.extend(&union.conversion);
        }
        Item::Alias(target) => add(target),
    }
    names
}

/// The opening line of a table that stands for a type.
fn table_head(macro_name: &str, ident: &Ident) -> String {
    format!("{macro_name}! {{\n    {ident}")
}
