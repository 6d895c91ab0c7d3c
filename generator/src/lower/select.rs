//! How the variants of a union without a discriminator are told apart: by JSON type, then by a property whose allowed values
//! differ, then by required properties, then by trying one after the other.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Node};
use super::schema::Kind;
use super::union::{Candidate, allowed_values};
use crate::diag::Code;
use crate::ir::{Enum, Select, TypeRef, Union, Variant, When};

/// The union of candidates whose document gives no discriminator.
pub(super) fn without_discriminator<'a>(
    context: &mut Context<'a>,
    node: &Node<'a>,
    candidates: Vec<Candidate<'a>>,
) -> Union {
    if let Some((property, tags)) = inferred_tag(context, &candidates) {
        let variants = candidates
            .into_iter()
            .zip(tags)
            .map(|(candidate, tags)| Variant {
                path: candidate.path,
                ty: candidate.ty,
                tags,
                when: None,
            })
            .collect();
        return Union {
            variants,
            select: Select::Tag {
                property,
                inferred: true,
            },
        };
    }
    let mut variants: Vec<Variant> = candidates
        .into_iter()
        .map(|candidate| Variant {
            when: Some(looks_like(context, &candidate)),
            path: candidate.path,
            ty: candidate.ty,
            tags: Vec::new(),
        })
        .collect();
    // Wrappers around one type, or two lists of the same, are one variant.
    let mut seen = std::collections::HashSet::new();
    variants.retain(|variant| seen.insert(variant.ty.clone()));
    // The sort is stable: where the looks are alike, document order decides.
    variants.sort_by_key(|variant| variant.when.as_ref().map(precedence));
    report_alike(context, node, &variants);
    Union {
        variants,
        select: Select::Shape,
    }
}

/// A property that every variant declares with a list of allowed strings, so that every variant has a value of its own. A value
/// that several allow belongs to the one with the fewest values.
fn inferred_tag<'a>(
    context: &Context<'a>,
    candidates: &[Candidate<'a>],
) -> Option<(String, Vec<Vec<String>>)> {
    let (first, others) = candidates.split_first()?;
    if others.is_empty() {
        return None;
    }
    // A tag that must be there is better than one that may be missing.
    let (always, sometimes): (Vec<&str>, Vec<&str>) =
        first.members.drafts.keys().copied().partition(|name| {
            candidates
                .iter()
                .all(|candidate| candidate.members.required.contains(name))
        });
    always
        .into_iter()
        .chain(sometimes)
        .find_map(|name| Some((name.to_owned(), shares(context, candidates, name)?)))
}

/// Which values of a property belong to which variant; none if a variant is left without one.
fn shares<'a>(
    context: &Context<'a>,
    candidates: &[Candidate<'a>],
    property: &str,
) -> Option<Vec<Vec<String>>> {
    let lists: Vec<Vec<String>> = candidates
        .iter()
        .map(|candidate| allowed_values(context, &candidate.members, property))
        .collect();
    let mut owners: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (index, list) in lists.iter().enumerate() {
        for value in list {
            let claim = (list.len(), index);
            let owner = owners.entry(value).or_insert(claim);
            *owner = claim.min(*owner);
        }
    }
    let shares: Vec<Vec<String>> = lists
        .iter()
        .enumerate()
        .map(|(index, list)| {
            list.iter()
                .filter(|value| {
                    owners
                        .get(value.as_str())
                        .is_some_and(|(_, of)| *of == index)
                })
                .cloned()
                .collect()
        })
        .collect();
    shares
        .iter()
        .all(|share: &Vec<String>| !share.is_empty())
        .then_some(shares)
}

/// What a value of a variant looks like from outside.
fn looks_like<'a>(context: &Context<'a>, candidate: &Candidate<'a>) -> When {
    let required = |members: &super::object::Members<'_>| -> Vec<String> {
        members
            .required
            .iter()
            .filter(|name| members.drafts.contains_key(*name))
            .map(|name| (*name).to_owned())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    };
    match context.through_wrappers(&candidate.node) {
        Kind::Plain(TypeRef::Bool) => When::Bool,
        Kind::Plain(TypeRef::Float) => When::Number,
        Kind::Plain(TypeRef::Int32 | TypeRef::Int64 | TypeRef::Uint64)
        | Kind::Enum(Enum::Integer(_)) => When::Integer,
        Kind::Plain(ty) if ty.is_text() => When::Text,
        Kind::Enum(Enum::Text(_)) => When::Text,
        Kind::List(_) => When::List,
        Kind::Map(_) => When::Object { with: Vec::new() },
        Kind::Object | Kind::Merged(_) => When::Object {
            with: required(&candidate.members),
        },
        // A union of objects is an object, and what all its variants require must be there.
        Kind::Union(_) if context.has_members(&candidate.node) => When::Object {
            with: required(&candidate.members),
        },
        Kind::Plain(_) | Kind::Union(_) | Kind::Same(_) => When::Any,
    }
}

/// The order in which variants are tried: what says most comes first.
fn precedence(when: &When) -> (u8, usize) {
    match when {
        When::Bool | When::Integer | When::Text | When::List => (0, 0),
        When::Number => (1, 0),
        When::Object { with } => (2, usize::MAX - with.len()),
        When::Any => (3, 0),
    }
}

/// Variants that look alike are tried in order: the first that fits is taken, whatever was meant.
fn report_alike(context: &mut Context<'_>, node: &Node<'_>, variants: &[Variant]) {
    let alike = variants
        .iter()
        .zip(variants.iter().skip(1))
        .find(|(a, b)| a.when == b.when);
    if let Some((a, b)) = alike {
        let message = format!(
            "nothing that must be there tells two variants apart ({} and {}); the first one that fits is taken",
            a.path, b.path
        );
        context.report(
            Code::AmbiguousUnion,
            &node.path,
            message,
            "give the union a discriminator, or require a property that only one variant has",
        );
    }
}
