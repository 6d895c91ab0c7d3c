//! Lists of strings or integers.

use super::super::Ident;
use super::super::docs::Docs;
use super::super::lists::{self, WIDTH};
use super::super::literal::quoted;
use super::file::Writer;
use crate::surface::{DocLines, EnumVariant};

/// Values this short stand beside each other: three fit on a line.
const SHORT: usize = 28;

/// So many values stand beside each other however long they are: nobody reads them one by one.
const MANY: usize = 25;

pub(super) fn write_text(
    ident: &Ident,
    docs: &DocLines,
    variants: &[EnumVariant<String>],
    writer: &mut Writer<'_, '_>,
) {
    write(ident.as_str(), docs, variants, |wire| quoted(wire), writer);
}

pub(super) fn write_integer(
    ident: &Ident,
    docs: &DocLines,
    variants: &[EnumVariant<i64>],
    writer: &mut Writer<'_, '_>,
) {
    write(
        &format!("{ident}: i64"),
        docs,
        variants,
        i64::to_string,
        writer,
    );
}

fn write<T>(
    head: &str,
    docs: &DocLines,
    variants: &[EnumVariant<T>],
    literal: impl Fn(&T) -> String,
    writer: &mut Writer<'_, '_>,
) {
    writer.table("open_enum", docs);
    let entries: Vec<String> = variants
        .iter()
        .map(|EnumVariant { ident, wire, .. }| format!("{ident} = {}", literal(wire)))
        .collect();
    let is_plain = variants.iter().all(|variant| variant.docs.0.is_empty());
    let is_short = |entry: &String| entry.chars().count() <= SHORT;
    let head = format!("    pub enum {head} {{");
    let code = &mut writer.code;
    code.push_str(&head);
    if is_plain && let Some(line) = on_one_line(&head, &entries) {
        code.push_str(&line);
        return code.push_str("}\n");
    }
    code.push('\n');
    if is_plain && (entries.len() >= MANY || entries.iter().all(is_short)) {
        lists::fill(entries.iter().map(String::as_str), ",", "        ", code);
    } else {
        for (EnumVariant { docs, .. }, entry) in variants.iter().zip(entries) {
            Docs::of(docs).write(code, "        ", "///");
            code.push_str(&format!("        {entry},\n"));
        }
    }
    code.push_str("    }\n}\n");
}

/// What follows the head if all stands on its line.
pub(super) fn on_one_line(head: &str, entries: &[String]) -> Option<String> {
    if entries.is_empty() {
        return Some("}\n".to_owned());
    }
    let length: usize = entries.iter().map(|entry| entry.chars().count() + 2).sum();
    (head.len() + length < WIDTH).then(|| format!(" {} }}\n", entries.join(", ")))
}
