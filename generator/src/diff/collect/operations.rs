//! Groups, operations, and what they take and bring.

use super::super::outline::{Entry, Kind};
use super::facts::{flatten, joined, variant};
use super::{gate, spell};
use crate::surface::{
    Answer, AnswerVariant, Crate, Gate, Group, Input, Operation, RustType, Sequence, Target,
    Waiter, Way,
};

pub(super) fn collect(krate: &Crate, entries: &mut Vec<Entry>) {
    for input in &krate.parameters {
        let place = format!("parameters::{}", input.ident);
        entries.push(self::input(Kind::Shared, place, input));
    }
    for group in &krate.groups {
        let Group {
            ident,
            module,
            docs: _,
            feature,
            operations,
        } = group;
        let gate = Gate(vec![feature.clone()]);
        let place = format!("operations::{module}");
        entries.push(
            Entry::new(Kind::Group, &place)
                .with("handle", ident.as_str())
                .with("if", self::gate(&gate.0)),
        );
        for operation in operations {
            self::operation(&place, operation, entries);
        }
    }
}

fn operation(group: &str, operation: &Operation, entries: &mut Vec<Entry>) {
    let Operation {
        path,
        module,
        request,
        table: _,
        docs: _,
        deprecated,
        sunset,
        wire,
        arguments,
        shared,
        options,
        answer,
        answer_docs: _,
        ways,
        example: _,
        waiters,
    } = operation;
    let place = format!("{group}::{module}");
    let names = arguments.iter().map(|input| input.ident.as_str());
    let mut entry = Entry::new(Kind::Operation, &place)
        .with("request", request.as_str())
        .with("takes", joined(names));
    for (name, text) in self::answer(answer) {
        entry = entry.with(name, text);
    }
    for (name, text) in flatten(wire) {
        entry = entry.with(&name, text);
    }
    // That nobody need say who they are is something else than nothing of its own.
    let is_open = wire
        .security
        .as_ref()
        .is_some_and(|security| security.is_empty());
    let entry = entry.with("security", if is_open { "none" } else { "" });
    let note = match deprecated.as_deref() {
        // Without a note it is deprecated all the same.
        Some("") => "yes",
        Some(note) => note,
        None => "",
    };
    let shared = shared.iter().map(crate::surface::Ident::as_str);
    let entry = entry
        .with("deprecated", note)
        .with("sunset", sunset.clone().unwrap_or_default())
        .with("shared", joined(shared))
        .with("at", path.to_string());
    entries.push(entry);
    for input in arguments {
        let place = format!("{place}({})", input.ident);
        entries.push(self::input(Kind::Argument, place, input));
    }
    for input in options {
        let place = format!("{place}.{}", input.ident);
        entries.push(self::input(Kind::Setter, place, input));
    }
    if let Answer::ByStatus { variants, .. } = answer {
        entries.extend(variants.iter().map(|variant| status(&place, variant)));
    }
    for Way {
        ident,
        media_type,
        parts,
    } in ways
    {
        let brings = parts
            .as_ref()
            .map(|(sequence, ty)| self::sequence(*sequence, ty));
        let brings = brings.unwrap_or_else(|| "Download".to_owned());
        let entry = Entry::new(Kind::Way, format!("{place}>{ident}"));
        entries.push(entry.with("type", brings).with("media_type", media_type));
    }
    for Waiter {
        ident,
        docs: _,
        waiting,
    } in waiters
    {
        let mut entry = Entry::new(Kind::Waiter, format!("{place}~{ident}"));
        for (name, text) in flatten(waiting) {
            entry = entry.with(&name, text);
        }
        entries.push(entry);
    }
}

fn input(kind: Kind, place: String, input: &Input) -> Entry {
    let Input {
        ident: _,
        path,
        docs: _,
        ty,
        target,
    } = input;
    let mut entry = Entry::new(kind, place).with("type", spell::given(ty));
    let (location, facts) = variant(target);
    entry = entry.with("in", location.to_lowercase());
    for (name, text) in facts {
        let text = if name == "pattern" {
            pattern(target).unwrap_or(text)
        } else {
            text
        };
        entry = entry.with(&name, text);
    }
    entry.with("at", path.to_string())
}

/// What a parameter of a path must look like, as a regular expression.
fn pattern(target: &Target) -> Option<String> {
    let Target::Path {
        pattern: Some(pattern),
        ..
    } = target
    else {
        return None;
    };
    let mut text = "[".to_owned();
    for (from, to) in &pattern.class {
        text.push(*from);
        if from != to {
            text.push('-');
            text.push(*to);
        }
    }
    let (least, most) = (pattern.min, pattern.max);
    text.push_str(&match most {
        Some(most) if most == least => format!("]{{{least}}}"),
        Some(most) => format!("]{{{least},{most}}}"),
        None => format!("]{{{least},}}"),
    });
    Some(text)
}

/// How an answer is read, and what `send` brings.
fn answer(answer: &Answer) -> [(&'static str, String); 2] {
    let (form, brings) = match answer {
        Answer::Empty => ("empty", "()".to_owned()),
        Answer::Json(ty) => ("json", spell::ty(ty)),
        Answer::JsonOrEmpty(ty) => ("json-or-empty", format!("Option<{}>", spell::ty(ty))),
        Answer::ByStatus { ident, .. } => ("by-status", ident.to_string()),
        Answer::Text => ("text", "String".to_owned()),
        Answer::Sequence(how, ty) => {
            let form = format!("{how:?}").to_lowercase();
            return [("answer", form), ("brings", sequence(*how, ty))];
        }
        Answer::Stream => ("stream", "Download".to_owned()),
    };
    [("answer", form.to_owned()), ("brings", brings)]
}

/// An answer that is taken apart.
fn sequence(sequence: Sequence, ty: &RustType) -> String {
    let name = if sequence.is_events() {
        "Events"
    } else {
        "Lines"
    };
    format!("{name}<{}>", spell::ty(ty))
}

fn status(place: &str, variant: &AnswerVariant) -> Entry {
    let AnswerVariant {
        ident,
        docs: _,
        from,
        to,
        ty,
    } = variant;
    let statuses = match from == to {
        true => from.to_string(),
        false => format!("{from}..={to}"),
    };
    Entry::new(Kind::Status, format!("{place}::{ident}"))
        .with("statuses", statuses)
        .with("type", ty.as_ref().map(spell::ty).unwrap_or_default())
}
