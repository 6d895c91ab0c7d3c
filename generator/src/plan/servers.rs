//! The servers that a client knows besides its base URL.

use super::docs::{Docs, code};
use crate::ir::{Api, Server};
use crate::surface::{DocLines, ServerTemplate, ServerVariable, Servers};

/// What the client must know of them: those with variables, those of single operations, and the path that a document has in place
/// of a server.
pub(super) fn servers(api: &Api) -> Servers {
    let root = api.server();
    let root = match root {
        Some(server) => server.template.clone(),
        None => api.servers.first().map(template),
    };
    let mut own: Vec<ServerTemplate> = Vec::new();
    for server in api
        .operations
        .iter()
        .filter_map(|operation| operation.server.as_ref())
    {
        let template = template(server);
        if !own.iter().any(|known| known.url == template.url) {
            own.push(template);
        }
    }
    own.sort_by(|a, b| a.url.cmp(&b.url));
    // A path that is the whole host's says nothing.
    let root = root.filter(|root| root.url != "/");
    Servers {
        docs: docs(root.as_ref(), &own),
        root,
        own,
    }
}

/// What there is to say of them where a client is begun.
fn docs(root: Option<&ServerTemplate>, own: &[ServerTemplate]) -> DocLines {
    const BUILDER: &str = "client_runtime::Builder::";
    let mut docs = Docs::default();
    if let Some(root) = root.filter(|root| root.url.starts_with('/')) {
        docs = docs.sentence(&format!(
            "The document names only a path of the service: give the client its [`base_url`]({BUILDER}base_url), which ends with {}.",
            code(&root.url)
        ));
    }
    if !own.is_empty() {
        let urls: Vec<String> = own.iter().map(|own| code(&own.url)).collect();
        docs = docs.sentence(&format!(
            "Some operations are called at servers of their own, {}, unless a base URL is given: it stands for these too. \
             [`server`]({BUILDER}server) says where one of them is.",
            urls.join(", ")
        ));
    }
    let mut known: Vec<&ServerVariable> = Vec::new();
    for variable in root
        .into_iter()
        .chain(own)
        .flat_map(|server| &server.variables)
    {
        if !known.iter().any(|other| other.name == variable.name) {
            known.push(variable);
        }
    }
    if !known.is_empty() {
        let variables: Vec<String> = known.iter().map(|variable| spoken(variable)).collect();
        docs = docs.sentence(&format!(
            "[`server_variable`]({BUILDER}server_variable) sets what is variable in the URLs of servers: {}.",
            variables.join("; ")
        ));
    }
    docs.finish()
}

/// `region`, usually `us`, else `eu`
fn spoken(variable: &ServerVariable) -> String {
    let others = variable
        .values
        .iter()
        .filter(|value| **value != variable.default);
    let others: Vec<String> = others.map(|value| code(value)).collect();
    let mut text = code(&variable.name);
    if !variable.default.is_empty() {
        text.push_str(&format!(", usually {}", code(&variable.default)));
    }
    if !others.is_empty() {
        text.push_str(&format!(", else {}", others.join(" or ")));
    }
    text
}

/// A server's URL as the document has it.
pub(super) fn template(server: &Server) -> ServerTemplate {
    server.template.clone().unwrap_or_else(|| ServerTemplate {
        url: server.url.clone(),
        variables: Vec::new(),
    })
}
