//! The manifest, and the front page.

use super::docs::{self, Docs};
use crate::config::{self, Config};
use crate::ir::Api;
use crate::names::Names;
use crate::surface::{Dependency, DocLines, Package, Runtime};

/// What a crate is for that can call nothing.
const NO_OPERATIONS: &str = "The API has no operation that a client could call. This crate has the types of its schemas, and of what its \
     webhooks send.";

/// What goes into the manifest.
pub(super) fn package(api: &Api, names: &Names, config: &Config) -> Package {
    let own = &config.package;
    Package {
        name: names.package.clone(),
        library: names.library.clone(),
        version: own.version.clone(),
        description: own.description.clone().unwrap_or_else(|| description(api)),
        license: own.license.clone(),
        runtime: match &own.runtime {
            config::Runtime::Copied => Runtime::Copied,
            config::Runtime::Path(path) => Runtime::Path(path.clone()),
            config::Runtime::Version(version) => Runtime::Version(version.clone()),
        },
        standalone: own.standalone,
        publish: own.publish,
        command: config.command.clone(),
        dependencies: dependencies(config),
    }
}

fn dependencies(config: &Config) -> Vec<Dependency> {
    let all = config.types.dependencies.iter();
    all.map(|(name, own)| Dependency {
        name: name.clone(),
        version: own.version.clone(),
        path: own.path.clone(),
        features: own.features.clone(),
        default_features: own.default_features,
    })
    .collect()
}

fn description(api: &Api) -> String {
    match docs::one_line(&api.info.title) {
        title if title.is_empty() => "A client of an HTTP API".to_owned(),
        title => format!("{title}, as a Rust client"),
    }
}

/// The API's title and description.
pub(super) fn docs(api: &Api) -> DocLines {
    let title = docs::escaped(&api.info.title);
    let version = docs::escaped(&api.info.version);
    let first = match (title.as_str(), version.as_str()) {
        ("", _) => "A client of an HTTP API.".to_owned(),
        (title, "") => format!("{title}, as a Rust client."),
        (title, version) => format!("{title}, version {version}, as a Rust client."),
    };
    let docs = Docs::default()
        .sentence(&first)
        .markdown(&api.info.description);
    if api.operations.is_empty() {
        docs.sentence(NO_OPERATIONS).finish()
    } else {
        docs.finish()
    }
}
