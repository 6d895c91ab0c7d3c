//! How the variants of a union without a discriminator are told apart: by a property whose allowed values differ, then by JSON
//! type, then by required properties, then by trying one after the other.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::context::{Context, Node};
use super::schema::Kind;
use super::tag::allowed_values;
use super::union::Candidate;
use crate::diag::{Code, SpecPath};
use crate::ir::{Enum, Select, TypeRef, Union, Variant, When};

/// A variant and its look.
type Draft = (When, Variant);

/// The union of candidates whose document gives no discriminator.
pub(super) fn without_discriminator<'a>(
    context: &mut Context<'a>,
    node: &Node<'a>,
    mut candidates: Vec<Candidate<'a>>,
) -> Union {
    // Wrappers around one type, or two lists of the same, are one variant.
    let mut seen = HashSet::new();
    candidates.retain(|candidate| seen.insert(candidate.ty.clone()));
    let (property, shares) = match inferred_tag(context, &candidates) {
        Some((property, shares)) => (Some(property), shares),
        None => (None, vec![Vec::new(); candidates.len()]),
    };
    let mut drafts: Vec<Draft> = candidates
        .into_iter()
        .zip(shares)
        .map(|(candidate, tags)| {
            let variant = Variant {
                path: candidate.path.clone(),
                ty: candidate.ty.clone(),
                tags,
                lacks_tag: false,
                when: None,
            };
            (looks_like(context, &candidate), variant)
        })
        .collect();
    if property.is_none() || overlap(drafts.iter().map(|(_, variant)| &variant.tags)) {
        // The sort is stable: where the looks are alike, document order decides.
        drafts.sort_by_key(|(look, _)| precedence(look));
        report_alike(context, node, property.as_deref(), &drafts);
    }
    let is_tagged = property.is_some();
    let variants = drafts.into_iter().map(|(look, variant)| Variant {
        when: (!is_tagged).then_some(look),
        ..variant
    });
    Union {
        variants: variants.collect(),
        select: property.map_or(Select::Shape, |property| Select::Tag {
            property,
            inferred: true,
        }),
    }
}

/// A property that every variant declares with a list of allowed strings, and which of them mean which variant. One that leaves a
/// value to one variant alone is better than one that leaves it to several, and one that must be there is better than one that
/// may be missing.
fn inferred_tag<'a>(
    context: &Context<'a>,
    candidates: &[Candidate<'a>],
) -> Option<(String, Vec<Vec<String>>)> {
    let (first, others) = candidates.split_first()?;
    if others.is_empty() {
        return None;
    }
    let (always, sometimes): (Vec<&str>, Vec<&str>) =
        first.members.drafts.keys().copied().partition(|name| {
            candidates
                .iter()
                .all(|candidate| candidate.members.required.contains(name))
        });
    let mut second_best = None;
    for name in always.into_iter().chain(sometimes) {
        match shares(context, candidates, name) {
            Some(shares) if !overlap(&shares) => return Some((name.to_owned(), shares)),
            Some(shares) if second_best.is_none() && differ(&shares) => {
                second_best = Some((name.to_owned(), shares));
            }
            _ => {}
        }
    }
    second_best
}

/// Which values of a property belong to which variant: a value that several allow to the one that allows the fewest; of two that
/// allow as many, to both. None if a variant is left without a value.
fn shares<'a>(
    context: &Context<'a>,
    candidates: &[Candidate<'a>],
    property: &str,
) -> Option<Vec<Vec<String>>> {
    let mut lists: Vec<Vec<String>> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let list = allowed_values(context, &candidate.members, property);
        if list.is_empty() {
            return None;
        }
        lists.push(list);
    }
    let mut fewest: BTreeMap<&str, usize> = BTreeMap::new();
    for list in &lists {
        for value in list {
            let least = fewest.entry(value).or_insert(list.len());
            *least = list.len().min(*least);
        }
    }
    let share = |list: &Vec<String>| -> Vec<String> {
        let is_own = |value: &&String| fewest.get(value.as_str()) == Some(&list.len());
        list.iter().filter(is_own).cloned().collect()
    };
    let shares: Vec<Vec<String>> = lists.iter().map(share).collect();
    shares
        .iter()
        .all(|share| !share.is_empty())
        .then_some(shares)
}

/// Whether a value means more than one variant.
fn overlap<'s>(shares: impl IntoIterator<Item = &'s Vec<String>>) -> bool {
    let mut seen = HashSet::new();
    !shares.into_iter().flatten().all(|value| seen.insert(value))
}

/// Whether some value means less than all variants.
fn differ(shares: &[Vec<String>]) -> bool {
    let mut sets = shares
        .iter()
        .map(|share| share.iter().collect::<BTreeSet<_>>());
    let first = sets.next();
    sets.any(|set| Some(set) != first)
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
        Kind::List(_) | Kind::Tuple(_) => When::List,
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
fn report_alike(context: &mut Context<'_>, node: &Node<'_>, tag: Option<&str>, drafts: &[Draft]) {
    let are_alike = |(look, variant): &Draft, (other_look, other): &Draft| {
        let is_open = tag.is_none() || overlap([&variant.tags, &other.tags]);
        is_open && look == other_look
    };
    let mut named: HashSet<&SpecPath> = HashSet::new();
    for (index, first) in drafts.iter().enumerate() {
        let others = drafts.iter().skip(index + 1);
        let alike = others.filter(|other| are_alike(first, other));
        let places: Vec<&SpecPath> = alike.map(|(_, variant)| &variant.path).collect();
        if places.is_empty() || !named.insert(&first.1.path) {
            continue;
        }
        let mut list = first.1.path.to_string();
        for (index, place) in places.iter().enumerate() {
            named.insert(place);
            let comma = if index + 1 < places.len() {
                ","
            } else {
                " and"
            };
            list.push_str(&format!("{comma} {place}"));
        }
        let by = tag.map_or(String::new(), |tag| {
            format!("`{tag}` has values that mean several variants, and ")
        });
        context.report(
            Code::AmbiguousUnion,
            &node.path,
            format!("{by}nothing that must be there tells {list} apart; the first one that fits is taken"),
            "give the union a discriminator, or require a property that only one variant has",
        );
    }
}
