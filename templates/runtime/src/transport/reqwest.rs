//! The default transport: reqwest over rustls.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::Body as _;
use rustls::RootCertStore;
use rustls_platform_verifier::Verifier;

use super::{Body, Chunks, Transport, TransportError};
use crate::call::BoxFuture;

/// Carries requests with reqwest: connections are kept and reused, HTTP/2 is used where the service offers it, and the
/// system's certificate authorities are trusted.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// Why no certificate can be checked, if so.
    no_certificates: Option<String>,
}

impl ReqwestTransport {
    /// A transport that gives up connecting after `connect_timeout`. `use_proxies`: whether the proxies that the
    /// environment names (`HTTPS_PROXY` and the like) are used; what goes to the machine itself should not pass through
    /// one.
    ///
    /// # Errors
    ///
    /// When reqwest or rustls cannot be set up.
    pub fn new(connect_timeout: Duration, use_proxies: bool) -> Result<Self, TransportError> {
        let (tls, no_certificates) = tls_config().map_err(TransportError::new)?;
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(connect_timeout);
        if !use_proxies {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(TransportError::new)?;
        Ok(Self { client, no_certificates })
    }
}

/// rustls with ring, which a C compiler alone can build. The system's verifier is used because companies add
/// authorities of their own to their systems. A system without authorities can still speak plain http to itself.
fn tls_config() -> Result<(rustls::ClientConfig, Option<String>), rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        rustls::ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions()?;
    let (mut config, fault) = match Verifier::new(provider) {
        Ok(verifier) => {
            let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
            (builder.with_no_client_auth(), None)
        }
        Err(error) => {
            let builder = builder.with_root_certificates(RootCertStore::empty());
            (builder.with_no_client_auth(), Some(error.to_string()))
        }
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok((config, fault))
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let is_https = request.uri().scheme() == Some(&http::uri::Scheme::HTTPS);
            if let Some(fault) = self.no_certificates.as_deref().filter(|_| is_https) {
                return Err(TransportError::connect(fault));
            }
            let request = request.try_into().map_err(transport_error)?;
            let response = self.client.execute(request).await.map_err(transport_error)?;
            Ok(http::Response::<reqwest::Body>::from(response).map(|body| Body::new(Incoming(body))))
        })
    }
}

/// URLs are left out of errors: a query may hold what is not for the eyes of others.
fn transport_error(error: reqwest::Error) -> TransportError {
    match error.is_connect() {
        true => TransportError::connect(error.without_url()),
        false => TransportError::new(error.without_url()),
    }
}

struct Incoming(reqwest::Body);

impl Chunks for Incoming {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            match ready!(Pin::new(&mut self.0).poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(transport_error(error)))),
                // Trailers are of no use here.
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => return Poll::Ready(Some(Ok(data))),
                    Err(_) => continue,
                },
            }
        }
    }
}
