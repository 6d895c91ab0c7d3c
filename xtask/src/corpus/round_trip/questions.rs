//! What is asked: an instance of a component schema, and the type that it must go through.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use anyhow::{Context, Result};
use atlas_codegen::config::Config;
use atlas_codegen_tests::catalog::{Catalog, Emitted};
use atlas_codegen_tests::oracle::document::{Document, join};
use atlas_codegen_tests::oracle::files::pointer_of;
use atlas_codegen_tests::oracle::instance::{Direction, Fill, Generator};
use atlas_codegen_tests::oracle::validate::Validator;
use serde_json::Value;

use super::super::child::said;
use super::super::reading;
use super::super::row::Schemas;
use super::super::typed::general;

/// The instances for each direction besides one with everything and one with nothing optional.
const RANDOM: usize = 4;
/// So often an instance is made anew when the validator refuses it.
const TRIES: usize = 6;

/// An instance that is to go through a type.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// The type, such as `corpus_k1::types::Pet`.
    pub(super) ty: String,
    /// The schema's place.
    pub(super) place: String,
    /// Which way it travels.
    pub(super) direction: Direction,
    /// What the validator has against it; empty where nothing.
    pub(super) fault: String,
    pub(super) value: String,
}

/// The file with the questions to a package.
pub(crate) fn file_name(package: &str) -> String {
    format!("{package}.questions")
}

/// Makes instances of every component schema and writes them down.
///
/// Schemas of which none can be made, or that have no type, are noted as failures.
pub(crate) fn write(document: &Document, config: &Config, package: &str, file: &Path) -> Schemas {
    let mut schemas = Schemas::default();
    let catalog = panic::catch_unwind(AssertUnwindSafe(|| Catalog::of(config)));
    let catalog = match catalog {
        Ok(catalog) => catalog,
        Err(fault) => {
            schemas.all = 1;
            schemas.fail("no catalog of types", "", &said(&*fault));
            return schemas;
        }
    };
    let mut types: BTreeMap<String, Vec<&Emitted>> = BTreeMap::new();
    for ty in &catalog.types {
        types.entry(pointer_of(&ty.pointer)).or_default().push(ty);
    }
    let library = package.replace('-', "_");
    let validator = Validator::new(document);
    let mut text = String::new();
    for (name, schema) in components(document) {
        schemas.all += 1;
        let place = join("#/components/schemas", name);
        let Some(types) = held(document, &place, &types) else {
            if reading::says_more(document, schema) {
                schemas.fail(
                    "no type",
                    &place,
                    &schema.to_string().chars().take(300).collect::<String>(),
                );
            } else {
                schemas.passed += 1;
            }
            continue;
        };
        match instances(document, &validator, &place, types, &library) {
            Ok(lines) => text.push_str(&lines),
            Err(fault) => {
                let class = format!("oracle: no instance: {}", general(&without_places(&fault)));
                schemas.fail(&class, &place, &fault);
            }
        }
    }
    if let Err(error) = fs::write(file, text) {
        schemas.fail("the questions cannot be written", "", &error.to_string());
    }
    schemas
}

/// The schemas of a document of which there is no crate: each is a failure, for the document is one that there should be one of.
pub(super) fn unasked(file: &Path, reason: &str) -> Schemas {
    let mut schemas = Schemas::default();
    let class = format!("no crate: {}", general(&without_places(reason)));
    let document = match Document::open(file) {
        Ok(document) => document,
        Err(fault) => {
            schemas.all = 1;
            schemas.fail(&class, "", &fault);
            return schemas;
        }
    };
    for name in components(&document).map(|(name, _)| name) {
        schemas.all += 1;
        schemas.fail(&class, &join("#/components/schemas", name), reason);
    }
    schemas
}

fn components(document: &Document) -> impl Iterator<Item = (&String, &Value)> {
    let schemas = document
        .find("#/components/schemas")
        .and_then(Value::as_object);
    schemas.into_iter().flatten()
}

/// The types of a schema: its own, or those of the schema that it is another name for.
fn held<'t, 'c>(
    document: &Document,
    place: &str,
    types: &'t BTreeMap<String, Vec<&'c Emitted>>,
) -> Option<&'t Vec<&'c Emitted>> {
    let mut place = place.to_owned();
    for _ in 0..8 {
        if let Some(types) = types.get(&place) {
            return Some(types);
        }
        let schema = document.find(&place)?;
        place = match schema.get("$ref").and_then(Value::as_str) {
            Some(target) => target.to_owned(),
            None => ["oneOf", "anyOf", "allOf"].into_iter().find_map(|key| {
                let parts = schema.get(key)?.as_array()?;
                (parts.len() == 1).then(|| join(&join(&place, key), "0"))
            })?,
        };
    }
    None
}

/// A message without the pointers in it.
fn without_places(message: &str) -> String {
    let words = message.split(' ');
    let words = words.map(|word| if word.contains("#/") { "…" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

/// The questions about one schema, as lines; or what kept the generator of instances from making one.
fn instances(
    document: &Document,
    validator: &Validator<'_>,
    place: &str,
    types: &[&Emitted],
    library: &str,
) -> Result<String, String> {
    let made = panic::catch_unwind(AssertUnwindSafe(|| {
        let mut lines = String::new();
        for ty in types {
            for direction in &ty.directions {
                for (what, fill) in fills() {
                    let (value, fault) =
                        valid(document, validator, place, *direction, (&what, fill));
                    let fault = fault.replace(['\n', '\t'], " ");
                    let _ = writeln!(
                        lines,
                        "{library}::types::{}\t{place}\t{direction:?}\t{fault}\t{value}",
                        ty.ident
                    );
                }
            }
        }
        lines
    }));
    made.map_err(|fault| said(&*fault))
}

fn fills() -> Vec<(String, Fill)> {
    let random = (0..RANDOM).map(|index| (format!("random {index}"), Fill::Some));
    [
        ("all".to_owned(), Fill::All),
        ("none".to_owned(), Fill::None),
    ]
    .into_iter()
    .chain(random)
    .collect()
}

/// An instance that the validator accepts, or the last of several and what is wrong with it.
fn valid(
    document: &Document,
    validator: &Validator<'_>,
    place: &str,
    direction: Direction,
    (what, fill): (&str, Fill),
) -> (Value, String) {
    let schema = document.get(place);
    let mut last = (Value::Null, String::new());
    for attempt in 0..TRIES {
        let seed = format!("{place} {direction:?} {what} {attempt}");
        let mut generator = Generator::new(document, &seed).with_fill(fill);
        let value = generator.instance_at(place, direction);
        let faults = validator.faults(schema, &value, direction);
        let is_valid = faults.is_empty();
        last = (value, faults.join("; "));
        if is_valid {
            break;
        }
    }
    last
}

/// Reads the questions to a package; none where there is no file.
pub(super) fn read(file: &Path) -> Result<Vec<Question>> {
    if !file.exists() {
        return Ok(Vec::new());
    }
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let questions = text.lines().filter_map(|line| {
        let mut cells = line.splitn(5, '\t').map(str::to_owned);
        Some(Question {
            ty: cells.next()?,
            place: cells.next()?,
            direction: match cells.next()?.as_str() {
                "Request" => Direction::Request,
                _ => Direction::Response,
            },
            fault: cells.next()?,
            value: cells.next()?,
        })
    });
    Ok(questions.collect())
}
