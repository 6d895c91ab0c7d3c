//! Which facts are texts of their own, and which are JSON where one word can't say them.
//!
//! A fact does not tell: an id may begin with a bracket. Its type does, so the types are asked. A member that is new does not compile
//! before it stands here, and where nobody thinks of it, it is read as JSON if it is.

use std::sync::LazyLock;

use super::facts;
use crate::surface::{
    DocLines, Envelope, ErrorMembers, Method, OperationWire, Profiles, ServerTemplate, Servers,
    Service, SettingNames,
};

static SETTINGS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let servers = facts::texts(&servers()).into_iter();
    let servers = servers.map(|name| format!("servers::{name}"));
    facts::texts(&service())
        .into_iter()
        .chain(servers)
        .collect()
});
static DETAILS: LazyLock<Vec<String>> = LazyLock::new(|| facts::texts(&operation()));

/// Whether a setting of the service is a text of its own, which is shown as it is.
pub(in crate::diff) fn is_setting(name: &str) -> bool {
    SETTINGS.iter().any(|text| text == name)
}

/// Whether how an operation stands on the wire has such a text under a name.
pub(in crate::diff) fn is_detail(name: &str) -> bool {
    DETAILS.iter().any(|text| text == name)
}

/// A service that has every text that one can have.
fn service() -> Service {
    let text = || Some(String::new());
    Service {
        base_url: text(),
        token_url: text(),
        refresh_url: text(),
        revoke_url: text(),
        schemes: Vec::new(),
        security: Vec::new(),
        constructors: Vec::new(),
        mutual_tls: false,
        envelope: Some(Envelope {
            parameter: String::new(),
            status: String::new(),
            content: String::new(),
        }),
        error_members: ErrorMembers {
            code: text(),
            detail: text(),
            fields: text(),
            field_name: text(),
            field_detail: text(),
            retry_after: text(),
        },
        trace_headers: Vec::new(),
        client_id_prefix: text(),
        environment: SettingNames::default(),
        profiles: Some(Profiles {
            folder: String::new(),
            file: String::new(),
            variables: Vec::new(),
            default: String::new(),
            keys: SettingNames::default(),
            service: text(),
            services: Vec::new(),
        }),
    }
}

fn servers() -> Servers {
    Servers {
        root: Some(ServerTemplate {
            url: String::new(),
            variables: Vec::new(),
        }),
        own: Vec::new(),
        docs: DocLines::default(),
    }
}

fn operation() -> OperationWire {
    let text = || Some(String::new());
    OperationWire {
        id: String::new(),
        method: Method::Get,
        template: String::new(),
        server: text(),
        accept: text(),
        content_type: text(),
        security: None,
        encodings: Vec::new(),
        enveloped: false,
        idempotent: None,
        paging: None,
    }
}
