//! Exchanges as they stand in a file.

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, Response};
use serde_json::Value;

use super::Sent;
use super::hide::{HIDDEN, Hide, is_secret_header};
use crate::codec::Base64;
use crate::object;
use crate::transport::{Body, TransportError};

object! {
    /// A file.
    pub(super) struct Recording {
        required exchanges: Vec<Exchange> = "exchanges",
        /// What was hidden in them beside the usual.
        optional hidden: Vec<String> = "hidden",
    }
}

object! {
    pub(super) struct Exchange {
        required request: Asked = "request",
        required answer: Answered = "answer",
    }
}

object! {
    pub(super) struct Asked {
        required operation: String = "operation",
        required method: String = "method",
        /// With the query.
        required path: String = "path",
        /// `name: value`, sorted.
        required headers: Vec<String> = "headers",
        optional body: Content = "body",
    }
}

object! {
    pub(super) struct Answered {
        required status: i64 = "status",
        required headers: Vec<String> = "headers",
        optional body: Content = "body",
    }
}

object! {
    /// A body: one of these.
    pub(super) struct Content {
        optional json: Value = "json",
        optional text: String = "text",
        optional base64: Base64 = "base64",
    }
}

impl Asked {
    pub(super) fn of(sent: &Sent, hide: &Hide) -> Self {
        let path = match sent.open_query() {
            query if query.is_empty() => sent.path().to_owned(),
            query => format!("{}?{}", sent.path(), hide.pairs(&query)),
        };
        Self {
            operation: sent.operation.to_owned(),
            method: sent.method().to_string(),
            path,
            headers: lines(sent.headers(), hide),
            body: Content::of(sent.headers(), sent.body(), hide),
        }
    }

    /// In how much two requests are alike, and in what they are not. Headers do not count: they hold what changes from
    /// one version of a program to the next.
    pub(super) fn differences(&self, other: &Self) -> Vec<&'static str> {
        let parts = [
            ("operation", self.operation == other.operation),
            ("method", self.method == other.method),
            ("path or query", self.path == other.path),
            ("body", self.body == other.body),
        ];
        parts.into_iter().filter(|(_, is_same)| !is_same).map(|(name, _)| name).collect()
    }
}

impl Answered {
    pub(super) fn of(answer: &Response<Body>, body: &Bytes, hide: &Hide) -> Self {
        Self {
            status: answer.status().as_u16().into(),
            headers: lines(answer.headers(), hide),
            body: Content::of(answer.headers(), body, hide),
        }
    }

    pub(super) fn give(&self) -> Result<Response<Body>, TransportError> {
        let status = u16::try_from(self.status).unwrap_or_default();
        let headers = self.headers.iter().map(|line| line.split_once(": ").unwrap_or((line, "")));
        let answer = headers
            .fold(Response::builder().status(status), |answer, (name, value)| answer.header(name, value.as_bytes()));
        let body = self.body.as_ref().map(Content::bytes).unwrap_or_default();
        let answer = answer.body(body.into());
        answer.map_err(|error| TransportError::refused(format!("a recorded answer is none: {error}")))
    }
}

impl Content {
    fn of(headers: &HeaderMap, body: &Bytes, hide: &Hide) -> Option<Self> {
        if body.is_empty() {
            return None;
        }
        let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let body = match boundary(media_type) {
            Some(boundary) => replace(body, boundary.as_bytes(), BOUNDARY.as_bytes()),
            None => body.to_vec(),
        };
        let mut content = Self { json: None, text: None, base64: None };
        if let Ok(mut json @ (Value::Object(_) | Value::Array(_))) = serde_json::from_slice(&body) {
            hide.json(&mut json);
            content.json = Some(json);
            return Some(content);
        }
        let is_form = media_type.starts_with("application/x-www-form-urlencoded");
        match String::from_utf8(body) {
            Ok(form) if is_form => content.text = Some(hide.pairs(&form)),
            Ok(text) => content.text = Some(text),
            Err(error) => content.base64 = Some(Base64::encode(error.into_bytes())),
        }
        Some(content)
    }

    fn bytes(&self) -> Bytes {
        match self {
            Self { json: Some(json), .. } => json.to_string().into(),
            Self { text: Some(text), .. } => text.clone().into(),
            Self { base64: Some(base64), .. } => base64.decode().unwrap_or_default().into(),
            _ => Bytes::new(),
        }
    }
}

/// What stands in place of a multipart body's boundary, which is another one each time.
const BOUNDARY: &str = "boundary";

fn boundary(media_type: &str) -> Option<&str> {
    media_type.strip_prefix("multipart/")?.split_once("boundary=").map(|(_, boundary)| boundary.trim_matches('"'))
}

fn replace(mut rest: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(rest.len());
    while let Some(at) = rest.windows(from.len().max(1)).position(|window| window == from) {
        let (before, after) = rest.split_at(at);
        replaced.extend_from_slice(before);
        replaced.extend_from_slice(to);
        rest = after.get(from.len()..).unwrap_or_default();
    }
    replaced.extend_from_slice(rest);
    replaced
}

/// Headers as they are written down: without secrets, and without those that are of one connection.
fn lines(headers: &HeaderMap, hide: &Hide) -> Vec<String> {
    let kept = headers.iter().filter(|(name, _)| ![CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING].contains(name));
    let mut lines: Vec<_> = kept.map(|(name, value)| format!("{name}: {}", shown(name, value, hide))).collect();
    lines.sort();
    lines
}

fn shown(name: &HeaderName, value: &HeaderValue, hide: &Hide) -> String {
    let text = String::from_utf8_lossy(value.as_bytes());
    match boundary(&text) {
        // The query of a redirect's target may hold anything.
        _ if name == LOCATION => text.split(['?', '#']).next().unwrap_or_default().to_owned(),
        _ if value.is_sensitive() || is_secret_header(name) || hide.is_secret(name.as_str()) => HIDDEN.to_owned(),
        Some(boundary) => text.replace(boundary, BOUNDARY),
        None => text.into_owned(),
    }
}
