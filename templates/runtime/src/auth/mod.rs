//! Who calls: credentials, and how they go with each request.

mod chain;
mod credentials;
mod declare;
mod digest;
mod fixed;
mod kind;
mod oauth;
mod profile;
mod secret;

use std::borrow::Cow;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

use http::HeaderValue;
use http::header::AUTHORIZATION;

pub(crate) use self::chain::{first_set, process_environment};
pub use self::credentials::Credentials;
use self::credentials::Given;
use self::fixed::Mark;
use self::kind::Part;
pub use self::secret::Secret;
use crate::call::BoxFuture;
use crate::core::Core;
use crate::error::Failure;
use crate::execute::attempt;
use crate::in_flight::InFlight;
use crate::operation::Operation;
use crate::request::Request;
use crate::response::Arrived;
use crate::scheme::Requirements;
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

/// Makes ready how credentials go with requests; a fault is one in these or in the service's URLs for tokens.
type SetUp = fn(Part, &Surroundings<'_>) -> Result<Layer, String>;

/// What a scheme may need to know of the client.
pub(crate) struct Surroundings<'a> {
    pub(crate) base_url: &'a BaseUrl,
    pub(crate) description: &'static Description,
    /// Where refresh tokens go, if that is not the token URL.
    pub(crate) refresh_url: Option<&'static str>,
    pub(crate) user_agent: &'a HeaderValue,
}

/// How credentials go with requests.
enum Layer {
    /// The same on every request.
    Fixed(Mark),
    /// In an exchange of its own: OAuth 2.0, HTTP digest.
    Scheme(Box<dyn Scheme>),
}

/// Credentials that the client has.
struct Held {
    /// The document's schemes that they are for.
    schemes: Vec<&'static str>,
    /// Whether they were made for one scheme by its name.
    is_named: bool,
    layer: Layer,
}

/// The layer that puts credentials on requests.
pub(crate) struct Authenticator {
    /// What to call it where it is printed.
    name: String,
    held: Vec<Held>,
    security: Requirements,
}

impl Authenticator {
    /// Makes the layer; a fault is one in the credentials or in the service's URLs for tokens.
    pub(crate) fn new(credentials: Option<&Given>, client: &Surroundings<'_>) -> Result<Self, String> {
        let security = client.description.security;
        let Some(given) = credentials else {
            return Ok(Self { name: "none".to_owned(), held: Vec::new(), security });
        };
        given.check(client.description)?;
        let held = given.parts.iter().map(|part| Held::new(part, client));
        Ok(Self { name: given.name(), held: held.collect::<Result<_, String>>()?, security })
    }

    /// The request with the credentials that are the same on every request. What the caller has put there stands.
    pub(crate) fn mark<'r>(&self, request: &'r Request) -> Result<Cow<'r, Request>, String> {
        let mut request = Cow::Borrowed(request);
        for held in self.chosen(request.operation) {
            if let Layer::Fixed(mark) = &held.layer {
                mark.put_on(request.to_mut())?;
            }
        }
        Ok(request)
    }

    /// Sends a request with credentials. Where the service answers 401 and new credentials may cure it (a renewed
    /// token, the answer to a digest challenge), the request is sent again: a 401 says that it was not carried out.
    /// Credentials that the request has already stand.
    pub(crate) async fn authorize(&self, call: &InFlight<'_>) -> Result<Arrived, Box<Failure>> {
        let scheme = self.chosen(call.request.operation).find_map(|held| match &held.layer {
            Layer::Scheme(scheme) => Some(scheme),
            Layer::Fixed(_) => None,
        });
        match scheme.filter(|_| !call.request.headers.contains_key(AUTHORIZATION)) {
            Some(scheme) => scheme.authorize(call).await,
            None => attempt(call, None).await,
        }
    }

    /// The credentials that go with an operation:
    ///
    /// 1. of the first of its alternatives for which all are there, these and no others;
    /// 2. else none, where an alternative is to send none;
    /// 3. else what there is of the alternative of which there is most, for the service to judge: documents demand what
    ///    services do not, and a service's refusal tells more than one that is guessed here;
    /// 4. else, where the operation names none of them, those that were made for no scheme by its name. Their caller knows
    ///    of a way that the document does not. A key that was made for a scheme goes where its scheme is named.
    ///
    /// Where the document does not say what it wants, all go that have places of their own.
    fn chosen(&self, operation: &Operation) -> impl Iterator<Item = &Held> {
        let is_public = operation.security.is_some_and(<[_]>::is_empty);
        let alternatives = operation.security.unwrap_or(self.security);
        let count = |names: &&&[&'static str]| names.iter().filter(|name| self.is_held(name)).count();
        let whole = alternatives.iter().find(|names| !names.is_empty() && count(names) == names.len());
        let may_be_none = is_public || alternatives.iter().any(|names| names.is_empty());
        let best = || alternatives.iter().rev().max_by_key(count).filter(|names| count(names) > 0);
        let names = whole.or_else(|| if may_be_none { None } else { best() });
        self.held.iter().filter(move |held| match names {
            Some(names) => held.is_for(names),
            None if may_be_none => false,
            None => alternatives.is_empty() || !held.is_named,
        })
    }

    fn is_held(&self, scheme: &str) -> bool {
        self.held.iter().any(|held| held.schemes.contains(&scheme))
    }

    /// Gives back what a service account got.
    pub(crate) async fn revoke(&self, core: &Core) -> Result<(), Box<Failure>> {
        for held in &self.held {
            if let Layer::Scheme(scheme) = &held.layer {
                scheme.revoke(core).await?;
            }
        }
        Ok(())
    }
}

impl Held {
    fn new(part: &Part, client: &Surroundings<'_>) -> Result<Self, String> {
        let schemes = match part.scheme {
            Some(name) if client.description.scheme(name).is_none() => {
                return Err(format!("the document has no security scheme `{name}`"));
            }
            Some(name) => vec![name],
            None => {
                let fitting = client.description.schemes.iter().filter(|scheme| (part.kind.fits)(&scheme.kind));
                fitting.map(|scheme| scheme.name).collect()
            }
        };
        let layer = (part.kind.set_up)(part.clone(), client)?;
        Ok(Self { schemes, is_named: part.scheme.is_some(), layer })
    }

    fn is_for(&self, names: &[&str]) -> bool {
        self.schemes.iter().any(|scheme| names.contains(scheme))
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
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
