//! What a generated client tells about its service.

use std::fmt::Debug;

use crate::codec::Decode;
use crate::core::Core;

/// A generated client: a [`Core`] and the description of its service.
pub trait Service: Sized + 'static {
    /// The type that the service's error answers share; [`Value`](serde_json::Value) where they share none.
    type ErrorBody: Decode + Debug + Send + Sync + 'static;

    /// The service, as constant data.
    const DESCRIPTION: &'static Description;

    /// Makes the client around the core that a [`Builder`](crate::Builder) built.
    fn from_core(core: Core) -> Self;
}

/// A service, as constant data.
#[derive(Clone, Copy, Debug)]
pub struct Description {
    /// Where the service is, unless the caller or the environment says otherwise.
    pub base_url: Option<&'static str>,
    /// The generated client's product token for `User-Agent`: `name/version`.
    pub user_agent: &'static str,
    /// Where OAuth 2.0 tokens come from: a path below the base URL, or an absolute URL.
    pub token_url: Option<&'static str>,
    /// Where OAuth 2.0 tokens are revoked (RFC 7009): a path below the base URL, or an absolute URL.
    pub revoke_url: Option<&'static str>,
    /// The query parameter that wraps answers, if the service has one.
    pub envelope: Option<Envelope>,
    /// Where the members of an error answer stand.
    pub error_members: ErrorMembers,
    /// The names of environment variables.
    pub environment: Environment,
}

/// A query parameter that, when `true`, has the service wrap its answer: `{"status": 200, "content": {…}}`.
#[derive(Clone, Copy, Debug)]
pub struct Envelope {
    /// The query parameter's name.
    pub parameter: &'static str,
    /// The member that holds the HTTP status.
    pub status: &'static str,
    /// The member that holds the answer itself.
    pub content: &'static str,
}

/// Where the members of an error answer stand, each as a JSON pointer (RFC 6901) into the body.
#[derive(Clone, Copy, Debug, Default)]
pub struct ErrorMembers {
    /// The machine-readable code, a string or an integer.
    pub code: Option<&'static str>,
    /// The text for people.
    pub detail: Option<&'static str>,
    /// The list of faulty fields.
    pub fields: Option<&'static str>,
    /// The field's name, from an item of that list.
    pub field_name: Option<&'static str>,
    /// What is wrong with the field, from an item of that list.
    pub field_detail: Option<&'static str>,
}

/// The names of the environment variables that hold credentials and the base URL. Of each list the first that is set,
/// and not blank, counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Environment {
    /// A ready access token.
    pub access_token: &'static [&'static str],
    /// A service account's client id.
    pub client_id: &'static [&'static str],
    /// A service account's client secret.
    pub client_secret: &'static [&'static str],
    /// An API key's public part.
    pub public_key: &'static [&'static str],
    /// An API key's private part.
    pub private_key: &'static [&'static str],
    /// The base URL.
    pub base_url: &'static [&'static str],
}
