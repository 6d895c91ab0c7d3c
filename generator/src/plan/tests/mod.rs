//! Plans of small hand-built models.

mod operations;
mod service;
mod types;

use std::collections::BTreeSet;

use crate::analyze::{Direction, Facts};
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::ir::{
    Access, Api, Content, Docs, Flows, Location, Pattern, Presence, SchemeKind, SecurityScheme,
    Server, Status, TagId, TypeId, TypeRef,
};
use crate::names::sample::{
    self, answer, body, component, field, field_of, object, operation, parameter,
};
use crate::surface::{
    Answer, Crate, ExampleValue, FieldConversion, FieldPresence, Gate, Item, RustType, Struct,
    Target, TypeFile, TypeItem,
};

fn planned(api: &Api) -> Crate {
    planned_with(api, &sample::facts(api), &Config::default())
}

fn planned_with(api: &Api, facts: &Facts, config: &Config) -> Crate {
    let mut diagnostics = Diagnostics::new();
    let names = crate::names::name(api, facts, config, &mut diagnostics);
    let krate = super::plan(api, facts, &names, config, &mut diagnostics);
    assert!(diagnostics.is_empty());
    krate
}

fn type_of<'a>(krate: &'a Crate, ident: &str) -> &'a TypeItem {
    let mut types = krate.types.iter().flat_map(|file| &file.types);
    types
        .find(|ty| ty.ident.as_str() == ident)
        .unwrap_or_else(|| panic!("no {ident}"))
}

/// The file of a type.
fn file_of<'a>(krate: &'a Crate, ident: &str) -> &'a TypeFile {
    let holds = |file: &&TypeFile| file.types.iter().any(|ty| ty.ident.as_str() == ident);
    krate
        .types
        .iter()
        .find(holds)
        .unwrap_or_else(|| panic!("no {ident}"))
}

fn struct_of<'a>(krate: &'a Crate, ident: &str) -> &'a Struct {
    match &type_of(krate, ident).item {
        Item::Struct(structure) => structure,
        item => panic!("{ident} is {item:?}"),
    }
}

fn presences(structure: &Struct) -> Vec<(&str, FieldPresence)> {
    structure
        .fields
        .iter()
        .map(|field| (field.ident.as_str(), field.presence))
        .collect()
}

/// Which way each type travels: `<` in responses, `>` in requests, `=` both.
fn facts(api: &Api, directions: &str) -> Facts {
    let direction = |c| Direction {
        request: c != '<',
        response: c != '>',
    };
    Facts {
        directions: directions.chars().map(direction).collect(),
        ..sample::facts(api)
    }
}
