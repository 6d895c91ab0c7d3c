//! What the compiler would name, were a change to break a program.

mod client;
mod operations;
mod types;

use std::collections::BTreeMap;

use super::super::change::{Change, last_part};
use super::super::compare::method_name;
use super::super::outline::{Entry, Kind, Outline};

/// What a change takes away or makes another, in the compiler's words.
#[derive(Clone, Debug, Default)]
pub(super) struct Subject {
    /// Types whose members are concerned.
    pub(super) owners: Vec<String>,
    /// Members of these that are not there any more under this name.
    pub(super) gone: Vec<String>,
    /// Types that are not there any more under this name.
    pub(super) gone_types: Vec<String>,
    /// The files, as words, in which what is called stands, where it takes something else.
    pub(super) called: Vec<String>,
    /// Whether it takes more or fewer arguments.
    pub(super) is_count: bool,
    /// The argument in question.
    pub(super) argument: String,
    /// A member with the type that it has now.
    pub(super) value: Option<(String, Vec<String>)>,
    /// What stands beside an owner in a message: a trait that it no longer has, a type that it is no longer made from.
    pub(super) beside: Vec<String>,
    /// Whether every message about an owner is about the change.
    pub(super) is_whole: bool,
}

/// The names of both surfaces.
pub(super) struct Names<'o> {
    old: Side<'o>,
    new: Side<'o>,
}

struct Side<'o> {
    /// Operations, as callers name them.
    operations: BTreeMap<String, &'o Entry>,
    /// The types of handles, by the names of groups.
    handles: BTreeMap<&'o str, &'o str>,
    /// Fields that have setters, by the places of their types.
    settable: BTreeMap<&'o str, Vec<&'o str>>,
    /// What other forms of an answer and waiters bring, by the places of their operations and by their names.
    brought: BTreeMap<(&'o str, &'o str), &'o str>,
}

impl<'o> Side<'o> {
    fn of(outline: &'o Outline) -> Self {
        let mut side = Self {
            operations: BTreeMap::new(),
            handles: BTreeMap::new(),
            settable: BTreeMap::new(),
            brought: BTreeMap::new(),
        };
        for entry in outline.entries() {
            match entry.kind {
                Kind::Operation => {
                    side.operations.insert(method_name(entry), entry);
                }
                Kind::Group => {
                    side.handles.insert(entry.name(), entry.fact("handle"));
                }
                Kind::Field if entry.fact("presence") != "required" => {
                    side.settable
                        .entry(entry.owner())
                        .or_default()
                        .push(entry.name());
                }
                Kind::Way | Kind::Waiter => {
                    let place = (entry.owner(), entry.name());
                    side.brought.insert(place, entry.fact("type"));
                }
                _ => {}
            }
        }
        side
    }

    /// The type of the handle that a method stands at.
    fn handle(&self, method: &str) -> Option<String> {
        let group = method.split("().").next().unwrap_or_default();
        self.handles.get(group).map(|handle| (*handle).to_owned())
    }

    /// What another form of an operation's answer, or a waiter, brings; none where that is nothing.
    fn brings(&self, method: &str, way: &str) -> Option<String> {
        let operation = self.operations.get(method)?;
        let ty = self.brought.get(&(operation.place.as_str(), way))?;
        (!ty.is_empty()).then(|| (*ty).to_owned())
    }

    fn request(&self, method: &str) -> Option<String> {
        let operation = self.operations.get(method)?;
        Some(operation.fact("request").to_owned())
    }
}

/// The name of the type in `types::Pet.name`.
fn type_of(place: &str) -> Option<String> {
    let inside = place.strip_prefix("types::")?;
    let end = inside.find(['.', ':']).unwrap_or(inside.len());
    inside.get(..end).map(str::to_owned)
}

/// A file's name, without what parts its words: that of a type `VisitList` is `visit_list`.
pub(super) fn file_words(name: &str) -> String {
    let letters = name.chars().filter(|letter| *letter != '_');
    letters.flat_map(char::to_lowercase).collect()
}

impl<'o> Names<'o> {
    pub(super) fn of(old: &'o Outline, new: &'o Outline) -> Self {
        Self {
            old: Side::of(old),
            new: Side::of(new),
        }
    }

    /// The type of the handle that an operation of the new side stands at, and its method.
    pub(super) fn method<'n>(&self, item: &'n str) -> (Option<&str>, &'n str) {
        let group = item.split("().").next().unwrap_or_default();
        (self.new.handles.get(group).copied(), last_part(item))
    }

    /// What the compiler would name for a change, and for each of the others that are the same change.
    pub(super) fn subjects(&self, change: &Change) -> Vec<Subject> {
        let own = self.subject(change);
        let also = change.also.iter().map(|item| {
            self.subject(&Change {
                item: item.clone(),
                owner: owner_of(item),
                also: Vec::new(),
                ..change.clone()
            })
        });
        std::iter::once(own).chain(also).collect()
    }

    fn subject(&self, change: &Change) -> Subject {
        let mut subject = match type_of(&change.owner) {
            Some(ty) => Subject {
                called: vec![format!("types/{}", file_words(&ty))],
                owners: vec![ty],
                ..Subject::default()
            },
            None => Subject::default(),
        };
        let code = change.rule.code;
        let is_about_type = !subject.owners.is_empty();
        if is_about_type {
            self.of_type(code, change, &mut subject);
        } else if change.owner.contains("()") {
            self.of_operation(code, change, &mut subject);
        } else {
            client::of_client(code, change, &mut subject);
        }
        subject
    }
}

/// The type or operation that an item belongs to.
fn owner_of(item: &str) -> String {
    let owner = match type_of(item) {
        Some(ty) => return format!("types::{ty}"),
        None => item.split('(').collect::<Vec<_>>(),
    };
    match owner.as_slice() {
        // `pets().get_pet(name)` and `pets().get_pet().name`
        [group, method, ..] => format!("{group}({method}"),
        _ => item.to_owned(),
    }
}
