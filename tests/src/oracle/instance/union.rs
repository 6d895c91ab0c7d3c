//! Unions: their variants, and the values by which each is known.

use std::collections::BTreeMap;

use serde_json::Value;

use super::members::{self, Members};
use crate::oracle::document::{Document, Node, join};

/// One of several schemas.
#[derive(Clone, Debug)]
pub struct Variant<'d> {
    /// Its place in the list of alternatives, or of the discriminator where it is the parent's own shape.
    pub place: String,
    /// Its schema.
    pub node: Node<'d>,
    /// The values that mean it, by property.
    pub tags: BTreeMap<String, Vec<String>>,
    /// Whether it is what is left of the parent without its children.
    pub is_parent: bool,
}

/// A schema that is one of several.
#[derive(Clone, Debug)]
pub struct Union<'d> {
    /// Its variants, in document order.
    pub variants: Vec<Variant<'d>>,
    /// The property of the discriminator.
    pub discriminator: Option<&'d str>,
    /// What every variant holds besides its own.
    pub base: Option<Node<'d>>,
}

/// The property of a schema's discriminator.
pub(super) fn discriminator<'d>(node: &Node<'d>) -> Option<&'d str> {
    node.schema
        .get("discriminator")?
        .get("propertyName")?
        .as_str()
}

/// The alternatives of `oneOf`, else of `anyOf`, that say something of the value's form; each with its place.
pub(super) fn alternatives<'d>(document: &'d Document, node: &Node<'d>) -> Vec<(String, Node<'d>)> {
    let keyword = if node.schema.get("oneOf").is_some() {
        "oneOf"
    } else {
        "anyOf"
    };
    let list = join(&node.pointer, keyword);
    node.list(document, keyword)
        .into_iter()
        .enumerate()
        .map(|(index, variant)| (join(&list, &index.to_string()), variant))
        .filter(|(_, variant)| members::says_something(variant) && !contradicts(node, variant))
        .collect()
}

/// Whether a variant has another type than the object with properties that lists it: then nothing is both.
fn contradicts(node: &Node<'_>, variant: &Node<'_>) -> bool {
    let is_object = node.text("type") == "object" && node.schema.get("properties").is_some();
    is_object && !matches!(variant.text("type"), "" | "object")
}

/// The union that a schema is, if it is one.
pub(super) fn of<'d>(document: &'d Document, node: &Node<'d>) -> Option<Union<'d>> {
    let property = discriminator(node);
    let mut variants: Vec<Variant<'d>> = alternatives(document, node)
        .into_iter()
        .map(|(place, node)| Variant {
            place,
            node,
            tags: BTreeMap::new(),
            is_parent: false,
        })
        .collect();
    match property {
        Some(property) if variants.is_empty() => variants = mapped(document, node, property),
        Some(property) => variants
            .iter_mut()
            .for_each(|variant| tag(document, node, property, variant)),
        None => infer(document, &mut variants),
    }
    let has_more = node.schema.get("properties").is_some() || node.schema.get("allOf").is_some();
    (!variants.is_empty()).then(|| Union {
        variants,
        discriminator: property,
        base: has_more.then(|| node.clone()),
    })
}

/// The values of a discriminator's mapping, each with the place that it means (OpenAPI 3.0.3, Discriminator Object).
fn mapping(document: &Document, node: &Node<'_>) -> Vec<(String, String)> {
    let mapping = node
        .schema
        .get("discriminator")
        .and_then(|discriminator| discriminator.get("mapping"))
        .and_then(Value::as_object);
    let target = |target: &str| {
        let pointer = if target.contains(['#', '/']) {
            target.to_owned()
        } else {
            join("#/components/schemas", target)
        };
        document.node_at(&pointer).pointer
    };
    mapping
        .into_iter()
        .flatten()
        .filter_map(|(value, to)| Some((value.clone(), target(to.as_str()?))))
        .collect()
}

/// The values by which a parent's discriminator means a child.
pub(super) fn tags_of_child(document: &Document, parent: &Node<'_>, child: &str) -> Vec<String> {
    mapping(document, parent)
        .into_iter()
        .filter(|(_, target)| target == child)
        .map(|(value, _)| value)
        .collect()
}

/// A variant goes by its mapped values, else by the values that its own schema allows, else by its component's name.
fn tag<'d>(document: &'d Document, parent: &Node<'d>, property: &str, variant: &mut Variant<'d>) {
    let mut tags = tags_of_child(document, parent, &variant.node.pointer);
    if tags.is_empty() {
        let shared = Members::of(document, std::slice::from_ref(parent));
        tags = Members::of(document, std::slice::from_ref(&variant.node))
            .allowed_texts(document, property);
        if tags == shared.allowed_texts(document, property) {
            tags.clear();
        }
    }
    if tags.is_empty()
        && let Some(name) = variant.node.pointer.strip_prefix("#/components/schemas/")
    {
        tags.push(name.to_owned());
    }
    variant.tags.insert(property.to_owned(), tags);
}

/// Without alternatives the mapping's targets are the variants; a value that the parent allows and the mapping leaves out, or maps
/// to the parent, means the parent's own shape.
fn mapped<'d>(document: &'d Document, node: &Node<'d>, property: &str) -> Vec<Variant<'d>> {
    let mapping = mapping(document, node);
    let list = join(&join(&node.pointer, "discriminator"), "mapping");
    let mut variants: Vec<Variant<'d>> = Vec::new();
    for (value, target) in mapping.iter().filter(|(_, target)| *target != node.pointer) {
        let known = variants
            .iter_mut()
            .find(|variant| variant.node.pointer == *target);
        match known.and_then(|variant| variant.tags.get_mut(property)) {
            Some(tags) => tags.push(value.clone()),
            None => variants.push(Variant {
                place: join(&list, value),
                node: document.node_at(target),
                tags: BTreeMap::from([(property.to_owned(), vec![value.clone()])]),
                is_parent: false,
            }),
        }
    }
    let mut own =
        Members::of(document, std::slice::from_ref(node)).allowed_texts(document, property);
    own.retain(|value| {
        mapping
            .iter()
            .all(|(mapped, target)| mapped != value || *target == node.pointer)
    });
    if !own.is_empty() && !variants.is_empty() {
        variants.push(Variant {
            place: join(&node.pointer, "discriminator"),
            node: node.clone(),
            tags: BTreeMap::from([(property.to_owned(), own)]),
            is_parent: true,
        });
    }
    variants
}

/// Without a discriminator: every property by whose allowed values variants can be told apart. A value that several allow belongs
/// to those that allow the fewest.
fn infer<'d>(document: &'d Document, variants: &mut [Variant<'d>]) {
    let all: Vec<Members<'d>> = variants
        .iter()
        .map(|variant| Members::of(document, std::slice::from_ref(&variant.node)))
        .collect();
    let Some((first, [_, ..])) = all.split_first() else {
        return;
    };
    for property in first.properties.keys() {
        let lists: Vec<Vec<String>> = all
            .iter()
            .map(|members| members.allowed_texts(document, property))
            .collect();
        let fewest = |value: &String| {
            let having = lists.iter().filter(|list| list.contains(value));
            having.map(Vec::len).min()
        };
        let shares: Vec<Vec<String>> = lists
            .iter()
            .map(|list| {
                let own = |value: &&String| fewest(value) == Some(list.len());
                list.iter().filter(own).cloned().collect()
            })
            .collect();
        let in_all = |value: &String| shares.iter().all(|share| share.contains(value));
        let tells = !shares.iter().flatten().all(in_all);
        if tells && shares.iter().all(|share| !share.is_empty()) {
            for (variant, share) in variants.iter_mut().zip(shares) {
                variant.tags.insert((*property).to_owned(), share);
            }
        }
    }
}
