//! What goes into `Cargo.toml`.

use minijinja::{Value, context};

use super::text::{line, toml, toml_key};
use crate::surface::{Crate, Runtime};

/// The features of the runtime that a generated crate passes on.
const FORWARDED: &[&str] = &["reqwest", "chrono", "jiff", "time", "uuid"];
/// Those among them that are on by default.
const DEFAULTS: &[&str] = &["reqwest"];

pub(super) fn context(krate: &Crate) -> Value {
    let package = &krate.package;
    // The group keeps the name, should it ask for one of these.
    let is_free = |name: &&&str| !krate.features.iter().any(|feature| feature.0 == **name);
    let forwarded = FORWARDED.iter().filter(is_free);
    let library = package.library.plain();
    context! {
        header => super::header(package),
        name => toml(&package.name),
        version => toml(&package.version),
        description => toml(&line(&package.description)),
        license => package.license.as_deref().map(toml),
        publish => package.publish,
        // Cargo finds this name by itself in most cases.
        library => (library != package.name.replace('-', "_")).then(|| toml(library)),
        groups => krate.features.iter().map(|feature| toml_key(&feature.0)).collect::<Vec<_>>(),
        group_values => krate.features.iter().map(|feature| toml(&feature.0)).collect::<Vec<_>>(),
        defaults => DEFAULTS.iter().filter(is_free).map(|name| toml(name)).collect::<Vec<_>>(),
        forwarded => forwarded.map(|name| forward(name)).collect::<Vec<_>>(),
        runtime => match &package.runtime {
            Runtime::Copied => format!("path = {}", toml("runtime")),
            Runtime::Path(path) => format!("path = {}", toml(path)),
            Runtime::Version(version) => format!("version = {}", toml(version)),
        },
        standalone => package.standalone,
    }
}

fn forward(name: &str) -> Value {
    context! { name => toml_key(name), of_runtime => toml(&format!("client-runtime/{name}")) }
}
