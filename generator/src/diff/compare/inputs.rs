//! What operations take: arguments and setters.

use std::collections::BTreeSet;

use super::super::change::Flow;
use super::super::outline::{Entry, Kind};
use super::super::rules;
use super::super::verdict::{Rust, Wire};
use super::operations::method_name;
use super::side::{Whole, words};
use super::{Compare, Finding};

/// An input with its side of the signature.
#[derive(Clone, Copy)]
struct Input<'a> {
    entry: &'a Entry,
    is_argument: bool,
}

impl<'a> Input<'a> {
    fn all(whole: &Whole<'a>) -> Vec<Self> {
        let arguments = whole.all(Kind::Argument).map(|entry| Self {
            entry,
            is_argument: true,
        });
        let setters = whole.setters().map(|entry| Self {
            entry,
            is_argument: false,
        });
        arguments.chain(setters).collect()
    }

    /// What it is on the wire: where it goes and its name there. An operation has one body.
    fn address(&self) -> (&'a str, &'a str) {
        match self.entry.fact("in") {
            "body" => ("body", ""),
            location => (location, self.entry.fact("wire")),
        }
    }

    fn is_in_path(&self) -> bool {
        self.entry.fact("in") == "path"
    }

    /// What it is, in a few words.
    fn about(&self) -> String {
        let Self { entry, .. } = self;
        let ty = entry.fact("type");
        match self.address() {
            ("body", _) => format!("`{}: {ty}` (the body)", entry.name()),
            (location, wire) => format!("`{}: {ty}` (`{wire}` in the {location})", entry.name()),
        }
    }

    /// How a caller names it.
    fn item(&self, operation: &Entry) -> String {
        let method = method_name(operation);
        match self.is_argument {
            true => format!("{method}({})", self.entry.name()),
            false => format!("{method}().{}", self.entry.name()),
        }
    }
}

impl Compare<'_, '_> {
    pub(super) fn inputs(&mut self, old: &Whole<'_>, new: &Whole<'_>) {
        let (befores, afters) = (Input::all(old), Input::all(new));
        let mut pairs: Vec<(Input<'_>, Input<'_>)> = Vec::new();
        let mut left: Vec<Input<'_>> = Vec::new();
        for before in befores {
            match afters
                .iter()
                .find(|after| after.address() == before.address())
            {
                Some(after) => pairs.push((before, *after)),
                None => left.push(before),
            }
        }
        let is_free = |pairs: &[(Input<'_>, Input<'_>)], after: &Input<'_>| {
            pairs
                .iter()
                .all(|(_, known)| !std::ptr::eq(known.entry, after.entry))
        };
        // Parameters of a path are known by their order; else by their Rust names.
        for before in left {
            let mut free = afters.iter().filter(|after| is_free(&pairs, after));
            let found = match before.is_in_path() {
                true => free.find(|after| after.is_in_path()),
                false => free
                    .find(|after| after.entry.name() == before.entry.name() && !after.is_in_path()),
            };
            match found.copied() {
                Some(after) => pairs.push((before, after)),
                None => self.removed_input(old, new, before),
            }
        }
        for (before, after) in &pairs {
            self.input(old, new, *before, *after);
        }
        for after in afters.iter().filter(|after| is_free(&pairs, after)) {
            self.added_input(old, new, *after);
        }
        self.order(old, new, &pairs);
    }

    /// A finding about an input.
    fn about_input<'f>(
        &self,
        rule: &'static rules::Rule,
        (old, new): (&'f Whole<'_>, &'f Whole<'_>),
        input: Input<'_>,
    ) -> Finding<'f> {
        Finding {
            item: input.item(new.entry),
            flow: Flow::Sent,
            ..self.about(rule, old.entry, new.entry)
        }
    }

    fn removed_input(&mut self, old: &Whole<'_>, new: &Whole<'_>, input: Input<'_>) {
        let rule = match input.is_argument {
            true => &rules::ARGUMENT_REMOVED,
            false => &rules::SETTER_REMOVED,
        };
        self.push(Finding {
            before: input.about(),
            old: Some(input.entry),
            new: None,
            // What was in the path is no longer sent; that the path changed is told of apart.
            ..self.about_input(rule, (old, new), input)
        });
    }

    fn added_input(&mut self, old: &Whole<'_>, new: &Whole<'_>, input: Input<'_>) {
        let rule = match input.is_argument {
            true => &rules::ARGUMENT_ADDED,
            false => &rules::SETTER_ADDED,
        };
        self.push(Finding {
            after: input.about(),
            old: None,
            new: Some(input.entry),
            ..self.about_input(rule, (old, new), input)
        });
    }

    fn input(&mut self, old: &Whole<'_>, new: &Whole<'_>, before: Input<'_>, after: Input<'_>) {
        let sides = (old, new);
        let told = |this: &mut Self, rule, from: String, to: String, rust, wire| {
            this.push(Finding {
                before: from,
                after: to,
                old: Some(before.entry),
                new: Some(after.entry),
                rust,
                wire,
                ..this.about_input(rule, sides, after)
            });
        };
        if before.is_argument != after.is_argument {
            let rule = match before.is_argument {
                true => &rules::ARGUMENT_BECAME_OPTIONAL,
                false => &rules::SETTER_BECAME_REQUIRED,
            };
            told(self, rule, before.about(), after.about(), None, None);
        } else if before.entry.name() != after.entry.name() {
            let (rule, item): (_, fn(&Input<'_>, &Entry) -> String) = match before.is_argument {
                true => (&rules::ARGUMENT_RENAMED, |input, _| {
                    input.entry.name().to_owned()
                }),
                false => (&rules::SETTER_RENAMED, |input, operation| {
                    input.item(operation)
                }),
            };
            let (from, to) = (item(&before, new.entry), item(&after, new.entry));
            told(self, rule, from, to, None, None);
        }
        let (from, to) = (before.entry.fact("type"), after.entry.fact("type"));
        if self.pairs.spelled(from) != to {
            let wire = self.wire(from, to, Flow::Sent);
            let rule = match after.is_argument {
                true => &rules::ARGUMENT_TYPE_CHANGED,
                false => &rules::SETTER_TYPE_CHANGED,
            };
            told(self, rule, from.to_owned(), to.to_owned(), None, Some(wire));
        }
        let is_moved = before.address() != after.address();
        if is_moved && !(before.is_in_path() && after.is_in_path()) {
            let says =
                |input: &Input<'_>| format!("{1} in the {0}", input.address().0, input.address().1);
            told(
                self,
                &rules::PARAMETER_NAME_CHANGED,
                says(&before),
                says(&after),
                None,
                None,
            );
        }
        self.form(sides, before, after);
    }

    /// How it is written, and what it must look like.
    fn form(&mut self, sides: (&Whole<'_>, &Whole<'_>), before: Input<'_>, after: Input<'_>) {
        let names = before.entry.facts.iter().chain(&after.entry.facts);
        let names: BTreeSet<&str> = names.map(|(name, _)| name.as_str()).collect();
        for name in names {
            let (from, to) = (before.entry.fact(name), after.entry.fact(name));
            if from == to || matches!(name, "at" | "type" | "in" | "wire") {
                continue;
            }
            let (rule, wire) = match name {
                "pattern" if to.is_empty() => (&rules::PATTERN_CHANGED, Some(Wire::Compatible)),
                "pattern" => (&rules::PATTERN_CHANGED, None),
                _ => (&rules::PARAMETER_FORM_CHANGED, None),
            };
            let says = |text: &str| match (name, text) {
                (_, "") => "no rule".to_owned(),
                ("of", text) => text.to_lowercase(),
                (name, text) => format!("{name} {text}"),
            };
            self.push(Finding {
                before: says(from),
                after: says(to),
                old: Some(before.entry),
                new: Some(after.entry),
                rust: Some(Rust::Patch),
                wire,
                ..self.about_input(rule, sides, after)
            });
        }
    }

    /// Whether the arguments that are there in both stand in another order.
    fn order(&mut self, old: &Whole<'_>, new: &Whole<'_>, pairs: &[(Input<'_>, Input<'_>)]) {
        let stays = |name: &str, of_old: bool| {
            pairs.iter().find(|(before, after)| {
                let entry = if of_old { before.entry } else { after.entry };
                before.is_argument && after.is_argument && entry.name() == name
            })
        };
        let (before, after) = (
            words(old.entry.fact("takes")),
            words(new.entry.fact("takes")),
        );
        let from: Vec<&str> = before
            .iter()
            .filter_map(|name| Some(stays(name, true)?.1.entry.name()))
            .collect();
        let to: Vec<&str> = after
            .iter()
            .filter_map(|name| stays(name, false).map(|_| *name))
            .collect();
        if from != to {
            self.push(Finding {
                before: before.join(", "),
                after: after.join(", "),
                flow: Flow::Sent,
                ..self.about(&rules::ARGUMENTS_REORDERED, old.entry, new.entry)
            });
        }
    }
}
