//! The names inside types: fields, enum values, variants of unions.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;

use super::context::{Context, Named, first_free};
use super::form::Form;
use super::settle::{self, Name};
use super::words::Words;
use super::{Ident, Members};
use crate::diag::SpecPath;
use crate::ir::{Enum, Object, Shape, Type, TypeId, TypeRef, Union};

/// The names inside a type that is called `own`.
pub(super) fn name(
    ty: &Type,
    own: &Name,
    types: &BTreeMap<TypeId, Name>,
    context: &mut Context<'_>,
) -> Members {
    match &ty.shape {
        Shape::Object(object) => name_fields(object, context),
        Shape::Enum(Enum::Text(values)) => {
            let wires = values
                .iter()
                .map(|value| (value.value.as_str(), &value.path));
            variants(&wires.collect::<Vec<_>>(), context)
        }
        Shape::Enum(Enum::Integer(values)) => {
            let texts: Vec<String> = values.iter().map(|value| value.value.to_string()).collect();
            let paths = values.iter().map(|value| &value.path);
            let wires = texts.iter().map(String::as_str).zip(paths);
            variants(&wires.collect::<Vec<_>>(), context)
        }
        Shape::Union(union) => name_union(union, own, types, context),
        Shape::Alias(_) => Members::Alias,
    }
}

fn variants(wires: &[(&str, &SpecPath)], context: &mut Context<'_>) -> Members {
    let names = context.settle_wires(Form::Variant, "variant", wires, &mut BTreeSet::new());
    Members::Variants(idents(&names))
}

fn idents(names: &[Name]) -> Vec<Ident> {
    names.iter().map(|name| Ident::new(&name.text)).collect()
}

/// A struct's fields; the one for undeclared properties comes last and gives way to all.
fn name_fields(object: &Object, context: &mut Context<'_>) -> Members {
    let mut taken = BTreeSet::new();
    let wires: Vec<(&str, &SpecPath)> = object
        .fields
        .iter()
        .map(|field| (field.wire.as_str(), &field.path))
        .collect();
    let fields = context.settle_wires(Form::Field, "field", &wires, &mut taken);
    let rest = object.rest.as_ref().map(|_| {
        let others = Words::one("others");
        let ways = [
            others.clone(),
            Words::one("other").and("properties"),
            others.after("all"),
        ];
        Ident::new(&first_free(Form::Field, &ways, "others", &mut taken).text)
    });
    Members::Object {
        fields: idents(&fields),
        rest,
    }
}

/// A union's variants: each by its type's name without the words that it shares with the union's, unless two would then be the
/// same.
fn name_union(
    union: &Union,
    own: &Name,
    types: &BTreeMap<TypeId, Name>,
    context: &mut Context<'_>,
) -> Members {
    let whole: Vec<Words> = union
        .variants
        .iter()
        .map(|variant| words_of(&variant.ty, types))
        .collect();
    let short: Vec<Words> = whole
        .iter()
        .map(|words| words.without(&own.words).unwrap_or_else(|| words.clone()))
        .collect();
    let is_alone = |words: &Words| short.iter().filter(|other| *other == words).count() == 1;
    let named: Vec<Named<'_>> = union
        .variants
        .iter()
        .zip(whole.iter().zip(&short))
        .map(|(variant, (whole, short))| {
            let best = if is_alone(short) { short } else { whole };
            let inner = element_words(&variant.ty, types);
            let tag = variant.tags.first().map(|tag| context.splitter.split(tag));
            let ways = [Some(best.clone()), Some(whole.clone()), inner, tag];
            let ways: Vec<Words> = ways.into_iter().flatten().collect();
            let wire = whole.pascal();
            let key = format!("{wire} {}", variant.tags.join(" "));
            Named {
                path: &variant.path,
                claim: context.claim_of(Form::Variant, &wire, key, &variant.path, &ways),
            }
        })
        .collect();
    // Two plain types of one kind, such as two lists, part by what they hold: nothing in the document collides there.
    let claims: Vec<_> = named.into_iter().map(|named| named.claim).collect();
    let (names, _) = settle::settle(&claims, &mut BTreeSet::new());
    Members::Variants(idents(&names))
}

/// The words of a variant's type.
fn words_of(ty: &TypeRef, types: &BTreeMap<TypeId, Name>) -> Words {
    let word = match ty {
        TypeRef::Own(path) => {
            let name = path.rsplit("::").next().unwrap_or("value");
            return Words::one(&name.to_snake_case());
        }
        TypeRef::Named(id) => return named_words(*id, types),
        TypeRef::Nullable(inner) => return words_of(inner, types),
        TypeRef::Bool => "flag",
        TypeRef::Int32 | TypeRef::Int64 | TypeRef::Uint64 => "integer",
        TypeRef::Float => "number",
        TypeRef::Text => "text",
        TypeRef::DateTime => "timestamp",
        TypeRef::Date => "date",
        TypeRef::Uuid => "uuid",
        TypeRef::Base64 => "base64",
        TypeRef::Binary => "bytes",
        TypeRef::Json => "json",
        TypeRef::List(_) => "list",
        TypeRef::Tuple(_) => "tuple",
        TypeRef::Map(_) => "map",
    };
    Words::one(word)
}

/// The words of a list or map with those of what it holds.
fn element_words(ty: &TypeRef, types: &BTreeMap<TypeId, Name>) -> Option<Words> {
    match ty {
        TypeRef::List(inner) => {
            let inner_words = element_words(inner, types).unwrap_or_else(|| words_of(inner, types));
            Some(inner_words.and("list"))
        }
        TypeRef::Map(inner) => {
            let inner_words = element_words(inner, types).unwrap_or_else(|| words_of(inner, types));
            Some(inner_words.and("map"))
        }
        TypeRef::Nullable(inner) => element_words(inner, types),
        _ => None,
    }
}

fn named_words(id: TypeId, types: &BTreeMap<TypeId, Name>) -> Words {
    types
        .get(&id)
        .map_or_else(|| Words::one("value"), |name| name.words.clone())
}
