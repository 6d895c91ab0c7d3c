//! Answers: as they come, and as callers get them.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::download::Stream;

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
}

impl From<Reply> for Arrived {
    fn from(reply: Reply) -> Self {
        Self { reply, stream: None }
    }
}

/// A value with the status and the headers that came with it.
#[derive(Clone, Debug)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    value: T,
}

impl<T> Response<T> {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, value: T) -> Self {
        Self { status, headers, value }
    }

    /// The status. Of an answer in an envelope: the status inside.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value alone.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }
}
