//! Random values that are valid under a schema, made from the document itself.
//!
//! They hold declared members only, and those that travel the way that is asked for. Patterns that a few rules cannot follow are not
//! matched. The same seed makes the same values.

mod members;
mod object;
mod pattern;
mod scalar;
#[cfg(test)]
mod tests;
mod union;

use serde_json::{Value, json};

pub use self::union::{Union, Variant};
use super::document::{Document, Node};
use super::random::Random;
use object::Carried;

/// Beyond this depth nothing optional is made.
const OPTIONAL_DEPTH: usize = 7;
/// Beyond so many values nothing optional is made below the root: schemas that hold one another many times over would fill the
/// memory. The root's own members are made whatever those before them took.
const VALUES: usize = 500;
/// Beyond this depth a schema asks for itself without end.
const DEPTH: usize = 64;

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To the service: nothing that is `readOnly`.
    Request,
    /// From the service: nothing that is `writeOnly`.
    Response,
}

/// Which optional members are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fill {
    /// Now these, now those.
    #[default]
    Some,
    /// All of them near the root, some further inside.
    All,
    /// None.
    None,
}

/// Makes values.
#[derive(Clone, Debug)]
pub struct Generator<'d> {
    document: &'d Document,
    random: Random,
    fill: Fill,
    unknown_values: bool,
    direction: Direction,
    /// How many values were made for the instance so far.
    made: usize,
}

impl<'d> Generator<'d> {
    /// A generator whose values depend on the document and the seed alone.
    #[must_use]
    pub fn new(document: &'d Document, seed: &str) -> Self {
        Self {
            document,
            random: Random::new(seed),
            fill: Fill::default(),
            unknown_values: false,
            direction: Direction::Response,
            made: 0,
        }
    }

    /// Says which optional members are there.
    #[must_use]
    pub fn with_fill(mut self, fill: Fill) -> Self {
        self.fill = fill;
        self
    }

    /// Puts values that the document does not know into the places of enums and tags, here and there.
    #[must_use]
    pub fn with_unknown_values(mut self) -> Self {
        self.unknown_values = true;
        self
    }

    /// A value of a schema; `{"$ref": …}` is followed.
    pub fn instance(&mut self, schema: &'d Value, direction: Direction) -> Value {
        self.direction = direction;
        self.made = 0;
        let node = self.document.node(String::new(), schema);
        self.value(&node, &Carried::default(), 0)
    }

    /// A value of the schema at a pointer. The place of an alternative beside which properties stand means both together, and the
    /// place of a discriminator means its schema without its children.
    pub fn instance_at(&mut self, pointer: &str, direction: Direction) -> Value {
        self.direction = direction;
        self.made = 0;
        let union = pointer
            .strip_suffix("/discriminator")
            .or_else(|| parent_of_alternative(pointer))
            .and_then(|parent| self.union_at(parent));
        if let Some(union) = union
            && let Some(index) = union.variants.iter().position(|v| v.place == pointer)
            && union.base.is_some()
        {
            return self.instance_of(&union, index, direction);
        }
        let node = self.document.node_at(pointer);
        self.value(&node, &Carried::default(), 0)
    }

    /// The union that the schema at a pointer is, if it is one.
    #[must_use]
    pub fn union_at(&self, pointer: &str) -> Option<Union<'d>> {
        union::of(self.document, &self.document.node_at(pointer))
    }

    /// A value of one variant of a union.
    pub fn instance_of(&mut self, union: &Union<'d>, index: usize, direction: Direction) -> Value {
        self.direction = direction;
        self.made = 0;
        let variant = &union.variants[index];
        self.variant(union, variant, &Carried::default(), 0)
    }

    /// A value of a schema. What is carried along comes from unions further out, and matters to objects.
    fn value(&mut self, node: &Node<'d>, carried: &Carried<'d>, depth: usize) -> Value {
        assert!(
            depth < DEPTH,
            "{} asks for itself without end",
            node.pointer
        );
        self.made += 1;
        let is_tagged = union::discriminator(node).is_some();
        if !is_tagged && let Some(value) = self.listed(node) {
            return value;
        }
        if let Some(union) = union::of(self.document, node) {
            let variant = self.choose(&union, carried);
            return self.variant(&union, &variant, carried, depth);
        }
        if node.schema.get("allOf").is_some() {
            return self.all_of(node, carried, depth);
        }
        if members::is_object(self.document, node) {
            return self.object(std::slice::from_ref(node), carried, depth);
        }
        self.plain(node, depth)
    }

    /// One of the values that a schema lists, null aside.
    fn listed(&mut self, node: &Node<'d>) -> Option<Value> {
        let values = node.schema.get("enum")?.as_array()?;
        let values: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
        if values.is_empty() {
            return Some(Value::Null);
        }
        let unknown = self.unknown_values && self.random.chance(40);
        match *self.random.pick(&values) {
            Value::String(_) if unknown => Some(json!("VALUE_OF_TOMORROW")),
            Value::Number(_) if unknown => Some(json!(987_654)),
            value => Some(value.clone()),
        }
    }

    fn plain(&mut self, node: &Node<'d>, depth: usize) -> Value {
        match node.text("type") {
            "string" => Value::String(scalar::text(node, &mut self.random)),
            "integer" => scalar::integer(node, &mut self.random),
            "number" => scalar::number(node, &mut self.random),
            "boolean" => Value::Bool(self.random.chance(50)),
            "array" => self.array(node, depth),
            _ if node.schema.get("items").is_some() => self.array(node, depth),
            _ => scalar::anything(&mut self.random),
        }
    }

    fn array(&mut self, node: &Node<'d>, depth: usize) -> Value {
        let least = node.count("minItems").unwrap_or(0);
        let wanted = match depth {
            _ if self.made > VALUES => 0,
            0..3 => 1 + self.random.below(3),
            3..OPTIONAL_DEPTH => self.random.below(2),
            _ => 0,
        };
        let most = node.count("maxItems").unwrap_or(usize::MAX);
        let count = wanted.max(least).min(most);
        let items = node
            .member("items")
            .map(|(pointer, items)| self.document.node(pointer, items));
        let first = node.list(self.document, "prefixItems");
        let mut list: Vec<Value> = Vec::new();
        for index in 0..count {
            let item = match first.get(index).or(items.as_ref()) {
                Some(items) => self.or_null(items, depth + 1),
                None => scalar::anything(&mut self.random),
            };
            if !node.flag("uniqueItems") || !list.contains(&item) {
                list.push(item);
            }
        }
        Value::Array(list)
    }

    /// A value, or null now and then where that is allowed.
    fn or_null(&mut self, node: &Node<'d>, depth: usize) -> Value {
        if node.flag("nullable") && self.random.chance(15) {
            return Value::Null;
        }
        self.value(node, &Carried::default(), depth)
    }
}

/// `#/a` for `#/a/oneOf/3`
fn parent_of_alternative(pointer: &str) -> Option<&str> {
    let (list, index) = pointer.rsplit_once('/')?;
    index.parse::<usize>().ok()?;
    list.strip_suffix("/oneOf")
        .or_else(|| list.strip_suffix("/anyOf"))
}
