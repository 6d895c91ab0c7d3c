//! Objects: from their members, from `allOf`, and from the variants of unions.

use serde_json::{Map, Value, json};

use super::members::{self, Members};
use super::union::{self, Union, Variant};
use super::{Fill, Generator, OPTIONAL_DEPTH, scalar};
use crate::oracle::document::Node;

/// What unions further out ask of an object.
#[derive(Clone, Default)]
pub(super) struct Carried<'d> {
    /// Properties that must be there, with the values that they may have.
    pins: Vec<(String, Vec<String>)>,
    /// Schemas whose members it has too.
    base: Vec<Node<'d>>,
}

impl<'d> Carried<'d> {
    /// The values that a property is held to; the innermost word counts.
    fn pin(&self, property: &str) -> Option<&[String]> {
        let pins = self.pins.iter().rev();
        pins.into_iter()
            .find(|(name, _)| name == property)
            .map(|(_, values)| values.as_slice())
    }

    fn with(&self, union: &Union<'d>, variant: &Variant<'d>) -> Self {
        let mut carried = self.clone();
        for (property, values) in &variant.tags {
            let outer = carried.pin(property);
            let both: Vec<String> = values
                .iter()
                .filter(|value| outer.is_some_and(|outer| outer.contains(value)))
                .cloned()
                .collect();
            let values = if both.is_empty() {
                values.clone()
            } else {
                both
            };
            carried.pins.push((property.clone(), values));
        }
        carried.base.extend(union.base.clone());
        carried
    }
}

impl<'d> Generator<'d> {
    /// A variant that fits what is asked for from outside, if one does.
    pub(super) fn choose(&mut self, union: &Union<'d>, carried: &Carried<'d>) -> Variant<'d> {
        let fits = |variant: &&Variant<'d>| {
            variant.tags.iter().all(|(property, values)| {
                carried
                    .pin(property)
                    .is_none_or(|pinned| values.iter().any(|value| pinned.contains(value)))
            })
        };
        let fitting: Vec<&Variant<'d>> = union.variants.iter().filter(fits).collect();
        match fitting.as_slice() {
            [] => self.random.pick(&union.variants).clone(),
            fitting => (*self.random.pick(fitting)).clone(),
        }
    }

    pub(super) fn variant(
        &mut self,
        union: &Union<'d>,
        variant: &Variant<'d>,
        carried: &Carried<'d>,
        depth: usize,
    ) -> Value {
        let carried = carried.with(union, variant);
        let mut value = if variant.is_parent {
            self.object(std::slice::from_ref(&variant.node), &carried, depth)
        } else {
            self.value(&variant.node, &carried, depth)
        };
        if self.unknown_values
            && self.random.chance(30)
            && let (Some((property, _)), Some(object)) =
                (variant.tags.first_key_value(), value.as_object_mut())
        {
            object.insert(property.clone(), json!("KIND_OF_TOMORROW"));
        }
        value
    }

    /// A value that all parts of a schema allow. A part that is a bare union lends one of its variants.
    pub(super) fn all_of(&mut self, node: &Node<'d>, carried: &Carried<'d>, depth: usize) -> Value {
        let mut parts = node.list(self.document, "allOf");
        let is_object = members::is_object(self.document, node);
        if !is_object || (parts.len() == 1 && !has_members(node) && !lists(self, &parts[0], node)) {
            parts.retain(members::says_something);
            return match parts.last() {
                Some(last) => self.value(last, carried, depth),
                None => self.plain(node, depth),
            };
        }
        let mut carried = carried.clone();
        for part in parts {
            let is_bare = union::discriminator(&part).is_none() && !has_members(&part);
            let union = union::of(self.document, &part).filter(|_| is_bare);
            if let Some(union) = union
                && !lists(self, &part, node)
            {
                let variant = self.choose(&union, &carried);
                carried = carried.with(&union, &variant);
                carried.base.push(variant.node);
            }
        }
        self.object(std::slice::from_ref(node), &carried, depth)
    }

    /// An object with the members of schemas taken together.
    pub(super) fn object(
        &mut self,
        parts: &[Node<'d>],
        carried: &Carried<'d>,
        depth: usize,
    ) -> Value {
        let all = [carried.base.as_slice(), parts].concat();
        let members = Members::of(self.document, &all);
        if members.properties.is_empty() && members.rest.is_none() {
            if members.closed {
                return json!({});
            }
            return self.free_form();
        }
        let mut object = Map::new();
        for (name, declarations) in &members.properties {
            if !members::travels(self.document, declarations, self.direction)
                || declarations.iter().any(members::is_nothing)
            {
                continue;
            }
            let pin = carried
                .pin(name)
                .or_else(|| members.tags.get(name).map(Vec::as_slice));
            let is_required = members.required.contains(name) || pin.is_some();
            if !is_required && !self.wants_optional(depth) {
                continue;
            }
            let value = match pin {
                Some(values) => json!(self.random.pick(values)),
                None => self.property(declarations, depth + 1),
            };
            object.insert((*name).to_owned(), value);
        }
        let least = parts
            .iter()
            .filter_map(|part| part.count("minProperties"))
            .max();
        if let Some(rest) = &members.rest
            && (self.wants_optional(depth) || least.is_some_and(|least| object.len() < least))
        {
            self.add_rest(rest, &mut object, depth);
        }
        Value::Object(object)
    }

    /// An object of which the schema says nothing more.
    fn free_form(&mut self) -> Value {
        match self.random.below(3) {
            0 => json!({}),
            1 => json!({"free": "form"}),
            _ => json!({"free": {"form": [1, null]}}),
        }
    }

    fn wants_optional(&mut self, depth: usize) -> bool {
        if self.made > super::VALUES && depth > 0 {
            return false;
        }
        let percent = match (self.fill, depth) {
            (Fill::None, _) | (_, OPTIONAL_DEPTH..) => 0,
            (Fill::All, 0..=2) => 100,
            (Fill::All, 3..=4) => 30,
            (Fill::Some, 0..=1) => 60,
            (Fill::Some, 2..=3) => 35,
            _ => 10,
        };
        self.random.chance(percent)
    }

    /// A property's value under all its declarations: objects together, else the last one that says something.
    fn property(&mut self, declarations: &[Node<'d>], depth: usize) -> Value {
        let telling: Vec<&Node<'d>> = declarations
            .iter()
            .filter(|node| members::says_something(node))
            .collect();
        let Some(last) = telling.last() else {
            return scalar::anything(&mut self.random);
        };
        let is_plain_object = |node: &&&Node<'d>| {
            members::is_object(self.document, node) && union::of(self.document, node).is_none()
        };
        let nullable = declarations
            .last()
            .is_some_and(|node| node.flag("nullable"));
        if nullable && self.random.chance(15) {
            return Value::Null;
        }
        if telling.len() > 1 && telling.iter().all(|node| is_plain_object(&node)) {
            let parts: Vec<Node<'d>> = telling.into_iter().cloned().collect();
            return self.object(&parts, &Carried::default(), depth);
        }
        self.value(last, &Carried::default(), depth)
    }

    fn add_rest(&mut self, rest: &Node<'d>, object: &mut Map<String, Value>, depth: usize) {
        for index in 0..1 + self.random.below(2) {
            let value = match rest.schema {
                Value::Object(_) => self.or_null(rest, depth + 1),
                _ => scalar::anything(&mut self.random),
            };
            object.insert(format!("entry {index}"), value);
        }
    }
}

/// Whether a schema has members of its own, besides those of its parts.
fn has_members(node: &Node<'_>) -> bool {
    let has = |key| node.schema.get(key).is_some();
    has("properties") || has("additionalProperties") || has("required")
}

/// Whether a union lists a schema among its variants.
fn lists<'d>(generator: &Generator<'d>, union: &Node<'d>, child: &Node<'d>) -> bool {
    union::of(generator.document, union).is_some_and(|union| {
        union
            .variants
            .iter()
            .any(|variant| variant.node.pointer == child.pointer)
    })
}
