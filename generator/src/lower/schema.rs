//! What a schema is, before anything is built from it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::context::{Context, Node};
use super::enumeration;
use super::union::{self, Parts};
use super::view::{JsonType, View};
use crate::diag::SpecPath;
use crate::ir::{Enum, TypeRef};

/// How deep wrappers and alternatives may nest before a schema is taken for any JSON: more than any document needs, and within
/// every stack.
pub(super) const DEPTH: usize = 64;

/// What is known of schemas that were looked at, by place: each is looked at once.
#[derive(Default)]
pub(super) struct Seen<'a> {
    kinds: RefCell<HashMap<SpecPath, Option<Kind<'a>>>>,
    members: RefCell<HashMap<SpecPath, bool>>,
    depth: Cell<usize>,
}

/// What a schema is.
#[derive(Clone)]
pub(super) enum Kind<'a> {
    /// A type that needs no declaration and holds no other.
    Plain(TypeRef),
    /// A wrapper around one schema.
    Same(Node<'a>),
    /// A list; without a schema of its elements, of any JSON.
    List(Option<Node<'a>>),
    /// A list of exactly so many values.
    Tuple(Vec<Node<'a>>),
    /// An object whose keys are data.
    Map(Node<'a>),
    /// A list of values.
    Enum(Enum),
    /// An object with declared properties.
    Object,
    /// An object with the properties of several schemas.
    Merged(Vec<Node<'a>>),
    /// One of several.
    Union(Parts<'a>),
}

impl Kind<'_> {
    /// Whether it becomes a type with a name.
    pub(super) fn has_name(&self) -> bool {
        matches!(
            self,
            Self::Enum(_) | Self::Object | Self::Merged(_) | Self::Union(_)
        )
    }
}

impl<'a> Context<'a> {
    /// What a schema is. One that is reached again while it is being looked at holds nothing but itself, and is any JSON.
    pub(super) fn kind_of(&self, node: &Node<'a>) -> Kind<'a> {
        let any = Kind::Plain(TypeRef::Json);
        let seen = &self.seen;
        if let Some(known) = seen.kinds.borrow().get(&node.path) {
            return known.clone().unwrap_or(any);
        }
        let depth = seen.depth.get();
        if depth == DEPTH {
            return any;
        }
        seen.depth.set(depth + 1);
        seen.kinds.borrow_mut().insert(node.path.clone(), None);
        let kind = self.find_kind(node);
        let known = Some(kind.clone());
        seen.kinds.borrow_mut().insert(node.path.clone(), known);
        seen.depth.set(depth);
        kind
    }

    fn find_kind(&self, node: &Node<'a>) -> Kind<'a> {
        if self.is_listed("any", &self.config.schemas.any, &node.path) {
            return Kind::Plain(TypeRef::Json);
        }
        if let Some(ty) = self.own_type(&node.path) {
            return Kind::Plain(TypeRef::Own(ty));
        }
        let view = View::of(node.schema);
        if let Some(parts) = union::discriminated(self, node, &view) {
            return Kind::Union(parts);
        }
        if let Some(values) = enumeration::of(&view, &node.path) {
            return values;
        }
        if let Some((keyword, variants)) = view.alternatives()
            && let Some(kind) = self.kind_of_alternatives(node, &view, keyword, variants)
        {
            return kind;
        }
        if !view.all_of.is_empty()
            && let Some(kind) = self.kind_of_all(node, &view)
        {
            return kind;
        }
        self.kind_by_type(node, &view)
    }

    /// What `oneOf` or `anyOf` makes of a schema; none if they only say which properties must be there.
    fn kind_of_alternatives(
        &self,
        node: &Node<'a>,
        view: &View<'a>,
        keyword: &str,
        variants: &'a [ReferenceOr<Schema>],
    ) -> Option<Kind<'a>> {
        let entries = self.alternatives(&node.path, keyword, variants);
        let base = view.has_properties() || !view.all_of.is_empty();
        match entries.as_slice() {
            [] => None,
            [(_, only)] if !base => Some(Kind::Same(only.clone())),
            _ if base => union::with_base(self, node, entries),
            _ => Some(
                enumeration::of_alternatives(self, &entries)
                    .or_else(|| self.common_scalar(&entries))
                    .unwrap_or_else(|| Kind::Union(Parts::plain(entries))),
            ),
        }
    }

    /// The alternatives that say something of the value's form, each with its place in the list.
    pub(super) fn alternatives(
        &self,
        path: &SpecPath,
        keyword: &str,
        variants: &'a [ReferenceOr<Schema>],
    ) -> Vec<(SpecPath, Node<'a>)> {
        let list = path.join(keyword);
        // Beside a text or a list, "an object" says something; beside other objects it does not.
        let is_no_object = |variant: &ReferenceOr<Schema>| match variant {
            ReferenceOr::Item(schema) => View::of(schema).is_no_object(),
            ReferenceOr::Reference { .. } => false,
        };
        let has_no_object = variants.iter().any(is_no_object);
        variants
            .iter()
            .enumerate()
            .filter_map(|(index, variant)| {
                let at = list.index(index);
                let node = self.node(variant, at.clone())?;
                let view = View::of(node.schema);
                let says_something = node.referenced
                    || !view.is_bare()
                    || (has_no_object && view.json_type == Some(JsonType::Object));
                says_something.then_some((at, node))
            })
            .collect()
    }

    /// The one type that all alternatives share, where they are scalars that one Rust type can hold.
    fn common_scalar(&self, entries: &[(SpecPath, Node<'a>)]) -> Option<Kind<'a>> {
        let mut common: Option<TypeRef> = None;
        for (_, node) in entries {
            let Kind::Plain(ty) = self.through_wrappers(node) else {
                return None;
            };
            common = Some(match common {
                None => ty,
                Some(other) => join_scalars(other, ty)?,
            });
        }
        common.map(Kind::Plain)
    }

    /// The kind behind wrappers.
    pub(super) fn through_wrappers(&self, node: &Node<'a>) -> Kind<'a> {
        let mut kind = self.kind_of(node);
        for _ in 0..DEPTH {
            match kind {
                Kind::Same(inner) => kind = self.kind_of(&inner),
                other => return other,
            }
        }
        Kind::Plain(TypeRef::Json)
    }

    /// What `allOf` makes of a schema: an object if a part is one, else the part that says most.
    fn kind_of_all(&self, node: &Node<'a>, view: &View<'a>) -> Option<Kind<'a>> {
        let list = node.path.join("allOf");
        let mut parts: Vec<Node<'a>> = view
            .all_of
            .iter()
            .enumerate()
            .filter_map(|(index, part)| self.node(part, list.index(index)))
            .collect();
        let own = view.has_properties() || view.additional.is_some() || !view.required.is_empty();
        parts.retain(|part| part.referenced || !View::of(part.schema).is_bare());
        if !own && let [only] = parts.as_slice() {
            if union::is_variant(self, only, node) {
                return Some(Kind::Object);
            }
            return Some(Kind::Same(only.clone()));
        }
        if let Some(kind) = union::with_union_part(self, node, &parts, own) {
            return Some(kind);
        }
        if own || parts.iter().any(|part| self.has_members(part)) {
            return Some(Kind::Object);
        }
        parts
            .into_iter()
            .rev()
            .find(|part| !matches!(self.kind_of(part), Kind::Plain(TypeRef::Json)))
            .map(Kind::Same)
    }

    /// Whether a schema declares properties, itself or through `allOf`.
    pub(super) fn has_members(&self, node: &Node<'a>) -> bool {
        let seen = &self.seen;
        if let Some(known) = seen.members.borrow().get(&node.path) {
            return *known;
        }
        let depth = seen.depth.get();
        if depth == DEPTH {
            return false;
        }
        seen.depth.set(depth + 1);
        seen.members.borrow_mut().insert(node.path.clone(), false);
        let found = self.find_members(node);
        seen.members.borrow_mut().insert(node.path.clone(), found);
        seen.depth.set(depth);
        found
    }

    fn find_members(&self, node: &Node<'a>) -> bool {
        let view = View::of(node.schema);
        if view.has_properties() {
            return true;
        }
        let list = node.path.join("allOf");
        view.all_of.iter().enumerate().any(|(index, part)| {
            self.node(part, list.index(index))
                .is_some_and(|part| self.has_members(&part))
        })
    }

    fn kind_by_type(&self, node: &Node<'a>, view: &View<'a>) -> Kind<'a> {
        let plain = |ty| Kind::Plain(ty);
        let is_scalar = matches!(
            view.json_type,
            Some(JsonType::Text | JsonType::Integer | JsonType::Number)
        );
        if is_scalar && let Some(own) = self.own_format(&view.format) {
            return plain(TypeRef::Own(own));
        }
        match view.json_type {
            Some(JsonType::Text) => plain(text_type(&view.format)),
            Some(JsonType::Integer) => plain(integer_type(&view.format)),
            Some(JsonType::Number) => plain(TypeRef::Float),
            Some(JsonType::Bool) => plain(TypeRef::Bool),
            Some(JsonType::List) => self.list(node, view),
            Some(JsonType::Object) => self.object(node, view),
            None if view.has_properties() || view.additional.is_some() => self.object(node, view),
            None if view.items.is_some() => self.list(node, view),
            None => plain(TypeRef::Json),
        }
    }

    fn list(&self, node: &Node<'a>, view: &View<'a>) -> Kind<'a> {
        if let Some(places) = self.places(node, view) {
            return Kind::Tuple(places);
        }
        let items = view
            .items
            .and_then(|items| self.boxed_node(items, node.path.join("items")));
        Kind::List(items)
    }

    /// The places of a tuple: each must have a plain type. What has a name of its own would need more than a tuple can do, such as
    /// a twin for requests.
    fn places(&self, node: &Node<'a>, view: &View<'a>) -> Option<Vec<Node<'a>>> {
        if view.places.is_empty() {
            return None;
        }
        let list = node.path.join("prefixItems");
        let mut places = Vec::with_capacity(view.places.len());
        for (index, place) in view.places.iter().enumerate() {
            let place = self.node(place, list.index(index))?;
            if !matches!(self.through_wrappers(&place), Kind::Plain(_)) {
                return None;
            }
            places.push(place);
        }
        Some(places)
    }

    /// Properties make an object, a schema for all others alone makes a map, nothing said makes any JSON.
    fn object(&self, node: &Node<'a>, view: &View<'a>) -> Kind<'a> {
        if view.has_properties() {
            return Kind::Object;
        }
        match view.additional {
            Some(AdditionalProperties::Any(false)) => Kind::Object,
            Some(AdditionalProperties::Schema(schema)) => self
                .node(schema, node.path.join("additionalProperties"))
                .map_or(Kind::Plain(TypeRef::Json), Kind::Map),
            Some(AdditionalProperties::Any(true)) | None => Kind::Plain(TypeRef::Json),
        }
    }
}

/// The type of a string by its format (OpenAPI 3.0.3, data types).
fn text_type(format: &str) -> TypeRef {
    match format {
        "date-time" => TypeRef::DateTime,
        "date" => TypeRef::Date,
        "uuid" => TypeRef::Uuid,
        "byte" => TypeRef::Base64,
        "binary" => TypeRef::Binary,
        _ => TypeRef::Text,
    }
}

/// The type of an integer by its format; without one it may be as long as JSON's readers commonly allow.
fn integer_type(format: &str) -> TypeRef {
    match format {
        "int32" | "int16" | "int8" | "uint8" | "uint16" => TypeRef::Int32,
        "uint64" | "uint" => TypeRef::Uint64,
        _ => TypeRef::Int64,
    }
}

/// The scalar that holds the values of both.
fn join_scalars(a: TypeRef, b: TypeRef) -> Option<TypeRef> {
    use TypeRef::{Float, Int32, Int64, Text, Uint64};
    let is_number = |ty: &TypeRef| matches!(ty, Int32 | Int64 | Uint64 | Float);
    match (a, b) {
        (a, b) if a == b => Some(a),
        (a, b) if a.is_text() && b.is_text() => Some(Text),
        (Float, b) if is_number(&b) => Some(Float),
        (a, Float) if is_number(&a) => Some(Float),
        (Int32 | Int64, Int32 | Int64) => Some(Int64),
        _ => None,
    }
}
