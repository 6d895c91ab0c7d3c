//! A JSON object: its table, and the conversion from its twin.

use super::super::docs::Docs;
use super::super::index::Index;
use super::super::lists::WIDTH;
use super::super::literal::quoted;
use super::super::rust_type;
use super::super::scope::Scope;
use super::super::{Fault, Ident};
use super::conversion;
use super::enums::on_one_line;
use super::file::Writer;
use crate::surface::{DocLines, Field, FieldPresence, RustType, Struct};

pub(super) fn write<'a>(
    ident: &'a Ident,
    docs: &'a DocLines,
    structure: &'a Struct,
    writer: &mut Writer<'_, 'a>,
) -> Result<(), Fault> {
    writer.table("object", docs);
    fields(ident, structure, writer);
    constructor(structure, writer);
    writer.code.push_str("}\n");
    if let Some(page) = &structure.page {
        let ty = rust_type::spelled(&page.ty, &mut writer.scope);
        let table = writer.scope.table("page");
        let line = format!("{table}! {{ {ident}: {} -> {ty} }}\n", page.ident);
        writer.part();
        writer.code.push_str(&line);
    }
    match &structure.conversion {
        Some(conversion) => conversion::write(ident, structure, conversion, writer),
        None => Ok(()),
    }
}

fn fields<'a>(ident: &Ident, structure: &'a Struct, writer: &mut Writer<'_, 'a>) {
    let Writer { scope, code, .. } = writer;
    let mut entries: Vec<String> = Vec::with_capacity(structure.fields.len() + 1);
    for field in &structure.fields {
        let mut entry = format!("{} {}: ", word(field.presence), field.ident);
        rust_type::write(&field.ty, scope, &mut entry);
        entry.push_str(" = ");
        entry.push_str(&quoted(&field.wire));
        entries.push(entry);
    }
    if let Some(rest) = &structure.rest {
        let ty = rust_type::spelled(&rest.ty, scope);
        entries.push(format!("rest {}: {ty}", rest.ident));
    }
    let is_short = structure.fields.iter().all(|field| field.docs.0.is_empty());
    let head = format!("    pub struct {ident} {{");
    code.push_str(&head);
    if is_short && let Some(line) = on_one_line(&head, &entries) {
        return code.push_str(&line);
    }
    code.push('\n');
    let docs = structure.fields.iter().map(|field| Some(&field.docs));
    for (entry, docs) in entries.iter().zip(docs.chain([None])) {
        if let Some(docs) = docs {
            Docs::of(docs).write(code, "        ", "///");
        }
        code.push_str("        ");
        code.push_str(entry);
        code.push_str(",\n");
    }
    code.push_str("    }\n");
}

/// What the table calls a presence.
fn word(presence: FieldPresence) -> &'static str {
    match presence {
        FieldPresence::Required => "required",
        FieldPresence::Optional => "optional",
        FieldPresence::Nullable => "nullable",
        FieldPresence::Patch => "patch",
    }
}

/// `new`, which takes what is required, and whether there are setters for the rest.
fn constructor<'a>(structure: &'a Struct, writer: &mut Writer<'_, 'a>) {
    let Writer {
        index, scope, code, ..
    } = writer;
    let is_required = |field: &&Field| field.presence == FieldPresence::Required;
    let arguments: Vec<String> = structure
        .fields
        .iter()
        .filter(is_required)
        .map(|field| argument(field, index, scope))
        .collect();
    let end = if structure.setters && arguments.len() < structure.fields.len() {
        "), setters\n"
    } else {
        ")\n"
    };
    let line = format!("    new({}{end}", arguments.join(", "));
    if line.chars().count() <= WIDTH + 1 {
        return code.push_str(&line);
    }
    code.push_str("    new(\n");
    for argument in &arguments {
        code.push_str(&format!("        {argument},\n"));
    }
    code.push_str("    ");
    code.push_str(end);
}

/// A field as an argument: in any form that makes it, where it is made from text, and never in a box.
pub(super) fn argument<'a>(field: &'a Field, index: &Index<'a>, scope: &mut Scope<'a>) -> String {
    let plain = match &field.ty {
        RustType::Box(inner) => inner,
        ty => ty,
    };
    let ty = rust_type::spelled(plain, scope);
    if index.is_made_from_text(&field.ty) {
        format!("{}: impl Into<{ty}>", field.ident)
    } else {
        format!("{}: {ty}", field.ident)
    }
}
