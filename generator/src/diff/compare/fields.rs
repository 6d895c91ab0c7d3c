//! Structs: fields, their presence, and how a struct is made.

use super::super::outline::{Entry, Kind};
use super::super::rules::{self, Rule};
use super::super::verdict::{Rust, Wire};
use super::side::{Whole, words};
use super::types::common_flow;
use super::{Compare, Finding};

type Sides<'f, 'a> = (&'f Whole<'a>, &'f Whole<'a>);

impl Compare<'_, '_> {
    pub(super) fn structure(&mut self, old: &Whole<'_>, new: &Whole<'_>) {
        let setters = match (old.entry.fact("setters"), new.entry.fact("setters")) {
            ("", "yes") => Some(&rules::SETTERS_ADDED),
            ("yes", "") => Some(&rules::SETTERS_REMOVED),
            _ => None,
        };
        // Without an optional field there is nothing to set.
        let has_options = |whole: &Whole<'_>| {
            whole
                .all(Kind::Field)
                .any(|field| field.fact("presence") != "required")
        };
        if let Some(rule) = setters.filter(|_| has_options(old) && has_options(new)) {
            let finding = self.of_type(rule, old, new);
            self.push(finding);
        }
        let pairs = self.pair_fields(old, new);
        for (before, after) in &pairs {
            self.field((old, new), before, after);
        }
        self.constructor(old, new, &pairs);
        self.rest(old, new);
        self.page(old, new);
    }

    /// The fields that are in both, by their names on the wire, and what is left by their Rust names. The others are told of.
    fn pair_fields<'f>(
        &mut self,
        old: &'f Whole<'_>,
        new: &'f Whole<'_>,
    ) -> Vec<(&'f Entry, &'f Entry)> {
        let same = |fact: fn(&Entry) -> &str, field: &Entry| {
            new.all(Kind::Field)
                .find(|other| fact(other) == fact(field))
        };
        let by_wire = |field: &Entry| same(|field| field.fact("wire"), field);
        let mut pairs: Vec<(&Entry, &Entry)> = Vec::new();
        let mut left = Vec::new();
        for field in old.all(Kind::Field) {
            match by_wire(field) {
                Some(other) => pairs.push((field, other)),
                None => left.push(field),
            }
        }
        let is_free = |pairs: &[(&Entry, &Entry)], field: &Entry| {
            pairs.iter().all(|(_, known)| !std::ptr::eq(*known, field))
        };
        for field in left {
            match same(Entry::name, field).filter(|other| is_free(&pairs, other)) {
                Some(other) => pairs.push((field, other)),
                None => {
                    let rule = match Presence::of(field).may_miss {
                        true => &rules::FIELD_REMOVED,
                        false => &rules::REQUIRED_FIELD_REMOVED,
                    };
                    // A field that is always there may come as null: then nothing is what it reads.
                    let reads_nothing = field.fact("presence") == "nullable";
                    let wire = common_flow(old, new).worst(rule.sent, Wire::Risky);
                    self.push(Finding {
                        before: field.fact("type").to_owned(),
                        wire: reads_nothing.then_some(wire),
                        ..self.of_member(rule, (old, new), Some(field), None)
                    });
                }
            }
        }
        for field in new.all(Kind::Field).filter(|field| is_free(&pairs, field)) {
            let presence = Presence::of(field);
            let rule = match presence.may_miss {
                true => &rules::FIELD_ADDED,
                false => &rules::REQUIRED_FIELD_ADDED,
            };
            // `new` does not take what may be null.
            let rust = presence.may_be_null.then_some(Rust::Minor);
            self.push(Finding {
                after: field.fact("type").to_owned(),
                rust,
                ..self.of_member(rule, (old, new), None, Some(field))
            });
        }
        pairs
    }

    fn field(&mut self, sides: Sides<'_, '_>, before: &Entry, after: &Entry) {
        let told = |this: &mut Self, rule: &'static Rule, from: &str, to: &str, rust, wire| {
            this.push(Finding {
                before: from.to_owned(),
                after: to.to_owned(),
                rust,
                wire,
                ..this.of_member(rule, sides, Some(before), Some(after))
            });
        };
        if before.name() != after.name() {
            let (from, to) = (&before.place, &after.place);
            told(self, &rules::FIELD_RENAMED, from, to, None, None);
        }
        let (from, to) = (before.fact("wire"), after.fact("wire"));
        if from != to {
            let needs = |entry: &Entry| !Presence::of(entry).may_miss;
            let wire = (!needs(before) && !needs(after)).then_some(Wire::Risky);
            told(self, &rules::FIELD_WIRE_NAME_CHANGED, from, to, None, wire);
        }
        let flow = common_flow(sides.0, sides.1);
        let (from, to) = (before.fact("type"), after.fact("type"));
        let is_other = self.pairs.spelled(from) != to;
        let rust = (!is_other).then_some(Rust::Patch);
        let (was, is) = (Presence::of(before), Presence::of(after));
        for (old, new, [gained, lost]) in [
            (
                was.may_miss,
                is.may_miss,
                [&rules::FIELD_BECAME_OPTIONAL, &rules::FIELD_BECAME_REQUIRED],
            ),
            (
                was.may_be_null,
                is.may_be_null,
                [&rules::FIELD_BECAME_NULLABLE, &rules::FIELD_NOT_NULLABLE],
            ),
        ] {
            if old == new {
                continue;
            }
            let rule = if new { gained } else { lost };
            // Every field but a required one reads nothing and null alike.
            let reads_both = before.fact("presence") != "required";
            let wire = (new && reads_both).then(|| flow.worst(rule.sent, Wire::Compatible));
            told(self, rule, from, to, rust, wire);
        }
        let (inner_from, inner_to) = (was.inner(from), is.inner(to));
        if self.pairs.spelled(inner_from) != inner_to {
            let wire = self.wire(inner_from, inner_to, flow);
            told(self, &rules::FIELD_TYPE_CHANGED, from, to, None, Some(wire));
        } else if is_other && was == is {
            // What a presence adds is the same, and so is what is in it.
            told(
                self,
                &rules::FIELD_TYPE_CHANGED,
                from,
                to,
                None,
                Some(Wire::Compatible),
            );
        }
    }

    /// Arguments that come and go are told of with their fields; what is left is their order.
    fn constructor(&mut self, old: &Whole<'_>, new: &Whole<'_>, pairs: &[(&Entry, &Entry)]) {
        let (Some(before), Some(after)) = (old.one(Kind::Constructor), new.one(Kind::Constructor))
        else {
            return;
        };
        let (from, to) = (words(before.fact("takes")), words(after.fact("takes")));
        let now = |name: &&&str| {
            let mut pairs = pairs.iter();
            pairs
                .find(|(before, _)| before.name() == **name)
                .map(|(_, after)| after.name())
        };
        let kept: Vec<&str> = from
            .iter()
            .filter_map(|name| now(&name))
            .filter(|name| to.contains(name))
            .collect();
        let was_there: Vec<&str> = to
            .iter()
            .copied()
            .filter(|name| kept.contains(name))
            .collect();
        if kept != was_there {
            self.push(Finding {
                before: from.join(", "),
                after: to.join(", "),
                wire: Some(Wire::Compatible),
                ..self.of_member(
                    &rules::CONSTRUCTOR_REORDERED,
                    (old, new),
                    Some(before),
                    Some(after),
                )
            });
        }
    }

    fn rest(&mut self, old: &Whole<'_>, new: &Whole<'_>) {
        let (before, after) = (old.one(Kind::Rest), new.one(Kind::Rest));
        let says = |entry: &Entry, ty: &str| format!("{}: {ty}", entry.name());
        let finding = match (before, after) {
            (None, None) => return,
            (None, Some(rest)) => Finding {
                after: rest.fact("type").to_owned(),
                ..self.of_member(&rules::REST_ADDED, (old, new), None, after)
            },
            (Some(rest), None) => Finding {
                before: rest.fact("type").to_owned(),
                ..self.of_member(&rules::REST_REMOVED, (old, new), before, None)
            },
            (Some(from), Some(to)) => {
                let was = says(from, &self.pairs.spelled(from.fact("type")));
                if was == says(to, to.fact("type")) {
                    return;
                }
                let flow = common_flow(old, new);
                Finding {
                    before: was,
                    after: says(to, to.fact("type")),
                    wire: Some(self.wire(from.fact("type"), to.fact("type"), flow)),
                    ..self.of_member(&rules::REST_CHANGED, (old, new), before, after)
                }
            }
        };
        self.push(finding);
    }

    fn page(&mut self, old: &Whole<'_>, new: &Whole<'_>) {
        let says = |entry: &Entry, ty: &str| format!("`{ty}` in `{}`", entry.fact("items"));
        let (before, after) = (old.one(Kind::Page), new.one(Kind::Page));
        let from = before.map(|page| says(page, &self.pairs.spelled(page.fact("type"))));
        let to = after.map(|page| says(page, page.fact("type")));
        let rule = match (&from, &to) {
            (from, to) if from == to => return,
            (None, _) => &rules::PAGE_ADDED,
            (_, None) => &rules::PAGE_REMOVED,
            _ => &rules::PAGE_CHANGED,
        };
        if let (Some(before), Some(after)) = (before, after)
            && self.is_told_by_field((old, new), before, after)
        {
            return;
        }
        self.push(Finding {
            before: from.unwrap_or_default(),
            after: to.unwrap_or_default(),
            ..self.of_member(rule, (old, new), None, None)
        });
    }
}

impl Compare<'_, '_> {
    /// Whether a page's list is the same field on both sides, with another type: then the field tells of it.
    fn is_told_by_field(&self, (old, new): Sides<'_, '_>, before: &Entry, after: &Entry) -> bool {
        let field = |whole: &Whole<'_>, page: &Entry| {
            let mut fields = whole.all(Kind::Field);
            let list = fields.find(|field| field.name() == page.fact("items"))?;
            Some((list.fact("wire").to_owned(), list.fact("type").to_owned()))
        };
        match (field(old, before), field(new, after)) {
            (Some((wire, ty)), Some((new_wire, new_ty))) => {
                wire == new_wire && self.pairs.spelled(&ty) != new_ty
            }
            _ => false,
        }
    }
}

/// When a field is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Presence {
    pub(super) may_miss: bool,
    pub(super) may_be_null: bool,
}

impl Presence {
    pub(super) fn of(field: &Entry) -> Self {
        let word = field.fact("presence");
        Self {
            may_miss: matches!(word, "optional" | "patch"),
            may_be_null: matches!(word, "nullable" | "patch"),
        }
    }

    /// The type of a value that is there, out of the field's.
    pub(super) fn inner(self, ty: &str) -> &str {
        if !self.may_miss && !self.may_be_null {
            return ty;
        }
        let inner = ty
            .strip_prefix("Option<")
            .or_else(|| ty.strip_prefix("Patch<"));
        inner
            .and_then(|inner| inner.strip_suffix('>'))
            .unwrap_or(ty)
    }
}
