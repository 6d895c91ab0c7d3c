//! Operations: which there are, what they bring, and how they stand on the wire.

use std::collections::BTreeSet;

use super::super::collect::texts;
use super::super::outline::{Entry, Kind};
use super::super::rules::{self, Rule};
use super::super::verdict::{Rust, Wire};
use super::pairs::group_of;
use super::plain;
use super::service::NOTHING;
use super::side::{Side, Whole, address};
use super::{Compare, Finding};

/// Facts of an operation that have a rule of their own, or are told of elsewhere.
const SPOKEN_OF: [&str; 15] = [
    "request",
    "takes",
    "answer",
    "brings",
    "id",
    "method",
    "template",
    "accept",
    "content_type",
    "security",
    "paging",
    "deprecated",
    "sunset",
    "shared",
    "at",
];

impl Compare<'_, '_> {
    pub(super) fn operations(&mut self) {
        let (old, new, pairs) = (self.old, self.new, self.pairs);
        for (place, whole) in &old.operations {
            match pairs
                .operations
                .get(place)
                .and_then(|found| new.operations.get(found))
            {
                Some(other) if self.is_same(whole, other) => {}
                Some(other) => {
                    let told = self.changes.len();
                    self.operation(whole, other);
                    self.untold(told, whole, other);
                }
                None => self.whole_operation(&rules::OPERATION_REMOVED, old, whole),
            }
        }
        let known: BTreeSet<&str> = pairs.operations.values().copied().collect();
        for (place, whole) in &new.operations {
            if !known.contains(place) {
                self.whole_operation(&rules::OPERATION_ADDED, new, whole);
            }
        }
    }

    fn whole_operation(&mut self, rule: &'static Rule, side: &Side<'_>, whole: &Whole<'_>) {
        let entry = whole.entry;
        let (method, path) = (entry.fact("method").to_uppercase(), entry.fact("template"));
        let about = format!("{method} {path}");
        let is_new = std::ptr::eq(rule, &raw const rules::OPERATION_ADDED);
        self.push(Finding {
            groups: groups(side, entry),
            before: if is_new { String::new() } else { about.clone() },
            after: if is_new { about } else { String::new() },
            old: (!is_new).then_some(entry),
            new: is_new.then_some(entry),
            ..Finding::of(rule, method_name(entry))
        });
    }

    fn operation(&mut self, old: &Whole<'_>, new: &Whole<'_>) {
        let is_renamed = self.operation_name(old.entry, new.entry);
        self.deprecation(old.entry, new.entry);
        self.on_the_wire(old.entry, new.entry, is_renamed);
        self.security(old.entry, new.entry);
        self.inputs(old, new);
        self.answer(old, new, is_renamed);
        self.ways(old, new);
    }

    /// A finding about an operation as a whole.
    pub(super) fn about<'f>(
        &self,
        rule: &'static Rule,
        old: &'f Entry,
        new: &'f Entry,
    ) -> Finding<'f> {
        Finding {
            groups: groups(self.new, new),
            old: Some(old),
            new: Some(new),
            ..Finding::of(rule, method_name(new))
        }
    }

    /// Whether the operation, and so what is named after it, has another name.
    fn operation_name(&mut self, old: &Entry, new: &Entry) -> bool {
        let group = self.pairs.groups.get(group_of(&old.place)).copied();
        let has_moved = group.unwrap_or(group_of(&old.place)) != group_of(&new.place);
        let is_renamed = old.name() != new.name();
        if has_moved || is_renamed {
            let rule = if has_moved {
                &rules::OPERATION_MOVED
            } else {
                &rules::OPERATION_RENAMED
            };
            self.push(Finding {
                before: method_name(old),
                after: method_name(new),
                ..self.about(rule, old, new)
            });
        } else if old.fact("request") != new.fact("request") {
            self.push(Finding {
                before: old.fact("request").to_owned(),
                after: new.fact("request").to_owned(),
                ..self.about(&rules::REQUEST_RENAMED, old, new)
            });
        }
        is_renamed
    }

    fn deprecation(&mut self, old: &Entry, new: &Entry) {
        let (before, after) = (old.fact("deprecated"), new.fact("deprecated"));
        let rule = match (before.is_empty(), after.is_empty()) {
            _ if before == after => None,
            (true, _) => Some(&rules::OPERATION_DEPRECATED),
            (_, true) => Some(&rules::OPERATION_REVIVED),
            // The day stands in the note, and has a rule of its own.
            _ if old.fact("sunset") != new.fact("sunset") => None,
            _ => Some(&rules::DEPRECATION_NOTE),
        };
        if let Some(rule) = rule {
            let note = if after == "yes" {
                "the document gives no reason"
            } else {
                after
            };
            self.push(Finding {
                before: before.to_owned(),
                after: note.to_owned(),
                ..self.about(rule, old, new)
            });
        }
        let (before, after) = (old.fact("sunset"), new.fact("sunset"));
        if before != after {
            let day = |day: &str| if day.is_empty() { "no day" } else { day }.to_owned();
            // A day that is gone or later asks for nothing.
            let is_sooner = !after.is_empty() && (before.is_empty() || after < before);
            self.push(Finding {
                before: day(before),
                after: day(after),
                wire: (!is_sooner).then_some(Wire::Compatible),
                ..self.about(&rules::SUNSET_CHANGED, old, new)
            });
        }
    }

    fn on_the_wire(&mut self, old: &Entry, new: &Entry, is_renamed: bool) {
        let mut changed = |rule, name: &str, text: &dyn Fn(&str) -> String| {
            if old.fact(name) != new.fact(name) {
                // A program that asks for nothing in particular takes what comes.
                let asks = name != "accept" || !old.fact(name).is_empty();
                self.push(Finding {
                    before: text(old.fact(name)),
                    after: text(new.fact(name)),
                    wire: (!asks).then_some(Wire::Compatible),
                    ..self.about(rule, old, new)
                });
            }
        };
        let plain = |text: &str| if text.is_empty() { NOTHING } else { text }.to_owned();
        changed(&rules::METHOD_CHANGED, "method", &str::to_uppercase);
        if address(old).1 != address(new).1 {
            changed(&rules::PATH_CHANGED, "template", &plain);
        }
        if !is_renamed {
            changed(&rules::OPERATION_ID_CHANGED, "id", &plain);
        }
        // An answer or body that is new or gone is told of as such; what is asked for may be an error's body alone.
        let is_said = old.fact("answer") != new.fact("answer");
        if !is_said || (!old.fact("accept").is_empty() && !new.fact("accept").is_empty()) {
            changed(&rules::ACCEPT_CHANGED, "accept", &plain);
        }
        if !old.fact("content_type").is_empty() && !new.fact("content_type").is_empty() {
            changed(&rules::CONTENT_TYPE_CHANGED, "content_type", &plain);
        }
        let paging = match (old.fact("paging"), new.fact("paging")) {
            ("", _) => &rules::PAGING_ADDED,
            (_, "") => &rules::PAGING_REMOVED,
            _ => &rules::PAGING_CHANGED,
        };
        changed(paging, "paging", &|rule| plain(&plain::plain(rule)));
        let names = old
            .facts
            .iter()
            .chain(&new.facts)
            .map(|(name, _)| name.as_str());
        let others: BTreeSet<&str> = names.filter(|name| !SPOKEN_OF.contains(name)).collect();
        for name in others {
            changed(
                &rules::DETAIL_CHANGED,
                name,
                &|text| match texts::is_detail(name) {
                    true => format!("{name} {}", plain(text)),
                    false => format!("{name} {}", plain(&plain::plain(text))),
                },
            );
        }
    }

    /// What an operation wants of its callers. Where it says nothing of its own, that is what the service wants.
    fn security(&mut self, old: &Entry, new: &Entry) {
        if old.fact("security") == new.fact("security") {
            return;
        }
        let (before, after) = (wants(self.old, old), wants(self.new, new));
        let rule = match (before.as_str(), after.as_str()) {
            // To say what the service says in general changes nothing.
            (before, after) if before == after => return,
            ("none", _) => &rules::AUTHENTICATION_ADDED,
            (_, "none") => &rules::AUTHENTICATION_REMOVED,
            _ => &rules::AUTHENTICATION_CHANGED,
        };
        self.push(Finding {
            before: plain::requirements(&before),
            after: plain::requirements(&after),
            ..self.about(rule, old, new)
        });
    }

    /// Other ways to send it, and what can be waited for.
    fn ways(&mut self, old: &Whole<'_>, new: &Whole<'_>) {
        let about = |entry: &Entry| match entry.kind {
            Kind::Way => format!("{} as `{}`", entry.fact("media_type"), entry.fact("type")),
            _ => {
                let facts = entry.facts.iter();
                let facts = facts.map(|(name, text)| format!("{name} {text}"));
                facts.collect::<Vec<_>>().join(", ")
            }
        };
        let renamed = |entry: &Entry| self.pairs.spelled(&about(entry));
        for (kind, [added, removed, changed]) in [
            (
                Kind::Way,
                [&rules::WAY_ADDED, &rules::WAY_REMOVED, &rules::WAY_CHANGED],
            ),
            (
                Kind::Waiter,
                [
                    &rules::WAITER_ADDED,
                    &rules::WAITER_REMOVED,
                    &rules::WAITER_CHANGED,
                ],
            ),
        ] {
            for entry in old.all(kind) {
                let same = new.all(kind).find(|other| other.name() == entry.name());
                let (rule, after) = match same {
                    None => (removed, String::new()),
                    Some(other) if about(other) != renamed(entry) => (changed, about(other)),
                    Some(_) => continue,
                };
                // A wait that ends when something is gone brings nothing.
                let is_other_type = same.is_some_and(|other| {
                    let ty = self.pairs.spelled(entry.fact("type"));
                    other.fact("gone") != entry.fact("gone") || other.fact("type") != ty
                });
                self.push(Finding {
                    item: way_name(new.entry, entry),
                    before: about(entry),
                    after,
                    rust: is_other_type.then_some(Rust::Major),
                    ..self.about(rule, old.entry, new.entry)
                });
            }
            for entry in new.all(kind) {
                if old.all(kind).all(|other| other.name() != entry.name()) {
                    self.push(Finding {
                        item: way_name(new.entry, entry),
                        after: about(entry),
                        ..self.about(added, old.entry, new.entry)
                    });
                }
            }
        }
    }
}

/// What an operation wants of its callers: where it says nothing of its own, what the service wants.
pub(super) fn wants(side: &Side<'_>, operation: &Entry) -> String {
    let own = operation.fact("security");
    if !own.is_empty() {
        return own.to_owned();
    }
    let general = side.service.get("security");
    general.map_or("none", |entry| entry.fact("is")).to_owned()
}

/// How a caller names an operation: `orders().list_orders`.
pub(in crate::diff) fn method_name(operation: &Entry) -> String {
    format!("{}().{}", group_of(&operation.place), operation.name())
}

/// How a caller names another `send`, or a method that waits, which stands beside its operation.
fn way_name(operation: &Entry, way: &Entry) -> String {
    match way.kind {
        Kind::Waiter => format!("{}().{}", group_of(&operation.place), way.name()),
        _ => format!("{}().{}", method_name(operation), way.name()),
    }
}

/// The feature of an operation's group.
fn groups(side: &Side<'_>, operation: &Entry) -> Vec<String> {
    let group = side.groups.get(group_of(&operation.place));
    group
        .map(|group| group.fact("if").to_owned())
        .into_iter()
        .collect()
}
