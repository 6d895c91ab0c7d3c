//! Schemas that contradict themselves: what can't be true of any value, and what no service can send.

use super::{Faults, media, pattern};
use crate::spec::place::Spot;
use crate::spec::tree::{Map, Tree};

impl<'a> Faults<'a> {
    /// A schema and all that stands in it. `is_part` says that it is one of several that hold together.
    pub(super) fn schema(&mut self, tree: &'a Tree, spot: &Spot<'_>, is_part: bool) {
        let Some(map) = tree.as_map() else { return };
        if map.contains_key("$ref") {
            return;
        }
        self.values(map, spot);
        self.pattern(map, spot);
        self.required(map, spot, is_part);
        self.types_of_parts(map, spot);
        for key in ["properties", "patternProperties", "$defs"] {
            let entries = map.get(key).and_then(Tree::as_map);
            for (name, tree) in entries.into_iter().flatten() {
                self.schema(tree, &spot.key(key).key(name), false);
            }
        }
        for key in ["allOf", "oneOf", "anyOf", "prefixItems"] {
            let entries = map.get(key).and_then(Tree::as_list);
            for (index, tree) in entries.unwrap_or_default().iter().enumerate() {
                self.schema(tree, &spot.key(key).index(index), key != "prefixItems");
            }
        }
        for key in ["items", "additionalProperties"] {
            if let Some(tree) = map.get(key) {
                self.schema(tree, &spot.key(key), false);
            }
        }
    }

    /// The default and the listed values are of the schema's types (OpenAPI 3.0.3, Schema Object, "default").
    fn values(&mut self, map: &Map, spot: &Spot<'_>) {
        let kinds = types(map);
        if kinds.is_empty() {
            return;
        }
        let fits =
            |value: &Tree| value.is_null() || kinds.iter().any(|kind| is_of_type(value, kind));
        let named = kinds.join("`, `");
        if let Some(default) = map.get("default").filter(|default| !fits(default)) {
            let message = format!(
                "the default is {}, and the type is `{named}`",
                default.kind()
            );
            self.fault(
                &spot.key("default"),
                message,
                "correct the default or the type",
            );
        }
        // Lists and objects are not typed by their values.
        if kinds.iter().all(|kind| matches!(*kind, "array" | "object")) {
            return;
        }
        let values = map.get("enum").and_then(Tree::as_list).unwrap_or_default();
        for (index, value) in values.iter().enumerate() {
            if !fits(value) {
                let message = format!("the value is {}, and the type is `{named}`", value.kind());
                let help = "correct the value or the type";
                self.fault(&spot.key("enum").index(index), message, help);
            }
        }
    }

    fn pattern(&mut self, map: &Map, spot: &Spot<'_>) {
        let pattern = map.get("pattern").and_then(Tree::as_text);
        if let Some(why) = pattern.and_then(pattern::fault) {
            let message = format!("the pattern is no regular expression: {why}");
            let help = "correct it; nothing is held against it now";
            self.fault(&spot.key("pattern"), message, help);
        }
    }

    /// `required` lists properties.
    fn required(&mut self, map: &Map, spot: &Spot<'_>, is_part: bool) {
        let spot = spot.key("required");
        match map.get("required") {
            Some(Tree::Bool(_)) => {
                let help = "list the property in the `required` of the object that has it; it is optional now";
                self.fault(&spot, "`required` is a truth value, not a list", help);
            }
            Some(Tree::List(names)) if !is_part && media::is_plain(map) => {
                let Some(properties) = map.get("properties").and_then(Tree::as_map) else {
                    return;
                };
                for (index, name) in names.iter().enumerate() {
                    let Some(name) = name.as_text() else { continue };
                    if !properties.contains_key(name) {
                        let message =
                            format!("`{}` is required, and no property", name.escape_debug());
                        let help = "define the property, or take it out of the list";
                        self.fault(&spot.index(index), message, help);
                    }
                }
            }
            _ => {}
        }
    }

    /// No value is of two types at once.
    fn types_of_parts(&mut self, map: &Map, spot: &Spot<'_>) {
        let parts = map.get("allOf").and_then(Tree::as_list).unwrap_or_default();
        let types = parts.iter().enumerate().filter_map(|(index, part)| {
            match types(innermost(part)?).as_slice() {
                [kind] => Some((index, *kind)),
                _ => None,
            }
        });
        let mut first = None;
        for (index, kind) in types.collect::<Vec<_>>() {
            let first = *first.get_or_insert(kind);
            let is_number = |kind| matches!(kind, "integer" | "number");
            if first != kind && !(is_number(first) && is_number(kind)) {
                let message = format!("no value is both `{first}` and `{kind}`");
                let help = "all parts of an `allOf` hold at once; for one of several write `oneOf`";
                self.fault(&spot.key("allOf").index(index), message, help);
                return;
            }
        }
    }
}

/// The schema that a list of one part stands for.
fn innermost(mut tree: &Tree) -> Option<&Map> {
    loop {
        let map = tree.as_map()?;
        match map.get("allOf").and_then(Tree::as_list) {
            Some([only]) if map.len() == 1 => tree = only,
            _ => return Some(map),
        }
    }
}

/// The types that a schema allows; none where it names none.
fn types(map: &Map) -> Vec<&str> {
    match map.get("type") {
        Some(Tree::Text(kind)) => vec![kind],
        Some(Tree::List(kinds)) => kinds.iter().filter_map(Tree::as_text).collect(),
        _ => Vec::new(),
    }
}

fn is_of_type(value: &Tree, kind: &str) -> bool {
    match (kind, value) {
        ("integer", Tree::Number(number)) => {
            number.as_f64().is_none_or(|number| number.fract() == 0.0)
        }
        ("number", Tree::Number(_))
        | ("boolean", Tree::Bool(_))
        | ("array", Tree::List(_))
        | ("object", Tree::Map(_)) => true,
        // YAML makes numbers, truth values and dates of what is meant as text, and they are read as such.
        ("string", value) => !matches!(value, Tree::List(_) | Tree::Map(_)),
        ("integer" | "number" | "boolean" | "array" | "object", _) => false,
        // Not a type; that is reported where it is read.
        _ => true,
    }
}
