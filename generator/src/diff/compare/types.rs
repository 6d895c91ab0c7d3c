//! Types: which there are, behind which features, and what they are.

use std::collections::BTreeSet;

use super::super::change::Flow;
use super::super::outline::{Entry, Kind};
use super::super::rules::{self, Rule};
use super::side::{Whole, words};
use super::{Compare, Finding};

impl Compare<'_, '_> {
    pub(super) fn types(&mut self) {
        let (old, new, pairs) = (self.old, self.new, self.pairs);
        for (name, whole) in &old.types {
            match pairs.types.get(name).and_then(|found| new.types.get(found)) {
                // Nearly all types of two documents: there is nothing to look for.
                Some(other) if self.is_same(whole, other) => {}
                Some(other) => {
                    let told = self.changes.len();
                    self.ty(whole, other);
                    self.untold(told, whole, other);
                }
                None => self.push(Finding {
                    groups: gate(whole),
                    old: Some(whole.entry),
                    flow: whole.flow(),
                    ..Finding::of(&rules::TYPE_REMOVED, &whole.entry.place)
                }),
            }
        }
        let known: BTreeSet<&str> = pairs.types.values().copied().collect();
        for (name, whole) in &new.types {
            if !known.contains(name) {
                self.push(Finding {
                    groups: gate(whole),
                    new: Some(whole.entry),
                    flow: whole.flow(),
                    ..Finding::of(&rules::TYPE_ADDED, &whole.entry.place)
                });
            }
        }
    }

    fn ty(&mut self, old: &Whole<'_>, new: &Whole<'_>) {
        if old.entry.place != new.entry.place {
            self.push(Finding {
                before: old.entry.place.clone(),
                after: new.entry.place.clone(),
                ..self.of_type(&rules::TYPE_RENAMED, old, new)
            });
        }
        self.gate(old, new);
        self.derives(old, new);
        let (before, after) = (old.entry.kind, new.entry.kind);
        if before != after {
            let wire = self.wire_of_wholes(old, new);
            return self.push(Finding {
                before: described(before).to_owned(),
                after: described(after).to_owned(),
                wire: Some(wire),
                ..self.of_type(&rules::TYPE_KIND_CHANGED, old, new)
            });
        }
        match after {
            Kind::Struct => self.structure(old, new),
            Kind::TextEnum | Kind::IntegerEnum => self.values(old, new),
            Kind::Union => self.union(old, new),
            Kind::Alias => self.alias(old, new),
            _ => {}
        }
        self.conversion(old, new);
    }

    /// A finding about a type as a whole.
    pub(super) fn of_type<'f>(
        &self,
        rule: &'static Rule,
        old: &'f Whole<'_>,
        new: &'f Whole<'_>,
    ) -> Finding<'f> {
        Finding {
            groups: gate(new),
            old: Some(old.entry),
            new: Some(new.entry),
            flow: common_flow(old, new),
            ..Finding::of(rule, &new.entry.place)
        }
    }

    /// A finding about a member.
    pub(super) fn of_member<'f>(
        &self,
        rule: &'static Rule,
        (old, new): (&'f Whole<'_>, &'f Whole<'_>),
        before: Option<&'f Entry>,
        after: Option<&'f Entry>,
    ) -> Finding<'f> {
        let shown = after
            .or(before)
            .map_or(new.entry.place.as_str(), |entry| &entry.place);
        let mut finding = Finding {
            item: shown.to_owned(),
            ..self.of_type(rule, old, new)
        };
        // What is new was nowhere, and what is gone is nowhere; what has no place of its own stands where its type does.
        match (before, after) {
            (None, Some(_)) => finding.old = None,
            (Some(_), None) => finding.new = None,
            _ => {}
        }
        if let Some(before) = before.filter(|entry| !entry.at().is_empty()) {
            finding.old = Some(before);
        }
        if let Some(after) = after.filter(|entry| !entry.at().is_empty()) {
            finding.new = Some(after);
        }
        finding
    }

    /// Features that are gone or renamed are told of apart.
    fn gate(&mut self, old: &Whole<'_>, new: &Whole<'_>) {
        let (before, after) = (old.gate(), new.gate());
        let renamed = |feature: &&str| self.pairs.features.get(feature).copied();
        let kept = before
            .iter()
            .map(|feature| renamed(feature).unwrap_or(feature));
        let kept = kept.filter(|feature| self.new.features.contains(feature));
        let kept: BTreeSet<&str> = kept.collect();
        let now: BTreeSet<&str> = after.iter().copied().collect();
        let list = |features: Vec<&str>| features.join(", ");
        let lost: Vec<&str> = match (before.is_empty(), after.is_empty()) {
            (_, true) => Vec::new(),
            (true, false) => vec!["none"],
            _ => kept.difference(&now).copied().collect(),
        };
        if !lost.is_empty() {
            self.push(Finding {
                before: list(lost),
                after: list(after.clone()),
                flow: Flow::Unused,
                ..self.of_type(&rules::TYPE_NARROWED, old, new)
            });
        }
        let gained: Vec<&str> = match (before.is_empty(), after.is_empty()) {
            (true, _) => Vec::new(),
            (false, true) => vec!["none"],
            _ => now.difference(&kept).copied().collect(),
        };
        if !gained.is_empty() {
            self.push(Finding {
                before: list(before),
                after: list(gained),
                flow: Flow::Unused,
                ..self.of_type(&rules::TYPE_WIDENED, old, new)
            });
        }
    }

    /// Traits beside those that every type of its kind has.
    fn derives(&mut self, old: &Whole<'_>, new: &Whole<'_>) {
        let traits = |whole: &Whole<'_>| {
            let traits = words(whole.entry.fact("derives")).into_iter();
            traits.map(str::to_owned).collect::<BTreeSet<String>>()
        };
        let (before, after) = (traits(old), traits(new));
        let list = |from: &BTreeSet<String>, without: &BTreeSet<String>| {
            let traits: Vec<String> = from.difference(without).cloned().collect();
            traits.join(", ")
        };
        let (lost, gained) = (list(&before, &after), list(&after, &before));
        for (rule, from, to) in [
            (&rules::DERIVE_REMOVED, lost, String::new()),
            (&rules::DERIVE_ADDED, String::new(), gained),
        ] {
            if !(from.is_empty() && to.is_empty()) {
                self.push(Finding {
                    before: from,
                    after: to,
                    flow: Flow::Unused,
                    ..self.of_type(rule, old, new)
                });
            }
        }
    }

    fn alias(&mut self, old: &Whole<'_>, new: &Whole<'_>) {
        let (before, after) = (old.entry.fact("type"), new.entry.fact("type"));
        if self.pairs.spelled(before) != after {
            let wire = self.wire(before, after, common_flow(old, new));
            self.push(Finding {
                before: before.to_owned(),
                after: after.to_owned(),
                wire: Some(wire),
                ..self.of_type(&rules::ALIAS_CHANGED, old, new)
            });
        }
    }

    fn conversion(&mut self, old: &Whole<'_>, new: &Whole<'_>) {
        let says = |conversion: &Entry, ty: &str| match conversion.fact("takes") {
            "" => format!("`{ty}`"),
            takes => format!("`{ty}` with {takes}"),
        };
        let before = old.one(Kind::Conversion);
        let after = new.one(Kind::Conversion);
        let from = before.map(|entry| says(entry, &self.pairs.spelled(entry.fact("type"))));
        let to = after.map(|entry| says(entry, entry.fact("type")));
        let rule = match (&from, &to) {
            (from, to) if from == to => return,
            (None, _) => &rules::CONVERSION_ADDED,
            (_, None) => &rules::CONVERSION_REMOVED,
            _ => &rules::CONVERSION_CHANGED,
        };
        self.push(Finding {
            before: from.unwrap_or_default(),
            after: to.unwrap_or_default(),
            flow: Flow::Unused,
            ..self.of_member(rule, (old, new), None, None)
        });
    }
}

/// Which way both travel: what one of them alone does is told of where it is used.
pub(super) fn common_flow(old: &Whole<'_>, new: &Whole<'_>) -> Flow {
    let (old, new) = (old.flow(), new.flow());
    match (
        old.is_sent() && new.is_sent(),
        old.is_received() && new.is_received(),
    ) {
        (true, true) => Flow::Both,
        (true, false) => Flow::Sent,
        (false, true) => Flow::Received,
        (false, false) => Flow::Unused,
    }
}

fn gate(whole: &Whole<'_>) -> Vec<String> {
    whole.gate().into_iter().map(str::to_owned).collect()
}

fn described(kind: Kind) -> &'static str {
    match kind {
        Kind::Struct => "a struct",
        Kind::TextEnum => "an enum of texts",
        Kind::IntegerEnum => "an enum of numbers",
        Kind::Union => "a union",
        _ => "an alias",
    }
}
