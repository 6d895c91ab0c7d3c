//! What every call of a client shares.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::auth::Authenticator;
use crate::operation::Operation;
use crate::request::RequestBuilder;
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
    pub(crate) user_agent: HeaderValue,
    pub(crate) authenticator: Authenticator,
    pub(crate) timeouts: Timeouts,
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
}

impl Core {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// Begins a request for an operation.
    pub fn request(&self, operation: &'static Operation) -> RequestBuilder {
        RequestBuilder::new(self.clone(), operation)
    }

    pub(crate) fn base_url(&self) -> &BaseUrl {
        &self.0.base_url
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

    pub(crate) fn response_limit(&self) -> usize {
        self.0.response_limit
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
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
