//! Building one request.

mod form;
mod multipart;
mod parameter;
mod path;
mod value;

use std::fmt;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use serde::Serialize;

pub(crate) use self::form::form_escape;
use self::parameter::{expand, expand_alone};
use self::value::Value;
use crate::answers::Answers;
use crate::call::{self, Call};
use crate::codec::{Decode, encode};
use crate::core::Core;
use crate::error::Failure;
use crate::operation::{Method, Operation, Style};
use crate::url::escape;

/// A request ready to be sent, as often as needed.
pub(crate) struct Request {
    pub(crate) method: http::Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether the answer comes in the service's envelope.
    pub(crate) enveloped: bool,
    /// Whether the request carries the client's credentials.
    pub(crate) authenticated: bool,
}

impl Request {
    /// The request for one attempt. The body is shared, not copied.
    pub(crate) fn to_http(&self) -> http::Request<Bytes> {
        let mut request = http::Request::new(self.body.clone());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        request
    }
}

/// A request in the making. It does nothing until its [`Call`] is awaited.
///
/// A fault (an empty path parameter, a value that JSON cannot express) is kept, and comes out of the call as an
/// [`Error`](crate::Error) of the kind [`Request`](crate::ErrorKind::Request) before anything is sent.
#[must_use = "a request does nothing until it is called"]
pub struct RequestBuilder(Box<Draft>);

struct Draft {
    core: Core,
    operation: &'static Operation,
    path: Vec<(&'static str, Value)>,
    query: String,
    headers: HeaderMap,
    body: Bytes,
    enveloped: bool,
    /// The first fault.
    fault: Option<Box<Failure>>,
}

impl RequestBuilder {
    pub(crate) fn new(core: Core, operation: &'static Operation) -> Self {
        let headers = HeaderMap::from_iter([(USER_AGENT, core.user_agent().clone())]);
        let mut draft = Box::new(Draft {
            core,
            operation,
            path: Vec::new(),
            query: String::new(),
            headers,
            body: Bytes::new(),
            enveloped: false,
            fault: None,
        });
        if let Some(accept) = operation.accept {
            draft.set_header(ACCEPT, accept);
        }
        Self(draft)
    }

    /// Gives a path parameter its value: a text, number or enum, or what its style allows. Empty values, and those
    /// that would make a segment `.` or `..`, are faults.
    pub fn path<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        if let Some(value) = self.value(name, value) {
            self.0.path.push((name, value));
        }
        self
    }

    /// Adds a query parameter: `a=1`, lists as `a=1&a=2`. `None` and empty lists are left out.
    pub fn query<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.query_as(Style::FormExploded, name, value)
    }

    /// Adds a query parameter in a style of its own.
    pub fn query_as<T: Serialize + ?Sized>(
        mut self,
        style: Style,
        name: &'static str,
        value: &T,
    ) -> Self {
        if let Some(value) = self.value(name, value) {
            self.0.add_query(style, name, &value);
        }
        self
    }

    /// Sets a header; lists are joined by commas. `None` leaves it out.
    pub fn header<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.header_as(Style::Simple, name, value)
    }

    /// Sets a header in a style of its own.
    pub fn header_as<T: Serialize + ?Sized>(
        mut self,
        style: Style,
        name: &'static str,
        value: &T,
    ) -> Self {
        if let Some(value) = self.value(name, value) {
            self.0.add_header(style, name, &value);
        }
        self
    }

    /// Adds a cookie. `None` leaves it out.
    pub fn cookie<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        if let Some(value) = self.value(name, value) {
            self.0.add_cookie(name, &value);
        }
        self
    }

    /// Sets the body: JSON.
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        match encode(body) {
            Ok(bytes) => self.0.set_body("application/json", bytes.into()),
            Err(error) => self
                .0
                .refuse(Failure::request("the body cannot be written as JSON").because(error)),
        }
        self
    }

    /// Sets the body, if there is one: JSON.
    pub fn json_if<T: Serialize>(self, body: &Option<T>) -> Self {
        match body {
            Some(body) => self.json(body),
            None => self,
        }
    }

    /// Sets the body: text.
    pub fn text(mut self, body: impl Into<String>) -> Self {
        self.0
            .set_body("text/plain; charset=utf-8", body.into().into());
        self
    }

    /// Sets the body, if there is one: text.
    pub fn text_if(self, body: Option<impl Into<String>>) -> Self {
        match body {
            Some(body) => self.text(body),
            None => self,
        }
    }

    /// Sets the body: bytes.
    pub fn bytes(mut self, body: impl Into<Bytes>) -> Self {
        self.0.set_body("application/octet-stream", body.into());
        self
    }

    /// Sets the body, if there is one: bytes.
    pub fn bytes_if(self, body: Option<impl Into<Bytes>>) -> Self {
        match body {
            Some(body) => self.bytes(body),
            None => self,
        }
    }

    /// Sets the body: an object's members as `application/x-www-form-urlencoded`. Lists repeat their name; objects
    /// inside are JSON.
    pub fn form<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        if let Some(value) = self.value("body", body) {
            match form::form(&value) {
                Ok(bytes) => self.0.set_body("application/x-www-form-urlencoded", bytes),
                Err(fault) => self.0.refuse(Failure::request(fault)),
            }
        }
        self
    }

    /// Sets the body, if there is one: a form, as [`form`](Self::form) writes it.
    pub fn form_if<T: Serialize>(self, body: &Option<T>) -> Self {
        match body {
            Some(body) => self.form(body),
            None => self,
        }
    }

    /// Sets the body: an object's members as parts of `multipart/form-data`. [`Bytes`] are files; objects are JSON;
    /// lists make a part for each item.
    pub fn multipart<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        match multipart::multipart(body) {
            Ok((media_type, bytes)) => self.0.set_multipart(&media_type, bytes),
            Err(fault) => self.0.refuse(Failure::request(fault)),
        }
        self
    }

    /// Sets the body, if there is one: parts, as [`multipart`](Self::multipart) writes them.
    pub fn multipart_if<T: Serialize>(self, body: &Option<T>) -> Self {
        match body {
            Some(body) => self.multipart(body),
            None => self,
        }
    }

    /// Ends the request; the answer is JSON.
    pub fn call<T: Decode, E: Decode>(self) -> Call<T, E> {
        self.finish(call::read_json)
    }

    /// Ends the request; the answer is JSON, or has no body.
    pub fn call_optional<T: Decode, E: Decode>(self) -> Call<Option<T>, E> {
        self.finish(call::read_optional)
    }

    /// Ends the request; the answer's body, if any, does not matter.
    pub fn call_empty<E: Decode>(self) -> Call<(), E> {
        self.finish(call::read_nothing)
    }

    /// Ends the request; the answer is text in UTF-8.
    pub fn call_text<E: Decode>(self) -> Call<String, E> {
        self.finish(call::read_text)
    }

    /// Ends the request; the answer's body is wanted as it came.
    pub fn call_bytes<E: Decode>(self) -> Call<Bytes, E> {
        self.finish(call::read_bytes)
    }

    /// Ends the request; the answer is one of several, by status.
    pub fn call_answers<T: Answers, E: Decode>(self) -> Call<T, E> {
        self.finish(call::read_answers)
    }

    fn finish<T, E: Decode>(self, read: call::Read<T>) -> Call<T, E> {
        let (core, operation) = (self.0.core.clone(), self.0.operation);
        Call::new(core, operation, self.0.into_request(), read)
    }

    /// A parameter's value taken apart, or a fault.
    fn value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Option<Value> {
        match Value::of(value) {
            Ok(value) => Some(value),
            Err(error) => {
                self.0
                    .refuse(Failure::request(format!("`{name}` cannot be written")).because(error));
                None
            }
        }
    }
}

impl Draft {
    fn add_query(&mut self, style: Style, name: &str, value: &Value) {
        let Some(text) = expand(style, name, value, escape) else {
            return;
        };
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(&text);
        if self
            .core
            .envelope()
            .is_some_and(|envelope| envelope.parameter == name)
        {
            self.enveloped = value.scalar() == "true";
        }
    }

    fn add_header(&mut self, style: Style, name: &'static str, value: &Value) {
        let Some(text) = expand_alone(style, name, value, str::to_owned) else {
            return;
        };
        match HeaderName::try_from(name) {
            Ok(name) => self.set_header(name, &text),
            Err(_) => self.refuse(Failure::request(format!("`{name}` is no header's name"))),
        }
    }

    fn set_header(&mut self, name: HeaderName, text: &str) {
        match HeaderValue::from_bytes(text.as_bytes()) {
            Ok(value) => {
                self.headers.insert(name, value);
            }
            Err(_) => self.refuse(Failure::request(format!(
                "the header `{name}` holds what no header may hold"
            ))),
        }
    }

    fn add_cookie(&mut self, name: &str, value: &Value) {
        let Some(pair) = expand(Style::Form, name, value, escape) else {
            return;
        };
        let cookies = match self.headers.get(COOKIE).map(HeaderValue::as_bytes) {
            Some(before) => [before, b"; ", pair.as_bytes()].concat(),
            None => pair.into_bytes(),
        };
        if let Ok(mut cookies) = HeaderValue::from_bytes(&cookies) {
            cookies.set_sensitive(true);
            self.headers.insert(COOKIE, cookies);
        }
    }

    fn set_body(&mut self, usual_type: &'static str, body: Bytes) {
        let media_type = self.operation.content_type.unwrap_or(usual_type);
        self.set_header(CONTENT_TYPE, media_type);
        self.body = body;
    }

    /// The boundary is part of the media type, so the operation's own cannot stand as it is.
    fn set_multipart(&mut self, media_type: &str, body: Bytes) {
        self.set_header(CONTENT_TYPE, media_type);
        self.body = body;
    }

    fn refuse(&mut self, fault: Box<Failure>) {
        self.fault.get_or_insert(fault);
    }

    fn into_request(mut self) -> Result<Request, Box<Failure>> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let mut target =
            path::assemble(self.operation.path, &self.path).map_err(Failure::request)?;
        if !self.query.is_empty() {
            target.push('?');
            target.push_str(&self.query);
        }
        if self.body.is_empty() && expects_body(self.operation.method) {
            self.headers
                .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let uri = self
            .core
            .base_url()
            .join(&target)
            .map_err(Failure::request)?;
        Ok(Request {
            method: self.operation.method.into(),
            uri,
            headers: self.headers,
            body: self.body,
            enveloped: self.enveloped,
            authenticated: self.operation.authenticated,
        })
    }
}

/// Whether a request with this method says how long its body is even when there is none (RFC 9110 section 8.6); some
/// servers insist.
fn expects_body(method: Method) -> bool {
    matches!(method, Method::Post | Method::Put | Method::Patch)
}

/// Shows the operation only: parameters and bodies may hold secrets.
impl fmt::Debug for RequestBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RequestBuilder")
            .field("operation", &self.0.operation.id)
            .finish_non_exhaustive()
    }
}
