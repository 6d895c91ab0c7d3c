mod faults;
mod files;
mod reading;
mod references;

use super::{Document, parse};
use crate::config::Config;
use crate::diag::Diagnostics;

/// A document with these paths and components, in YAML's flow style.
fn text(paths: &str, components: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {paths}\ncomponents: {components}\n"
    )
}

/// Loads a text; messages as `code place`.
fn load(text: &str) -> (Option<Document>, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let document = parse(text, "a.yaml", &Config::default(), &mut diagnostics).ok();
    (document, shown(&diagnostics))
}

fn shown(diagnostics: &Diagnostics) -> Vec<String> {
    let one = |fault: &crate::diag::Diagnostic| match fault.path() {
        Some(path) => format!("{} {path}", fault.code.as_str()),
        None => fault.code.as_str().to_owned(),
    };
    diagnostics.iter().map(one).collect()
}

/// Loads a text that has no fault.
#[track_caller]
fn good(text: &str) -> Document {
    let (document, faults) = load(text);
    assert_eq!(faults, Vec::<String>::new());
    document.unwrap()
}
