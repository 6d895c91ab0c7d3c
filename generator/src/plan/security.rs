//! How callers say who they are.

use super::docs::{self, Docs};
use crate::config::Config;
use crate::ir::{self, Api, Location};
use crate::names::Names;
use crate::surface::{Constructor, How, SchemeKind, SecurityScheme, SettingNames};

/// The schemes that stand in requests, in document order, with the variables that the names in `set` do not stand for.
pub(super) fn schemes(
    api: &Api,
    names: &Names,
    set: &SettingNames,
    prefix: &str,
) -> Vec<SecurityScheme> {
    let scheme = |(name, scheme): (&String, &ir::SecurityScheme)| {
        Some(SecurityScheme {
            name: name.clone(),
            kind: kind(&scheme.kind)?,
            variables: variables(api, names, name, &scheme.kind, prefix)
                .into_iter()
                .map(|variable| unless_taken(variable, set))
                .collect(),
        })
    };
    api.security.iter().filter_map(scheme).collect()
}

fn kind(kind: &ir::SchemeKind) -> Option<SchemeKind> {
    Some(match kind {
        ir::SchemeKind::Digest => SchemeKind::Digest,
        ir::SchemeKind::Basic => SchemeKind::Basic,
        ir::SchemeKind::Bearer => SchemeKind::Bearer,
        ir::SchemeKind::Http(scheme) => SchemeKind::Http(scheme.clone()),
        ir::SchemeKind::ApiKey { location, name } => match location {
            Location::Query => SchemeKind::Query(name.clone()),
            Location::Cookie => SchemeKind::Cookie(name.clone()),
            Location::Header | Location::Path => SchemeKind::Header(name.clone()),
        },
        ir::SchemeKind::OAuth2(_) => SchemeKind::OAuth2,
        ir::SchemeKind::MutualTls => return None,
    })
}

/// A user's name and password have variables of their own, and so has what has a name of its own; the rest is found under the
/// usual names ([`SettingNames`]).
fn variables(
    api: &Api,
    names: &Names,
    name: &str,
    kind: &ir::SchemeKind,
    prefix: &str,
) -> Vec<String> {
    let user = |start: &str| vec![format!("{start}_USERNAME"), format!("{start}_PASSWORD")];
    if let Some(ident) = names.credentials.get(name) {
        let start = format!("{prefix}_{}", ident.plain().to_ascii_uppercase());
        return match kind {
            ir::SchemeKind::Basic | ir::SchemeKind::Digest => user(&start),
            _ => vec![start],
        };
    }
    let has_basic = || {
        let kinds = api.security.values().map(|scheme| &scheme.kind);
        kinds.into_iter().any(|kind| *kind == ir::SchemeKind::Basic)
    };
    match kind {
        ir::SchemeKind::Basic => user(prefix),
        ir::SchemeKind::OAuth2(flows) if flows.password_url.is_some() && !has_basic() => {
            user(prefix)
        }
        _ => Vec::new(),
    }
}

fn unless_taken(variable: String, set: &SettingNames) -> String {
    match set.all().any(|name| *name == variable) {
        true => format!("{variable}_KEY"),
        false => variable,
    }
}

/// The ways for callers to say who they are: those that the service can use, in document order.
pub(super) fn constructors(api: &Api, names: &Names, config: &Config) -> Vec<Constructor> {
    let mut all: Vec<Constructor> = Vec::new();
    let mut kinds = api.security.values().map(|scheme| &scheme.kind);
    let has_oauth = kinds.any(|kind| matches!(kind, ir::SchemeKind::OAuth2(_)));
    for (name, scheme) in &api.security {
        for (how, what) in ways(names, config, has_oauth, name, scheme) {
            // A way that is for several schemes stands where the first of them does.
            if let Some(known) = all.iter_mut().find(|known| known.how == how) {
                known.schemes.push(name.clone());
                continue;
            }
            let docs = how.is_own().then(|| {
                let first = format!("{}.", capitalised(&what));
                let docs = Docs::inner().sentence(&first);
                docs.markdown(&scheme.description).finish()
            });
            all.push(Constructor {
                how,
                what,
                docs,
                schemes: vec![name.clone()],
            });
        }
    }
    all
}

fn ways(
    names: &Names,
    config: &Config,
    has_oauth: bool,
    name: &str,
    scheme: &ir::SecurityScheme,
) -> Vec<(How, String)> {
    let own = names.credentials.get(name).cloned();
    let scheme_name = docs::code(name);
    let way = |how, what: &str| vec![(how, what.to_owned())];
    match (&scheme.kind, own) {
        // A key of two parts, if the config says so, and no scheme could be called so too.
        (ir::SchemeKind::Digest, None)
            if config.environment.public_key.is_some() && names.credentials.is_empty() =>
        {
            way(How::ApiKey, "an API key (HTTP digest)")
        }
        (ir::SchemeKind::Digest, None) => {
            way(How::Digest, "a user's name and password (HTTP digest)")
        }
        (ir::SchemeKind::Basic, None) => way(How::Basic, "a user's name and password (HTTP basic)"),
        // Where there are tokens of OAuth, a ready one of these is the same.
        (ir::SchemeKind::Bearer, None) if has_oauth => {
            way(How::AccessToken, "a ready access token")
        }
        (ir::SchemeKind::Bearer, None) => way(How::Bearer, "a bearer token"),
        (ir::SchemeKind::OAuth2(flows), _) => oauth(flows),
        (ir::SchemeKind::Basic, Some(own)) => {
            let what = format!("a user's name and password for {scheme_name} (HTTP basic)");
            way(How::Login(own), &what)
        }
        (ir::SchemeKind::Digest, Some(own)) => {
            let what = format!("a user's name and password for {scheme_name} (HTTP digest)");
            way(How::Login(own), &what)
        }
        (ir::SchemeKind::Bearer, Some(own)) => way(
            How::Token(own),
            &format!("a bearer token for {scheme_name}"),
        ),
        (ir::SchemeKind::Http(scheme), Some(own)) => {
            let scheme = docs::code(scheme);
            let what = format!("what stands behind {scheme} in the header `Authorization`");
            way(How::Key(own), &what)
        }
        (ir::SchemeKind::ApiKey { location, name }, Some(own)) => {
            let what = match location {
                Location::Query => format!("the key in the query parameter {}", docs::code(name)),
                Location::Cookie => format!("the key in the cookie {}", docs::code(name)),
                Location::Header | Location::Path if name.eq_ignore_ascii_case("authorization") => {
                    "the value of the header `Authorization`, as a whole".to_owned()
                }
                Location::Header | Location::Path => {
                    format!("the key in the header {}", docs::code(name))
                }
            };
            way(How::Key(own), &what)
        }
        (ir::SchemeKind::ApiKey { .. } | ir::SchemeKind::Http(_), None)
        | (ir::SchemeKind::MutualTls, _) => Vec::new(),
    }
}

/// What a client can do by itself, and a token that something else got.
fn oauth(flows: &ir::Flows) -> Vec<(How, String)> {
    let ways = [
        (
            flows.client_credentials_url.is_some(),
            How::ServiceAccount,
            "a service account (OAuth 2.0 client credentials)",
        ),
        (
            flows.password_url.is_some(),
            How::Password,
            "a user's name and password, changed for a token (OAuth 2.0)",
        ),
        (true, How::AccessToken, "a ready access token"),
        (
            flows.authorization_code_url.is_some() || flows.password_url.is_some(),
            How::RefreshToken,
            "a refresh token of some login (OAuth 2.0)",
        ),
    ];
    let ways = ways.into_iter().filter(|(is_there, ..)| *is_there);
    ways.map(|(_, how, what)| (how, what.to_owned())).collect()
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}
