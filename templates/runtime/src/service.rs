//! What a generated client tells about its service.

use std::fmt::Debug;

use crate::codec::Decode;
use crate::core::Core;
use crate::scheme::{Requirements, SecurityScheme};
use crate::server::Server;

/// A generated client: a [`Core`] and the description of its service.
pub trait Service: Sized + 'static {
    /// The type that the service's error answers share; [`Value`](serde_json::Value) where they share none.
    type ErrorBody: Decode + Debug + Send + Sync + 'static;

    /// The service, as constant data.
    const DESCRIPTION: &'static Description;

    /// The document's server, where its URL has variables, or is only a path: then the base URL must be given.
    const SERVER: Option<&'static Server> = None;

    /// The servers of single operations ([`Operation::server`](crate::Operation::server)).
    const SERVERS: &'static [Server] = &[];

    /// Where a refresh token brings a new access token (OpenAPI 3.0.3, OAuth Flow Object, `refreshUrl`), if that is not the token
    /// URL: a path below the base URL, or an absolute URL.
    const REFRESH_URL: Option<&'static str> = None;

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
    /// The ways in which the service knows its callers, as the document declares them.
    pub schemes: &'static [SecurityScheme],
    /// What a call needs whose operation says nothing else. Empty: the document does not say, and calls go out with
    /// everything that the caller has given.
    pub security: Requirements,
    /// The query parameter that wraps answers, if the service has one.
    pub envelope: Option<Envelope>,
    /// Where the members of an error answer stand.
    pub error_members: ErrorMembers,
    /// The headers of an answer that the service's support asks for.
    pub trace_headers: &'static [&'static str],
    /// What every service account's client id begins with, so that one in another's place is seen; `None`: nothing that
    /// is known.
    pub client_id_prefix: Option<&'static str>,
    /// The names of environment variables.
    pub environment: SettingNames,
    /// The profiles that another program of the service keeps.
    pub profiles: Option<Profiles>,
}

impl Description {
    /// The scheme of this name.
    pub(crate) fn scheme(&self, name: &str) -> Option<&'static SecurityScheme> {
        self.schemes.iter().find(|scheme| scheme.name == name)
    }
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
    /// How many seconds to wait, in the body of a 429.
    pub retry_after: Option<&'static str>,
}

/// The names under which credentials and the base URL are found: environment variables, or keys of a profile. Of each
/// list the first that is set, and not blank, counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct SettingNames {
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

/// A file of profiles that another program of the service keeps, such as its command line: TOML with a table for each.
#[derive(Clone, Copy, Debug)]
pub struct Profiles {
    /// The program's folder in the user's folder for configurations: `%AppData%` on Windows,
    /// `~/Library/Application Support` on macOS, `$XDG_CONFIG_HOME` or `~/.config` elsewhere.
    pub folder: &'static str,
    /// The file in it.
    pub file: &'static str,
    /// The environment variables that name the profile. Of several the first that is set counts.
    pub variables: &'static [&'static str],
    /// The profile that counts where none is named, and there are several.
    pub default: &'static str,
    /// The keys of a profile.
    pub keys: SettingNames,
    /// The key that says which of several services a profile is for.
    pub service: Option<&'static str>,
    /// The values of that key, and the base URL that each stands for; an empty one for the usual base URL. A profile for
    /// any other service is of no use here.
    pub services: &'static [(&'static str, &'static str)],
}
