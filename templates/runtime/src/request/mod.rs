//! Requests: their parameters, bodies, and how a generated request type is declared.

mod builder;
mod form;
mod multipart;
mod parameter;
mod parts;
mod path;
mod style;
mod table;
mod value;

use bytes::Bytes;
use http::{HeaderMap, Uri};

pub use self::builder::RequestBuilder;
pub(crate) use self::form::form_escape;
pub use self::style::Style;
use crate::envelope::Unwrap;
use crate::operation::Operation;

/// A request ready to be sent, as often as needed.
pub(crate) struct Request {
    pub(crate) operation: &'static Operation,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// What is done with the service's envelope.
    pub(crate) unwrap: Unwrap,
    /// Whether the body of a success is left to the caller to read.
    pub(crate) is_streamed: bool,
}

impl Request {
    /// The request for one attempt. The body is shared, not copied.
    pub(crate) fn to_http(&self) -> http::Request<Bytes> {
        let mut request = http::Request::new(self.body.clone());
        *request.method_mut() = self.operation.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        request
    }
}
