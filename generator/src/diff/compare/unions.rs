//! Enums and unions.

use std::collections::{BTreeMap, BTreeSet};

use super::super::outline::{Entry, Kind};
use super::super::rules;
use super::super::verdict::Wire;
use super::side::{Whole, words};
use super::types::common_flow;
use super::{Compare, Finding};

impl Compare<'_, '_> {
    pub(super) fn values(&mut self, old: &Whole<'_>, new: &Whole<'_>) {
        let (before, after) = (Values::of(old), Values::of(new));
        for value in old.all(Kind::Value) {
            let by_wire = after.by_wire.get(value.fact("wire")).copied();
            let by_name = after.by_name.get(value.name()).copied();
            let finding = match (by_wire, by_name) {
                (Some(other), _) if other.name() == value.name() => continue,
                (Some(other), _) => Finding {
                    before: value.place.clone(),
                    after: other.place.clone(),
                    ..self.of_member(&rules::VALUE_RENAMED, (old, new), Some(value), Some(other))
                },
                // The name may have gone to a value that was there before.
                (None, Some(other)) if !before.sends(other) => Finding {
                    before: value.fact("wire").to_owned(),
                    after: other.fact("wire").to_owned(),
                    ..self.of_member(&rules::VALUE_CHANGED, (old, new), Some(value), Some(other))
                },
                (None, _) => Finding {
                    before: value.fact("wire").to_owned(),
                    ..self.of_member(&rules::VALUE_REMOVED, (old, new), Some(value), None)
                },
            };
            self.push(finding);
        }
        for value in new.all(Kind::Value) {
            let had_name = before.by_name.get(value.name());
            let had_name = had_name.is_some_and(|other| !after.sends(other));
            if !before.sends(value) && !had_name {
                self.push(Finding {
                    after: value.fact("wire").to_owned(),
                    ..self.of_member(&rules::VALUE_ADDED, (old, new), None, Some(value))
                });
            }
        }
    }

    pub(super) fn union(&mut self, old: &Whole<'_>, new: &Whole<'_>) {
        let says = |union: &Entry| match union.fact("select") {
            "Shape" => "their look".to_owned(),
            "Tag" => format!("`{}`", union.fact("by")),
            _ => format!("`{}`, then their look", union.fact("by")),
        };
        let (before, after) = (says(old.entry), says(new.entry));
        let is_told = before == after;
        if !is_told {
            self.push(Finding {
                before,
                after,
                ..self.of_type(&rules::UNION_SELECTION_CHANGED, old, new)
            });
        }
        let mut known: Vec<(&Entry, &Entry)> = Vec::new();
        for variant in old.all(Kind::Variant) {
            let ty = self.pairs.spelled(variant.fact("type"));
            let is_new =
                |other: &Entry| old.all(Kind::Variant).all(|old| old.name() != other.name());
            let by_name = new
                .all(Kind::Variant)
                .find(|other| other.name() == variant.name());
            let by_type = new
                .all(Kind::Variant)
                .find(|other| other.fact("type") == ty && is_new(other));
            match by_name.or(by_type) {
                Some(other) => {
                    known.push((variant, other));
                    self.variant((old, new), (variant, other), is_told);
                }
                None => self.push(Finding {
                    before: variant.fact("type").to_owned(),
                    ..self.of_member(&rules::VARIANT_REMOVED, (old, new), Some(variant), None)
                }),
            }
        }
        for variant in new.all(Kind::Variant) {
            if known
                .iter()
                .all(|(_, other)| !std::ptr::eq(*other, variant))
            {
                self.push(Finding {
                    after: variant.fact("type").to_owned(),
                    ..self.of_member(&rules::VARIANT_ADDED, (old, new), None, Some(variant))
                });
            }
        }
        if is_told {
            self.tries(old, new, &known);
        }
        self.accessors(old, new);
    }

    /// The order in which variants are tried, where a value could be several of them; `known` are those that both sides have.
    fn tries(&mut self, old: &Whole<'_>, new: &Whole<'_>, known: &[(&Entry, &Entry)]) {
        let mut before = Vec::new();
        for name in words(old.entry.fact("tries")) {
            let now = known.iter().find(|(old, _)| old.name() == name);
            before.extend(now.map(|(_, new)| new.name()));
        }
        let mut after = words(new.entry.fact("tries"));
        after.retain(|name| before.contains(name));
        before.retain(|name| after.contains(name));
        if before != after {
            let list = |names: &[&str]| names.join("`, `");
            self.push(Finding {
                before: list(&before),
                after: list(&after),
                ..self.of_type(&rules::UNION_ORDER_CHANGED, old, new)
            });
        }
    }

    /// How it is chosen is not told of where all are chosen in another way.
    fn variant(
        &mut self,
        sides: (&Whole<'_>, &Whole<'_>),
        (before, after): (&Entry, &Entry),
        tells_choice: bool,
    ) {
        let flow = common_flow(sides.0, sides.1);
        if before.name() != after.name() {
            self.push(Finding {
                before: before.place.clone(),
                after: after.place.clone(),
                ..self.of_member(&rules::VARIANT_RENAMED, sides, Some(before), Some(after))
            });
        }
        let (from, to) = (before.fact("type"), after.fact("type"));
        if self.pairs.spelled(from) != to {
            let wire = self.wire(from, to, flow);
            self.push(Finding {
                before: from.to_owned(),
                after: to.to_owned(),
                wire: Some(wire),
                ..self.of_member(
                    &rules::VARIANT_TYPE_CHANGED,
                    sides,
                    Some(before),
                    Some(after),
                )
            });
        }
        let (from, to) = (before.fact("when"), after.fact("when"));
        if from != to && tells_choice {
            self.selection(sides, (before, after));
        }
    }

    /// What values it is chosen by, where that is a list; else how it is told.
    fn selection(&mut self, sides: (&Whole<'_>, &Whole<'_>), (before, after): (&Entry, &Entry)) {
        let tags = |entry: &Entry| {
            let when = entry.fact("when").split_once(':')?;
            (when.0 == "Tags").then(|| words(when.1).into_iter().map(str::to_owned).collect())
        };
        let (rule, from, to) = match (tags(before), tags(after)) {
            (Some(from), Some(to)) => {
                let (from, to): (BTreeSet<String>, BTreeSet<String>) = (from, to);
                let lost: Vec<&String> = from.difference(&to).collect();
                let gained: Vec<&String> = to.difference(&from).collect();
                match (lost.is_empty(), gained.is_empty()) {
                    // The order in which values stand says nothing.
                    (true, true) => return,
                    (true, false) => (&rules::VARIANT_TAGS_ADDED, String::new(), quoted(&gained)),
                    (false, true) => {
                        let rest: Vec<&String> = to.iter().collect();
                        let to = format!("{} alone", quoted(&rest));
                        (&rules::VARIANT_SELECTION_CHANGED, quoted(&lost), to)
                    }
                    _ => (
                        &rules::VARIANT_SELECTION_CHANGED,
                        quoted(&lost),
                        quoted(&gained),
                    ),
                }
            }
            _ => {
                let (from, to) = (look(before.fact("when")), look(after.fact("when")));
                (&rules::VARIANT_SELECTION_CHANGED, from, to)
            }
        };
        self.push(Finding {
            before: from,
            after: to,
            ..self.of_member(rule, sides, Some(before), Some(after))
        });
    }

    fn accessors(&mut self, old: &Whole<'_>, new: &Whole<'_>) {
        let same = |whole: &'_ Whole<'_>, accessor: &Entry| {
            let mut all = whole.members.iter();
            let found =
                all.find(|other| other.kind == Kind::Accessor && other.name() == accessor.name());
            found.map(|found| found.fact("type").to_owned())
        };
        for accessor in old.all(Kind::Accessor) {
            let ty = accessor.fact("type");
            let (rule, after) = match same(new, accessor) {
                None => (&rules::ACCESSOR_REMOVED, String::new()),
                Some(now) if self.pairs.spelled(ty) != now => (&rules::ACCESSOR_CHANGED, now),
                Some(_) => continue,
            };
            let mut finding = Finding {
                before: ty.to_owned(),
                after,
                wire: Some(Wire::Compatible),
                ..self.of_member(rule, (old, new), None, None)
            };
            finding.item.clone_from(&accessor.place);
            if let Some(renamed) = accessor.place.rsplit_once('.') {
                finding.item = format!("{}.{}", new.entry.place, renamed.1);
            }
            self.push(finding);
        }
        for accessor in new.all(Kind::Accessor) {
            if same(old, accessor).is_none() {
                self.push(Finding {
                    item: accessor.place.clone(),
                    after: accessor.fact("type").to_owned(),
                    ..self.of_member(&rules::ACCESSOR_ADDED, (old, new), None, None)
                });
            }
        }
    }
}

/// The values of an enum, by what they are found by: some enums have hundreds.
struct Values<'a> {
    by_wire: BTreeMap<&'a str, &'a Entry>,
    by_name: BTreeMap<&'a str, &'a Entry>,
}

impl<'a> Values<'a> {
    fn of(whole: &Whole<'a>) -> Self {
        let values = || whole.all(Kind::Value);
        Self {
            by_wire: values().map(|value| (value.fact("wire"), value)).collect(),
            by_name: values().map(|value| (value.name(), value)).collect(),
        }
    }

    /// Whether one of them stands for the same value on the wire.
    fn sends(&self, value: &Entry) -> bool {
        self.by_wire.contains_key(value.fact("wire"))
    }
}

/// So many values stand in a sentence; the others are counted.
const VALUES: usize = 8;

fn quoted(values: &[&String]) -> String {
    let shown = values.iter().take(VALUES).map(|value| format!("`{value}`"));
    let shown = shown.collect::<Vec<_>>().join(", ");
    match values.len().saturating_sub(VALUES) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// How a variant is told without a list of values.
fn look(when: &str) -> String {
    match when.split_once(':') {
        Some((_, members)) => format!("the members `{}`", members.replace(',', "`, `")),
        None if when.is_empty() => "nothing".to_owned(),
        None => format!("its look, `{}`", when.to_lowercase()),
    }
}
