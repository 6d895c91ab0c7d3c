//! Lists of strings or integers.

use super::super::Ident;
use super::super::docs::Docs;
use super::super::literal::quoted;
use super::super::scope::Scope;
use super::super::source::Source;
use crate::surface::EnumVariant;

pub(super) fn write_text(
    ident: &Ident,
    docs: &Docs<'_>,
    variants: &[EnumVariant<String>],
    scope: &mut Scope<'_>,
    source: &mut Source,
) {
    write(
        ident.as_str(),
        docs,
        variants,
        |wire| quoted(wire),
        scope,
        source,
    );
}

pub(super) fn write_integer(
    ident: &Ident,
    docs: &Docs<'_>,
    variants: &[EnumVariant<i64>],
    scope: &mut Scope<'_>,
    source: &mut Source,
) {
    write(
        &format!("{ident}: i64"),
        docs,
        variants,
        i64::to_string,
        scope,
        source,
    );
}

fn write<T>(
    head: &str,
    docs: &Docs<'_>,
    variants: &[EnumVariant<T>],
    literal: impl Fn(&T) -> String,
    scope: &mut Scope<'_>,
    source: &mut Source,
) {
    let mut table = format!("{}! {{\n", scope.table("open_enum"));
    docs.write(&mut table, "    ", "///");
    table.push_str(&format!("    pub enum {head} {{\n"));
    for EnumVariant { ident, wire, docs } in variants {
        Docs::of(docs).write(&mut table, "        ", "///");
        table.push_str(&format!("        {ident} = {},\n", literal(wire)));
    }
    table.push_str("    }\n}\n");
    source.text(table);
}
