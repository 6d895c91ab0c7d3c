//! Answers: as they come, and as callers get them.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use tracing::Span;

use crate::download::Stream;
use crate::error::Attempt;

/// An answer with its body read, and taken out of its envelope.
#[derive(Clone)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// An answer whose body may still be on its way.
pub(crate) struct Arrived {
    pub(crate) reply: Reply,
    /// The body of a success that the caller reads.
    pub(crate) stream: Option<Stream>,
    /// What became of each attempt; the last one brought this.
    pub(crate) attempts: Vec<Attempt>,
    /// The span of the call, for what goes wrong when the answer is read.
    pub(crate) span: Span,
}

impl From<Reply> for Arrived {
    fn from(reply: Reply) -> Self {
        Self { reply, stream: None, attempts: Vec::new(), span: Span::none() }
    }
}

/// A value with the answer that brought it: its status, its headers, its body.
#[derive(Clone)]
pub struct Response<T> {
    reply: Reply,
    attempts: Vec<Attempt>,
    value: T,
}

impl<T> Response<T> {
    pub(crate) fn new(arrived: Arrived, value: T) -> Self {
        Self { reply: arrived.reply, attempts: arrived.attempts, value }
    }

    /// The status. Of an answer in an envelope: the status inside.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.reply.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.reply.headers
    }

    /// The body as it came, without its envelope. Empty where it is read as it comes.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.reply.body
    }

    /// What became of each attempt, in order; the last one brought this answer.
    #[must_use]
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    pub(crate) fn reply(&self) -> &Reply {
        &self.reply
    }

    pub(crate) fn value_mut(&mut self) -> &mut T {
        &mut self.value
    }

    /// The value alone.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }
}

/// Leaves out the body, and the value that was read from it: they may hold secrets.
impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut output = formatter.debug_struct("Response");
        output.field("status", &self.reply.status).field("headers", &self.reply.headers);
        output.field("body_length", &self.reply.body.len()).field("attempts", &self.attempts).finish_non_exhaustive()
    }
}
