//! Where the API is served (OpenAPI 3.0.3, Server Object).

use std::collections::BTreeSet;

use openapiv3::Server as Source;

use super::found::Found;
use crate::diag::{Code, Diagnostics, SpecPath};
use crate::ir::{Operation, Server, ServerTemplate, ServerVariable};

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
    let server = Server::called(&own).or_else(|| own.first())?;
    let root = lower_all(whole, &SpecPath::root());
    let is_root = root
        .iter()
        .any(|root| root.url.trim_end_matches('/') == server.url.trim_end_matches('/'));
    (!is_root).then(|| server.clone())
}

/// Reports lists of servers that can be reached by plain http alone: nothing is sent over it, unless to this machine.
pub(super) fn report_plain(
    servers: &[Server],
    operations: &[Operation],
    diagnostics: &mut Diagnostics,
) {
    let own = operations
        .iter()
        .filter_map(|operation| operation.server.as_ref());
    let called = Server::called(servers).into_iter().chain(own);
    let mut told: BTreeSet<&SpecPath> = BTreeSet::new();
    for server in called.filter(|server| server.is_plain()) {
        if !told.insert(&server.path) {
            continue;
        }
        diagnostics.report(
            Code::Unsupported,
            &server.path.join("url"),
            format!("`{}` is plain http, over which no credentials are sent; calls to it fail", server.url),
            "write `https://` if the service has it; else a program names a server that has: `Builder::base_url` for all calls, \
             or `Builder::server` for this one, such as a gateway on its own machine, which may be plain http",
        );
    }
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
    use super::{report_plain, rooted};
    use crate::config::Config;
    use crate::diag::{Diagnostics, SpecPath};
    use crate::ir::Server;
    use crate::{lower, spec};

    fn server(url: &str) -> Server {
        Server {
            path: SpecPath::root(),
            url: url.to_owned(),
            description: String::new(),
            template: None,
        }
    }

    fn is_plain(url: &str) -> bool {
        server(url).is_plain()
    }

    #[test]
    fn of_an_operation_s_servers_the_same_is_called_as_of_the_document_s() {
        for (servers, called) in [
            (
                ["http://a.example", "https://b.example"],
                "https://b.example",
            ),
            (
                ["http://localhost:8080", "https://b.example"],
                "http://localhost:8080",
            ),
            (["/v1", "http://a.example"], "http://a.example"),
        ] {
            let text = format!(
                "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    get:\n      operationId: a\n      \
                 servers: [{{url: '{}'}}, {{url: '{}'}}]\n      responses: {{'204': {{description: Done.}}}}\n",
                servers[0], servers[1]
            );
            let (config, mut messages) = (Config::default(), Diagnostics::new());
            let document = spec::parse(&text, "t.yaml", &config, &mut messages);
            let document = document.unwrap_or_else(|_| panic!("{messages:?}"));
            let api = lower::lower(&document, &config, &mut messages);
            let of_operation = api
                .operations
                .first()
                .and_then(|operation| operation.server.as_ref());
            assert_eq!(of_operation.map(|server| server.url.as_str()), Some(called));
            let whole = servers.map(server);
            assert_eq!(
                Server::called(&whole).map(|server| server.url.as_str()),
                Some(called)
            );
        }
    }

    #[test]
    fn it_is_told_where_the_server_that_is_called_is_plain_http() {
        for (urls, is_told) in [
            (["http://a.example", "wss://a.example"], true),
            (["http://a.example", "/v1"], true),
            (["http://a.example", "https://a.example"], false),
            (["http://localhost", "http://a.example"], false),
            (["wss://a.example", "/v1"], false),
        ] {
            let mut diagnostics = Diagnostics::new();
            report_plain(&urls.map(server), &[], &mut diagnostics);
            assert_eq!(!diagnostics.is_empty(), is_told, "{urls:?}");
        }
    }

    #[test]
    fn plain_http_may_go_to_this_machine() {
        for url in [
            "http://a.example",
            "HTTP://a.example:80/v1",
            "http://127.0.0.1.example",
            "http://[2001:db8::1]/",
        ] {
            assert!(is_plain(url), "{url}");
        }
        for url in [
            "https://a.example",
            "http://localhost:8080/v1",
            "http://127.0.0.1",
            "http://[::1]:80",
            "/v1",
            "{base}/v1",
        ] {
            assert!(!is_plain(url), "{url}");
        }
    }

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
