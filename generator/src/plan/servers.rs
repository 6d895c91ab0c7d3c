//! The servers that a client knows besides its base URL.

use crate::ir::{Api, Server};
use crate::surface::{ServerTemplate, Servers};

/// What the client must know of them: those with variables, those of single operations, and the path that a document has in place
/// of a server.
pub(super) fn servers(api: &Api) -> Servers {
    let is_absolute = |server: &&Server| server.url.contains("://");
    let root = api.servers.iter().find(is_absolute);
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
    Servers {
        // A path that is the whole host's says nothing.
        root: root.filter(|root| root.url != "/"),
        own,
    }
}

/// A server's URL as the document has it.
pub(super) fn template(server: &Server) -> ServerTemplate {
    server.template.clone().unwrap_or_else(|| ServerTemplate {
        url: server.url.clone(),
        variables: Vec::new(),
    })
}
