//! Requests for what the document lacks.

use std::fmt;
use std::marker::PhantomData;

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Uri};
use serde::Serialize;

use super::builder::{expects_body, json};
use super::path::assemble;
use super::{Request, Upload};
use crate::call::Call;
use crate::codec::{Decode, decode};
use crate::core::Core;
use crate::envelope::Unwrap;
use crate::error::{BoxError, Failure};
use crate::operation::Operation;
use crate::response::Arrived;
use crate::url::{escape, is_dot_segment};

/// What stands for an operation of the document, for each method.
static GET: Operation = Operation::get("untyped", "");
static OPERATIONS: [Operation; 8] = [
    Operation::get("untyped", ""),
    Operation::put("untyped", ""),
    Operation::post("untyped", ""),
    Operation::delete("untyped", ""),
    Operation::options("untyped", ""),
    Operation::head("untyped", ""),
    Operation::patch("untyped", ""),
    Operation::trace("untyped", ""),
];

/// A request for something that the document lacks, with the sign-in, retries, envelope and errors of every call. The
/// operation's id is `untyped`.
///
/// A fault (a path that is not below the base URL, a header that cannot be one) is kept, and comes out of the call as an
/// error of the kind [`Request`](crate::ErrorKind::Request) before anything is sent.
///
/// ```
/// # use client_runtime::{Core, Value, http::Method};
/// # async fn example(core: &Core) -> Result<(), client_runtime::Error<Value>> {
/// let request = core.untyped::<Value>(Method::GET, "/api/v2/orgs/{orgId}/previews");
/// let previews: Vec<Value> = request.path("orgId", "5f/0f").query("pageNum", 2).send().await?;
/// # Ok(())
/// # }
/// ```
///
/// As in a [`RequestBuilder`](crate::RequestBuilder), a path parameter, a header or a body that is given again is
/// replaced; only the query grows.
#[must_use = "a request does nothing until it is sent"]
pub struct UntypedRequest<E> {
    core: Core,
    operation: &'static Operation,
    values: Vec<(String, String)>,
    /// The body with the usual media type of its kind.
    body: Option<(&'static str, Result<Upload, Box<Failure>>)>,
    /// The query is there, the path and the body are not yet.
    request: Result<Request, Box<Failure>>,
    error_body: PhantomData<fn() -> E>,
}

impl Core {
    /// Begins a request for what the document lacks: a method, and a path below the base URL such as `/orgs/{orgId}`,
    /// whose parameters [`UntypedRequest::path`] gives. A query may stand after it.
    ///
    /// The path is told to `tracing` as it stands here, without the query: what differs from request to request, or is
    /// secret, is a parameter.
    pub fn untyped<E: Decode>(&self, method: Method, path: &str) -> UntypedRequest<E> {
        let known = OPERATIONS.iter().find(|operation| operation.method == method);
        let fault = match known {
            None => Some(format!("the method `{method}` is none that HTTP defines")),
            Some(_) => fault(path),
        };
        let (template, query) = path.split_once('?').unwrap_or((path, ""));
        let operation = known.unwrap_or(&GET);
        let headers = [(USER_AGENT, self.user_agent().clone()), (ACCEPT, HeaderValue::from_static("application/json"))];
        let mut request = Request {
            operation,
            template: template.to_owned().into(),
            uri: Uri::default(),
            headers: HeaderMap::from_iter(headers),
            body: Upload::default(),
            kind: format!("{} {} {template}", operation.id, operation.method),
            unwrap: Unwrap::Nothing,
            is_streamed: false,
            secret_query: Vec::new(),
        };
        let request = fault.map_or(Ok(()), Err).and_then(|()| request.set_query(query).map(|()| request));
        UntypedRequest {
            core: self.clone(),
            operation,
            values: Vec::new(),
            body: None,
            request: request.map_err(Failure::request),
            error_body: PhantomData,
        }
    }
}

/// Why a path is none below the base URL.
fn fault(path: &str) -> Option<String> {
    let what = match path {
        _ if !path.starts_with('/') => "does not begin with `/`",
        _ if path.starts_with("//") => "begins with `//`",
        _ if path.contains('#') => "has a fragment",
        _ if path.contains('\\') => "has a `\\`",
        _ if path.split(['/', '?']).any(is_dot_segment) => "has a `.` or `..`",
        _ => return None,
    };
    Some(format!("the path {what}: it must be one below the base URL"))
}

impl<E: Decode> UntypedRequest<E> {
    /// Gives a parameter `{name}` of the path its value, which is escaped. It may not be empty, `.` or `..`.
    pub fn path(mut self, name: &str, value: impl fmt::Display) -> Self {
        let value = escape(&value.to_string());
        match self.values.iter_mut().find(|(given, _)| given == name) {
            Some((_, before)) => *before = value,
            None => self.values.push((name.to_owned(), value)),
        }
        self
    }

    /// Adds a parameter to the query.
    pub fn query(self, name: &str, value: impl fmt::Display) -> Self {
        self.change(|request| request.add_query(name, &value.to_string()))
    }

    /// Sets a header, in place of one of this name. An `Authorization` takes the place of the client's credentials.
    pub fn header(self, name: &str, value: &str) -> Self {
        self.change(|request| request.set_header(name, value))
    }

    /// Sets the media types asked for, in place of `application/json`.
    pub fn accept(self, media_types: &str) -> Self {
        self.header(ACCEPT.as_str(), media_types)
    }

    /// Sets the body's media type, in place of the usual one for the kind of body.
    pub fn content_type(self, media_type: &str) -> Self {
        self.header(CONTENT_TYPE.as_str(), media_type)
    }

    /// Sets the body: JSON.
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.body("application/json", json(crate::codec::encode(body)))
    }

    /// Sets the body: text.
    pub fn text(self, body: impl Into<String>) -> Self {
        self.body("text/plain; charset=utf-8", Ok(body.into().into()))
    }

    /// Sets the body: bytes, in memory or read as they go out.
    pub fn bytes(self, body: impl Into<Upload>) -> Self {
        self.body("application/octet-stream", Ok(body.into()))
    }

    /// The call. Its answer is JSON; one without a body is read as `null`, so take `Option<T>` or [`Value`](crate::Value)
    /// where that may be. [`Call::send_raw`] and [`Call::download`] bring what is no JSON, and [`Call::idempotent`] marks
    /// what may be repeated.
    pub fn send<T: Decode>(self) -> Call<T, E> {
        let Self { core, operation, values, body, request, .. } = self;
        let request = request.and_then(|request| fill(request, body));
        let request = request.and_then(|request| aim(&core, &values, request).map_err(Failure::request));
        Call::of(core, operation, request, json_or_null)
    }

    fn body(mut self, usual_type: &'static str, upload: Result<Upload, Box<Failure>>) -> Self {
        self.body = Some((usual_type, upload));
        self
    }

    fn change(mut self, change: impl FnOnce(&mut Request) -> Result<(), String>) -> Self {
        if let Ok(request) = &mut self.request
            && let Err(fault) = change(request)
        {
            self.request = Err(Failure::request(fault));
        }
        self
    }
}

/// Gives the request its body; a media type that the caller has set stands.
fn fill(
    mut request: Request,
    body: Option<(&'static str, Result<Upload, Box<Failure>>)>,
) -> Result<Request, Box<Failure>> {
    if let Some((usual_type, upload)) = body {
        request.body = upload?;
        request.headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static(usual_type));
    }
    Ok(request)
}

/// Gives the request its URL, and what hangs on that.
fn aim(core: &Core, values: &[(String, String)], mut request: Request) -> Result<Request, String> {
    let template = &*request.template;
    if let Some((name, _)) = values.iter().find(|(_, value)| value.is_empty()) {
        return Err(format!("the path parameter `{name}` is empty"));
    }
    if let Some((name, _)) = values.iter().find(|(name, _)| !template.contains(&format!("{{{name}}}"))) {
        return Err(format!("the path has no parameter `{name}`"));
    }
    let values: Vec<_> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut target = assemble(template, &values)?;
    if let Some(query) = request.uri.query() {
        let asked = |parameter| query.split('&').any(|pair| pair.strip_prefix(parameter) == Some("=true"));
        if core.envelope().is_some_and(|envelope| asked(envelope.parameter)) {
            request.unwrap = Unwrap::Everything;
        }
        target.push('?');
        target.push_str(query);
    }
    if request.body.length() == Some(0) && expects_body(&request.operation.method) {
        request.headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    request.uri = core.base_url().join(&target)?;
    Ok(request)
}

fn json_or_null<T: Decode>(answer: &mut Arrived) -> Result<T, BoxError> {
    let body = &answer.reply.body;
    Ok(decode(if body.is_empty() { b"null" } else { body })?)
}

/// Bodies are shared, not copied.
impl<E> Clone for UntypedRequest<E> {
    fn clone(&self) -> Self {
        let (core, values, body, request) =
            (self.core.clone(), self.values.clone(), self.body.clone(), self.request.clone());
        Self { core, values, body, request, ..*self }
    }
}

/// Shows the method only: parameters and bodies may hold secrets.
impl<E> fmt::Debug for UntypedRequest<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("UntypedRequest").field("method", &self.operation.method).finish_non_exhaustive()
    }
}
