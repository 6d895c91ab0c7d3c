//! Answers whose bodies are read as they come.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use tokio::time::{Sleep, sleep};

use crate::codec::Decode;
use crate::core::Core;
use crate::error::{Error, ErrorKind, Failure};
use crate::execute::broken_off;
use crate::operation::Operation;
use crate::response::Reply;
use crate::transport::{Body, BodyError, Chunks, Gathered};

/// An answer whose body is read as it comes: a file, a table, a stream of events. `E` is the service's error body. It is a
/// [`Stream`](futures_core::Stream), which ends after the first error, and has [`next_chunk`](Self::next_chunk).
///
/// Nothing is read ahead: while no piece is asked for, the service has to wait. No limit holds for the whole, neither of
/// time nor of size; only the next piece must come within the client's
/// [`idle_timeout`](crate::Builder::idle_timeout). A body that ends too early is an error and never looks like a
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
    /// What came, and was not wanted yet.
    put_back: Bytes,
    /// What is left of the body; none after its end.
    body: Option<Body>,
    /// Why no more comes.
    failure: Option<Box<Failure>>,
    /// How long a piece may take.
    idle: Duration,
    /// Runs while a piece is waited for, whoever waits: a future that is dropped and made anew gets no new time.
    timer: Option<Pin<Box<Sleep>>>,
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

    /// Gives back a piece, or what was not wanted of it; it comes next.
    #[cfg(feature = "blocking")]
    pub(crate) fn put_back(&mut self, rest: Bytes) {
        self.stream.put_back = rest;
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
    pub(crate) fn new(core: &Core, operation: &'static Operation, idle: Duration, head: Reply, body: Body) -> Self {
        Self {
            operation,
            head,
            put_back: Bytes::new(),
            body: Some(body),
            failure: None,
            idle,
            timer: None,
            limit: core.response_limit(),
        }
    }

    /// Status and headers, with an empty body.
    pub(crate) fn head(&self) -> &Reply {
        &self.head
    }

    /// How large a whole body may be.
    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// Reads no further.
    pub(crate) fn close(&mut self) {
        self.body = None;
    }

    async fn next(&mut self) -> Result<Option<Bytes>, Box<Failure>> {
        poll_fn(|context| self.poll_next(context)).await
    }

    pub(crate) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Box<Failure>>> {
        if !self.put_back.is_empty() {
            return Poll::Ready(Ok(Some(std::mem::take(&mut self.put_back))));
        }
        if let Some(failure) = &self.failure {
            return Poll::Ready(Err(failure.clone()));
        }
        let failure = match ready!(self.poll_body(context)) {
            Ok(Some(chunk)) => return Poll::Ready(Ok(Some(chunk))),
            Ok(None) => None,
            Err(failure) => Some(self.fault(failure, Bytes::new())),
        };
        // The connection is not held any longer.
        self.body = None;
        self.failure = failure.clone();
        Poll::Ready(failure.map_or(Ok(None), Err))
    }

    fn poll_body(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Box<Failure>>> {
        let Some(body) = &mut self.body else {
            return Poll::Ready(Ok(None));
        };
        if let Poll::Ready(next) = body.poll_chunk(context) {
            self.timer = None;
            return Poll::Ready(next.transpose().map_err(|error| broken_off(BodyError::Transport(error))));
        }
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(self.idle)));
        ready!(timer.as_mut().poll(context));
        self.timer = None;
        let message = format!("the next piece of the answer took longer than {:?}", self.idle);
        Poll::Ready(Err(Failure::new(ErrorKind::Timeout, message)))
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
    pub(crate) fn fault(&self, failure: Box<Failure>, body: Bytes) -> Box<Failure> {
        let reply = Reply { body, ..self.head.clone() };
        failure.with_reply(reply).during(self.operation.id)
    }

    /// Shows status and headers only.
    pub(crate) fn debug(&self, name: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct(name)
            .field("operation", &self.operation.id)
            .field("status", &self.head.status)
            .field("headers", &self.head.headers)
            .finish_non_exhaustive()
    }
}

impl<E: Decode> futures_core::Stream for Download<E> {
    type Item = Result<Bytes, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let stream = &mut self.get_mut().stream;
        if stream.failure.is_some() {
            return Poll::Ready(None);
        }
        stream.poll_next(context).map(|next| next.map_err(Error::new).transpose())
    }
}

/// Shows status and headers only.
impl<E> fmt::Debug for Download<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.stream.debug("Download", formatter)
    }
}
