//! What goes into `Cargo.toml`.

use minijinja::{Value, context};

use super::text::{line, toml, toml_key};
use crate::surface::{Crate, Dependency, Runtime};

/// The features of the runtime that a generated crate passes on, with what they bring.
const FORWARDED: &[(&str, &str)] = &[
    (
        "reqwest",
        "the default transport, reqwest with rustls; on by default",
    ),
    (PROFILES, "credentials from profiles; on by default"),
    (
        "custom-reqwest",
        "a transport with a `reqwest::Client` of your own",
    ),
    ("blocking", "the same calls without async: `Call::wait`"),
    (
        "testing",
        "tests without a network: scripted answers, recorded exchanges",
    ),
    ("chrono", "conversions into chrono's types"),
    ("jiff", "conversions into jiff's types"),
    ("time", "conversions into time's types"),
    ("uuid", "conversions into the type of the crate uuid"),
];
/// Those among them that are on by default.
const DEFAULTS: &[&str] = &["reqwest", PROFILES];
/// This one is of use only to a client that knows of profiles.
const PROFILES: &str = "profiles";

pub(super) fn context(krate: &Crate) -> Value {
    let package = &krate.package;
    let forwarded: Vec<&str> = forwarded(krate).map(|(name, _)| name).collect();
    let defaults = DEFAULTS.iter().filter(|name| forwarded.contains(name));
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
        defaults => defaults.map(|name| toml(name)).collect::<Vec<_>>(),
        forwarded => forwarded.iter().map(|name| forward(name)).collect::<Vec<_>>(),
        runtime => match &package.runtime {
            Runtime::Copied => format!("path = {}", toml("runtime")),
            Runtime::Path(path) => format!("path = {}", toml(path)),
            Runtime::Version(version) => format!("version = {}", toml(version)),
        },
        dependencies => package.dependencies.iter().map(dependency).collect::<Vec<_>>(),
        standalone => package.standalone,
    }
}

/// A line of the dependencies.
fn dependency(dependency: &Dependency) -> String {
    let Dependency {
        name,
        version,
        path,
        features,
        default_features,
    } = dependency;
    let text = |key: &str, text: &Option<String>| {
        text.as_ref().map(|text| format!("{key} = {}", toml(text)))
    };
    let list: Vec<String> = features.iter().map(|feature| toml(feature)).collect();
    let parts = [
        text("version", version),
        text("path", path),
        default_features.map(|is_on| format!("default-features = {is_on}")),
        (!list.is_empty()).then(|| format!("features = [{}]", list.join(", "))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{} = {{ {} }}", toml_key(name), parts.join(", "))
}

/// The features passed on by this crate, with what they bring. A group keeps its name, should it ask for one of these.
pub(super) fn forwarded(krate: &Crate) -> impl Iterator<Item = (&'static str, &'static str)> {
    let is_free = |name: &str| krate.features.iter().all(|feature| feature.0 != name);
    let has_profiles = krate.service.profiles.is_some();
    let all = FORWARDED.iter().copied();
    all.filter(move |(name, _)| is_free(name) && (*name != PROFILES || has_profiles))
}

fn forward(name: &str) -> Value {
    context! { name => toml_key(name), of_runtime => toml(&format!("client-runtime/{name}")) }
}
