//! What carries requests.

mod body;
#[cfg(feature = "reqwest")]
mod reqwest;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

pub use self::body::{Body, Chunks};
pub(crate) use self::body::{BodyError, Gathered};
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
use crate::call::BoxFuture;

/// Carries one request and brings its answer.
///
/// A transport follows no redirects, keeps no cookies, repeats no request that may have reached the service, and has no
/// timeout for the whole exchange: the layers above see to these. It may reuse connections.
///
/// The headers that carry secrets are marked sensitive ([`HeaderValue::is_sensitive`](http::HeaderValue::is_sensitive)).
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends the request and waits for the answer's status and headers; its body comes with the [`Body`].
    ///
    /// # Errors
    ///
    /// When no answer came. [`TransportError::connect`] says that certainly nothing was sent.
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request)
    }
}

/// Why a transport brought no answer, or not the whole of it.
#[derive(Debug)]
pub struct TransportError {
    is_connect: bool,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// The exchange broke off; the request may have reached the service.
    pub fn new(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { is_connect: false, source: source.into() }
    }

    /// No connection was made, so that nothing was sent.
    pub fn connect(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { is_connect: true, source: source.into() }
    }

    /// Whether nothing was sent, because no connection was made.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.is_connect
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
