//! The layers of a call, from the outside in. Each is one function that calls the next:
//!
//! 1. [`execute`]: the total timeout, and the span of the call.
//! 2. [`retry`]: what failed is sent again where that is safe; a 429 is waited out.
//! 3. [`authorize`](crate::auth::Authenticator::authorize): credentials; a 401 that a new token or nonce may cure.
//! 4. [`attempt`]: one exchange, held back while the service takes no more, within the attempt timeout; its span; the
//!    envelope comes off.
//! 5. [`exchange`]: the transport carries the request; the body is read up to the limit, or left to a
//!    [`Download`](crate::Download).

use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, LOCATION};
use http::{HeaderMap, HeaderValue, Uri};
use tokio::time::Instant;
use tracing::Instrument;

use crate::core::Core;
use crate::download::Stream;
use crate::envelope;
use crate::error::{ErrorKind, Failure};
use crate::in_flight::{CallOptions, InFlight, seen};
use crate::observe;
use crate::request::{Request, is_secret_header, put_header};
use crate::response::{Arrived, Reply};
use crate::retry::{Retries, answer, retry_after};
use crate::transport::{BodyError, TransportError};

/// Makes a call. The answer may have any status.
pub(crate) async fn execute(core: &Core, request: &Request, options: CallOptions) -> Result<Arrived, Box<Failure>> {
    let operation = request.operation;
    let marked = core.authenticator().mark(request).map_err(|fault| Failure::request(fault).during(operation.id))?;
    let call = InFlight::new(core, &marked, options);
    let span = observe::call(operation);
    let outcome = within(call.timeouts.total, "the call", retry(&call)).instrument(span.clone()).await;
    call.end(seen(&outcome));
    let attempts = call.into_attempts();
    observe::call_ended(&span, attempts.len(), seen(&outcome));
    match outcome {
        Ok(arrived) => {
            if observe::is_going(&arrived.reply.headers) && core.is_first_warning(request) {
                span.in_scope(|| observe::going(request, &arrived.reply.headers));
            }
            Ok(Arrived { attempts, span, ..arrived })
        }
        Err(failure) => Err(failure.after(attempts).during(operation.id)),
    }
}

async fn retry(call: &InFlight<'_>) -> Result<Arrived, Box<Failure>> {
    let mut retries = Retries {
        policy: call.retry,
        is_idempotent: call.is_idempotent,
        deadline: call.deadline,
        budget: call.core.budget(),
        error_members: call.core.error_members(),
        made: 0,
    };
    loop {
        let outcome = call.core.authenticator().authorize(call).await;
        match retries.after(seen(&outcome)) {
            Some(wait) => {
                observe::sent_again(call.request.operation, wait, seen(&outcome));
                tokio::time::sleep(wait).await;
            }
            None => return outcome,
        }
    }
}

/// Sends a request once, with or without an `Authorization` header.
pub(crate) async fn attempt(call: &InFlight<'_>, authorization: Option<HeaderValue>) -> Result<Arrived, Box<Failure>> {
    hold_back(call).await;
    let span = observe::attempt(call);
    call.begin(&span);
    let work = exchange(call, authorization).instrument(span);
    let outcome = within(call.timeouts.attempt, "the attempt", work).await;
    let outcome = outcome.map(|arrived| without_envelope(call, arrived));
    call.end(seen(&outcome));
    if let (Some(pacing), Some(reply)) = (call.core.pacing(), answer(seen(&outcome))) {
        pacing.learn(&call.request.kind, reply, retry_after(reply, call.core.error_members()));
    }
    outcome
}

/// Waits until the service will take the request, unless there is no time for that: then its refusal will tell.
pub(crate) async fn hold_back(call: &InFlight<'_>) {
    // Meanwhile another call may have learned of a longer wait.
    while let Some(at) = held_back_until(call) {
        observe::paced(call.request.operation, at - Instant::now());
        tokio::time::sleep_until(at).await;
    }
}

/// Until when the request is held back, if it is.
pub(crate) fn held_back_until(call: &InFlight<'_>) -> Option<Instant> {
    let opens_at = call.core.pacing()?.opens_at(&call.request.kind)?;
    call.deadline.is_none_or(|deadline| opens_at < deadline).then_some(opens_at)
}

fn without_envelope(call: &InFlight<'_>, mut arrived: Arrived) -> Arrived {
    if let Some(envelope) = call.core.envelope()
        && arrived.stream.is_none()
    {
        arrived.reply = envelope::unwrap(envelope, call.request.unwrap, arrived.reply);
    }
    arrived
}

async fn exchange(call: &InFlight<'_>, authorization: Option<HeaderValue>) -> Result<Arrived, Box<Failure>> {
    let (core, request) = (call.core, call.request);
    let mut http_request = request.to_http();
    if let Some(authorization) = authorization {
        put_header(http_request.headers_mut(), AUTHORIZATION, authorization);
    }
    let response = core.transport().send(http_request).await;
    let response = response.map_err(|error| not_carried(error, &request.uri))?;
    let (parts, mut body) = response.into_parts();
    let mut reply = Reply { status: parts.status, headers: parts.headers, body: Bytes::new() };
    hide_secrets(&mut reply.headers);
    if request.is_streamed && reply.status.is_success() {
        let stream = Stream::new(core, request.operation, call.timeouts.idle, reply.clone(), body);
        return Ok(Arrived { stream: Some(stream), ..reply.into() });
    }
    let (bytes, error) = body.read(core.response_limit()).await;
    reply.body = bytes;
    match error {
        None => Ok(reply.into()),
        Some(error) => Err(broken_off(error).with_answer(reply, core.description())),
    }
}

/// Some headers hold secrets, and the query of a redirect's target may: they shall not appear where headers are printed.
/// What the transport has marked stays so.
fn hide_secrets(headers: &mut HeaderMap) {
    for (name, value) in headers.iter_mut() {
        if is_secret_header(name) || name == LOCATION {
            value.set_sensitive(true);
        }
    }
}

pub(crate) async fn within<T>(
    limit: Duration,
    what: &str,
    work: impl Future<Output = Result<T, Box<Failure>>>,
) -> Result<T, Box<Failure>> {
    match tokio::time::timeout(limit, work).await {
        Ok(result) => result,
        Err(_) => Err(Failure::new(ErrorKind::Timeout, format!("{what} took longer than {limit:?}"))),
    }
}

fn not_carried(error: TransportError, uri: &Uri) -> Box<Failure> {
    let host = uri.authority().map_or("", |authority| authority.as_str());
    match error.is_connect() {
        _ if error.is_refused() => Failure::request("the transport refused the request").because(error),
        true => Failure::new(ErrorKind::Connect, format!("no connection to {host} could be made")).because(error),
        false => Failure::new(ErrorKind::Transport, "the connection broke off before the answer").because(error),
    }
}

pub(crate) fn broken_off(error: BodyError) -> Box<Failure> {
    match error {
        BodyError::Transport(error) => {
            Failure::new(ErrorKind::Transport, "the connection broke off within the answer").because(error)
        }
        BodyError::TooLarge(limit) => {
            Failure::new(ErrorKind::TooLarge, format!("the answer is larger than {limit} bytes"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_marked_and_what_the_transport_has_marked_stays_so() {
        let mut own = HeaderValue::from_static("secret");
        own.set_sensitive(true);
        let mut headers = HeaderMap::from_iter([("x-own".parse().unwrap(), own)]);
        for name in ["set-cookie", "x-api-key", "location", "etag", "www-authenticate"] {
            headers.insert(name, HeaderValue::from_static("text"));
        }
        hide_secrets(&mut headers);
        let mut marked: Vec<_> =
            headers.iter().filter(|(_, value)| value.is_sensitive()).map(|(name, _)| name.as_str()).collect();
        marked.sort_unstable();
        assert_eq!(marked, ["location", "set-cookie", "x-api-key", "x-own"]);
    }
}
