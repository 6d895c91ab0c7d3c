//! The names of types: components first, then what stands inline, from the outside in, then the twins for requests.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Named, first_free};
use super::form::{self, Form};
use super::settle::{self, Name};
use super::words::Words;
use super::{Ident, TypeName, TypeNames, members};
use crate::analyze::Facts;
use crate::ir::{Api, Origin, Type, TypeId};

/// The names of all types that are emitted.
pub(super) fn name(
    api: &Api,
    facts: &Facts,
    context: &mut Context<'_>,
) -> BTreeMap<TypeId, TypeNames> {
    let mut taken = BTreeSet::new();
    let names = name_all(api, facts, context, &mut taken);
    let twins = name_twins(facts, &names, &mut taken);
    let mut modules = BTreeSet::new();
    let mut named = BTreeMap::new();
    // Modules follow the types; two of them can only be the same where a pin or a long name is in play.
    let in_order: BTreeMap<&str, TypeId> = names
        .iter()
        .map(|(id, name)| (name.text.as_str(), *id))
        .collect();
    for id in in_order.into_values() {
        if let (Some(ty), Some(name)) = (api.get(id), names.get(&id)) {
            let twin = twins.get(&id).map(|twin| type_name(twin, &mut modules));
            named.insert(
                id,
                TypeNames {
                    path: ty.path.clone(),
                    name: type_name(name, &mut modules),
                    twin,
                    members: members::name(ty, name, &names, context),
                },
            );
        }
    }
    named
}

/// The types themselves.
fn name_all(
    api: &Api,
    facts: &Facts,
    context: &mut Context<'_>,
    taken: &mut BTreeSet<String>,
) -> BTreeMap<TypeId, Name> {
    let mut levels: BTreeMap<usize, Vec<(TypeId, &Type)>> = BTreeMap::new();
    for (id, ty) in api.ids().filter(|(id, _)| facts.emitted.contains(id)) {
        levels.entry(level(api, ty)).or_default().push((id, ty));
    }
    let mut names: BTreeMap<TypeId, Name> = BTreeMap::new();
    for level in levels.into_values() {
        let claims: Vec<Named<'_>> = level
            .iter()
            .map(|(_, ty)| {
                let wire = wire_name(ty);
                let key = format!("{wire} {}", ty.path);
                let ways = ways(api, ty, &names, context);
                Named {
                    path: &ty.path,
                    claim: context.claim_of(Form::Type, &wire, key, &ty.path, &ways),
                }
            })
            .collect();
        let settled = context.settle("type", &claims, taken);
        names.extend(level.iter().map(|(id, _)| *id).zip(settled));
    }
    names
}

/// Components stand at 0, parts of operations at 1, and members one behind the type that they stand in.
fn level(api: &Api, ty: &Type) -> usize {
    let mut origin = &ty.origin;
    // No chain is longer than the list of types, unless it goes round in circles.
    for depth in 0..=api.types.len() {
        match origin {
            Origin::Component(_) if depth == 0 => return 0,
            Origin::Component(_) | Origin::Part { .. } => return depth + 1,
            Origin::Member { parent, .. } => match api.get(*parent) {
                Some(parent) => origin = &parent.origin,
                None => return depth + 1,
            },
        }
    }
    api.types.len()
}

/// What a message calls a type.
fn wire_name(ty: &Type) -> String {
    match &ty.origin {
        Origin::Component(key) => key.clone(),
        Origin::Member { .. } | Origin::Part { .. } => ty.path.to_string(),
    }
}

/// What a type could be called, best first.
fn ways(api: &Api, ty: &Type, names: &BTreeMap<TypeId, Name>, context: &Context<'_>) -> Vec<Words> {
    let split = |text: &str| context.splitter.split(text);
    let with_role = |words: Words, role: &str| match role.trim() {
        "" => words,
        role => words.followed_by(&split(role)),
    };
    match &ty.origin {
        Origin::Component(key) => settle::ways(&context.splitter, key),
        Origin::Member { parent, role } => {
            let words = with_role(words_of(api, *parent, names, context), role);
            vec![words.clone(), words.and("value")]
        }
        Origin::Part { operation, role } => {
            let words = with_role(split(operation), role);
            vec![words.clone(), words.and("body"), words.and("value")]
        }
    }
}

/// The words of a type: those of its name, or where it is not emitted, those that it would have.
fn words_of(api: &Api, id: TypeId, names: &BTreeMap<TypeId, Name>, context: &Context<'_>) -> Words {
    let mut roles = Vec::new();
    let mut next = id;
    let mut words = None;
    for _ in 0..=api.types.len() {
        if let Some(name) = names.get(&next) {
            words = Some(name.words.clone());
            break;
        }
        match api.get(next).map(|ty| &ty.origin) {
            Some(Origin::Member { parent, role }) => {
                roles.push(role.as_str());
                next = *parent;
            }
            Some(Origin::Component(key)) => {
                words = Some(context.splitter.split(key));
                break;
            }
            Some(Origin::Part { operation, role }) => {
                roles.push(role.as_str());
                words = Some(context.splitter.split(operation));
                break;
            }
            None => break,
        }
    }
    let words = words.unwrap_or_else(|| Words::one("value"));
    roles
        .iter()
        .rev()
        .map(|role| role.trim())
        .filter(|role| !role.is_empty())
        .fold(words, |words, role| {
            words.followed_by(&context.splitter.split(role))
        })
}

/// The twins: what requests send in place of a type with read-only members. Schemas and inline types keep their names.
fn name_twins(
    facts: &Facts,
    names: &BTreeMap<TypeId, Name>,
    taken: &mut BTreeSet<String>,
) -> BTreeMap<TypeId, Name> {
    let mut in_order: Vec<(&Name, TypeId)> = facts
        .twins
        .iter()
        .filter_map(|id| names.get(id).map(|name| (name, *id)))
        .collect();
    in_order.sort_by(|(a, _), (b, _)| a.text.cmp(&b.text));
    in_order
        .into_iter()
        .map(|(name, id)| {
            let ways = ["request", "input", "write"].map(|word| name.words.and(word));
            (id, first_free(Form::Type, &ways, &name.text, taken))
        })
        .collect()
}

/// A type's identifiers.
fn type_name(name: &Name, modules: &mut BTreeSet<String>) -> TypeName {
    let mut module = form::module(&name.words);
    if modules.contains(&module) {
        module = form::module(&name.words.and(&super::symbols::hash(&name.text)));
    }
    modules.insert(module.clone());
    TypeName {
        ident: Ident::new(&name.text),
        module: Ident::new(&module),
    }
}
