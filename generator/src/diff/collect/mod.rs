//! The surface of a crate to be, as flat entries.

mod facts;
mod flow;
mod operations;
mod spell;
pub(in crate::diff) mod texts;
mod types;

use self::facts::{joined, nested};
use self::flow::Flows;
use super::outline::{Entry, Kind, Outline};
use crate::surface::{Crate, Exports, Feature, How, Package, Service};

impl Outline {
    /// The public surface of a crate to be. `config` is a digest of what else than the document decides how it looks.
    pub fn of(krate: &Crate, config: &str) -> Self {
        let flows = Flows::of(krate);
        let mut entries = vec![about(&krate.package, config)];
        exports(krate, &mut entries);
        for Feature(name) in &krate.features {
            entries.push(Entry::new(Kind::Feature, format!("features::{name}")));
        }
        service(krate, &mut entries);
        operations::collect(krate, &mut entries);
        for file in &krate.types {
            for item in &file.types {
                types::collect(item, &file.gate, flows.of_type(&item.ident), &mut entries);
            }
        }
        Self::from_entries(entries)
    }
}

fn about(package: &Package, config: &str) -> Entry {
    Entry::new(Kind::Crate, "crate")
        .with("package", &package.name)
        .with("library", package.library.as_str())
        .with("version", &package.version)
        .with("generator", env!("CARGO_PKG_VERSION"))
        .with("config", config)
}

/// What stands at the crate's root, the runtime as a whole among it.
fn exports(krate: &Crate, entries: &mut Vec<Entry>) {
    let Exports {
        client,
        runtime,
        own,
    } = krate.exports();
    let names = [client, vec!["client_runtime"], runtime, own];
    let exports = names.into_iter().flatten();
    entries.extend(exports.map(|name| Entry::new(Kind::Export, format!("crate::{name}"))));
}

/// What the client knows of the service, a line for each thing; how credentials are made; and the type of error bodies.
fn service(krate: &Crate, entries: &mut Vec<Entry>) {
    let mut push = |name: &str, fact: &str, text: String| {
        entries.push(Entry::new(Kind::Service, format!("service::{name}")).with(fact, text));
    };
    let servers = nested(&krate.servers).into_iter();
    let servers = servers.map(|(name, text)| (format!("servers::{name}"), text));
    for (name, text) in nested(&krate.service).into_iter().chain(servers) {
        if name != "constructors" && !name.ends_with("::docs") {
            push(&name, "is", text);
        }
    }
    credentials(&krate.service, &mut push);
    if let Some(error) = &krate.error {
        push("error_body", "type", spell::named(error));
    }
}

/// The constructors of credentials, where they are a type of the crate's own; else they are the runtime's, with every constructor that
/// it has.
fn credentials(service: &Service, push: &mut impl FnMut(&str, &str, String)) {
    let constructors = &service.constructors;
    if !constructors
        .iter()
        .any(|constructor| constructor.how.is_own())
    {
        return;
    }
    push("credentials", "is", "own".to_owned());
    for constructor in constructors {
        let takes = format!("takes {}", constructor.how.arguments().join(", "));
        if constructor.how == How::Bearer {
            // The token is taken under either name.
            push("credentials::access_token", "is", takes.clone());
        }
        let name = format!("credentials::{}", constructor.how.name());
        push(&name, "is", takes);
    }
}

/// The features behind any of which an item is there, in one word.
fn gate(features: &[Feature]) -> String {
    joined(features.iter().map(|Feature(name)| name.as_str()))
}
