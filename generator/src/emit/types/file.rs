//! A file of types.

use super::super::docs::Docs;
use super::super::index::Index;
use super::super::rust_type;
use super::super::scope::Scope;
use super::super::source::Source;
use super::super::{Fault, Ident};
use super::{enums, structs, unions};
use crate::surface::{Crate, DocLines, File, Item, TypeFile, TypeItem};

/// What the types of a file are written to.
pub(super) struct Writer<'s, 'a> {
    pub(super) index: &'s Index<'a>,
    pub(super) scope: Scope<'a>,
    pub(super) code: String,
    /// What the type that is written derives.
    derives: &'a [String],
}

impl Writer<'_, '_> {
    /// Begins a table that declares a type.
    pub(super) fn table(&mut self, name: &'static str, docs: &DocLines) {
        self.part();
        self.code.push_str(self.scope.table(name));
        self.code.push_str("! {\n");
        Docs::of(docs).write(&mut self.code, "    ", "///");
        if !self.derives.is_empty() {
            let derives = self.derives.join(", ");
            self.code.push_str(&format!("    #[derive({derives})]\n"));
        }
    }

    /// Begins an item, with an empty line before it.
    pub(super) fn part(&mut self) {
        if !self.code.is_empty() {
            self.code.push('\n');
        }
    }
}

/// The file, whole.
pub(super) fn file<'a>(
    file: &'a TypeFile,
    krate: &Crate,
    index: &Index<'a>,
) -> Result<File, Fault> {
    let own = file.types.iter().map(|item| item.ident.as_str());
    let used = file.types.iter().flat_map(used);
    let mut writer = Writer {
        index,
        scope: Scope::of_types(own, used),
        code: String::new(),
        derives: &[],
    };
    for item in &file.types {
        writer.derives = &item.derives;
        write(item, &mut writer)?;
    }
    let path = format!("src/types/{}.rs", file.module.plain());
    let mut source = Source::default();
    source.text(writer.code);
    Ok(source.finish(path, &krate.package, &writer.scope))
}

fn write<'a>(item: &'a TypeItem, writer: &mut Writer<'_, 'a>) -> Result<(), Fault> {
    let (ident, docs) = (&item.ident, &item.docs);
    match &item.item {
        Item::Struct(structure) => structs::write(ident, docs, structure, writer)?,
        Item::TextEnum(variants) => enums::write_text(ident, docs, variants, writer),
        Item::IntegerEnum(variants) => enums::write_integer(ident, docs, variants, writer),
        Item::Union(union) => unions::write(ident, docs, union, writer)?,
        Item::Alias(target) => {
            writer.part();
            Docs::of(docs).write(&mut writer.code, "", "///");
            let target = rust_type::spelled(target, &mut writer.scope);
            writer
                .code
                .push_str(&format!("pub type {ident} = {target};\n"));
        }
    }
    Ok(())
}

/// The types of this crate that a type names.
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
            union.common.iter().for_each(|field| add(&field.ty));
            names.extend(&union.conversion);
        }
        Item::Alias(target) => add(target),
    }
    names
}
