//! The visitor that builds the tree and watches the limits.

use std::cell::{Cell, RefCell};
use std::fmt;

use indexmap::map::Entry;
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::Number;

use super::super::place::Spot;
use super::super::tree::{Map, Tree};
use crate::config::Limits;
use crate::diag::{Code, Diagnostic, Place, SpecPath};

pub(super) const DEPTH_HELP: &str =
    "flatten the document; `limits.depth` in the config can be 126 at the most";

/// Counts and faults of one file, shared by all nodes.
pub(super) struct Watch<'a> {
    root: &'a SpecPath,
    limits: &'a Limits,
    /// The most values that the file's length and the aliases allow; a value takes a byte at least.
    budget: usize,
    nodes: Cell<usize>,
    faults: RefCell<Vec<Diagnostic>>,
}

impl<'a> Watch<'a> {
    pub(super) fn new(root: &'a SpecPath, limits: &'a Limits, length: usize) -> Self {
        Self {
            root,
            limits,
            budget: length.saturating_add(limits.aliases),
            nodes: Cell::new(0),
            faults: RefCell::new(Vec::new()),
        }
    }

    pub(super) fn into_faults(self) -> Vec<Diagnostic> {
        self.faults.into_inner()
    }

    fn fault(&self, fault: Diagnostic) {
        self.faults.borrow_mut().push(fault);
    }

    fn limit(&self, spot: &Spot<'_>, message: String, help: &str) {
        self.fault(Diagnostic {
            code: Code::Limit,
            message,
            place: Place::Spec(spot.path()),
            help: help.to_owned(),
        });
    }

    /// Counts a value; false when there are too many.
    fn count(&self, spot: &Spot<'_>) -> bool {
        let nodes = self.nodes.get() + 1;
        self.nodes.set(nodes);
        if nodes > self.limits.nodes {
            let message = format!("the file holds more than {} values", self.limits.nodes);
            self.limit(
                spot,
                message,
                "split the document, or raise `limits.nodes` in the config",
            );
            return false;
        }
        if nodes > self.budget {
            self.fault(aliases_fault(self.root));
            return false;
        }
        true
    }
}

/// The message about aliases that expand to too much.
pub(super) fn aliases_fault(root: &SpecPath) -> Diagnostic {
    Diagnostic {
        code: Code::Limit,
        message: "the file's aliases expand to more values than is allowed".to_owned(),
        place: Place::Spec(root.clone()),
        help: "use `$ref` instead of aliases, or raise `limits.aliases` in the config".to_owned(),
    }
}

/// What makes one value.
pub(super) struct Node<'a> {
    watch: &'a Watch<'a>,
    spot: Spot<'a>,
    depth: usize,
}

impl<'a> Node<'a> {
    pub(super) fn root(watch: &'a Watch<'a>) -> Self {
        Self {
            watch,
            spot: Spot::Root(watch.root),
            depth: 0,
        }
    }

    /// Goes one level down; an error at the limit.
    fn deeper<E: de::Error>(&self) -> Result<usize, E> {
        if self.depth < self.watch.limits.depth {
            return Ok(self.depth + 1);
        }
        let message = format!(
            "the file is more than {} levels deep",
            self.watch.limits.depth
        );
        self.watch.limit(&self.spot, message, DEPTH_HELP);
        Err(E::custom("too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Tree;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        if !self.watch.count(&self.spot) {
            return Err(de::Error::custom("too many values"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Tree;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Number(value.into()))
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "JSON readers commonly do the same"
    )]
    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Tree, E> {
        self.visit_f64(value as f64)
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "JSON readers commonly do the same"
    )]
    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Tree, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        // JSON has no infinities; YAML's `.inf` and `.nan` become text.
        Ok(Number::from_f64(value).map_or_else(|| Tree::Text(value.to_string()), Tree::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::text(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Tree, E> {
        Ok(Tree::Text(value))
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    /// An empty file.
    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let depth = self.deeper()?;
        let mut list = Vec::new();
        while let Some(value) = access.next_element_seed(Node {
            watch: self.watch,
            spot: self.spot.index(list.len()),
            depth,
        })? {
            list.push(value);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let depth = self.deeper()?;
        let mut map = Map::new();
        while let Some(key) = access.next_key_seed(Key)? {
            let value = access.next_value_seed(Node {
                watch: self.watch,
                spot: self.spot.key(&key),
                depth,
            })?;
            match map.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(value);
                }
                Entry::Occupied(place) => self.watch.fault(Diagnostic {
                    code: Code::DuplicateKey,
                    message: format!("the key `{}` is there twice", place.key()),
                    place: Place::Spec(self.spot.key(place.key()).path()),
                    help: "keep one of the two, or merge them".to_owned(),
                }),
            }
        }
        Ok(Tree::Map(Box::new(map)))
    }

    /// A YAML tag: the value counts, the tag does not.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Tree, A::Error> {
        let (_, variant) = access.variant::<de::IgnoredAny>()?;
        variant.newtype_variant_seed(self)
    }
}

/// A key, as the text that stands in the file: `200:` is `"200"`.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key that is a scalar")
    }

    fn visit_str<E>(self, key: &str) -> Result<String, E> {
        Ok(key.to_owned())
    }

    fn visit_string<E>(self, key: String) -> Result<String, E> {
        Ok(key)
    }
}
