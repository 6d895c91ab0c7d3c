//! The layers of a call, from the outside in. Each is one function that calls the next:
//!
//! 1. [`execute`]: the total timeout.
//! 2. [`wait_out_rate_limits`]: a 429 is waited out.
//! 3. [`authorize`](crate::auth::Authenticator::authorize): credentials; a 401 that a new token or nonce may cure.
//! 4. [`attempt`]: one exchange within the attempt timeout; the envelope comes off.
//! 5. [`exchange`]: the transport carries the request; the body is read up to the limit, or left to a
//!    [`Download`](crate::Download).

use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderValue, Uri};
use tokio::time::Instant;

use crate::core::Core;
use crate::download::Stream;
use crate::envelope;
use crate::error::{ErrorKind, Failure};
use crate::operation::Operation;
use crate::rate_limit::Waits;
use crate::request::Request;
use crate::response::{Arrived, Reply};
use crate::transport::{BodyError, TransportError};

/// Makes a call: the answer is a success, or else the failure says all that is known.
pub(crate) async fn execute(
    core: Core,
    operation: &'static Operation,
    request: Result<Request, Box<Failure>>,
    timeout: Option<Duration>,
) -> Result<Arrived, Box<Failure>> {
    let outcome = async {
        let request = request?;
        let limit = timeout.unwrap_or(core.timeouts().total);
        let work = wait_out_rate_limits(&core, &request, limit);
        let arrived = within(limit, "the call", work).await?;
        match arrived.reply.status.is_success() {
            true => Ok(arrived),
            false => Err(Failure::of_reply(arrived.reply, core.error_members())),
        }
    };
    outcome.await.map_err(|failure: Box<Failure>| failure.during(operation.id))
}

async fn wait_out_rate_limits(core: &Core, request: &Request, limit: Duration) -> Result<Arrived, Box<Failure>> {
    let mut waits = Waits::until(Instant::now().checked_add(limit));
    loop {
        let arrived = core.authenticator().authorize(core, request).await?;
        match waits.after(&arrived.reply) {
            Some(wait) => tokio::time::sleep(wait).await,
            None => return Ok(arrived),
        }
    }
}

/// Sends a request once, with or without an `Authorization` header.
pub(crate) async fn attempt(
    core: &Core,
    request: &Request,
    authorization: Option<HeaderValue>,
) -> Result<Arrived, Box<Failure>> {
    let mut http_request = request.to_http();
    if let Some(authorization) = authorization {
        http_request.headers_mut().insert(AUTHORIZATION, authorization);
    }
    let work = exchange(core, request, http_request);
    let mut arrived = within(core.timeouts().attempt, "the attempt", work).await?;
    if let Some(envelope) = core.envelope()
        && arrived.stream.is_none()
    {
        arrived.reply = envelope::unwrap(envelope, request.unwrap, arrived.reply);
    }
    Ok(arrived)
}

async fn exchange(core: &Core, request: &Request, http_request: http::Request<Bytes>) -> Result<Arrived, Box<Failure>> {
    let response = core.transport().send(http_request).await;
    let response = response.map_err(|error| not_carried(error, &request.uri))?;
    let (parts, mut body) = response.into_parts();
    let mut reply = Reply { status: parts.status, headers: parts.headers, body: Bytes::new() };
    hide_secrets(&mut reply.headers);
    if request.is_streamed && reply.status.is_success() {
        let stream = Some(Stream::new(core, request.operation, reply.clone(), body));
        return Ok(Arrived { reply, stream });
    }
    let (bytes, error) = body.read(core.response_limit()).await;
    reply.body = bytes;
    match error {
        None => Ok(reply.into()),
        Some(error) => Err(broken_off(error).with_reply(reply)),
    }
}

/// Cookies are secrets, and the query of a redirect's target may hold some: they shall not appear where headers are
/// printed.
fn hide_secrets(headers: &mut HeaderMap) {
    for (name, value) in headers.iter_mut() {
        value.set_sensitive(name == SET_COOKIE || name == LOCATION);
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
