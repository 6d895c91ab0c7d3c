//! Answers whose bodies are read as they come.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::codec::Decode;
use crate::core::Core;
use crate::error::{Error, ErrorKind, Failure};
use crate::execute::{broken_off, within};
use crate::operation::Operation;
use crate::response::Reply;
use crate::transport::{Body, BodyError, Gathered, TransportError};

/// An answer whose body is read as it comes: a file, a table, a stream of events. `E` is the service's error body.
///
/// Nothing is read ahead: while no piece is asked for, the service has to wait. No limit holds for the whole, neither of
/// time nor of size; only the next piece must come within the client's
/// [`attempt_timeout`](crate::Builder::attempt_timeout). A body that ends too early is an error and never looks like a
/// short one. The body is what the service sent: what it compressed stays so.
pub struct Download<E> {
    stream: Box<Stream>,
    error_body: PhantomData<fn() -> E>,
}

/// A download without the type of its errors.
pub(crate) struct Stream {
    operation: &'static Operation,
    /// Status and headers, with an empty body.
    head: Reply,
    /// What is left of the body; none after its end.
    body: Option<Body>,
    /// Why no more comes.
    failure: Option<Box<Failure>>,
    /// How long a piece may take.
    idle: Duration,
    /// How large a whole body may be.
    limit: usize,
}

impl<E: Decode> Download<E> {
    pub(crate) fn new(stream: Stream) -> Self {
        Self { stream: Box::new(stream), error_body: PhantomData }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.stream.head.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.stream.head.headers
    }

    /// The next piece of the body, as large as it came; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the body breaks off, or nothing comes for too long. From then on this error comes again.
    pub async fn next_chunk(&mut self) -> Result<Option<Bytes>, Error<E>> {
        self.stream.next().await.map_err(Error::new)
    }

    /// What is left of the body.
    ///
    /// # Errors
    ///
    /// When the body breaks off, nothing comes for too long, or the rest is larger than the client's
    /// [`response_limit`](crate::Builder::response_limit).
    pub async fn bytes(mut self) -> Result<Bytes, Error<E>> {
        self.stream.rest().await.map_err(Error::new)
    }

    /// What is left of the body, which is text in UTF-8.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes); and when it is no UTF-8.
    pub async fn text(mut self) -> Result<String, Error<E>> {
        let bytes = self.stream.rest().await.map_err(Error::new)?;
        String::from_utf8(bytes.into()).map_err(|error| {
            let message = format!("{}: the answer is not text in UTF-8", self.status());
            let failure = Failure::new(ErrorKind::Decode, message).because(error.utf8_error());
            Error::new(self.stream.fault(failure, error.into_bytes().into()))
        })
    }
}

impl Stream {
    pub(crate) fn new(core: &Core, operation: &'static Operation, head: Reply, body: Body) -> Self {
        Self {
            operation,
            head,
            body: Some(body),
            failure: None,
            idle: core.timeouts().attempt,
            limit: core.response_limit(),
        }
    }

    async fn next(&mut self) -> Result<Option<Bytes>, Box<Failure>> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let Some(body) = &mut self.body else {
            return Ok(None);
        };
        let work = async { body.chunk().await.transpose().map_err(stopped) };
        let next = within(self.idle, "the next piece of the answer", work).await;
        let failure = match next {
            Ok(Some(chunk)) => return Ok(Some(chunk)),
            Ok(None) => None,
            Err(failure) => Some(self.fault(failure, Bytes::new())),
        };
        // The connection is not held any longer.
        self.body = None;
        self.failure = failure.clone();
        failure.map_or(Ok(None), Err)
    }

    async fn rest(&mut self) -> Result<Bytes, Box<Failure>> {
        let mut gathered = Gathered::default();
        loop {
            match self.next().await {
                Ok(None) => return Ok(gathered.finish()),
                Ok(Some(chunk)) if gathered.has_room(&chunk, self.limit) => gathered.push(chunk),
                Ok(Some(_)) => {
                    let failure = broken_off(BodyError::TooLarge(self.limit));
                    return Err(self.fault(failure, gathered.finish()));
                }
                Err(failure) => return Err(self.fault(failure, gathered.finish())),
            }
        }
    }

    /// Adds what is known to a failure.
    fn fault(&self, failure: Box<Failure>, body: Bytes) -> Box<Failure> {
        let reply = Reply { body, ..self.head.clone() };
        failure.with_reply(reply).during(self.operation.id)
    }
}

fn stopped(error: TransportError) -> Box<Failure> {
    broken_off(BodyError::Transport(error))
}

/// Shows status and headers only.
impl<E> fmt::Debug for Download<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Download")
            .field("operation", &self.stream.operation.id)
            .field("status", &self.stream.head.status)
            .field("headers", &self.stream.head.headers)
            .finish_non_exhaustive()
    }
}
