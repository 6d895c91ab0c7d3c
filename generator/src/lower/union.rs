//! Unions: their variants, and the tags that the document gives them.

use openapiv3::Discriminator;

use super::context::{Context, Node};
use super::object::{self, Members};
use super::schema::{DEPTH, Kind};
use super::select;
use super::tag::{mapping, own_shape, tagged};
use super::view::{self, JsonType, View};
use crate::diag::SpecPath;
use crate::ir::{Enum, Origin, Shape, TypeId, TypeRef};

/// What a union is made of.
#[derive(Clone)]
pub(super) struct Parts<'a> {
    /// The alternatives, each with its place in the list.
    entries: Vec<(SpecPath, Node<'a>)>,
    /// The document's word on how to tell them apart.
    discriminator: Option<&'a Discriminator>,
    /// What every variant holds besides its own.
    base: Vec<Node<'a>>,
}

impl<'a> Parts<'a> {
    /// A union of alternatives that have nothing in common.
    pub(super) fn plain(entries: Vec<(SpecPath, Node<'a>)>) -> Self {
        Self {
            entries,
            discriminator: None,
            base: Vec::new(),
        }
    }
}

/// What every variant holds besides its own.
struct Base<'a> {
    parts: Vec<Node<'a>>,
    /// The names of its properties.
    names: Vec<&'a str>,
}

/// One variant on its way.
pub(super) struct Candidate<'a> {
    /// Its place in the list of alternatives.
    pub(super) path: SpecPath,
    /// Its schema.
    pub(super) node: Node<'a>,
    /// The use of its type.
    pub(super) ty: TypeRef,
    /// All its properties.
    pub(super) members: Members<'a>,
    /// The values of the tag that mean it.
    pub(super) tags: Vec<String>,
}

/// The union that a discriminator makes: of the alternatives, or without them of its mapping's targets.
pub(super) fn discriminated<'a>(
    context: &Context<'a>,
    node: &Node<'a>,
    view: &View<'a>,
) -> Option<Parts<'a>> {
    let discriminator = view::data(node.schema).discriminator.as_ref()?;
    let mut entries = match view.alternatives() {
        Some((keyword, variants)) => context.alternatives(&node.path, keyword, variants),
        None => Vec::new(),
    };
    for (path, _, target) in mapping(context, node, discriminator) {
        if !entries.iter().any(|(_, entry)| entry.path == target.path) {
            entries.push((path, target));
        }
    }
    if entries.iter().all(|(_, entry)| entry.path == node.path) {
        return None;
    }
    let base = if view.has_properties() || !view.all_of.is_empty() {
        vec![node.clone()]
    } else {
        Vec::new()
    };
    Some(Parts {
        entries,
        discriminator: Some(discriminator),
        base,
    })
}

/// Whether a schema is a variant of what it is wrapped around: then it is an object with the properties of its parent, for the
/// union would hold itself.
pub(super) fn is_variant<'a>(context: &Context<'a>, parent: &Node<'a>, node: &Node<'a>) -> bool {
    let mut parent = parent.clone();
    for _ in 0..DEPTH {
        let view = View::of(parent.schema);
        let entries = match (discriminated(context, &parent, &view), view.alternatives()) {
            (Some(parts), _) => parts.entries,
            (None, Some((keyword, variants))) => {
                context.alternatives(&parent.path, keyword, variants)
            }
            (None, None) => Vec::new(),
        };
        if entries.iter().any(|(_, entry)| entry.path == node.path) {
            return true;
        }
        match context.kind_of(&parent) {
            Kind::Same(inner) => parent = inner,
            _ => return false,
        }
    }
    false
}

/// Whether alternatives are objects with properties; an object of which nothing is said may be beside them.
fn are_objects<'a>(context: &Context<'a>, entries: &[(SpecPath, Node<'a>)]) -> bool {
    let has_members = |(_, entry): &(SpecPath, Node<'a>)| context.has_members(entry);
    let is_open = |(_, entry): &(SpecPath, Node<'a>)| {
        let view = View::of(entry.schema);
        view.is_bare() && view.json_type == Some(JsonType::Object)
    };
    let mut all = entries.iter();
    entries.iter().any(has_members) && all.all(|entry| has_members(entry) || is_open(entry))
}

/// Alternatives beside properties: every variant holds the properties too. None if the alternatives have no properties.
pub(super) fn with_base<'a>(
    context: &Context<'a>,
    node: &Node<'a>,
    entries: Vec<(SpecPath, Node<'a>)>,
) -> Option<Kind<'a>> {
    are_objects(context, &entries).then(|| {
        Kind::Union(Parts {
            entries,
            discriminator: None,
            base: vec![node.clone()],
        })
    })
}

/// `allOf` with one part that is a bare union of objects: every variant holds the other parts too. A parent with a discriminator,
/// or one that lists this very schema, lends its properties only.
pub(super) fn with_union_part<'a>(
    context: &Context<'a>,
    node: &Node<'a>,
    parts: &[Node<'a>],
    own: bool,
) -> Option<Kind<'a>> {
    let mut unions = parts.iter().filter_map(|part| {
        let view = View::of(part.schema);
        let data = view::data(part.schema);
        let (keyword, variants) = view.alternatives()?;
        if data.discriminator.is_some() || view.has_properties() {
            return None;
        }
        let entries = context.alternatives(&part.path, keyword, variants);
        let fits = entries.len() > 1
            && entries.iter().all(|(_, entry)| entry.path != node.path)
            && are_objects(context, &entries);
        fits.then_some((part, entries))
    });
    let (part, entries) = unions.next()?;
    if unions.next().is_some() {
        return None;
    }
    let mut base: Vec<Node<'a>> = parts
        .iter()
        .filter(|other| other.path != part.path && context.has_members(other))
        .cloned()
        .collect();
    if base.is_empty() && !own {
        return Some(Kind::Same(part.clone()));
    }
    if own {
        base.push(node.clone());
    }
    Some(Kind::Union(Parts {
        entries,
        discriminator: None,
        base,
    }))
}

/// Builds a union, or what is left of it.
pub(super) fn build<'a>(
    context: &mut Context<'a>,
    id: TypeId,
    node: &Node<'a>,
    parts: Parts<'a>,
) -> Shape {
    let tags = parts
        .discriminator
        .map(|discriminator| mapping(context, node, discriminator))
        .unwrap_or_default();
    let base = Base {
        names: object::members(context, id, &parts.base)
            .drafts
            .into_keys()
            .collect(),
        parts: parts.base,
    };
    let roles = roles(context, &parts.entries);
    let mut candidates: Vec<Candidate<'a>> = Vec::new();
    for ((path, entry), role) in parts.entries.into_iter().zip(roles) {
        let mapped = tags
            .iter()
            .filter(|(_, _, target)| target.path == entry.path)
            .map(|(_, value, _)| value.clone())
            .collect();
        if entry.path != node.path {
            candidates.push(candidate(context, id, (path, entry, role), &base, mapped));
        }
    }
    let union = match parts.discriminator {
        Some(discriminator) => {
            candidates.extend(own_shape(context, id, node, discriminator, &tags));
            tagged(context, node, discriminator, candidates)
        }
        None => select::without_discriminator(context, node, candidates),
    };
    Shape::Union(union)
}

/// What lists of values are called among alternatives that have no names: by the kind of their values, where no two are of one
/// kind.
fn roles<'a>(context: &Context<'a>, entries: &[(SpecPath, Node<'a>)]) -> Vec<Option<&'static str>> {
    let roles: Vec<Option<&str>> = entries
        .iter()
        .map(|(_, entry)| match context.kind_of(entry) {
            Kind::Enum(Enum::Text(_)) => Some("text"),
            Kind::Enum(Enum::Integer(_)) => Some("integer"),
            _ => None,
        })
        .collect();
    let is_alone = |role| roles.iter().filter(|other| **other == role).count() == 1;
    roles
        .iter()
        .map(|role| role.filter(|_| is_alone(*role)))
        .collect()
}

fn candidate<'a>(
    context: &mut Context<'a>,
    id: TypeId,
    (path, node, role): (SpecPath, Node<'a>, Option<&str>),
    base: &Base<'a>,
    tags: Vec<String>,
) -> Candidate<'a> {
    let role = view::data(node.schema)
        .title
        .clone()
        .or_else(|| node.component())
        .or_else(|| tags.first().cloned())
        .or_else(|| role.map(str::to_owned))
        .unwrap_or_else(|| format!("variant {}", path.last()));
    let origin = Origin::Member { parent: id, role };
    let mut members = object::members(context, id, std::slice::from_ref(&node));
    let lacks_base = base
        .names
        .iter()
        .any(|name| !members.drafts.contains_key(name));
    let ty = if lacks_base {
        let mut parts = base.parts.clone();
        parts.push(node.clone());
        members = object::members(context, id, &parts);
        let merged = Node {
            schema: node.schema,
            path: path.clone(),
            referenced: false,
        };
        TypeRef::Named(context.declare(&merged, origin, Kind::Merged(parts)))
    } else {
        context.type_of(&node, &origin)
    };
    Candidate {
        path,
        node,
        ty,
        members,
        tags,
    }
}
