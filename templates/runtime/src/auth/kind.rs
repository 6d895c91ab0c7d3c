//! The kinds of credentials: what each holds, which schemes it is for, and how it goes with requests.

use super::{Secret, SetUp, digest, fixed, oauth};
use crate::scheme::SchemeKind;

/// A kind of credentials. A scheme's code is named here alone, so that a program holds the code of the kinds of credentials
/// that it makes, and no other.
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// What the part that is no secret is called, where there is one.
    pub(super) id: Option<&'static str>,
    pub(super) secret: &'static str,
    /// Whether these are a person's, who may choose any text: then they are not judged by the marks of careless copying.
    pub(super) is_chosen: bool,
    pub(super) fits: fn(&SchemeKind) -> bool,
    pub(super) set_up: SetUp,
}

/// Credentials of one kind.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) kind: &'static Kind,
    /// The one scheme that they are for; none: every scheme that their kind fits.
    pub(super) scheme: Option<&'static str>,
    /// Empty where the kind has none.
    pub(super) id: String,
    pub(super) secret: Secret,
    pub(super) grant: Grant,
}

/// What a request for an OAuth token says beside its grant.
#[derive(Clone, Default)]
pub(super) struct Grant {
    pub(super) scope: Option<String>,
    /// The client that asks in a user's name (RFC 6749 section 2.3), with its secret if it has one.
    pub(super) client: Option<(String, Option<Secret>)>,
}

pub(super) const CLIENT_ID: &str = "client id";

static ACCESS_TOKEN: Kind = Kind {
    name: "access token",
    id: None,
    secret: "access token",
    is_chosen: false,
    fits: takes_a_token,
    set_up: fixed::bearer_token,
};

static SERVICE_ACCOUNT: Kind = Kind {
    name: "service account",
    id: Some(CLIENT_ID),
    secret: "client secret",
    is_chosen: false,
    fits: takes_a_token,
    set_up: oauth::client_credentials,
};

static PASSWORD: Kind = Kind {
    name: "user of OAuth",
    id: Some("user name"),
    secret: "password",
    is_chosen: true,
    fits: takes_a_token,
    set_up: oauth::password,
};

static REFRESH_TOKEN: Kind = Kind {
    name: "refresh token",
    id: None,
    secret: "refresh token",
    is_chosen: false,
    fits: takes_a_token,
    set_up: oauth::refresh_token,
};

static API_KEY: Kind = Kind {
    name: "API key",
    id: Some("public part of the API key"),
    secret: "private part of the API key",
    is_chosen: false,
    fits: |scheme| *scheme == SchemeKind::Digest,
    set_up: digest::set_up,
};

static BASIC: Kind = Kind {
    name: "user",
    id: Some("user name"),
    secret: "password",
    is_chosen: true,
    fits: |scheme| *scheme == SchemeKind::Basic,
    set_up: fixed::basic,
};

static KEY: Kind = Kind {
    name: "key",
    id: None,
    secret: "key",
    is_chosen: false,
    // A key is made for one scheme, which has its name.
    fits: |_| false,
    set_up: fixed::key,
};

/// A token of OAuth is a bearer token, whichever of both the document calls it.
fn takes_a_token(scheme: &SchemeKind) -> bool {
    matches!(scheme, SchemeKind::Bearer | SchemeKind::OAuth2)
}

impl Part {
    pub(super) fn access_token(token: Secret) -> Self {
        Self::new(&ACCESS_TOKEN, String::new(), token)
    }

    pub(super) fn service_account(id: String, secret: Secret) -> Self {
        Self::new(&SERVICE_ACCOUNT, id, secret)
    }

    pub(super) fn password(user: String, password: Secret) -> Self {
        Self::new(&PASSWORD, user, password)
    }

    pub(super) fn refresh_token(token: Secret) -> Self {
        Self::new(&REFRESH_TOKEN, String::new(), token)
    }

    pub(super) fn api_key(public: String, private: Secret) -> Self {
        Self::new(&API_KEY, public, private)
    }

    pub(super) fn basic(user: String, password: Secret) -> Self {
        Self::new(&BASIC, user, password)
    }

    pub(super) fn key(scheme: &'static str, key: Secret) -> Self {
        Self { scheme: Some(scheme), ..Self::new(&KEY, String::new(), key) }
    }

    fn new(kind: &'static Kind, id: String, secret: Secret) -> Self {
        Self { kind, scheme: None, id, secret, grant: Grant::default() }
    }

    /// Finds what cannot be right, before anything is sent. The fault names the field and never its value.
    pub(super) fn fault(&self, client_id_prefix: Option<&str>) -> Option<String> {
        let kind = self.kind;
        let id = kind.id.map(|name| (name, self.id.as_str()));
        let mut fields = id.into_iter().chain([(kind.secret, self.secret.expose())]);
        match kind.is_chosen {
            true => fields.find_map(|(field, text)| text.contains(char::is_control).then(|| in_it(field))),
            false => fields.find_map(|(field, text)| fault(field, text, client_id_prefix)),
        }
    }
}

fn in_it(field: &str) -> String {
    format!("the {field} has line ends or other control characters in it")
}

/// What careless copying leaves behind, and what belongs into another field.
fn fault(field: &str, text: &str, client_id_prefix: Option<&str>) -> Option<String> {
    let is_quoted = |quote: char| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote);
    if text.is_empty() {
        return Some(format!("the {field} is empty"));
    }
    if text.trim() != text {
        return Some(format!("the {field} has blanks or line ends around it"));
    }
    if text.contains(char::is_control) {
        return Some(in_it(field));
    }
    if is_quoted('"') || is_quoted('\'') {
        return Some(format!("the {field} has quotes around it"));
    }
    let prefix = client_id_prefix?;
    match (field == CLIENT_ID, text.starts_with(prefix)) {
        (true, false) => Some(format!(
            "the {field} does not begin with `{prefix}`, as every service account's does; is it an API key's public part?"
        )),
        (false, true) => Some(format!(
            "the {field} begins with `{prefix}`, so it is a service account's client id; that goes with its client secret"
        )),
        _ => None,
    }
}
