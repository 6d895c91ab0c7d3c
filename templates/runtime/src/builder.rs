//! Making a client.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Mutex;
use std::time::Duration;

use http::HeaderValue;

use crate::auth::{Authenticator, Credentials, Surroundings, first_set, process_environment};
use crate::core::{Core, Inner, Timeouts};
use crate::error::{Error, Failure};
use crate::pacing::Pacing;
use crate::retry::{Budget, Retry};
use crate::server::Settings;
use crate::service::Service;
use crate::transport::Transport;
use crate::url::BaseUrl;

/// How long connecting may take unless the caller says otherwise.
const CONNECT: Duration = Duration::from_secs(10);
/// How long one attempt may take unless the caller says otherwise.
const ATTEMPT: Duration = Duration::from_secs(60);
/// How long a call may take in all unless the caller says otherwise.
const TOTAL: Duration = Duration::from_secs(300);
/// How long the next piece of a streamed body may take unless the caller says otherwise.
const IDLE: Duration = Duration::from_secs(60);
/// How many bytes an answer may have unless the caller says otherwise.
const RESPONSE_LIMIT: usize = 256 << 20;

/// Makes a client of the service `S`.
///
/// The base URL is the one given to [`base_url`](Self::base_url); else the one of the profile that the credentials come
/// from; else the one in the environment, if one of the service's variables ([`Description::environment`]) is set; else
/// the one that the document names, with its [variables](Self::server_variable). A profile and an environment that name different ones are an error: credentials shall
/// not go where they do not belong.
///
/// [`Description::environment`]: crate::Description::environment
#[must_use = "a builder does nothing until it is built"]
pub struct Builder<S> {
    credentials: Option<Credentials<S>>,
    base_url: Option<String>,
    servers: Settings,
    user_agent: Option<String>,
    timeouts: Timeouts,
    connect_timeout: Duration,
    retry: Retry,
    pacing: bool,
    response_limit: usize,
    transport: Option<Box<dyn Transport>>,
    service: PhantomData<fn() -> S>,
}

impl<S: Service> Builder<S> {
    /// A builder with everything at its usual value, and no credentials.
    pub fn new() -> Self {
        Self {
            credentials: None,
            base_url: None,
            servers: Settings::default(),
            user_agent: None,
            timeouts: Timeouts { total: TOTAL, attempt: ATTEMPT, idle: IDLE },
            connect_timeout: CONNECT,
            retry: Retry::new(),
            pacing: true,
            response_limit: RESPONSE_LIMIT,
            transport: None,
            service: PhantomData,
        }
    }

    /// Who calls. Without credentials requests go out without.
    pub fn credentials(mut self, credentials: impl Into<Credentials<S>>) -> Self {
        self.credentials = Some(credentials.into());
        self
    }

    /// Where the service is: an `https` URL, or a plain `http` one of the machine itself (`localhost`, 127.0.0.0/8,
    /// `::1`). A path in it stands before every operation's. OAuth tokens come from there too.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// A variable of the URLs that the document has for its servers, such as a region. Of no use for the base URL where one
    /// is given.
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.servers.set_variable(name.into(), value.into());
        self
    }

    /// Where one of the servers is that only some operations have ([`Service::SERVERS`]), by its URL in the document. What
    /// holds for a [`base_url`](Self::base_url) holds for it too.
    ///
    /// Usually such a server is where the document says, with the client's credentials. But a base URL of one's own stands
    /// for it too: a test against a server of its own, or a gateway, shall see every request, and none shall go past it.
    pub fn server(mut self, server: impl Into<String>, url: impl Into<String>) -> Self {
        self.servers.set_place(server.into(), url.into());
        self
    }

    /// The calling program's product for `User-Agent`, such as `my-program/1.2`; it goes before the client's own.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// How long a call may take in all: authentication, waits and every attempt. Usually 5 minutes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.total = timeout;
        self
    }

    /// How long one attempt of a call may take, from connecting to the last byte of the answer. Usually 60 seconds. Of a
    /// [`Download`](crate::Download): to its first byte.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.attempt = timeout;
        self
    }

    /// How long the next piece of a [`Download`](crate::Download) may take. Usually 60 seconds.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.idle = timeout;
        self
    }

    /// How often, and after which waits, requests are sent again. Usually as [`Retry::new`] says.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Whether requests are held back while the service says that it takes no more (`RateLimit-Remaining: 0`), rather
    /// than sent and refused. Usually they are.
    pub fn pacing(mut self, pacing: bool) -> Self {
        self.pacing = pacing;
        self
    }

    /// How long connecting may take, TLS included. Usually 10 seconds. A [`transport`](Self::transport) of your own has
    /// its own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How many bytes an answer may have that is read whole, and an event or a line of one that is not; a larger one is an
    /// error. Usually 256 MiB.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// What carries the requests, in place of the default.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// Of the kind [`Configuration`](crate::ErrorKind::Configuration), when the base URL, the credentials or the user
    /// agent cannot be used, or the default transport cannot be set up.
    pub fn build(self) -> Result<S, Error<S::ErrorBody>> {
        self.core().map(S::from_core).map_err(Error::new)
    }

    fn core(self) -> Result<Core, Box<Failure>> {
        // tokio's would panic there.
        if cfg!(all(target_family = "wasm", target_os = "unknown")) {
            return Err(Failure::configuration("calls need a clock and timers, which this platform does not have"));
        }
        let description = S::DESCRIPTION;
        self.servers.check(S::SERVER, S::SERVERS).map_err(Failure::configuration)?;
        let (base_url, is_given) = self.find_base_url()?;
        // A profile may name the document's own.
        let is_own = is_given && self.documents_base_url().ok().as_ref() != Some(&base_url);
        let servers = self.servers.places(S::SERVERS, &base_url, is_own).map_err(Failure::configuration)?;
        let user_agent = user_agent(self.user_agent, description.user_agent)?;
        let credentials = self.credentials.as_ref().map(Credentials::given);
        let surroundings =
            Surroundings { base_url: &base_url, description, refresh_url: S::REFRESH_URL, user_agent: &user_agent };
        let authenticator = Authenticator::new(credentials, &surroundings).map_err(Failure::configuration)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(self.connect_timeout, &base_url)?,
        };
        Ok(Core::new(Inner {
            description,
            base_url,
            servers,
            user_agent,
            authenticator,
            timeouts: self.timeouts,
            retry: self.retry,
            budget: Budget::default(),
            pacing: self.pacing.then(Pacing::default),
            warned: Mutex::default(),
            response_limit: self.response_limit,
            transport,
        }))
    }

    /// The base URL, and whether someone has given it.
    fn find_base_url(&self) -> Result<(BaseUrl, bool), Box<Failure>> {
        let read = |origin: &str, url: &str| {
            BaseUrl::parse(url).map_err(|fault| Failure::configuration(format!("{origin}: {fault}")))
        };
        if let Some(url) = &self.base_url {
            return Ok((read("the base URL", url)?, true));
        }
        let set = first_set(S::DESCRIPTION.environment.base_url, process_environment);
        let set = set.map(|(name, url)| read(&format!("the base URL in {name}"), &url)).transpose()?;
        let own = self.credentials.as_ref().and_then(|credentials| credentials.given().base_url());
        let own = own.map(|(origin, url)| read(&origin, url).map(|url| (url, origin))).transpose()?;
        match (own, set) {
            (Some((own, origin)), Some(set)) if own != set => Err(Failure::configuration(format!(
                "{origin} is {own}, and the environment says {set}; give the builder the one that is meant"
            ))),
            (Some((url, _)), _) | (None, Some(url)) => Ok((url, true)),
            (None, None) => Ok((self.documents_base_url()?, false)),
        }
    }

    /// The one that the document names.
    fn documents_base_url(&self) -> Result<BaseUrl, Box<Failure>> {
        let filled = S::SERVER.map(|server| self.servers.fill(server));
        let url = match (&filled, S::DESCRIPTION.base_url) {
            (Some(path), None) if path.starts_with('/') => {
                return Err(Failure::configuration(format!(
                    "no base URL was given, and the document names only the path {path}: give the builder the URL of the \
                     host with that path, such as https://host.example{path}"
                )));
            }
            (Some(url), _) => url,
            (None, Some(url)) => url,
            (None, None) => return Err(Failure::configuration("no base URL was given, and the document names none")),
        };
        BaseUrl::parse(url).map_err(|fault| Failure::configuration(format!("the document's base URL: {fault}")))
    }
}

fn user_agent(program: Option<String>, client: &str) -> Result<HeaderValue, Box<Failure>> {
    let text = match program {
        Some(program) => format!("{program} {client}"),
        None => client.to_owned(),
    };
    HeaderValue::try_from(text).map_err(|_| Failure::configuration("the user agent holds what no header may hold"))
}

#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
fn default_transport(connect_timeout: Duration, base_url: &BaseUrl) -> Result<Box<dyn Transport>, Box<Failure>> {
    // What goes to the machine itself may be plain http, so no proxy may see it.
    let transport = crate::transport::ReqwestTransport::builder().connect_timeout(connect_timeout);
    match transport.proxies_from_env(!base_url.is_loopback).build() {
        Ok(transport) => Ok(Box::new(transport)),
        Err(error) => Err(Failure::configuration("the transport cannot be set up").because(error)),
    }
}

#[cfg(not(all(feature = "reqwest", not(target_family = "wasm"))))]
fn default_transport(_: Duration, _: &BaseUrl) -> Result<Box<dyn Transport>, Box<Failure>> {
    Err(Failure::configuration("no transport was given; the default one has the feature `reqwest`, and none for wasm"))
}

impl<S: Service> Default for Builder<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> fmt::Debug for Builder<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is left out: until it has been checked it may hold a password.
        formatter
            .debug_struct("Builder")
            .field("credentials", &self.credentials)
            .field("timeouts", &self.timeouts)
            .field("connect_timeout", &self.connect_timeout)
            .finish_non_exhaustive()
    }
}
