//! A request ready to be sent, and what its answer is read into.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

use crate::codec::Decode;
use crate::core::Core;
use crate::error::{BoxError, Error, ErrorKind, Failure};
use crate::execute::execute;
use crate::operation::Operation;
use crate::request::{Request, RequestBuilder};
use crate::response::{Arrived, Reply, Response};

/// A boxed future that may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// How an answer with a success status is read.
pub(crate) type Read<T> = fn(&mut Arrived) -> Result<T, BoxError>;

/// A call: nothing is sent until it is awaited. `T` is what it brings, `E` the service's error body.
///
/// It owns all that it needs, so it can be spawned. Dropping its future gives the call up; whether the service has
/// acted is then unknown.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<T, E> {
    core: Core,
    operation: &'static Operation,
    request: Result<Request, Box<Failure>>,
    timeout: Option<Duration>,
    read: Read<T>,
    error_body: PhantomData<fn() -> E>,
}

impl<T, E: Decode> Call<T, E> {
    pub(crate) fn new(request: RequestBuilder, is_streamed: bool, read: Read<T>) -> Self {
        let (core, operation, request) = request.finish(is_streamed);
        Self { core, operation, request, timeout: None, read, error_body: PhantomData }
    }

    /// Sets how long the call may take in all: authentication, waits and every attempt. It replaces the client's
    /// [`timeout`](crate::Builder::timeout). The call of a [`Download`](crate::Download) ends where the body begins.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sends the request; status and headers come beside the value.
    ///
    /// # Errors
    ///
    /// Whatever goes wrong; see [`ErrorKind`].
    pub async fn response(self) -> Result<Response<T>, Error<E>> {
        let Self { core, operation, request, timeout, read, .. } = self;
        let mut arrived = execute(core, operation, request, timeout).await.map_err(Error::new)?;
        let value = read(&mut arrived);
        let reply = arrived.reply;
        match value {
            Ok(value) => Ok(Response::new(reply.status, reply.headers, value)),
            Err(error) => Err(Error::new(unreadable(operation, reply, error))),
        }
    }
}

impl<T: 'static, E: Decode + 'static> IntoFuture for Call<T, E> {
    type Output = Result<T, Error<E>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.response().await.map(Response::into_value) })
    }
}

/// Shows the operation only: parameters and bodies may hold secrets.
impl<T, E> fmt::Debug for Call<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Call").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

fn unreadable(operation: &'static Operation, reply: Reply, error: BoxError) -> Box<Failure> {
    let message = match reply.body.is_empty() {
        true => format!("{}: the answer has no body", reply.status),
        false => format!("{}: the answer is not what the operation promises", reply.status),
    };
    Failure::new(ErrorKind::Decode, message).because(error).with_reply(reply).during(operation.id)
}
