//! Who calls.

use std::fmt;
use std::marker::PhantomData;

use super::kind::Part;
use super::{Secret, chain};
use crate::error::{Error, Failure};
use crate::scheme::SchemeKind;
use crate::service::{Description, Service};

/// Who calls the service `S`, and where that is known from. `Debug` shows the kind and the source, and nothing else.
pub struct Credentials<S> {
    given: Given,
    service: PhantomData<fn() -> S>,
}

/// Credentials with what is known of them.
#[derive(Clone)]
pub(crate) struct Given {
    pub(super) parts: Vec<Part>,
    pub(super) source: String,
    /// Where the source says that the service is.
    pub(super) base_url: Option<String>,
    pub(super) passed_over: Vec<String>,
}

impl<S: Service> Credentials<S> {
    /// A service account: OAuth 2.0 client credentials (RFC 6749 section 4.4). A token is got when the first request
    /// needs one, kept, and renewed before it expires.
    pub fn service_account(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::explicit(Part::service_account(id.into(), secret.into()))
    }

    /// An API key: HTTP digest authentication (RFC 7616) with the public part as user name and the private part as
    /// password.
    pub fn api_key(public: impl Into<String>, private: impl Into<Secret>) -> Self {
        Self::explicit(Part::api_key(public.into(), private.into()))
    }

    /// A ready access token, sent as it is (RFC 6750) and never renewed.
    pub fn access_token(token: impl Into<Secret>) -> Self {
        Self::explicit(Part::access_token(token.into()))
    }

    /// A bearer token, sent as it is (RFC 6750): another name of [`access_token`](Self::access_token), for services that
    /// call it so.
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Self::access_token(token)
    }

    /// A user's name and password: HTTP basic authentication (RFC 7617), in UTF-8. Either may be empty.
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::explicit(Part::basic(user.into(), password.into()))
    }

    /// A user's name and password: HTTP digest authentication (RFC 7616).
    pub fn digest(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::api_key(user, password)
    }

    /// A user's name and password that the service changes for a token: OAuth 2.0's password grant (RFC 6749 section 4.3).
    /// The token is got when the first request needs one, kept, and renewed before it expires.
    pub fn password(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::explicit(Part::password(user.into(), password.into()))
    }

    /// A refresh token that some login brought, which the service changes for access tokens as they are needed (RFC 6749
    /// section 6). Where the service sends another refresh token along, that one counts from then on, for as long as the
    /// client lives.
    pub fn refresh_token(token: impl Into<Secret>) -> Self {
        Self::explicit(Part::refresh_token(token.into()))
    }

    /// The key, token or other value that one scheme of the document wants; generated crates have a constructor for each.
    /// For a scheme of HTTP that is neither basic, digest nor bearer: what stands behind its name in `Authorization`.
    pub fn key(scheme: &'static str, key: impl Into<Secret>) -> Self {
        Self::explicit(Part::key_of(S::DESCRIPTION, scheme, key.into()))
    }

    /// The user's name and password that one scheme of the document wants, HTTP basic or digest; generated crates have a
    /// constructor for each.
    pub fn login(scheme: &'static str, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::explicit(Part::login_of(S::DESCRIPTION, scheme, user.into(), password.into()))
    }

    /// These credentials and others: for a service that wants several at once, or one thing here and another there. Each
    /// call is sent with the first alternative of its operation for which everything is there, and with no more.
    #[must_use]
    pub fn and(mut self, others: impl Into<Self>) -> Self {
        let Given { parts, source, base_url, passed_over } = others.into().given;
        let given = &mut self.given;
        given.parts.extend(parts);
        if given.source != source {
            given.source = format!("{} and {source}", given.source);
        }
        given.base_url = given.base_url.take().or(base_url);
        given.passed_over.extend(passed_over);
        self
    }

    /// What a token is asked for (RFC 6749 section 3.3): names with blanks between them. Unless it is set, the service
    /// decides. It has no meaning for what is no [`service_account`](Self::service_account),
    /// [`password`](Self::password) or [`refresh_token`](Self::refresh_token).
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        let scope = scope.into();
        self.given.parts.iter_mut().for_each(|part| part.grant.scope = Some(scope.clone()));
        self
    }

    /// The program that asks for a token in a user's name, where the service knows programs by an id: for
    /// [`password`](Self::password) and [`refresh_token`](Self::refresh_token).
    #[must_use]
    pub fn client_id(mut self, id: impl Into<String>) -> Self {
        let id = id.into();
        self.given.parts.iter_mut().for_each(|part| part.grant.client = Some((id.clone(), None)));
        self
    }

    /// As [`client_id`](Self::client_id), of a program that has a secret too (RFC 6749 section 2.3.1).
    #[must_use]
    pub fn client_secret(mut self, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        let (id, secret) = (id.into(), secret.into());
        let parts = self.given.parts.iter_mut();
        parts.for_each(|part| part.grant.client = Some((id.clone(), Some(secret.clone()))));
        self
    }

    /// The credentials in the environment: an access token if one is set, else a service account, else an API key; the
    /// names are the service's ([`Description::environment`]). To these come the keys and the users of the document's
    /// schemes that have variables of their own ([`SecurityScheme::variables`](crate::SecurityScheme::variables)). Blanks
    /// around a value do not count. The base URL is not part of the credentials; the [`Builder`](crate::Builder) finds it.
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

    fn explicit(part: Part) -> Self {
        let source = "the program".to_owned();
        Self::new(Given { parts: vec![part], source, base_url: None, passed_over: Vec::new() })
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
        write!(formatter, "Credentials({} from {})", self.given.name(), self.given.source)
    }
}

impl Given {
    /// The base URL that the source names, with what to call it.
    pub(crate) fn base_url(&self) -> Option<(String, &str)> {
        Some((format!("the base URL of {}", self.source), self.base_url.as_deref()?))
    }

    /// Finds what cannot be right, before anything is sent. The fault names the field and never its value.
    pub(super) fn check(&self, description: &Description) -> Result<(), String> {
        let fault = self.parts.iter().find_map(|part| part.fault(description.client_id_prefix));
        fault.map_or(Ok(()), |fault| Err(format!("credentials from {}: {fault}", self.source)))
    }

    /// What they are called: never what they hold.
    pub(super) fn name(&self) -> String {
        let names = self.parts.iter().map(|part| match part.scheme {
            Some(scheme) => format!("{} for {scheme}", part.kind.name),
            None => part.kind.name.to_owned(),
        });
        names.collect::<Vec<_>>().join(" and ")
    }
}

impl Part {
    /// What one scheme of the document wants, given as one text.
    pub(super) fn key_of(description: &Description, scheme: &'static str, key: Secret) -> Self {
        match description.scheme(scheme).map(|scheme| scheme.kind) {
            Some(SchemeKind::Bearer | SchemeKind::OAuth2) => Self { scheme: Some(scheme), ..Self::access_token(key) },
            _ => Self::key(scheme, key),
        }
    }

    /// What one scheme of the document wants, given as a user's name and password.
    pub(super) fn login_of(description: &Description, scheme: &'static str, user: String, password: Secret) -> Self {
        let part = match description.scheme(scheme).map(|scheme| scheme.kind) {
            Some(SchemeKind::Digest) => Self::api_key(user, password),
            Some(SchemeKind::OAuth2) => Self::password(user, password),
            _ => Self::basic(user, password),
        };
        Self { scheme: Some(scheme), ..part }
    }
}
