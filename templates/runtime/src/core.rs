//! What every call of a client shares.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::HeaderValue;

use crate::auth::Authenticator;
use crate::codec::Decode;
use crate::error::Error;
use crate::operation::Operation;
use crate::pacing::Pacing;
use crate::request::{Request, RequestBuilder};
use crate::retry::{Budget, Retry};
use crate::server::Places;
use crate::service::{Description, Envelope, ErrorMembers};
use crate::transport::Transport;
use crate::url::BaseUrl;

/// A client's inside: where the service is, how to sign in, what carries requests. Clones are cheap and share
/// everything.
#[derive(Clone)]
pub struct Core(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) description: &'static Description,
    pub(crate) base_url: BaseUrl,
    /// Where operations are called that have servers of their own.
    pub(crate) servers: Places,
    pub(crate) user_agent: HeaderValue,
    pub(crate) authenticator: Authenticator,
    pub(crate) timeouts: Timeouts,
    pub(crate) retry: Retry,
    pub(crate) budget: Budget,
    /// None, where requests are not held back.
    pub(crate) pacing: Option<Pacing>,
    /// The operations whose end was warned of, with their paths.
    pub(crate) warned: Mutex<BTreeSet<String>>,
    pub(crate) response_limit: usize,
    pub(crate) transport: Box<dyn Transport>,
}

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timeouts {
    /// A whole call.
    pub(crate) total: Duration,
    /// One attempt of it.
    pub(crate) attempt: Duration,
    /// From one piece of a streamed body to the next.
    pub(crate) idle: Duration,
}

impl Core {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// Begins a request for an operation.
    pub fn request(&self, operation: &'static Operation) -> RequestBuilder {
        RequestBuilder::new(self.clone(), operation)
    }

    /// Revokes the access token that was got for a service account, if there is one (RFC 7009): for the end of a program.
    /// A service may let an account have so many tokens only, and an unused one is one more that can leak. A call after
    /// this gets a new token.
    ///
    /// # Errors
    ///
    /// When the service could not be asked, or refused. The token then lives until it expires; the client has forgotten
    /// it all the same.
    pub async fn revoke_token<E: Decode>(&self) -> Result<(), Error<E>> {
        self.0.authenticator.revoke(self).await.map_err(Error::new)
    }

    pub(crate) fn base_url(&self) -> &BaseUrl {
        &self.0.base_url
    }

    /// The base URL of an operation's paths.
    pub(crate) fn base_url_of(&self, operation: &Operation) -> Result<&BaseUrl, String> {
        let place = self.0.servers.iter().find(|(server, _)| Some(*server) == operation.server);
        match place {
            None => Ok(&self.0.base_url),
            Some((_, Ok(place))) => Ok(place),
            Some((server, Err(fault))) => Err(format!("the document's server {server} cannot be called: {fault}")),
        }
    }

    pub(crate) fn user_agent(&self) -> &HeaderValue {
        &self.0.user_agent
    }

    pub(crate) fn authenticator(&self) -> &Authenticator {
        &self.0.authenticator
    }

    pub(crate) fn timeouts(&self) -> Timeouts {
        self.0.timeouts
    }

    pub(crate) fn retry(&self) -> Retry {
        self.0.retry
    }

    pub(crate) fn budget(&self) -> &Budget {
        &self.0.budget
    }

    pub(crate) fn pacing(&self) -> Option<&Pacing> {
        self.0.pacing.as_ref()
    }

    /// Whether this is the first time that the end of the operation is warned of. Requests for what the document lacks
    /// are known by their paths; of these there may be any number, so at some point no more are warned of.
    pub(crate) fn is_first_warning(&self, request: &Request) -> bool {
        const MOST: usize = 1000;
        let key = format!("{} {} {}", request.operation.id, request.operation.method, request.template);
        let mut warned = self.0.warned.lock().unwrap_or_else(PoisonError::into_inner);
        warned.len() < MOST && warned.insert(key)
    }

    pub(crate) fn response_limit(&self) -> usize {
        self.0.response_limit
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }

    pub(crate) fn description(&self) -> &'static Description {
        self.0.description
    }

    pub(crate) fn envelope(&self) -> Option<&'static Envelope> {
        self.0.description.envelope.as_ref()
    }

    pub(crate) fn error_members(&self) -> &'static ErrorMembers {
        &self.0.description.error_members
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Core")
            .field("base_url", &format_args!("{}", self.0.base_url))
            .field("credentials", &self.0.authenticator)
            .field("timeouts", &self.0.timeouts)
            .finish_non_exhaustive()
    }
}
