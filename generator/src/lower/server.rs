//! Where the API is served (OpenAPI 3.0.3, Server Object).

use openapiv3::Server as Source;

use super::found::Found;
use crate::diag::SpecPath;
use crate::ir::{Server, ServerTemplate, ServerVariable};

/// The servers of a list, at their place.
pub(super) fn lower_all(servers: &[Source], path: &SpecPath) -> Vec<Server> {
    let servers = servers.iter().enumerate();
    servers
        .map(|(index, server)| lower(server, path.index(index)))
        .collect()
}

/// The server of an operation: its own, else that of its path (OpenAPI 3.0.3, Path Item Object, `servers`); none where it is the
/// one of the whole document.
pub(super) fn of_operation(found: &Found<'_>, whole: &[Source]) -> Option<Server> {
    let lists = [
        (&found.source.servers, found.path.join("servers")),
        (&found.item.servers, found.item_path.join("servers")),
    ];
    let (servers, path) = lists.into_iter().find(|(servers, _)| !servers.is_empty())?;
    let is_of_whole = |server: &Source| whole.iter().any(|other| other.url == server.url);
    // One that the whole document has too needs no mention.
    if servers.iter().any(is_of_whole) {
        return None;
    }
    let own = lower_all(servers, &path);
    // Plain http is not called.
    let of_scheme = |scheme: &str| own.iter().find(|server| server.url.starts_with(scheme));
    let absolute = of_scheme("https://").or_else(|| of_scheme("http://"));
    let server = absolute.or_else(|| own.first())?;
    let root = lower_all(whole, &SpecPath::root());
    let is_root = root
        .iter()
        .any(|root| root.url.trim_end_matches('/') == server.url.trim_end_matches('/'));
    (!is_root).then(|| server.clone())
}

/// A server with its variables at their defaults.
fn lower(server: &Source, path: SpecPath) -> Server {
    let template = rooted(server.url.trim());
    let named = server.variables.iter().flatten();
    let named = named.filter(|(name, _)| template.contains(&format!("{{{name}}}")));
    let variables: Vec<ServerVariable> = named
        .map(|(name, variable)| ServerVariable {
            name: name.clone(),
            default: variable.default.clone(),
            values: variable.enumeration.clone(),
        })
        .collect();
    let url = variables.iter().fold(template.clone(), |url, variable| {
        url.replace(&format!("{{{}}}", variable.name), &variable.default)
    });
    Server {
        path,
        url: rooted(&url),
        description: server.description.clone().unwrap_or_default(),
        template: (!variables.is_empty()).then_some(ServerTemplate {
            url: template,
            variables,
        }),
    }
}

/// A URL without a scheme has the usual one, and one without a host begins with a slash (RFC 3986, section 4.2). What begins with
/// a variable may be either.
fn rooted(url: &str) -> String {
    if url.starts_with("//") {
        return format!("https:{url}");
    }
    if url.contains("://") || url.starts_with('{') {
        return url.to_owned();
    }
    format!("/{}", url.trim_start_matches("./").trim_start_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::rooted;

    #[test]
    fn a_url_names_a_host_or_begins_with_a_slash() {
        for (url, expected) in [
            ("https://a.example/v1", "https://a.example/v1"),
            ("//a.example", "https://a.example"),
            ("/v1", "/v1"),
            ("v1", "/v1"),
            ("./v1", "/v1"),
            ("/", "/"),
            ("", "/"),
            ("{base}/v1", "{base}/v1"),
        ] {
            assert_eq!(rooted(url), expected);
        }
    }
}
