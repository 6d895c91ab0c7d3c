//! One of several types.

use super::super::docs::Docs;
use super::super::lists::{self, WIDTH};
use super::super::literal::quoted;
use super::super::rust_type;
use super::super::scope::Scope;
use super::super::{Fault, Ident};
use super::conversion::changed;
use super::enums::on_one_line;
use super::file::Writer;
use crate::surface::{DocLines, RustType, Select, Union, UnionVariant, VariantWhen};

pub(super) fn write<'a>(
    ident: &'a Ident,
    docs: &'a DocLines,
    union: &'a Union,
    writer: &mut Writer<'_, 'a>,
) -> Result<(), Fault> {
    writer.table("one_of", docs);
    variants(ident, union, writer);
    common(union, writer);
    writer.code.push_str("}\n");
    match &union.conversion {
        Some(origin) => conversion(ident, union, origin, writer),
        None => Ok(()),
    }
}

fn variants<'a>(ident: &Ident, union: &'a Union, writer: &mut Writer<'_, 'a>) {
    let Writer { scope, code, .. } = writer;
    let head = match &union.select {
        Select::Tag(tag) => format!("    pub enum {ident} by {} {{", quoted(tag)),
        Select::TagThenShape(tag) => {
            format!("    pub enum {ident} by {} then shape {{", quoted(tag))
        }
        Select::Shape => format!("    pub enum {ident} {{"),
    };
    code.push_str(&head);
    let variants = union.variants.iter();
    let entries: Vec<Vec<String>> = variants.map(|variant| entry(variant, scope)).collect();
    let joined: Vec<String> = entries.iter().map(|words| words.join(" ")).collect();
    let is_plain = union
        .variants
        .iter()
        .all(|variant| variant.docs.0.is_empty());
    if is_plain && let Some(line) = on_one_line(&head, &joined) {
        return code.push_str(&line);
    }
    code.push('\n');
    for ((words, joined), variant) in entries.iter().zip(joined).zip(&union.variants) {
        Docs::of(&variant.docs).write(code, "        ", "///");
        if joined.chars().count() + 9 <= WIDTH {
            code.push_str(&format!("        {joined},\n"));
            continue;
        }
        // A long list of tags is written as text is: line after line.
        let mut lines = String::new();
        let words = words.iter().map(String::as_str);
        lists::fill(words, "", "            ", &mut lines);
        code.push_str(&format!("        {},\n", lines.trim()));
    }
    code.push_str("    }\n");
}

/// The fields that all variants have.
fn common<'a>(union: &'a Union, writer: &mut Writer<'_, 'a>) {
    if union.common.is_empty() {
        return;
    }
    let Writer { scope, code, .. } = writer;
    let mut entries: Vec<String> = Vec::with_capacity(union.common.len());
    for field in &union.common {
        let optional = if field.is_optional { "optional " } else { "" };
        let mut entry = format!("{optional}{}: ", field.ident);
        match &field.ty {
            RustType::String => entry.push_str("str"),
            RustType::Vec(inner) => {
                entry.push('[');
                rust_type::write(inner, scope, &mut entry);
                entry.push(']');
            }
            RustType::Box(inner) => rust_type::write(inner, scope, &mut entry),
            ty => rust_type::write(ty, scope, &mut entry),
        }
        entries.push(entry);
    }
    code.push_str("    common {");
    if let Some(line) = on_one_line("    common {", &entries) {
        return code.push_str(&line);
    }
    code.push('\n');
    lists::fill(entries.iter().map(String::as_str), ",", "        ", code);
    code.push_str("    }\n");
}

/// A variant, what it holds and when it is chosen, in the words of the table. A line may end between them.
fn entry<'a>(variant: &'a UnionVariant, scope: &mut Scope<'a>) -> Vec<String> {
    let mut head = format!("{}(", variant.ident);
    rust_type::write(&variant.ty, scope, &mut head);
    head.push_str(") =");
    if let VariantWhen::WrittenTags(_) = &variant.when {
        head.push_str(" tag");
    }
    let look = match &variant.when {
        VariantWhen::Tags(tags) | VariantWhen::WrittenTags(tags) => {
            let tags = tags.iter().enumerate().map(|(index, tag)| match index {
                0 => format!("{head} {}", quoted(tag)),
                _ => format!("| {}", quoted(tag)),
            });
            return tags.collect();
        }
        VariantWhen::Object(properties) if !properties.is_empty() => {
            let names: Vec<String> = properties.iter().map(|name| quoted(name)).collect();
            return vec![format!("{head} object"), format!("[{}]", names.join(", "))];
        }
        VariantWhen::Object(_) => "object",
        VariantWhen::Any => "any",
        VariantWhen::Bool => "flag",
        VariantWhen::Integer => "integer",
        VariantWhen::Number => "number",
        VariantWhen::Text => "text",
        VariantWhen::List => "list",
    };
    vec![format!("{head} {look}")]
}

/// What a response brought, as a request, variant for variant.
fn conversion<'a>(
    ident: &Ident,
    union: &'a Union,
    origin: &'a Ident,
    writer: &mut Writer<'_, 'a>,
) -> Result<(), Fault> {
    writer.part();
    let Writer {
        index, scope, code, ..
    } = writer;
    let Some(from) = index.union(origin) else {
        let reason = format!("it is made from `{origin}`, which is no union");
        return Err(Fault::new(ident.as_str(), reason));
    };
    let source = scope.type_name(origin);
    code.push_str(&format!(
        "impl From<{source}> for {ident} {{\n    fn from(source: {source}) -> Self {{\n        match source {{\n"
    ));
    for (from, to) in from.variants.iter().zip(&union.variants) {
        let value = changed("value", &from.ty, &to.ty, index);
        let (from, to) = (&from.ident, &to.ident);
        code.push_str(&format!(
            "            {source}::{from}(value) => Self::{to}({value}),\n"
        ));
    }
    code.push_str(&format!(
        "            {source}::Unknown(value) => Self::Unknown(value),\n        }}\n    }}\n}}\n"
    ));
    Ok(())
}
