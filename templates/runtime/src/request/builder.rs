//! Building one request.

use std::fmt;

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::Serialize;

use super::encoding::Encoding;
use super::parts::{Parts, Place};
use super::style::Style;
use super::value::Value;
use super::{Request, Upload, form, multipart, path, put_header};
use crate::codec::{EncodeError, encode};
use crate::core::Core;
use crate::envelope::Unwrap;
use crate::error::Failure;
use crate::operation::Operation;
use crate::pattern::Pattern;

/// A request in the making; the functions of [`read`](crate::read) make a [`Call`](crate::Call) of it.
///
/// A parameter is known by its place and its name on the wire: given again, it is replaced. `None`, an empty list and an
/// empty object take it away. A fault (an empty path parameter, a value that JSON cannot express) is kept, and comes out
/// of the call as an [`Error`](crate::Error) of the kind [`Request`](crate::ErrorKind::Request) before anything is sent.
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct RequestBuilder(Box<Draft>);

#[derive(Clone)]
struct Draft {
    core: Core,
    operation: &'static Operation,
    accept: Option<&'static str>,
    parts: Parts,
    body: Option<Result<Body, Box<Failure>>>,
}

#[derive(Clone)]
struct Body {
    media_type: String,
    upload: Upload,
}

// The generic methods only take values apart, so that each use of them compiles to little.
impl RequestBuilder {
    pub(crate) fn new(core: Core, operation: &'static Operation) -> Self {
        Self(Box::new(Draft { core, operation, accept: operation.accept, parts: Parts::default(), body: None }))
    }

    /// Gives a path parameter its value: a text, number or enum, or what its style allows. Empty values, and those that
    /// would make a segment `.` or `..`, are faults.
    pub fn path<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.path_as(Style::Simple, name, value)
    }

    /// Gives a path parameter its value in a style of its own.
    pub fn path_as<T: Serialize + ?Sized>(self, style: Style, name: &'static str, value: &T) -> Self {
        self.set(Place::Path, style, name, Value::of(value))
    }

    /// Gives a path parameter a text that must match a pattern, or nothing is sent.
    pub fn path_checked(mut self, name: &'static str, text: &str, pattern: Pattern) -> Self {
        self.0.parts.set_checked(name, text, pattern);
        self
    }

    /// Sets a query parameter: `a=1`, lists as `a=1&a=2`.
    pub fn query<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.query_as(Style::FormExploded, name, value)
    }

    /// Sets a query parameter in a style of its own.
    pub fn query_as<T: Serialize + ?Sized>(self, style: Style, name: &'static str, value: &T) -> Self {
        self.set(Place::Query, style, name, Value::of(value))
    }

    /// Sets a query parameter whose reserved characters, such as `/` and `:`, go out as they are, and so do escapes such as
    /// `%2F`. Those that would end the value do not.
    pub fn query_reserved<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.query_reserved_as(Style::FormExploded, name, value)
    }

    /// Sets such a query parameter in a style of its own.
    pub fn query_reserved_as<T: Serialize + ?Sized>(mut self, style: Style, name: &'static str, value: &T) -> Self {
        self.0.parts.set_reserved(style, name, Value::of(value));
        self
    }

    /// Sets a header; lists are joined by commas.
    pub fn header<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.header_as(Style::Simple, name, value)
    }

    /// Sets a header in a style of its own.
    pub fn header_as<T: Serialize + ?Sized>(self, style: Style, name: &'static str, value: &T) -> Self {
        self.set(Place::Header, style, name, Value::of(value))
    }

    /// Sets a cookie: `a=1`, lists as `a=1; a=2`.
    pub fn cookie<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.cookie_as(Style::FormExploded, name, value)
    }

    /// Sets a cookie in a style of its own.
    pub fn cookie_as<T: Serialize + ?Sized>(self, style: Style, name: &'static str, value: &T) -> Self {
        self.set(Place::Cookie, style, name, Value::of(value))
    }

    /// Sets the media types asked for, in place of the operation's.
    pub fn accept(mut self, media_types: &'static str) -> Self {
        self.0.accept = Some(media_types);
        self
    }

    /// Sets the body: JSON.
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.set_body("application/json", json(encode(body)))
    }

    /// Sets the body: text.
    pub fn text(self, body: &str) -> Self {
        self.set_body("text/plain; charset=utf-8", Ok(body.to_owned().into()))
    }

    /// Sets the body: bytes, in memory or read as they go out.
    pub fn bytes(self, body: &Upload) -> Self {
        self.set_body("application/octet-stream", Ok(body.clone()))
    }

    /// Sets the body: an object's members as `application/x-www-form-urlencoded`, each as the operation's
    /// [`Encoding`](crate::Encoding) says. Without one, lists repeat their name, and objects inside are JSON.
    pub fn form<T: Serialize + ?Sized>(self, body: &T) -> Self {
        let encoded = form(self.0.operation.encoding, Value::of(body));
        self.set_body("application/x-www-form-urlencoded", encoded)
    }

    /// Sets the body: an object's members as parts of `multipart/form-data`. A [`FilePart`](crate::FilePart) and
    /// [`Bytes`](crate::Bytes) are files; objects are JSON; lists make a part for each item.
    pub fn multipart<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        // The boundary is part of the media type, so the operation's own cannot stand as it is.
        let usual = self.0.operation.content_type.map(|media_type| media_type.split(';').next().unwrap_or_default());
        let usual = usual.filter(|media_type| !media_type.contains('*')).unwrap_or("multipart/form-data").trim();
        let body = multipart::multipart(usual, self.0.operation.encoding, body);
        let body = body.map(|(media_type, upload)| Body { media_type, upload });
        self.0.body = Some(body.map_err(Failure::request));
        self
    }

    fn set(mut self, place: Place, style: Style, name: &'static str, value: serde_json::Result<Value>) -> Self {
        self.0.parts.set(place, style, name, value);
        self
    }

    fn set_body(mut self, usual_type: &'static str, upload: Result<Upload, Box<Failure>>) -> Self {
        let media_type = self.0.operation.content_type.unwrap_or(usual_type).to_owned();
        self.0.body = Some(upload.map(|upload| Body { media_type, upload }));
        self
    }

    /// The request, and what it is sent with.
    pub(crate) fn finish(self, is_streamed: bool) -> (Core, &'static Operation, Result<Request, Box<Failure>>) {
        let draft = *self.0;
        let (core, operation) = (draft.core.clone(), draft.operation);
        (core, operation, draft.into_request(is_streamed))
    }
}

pub(super) fn json(body: Result<Vec<u8>, EncodeError>) -> Result<Upload, Box<Failure>> {
    let body = body.map_err(|error| Failure::request("the body cannot be written as JSON").because(error));
    body.map(Upload::from)
}

fn form(encodings: &[Encoding], body: serde_json::Result<Value>) -> Result<Upload, Box<Failure>> {
    let body = body.map_err(|error| Failure::request("the body cannot be written").because(error))?;
    form::form(encodings, &body).map(Upload::from).map_err(Failure::request)
}

impl Draft {
    fn into_request(mut self, is_streamed: bool) -> Result<Request, Box<Failure>> {
        if let Some(fault) = self.parts.take_fault() {
            return Err(fault);
        }
        let body = self.body.take().transpose()?;
        let target = self.target().map_err(Failure::request)?;
        let base_url = self.core.base_url_of(self.operation).map_err(Failure::request)?;
        let uri = base_url.join(&target);
        Ok(Request {
            operation: self.operation,
            template: self.operation.template.into(),
            uri: uri.map_err(Failure::request)?,
            headers: self.headers(body.as_ref()).map_err(Failure::request)?,
            body: body.map(|body| body.upload).unwrap_or_default(),
            kind: self.kind(),
            unwrap: self.unwrap(),
            is_streamed,
            secret_query: Vec::new(),
        })
    }

    fn kind(&self) -> String {
        let first = self.parts.of(Place::Path).next();
        format!("{} {}", self.operation.id, first.map_or("", |(_, value)| value))
    }

    /// Path and query.
    fn target(&self) -> Result<String, String> {
        let values: Vec<_> = self.parts.of(Place::Path).collect();
        let mut target = path::assemble(self.operation.template, &values)?;
        // No value brings a `?`, so it is the template's.
        let mut has_query = target.contains('?');
        for (_, pair) in self.parts.of(Place::Query) {
            target.push(if has_query { '&' } else { '?' });
            target.push_str(pair);
            has_query = true;
        }
        Ok(target)
    }

    fn headers(&self, body: Option<&Body>) -> Result<HeaderMap, String> {
        let mut headers = HeaderMap::new();
        put_header(&mut headers, USER_AGENT, self.core.user_agent().clone());
        if let Some(accept) = self.accept {
            set_header(&mut headers, ACCEPT, accept)?;
        }
        for (name, text) in self.parts.of(Place::Header) {
            match HeaderName::try_from(name) {
                Ok(name) => set_header(&mut headers, name, text)?,
                Err(_) => return Err(format!("`{name}` is no header's name")),
            }
        }
        let cookies: Vec<_> = self.cookies().collect();
        if !cookies.is_empty() {
            set_header(&mut headers, COOKIE, &cookies.join("; "))?;
        }
        if let Some(body) = body {
            set_header(&mut headers, CONTENT_TYPE, &body.media_type)?;
        }
        if body.is_none_or(|body| body.upload.length() == Some(0)) && expects_body(&self.operation.method) {
            put_header(&mut headers, CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Ok(headers)
    }

    /// Cookies, those that a document writes as a header among them.
    fn cookies(&self) -> impl Iterator<Item = &str> {
        let headers = self.parts.of(Place::Header);
        let headers = headers.filter(|(name, _)| name.eq_ignore_ascii_case("cookie"));
        headers.chain(self.parts.of(Place::Cookie)).map(|(_, text)| text)
    }

    fn unwrap(&self) -> Unwrap {
        let Some(envelope) = self.core.envelope() else {
            return Unwrap::Nothing;
        };
        if self.operation.enveloped {
            return Unwrap::Errors;
        }
        let mut parameters = self.parts.of(Place::Query);
        let is_asked = |(name, pair): (&str, &str)| name == envelope.parameter && pair.ends_with("=true");
        match parameters.any(is_asked) {
            true => Unwrap::Everything,
            false => Unwrap::Nothing,
        }
    }
}

fn set_header(headers: &mut HeaderMap, name: HeaderName, text: &str) -> Result<(), String> {
    // Whitespace at the ends is no part of a header's value (RFC 9110 section 5.5): who reads it would miss it.
    let is_whole = !text.starts_with([' ', '\t']) && !text.ends_with([' ', '\t']);
    match HeaderValue::from_bytes(text.as_bytes()) {
        Ok(value) if is_whole => {
            put_header(headers, name, value);
            Ok(())
        }
        _ => Err(format!("the header `{name}` holds what no header may hold")),
    }
}

/// Whether a request with this method says how long its body is even when there is none (RFC 9110 section 8.6); some
/// servers insist.
pub(super) fn expects_body(method: &Method) -> bool {
    [Method::POST, Method::PUT, Method::PATCH].contains(method)
}

/// Shows the operation only: parameters and bodies may hold secrets.
impl fmt::Debug for RequestBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("RequestBuilder").field("operation", &self.0.operation.id).finish_non_exhaustive()
    }
}
