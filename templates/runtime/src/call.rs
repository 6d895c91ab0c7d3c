//! A request ready to be sent, and what its answer is read into.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;

use crate::codec::Decode;
use crate::core::Core;
use crate::download::Download;
use crate::envelope::Unwrap;
use crate::error::{BoxError, Error, Failure};
use crate::execute::execute;
use crate::in_flight::CallOptions;
use crate::observe;
use crate::operation::Operation;
use crate::read;
use crate::request::{Request, RequestBuilder};
use crate::response::{Arrived, Response};
use crate::retry::Retry;

/// A boxed future that may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// How an answer with a success status is read.
pub(crate) type Read<T> = fn(&mut Arrived) -> Result<T, BoxError>;

/// A call: nothing is sent until it is awaited. `T` is what it brings, `E` the service's error body.
///
/// It owns all that it needs, so it can be spawned. Dropping its future gives the call up; whether the service has
/// acted is then unknown.
///
/// What is set here holds for this call alone, in place of what the [`Builder`](crate::Builder) was told.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<T, E> {
    pub(crate) core: Core,
    pub(crate) operation: &'static Operation,
    pub(crate) request: Result<Request, Box<Failure>>,
    pub(crate) options: CallOptions,
    /// What the caller has added to the query, which a link to the next page need not repeat.
    pub(crate) extra_query: Vec<(String, String)>,
    pub(crate) read: Read<T>,
    error_body: PhantomData<fn() -> E>,
}

impl<T, E: Decode> Call<T, E> {
    pub(crate) fn new(request: RequestBuilder, is_streamed: bool, read: Read<T>) -> Self {
        let (core, operation, request) = request.finish(is_streamed);
        Self::of(core, operation, request, read)
    }

    /// A call of a request that is ready, or the fault in it.
    pub(crate) fn of(
        core: Core,
        operation: &'static Operation,
        request: Result<Request, Box<Failure>>,
        read: Read<T>,
    ) -> Self {
        let options = CallOptions::default();
        Self { core, operation, request, options, extra_query: Vec::new(), read, error_body: PhantomData }
    }

    /// Sets how long the call may take in all: authentication, waits and every attempt. The call of a
    /// [`Download`](crate::Download) ends where the body begins.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.total_timeout = Some(timeout);
        self
    }

    /// Sets how long one attempt may take.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options.attempt_timeout = Some(timeout);
        self
    }

    /// Sets how often, and after which waits, the request is sent again.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.options.retry = Some(retry);
        self
    }

    /// Says whether the request may be sent again where nobody knows whether the service has acted, in place of what the
    /// operation's method says.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.options.is_idempotent = Some(idempotent);
        self
    }

    /// Sets a header of the request, in place of one of this name. A name or value that no header may have comes out as
    /// an error before anything is sent.
    ///
    /// An `Authorization` takes the place of the client's credentials: it is sent as it is, whatever the service answers.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.change(|request| request.set_header(name, value));
        self
    }

    /// Adds a parameter to the request's query.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.change(|request| request.add_query(name, value));
        self.extra_query.push((name.to_owned(), value.to_owned()));
        self
    }

    fn change(&mut self, change: impl FnOnce(&mut Request) -> Result<(), String>) {
        if let Ok(request) = &mut self.request
            && let Err(fault) = change(request)
        {
            self.request = Err(Failure::request(fault));
        }
    }

    /// The same request, whose answer is read as it comes, whatever it is.
    pub fn download(self) -> Call<Download<E>, E> {
        let Self { core, operation, mut request, options, extra_query, error_body, .. } = self;
        if let Ok(request) = &mut request {
            request.is_streamed = true;
        }
        Call { core, operation, request, options, extra_query, read: read::download, error_body }
    }

    /// Sends the request; status, headers and body come beside the value.
    ///
    /// # Errors
    ///
    /// Whatever goes wrong; see [`ErrorKind`](crate::ErrorKind).
    pub async fn response(self) -> Result<Response<T>, Error<E>> {
        let Self { core, operation, request, options, read, .. } = self;
        let arrived = match request {
            Ok(request) => execute(&core, &request, options).await,
            Err(failure) => Err(failure.during(operation.id)),
        };
        let mut arrived = arrived.map_err(Error::new)?;
        if !arrived.reply.status.is_success() {
            let failure = Failure::of_reply(arrived.reply, core.description()).after(arrived.attempts);
            return Err(Error::new(failure.during(operation.id)));
        }
        match read(&mut arrived) {
            Ok(value) => Ok(Response::new(arrived, value)),
            Err(error) => {
                let failure = Failure::unreadable(arrived.reply, error, core.description()).after(arrived.attempts);
                observe::failed(&arrived.span, failure.kind);
                Err(Error::new(failure.during(operation.id)))
            }
        }
    }

    /// Sends the request; the answer comes as it is, whatever its status and its body. Retries and sign-in are as ever;
    /// an envelope stays on.
    ///
    /// # Errors
    ///
    /// When no whole answer came.
    pub async fn send_raw(self) -> Result<Response<Bytes>, Error<E>> {
        let Self { core, operation, request, options, .. } = self;
        let arrived = match request {
            Ok(mut request) => {
                request.unwrap = Unwrap::Nothing;
                request.is_streamed = false;
                execute(&core, &request, options).await
            }
            Err(failure) => Err(failure.during(operation.id)),
        };
        let arrived = arrived.map_err(Error::new)?;
        let body = arrived.reply.body.clone();
        Ok(Response::new(arrived, body))
    }
}

impl<T: 'static, E: Decode + 'static> IntoFuture for Call<T, E> {
    type Output = Result<T, Error<E>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.response().await.map(Response::into_value) })
    }
}

/// Bodies are shared, not copied.
impl<T, E> Clone for Call<T, E> {
    fn clone(&self) -> Self {
        Self { core: self.core.clone(), request: self.request.clone(), extra_query: self.extra_query.clone(), ..*self }
    }
}

/// Shows the operation only: parameters and bodies may hold secrets.
impl<T, E> fmt::Debug for Call<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Call").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}
