//! What a client sent.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use percent_encoding::percent_decode_str;

use super::hide::{HIDDEN, is_secret_header};
use crate::codec::Value;
use crate::request::is_name;
use crate::transport::{Body, OperationId, SecretQuery, TransportError};

/// A request as a client sent it. The values of headers that carry secrets are `(hidden)`.
#[derive(Clone)]
pub struct Sent {
    pub(super) operation: &'static str,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
    /// The parameters of the query that are credentials.
    secret_query: Option<SecretQuery>,
}

impl Sent {
    /// Takes a request apart, and reads its body to the end.
    pub(super) async fn of(request: Request<Body>) -> Result<Self, TransportError> {
        let (parts, mut body) = request.into_parts();
        let (body, fault) = body.read(usize::MAX).await;
        if let Some(fault) = fault {
            return Err(TransportError::new(format!("the request's body broke off: {fault:?}")));
        }
        let operation = parts.extensions.get::<OperationId>().map_or("", |id| id.as_str());
        let secret_query = parts.extensions.get::<SecretQuery>().cloned();
        let headers = without_secrets(parts.headers);
        Ok(Self { operation, method: parts.method, uri: parts.uri, headers, body, secret_query })
    }

    /// Whether it is the client's own request to the token endpoint.
    pub(super) fn is_sign_in(&self) -> bool {
        is_sign_in(self.operation)
    }

    /// The operation's id.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path with that of the base URL before it, as it goes out: escaped.
    #[must_use]
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The parameters of the query in their order, without escapes. What credentials have put there has the value `(hidden)`.
    #[must_use]
    pub fn query(&self) -> Vec<(String, String)> {
        let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let pairs = self.uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let value = |name: &str, value| if self.is_secret(name) { HIDDEN.to_owned() } else { plain(value) };
        pairs.map(|(name, given)| (plain(name), value(name, given))).collect()
    }

    /// The query as it went out, without the parameters that are credentials: a client without these sends the same.
    pub(super) fn open_query(&self) -> String {
        let pairs = self.uri.query().unwrap_or_default().split('&');
        let open = pairs.filter(|pair| !self.is_secret(pair.split('=').next().unwrap_or_default()));
        open.collect::<Vec<_>>().join("&")
    }

    /// Whether a parameter of the query, its name as it went out, is a credential.
    fn is_secret(&self, name: &str) -> bool {
        let secrets = self.secret_query.iter().flat_map(SecretQuery::names);
        secrets.into_iter().any(|secret| is_name(name, secret))
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body; empty where there is none.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as JSON, if it is some.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// Whether an operation is the client's own, at the token endpoint.
pub(super) fn is_sign_in(operation: &str) -> bool {
    matches!(operation, "requestToken" | "revokeToken")
}

fn without_secrets(mut headers: HeaderMap) -> HeaderMap {
    for (name, value) in headers.iter_mut() {
        if value.is_sensitive() || is_secret_header(name) {
            *value = HeaderValue::from_static(HIDDEN);
        }
    }
    headers
}

/// `getUser (GET /users/7)`: neither the query nor the body, which may hold secrets.
impl fmt::Display for Sent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({} {})", self.operation, self.method, self.path())
    }
}

/// As `{}`, with the headers.
impl fmt::Debug for Sent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self} {:?}", self.headers)
    }
}
