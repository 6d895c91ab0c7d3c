//! Whether a JSON value is what a schema of the document allows (OpenAPI 3.0.3, "Schema Object").
//!
//! The reading is that of JSON Schema, with what OpenAPI adds to it. Where the document asks more than one reading can
//! give: a union that stands among the parts of an `allOf`, as the parent of a child that is also its variant, lends its
//! properties and not its variants; and a `oneOf` without a discriminator is kept where at least one variant fits, since
//! documents list variants that contain each other.

mod scalar;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use fancy_regex::Regex;
use serde_json::{Map, Value};

use super::document::Document;
use super::instance::Direction;

/// Holds values against schemas.
pub struct Validator<'d> {
    document: &'d Document,
    /// The patterns so far; none for one that cannot be understood.
    patterns: RefCell<BTreeMap<String, Option<Regex>>>,
    /// Which schemas are being held against which values, by address: a parent that lists its children, which are all of their
    /// parent, comes back to itself.
    under_way: RefCell<Vec<(usize, usize)>>,
}

/// What is wrong so far, and where in the value.
struct Faults {
    place: Vec<String>,
    found: Vec<String>,
}

impl Faults {
    fn add(&mut self, fault: impl AsRef<str>) {
        self.found
            .push(format!("at /{}: {}", self.place.join("/"), fault.as_ref()));
    }
}

/// How much of a schema counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// All of it.
    Whole,
    /// All but its variants: it is a part of something else.
    Part,
}

impl<'d> Validator<'d> {
    /// A validator for schemas of the document.
    #[must_use]
    pub fn new(document: &'d Document) -> Self {
        Self {
            document,
            patterns: RefCell::default(),
            under_way: RefCell::default(),
        }
    }

    /// What is wrong with a value that travels in a direction; nothing where it is valid.
    #[must_use]
    pub fn faults(&self, schema: &Value, value: &Value, direction: Direction) -> Vec<String> {
        let mut faults = Faults {
            place: Vec::new(),
            found: Vec::new(),
        };
        self.check(schema, value, direction, &mut faults);
        faults.found
    }

    fn check(&self, schema: &Value, value: &Value, direction: Direction, faults: &mut Faults) {
        let address = |value: &Value| std::ptr::from_ref(value).addr();
        let pair = (address(schema), address(value));
        if self.under_way.borrow().contains(&pair) {
            return;
        }
        self.under_way.borrow_mut().push(pair);
        let mut home = BTreeSet::new();
        self.collect_home(schema, direction, &mut home);
        self.read(schema, value, (direction, &home), Reading::Whole, faults);
        self.under_way.borrow_mut().pop();
    }

    /// Collects the properties that stay at home, those of an `allOf` too: one part can declare what another requires.
    fn collect_home<'v>(
        &'v self,
        schema: &'v Value,
        direction: Direction,
        home: &mut BTreeSet<&'v str>,
    ) {
        let Some(schema) = self.document.resolve(schema).as_object() else {
            return;
        };
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            if self.stays(property, direction) {
                home.insert(name);
            }
        }
        for part in parts(schema, "allOf") {
            self.collect_home(part, direction, home);
        }
    }

    fn read(
        &self,
        schema: &Value,
        value: &Value,
        travel: (Direction, &BTreeSet<&str>),
        reading: Reading,
        faults: &mut Faults,
    ) {
        let schema = self.document.resolve(schema);
        let Some(schema) = schema.as_object() else {
            return;
        };
        if value.is_null() && schema.get("nullable") == Some(&Value::Bool(true)) {
            return;
        }
        self.scalar(schema, value, faults);
        match value {
            Value::Array(items) => self.list(schema, items, travel.0, faults),
            Value::Object(members) => self.object(schema, members, travel, faults),
            _ => {}
        }
        for part in parts(schema, "allOf") {
            let target = self.document.resolve(part);
            let is_union = part.get("$ref").is_some() && target.get("discriminator").is_some();
            let reading = if is_union {
                Reading::Part
            } else {
                Reading::Whole
            };
            self.read(part, value, travel, reading, faults);
        }
        if reading == Reading::Whole {
            self.union(schema, value, travel, faults);
        }
    }

    fn list(
        &self,
        schema: &Map<String, Value>,
        items: &[Value],
        direction: Direction,
        faults: &mut Faults,
    ) {
        self.count(
            schema,
            ["minItems", "maxItems"],
            items.len(),
            "items",
            faults,
        );
        if schema.get("uniqueItems") == Some(&Value::Bool(true)) {
            let unique: BTreeSet<String> = items.iter().map(Value::to_string).collect();
            if unique.len() < items.len() {
                faults.add("items are there twice");
            }
        }
        let Some(schema) = schema.get("items") else {
            return;
        };
        for (index, item) in items.iter().enumerate() {
            faults.place.push(index.to_string());
            self.check(schema, item, direction, faults);
            faults.place.pop();
        }
    }

    fn object(
        &self,
        schema: &Map<String, Value>,
        members: &Map<String, Value>,
        (direction, home): (Direction, &BTreeSet<&str>),
        faults: &mut Faults,
    ) {
        self.count(
            schema,
            ["minProperties", "maxProperties"],
            members.len(),
            "members",
            faults,
        );
        let properties = schema.get("properties").and_then(Value::as_object);
        let property = |name: &str| properties.and_then(|properties| properties.get(name));
        let required = schema.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            if !home.contains(name) && !members.contains_key(name) {
                faults.add(format!("`{name}` is missing"));
            }
        }
        for (name, member) in members {
            faults.place.push(name.clone());
            match (property(name), schema.get("additionalProperties")) {
                (Some(schema), _) => {
                    if self.stays(schema, direction) {
                        faults.add("does not travel in this direction");
                    }
                    self.check(schema, member, direction, faults);
                }
                (None, Some(Value::Bool(false))) => faults.add("is not declared"),
                (None, Some(schema)) => self.check(schema, member, direction, faults),
                (None, None) => {}
            }
            faults.place.pop();
        }
    }

    /// Whether a property stays at home: read-only in a request, write-only in a response.
    fn stays(&self, schema: &Value, direction: Direction) -> bool {
        let key = match direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
        };
        self.document.resolve(schema).get(key) == Some(&Value::Bool(true))
    }

    /// The variants of a union, of which one has to fit: the one that the tag names, where there is a tag.
    fn union(
        &self,
        schema: &Map<String, Value>,
        value: &Value,
        (direction, home): (Direction, &BTreeSet<&str>),
        faults: &mut Faults,
    ) {
        if let Some(discriminator) = schema.get("discriminator")
            && value.is_object()
        {
            let Some(name) = discriminator.get("propertyName").and_then(Value::as_str) else {
                return;
            };
            match value.get(name).and_then(Value::as_str) {
                // A tag that does not travel this way chooses nothing.
                None if home.contains(name) => {}
                Some(tag) => match self.target(schema, discriminator, tag) {
                    Some(target) => self.check(target, value, direction, faults),
                    // Where nothing says what the tag means, the value is the parent alone.
                    None if parts(schema, "oneOf").is_empty() => {}
                    None => faults.add(format!("no variant has the tag `{tag}`")),
                },
                None => faults.add(format!("the tag `{name}` is missing")),
            }
            return;
        }
        for key in ["oneOf", "anyOf"] {
            let variants = parts(schema, key);
            let mut failures = Vec::new();
            for variant in variants {
                let found = self.faults(variant, value, direction);
                if found.is_empty() {
                    failures.clear();
                    break;
                }
                failures.push(found.join("; "));
            }
            if !failures.is_empty() {
                faults.add(format!("fits no variant: {}", failures.join(" | ")));
            }
        }
    }

    /// The variant that a tag stands for: by the mapping, else by the schema's name.
    fn target<'v>(
        &'v self,
        schema: &'v Map<String, Value>,
        discriminator: &'v Value,
        tag: &str,
    ) -> Option<&'v Value> {
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let named = format!("#/components/schemas/{tag}");
        let pointer = match mapping.and_then(|mapping| mapping.get(tag)) {
            Some(target) => {
                let target = target.as_str()?;
                if target.contains('/') {
                    target.to_owned()
                } else {
                    format!("#/components/schemas/{target}")
                }
            }
            None => {
                let variants = parts(schema, "oneOf");
                let listed = variants.iter().any(|variant| {
                    variant.get("$ref").and_then(Value::as_str) == Some(named.as_str())
                });
                return listed.then(|| self.document.find(&named)).flatten();
            }
        };
        self.document.find(&pointer)
    }
}

fn parts<'v>(schema: &'v Map<String, Value>, key: &str) -> &'v [Value] {
    schema
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}
