//! A stage's result as JSON.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value};

use super::Run;
use crate::config::{Config, nearest};
use crate::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::spec;

/// A stage whose result can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// What the API means.
    Ir,
    /// The Rust identifiers.
    Names,
    /// The crate to be.
    Surface,
}

/// The result of a stage as indented JSON, none where the document is refused or nothing bears the name; and what there is to
/// complain of.
///
/// With `only`, the parts that bear that name: a Rust name, a wire name or an operationId.
pub fn dump(config: &Config, stage: Stage, only: Option<&str>) -> (Option<String>, Vec<Message>) {
    let mut run = Run::new(false);
    let locator = spec::Locator::of(config);
    let built = run
        .build(config, &locator, |diagnostics| {
            spec::load(&config.spec, config, diagnostics)
        })
        .ok();
    let diagnostics = &mut run.diagnostics;
    let text = built.and_then(|built| match stage {
        Stage::Ir => show(&built.api, only, diagnostics),
        Stage::Names => show(&built.names, only, diagnostics),
        Stage::Surface => show(&built.krate, only, diagnostics),
    });
    (text, run.messages(&locator))
}

fn show(
    stage: &impl Serialize,
    only: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let Some(name) = only else {
        return serde_json::to_string_pretty(stage).ok();
    };
    let stage = serde_json::to_value(stage).ok()?;
    let mut found = Vec::new();
    collect(&stage, name, &mut found);
    if !found.is_empty() {
        return serde_json::to_string_pretty(&found).ok();
    }
    let mut known = BTreeSet::new();
    all_names(&stage, &mut known);
    diagnostics.push(Diagnostic {
        code: Code::Config,
        message: format!("nothing here is called `{name}`"),
        place: Place::Nowhere,
        help: match nearest(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "give a Rust name, a name on the wire or an operationId; without `--only`, everything is shown".to_owned(),
        },
    });
    None
}

/// Collects the outermost objects that bear a name.
fn collect<'v>(value: &'v Value, name: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(members) if bears(members, name) => found.push(value),
        Value::Object(members) => members
            .values()
            .for_each(|value| collect(value, name, found)),
        Value::Array(list) => list.iter().for_each(|value| collect(value, name, found)),
        _ => {}
    }
}

/// Whether an object is called so.
fn bears(members: &Map<String, Value>, name: &str) -> bool {
    let mut is_called_so = false;
    names_of(members, &mut |found| is_called_so |= found == name);
    is_called_so
}

/// What an object is called: by a member that names it, by where it comes from, or by the last part of its place.
fn names_of<'v>(members: &'v Map<String, Value>, visit: &mut dyn FnMut(&'v str)) {
    for (key, value) in members {
        match (key.as_str(), value) {
            ("ident" | "id" | "name" | "wire" | "module" | "request", Value::String(text)) => {
                visit(text);
            }
            ("path", Value::String(path)) => visit(path.rsplit('/').next().unwrap_or_default()),
            ("origin", Value::Object(origin)) => {
                origin
                    .values()
                    .filter_map(Value::as_str)
                    .for_each(&mut *visit);
            }
            ("name" | "names" | "wire", Value::Object(inner)) => names_of(inner, visit),
            _ => {}
        }
    }
}

/// Everything that something is called.
fn all_names<'v>(value: &'v Value, names: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(members) => {
            names_of(members, &mut |name| {
                names.insert(name);
            });
            members.values().for_each(|value| all_names(value, names));
        }
        Value::Array(list) => list.iter().for_each(|value| all_names(value, names)),
        _ => {}
    }
}
