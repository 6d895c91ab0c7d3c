//! What the compiler would name, were a change to break a program.

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
}

impl<'o> Side<'o> {
    fn of(outline: &'o Outline) -> Self {
        let mut side = Self {
            operations: BTreeMap::new(),
            handles: BTreeMap::new(),
            settable: BTreeMap::new(),
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

/// A type, and what is in an `Option` or `Patch`.
fn layers(ty: &str, before: &str) -> Vec<String> {
    let inner = |ty: &str| {
        let inside = ty
            .strip_prefix("Option<")
            .or_else(|| ty.strip_prefix("Patch<"));
        inside
            .and_then(|inside| inside.strip_suffix('>'))
            .unwrap_or(ty)
            .to_owned()
    };
    let mut layers = vec![ty.to_owned()];
    if inner(ty) != ty && inner(ty) != inner(before) {
        layers.push(inner(ty));
    }
    layers
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
            of_client(code, change, &mut subject);
        }
        subject
    }

    /// Types and their members.
    fn of_type(&self, code: &str, change: &Change, subject: &mut Subject) {
        let item = last_part(&change.item).to_owned();
        let changed = || Some((item.clone(), layers(&change.after, &change.before)));
        let takes = |subject: &mut Subject, is_count: bool| {
            subject.argument.clone_from(&item);
            subject.is_count = is_count;
        };
        match code {
            "type-removed" | "type-needs-feature" => subject.gone_types.push(item),
            "type-renamed" => subject
                .gone_types
                .push(last_part(&change.before).to_owned()),
            "type-kind-changed" => subject.is_whole = true,
            "derive-removed" => {
                subject.beside = change.before.split(", ").map(str::to_owned).collect()
            }
            "conversion-removed" | "conversion-changed" => {
                subject.beside = change
                    .before
                    .split('`')
                    .nth(1)
                    .map(str::to_owned)
                    .into_iter()
                    .collect();
            }
            "page-removed" | "page-changed" => subject.beside = vec!["Page".to_owned()],
            "field-removed" | "rest-removed" | "accessor-removed" | "enum-value-removed"
            | "variant-removed" => {
                subject.gone.push(item);
            }
            "field-renamed" | "enum-value-renamed" | "variant-renamed" => {
                subject.gone.push(last_part(&change.before).to_owned());
                takes(subject, false);
            }
            "required-field-removed" => {
                takes(subject, true);
                subject.gone.push(item);
            }
            "required-field-added" => takes(subject, true),
            "field-became-required" => {
                subject.value = changed();
                takes(subject, true);
                // What `new` takes has no setter.
                subject.gone.push(item);
            }
            "field-became-optional" | "field-became-nullable" => {
                subject.value = changed();
                takes(subject, true);
            }
            "field-no-longer-nullable" | "field-type-changed" | "constructor-reordered" => {
                subject.value = changed();
                takes(subject, false);
            }
            "accessor-changed" | "rest-changed" | "alias-changed" => subject.value = changed(),
            "struct-setters-removed" => {
                let fields = self.old.settable.get(change.owner.as_str());
                subject.gone = fields
                    .into_iter()
                    .flatten()
                    .map(|name| (*name).to_owned())
                    .collect();
            }
            "variant-type-changed" => subject.beside = vec![item],
            _ => {}
        }
    }

    /// Operations: methods of handles, and their requests.
    fn of_operation(&self, code: &str, change: &Change, subject: &mut Subject) {
        let item = last_part(&change.item).to_owned();
        let owner = change.owner.as_str();
        let request = self.new.request(owner).or_else(|| self.old.request(owner));
        let module = self
            .new
            .operations
            .get(owner)
            .map(|entry| entry.place.replace("::", "/"));
        subject.called = module.into_iter().map(|place| file_words(&place)).collect();
        match code {
            "operation-removed" => self.lost_operation(&change.item, &change.item, subject),
            "operation-renamed" | "operation-moved" => {
                self.lost_operation(&change.before, &change.item, subject)
            }
            "request-renamed" => subject.gone_types.push(change.before.clone()),
            "argument-added" | "argument-removed" | "argument-became-optional" => {
                subject.argument = item;
                subject.is_count = true;
            }
            "setter-became-required" => {
                subject.owners.extend(request);
                subject.argument.clone_from(&item);
                subject.gone.push(item);
                subject.is_count = true;
            }
            "arguments-reordered" | "argument-type-changed" | "setter-type-changed" => {
                subject.argument = item
            }
            "setter-removed" | "way-removed" => {
                subject.owners.extend(request);
                subject.gone.push(item);
            }
            "setter-renamed" => {
                subject.owners.extend(request);
                subject.gone.push(last_part(&change.before).to_owned());
            }
            "waiter-removed" => {
                subject.owners.extend(self.new.handle(owner));
                subject.gone.push(item);
            }
            "waiter-changed" | "way-changed" | "answer-changed" => {
                subject.value = Some((item, vec![change.after.clone()]));
            }
            "paging-removed" => {
                subject.owners.push("Call".to_owned());
                subject.gone = ["items", "pages", "collect_all"]
                    .map(str::to_owned)
                    .to_vec();
            }
            "answer-status-removed" => {
                subject.owners.extend(status_of(&change.item));
                subject.gone.push(item);
            }
            "answer-status-changed" => {
                subject.owners.extend(status_of(&change.item));
                subject.beside = vec![item];
            }
            _ => {}
        }
    }

    /// An operation that is not where it was: its method, its request, and its answers where they have a type of their own.
    fn lost_operation(&self, before: &str, after: &str, subject: &mut Subject) {
        subject.gone.push(last_part(before).to_owned());
        let handles = [
            self.old.handle(before),
            self.new.handle(before),
            self.new.handle(after),
        ];
        subject.owners.extend(handles.into_iter().flatten());
        subject.gone_types.extend(self.old.request(before));
        let operation = self.old.operations.get(before);
        let by_status = operation.filter(|entry| entry.fact("answer") == "by-status");
        subject
            .gone_types
            .extend(by_status.map(|entry| entry.fact("brings").to_owned()));
    }
}

/// The type of answers in `PetAnswer::Accepted`.
fn status_of(item: &str) -> Option<String> {
    item.split_once("::").map(|(ty, _)| ty.to_owned())
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

/// What belongs to the client: groups, credentials, and what it knows.
fn of_client(code: &str, change: &Change, subject: &mut Subject) {
    let client = || "Client".to_owned();
    let credentials = || "Credentials".to_owned();
    match code {
        "group-removed" => {
            subject.owners.push(client());
            subject.gone.push(change.item.clone());
        }
        "group-renamed" => {
            subject.owners.push(client());
            subject.gone.push(change.before.clone());
        }
        "export-removed" => subject.gone_types.push(last_part(&change.item).to_owned()),
        "handle-renamed" => subject.gone_types.push(change.before.clone()),
        "revoke-token-removed" => {
            subject.owners.push(client());
            subject.gone.push("revoke_token".to_owned());
        }
        "error-body-changed" => {
            subject.owners.push("Error".to_owned());
            subject.beside.push(last_part(&change.after).to_owned());
            subject.value = Some(("api".to_owned(), subject.beside.clone()));
        }
        "credentials-type-changed" => {
            subject.owners.push(credentials());
            subject.beside.push(credentials());
        }
        "credentials-removed" => {
            subject.owners.push(credentials());
            subject.gone.push(last_part(&change.item).to_owned());
        }
        "credentials-changed" => {
            subject.owners.push(credentials());
            subject.beside.push(last_part(&change.item).to_owned());
        }
        _ => {}
    }
}
