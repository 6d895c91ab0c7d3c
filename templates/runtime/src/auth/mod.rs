//! Who calls: credentials, and how they go with each request.

mod digest;
mod environment;
mod oauth;
mod secret;

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::marker::PhantomData;
use std::sync::Arc;

use http::{HeaderValue, StatusCode};

use self::digest::Digest;
pub(crate) use self::environment::{first_set, process_environment};
use self::oauth::TokenSource;
pub use self::secret::Secret;
use crate::core::Core;
use crate::error::{Error, Failure};
use crate::execute::attempt;
use crate::request::Request;
use crate::response::Arrived;
use crate::service::Service;
use crate::url::BaseUrl;

/// Who calls the service `S`. `Debug` shows the kind and nothing else.
pub struct Credentials<S> {
    kind: CredentialsKind,
    service: PhantomData<fn() -> S>,
}

/// The kinds of credentials.
#[derive(Clone)]
pub(crate) enum CredentialsKind {
    ServiceAccount { id: String, secret: Secret },
    ApiKey { public: String, private: Secret },
    AccessToken(Secret),
}

impl<S: Service> Credentials<S> {
    /// A service account: OAuth 2.0 client credentials (RFC 6749 section 4.4). A token is got when the first request
    /// needs one, kept, and renewed before it expires.
    pub fn service_account(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::new(CredentialsKind::ServiceAccount { id: id.into(), secret: secret.into() })
    }

    /// An API key: HTTP digest authentication (RFC 7616) with the public part as user name and the private part as
    /// password.
    pub fn api_key(public: impl Into<String>, private: impl Into<Secret>) -> Self {
        Self::new(CredentialsKind::ApiKey { public: public.into(), private: private.into() })
    }

    /// A ready access token, sent as it is (RFC 6750) and never renewed.
    pub fn access_token(token: impl Into<Secret>) -> Self {
        Self::new(CredentialsKind::AccessToken(token.into()))
    }

    /// The credentials in the environment: an access token if one is set, else a service account, else an API key; the
    /// names are the service's ([`Environment`](crate::Environment)). The base URL is not part of the credentials; the
    /// [`Builder`](crate::Builder) finds it.
    ///
    /// # Errors
    ///
    /// When none is set, or only half of a pair; the error names the variables.
    pub fn from_env() -> Result<Self, Error<S::ErrorBody>> {
        let kind = environment::credentials(&S::DESCRIPTION.environment, process_environment);
        kind.map(Self::new).map_err(|message| Error::new(Failure::configuration(message)))
    }

    fn new(kind: CredentialsKind) -> Self {
        Self { kind, service: PhantomData }
    }

    pub(crate) fn into_kind(self) -> CredentialsKind {
        self.kind
    }
}

impl<S> Clone for Credentials<S> {
    fn clone(&self) -> Self {
        Self { kind: self.kind.clone(), service: PhantomData }
    }
}

impl<S> fmt::Debug for Credentials<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.kind, formatter)
    }
}

impl fmt::Debug for CredentialsKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Ids are left out too: secrets get pasted into the wrong field.
        formatter.write_str(match self {
            Self::ServiceAccount { .. } => "Credentials(service account)",
            Self::ApiKey { .. } => "Credentials(API key)",
            Self::AccessToken(_) => "Credentials(access token)",
        })
    }
}

/// The layer that puts credentials on requests.
pub(crate) enum Authenticator {
    /// No credentials were given.
    Anonymous,
    /// One header for every request.
    Fixed(HeaderValue),
    /// OAuth 2.0 client credentials.
    OAuth(Arc<TokenSource>),
    /// HTTP digest.
    Digest(Digest),
}

impl Authenticator {
    /// Makes the layer; a fault is one in the credentials or in the token URL.
    pub(crate) fn new(
        credentials: Option<CredentialsKind>,
        base_url: &BaseUrl,
        token_url: Option<&str>,
        user_agent: &HeaderValue,
    ) -> Result<Self, String> {
        Ok(match credentials {
            None => Self::Anonymous,
            Some(CredentialsKind::AccessToken(token)) => Self::Fixed(bearer(&token)?),
            Some(CredentialsKind::ApiKey { public, private }) => Self::Digest(Digest::new(public, private)),
            Some(CredentialsKind::ServiceAccount { id, secret }) => {
                let token_url = token_url.ok_or("this service has no token URL, so no service accounts")?;
                let token_url = base_url.resolve(token_url)?;
                Self::OAuth(Arc::new(TokenSource::new(&id, secret, token_url, user_agent.clone())?))
            }
        })
    }

    /// Sends a request with credentials. Where the service answers 401 and new credentials may cure it (a renewed
    /// token, the answer to a digest challenge), the request is sent again: a 401 says that it was not carried out.
    pub(crate) async fn authorize(&self, core: &Core, request: &Request) -> Result<Arrived, Box<Failure>> {
        match self {
            _ if !request.operation.authenticated => attempt(core, request, None).await,
            Self::Anonymous => attempt(core, request, None).await,
            Self::Fixed(header) => attempt(core, request, Some(header.clone())).await,
            Self::OAuth(source) => with_token(source, core, request).await,
            Self::Digest(digest) => with_digest(digest, core, request).await,
        }
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Anonymous => "none",
            Self::Fixed(_) => "access token",
            Self::OAuth(_) => "service account",
            Self::Digest(_) => "API key",
        })
    }
}

async fn with_token(source: &Arc<TokenSource>, core: &Core, request: &Request) -> Result<Arrived, Box<Failure>> {
    let token = source.token(core).await?;
    let arrived = attempt(core, request, Some(token.header())).await?;
    if arrived.reply.status != StatusCode::UNAUTHORIZED {
        return Ok(arrived);
    }
    // The token was revoked, or the clocks differ. Once is enough: a new token that is refused will not get better.
    source.invalidate(&token);
    let token = source.token(core).await?;
    attempt(core, request, Some(token.header())).await
}

async fn with_digest(digest: &Digest, core: &Core, request: &Request) -> Result<Arrived, Box<Failure>> {
    let mut exchange = digest.begin(request);
    loop {
        let arrived = attempt(core, request, exchange.header()).await?;
        exchange = match exchange.after(&arrived.reply) {
            Some(next) => next,
            None => return Ok(arrived),
        };
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
