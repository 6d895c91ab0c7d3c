//! What can go wrong with a call.

mod attempt;
mod excerpt;
mod failure;
mod members;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub use self::attempt::Attempt;
pub(crate) use self::failure::{BoxError, Failure};
pub use self::members::FieldError;
pub(crate) use self::members::Members;
use crate::codec::{Decode, DecodeError, decode};

/// Why a call, or the making of a client, failed. `B` is the type that the service's error answers share.
///
/// It is one pointer in size. `{}` writes one line: the operation, the status, the service's code and detail, and how many
/// attempts there were; `{:#}` writes the causes too. The body is never written, as it may hold anything; ask
/// [`body`](Self::body) for it, or [`excerpt`](Self::excerpt).
pub struct Error<B>(Box<Inner<B>>);

struct Inner<B> {
    failure: Box<Failure>,
    api: Option<B>,
}

/// What kind of failure an [`Error`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be made: a bad base URL, credentials that are missing or cannot be used.
    Configuration,
    /// The request cannot be written, or the transport takes no such request; nothing was sent.
    Request,
    /// No token could be got for the request, which was not sent. The status and body are the token endpoint's.
    Authentication,
    /// No connection could be made; the request was not sent.
    Connect,
    /// The connection broke off, before the answer or in it. The service may have acted.
    Transport,
    /// The time ran out. The service may have acted.
    Timeout,
    /// The service answered with an error status.
    Service,
    /// The service answered with a redirect; none is followed.
    Redirect,
    /// The answer is larger than the client's limit, or a list has more elements than were wanted.
    TooLarge,
    /// The service answered with success, and a body that is not what the operation promises.
    Decode,
    /// The next page of a list cannot be asked for: its link leads to another origin, or to a page that came before.
    Paging,
    /// What was waited for has failed, as the state in the last answer says.
    WaitFailed,
}

impl<B> Error<B> {
    /// Adds the typed body of the service's own errors.
    pub(crate) fn new(failure: Box<Failure>) -> Self
    where
        B: Decode,
    {
        // What a token endpoint answers has shapes of its own.
        let is_services = failure.kind == ErrorKind::Service;
        let api = failure.reply.as_ref().filter(|_| is_services).and_then(|reply| decode(&reply.body).ok());
        Self(Box::new(Inner { failure, api }))
    }

    pub(crate) fn failure(&self) -> &Failure {
        &self.0.failure
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.failure().kind
    }

    /// The operation's id, if the failure is one operation's.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.failure().operation
    }

    /// The service's error body, where the answer is one.
    #[must_use]
    pub fn api(&self) -> Option<&B> {
        self.0.api.as_ref()
    }

    /// The service's error body, where the answer is one.
    #[must_use]
    pub fn into_api(self) -> Option<B> {
        self.0.api
    }

    /// The service's code for the error. It is there even where the rest of the body was not as promised.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.failure().members.code.as_deref()
    }

    /// The service's text about the error.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.failure().members.detail.as_deref()
    }

    /// The fields that the service found faulty.
    #[must_use]
    pub fn field_errors(&self) -> &[FieldError] {
        &self.failure().members.fields
    }

    /// The status, if an answer came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.failure().reply.as_ref().map(|reply| reply.status)
    }

    /// The headers, if an answer came.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.failure().reply.as_ref().map(|reply| &reply.headers)
    }

    /// The body as it came (without its envelope), if an answer came: also where it is not JSON.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.failure().reply.as_ref().map(|reply| &reply.body)
    }

    /// How long the service asked to wait before the next request.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.failure().retry_after
    }

    /// What became of each attempt, in order; the last one is this error. Where no token could be got, the attempts at
    /// that are among them. Empty where nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> &[Attempt] {
        &self.failure().attempts
    }

    /// The headers of the answer that the service's support asks for, by name; which these are is the service's own
    /// ([`Description`](crate::Description)).
    pub fn trace_headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.failure().trace.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// Where in the JSON body of an answer, and why, reading failed.
    #[must_use]
    pub fn decode_error(&self) -> Option<&DecodeError> {
        self.failure().source.as_deref()?.downcast_ref()
    }

    /// What stands around the place where reading the JSON body failed, cut short. Every text in it is shown as `"…"`, so
    /// that it can go into a log.
    #[must_use]
    pub fn excerpt(&self) -> Option<String> {
        let (error, body) = (self.decode_error()?, self.body()?);
        Some(excerpt::around(body, error.line(), error.column()))
    }

    /// Whether the service answered 404 to the operation.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.kind() == ErrorKind::Service && self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the service, or its token endpoint, still answered 429 after the client had waited as it was told.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the time ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }
}

impl<B> fmt::Display for Error<B> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.failure(), formatter)
    }
}

/// `{:?}` is what `{:#}` shows, for a program whose `main` returns the error; `{:#?}` shows every part but the body, of
/// which it says only how long it is, and whether the service's own error was read from it.
impl<B> fmt::Debug for Error<B> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !formatter.alternate() {
            return write!(formatter, "{:#}", self.failure());
        }
        formatter
            .debug_struct("Error")
            .field("failure", self.failure())
            .field("has_api", &self.0.api.is_some())
            .finish()
    }
}

impl<B> StdError for Error<B> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        StdError::source(self.failure())
    }
}
