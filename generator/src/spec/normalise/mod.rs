//! Rewriting one schema object, of OpenAPI 3.0 to 3.2, into what OpenAPI 3.0 can say. One file a kind of rewriting.
//!
//! Each works on the members of a single schema object; the schemas inside are rewritten when they are read. All
//! versions get all rewritings: documents mix them, and each form has one obvious reading.

mod bounds;
mod combination;
mod constant;
mod content;
mod enumeration;
mod examples;
mod patterns;
mod reference;
mod tuple;
mod types;

pub(super) use tuple::MARK as TUPLE;

use std::borrow::Cow;

use indexmap::IndexMap;
use openapiv3::Schema;

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
    tuple::rewrite(&mut fields);
    patterns::rewrite(&mut fields);
    examples::rewrite(&mut fields);
    fields
}

/// Whether a list has exactly as many values as there are places, whose schemas then stand in its `anyOf`: OpenAPI 3.0, and so its
/// model, has no better room for them.
pub fn is_tuple(schema: &Schema) -> bool {
    // No extension of a document has this name: they begin with `x-`.
    schema.schema_data.extensions.contains_key(TUPLE)
}

/// The schema object that a boolean schema stands for (JSON Schema 2020-12, core, 4.3.2).
pub(super) fn boolean(allows: bool) -> Tree {
    match allows {
        true => Tree::map([]),
        false => Tree::map([("not", Tree::map([]))]),
    }
}

/// One schema for what any of several allow; none where there is none. Annotations make no difference.
fn any_of(schemas: Vec<Tree>) -> Option<Tree> {
    let mut different: Vec<Tree> = Vec::with_capacity(schemas.len());
    for schema in schemas {
        let plain = without_annotations(&schema);
        if !different
            .iter()
            .any(|known| without_annotations(known) == plain)
        {
            different.push(schema);
        }
    }
    match <[Tree; 1]>::try_from(different) {
        Ok([single]) => Some(single),
        Err(none) if none.is_empty() => None,
        Err(several) if several.iter().any(allows_all) => Some(Tree::map([])),
        Err(several) => Some(Tree::map([("anyOf", Tree::List(several))])),
    }
}

/// A schema without what only describes it.
fn without_annotations(schema: &Tree) -> Cow<'_, Tree> {
    const NOTES: [&str; 5] = ["title", "description", "example", "examples", "$comment"];
    match schema.as_map() {
        Some(map) if NOTES.iter().any(|note| map.contains_key(*note)) => {
            let mut map = map.clone();
            map.retain(|key, _| !NOTES.contains(&key.as_str()));
            Cow::Owned(Tree::Map(Box::new(map)))
        }
        _ => Cow::Borrowed(schema),
    }
}

/// Whether a schema says nothing.
fn allows_all(schema: &Tree) -> bool {
    match without_annotations(schema).as_ref() {
        Tree::Map(map) => map.is_empty(),
        other => *other == Tree::Bool(true),
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
