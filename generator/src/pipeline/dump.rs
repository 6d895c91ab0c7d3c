//! A stage's result as JSON.

use serde::Serialize;
use serde_json::Value;

use super::Run;
use crate::config::Config;
use crate::diag::Message;
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

/// The result of a stage as indented JSON, none where the document is refused; and what there is to complain of.
///
/// With `only`, the parts that bear that name: a Rust name, a wire name or an operationId.
pub fn dump(config: &Config, stage: Stage, only: Option<&str>) -> (Option<String>, Vec<Message>) {
    let mut run = Run::new(false);
    let locator = spec::Locator::file(&config.spec);
    let built = run
        .build(config, &locator, |diagnostics| {
            spec::load(&config.spec, config, diagnostics)
        })
        .ok();
    let text = built.and_then(|built| match stage {
        Stage::Ir => show(&built.api, only),
        Stage::Names => show(&built.names, only),
        Stage::Surface => show(&built.krate, only),
    });
    (text, run.messages(&locator))
}

fn show(stage: &impl Serialize, only: Option<&str>) -> Option<String> {
    let Some(name) = only else {
        return serde_json::to_string_pretty(stage).ok();
    };
    let value = serde_json::to_value(stage).ok()?;
    let mut found = Vec::new();
    collect(&value, name, &mut found);
    serde_json::to_string_pretty(&found).ok()
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

/// Whether an object is called so: by a member that names it, by where it comes from, or by the last part of its place.
fn bears(members: &serde_json::Map<String, Value>, name: &str) -> bool {
    members
        .iter()
        .any(|(key, value)| match (key.as_str(), value) {
            ("ident" | "id" | "name" | "wire" | "module" | "request", Value::String(text)) => {
                text == name
            }
            ("path", Value::String(path)) => path.rsplit('/').next() == Some(name),
            ("origin", Value::Object(origin)) => origin.values().any(|origin| origin == name),
            ("name" | "names" | "wire", Value::Object(inner)) => bears(inner, name),
            _ => false,
        })
}
