//! Unions that a discriminator tells apart.

use std::collections::BTreeSet;

use openapiv3::Discriminator;

use super::context::{Context, Node};
use super::object::{self, Members};
use super::schema::Kind;
use super::select;
use super::union::Candidate;
use super::view::View;
use crate::diag::{Code, SpecPath};
use crate::ir::{Enum, Origin, Select, TypeId, TypeRef, Union, Variant};

/// The targets of a discriminator's mapping: the value's place, the value, and the schema. Targets may be named by reference or by
/// component (OpenAPI 3.0.3, Discriminator Object).
pub(super) fn mapping<'a>(
    context: &Context<'a>,
    node: &Node<'a>,
    discriminator: &'a Discriminator,
) -> Vec<(SpecPath, String, Node<'a>)> {
    let list = node.path.join("discriminator").join("mapping");
    let schemas = "#/components/schemas/";
    discriminator
        .mapping
        .iter()
        .filter_map(|(value, target)| {
            let path = list.join(value);
            let is_reference = target.contains(['#', '/']) || target.ends_with("json");
            let node = if is_reference {
                context.referenced(target, &path)
            } else {
                context.referenced(&format!("{schemas}{target}"), &path)
            };
            Some((path, value.clone(), node?))
        })
        .collect()
}

/// Without alternatives the mapping alone makes the union; a tag value that the schema lists and the mapping leaves out, or maps
/// to the schema itself, means the schema's own shape.
pub(super) fn own_shape<'a>(
    context: &mut Context<'a>,
    id: TypeId,
    node: &Node<'a>,
    discriminator: &'a Discriminator,
    mapping: &[(SpecPath, String, Node<'a>)],
) -> Option<Candidate<'a>> {
    if View::of(node.schema).alternatives().is_some() {
        return None;
    }
    let members = object::members(context, id, std::slice::from_ref(node));
    let tags: Vec<String> = allowed_values(context, &members, &discriminator.property_name)
        .into_iter()
        .filter(|value| {
            mapping
                .iter()
                .find(|(_, mapped, _)| mapped == value)
                .is_none_or(|(_, _, target)| target.path == node.path)
        })
        .collect();
    if tags.is_empty() {
        return None;
    }
    let own = Node {
        schema: node.schema,
        path: node.path.join("discriminator"),
        referenced: false,
    };
    let origin = Origin::Member {
        parent: id,
        role: "base".to_owned(),
    };
    let ty = TypeRef::Named(context.declare(&own, origin, Kind::Merged(vec![node.clone()])));
    Some(Candidate {
        path: own.path.clone(),
        node: node.clone(),
        ty,
        members,
        tags,
    })
}

/// The strings that a property may have, where its schema lists them.
pub(super) fn allowed_values<'a>(
    context: &Context<'a>,
    members: &Members<'a>,
    property: &str,
) -> Vec<String> {
    let Some(drafts) = members.drafts.get(property) else {
        return Vec::new();
    };
    let lists = drafts.iter().rev().filter_map(|draft| {
        let node = draft.node.as_ref()?;
        match context.through_wrappers(node) {
            Kind::Enum(Enum::Text(values)) => {
                Some(values.into_iter().map(|value| value.value).collect())
            }
            _ => None,
        }
    });
    lists.into_iter().next().unwrap_or_default()
}

/// A union with a discriminator. A variant without a mapped value goes by the values that its own schema allows, else by its
/// component's name.
pub(super) fn tagged<'a>(
    context: &mut Context<'a>,
    node: &Node<'a>,
    discriminator: &'a Discriminator,
    mut candidates: Vec<Candidate<'a>>,
) -> Union {
    let property = &discriminator.property_name;
    let shared = {
        let members = object::members(context, TypeId(0), std::slice::from_ref(node));
        allowed_values(context, &members, property)
    };
    for candidate in &mut candidates {
        if candidate.tags.is_empty() {
            let own = allowed_values(context, &candidate.members, property);
            candidate.tags = if own.is_empty() || own == shared {
                candidate.node.component().into_iter().collect()
            } else {
                own
            };
        }
    }
    if candidates.iter().any(|candidate| candidate.tags.is_empty()) {
        context.report(
            Code::AmbiguousUnion,
            &node.path,
            format!("the discriminator `{property}` has no value for a variant; the variants are told apart by their form"),
            "map a value to every variant",
        );
        return select::without_discriminator(context, node, candidates);
    }
    let mut taken = BTreeSet::new();
    let variants = candidates
        .into_iter()
        .map(|mut candidate| {
            candidate.tags.retain(|tag| taken.insert(tag.clone()));
            Variant {
                path: candidate.path,
                ty: candidate.ty,
                tags: candidate.tags,
                lacks_tag: !candidate.members.drafts.contains_key(property.as_str()),
                when: None,
            }
        })
        .filter(|variant| !variant.tags.is_empty())
        .collect();
    Union {
        variants,
        select: Select::Tag {
            property: property.clone(),
            inferred: false,
        },
    }
}
