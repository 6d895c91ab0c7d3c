//! What operations bring.

use super::super::change::Flow;
use super::super::outline::{Entry, Kind};
use super::super::rules;
use super::super::verdict::{Rust, Wire};
use super::Compare;
use super::Finding;
use super::side::Whole;

impl Compare<'_, '_> {
    /// What it brings, and how that is read.
    pub(super) fn answer(&mut self, old: &Whole<'_>, new: &Whole<'_>, is_renamed: bool) {
        let form = |whole: &Whole<'_>| whole.entry.fact("answer").to_owned();
        let ty = |whole: &Whole<'_>| whole.entry.fact("brings").to_owned();
        let (from, to) = (form(old), form(new));
        let is_named_after = from == "by-status" && to == from && is_renamed;
        let is_same = self.pairs.spelled(&ty(old)) == ty(new) && from == to;
        if !is_same && !is_named_after {
            let wire = match (from.as_str(), to.as_str()) {
                ("empty", _) => Wire::Compatible,
                ("json-or-empty", "json") => self.wire(&ty(old), &ty(new), Flow::Received),
                (from, to) if from == to && from != "by-status" => {
                    self.wire(&ty(old), &ty(new), Flow::Received)
                }
                ("by-status", "by-status") => Wire::Compatible,
                ("by-status", "json" | "empty") | ("json", "by-status") | ("stream", _) => {
                    Wire::Risky
                }
                _ => Wire::Breaking,
            };
            self.push(Finding {
                before: ty(old),
                after: ty(new),
                flow: Flow::Received,
                wire: Some(wire),
                // How an answer is read may change while its type does not.
                rust: (self.pairs.spelled(&ty(old)) == ty(new)).then_some(Rust::Patch),
                ..self.about(&rules::ANSWER_CHANGED, old.entry, new.entry)
            });
        }
        if from == "by-status" && to == from {
            self.statuses(old, new);
        }
    }

    fn statuses(&mut self, old: &Whole<'_>, new: &Whole<'_>) {
        let says = |status: &Entry| match status.fact("type") {
            "" => format!("{} without a body", status.fact("statuses")),
            ty => format!("{} with `{ty}`", status.fact("statuses")),
        };
        let item = |side: &Whole<'_>, status: &Entry| {
            format!("{}::{}", side.entry.fact("brings"), status.name())
        };
        for status in old.all(Kind::Status) {
            let same = new
                .all(Kind::Status)
                .find(|other| other.name() == status.name());
            let Some(other) = same else {
                self.push(Finding {
                    item: item(old, status),
                    before: says(status),
                    flow: Flow::Received,
                    ..self.about(&rules::STATUS_REMOVED, old.entry, new.entry)
                });
                continue;
            };
            let (before, after) = (status.fact("type"), other.fact("type"));
            let is_same_type = self.pairs.spelled(before) == after;
            if is_same_type && status.fact("statuses") == other.fact("statuses") {
                continue;
            }
            let wire = match (before, after) {
                _ if is_same_type => Wire::Risky,
                ("", _) => Wire::Compatible,
                (_, "") => Wire::Breaking,
                _ => self.wire(before, after, Flow::Received),
            };
            self.push(Finding {
                item: item(new, other),
                before: says(status),
                after: says(other),
                flow: Flow::Received,
                wire: Some(wire),
                rust: is_same_type.then_some(Rust::Patch),
                ..self.about(&rules::STATUS_CHANGED, old.entry, new.entry)
            });
        }
        for status in new.all(Kind::Status) {
            if old
                .all(Kind::Status)
                .all(|other| other.name() != status.name())
            {
                self.push(Finding {
                    item: item(new, status),
                    after: says(status),
                    flow: Flow::Received,
                    ..self.about(&rules::STATUS_ADDED, old.entry, new.entry)
                });
            }
        }
    }
}
