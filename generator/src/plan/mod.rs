//! From what the API means to the crate to be: where each item lives, its Rust type, when it is there, what its documentation says.

mod answers;
mod common;
mod conversion;
mod derives;
mod docs;
mod examples;
mod features;
mod files;
mod inputs;
mod operations;
mod package;
mod pages;
mod rust_type;
mod security;
mod servers;
mod service;
#[cfg(test)]
mod tests;
mod types;

use crate::analyze::Facts;
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::ir::Api;
use crate::names::Names;
use crate::surface::Crate;
use crate::threads;
use rust_type::{Model, Side};

/// Plans the crate. Nothing is left to decide for those who spell it.
pub fn plan(
    api: &Api,
    facts: &Facts,
    names: &Names,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Crate {
    let model = Model::new(api, facts, names);
    let gates = features::Gates::new(&model);
    let shared = inputs::Shared::new(&model);
    let derives = derives::Derives::new(&model, config, diagnostics);
    let (types, groups) = threads::both(
        || types::types(&model, &gates, &derives),
        || operations::groups(&model, &shared),
    );
    Crate {
        package: package::package(api, names, config),
        docs: package::docs(api),
        title: docs::one_line(&api.info.title),
        api_version: docs::one_line(&api.info.version),
        features: gates.features(),
        service: service::service(api, names, config),
        servers: servers::servers(api),
        error: api
            .error
            .as_ref()
            .and_then(|error| model.ident(error.ty, Side::Response).cloned()),
        types,
        parameters: shared.inputs(&model),
        groups,
    }
}
