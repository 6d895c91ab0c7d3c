//! Who calls.

use std::fmt;
use std::marker::PhantomData;

use super::{Secret, SetUp, chain, digest, oauth};
use crate::error::{Error, Failure};
use crate::service::{Description, Service};

/// Who calls the service `S`, and where that is known from. `Debug` shows the kind and the source, and nothing else.
pub struct Credentials<S> {
    given: Given,
    service: PhantomData<fn() -> S>,
}

/// Credentials with what is known of them.
#[derive(Clone)]
pub(crate) struct Given {
    pub(super) kind: CredentialsKind,
    pub(super) source: String,
    /// Where the source says that the service is.
    pub(super) base_url: Option<String>,
    pub(super) passed_over: Vec<String>,
}

/// The kinds of credentials.
#[derive(Clone)]
pub(super) enum CredentialsKind {
    AccessToken(Secret),
    Pair { pair: &'static Pair, id: String, secret: Secret },
}

/// What an id and a secret are. A scheme's code is named here alone, so that a program holds the code of the kinds of
/// credentials that it makes, and no other.
pub(super) struct Pair {
    name: &'static str,
    id: &'static str,
    secret: &'static str,
    pub(super) set_up: SetUp,
}

static SERVICE_ACCOUNT: Pair =
    Pair { name: "service account", id: CLIENT_ID, secret: "client secret", set_up: oauth::set_up };

static API_KEY: Pair = Pair {
    name: "API key",
    id: "public part of the API key",
    secret: "private part of the API key",
    set_up: digest::set_up,
};

impl<S: Service> Credentials<S> {
    /// A service account: OAuth 2.0 client credentials (RFC 6749 section 4.4). A token is got when the first request
    /// needs one, kept, and renewed before it expires.
    pub fn service_account(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::explicit(CredentialsKind::service_account(id.into(), secret.into()))
    }

    /// An API key: HTTP digest authentication (RFC 7616) with the public part as user name and the private part as
    /// password.
    pub fn api_key(public: impl Into<String>, private: impl Into<Secret>) -> Self {
        Self::explicit(CredentialsKind::api_key(public.into(), private.into()))
    }

    /// A ready access token, sent as it is (RFC 6750) and never renewed.
    pub fn access_token(token: impl Into<Secret>) -> Self {
        Self::explicit(CredentialsKind::AccessToken(token.into()))
    }

    /// The credentials in the environment: an access token if one is set, else a service account, else an API key; the
    /// names are the service's ([`Description::environment`]). Blanks around a value do not count. The base URL is not
    /// part of the credentials; the [`Builder`](crate::Builder) finds it.
    ///
    /// # Errors
    ///
    /// When none is set, or only half of a pair; the error names the variables.
    pub fn from_env() -> Result<Self, Error<S::ErrorBody>> {
        Self::found(chain::from_environment(S::DESCRIPTION, chain::process_environment))
    }

    /// The credentials in the environment, as [`from_env`](Self::from_env) finds them; else those of a profile that
    /// another program of the service keeps ([`Description::profiles`], under the feature `profiles`). A file may be
    /// read, which takes a moment.
    ///
    /// The profile is the one that its environment variable names; else the usual one; else the only one. Its service
    /// account goes before its API key, and that before its access token, which is from some past login. Where the
    /// profile says where the service is, its credentials go there and nowhere else, unless the caller sets
    /// [`Builder::base_url`](crate::Builder::base_url). A profile's base URL is used for its own credentials alone.
    ///
    /// [`source`](Self::source) tells what was found, and [`passed_over`](Self::passed_over) why nothing else was.
    ///
    /// # Errors
    ///
    /// When there are none; the error says of every source why.
    pub fn find() -> Result<Self, Error<S::ErrorBody>> {
        Self::found(chain::find(S::DESCRIPTION, chain::process_environment))
    }

    fn explicit(kind: CredentialsKind) -> Self {
        let source = "the program".to_owned();
        Self::new(Given { kind, source, base_url: None, passed_over: Vec::new() })
    }

    fn found(found: Result<Given, String>) -> Result<Self, Error<S::ErrorBody>> {
        found.map(Self::new).map_err(|message| Error::new(Failure::configuration(message)))
    }

    fn new(given: Given) -> Self {
        Self { given, service: PhantomData }
    }
}

impl<S> Credentials<S> {
    /// Where they come from: the program itself, the names of environment variables, or a profile and its file.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.given.source
    }

    /// Of every source that was looked at, or could have been: why these credentials are not from there.
    #[must_use]
    pub fn passed_over(&self) -> &[String] {
        &self.given.passed_over
    }

    pub(crate) fn given(&self) -> &Given {
        &self.given
    }
}

impl<S> Clone for Credentials<S> {
    fn clone(&self) -> Self {
        Self { given: self.given.clone(), service: PhantomData }
    }
}

impl<S> fmt::Debug for Credentials<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Credentials({} from {})", self.given.kind.name(), self.given.source)
    }
}

impl Given {
    /// The base URL that the source names, with what to call it.
    pub(crate) fn base_url(&self) -> Option<(String, &str)> {
        Some((format!("the base URL of {}", self.source), self.base_url.as_deref()?))
    }

    /// Finds what cannot be right, before anything is sent. The fault names the field and never its value.
    pub(super) fn check(&self, description: &Description) -> Result<(), String> {
        let prefix = description.client_id_prefix;
        let fault = self.kind.fields().into_iter().find_map(|(field, text)| fault(field, text, prefix));
        fault.map_or(Ok(()), |fault| Err(format!("credentials from {}: {fault}", self.source)))
    }
}

const CLIENT_ID: &str = "client id";

impl CredentialsKind {
    pub(super) fn service_account(id: String, secret: Secret) -> Self {
        Self::Pair { pair: &SERVICE_ACCOUNT, id, secret }
    }

    pub(super) fn api_key(public: String, private: Secret) -> Self {
        Self::Pair { pair: &API_KEY, id: public, secret: private }
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::AccessToken(_) => "access token",
            Self::Pair { pair, .. } => pair.name,
        }
    }

    fn fields(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::AccessToken(token) => vec![("access token", token.expose())],
            Self::Pair { pair, id, secret } => vec![(pair.id, id.as_str()), (pair.secret, secret.expose())],
        }
    }
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
        return Some(format!("the {field} has line ends or other control characters in it"));
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
