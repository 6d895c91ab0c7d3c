//! What a call tells `tracing`: a span for the call, a span for each attempt with the names of OpenTelemetry's HTTP
//! conventions, an event for each wait, and a warning where an operation is about to go.
//!
//! Nothing here holds a header's or a parameter's value, a query, or a body.

use std::time::Duration;

use http::HeaderMap;
use tracing::field::Empty;
use tracing::{Span, debug, info_span, warn};

use crate::error::{ErrorKind, Failure};
use crate::in_flight::InFlight;
use crate::operation::Operation;
use crate::request::Request;
use crate::response::Reply;

/// The span of a call, from the first wait to the last byte.
pub(crate) fn call(operation: &Operation) -> Span {
    info_span!(
        "call",
        operation = operation.id,
        otel.name = operation.id,
        otel.status_code = Empty,
        attempts = Empty,
        "error.type" = Empty,
    )
}

/// Says how a call ended.
pub(crate) fn call_ended(span: &Span, attempts: usize, outcome: Result<&Reply, &Failure>) {
    span.record("attempts", attempts);
    match outcome {
        Ok(reply) if reply.status.is_success() => {}
        Ok(reply) => {
            span.record("error.type", reply.status.as_str()).record("otel.status_code", "ERROR");
        }
        Err(failure) => failed(span, failure.kind),
    }
}

/// Says how a call, or an attempt, failed.
pub(crate) fn failed(span: &Span, kind: ErrorKind) {
    span.record("error.type", tracing::field::debug(kind)).record("otel.status_code", "ERROR");
}

/// The span of one attempt.
pub(crate) fn attempt(call: &InFlight<'_>) -> Span {
    let Request { operation, template, uri, .. } = call.request;
    let span = info_span!(
        "attempt",
        otel.kind = "client",
        otel.name = %format_args!("{} {}", operation.method, template),
        otel.status_code = Empty,
        http.request.method = operation.method.as_str(),
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        url.template = &**template,
        server.address = uri.host(),
        server.port = uri.port_u16().or(default_port(uri.scheme_str())),
        "error.type" = Empty,
    );
    match call.made() {
        0 => {}
        resent => {
            span.record("http.request.resend_count", resent);
        }
    }
    span
}

fn default_port(scheme: Option<&str>) -> Option<u16> {
    Some(if scheme? == "https" { 443 } else { 80 })
}

/// Says how an attempt ended.
pub(crate) fn attempt_ended(span: &Span, outcome: Result<&Reply, &Failure>) {
    match outcome {
        Ok(reply) => {
            let status = reply.status;
            span.record("http.response.status_code", status.as_u16());
            if status.is_client_error() || status.is_server_error() {
                span.record("error.type", status.as_str()).record("otel.status_code", "ERROR");
            }
        }
        Err(failure) => failed(span, failure.kind),
    }
}

/// Says that a request will be sent again.
pub(crate) fn sent_again(operation: &Operation, wait: Duration, outcome: Result<&Reply, &Failure>) {
    match outcome {
        Ok(reply) => debug!(operation = operation.id, ?wait, status = reply.status.as_u16(), "sent again after a wait"),
        Err(failure) => debug!(operation = operation.id, ?wait, failure = ?failure.kind, "sent again after a wait"),
    }
}

/// Says that a request waits until the service will take it.
pub(crate) fn paced(operation: &Operation, wait: Duration) {
    debug!(operation = operation.id, ?wait, "held back: the service takes no more requests for now");
}

/// Whether an answer says that its operation is about to go: `Deprecation` (RFC 9745) or `Sunset` (RFC 8594).
pub(crate) fn is_going(headers: &HeaderMap) -> bool {
    headers.contains_key("deprecation") || headers.contains_key("sunset")
}

/// Warns that an operation is about to go.
pub(crate) fn going(request: &Request, headers: &HeaderMap) {
    let text = |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
    warn!(
        operation = request.operation.id,
        url.template = &*request.template,
        deprecation = text("deprecation"),
        sunset = text("sunset"),
        "this version of the operation is deprecated"
    );
}
