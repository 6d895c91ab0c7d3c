//! From text to a tree: duplicate keys are reported, limits are held, YAML's merge keys are applied.
//!
//! `yaml_serde` and `serde_json` drive one visitor, so that both notations obey the same rules. YAML of the usual kind is read
//! faster, by `block`, to the same tree; where that gives up for whatever reason, `yaml_serde` reads the file.

mod build;
mod depth;
mod merge;
mod seed;
#[cfg(test)]
mod tests;

use serde::de::DeserializeSeed;

use self::seed::{Node, Watch};
use super::block;
use super::text::{Notation, notation};
use super::tree::Tree;
use crate::config::Limits;
use crate::diag::{Code, Diagnostic, Diagnostics, Place, SpecPath};

/// Why a text has no tree; the diagnostics say more.
pub(super) struct Unparsed;

/// Reads a text; `root` is its place, `name` stands in messages.
pub(super) fn parse(
    text: &str,
    name: &str,
    root: &SpecPath,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Result<Tree, Unparsed> {
    let notation = notation(name, text);
    let parsed = match notation {
        Notation::Yaml => yaml(text, name, root, limits),
        Notation::Json | Notation::Either => {
            json(text, name, root, limits).or_else(|faults| match faults.first() {
                Some(fault) if is_yaml_too(fault, notation) => {
                    yaml(text, name, root, limits).map_err(|_| faults)
                }
                _ => Err(faults),
            })
        }
    };
    parsed.map_err(|faults| {
        for fault in faults {
            diagnostics.push(fault);
        }
        Unparsed
    })
}

/// Whether a text that is not JSON may still be read as YAML's flow style. In a file that is called JSON only a comma too many
/// is forgiven: YAML would read a missing one as part of a text.
fn is_yaml_too(fault: &Diagnostic, notation: Notation) -> bool {
    let is_forgiven = notation == Notation::Either || fault.message.ends_with("trailing comma");
    fault.code == Code::Syntax && is_forgiven
}

fn yaml(text: &str, name: &str, root: &SpecPath, limits: &Limits) -> Result<Tree, Vec<Diagnostic>> {
    let events = block::events(text, limits.depth);
    match events.and_then(|events| build::tree(events, limits)) {
        Some(tree) => Ok(tree),
        None => whole_yaml(text, name, root, limits),
    }
}

/// Reads YAML of any kind.
fn whole_yaml(
    text: &str,
    name: &str,
    root: &SpecPath,
    limits: &Limits,
) -> Result<Tree, Vec<Diagnostic>> {
    if let Some(fault) = depth::check(text, name, limits) {
        return Err(vec![fault]);
    }
    let watch = Watch::new(root, limits, text.len());
    let parsed = Node::root(&watch).deserialize(serde_yaml::Deserializer::from_str(text));
    let faults = watch.into_faults();
    if !faults.is_empty() {
        return Err(faults);
    }
    let tree = parsed.map_err(|error| vec![yaml_fault(&error, name, root)])?;
    Ok(merge::apply(tree))
}

fn json(text: &str, name: &str, root: &SpecPath, limits: &Limits) -> Result<Tree, Vec<Diagnostic>> {
    let watch = Watch::new(root, limits, text.len());
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = Node::root(&watch).deserialize(&mut deserializer);
    let parsed = parsed.and_then(|tree| deserializer.end().map(|()| tree));
    let faults = watch.into_faults();
    if !faults.is_empty() {
        return Err(faults);
    }
    parsed.map_err(|error| {
        vec![Diagnostic {
            code: Code::Syntax,
            message: format!(
                "the file is not JSON: {}",
                without_position(&error.to_string())
            ),
            place: Place::File {
                file: name.to_owned(),
                line: error.line().max(1),
                column: error.column().max(1),
            },
            help: "correct the file; a JSON checker may show more".to_owned(),
        }]
    })
}

fn yaml_fault(error: &serde_yaml::Error, name: &str, root: &SpecPath) -> Diagnostic {
    let text = error.to_string();
    if text.contains("more than one document") {
        return Diagnostic {
            code: Code::Structure,
            message: "the file holds several YAML documents".to_owned(),
            place: Place::WholeFile(name.to_owned()),
            help: "split it at the `---` lines and name one of the parts".to_owned(),
        };
    }
    if text.contains("repetition limit") {
        return seed::aliases_fault(root);
    }
    let place = match error.location() {
        Some(location) => Place::File {
            file: name.to_owned(),
            line: location.line().max(1),
            column: location.column().max(1),
        },
        None => Place::WholeFile(name.to_owned()),
    };
    Diagnostic {
        code: Code::Syntax,
        message: format!("the file is not YAML: {}", without_position(&text)),
        place,
        help: "correct the file; mind the indentation, and quote text that begins with a special character".to_owned(),
    }
}

/// The message without the position that its place shows anyway.
fn without_position(message: &str) -> &str {
    message
        .split_once(" at line ")
        .map_or(message, |(before, _)| before)
}
