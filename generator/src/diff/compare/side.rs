//! One side of a comparison, by what its entries are.

use std::collections::{BTreeMap, BTreeSet};

use super::super::change::Flow;
use super::super::outline::{Entry, Kind, Outline};

/// A surface, by what its entries are.
#[derive(Default)]
pub(super) struct Side<'a> {
    pub(super) krate: Option<&'a Entry>,
    /// What stands at the root, as paths; none in a surface of an older format.
    pub(super) exports: BTreeSet<&'a str>,
    pub(super) features: BTreeSet<&'a str>,
    pub(super) service: BTreeMap<&'a str, &'a Entry>,
    /// By module.
    pub(super) groups: BTreeMap<&'a str, &'a Entry>,
    /// By place.
    pub(super) operations: BTreeMap<&'a str, Whole<'a>>,
    /// By the name that stands where they are used.
    pub(super) types: BTreeMap<&'a str, Whole<'a>>,
}

/// A type or an operation with all that belongs to it.
pub(super) struct Whole<'a> {
    pub(super) entry: &'a Entry,
    /// In the order of their paths; an operation's shared setters stand last.
    pub(super) members: Vec<&'a Entry>,
}

impl<'a> Side<'a> {
    pub(super) fn of(outline: &'a Outline) -> Self {
        let mut side = Self::default();
        let shared = outline
            .entries()
            .iter()
            .filter(|entry| entry.kind == Kind::Shared);
        let shared: BTreeMap<&str, &Entry> = shared.map(|entry| (entry.name(), entry)).collect();
        for entry in outline.entries() {
            match entry.kind {
                Kind::Crate => side.krate = Some(entry),
                Kind::Export => {
                    side.exports.insert(&entry.place);
                }
                Kind::Feature => {
                    side.features.insert(entry.name());
                }
                Kind::Service => {
                    let name = entry.place.strip_prefix("service::");
                    side.service.insert(name.unwrap_or(&entry.place), entry);
                }
                Kind::Group => {
                    side.groups.insert(entry.name(), entry);
                }
                Kind::Shared => {}
                Kind::Operation => {
                    let members = entry.fact("shared").split(',');
                    let members = members.filter_map(|name| shared.get(name).copied());
                    let members = members.collect();
                    side.operations
                        .insert(&entry.place, Whole { entry, members });
                }
                kind if kind.is_type() => {
                    let members = Vec::new();
                    side.types
                        .insert(type_name(entry), Whole { entry, members });
                }
                _ => {
                    let owner = entry.owner();
                    let whole = match side.operations.get_mut(owner) {
                        Some(operation) => Some(operation),
                        None => {
                            let name = owner.strip_prefix("types::").unwrap_or(owner);
                            match side.types.get_mut(name) {
                                Some(found) => Some(found),
                                None => side.types.get_mut(owner),
                            }
                        }
                    };
                    if let Some(whole) = whole {
                        whole.members.push(entry);
                    }
                }
            }
        }
        side
    }
}

/// The name of a type where it is used: with its module where the name alone would mean another type.
fn type_name(entry: &Entry) -> &str {
    match entry.name() {
        "BTreeMap" | "Base64" | "Bytes" | "Date" | "FilePart" | "Patch" | "Timestamp"
        | "Upload" | "Uuid" | "Value" => &entry.place,
        name => name,
    }
}

impl<'a> Whole<'a> {
    /// The members of a kind.
    pub(super) fn all(&self, kind: Kind) -> impl Iterator<Item = &'a Entry> {
        let members = self.members.iter().copied();
        members.filter(move |member| member.kind == kind)
    }

    /// The first member of a kind.
    pub(super) fn one(&self, kind: Kind) -> Option<&'a Entry> {
        self.all(kind).next()
    }

    /// The setters, shared or not.
    pub(super) fn setters(&self) -> impl Iterator<Item = &'a Entry> {
        let members = self.members.iter().copied();
        members.filter(|member| matches!(member.kind, Kind::Setter | Kind::Shared))
    }

    /// Which way it travels.
    pub(super) fn flow(&self) -> Flow {
        Flow::of(self.entry.fact("flow"))
    }

    /// The features behind any of which it is there; none means always.
    pub(super) fn gate(&self) -> Vec<&'a str> {
        words(self.entry.fact("if"))
    }
}

/// The words of a fact that lists some.
pub(super) fn words(text: &str) -> Vec<&str> {
    text.split(',').filter(|word| !word.is_empty()).collect()
}

/// An operation's method and path, without the names of the path's parameters, which are not sent.
pub(super) fn address(operation: &Entry) -> (String, String) {
    let mut path = String::new();
    let mut is_name = false;
    for c in operation.fact("template").chars() {
        is_name = (is_name || c == '{') && c != '}';
        if !is_name || c == '{' {
            path.push(c);
        }
    }
    (operation.fact("method").to_uppercase(), path)
}
