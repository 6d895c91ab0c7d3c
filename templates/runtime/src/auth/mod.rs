//! Who calls: credentials, and how they go with each request.

mod chain;
mod credentials;
mod digest;
mod oauth;
mod profile;
mod secret;

use std::fmt;
use std::hash::{BuildHasher, RandomState};

use http::HeaderValue;
use http::header::AUTHORIZATION;

pub(crate) use self::chain::{first_set, process_environment};
pub use self::credentials::Credentials;
use self::credentials::{CredentialsKind, Given};
pub use self::secret::Secret;
use crate::call::BoxFuture;
use crate::core::Core;
use crate::error::Failure;
use crate::execute::attempt;
use crate::in_flight::InFlight;
use crate::response::Arrived;
use crate::service::Description;
use crate::url::BaseUrl;

/// A way to put credentials on requests that takes more than one header.
pub(crate) trait Scheme: Send + Sync {
    /// As [`Authenticator::authorize`].
    fn authorize<'a>(&'a self, call: &'a InFlight<'a>) -> BoxFuture<'a, Result<Arrived, Box<Failure>>>;

    /// As [`Authenticator::revoke`].
    fn revoke<'a>(&'a self, _: &'a Core) -> BoxFuture<'a, Result<(), Box<Failure>>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

/// Makes the scheme of an id and a secret; a fault is one in these or in the service's URLs for tokens.
type SetUp = fn(String, Secret, &Surroundings<'_>) -> Result<Box<dyn Scheme>, String>;

/// What a scheme may need to know of the client.
pub(crate) struct Surroundings<'a> {
    pub(crate) base_url: &'a BaseUrl,
    pub(crate) description: &'static Description,
    pub(crate) user_agent: &'a HeaderValue,
}

/// The layer that puts credentials on requests.
pub(crate) enum Authenticator {
    /// No credentials were given.
    Anonymous,
    /// One header for every request.
    Fixed(HeaderValue),
    /// OAuth 2.0 client credentials or HTTP digest, with the name of the credentials' kind.
    Scheme(&'static str, Box<dyn Scheme>),
}

impl Authenticator {
    /// Makes the layer; a fault is one in the credentials or in the service's URLs for tokens.
    pub(crate) fn new(credentials: Option<&Given>, client: &Surroundings<'_>) -> Result<Self, String> {
        let Some(given) = credentials else {
            return Ok(Self::Anonymous);
        };
        given.check(client.description)?;
        let name = given.kind.name();
        Ok(match given.kind.clone() {
            CredentialsKind::AccessToken(token) => Self::Fixed(bearer(&token)?),
            CredentialsKind::Pair { pair, id, secret } => Self::Scheme(name, (pair.set_up)(id, secret, client)?),
        })
    }

    /// Sends a request with credentials. Where the service answers 401 and new credentials may cure it (a renewed
    /// token, the answer to a digest challenge), the request is sent again: a 401 says that it was not carried out.
    /// Credentials that the caller gave the request itself stand.
    pub(crate) async fn authorize(&self, call: &InFlight<'_>) -> Result<Arrived, Box<Failure>> {
        let header = match self {
            _ if !call.request.operation.authenticated => None,
            _ if call.request.headers.contains_key(AUTHORIZATION) => None,
            Self::Anonymous => None,
            Self::Fixed(header) => Some(header.clone()),
            Self::Scheme(_, scheme) => return scheme.authorize(call).await,
        };
        attempt(call, header).await
    }

    /// Gives back what a service account got.
    pub(crate) async fn revoke(&self, core: &Core) -> Result<(), Box<Failure>> {
        match self {
            Self::Scheme(_, scheme) => scheme.revoke(core).await,
            Self::Anonymous | Self::Fixed(_) => Ok(()),
        }
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Anonymous => "none",
            Self::Fixed(_) => "access token",
            Self::Scheme(name, _) => name,
        })
    }
}

/// `Bearer …` (RFC 6750 section 2.1), marked sensitive.
fn bearer(token: &Secret) -> Result<HeaderValue, String> {
    // What a bearer token may hold is a subset of this; spaces and line ends come from careless pasting.
    if token.expose().is_empty() || !token.expose().bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("the access token is empty, or holds characters that no token has".to_owned());
    }
    sensitive(&format!("Bearer {}", token.expose()))
}

fn sensitive(text: &str) -> Result<HeaderValue, String> {
    let header = HeaderValue::from_bytes(text.as_bytes());
    let mut header = header.map_err(|_| "the credentials hold characters that no header may hold".to_owned())?;
    header.set_sensitive(true);
    Ok(header)
}

/// 128 bits that nobody can foresee, as 32 hexadecimal digits: the standard library keys its hashers from the system's
/// randomness.
pub(crate) fn random_hex() -> String {
    let bits = || RandomState::new().hash_one(std::time::SystemTime::now());
    format!("{:016x}{:016x}", bits(), bits())
}
