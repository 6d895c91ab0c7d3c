//! The layers of a call, from the outside in. Each is one function that calls the next:
//!
//! 1. [`execute`]: the total timeout.
//! 2. [`wait_out_rate_limits`]: a 429 is waited out.
//! 3. [`authorize`](crate::auth::Authenticator::authorize): credentials; a 401 that a new token or nonce may cure.
//! 4. [`attempt`]: one exchange within the attempt timeout; the envelope comes off.
//! 5. [`exchange`]: the transport carries the request; the body is read up to the limit.

use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use tokio::time::Instant;

use crate::core::Core;
use crate::envelope;
use crate::error::{ErrorKind, Failure};
use crate::operation::Operation;
use crate::rate_limit::Waits;
use crate::request::Request;
use crate::response::Reply;
use crate::transport::{BodyError, TransportError};

/// Makes a call: the answer is a success, or else the failure says all that is known.
pub(crate) async fn execute(
    core: Core,
    operation: &'static Operation,
    request: Result<Request, Box<Failure>>,
    timeout: Option<Duration>,
) -> Result<Reply, Box<Failure>> {
    let outcome = async {
        let request = request?;
        let limit = timeout.unwrap_or(core.timeouts().total);
        let work = wait_out_rate_limits(&core, &request, limit);
        let reply = within(limit, "the call", work).await?;
        match reply.status.is_success() {
            true => Ok(reply),
            false => Err(Failure::of_reply(reply, core.error_members())),
        }
    };
    outcome
        .await
        .map_err(|failure: Box<Failure>| failure.during(operation.id))
}

async fn wait_out_rate_limits(
    core: &Core,
    request: &Request,
    limit: Duration,
) -> Result<Reply, Box<Failure>> {
    let mut waits = Waits::until(Instant::now().checked_add(limit));
    loop {
        let reply = core.authenticator().authorize(core, request).await?;
        match waits.after(&reply) {
            Some(wait) => tokio::time::sleep(wait).await,
            None => return Ok(reply),
        }
    }
}

/// Sends a request once, with or without an `Authorization` header.
pub(crate) async fn attempt(
    core: &Core,
    request: &Request,
    authorization: Option<HeaderValue>,
) -> Result<Reply, Box<Failure>> {
    let mut http_request = request.to_http();
    if let Some(authorization) = authorization {
        http_request
            .headers_mut()
            .insert(AUTHORIZATION, authorization);
    }
    let reply = within(
        core.timeouts().attempt,
        "the attempt",
        exchange(core, http_request),
    )
    .await?;
    match core.envelope().filter(|_| request.enveloped) {
        Some(envelope) => Ok(envelope::unwrap(envelope, reply)),
        None => Ok(reply),
    }
}

async fn exchange(core: &Core, request: http::Request<Bytes>) -> Result<Reply, Box<Failure>> {
    let host = request.uri().authority().map(ToString::to_string);
    let response = core.transport().send(request).await;
    let response =
        response.map_err(|error| not_carried(error, host.as_deref().unwrap_or_default()))?;
    let (parts, body) = response.into_parts();
    let (status, mut headers) = (parts.status, parts.headers);
    hide_secrets(&mut headers);
    match body.read(core.response_limit()).await {
        Ok(body) => Ok(Reply {
            status,
            headers,
            body,
        }),
        Err((error, body)) => Err(broken_off(error).with_reply(Reply {
            status,
            headers,
            body,
        })),
    }
}

/// Cookies are secrets, and the query of a redirect's target may hold some: they shall not appear where headers are
/// printed.
fn hide_secrets(headers: &mut HeaderMap) {
    for (name, value) in headers.iter_mut() {
        value.set_sensitive(name == SET_COOKIE || name == LOCATION);
    }
}

async fn within<T>(
    limit: Duration,
    what: &str,
    work: impl Future<Output = Result<T, Box<Failure>>>,
) -> Result<T, Box<Failure>> {
    match tokio::time::timeout(limit, work).await {
        Ok(result) => result,
        Err(_) => Err(Failure::new(
            ErrorKind::Timeout,
            format!("{what} took longer than {limit:?}"),
        )),
    }
}

fn not_carried(error: TransportError, host: &str) -> Box<Failure> {
    match error.is_connect() {
        true => Failure::new(
            ErrorKind::Connect,
            format!("no connection to {host} could be made"),
        )
        .because(error),
        false => Failure::new(
            ErrorKind::Transport,
            "the connection broke off before the answer",
        )
        .because(error),
    }
}

fn broken_off(error: BodyError) -> Box<Failure> {
    match error {
        BodyError::Transport(error) => Failure::new(
            ErrorKind::Transport,
            "the connection broke off within the answer",
        )
        .because(error),
        BodyError::TooLarge(limit) => Failure::new(
            ErrorKind::TooLarge,
            format!("the answer is larger than {limit} bytes"),
        ),
    }
}
