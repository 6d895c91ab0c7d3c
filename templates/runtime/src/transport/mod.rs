//! What carries requests.

mod body;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
mod reqwest;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

pub use self::body::{Body, Chunks};
pub(crate) use self::body::{BodyError, Gathered};
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
pub use self::reqwest::{ReqwestTransport, ReqwestTransportBuilder};
use crate::call::BoxFuture;

/// Carries one request and brings its answer.
///
/// A transport follows no redirects, keeps no cookies, repeats no request that may have reached the service, and has no
/// timeout for the whole exchange: the layers above see to these. It may reuse connections.
///
/// Among the request's extensions is the [`OperationId`], and where credentials stand in the query, as some services want
/// it, the [`SecretQuery`]: then no log should show the URL. The headers that carry secrets are marked sensitive
/// ([`HeaderValue::is_sensitive`](http::HeaderValue::is_sensitive)).
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends the request and waits for the answer's status and headers; its body comes with the [`Body`].
    ///
    /// # Errors
    ///
    /// When no answer came. [`TransportError::connect`] says that certainly nothing was sent.
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// Which operation a request is of: an extension of each request that a [`Transport`] gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OperationId(&'static str);

impl OperationId {
    pub(crate) fn new(id: &'static str) -> Self {
        Self(id)
    }

    /// The operation's id, as [`Operation`](crate::Operation) has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

/// Which parameters of a request's query are credentials: an extension of each request that has such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretQuery(Vec<&'static str>);

impl SecretQuery {
    pub(crate) fn new(names: Vec<&'static str>) -> Self {
        Self(names)
    }

    /// The parameters' names, without escapes.
    #[must_use]
    pub fn names(&self) -> &[&'static str] {
        &self.0
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request)
    }
}

/// Why a transport brought no answer, or not the whole of it.
#[derive(Debug)]
pub struct TransportError {
    stage: Stage,
    source: Box<dyn StdError + Send + Sync>,
}

/// How far an exchange came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Refused,
    Connecting,
    Connected,
}

impl TransportError {
    /// The exchange broke off; the request may have reached the service.
    pub fn new(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { stage: Stage::Connected, source: source.into() }
    }

    /// No connection was made, so that nothing was sent.
    pub fn connect(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { stage: Stage::Connecting, source: source.into() }
    }

    /// The transport does not or cannot send such a request, and will not when asked again.
    pub fn refused(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { stage: Stage::Refused, source: source.into() }
    }

    /// Whether nothing was sent, because no connection was made.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.stage == Stage::Connecting
    }

    /// Whether the transport does not send such a request.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.stage == Stage::Refused
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.source, formatter)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.source()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Unwilling;

    impl Transport for Unwilling {
        fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
            let operation = request.extensions().get::<OperationId>().map_or("none", |id| id.as_str());
            Box::pin(async move { Err(TransportError::refused(operation)) })
        }
    }

    #[tokio::test]
    async fn a_transport_may_be_chosen_at_run_time() {
        async fn send(transport: impl Transport) -> String {
            let mut request = http::Request::new(Body::default());
            request.extensions_mut().insert(OperationId::new("getUser"));
            transport.send(request).await.unwrap_err().to_string()
        }
        let boxed: Box<dyn Transport> = Box::new(Unwilling);
        let shared: Arc<dyn Transport> = Arc::new(Unwilling);
        assert_eq!((send(boxed).await, send(shared).await), ("getUser".to_owned(), "getUser".to_owned()));
    }
}
