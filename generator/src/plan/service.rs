//! What the client knows of the service.

use super::security;
use crate::config::{self, Config};
use crate::ir::{Api, Flows, SchemeKind};
use crate::names::Names;
use crate::surface::{Envelope, ErrorMembers, Profiles, Service, SettingNames};

pub(super) fn service(api: &Api, names: &Names, config: &Config) -> Service {
    let base_url = base_url(api);
    let prefix = product(names).replace('-', "_").to_ascii_uppercase();
    let environment = environment(api, &prefix, config);
    let on_service = |url: String| below(&url, base_url.as_deref());
    let token_url = token_url(api).map(on_service);
    let refresh_url = flows(api).find_map(|flows| flows.refresh_url.clone());
    let refresh_url = refresh_url.map(on_service);
    Service {
        refresh_url: refresh_url.filter(|url| Some(url) != token_url.as_ref()),
        token_url,
        revoke_url: config.oauth.revoke_url.clone().map(on_service),
        schemes: security::schemes(api, names, &environment, &prefix),
        security: api.requirements.clone(),
        constructors: security::constructors(api, names, config),
        mutual_tls: api
            .security
            .values()
            .any(|scheme| scheme.kind == SchemeKind::MutualTls),
        envelope: config.envelope.as_ref().map(|envelope| Envelope {
            parameter: envelope.parameter.clone(),
            status: envelope.status.clone(),
            content: envelope.content.clone(),
        }),
        error_members: error_members(api, config),
        trace_headers: config.errors.trace_headers.clone(),
        client_id_prefix: config.oauth.client_id_prefix.clone(),
        environment,
        profiles: config.profiles.as_ref().map(|set| profiles(names, set)),
        base_url,
    }
}

/// The server that has an absolute URL.
fn base_url(api: &Api) -> Option<String> {
    Some(api.server()?.url.clone())
}

/// A URL below the base URL as a path, so that it follows another base URL; any other as it is.
fn below(url: &str, base: Option<&str>) -> String {
    let path = || {
        let base = base?.trim_end_matches('/');
        let ((origin, path), (base_origin, base_path)) = (origin(url)?, origin(base)?);
        let rest = path.strip_prefix(base_path)?;
        (origin.eq_ignore_ascii_case(base_origin) && rest.starts_with('/')).then(|| rest.to_owned())
    };
    path().unwrap_or_else(|| url.to_owned())
}

/// A URL's scheme and authority, and what comes behind (RFC 3986, section 3).
fn origin(url: &str) -> Option<(&str, &str)> {
    let authority = url.find("://")? + 3;
    let rest = url.get(authority..)?;
    let end = authority + rest.find(['/', '?', '#']).unwrap_or(rest.len());
    Some(url.split_at(end))
}

/// What the config says, and what was found in the document where it says nothing.
fn error_members(api: &Api, config: &Config) -> ErrorMembers {
    let found = api
        .error
        .as_ref()
        .map(|error| error.members.clone())
        .unwrap_or_default();
    let set = config.errors.clone();
    ErrorMembers {
        code: set.code.or(found.code),
        detail: set.detail.or(found.detail),
        fields: set.fields.or(found.fields),
        field_name: set.field_name.or(found.field_name),
        field_detail: set.field_detail.or(found.field_detail),
        retry_after: set.retry_after.or(found.retry_after),
    }
}

/// Where tokens come from: for a service account, if there are such; else for whoever else gets some.
fn token_url(api: &Api) -> Option<String> {
    let urls: [fn(&Flows) -> Option<String>; 3] = [
        |flows| flows.client_credentials_url.clone(),
        |flows| flows.password_url.clone(),
        |flows| flows.authorization_code_url.clone(),
    ];
    urls.iter().find_map(|url| flows(api).find_map(url))
}

fn flows(api: &Api) -> impl Iterator<Item = &Flows> {
    api.security
        .values()
        .filter_map(|scheme| match &scheme.kind {
            SchemeKind::OAuth2(flows) => Some(flows),
            _ => None,
        })
}

/// The variables of the config; else, for what the document's schemes take, the package's name, without `-client`, and what each
/// holds.
fn environment(api: &Api, prefix: &str, config: &Config) -> SettingNames {
    let all = || api.security.values().map(|scheme| &scheme.kind);
    let is_there =
        |wanted: &SchemeKind| all().any(|kind| kind == wanted && !kind.needs_name(all()));
    let has_token = flows(api).next().is_some() || is_there(&SchemeKind::Bearer);
    let has_account = flows(api).any(|flows| flows.client_credentials_url.is_some());
    let has_digest = is_there(&SchemeKind::Digest);
    // Who names one half of a pair in the config has the other too.
    let set = &config.environment;
    let has_account = has_account || set.client_id.is_some() || set.client_secret.is_some();
    let has_digest = has_digest || set.public_key.is_some() || set.private_key.is_some();
    setting_names(set, |what| {
        let is_there = match what {
            "access_token" => has_token,
            "client_id" | "client_secret" => has_account,
            "public_key" | "private_key" => has_digest,
            _ => true,
        };
        is_there.then(|| format!("{prefix}_{}", what.to_ascii_uppercase()))
    })
}

fn profiles(names: &Names, set: &config::Profiles) -> Profiles {
    let folder = set.folder.clone();
    Profiles {
        folder: folder.unwrap_or_else(|| product(names).to_owned()),
        file: set.file.clone(),
        variables: set.variables.clone(),
        default: set.default.clone(),
        keys: setting_names(&set.keys, |what| Some(what.to_owned())),
        service: set.service.clone(),
        services: set.services.clone(),
    }
}

/// The package's name, without `-client`.
fn product(names: &Names) -> &str {
    names
        .package
        .strip_suffix("-client")
        .unwrap_or(&names.package)
}

/// The names that are set, and usual ones for the others.
fn setting_names(
    set: &config::Environment,
    usual: impl Fn(&str) -> Option<String>,
) -> SettingNames {
    let or = |list: &Option<Vec<String>>, what: &str| {
        let usual = || usual(what).into_iter().collect();
        list.clone().unwrap_or_else(usual)
    };
    SettingNames {
        access_token: or(&set.access_token, "access_token"),
        client_id: or(&set.client_id, "client_id"),
        client_secret: or(&set.client_secret, "client_secret"),
        public_key: or(&set.public_key, "public_key"),
        private_key: or(&set.private_key, "private_key"),
        base_url: or(&set.base_url, "base_url"),
    }
}
