//! Rewriting one schema object, of OpenAPI 3.0 or 3.1, into what OpenAPI 3.0 can say. One file a kind of rewriting.
//!
//! Each works on the members of a single schema object; the schemas inside are rewritten when they are read. Both
//! versions get all rewritings: documents mix them, and each form has one obvious reading.

mod bounds;
mod combination;
mod constant;
mod content;
mod enumeration;
mod examples;
mod patterns;
mod reference;
mod types;

use std::borrow::Cow;

use indexmap::IndexMap;

use super::tree::{Map, Tree};

/// The members of a schema object, some of them rewritten.
pub(super) type Fields<'t> = IndexMap<Cow<'t, str>, Cow<'t, Tree>>;

/// Rewrites the members of a schema object.
pub(super) fn fields(map: &Map) -> Fields<'_> {
    let mut fields: Fields<'_> = map
        .iter()
        .map(|(key, value)| (Cow::Borrowed(key.as_str()), Cow::Borrowed(value)))
        .collect();
    reference::rewrite(&mut fields);
    combination::rewrite(&mut fields);
    constant::rewrite(&mut fields);
    content::rewrite(&mut fields);
    types::rewrite(&mut fields);
    enumeration::rewrite(&mut fields);
    bounds::rewrite(&mut fields);
    patterns::rewrite(&mut fields);
    examples::rewrite(&mut fields);
    fields
}

/// The schema object that a boolean schema stands for (JSON Schema 2020-12, core, 4.3.2).
pub(super) fn boolean(allows: bool) -> Tree {
    match allows {
        true => Tree::map([]),
        false => Tree::map([("not", Tree::map([]))]),
    }
}

/// Sets a member.
fn set(fields: &mut Fields<'_>, key: &'static str, value: Tree) {
    fields.insert(Cow::Borrowed(key), Cow::Owned(value));
}

/// Sets `nullable`.
fn make_nullable(fields: &mut Fields<'_>) {
    set(fields, "nullable", Tree::Bool(true));
}

/// A member that is a list.
fn list<'f>(fields: &'f Fields<'_>, key: &str) -> Option<&'f [Tree]> {
    fields.get(key)?.as_list()
}

/// A member that is text.
fn text<'f>(fields: &'f Fields<'_>, key: &str) -> Option<&'f str> {
    fields.get(key)?.as_text()
}

#[cfg(test)]
mod tests;
