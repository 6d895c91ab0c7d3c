//! Names of small hand-built models.

mod any;
mod members;
mod operations;
mod types;
mod words;

use std::collections::BTreeMap;

use super::form::{self, Form};
use super::sample::{self, component, field, member, object, operation, parameter, schema};
use super::words::Splitter;
use super::{Members, Names, name};
use crate::config::Config;
use crate::diag::{Code, Diagnostics, Place};
use crate::ir::{Api, Location, Presence, Shape, Type, TypeId, TypeRef};

fn splitter() -> Splitter {
    Splitter::new(["MongoDB", "AWS", "KMS", "NDS"])
}

fn snake(name: &str) -> String {
    splitter().split(name).snake()
}

fn named(form: Form, name: &str) -> String {
    super::Ident::new(&form.name(&splitter().split(name)).text).to_string()
}

/// The names of an API by which all types are emitted, and the messages.
fn names_of(api: &Api) -> (Names, Diagnostics) {
    names_with(api, &Config::default())
}

fn names_with(api: &Api, config: &Config) -> (Names, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let names = name(api, &sample::facts(api), config, &mut diagnostics);
    (names, diagnostics)
}

fn type_idents(names: &Names) -> Vec<String> {
    names
        .types
        .values()
        .map(|ty| ty.name.ident.to_string())
        .collect()
}

/// The names inside the only type.
fn members_of(shape: Shape) -> (Vec<String>, Diagnostics) {
    let (names, diagnostics) = names_of(&sample::api_of(vec![component("Sample", shape)]));
    let members = match &names.types[&TypeId(0)].members {
        Members::Object { fields, rest } => {
            fields.iter().chain(rest).map(ToString::to_string).collect()
        }
        Members::Variants(variants) => variants.iter().map(ToString::to_string).collect(),
        Members::Alias => Vec::new(),
    };
    (members, diagnostics)
}

fn fields(wires: &[&str]) -> (Vec<String>, Diagnostics) {
    members_of(object(wires.iter().map(|wire| field(wire)).collect()))
}

fn variants(values: &[&str]) -> (Vec<String>, Diagnostics) {
    members_of(sample::values(values))
}
