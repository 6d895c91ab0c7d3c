//! `types/mod.rs`.

use std::collections::BTreeMap;

use super::super::lists::{self, WIDTH};
use super::super::literal::quoted;
use super::super::source::Source;
use crate::surface::{Crate, Feature, File};

/// How the modules of a gate are written: the condition once, instead of twice for each module.
const MACRO: &str = "\
macro_rules! under {
    ($condition:meta: $($item:item)*) => { $(#[cfg($condition)] $item)* };
}
";

/// The modules, each with all that it declares on a line: first those that are always there, then those of each feature or set of features.
pub(super) fn module(krate: &Crate) -> File {
    let mut gates: BTreeMap<&[Feature], String> = BTreeMap::new();
    for file in &krate.types {
        let features = file.gate.0.as_slice();
        let indent = if features.is_empty() { "" } else { "    " };
        let module = &file.module;
        gates
            .entry(features)
            .or_default()
            .push_str(&format!("{indent}mod {module}; pub use {module}::*;\n"));
    }
    let mut source = Source::default();
    source.text("//! The types that requests and answers carry.\n".to_owned());
    if gates.keys().any(|features| !features.is_empty()) {
        source.text(MACRO.to_owned());
    }
    for (features, declarations) in gates {
        match condition(features) {
            None => source.text(declarations),
            Some(condition) => {
                source.text(format!("under! {{ {condition}:\n{declarations}}}\n"));
            }
        }
    }
    source.finish_plain("src/types/mod.rs", &krate.package)
}

/// What must hold for a gate to be open, on a line of its own where it is long; nothing where it always is.
fn condition(features: &[Feature]) -> Option<String> {
    let features: Vec<String> = features
        .iter()
        .map(|Feature(name)| format!("feature = {}", quoted(name)))
        .collect();
    match features.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        _ => {
            let line = format!("any({})", features.join(", "));
            if line.len() + "under! { :".len() <= WIDTH {
                return Some(line);
            }
            let mut lines = "any(\n".to_owned();
            lists::fill(
                features.iter().map(String::as_str),
                ",",
                "        ",
                &mut lines,
            );
            Some(lines + "    )")
        }
    }
}
