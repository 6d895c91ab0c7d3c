//! Members of an object: text, truth values, numbers, lists and mappings. Null counts as absent.

use indexmap::IndexMap;
use serde_json::{Number, Value};

use super::Reader;
use crate::spec::place::Spot;
use crate::spec::tree::{Map, Tree};

impl Reader<'_, '_> {
    /// The mapping that a node must be.
    pub(super) fn mapping<'t>(
        &mut self,
        tree: &'t Tree,
        what: &str,
        spot: &Spot<'_>,
    ) -> Option<&'t Map> {
        let map = tree.as_map();
        if map.is_none() {
            self.invalid(
                spot,
                format!("{what} is {}, not a mapping", tree.kind()),
                format!("write {what} as a mapping; it is left out now"),
            );
        }
        map
    }

    /// A string; other scalars are taken as they are written.
    pub(super) fn text_of(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<String> {
        let text = tree.scalar_text();
        if text.is_none() && !tree.is_null() {
            self.wrong(tree, "a string", spot);
        }
        text
    }

    /// A truth value, also in quotes.
    pub(super) fn flag_of(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<bool> {
        match tree {
            Tree::Bool(value) => Some(*value),
            Tree::Text(text) if text == "true" => Some(true),
            Tree::Text(text) if text == "false" => Some(false),
            Tree::Null => None,
            other => {
                self.wrong(other, "`true` or `false`", spot);
                None
            }
        }
    }

    /// A number, also in quotes.
    pub(super) fn number_of(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<Number> {
        let number = match tree {
            Tree::Number(number) => Some(number.clone()),
            Tree::Text(text) => text.parse().ok(),
            _ => None,
        };
        if number.is_none() && !tree.is_null() {
            self.wrong(tree, "a number", spot);
        }
        number
    }

    /// A count: a whole number from 0.
    pub(super) fn count_of(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<usize> {
        let number = self.number_of(tree, spot)?;
        let count = whole(&number).and_then(|whole| usize::try_from(whole).ok());
        if count.is_none() {
            self.wrong(tree, "a whole number from 0", spot);
        }
        count
    }

    /// A list.
    pub(super) fn list_of<'t>(&mut self, tree: &'t Tree, spot: &Spot<'_>) -> &'t [Tree] {
        if let Some(list) = tree.as_list() {
            return list;
        }
        if !tree.is_null() {
            self.wrong(tree, "a list", spot);
        }
        &[]
    }

    /// A list of strings; elements that are none are left out.
    pub(super) fn texts_of(&mut self, tree: &Tree, spot: &Spot<'_>) -> Vec<String> {
        let list = self.list_of(tree, spot).iter().enumerate();
        list.filter_map(|(index, item)| self.text_of(item, &spot.index(index)))
            .collect()
    }

    /// A mapping, every value read by one function; entries that it refuses are left out, and so are extensions.
    pub(super) fn map_of<T>(
        &mut self,
        tree: &Tree,
        spot: &Spot<'_>,
        mut read: impl FnMut(&mut Self, &Tree, &Spot<'_>) -> Option<T>,
    ) -> IndexMap<String, T> {
        let Some(map) = tree.as_map() else {
            if !tree.is_null() {
                self.wrong(tree, "a mapping", spot);
            }
            return IndexMap::new();
        };
        let entries = map
            .iter()
            .filter(|(key, value)| !(is_extension(key) && value.as_map().is_none()));
        entries
            .filter_map(|(key, value)| Some((key.clone(), read(self, value, &spot.key(key))?)))
            .collect()
    }

    /// The string under a key.
    pub(super) fn text(&mut self, map: &Map, key: &str, spot: &Spot<'_>) -> Option<String> {
        self.text_of(map.get(key)?, &spot.key(key))
    }

    /// The string under a key that must be there.
    pub(super) fn required_text(
        &mut self,
        map: &Map,
        key: &str,
        what: &str,
        spot: &Spot<'_>,
    ) -> Option<String> {
        match map.get(key) {
            Some(tree) if !tree.is_null() => self.text_of(tree, &spot.key(key)),
            _ => {
                self.invalid(
                    spot,
                    format!("{what} has no `{key}`"),
                    format!("add `{key}`"),
                );
                None
            }
        }
    }

    /// The truth value under a key.
    pub(super) fn flag(&mut self, map: &Map, key: &str, spot: &Spot<'_>) -> Option<bool> {
        self.flag_of(map.get(key)?, &spot.key(key))
    }

    /// The mapping under a key, every value read by one function.
    pub(super) fn map<T>(
        &mut self,
        map: &Map,
        key: &str,
        spot: &Spot<'_>,
        read: impl FnMut(&mut Self, &Tree, &Spot<'_>) -> Option<T>,
    ) -> IndexMap<String, T> {
        match map.get(key) {
            Some(tree) => self.anywhere(tree, &spot.key(key), |reader, tree, spot| {
                reader.map_of(tree, spot, read)
            }),
            None => IndexMap::new(),
        }
    }

    /// The list under a key, every element read by one function; elements that it refuses are left out.
    pub(super) fn list<T>(
        &mut self,
        map: &Map,
        key: &str,
        spot: &Spot<'_>,
        mut read: impl FnMut(&mut Self, &Tree, &Spot<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(tree) = map.get(key) else {
            return Vec::new();
        };
        self.anywhere(tree, &spot.key(key), |reader, tree, spot| {
            let list = reader.list_of(tree, spot).iter().enumerate();
            list.filter_map(|(index, item)| read(reader, item, &spot.index(index)))
                .collect()
        })
    }

    /// Reports a value of the wrong type.
    pub(super) fn wrong(&mut self, tree: &Tree, expected: &str, spot: &Spot<'_>) {
        let path = spot.path();
        let message = match tree.scalar_text() {
            Some(text) if text.len() <= 40 => {
                format!("`{}` is `{text}`, not {expected}", path.last())
            }
            _ => format!("`{}` is {}, not {expected}", path.last(), tree.kind()),
        };
        self.invalid(spot, message, format!("write {expected}"));
    }
}

/// Any JSON; null counts as absent.
pub(super) fn json(map: &Map, key: &str) -> Option<Value> {
    map.get(key)
        .filter(|tree| !tree.is_null())
        .map(Tree::to_json)
}

/// Whether a key is a specification extension (OpenAPI 3.0.3, Specification Extensions).
pub(super) fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

/// The extensions of an object.
pub(super) fn extensions(map: &Map) -> IndexMap<String, Value> {
    let entries = map.iter().filter(|(key, _)| is_extension(key));
    entries
        .map(|(key, value)| (key.clone(), value.to_json()))
        .collect()
}

/// A number without a fraction.
pub(super) fn whole(number: &Number) -> Option<i64> {
    #[allow(clippy::cast_possible_truncation, reason = "checked just before")]
    let from_float =
        |float: f64| (float.fract() == 0.0 && float.abs() < 9.0e15).then_some(float as i64);
    number.as_i64().or_else(|| {
        number
            .as_f64()
            .filter(|_| number.is_f64())
            .and_then(from_float)
    })
}
