//! What goes into `README.md`.

use minijinja::{Value, context};

use super::manifest::forwarded;
use super::text::{code, line, markdown};
use crate::surface::{Crate, Group, Profiles, SettingNames};

pub(super) fn context(krate: &Crate) -> Value {
    let package = &krate.package;
    context! {
        header => super::header(package),
        name => markdown(&package.name),
        description => markdown(&package.description),
        title => markdown(&krate.title),
        api_version => markdown(&krate.api_version),
        command => line(&package.command),
        library => package.library.as_str(),
        example => krate.groups.first().and_then(example),
        standalone => package.standalone,
        environment => environment(&krate.service.environment),
        profiles => krate.service.profiles.as_ref().map(profiles),
        features => krate.groups.iter().map(feature).collect::<Vec<_>>(),
        forwarded => forwarded(krate).map(passed_on).collect::<Vec<_>>(),
    }
}

fn passed_on((name, what): (&'static str, &'static str)) -> Value {
    context! { name => code(name), what => what }
}

/// An operation to speak of.
fn example(group: &Group) -> Option<Value> {
    let operation = group.operations.first()?;
    Some(context! { group => group.module.as_str(), operation => operation.module.as_str() })
}

/// A row for each kind of credentials that has a variable.
fn environment(environment: &SettingNames) -> Vec<Value> {
    let SettingNames {
        access_token,
        client_id,
        client_secret,
        public_key,
        private_key,
        base_url,
    } = environment;
    let rows = [
        ("an access token", access_token),
        ("a service account's id", client_id),
        ("a service account's secret", client_secret),
        ("an API key's public part", public_key),
        ("an API key's private part", private_key),
        ("the base URL", base_url),
    ];
    let rows = rows.into_iter().filter(|(_, names)| !names.is_empty());
    rows.map(|(what, names)| {
        let names: Vec<String> = names.iter().map(|name| code(name)).collect();
        context! { what => what, variables => names.join(", ") }
    })
    .collect()
}

fn profiles(profiles: &Profiles) -> Value {
    let variables: Vec<String> = profiles.variables.iter().map(|name| code(name)).collect();
    context! {
        file => code(&format!("{}/{}", profiles.folder, profiles.file)),
        variables => variables.join(" or "),
        default => code(&profiles.default),
    }
}

fn feature(group: &Group) -> Value {
    context! {
        name => code(&group.feature.0),
        handle => group.module.as_str(),
        operations => group.operations.len(),
    }
}
