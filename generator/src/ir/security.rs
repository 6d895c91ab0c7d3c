//! Who may call: the ways to prove it, and which of them an operation wants.

use serde::Serialize;

use super::Location;
use crate::diag::SpecPath;

/// The schemes that go together, by their names in the document.
pub type Requirement = Vec<String>;

/// How a caller proves who it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SecurityScheme {
    /// Where it is declared.
    pub path: SpecPath,
    /// Markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What it wants.
    pub kind: SchemeKind,
}

/// What a security scheme wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum SchemeKind {
    /// HTTP digest, RFC 7616.
    Digest,
    /// HTTP basic, RFC 7617.
    Basic,
    /// A bearer token, RFC 6750.
    Bearer,
    /// Another scheme of HTTP, by its name.
    Http(String),
    /// A key in a header, a query parameter or a cookie.
    ApiKey {
        /// Where the key goes.
        location: Location,
        /// The header's, parameter's or cookie's name.
        name: String,
    },
    /// OAuth 2.0.
    OAuth2(Flows),
    /// A certificate in the TLS handshake: nothing that stands in a request.
    MutualTls,
}

/// Where the flows of OAuth 2.0 get their tokens, of those that the document has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Flows {
    /// Client credentials (RFC 6749, section 4.4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_credentials_url: Option<String>,
    /// A user's password (section 4.3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_url: Option<String>,
    /// A code that the user's browser brings (section 4.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_code_url: Option<String>,
    /// Where a refresh token is changed for a new token (section 6), as the first flow says that says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_url: Option<String>,
}

impl SchemeKind {
    /// Whether a caller must say which scheme credentials are for, as their kind does not tell it: that of a key never does,
    /// and that of a token does not where several schemes want one.
    pub fn needs_name<'a>(&self, all: impl Iterator<Item = &'a Self>) -> bool {
        match self {
            Self::ApiKey { .. } | Self::Http(_) => true,
            Self::Basic | Self::Bearer | Self::Digest => {
                all.filter(|kind| *kind == self).count() > 1
            }
            Self::OAuth2(_) | Self::MutualTls => false,
        }
    }
}
