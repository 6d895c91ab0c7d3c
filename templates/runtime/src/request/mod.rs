//! Requests: their parameters, bodies, and how a generated request type is declared.

mod builder;
mod encoding;
#[cfg(not(target_family = "wasm"))]
mod file;
mod form;
mod multipart;
mod parameter;
mod part;
mod parts;
mod path;
mod secret_names;
mod style;
mod table;
mod untyped;
mod upload;
mod value;

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use percent_encoding::percent_decode_str;

pub use self::builder::RequestBuilder;
pub use self::encoding::Encoding;
pub(crate) use self::form::form_escape;
pub use self::part::FilePart;
pub(crate) use self::secret_names::is_secret_header;
#[cfg(feature = "testing")]
pub(crate) use self::secret_names::is_secret_name;
pub use self::style::Style;
pub use self::untyped::UntypedRequest;
pub use self::upload::Upload;
use crate::envelope::Unwrap;
use crate::operation::Operation;
use crate::transport::{Body, OperationId, SecretQuery};
use crate::url::escape;

/// A request ready to be sent, as often as needed.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) operation: &'static Operation,
    /// The path below the base URL with its parameters as `{name}`: for those who watch, who group requests by it.
    pub(crate) template: Cow<'static, str>,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Upload,
    /// What services count requests by, as far as one can guess: the operation and its first path parameter.
    pub(crate) kind: String,
    /// What is done with the service's envelope.
    pub(crate) unwrap: Unwrap,
    /// Whether the body of a success is left to the caller to read.
    pub(crate) is_streamed: bool,
    /// The parameters of the query that are credentials.
    pub(crate) secret_query: Vec<&'static str>,
}

/// Whether a name in a query, with its escapes, is this one.
pub(crate) fn is_name(given: &str, name: &str) -> bool {
    percent_decode_str(&given.replace('+', " ")).decode_utf8_lossy() == name
}

/// Sets a header, and marks it where its name says that it holds a secret. `HeaderMap::insert` is much code, and each
/// part of the crate that names it would have a copy.
#[inline(never)]
pub(crate) fn put_header(headers: &mut HeaderMap, name: HeaderName, mut value: HeaderValue) {
    if is_secret_header(&name) {
        value.set_sensitive(true);
    }
    headers.insert(name, value);
}

impl Request {
    /// The request for one attempt. The body is shared, not copied.
    pub(crate) fn to_http(&self) -> http::Request<Body> {
        let mut request = http::Request::new(self.body.open());
        *request.method_mut() = self.operation.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        request.extensions_mut().insert(OperationId::new(self.operation.id));
        if !self.secret_query.is_empty() {
            request.extensions_mut().insert(SecretQuery::new(self.secret_query.clone()));
        }
        request
    }

    /// Sets a header.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) -> Result<(), String> {
        let name = HeaderName::try_from(name).map_err(|_| format!("`{name}` is no header's name"))?;
        let value = HeaderValue::try_from(value);
        let value = value.map_err(|_| format!("the header `{name}` holds what no header may hold"))?;
        put_header(&mut self.headers, name, value);
        Ok(())
    }

    /// Sets the whole query; nothing, if it is empty.
    pub(crate) fn set_query(&mut self, query: &str) -> Result<(), String> {
        let separator = if query.is_empty() { "" } else { "?" };
        let uri = format!("{}{separator}{query}", self.uri.path());
        self.uri = uri.parse().map_err(|error| format!("the query cannot be sent: {error}"))?;
        Ok(())
    }

    /// Adds a parameter to the query that is a credential: its name, and the pair as it goes out. One of that name stands,
    /// such as that of a link which repeats it.
    pub(crate) fn add_secret_query(&mut self, name: &'static str, pair: &str) -> Result<(), String> {
        self.secret_query.push(name);
        let given = self.uri.query().unwrap_or_default().split('&');
        if given.map(|given| given.split('=').next().unwrap_or_default()).any(|given| is_name(given, name)) {
            return Ok(());
        }
        let separator = if self.uri.query().is_some() { '&' } else { '?' };
        // What is wrong is not told, as it may show the query.
        let uri = format!("{}{separator}{pair}", self.uri).parse();
        self.uri = uri.map_err(|_| "the query is too long".to_owned())?;
        Ok(())
    }

    /// Adds a parameter to the query.
    pub(crate) fn add_query(&mut self, name: &str, value: &str) -> Result<(), String> {
        let separator = if self.uri.query().is_some() { '&' } else { '?' };
        let uri = format!("{}{separator}{}={}", self.uri, escape(name), escape(value));
        self.uri = uri.parse().map_err(|error| format!("the query is too long, or no query: {error}"))?;
        Ok(())
    }
}
