//! The default transport: reqwest over rustls.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
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
    /// Begins a transport: connecting may take ten seconds, and the environment's proxies are used.
    pub fn builder() -> ReqwestTransportBuilder {
        ReqwestTransportBuilder { connect_timeout: Duration::from_secs(10), proxies_from_env: true }
    }

    /// A transport with a reqwest client of your own: other proxies, certificates, TLS versions, HTTP/2 settings. It is
    /// under the feature `custom-reqwest`, because reqwest is not at 1.0 yet; take the `Client` from
    /// [`client_runtime::reqwest`](crate::reqwest), which is the right version.
    ///
    /// What the default client sees to is up to you:
    ///
    /// - Redirects: reqwest follows ten by itself. Where the host changes it takes off `Authorization` and cookies, but no
    ///   other header, and a body may go along. Give it `redirect::Policy::none()`, and a redirect is an error.
    /// - Retries: reqwest sends again what an HTTP/2 server refused unprocessed, which is safe. It should do no more.
    /// - Cookies and decompression: leave them off. A decompressed body has no limit of its own but the client's.
    /// - Timeouts: a connect timeout is of use. Leave `timeout` and `read_timeout` unset; the layers above have theirs.
    /// - Proxies: without `no_proxy()` the environment's count also for plain http to the machine itself.
    #[cfg(feature = "custom-reqwest")]
    #[must_use]
    pub fn from_client(client: reqwest::Client) -> Self {
        Self { client, no_certificates: None }
    }
}

/// Makes a [`ReqwestTransport`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct ReqwestTransportBuilder {
    connect_timeout: Duration,
    proxies_from_env: bool,
}

impl ReqwestTransportBuilder {
    /// How long connecting may take, TLS included. Usually 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Whether the proxies that the environment names (`HTTPS_PROXY` and the like) are used. Usually they are; what goes to
    /// the machine itself should not pass through one.
    pub fn proxies_from_env(mut self, proxies: bool) -> Self {
        self.proxies_from_env = proxies;
        self
    }

    /// Makes the transport. Nothing is sent.
    ///
    /// # Errors
    ///
    /// When reqwest or rustls cannot be set up.
    pub fn build(self) -> Result<ReqwestTransport, TransportError> {
        let (tls, no_certificates) = tls_config().map_err(TransportError::new)?;
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(self.connect_timeout);
        if !self.proxies_from_env {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(TransportError::new)?;
        Ok(ReqwestTransport { client, no_certificates })
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
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let is_https = request.uri().scheme() == Some(&http::uri::Scheme::HTTPS);
            if let Some(fault) = self.no_certificates.as_deref().filter(|_| is_https) {
                // The machine will have none at the next attempt either.
                return Err(TransportError::refused(fault));
            }
            let request = request
                .map(outgoing)
                .try_into()
                .map_err(|error: reqwest::Error| TransportError::refused(error.without_url()))?;
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

fn outgoing(body: Body) -> reqwest::Body {
    match body.whole() {
        Some(bytes) => bytes.clone().into(),
        None => reqwest::Body::wrap(Outgoing(Mutex::new(body))),
    }
}

/// A body on its way out. The lock is never waited for: it only lets the body be shared, as reqwest demands.
struct Outgoing(Mutex<Body>);

impl HttpBody for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let body = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        body.poll_chunk(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        let body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        body.length().map_or_else(SizeHint::default, SizeHint::with_exact)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_machine_without_certificate_authorities_is_not_asked_again() {
        let transport = ReqwestTransport::builder().build().unwrap();
        let transport = ReqwestTransport { no_certificates: Some("no authorities".to_owned()), ..transport };
        let request = http::Request::get("https://localhost:1/").body(Body::default()).unwrap();
        let error = transport.send(request).await.unwrap_err();
        assert!(error.is_refused() && !error.is_connect(), "{error:?}");
    }

    #[test]
    fn http2_is_offered_first() {
        let (config, _) = tls_config().unwrap();
        assert_eq!(config.alpn_protocols, [&b"h2"[..], b"http/1.1"]);
    }
}
