//! Who may call, and how a caller says so.

use serde::Serialize;

use super::{DocLines, Ident};

/// A security scheme that stands in requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SecurityScheme {
    /// Its name in the document.
    pub name: String,
    /// What it wants.
    pub kind: SchemeKind,
    /// The environment variables of its own: none, one, or two for a user's name and password.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<String>,
}

/// What a security scheme wants of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum SchemeKind {
    /// A key in the header of this name.
    Header(String),
    /// A key in the query parameter of this name.
    Query(String),
    /// A key in the cookie of this name.
    Cookie(String),
    /// HTTP basic.
    Basic,
    /// A bearer token.
    Bearer,
    /// HTTP digest.
    Digest,
    /// Another scheme of HTTP.
    Http(String),
    /// OAuth 2.0, or OpenID Connect.
    OAuth2,
}

/// A way for callers to say who they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Constructor {
    /// What makes the credentials.
    pub how: How,
    /// What they are, in a few words of Markdown.
    pub what: String,
    /// Its documentation; none where the runtime has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docs: Option<DocLines>,
    /// The schemes of the document that they are for.
    pub schemes: Vec<String>,
}

/// What makes credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum How {
    /// `service_account(id, secret)`
    ServiceAccount,
    /// `api_key(public, private)`
    ApiKey,
    /// `digest(user, password)`
    Digest,
    /// `basic(user, password)`
    Basic,
    /// `bearer(token)`
    Bearer,
    /// `access_token(token)`
    AccessToken,
    /// `password(user, password)`
    Password,
    /// `refresh_token(token)`
    RefreshToken,
    /// A key, under a name of its own.
    Key(Ident),
    /// A token, under a name of its own.
    Token(Ident),
    /// A user's name and password, under a name of its own.
    Login(Ident),
}

impl How {
    /// The constructor's name, as it is called.
    pub fn name(&self) -> &str {
        match self {
            Self::ServiceAccount => "service_account",
            Self::ApiKey => "api_key",
            Self::Digest => "digest",
            Self::Basic => "basic",
            Self::Bearer => "bearer",
            Self::AccessToken => "access_token",
            Self::Password => "password",
            Self::RefreshToken => "refresh_token",
            Self::Key(ident) | Self::Token(ident) | Self::Login(ident) => ident.as_str(),
        }
    }

    /// Its arguments.
    pub fn arguments(&self) -> &'static [&'static str] {
        match self {
            Self::ServiceAccount => &["id", "secret"],
            Self::ApiKey => &["public", "private"],
            Self::Digest | Self::Basic | Self::Password | Self::Login(_) => &["user", "password"],
            Self::Bearer | Self::AccessToken | Self::RefreshToken | Self::Token(_) => &["token"],
            Self::Key(_) => &["key"],
        }
    }

    /// Whether it has a name of the document's, so that the crate has to declare it.
    pub fn is_own(&self) -> bool {
        matches!(self, Self::Key(_) | Self::Token(_) | Self::Login(_))
    }
}
