//! What goes into `README.md`.

use minijinja::{Value, context};

use super::manifest::forwarded;
use super::text::{code, line, markdown};
use crate::surface::{Constructor, Crate, Group, Profiles, Service, SettingNames};

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
        ways => krate.service.constructors.iter().map(way).collect::<Vec<_>>(),
        together => together(&krate.service),
        mutual_tls => krate.service.mutual_tls,
        environment => environment(&krate.service),
        profiles => krate.service.profiles.as_ref().map(profiles),
        groups => krate.groups.len(),
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

/// A row for each thing that has a variable.
fn environment(service: &Service) -> Vec<Value> {
    let SettingNames {
        access_token,
        client_id,
        client_secret,
        public_key,
        private_key,
        base_url,
    } = &service.environment;
    let usual = [
        ("an access token", access_token),
        ("a service account's id", client_id),
        ("a service account's secret", client_secret),
        ("an API key's public part", public_key),
        ("an API key's private part", private_key),
    ];
    let of = |what: &str, names: &[String]| {
        let names: Vec<String> = names.iter().map(|name| code(name)).collect();
        context! { what => what, variables => names.join(", ") }
    };
    let usual = usual.into_iter().filter(|(_, names)| !names.is_empty());
    let mut rows: Vec<Value> = usual.map(|(what, names)| of(what, names)).collect();
    for scheme in &service.schemes {
        let is_of_scheme = |way: &&Constructor| way.schemes.contains(&scheme.name);
        let way = service.constructors.iter().find(is_of_scheme);
        let what = way.map_or("", |way| way.what.as_str());
        match scheme.variables.as_slice() {
            [] => {}
            [user, password] => {
                rows.push(of("a user's name", std::slice::from_ref(user)));
                rows.push(of("the user's password", std::slice::from_ref(password)));
            }
            variables => rows.push(of(what, variables)),
        }
    }
    if !base_url.is_empty() {
        rows.push(of("the base URL", base_url));
    }
    rows
}

/// A way for callers to say who they are.
fn way(way: &Constructor) -> Value {
    context! { call => call(way), what => way.what.as_str() }
}

fn call(way: &Constructor) -> String {
    let (name, arguments) = (way.how.name(), way.how.arguments().join(", "));
    code(&format!("Credentials::{name}({arguments})"))
}

/// Credentials that go together, where the service wants several at once.
fn together(service: &Service) -> Option<String> {
    let names = service.security.iter().find(|names| names.len() > 1)?;
    let way = |name: &String| {
        let mut ways = service.constructors.iter();
        ways.find(|way| way.schemes.contains(name))
    };
    let ways: Vec<&Constructor> = names.iter().map(way).collect::<Option<_>>()?;
    let calls = ways.iter().enumerate().map(|(index, way)| {
        let (name, arguments) = (way.how.name(), way.how.arguments().join(", "));
        let call = format!("Credentials::{name}({arguments})");
        if index == 0 {
            call
        } else {
            format!(".and({call})")
        }
    });
    Some(code(&calls.collect::<String>()))
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
