//! Answers that tests make up.

use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use http::header::CONTENT_TYPE;
use serde::Serialize;

use crate::codec::encode;
use crate::transport::{Body, Chunks, TransportError};

/// What a [`Script`](super::Script) answers to a request.
///
/// ```
/// use client_runtime::testing::Answer;
/// use client_runtime::Value;
///
/// let found = Answer::json(200, &Value::from("a user")).header("x-request-id", "7");
/// let deleted = Answer::status(204);
/// let page = Answer::status(503).header("content-type", "text/html").body("<h1>later</h1>");
/// ```
#[derive(Clone, Debug)]
#[must_use = "an answer is given to an expectation"]
pub struct Answer(Outcome, Duration);

#[derive(Clone, Debug)]
enum Outcome {
    Answered(Reply),
    NoConnection,
    BrokenOff,
}

#[derive(Clone, Debug)]
struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Bytes,
    is_cut: bool,
    fault: Option<String>,
}

impl Answer {
    /// A status, and nothing else.
    pub fn status(status: u16) -> Self {
        let reply = Reply { status, headers: Vec::new(), body: Bytes::new(), is_cut: false, fault: None };
        Self(Outcome::Answered(reply), Duration::ZERO)
    }

    /// A value as JSON: one of the operation's, or with an error's status one of the service's errors.
    pub fn json<T: Serialize + ?Sized>(status: u16, value: &T) -> Self {
        let answer = Self::status(status).header(CONTENT_TYPE.as_str(), "application/json");
        match encode(value) {
            Ok(body) => answer.body(body),
            Err(error) => answer.change(|reply| reply.fault = Some(error.to_string())),
        }
    }

    /// No connection can be made, so that nothing was sent.
    pub fn no_connection() -> Self {
        Self(Outcome::NoConnection, Duration::ZERO)
    }

    /// The connection breaks off before the answer; the service may have acted.
    pub fn broken_off() -> Self {
        Self(Outcome::BrokenOff, Duration::ZERO)
    }

    /// Adds a header.
    pub fn header(self, name: &str, value: &str) -> Self {
        self.change(|reply| reply.headers.push((name.to_owned(), value.to_owned())))
    }

    /// Sets the body.
    pub fn body(self, body: impl Into<Bytes>) -> Self {
        self.change(|reply| reply.body = body.into())
    }

    /// Has the connection break off at the end of the body, which thereby is none.
    pub fn cut_short(self) -> Self {
        self.change(|reply| reply.is_cut = true)
    }

    /// Has it come after a while, rather than at once.
    pub fn after(self, wait: Duration) -> Self {
        Self(self.0, wait)
    }

    fn change(mut self, change: impl FnOnce(&mut Reply)) -> Self {
        if let Outcome::Answered(reply) = &mut self.0 {
            change(reply);
        }
        self
    }

    /// Gives it.
    pub(super) async fn give(self) -> Result<Response<Body>, TransportError> {
        if !self.1.is_zero() {
            tokio::time::sleep(self.1).await;
        }
        match self.0 {
            Outcome::NoConnection => Err(TransportError::connect("the test makes no connection")),
            Outcome::BrokenOff => Err(TransportError::new("the test broke off the connection")),
            Outcome::Answered(reply) => reply.give(),
        }
    }
}

impl Reply {
    fn give(self) -> Result<Response<Body>, TransportError> {
        if let Some(fault) = self.fault {
            return Err(TransportError::refused(format!("the test's answer cannot be written: {fault}")));
        }
        let body = match self.is_cut {
            true => Body::new(Cut(Some(self.body).filter(|body| !body.is_empty()))),
            false => self.body.into(),
        };
        let headers = self.headers.into_iter();
        let answer =
            headers.fold(Response::builder().status(self.status), |answer, (name, value)| answer.header(name, value));
        answer.body(body).map_err(|error| TransportError::refused(format!("the test's answer is none: {error}")))
    }
}

/// A body that breaks off.
struct Cut(Option<Bytes>);

impl Chunks for Cut {
    fn poll_chunk(&mut self, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let end = || TransportError::new("the test broke off the answer");
        Poll::Ready(Some(self.0.take().ok_or_else(end)))
    }
}
