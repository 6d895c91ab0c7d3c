//! OAuth 2.0 client credentials (RFC 6749 section 4.4): tokens got, kept, and renewed early.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Uri};
use serde_json::Value;
use tokio::sync::watch;
use tokio::time::Instant;

use super::{Secret, bearer, sensitive};
use crate::core::Core;
use crate::envelope::Unwrap;
use crate::error::{ErrorKind, Failure, Members};
use crate::execute::attempt;
use crate::operation::Operation;
use crate::rate_limit::Waits;
use crate::request::{Request, form_escape};
use crate::response::Reply;

/// What asks for a token; its URL is the service's token URL.
static REQUEST_TOKEN: Operation = Operation::post("requestToken", "").unauthenticated();
/// How long a token is taken to live when the service does not say.
const USUAL_LIFETIME: Duration = Duration::from_secs(600);
/// A token is renewed this long before it expires, or when four fifths of its life are over, if that is later.
const EARLY: Duration = Duration::from_secs(300);
/// How long after a failed early renewal the next is tried.
const PAUSE: Duration = Duration::from_secs(30);

/// A token, with the times that matter.
pub(super) struct Token {
    header: HeaderValue,
    renew_at: Instant,
    expires_at: Instant,
}

impl Token {
    /// The `Authorization` header.
    pub(super) fn header(&self) -> HeaderValue {
        self.header.clone()
    }
}

type Outcome = Result<Arc<Token>, Box<Failure>>;
type Renewal = watch::Receiver<Option<Outcome>>;

/// Gets tokens for a service account and keeps them.
pub(crate) struct TokenSource {
    request: Request,
    secret: Secret,
    state: Mutex<State>,
}

/// What is known of the token. At most one renewal is in flight; it is a task of its own, so that a caller who gives up
/// takes nothing from the others.
#[derive(Default)]
struct State {
    token: Option<Arc<Token>>,
    renewal: Option<Renewal>,
    /// Before this, no early renewal is tried again.
    paused_until: Option<Instant>,
}

impl TokenSource {
    pub(super) fn new(id: &str, secret: Secret, token_url: Uri, user_agent: HeaderValue) -> Result<Self, String> {
        // Section 2.3.1: both are form-encoded before they are joined.
        let pair = format!("{}:{}", form_escape(id), form_escape(secret.expose()));
        let headers = HeaderMap::from_iter([
            (ACCEPT, HeaderValue::from_static("application/json")),
            (AUTHORIZATION, sensitive(&format!("Basic {}", STANDARD.encode(pair)))?),
            (CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded")),
            (USER_AGENT, user_agent),
        ]);
        let request = Request {
            operation: &REQUEST_TOKEN,
            uri: token_url,
            headers,
            body: Bytes::from_static(b"grant_type=client_credentials"),
            unwrap: Unwrap::Nothing,
            is_streamed: false,
        };
        Ok(Self { request, secret, state: Mutex::default() })
    }

    /// A token that is good now. While one is, its early renewal goes on beside the calls.
    pub(super) async fn token(self: &Arc<Self>, core: &Core) -> Outcome {
        let mut renewal = match self.current(core) {
            Ok(token) => return Ok(token),
            Err(renewal) => renewal,
        };
        let outcome = renewal.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone());
        // There is no outcome where the task is gone with the runtime that it ran on.
        outcome.unwrap_or_else(|| Err(failed("the renewal of the token was given up")))
    }

    /// The token if it is good now, or else the renewal to wait for.
    fn current(self: &Arc<Self>, core: &Core) -> Result<Arc<Token>, Renewal> {
        let now = Instant::now();
        let mut state = self.state();
        let Some(token) = state.token.clone().filter(|token| now < token.expires_at) else {
            return Err(self.renewal(&mut state, core));
        };
        let is_paused = state.paused_until.is_some_and(|until| now < until);
        if now >= token.renew_at && !is_paused {
            self.renewal(&mut state, core);
        }
        Ok(token)
    }

    /// The renewal in flight, or a new one.
    fn renewal(self: &Arc<Self>, state: &mut State, core: &Core) -> Renewal {
        // A renewal whose task is gone without an outcome does not count: its runtime was shut down.
        let in_flight = state.renewal.clone().filter(|renewal| renewal.has_changed().is_ok());
        if let Some(renewal) = in_flight {
            return renewal;
        }
        let (sender, receiver) = watch::channel(None);
        state.renewal = Some(receiver.clone());
        let (source, core) = (Arc::clone(self), core.clone());
        tokio::spawn(async move {
            let outcome = source.request_token(&core).await.map(Arc::new);
            source.state().finish(&outcome);
            sender.send_replace(Some(outcome));
        });
        receiver
    }

    /// Forgets a token that the service refused, unless another has taken its place already.
    pub(super) fn invalidate(&self, refused: &Arc<Token>) {
        let mut state = self.state();
        if state.token.as_ref().is_some_and(|token| Arc::ptr_eq(token, refused)) {
            state.token = None;
        }
    }

    /// Asks the token endpoint, waiting out its 429s.
    async fn request_token(&self, core: &Core) -> Result<Token, Box<Failure>> {
        let mut waits = Waits::until(Instant::now().checked_add(core.timeouts().total));
        loop {
            let asked_at = Instant::now();
            let arrived = attempt(core, &self.request, None).await;
            let reply = arrived.map_err(not_reached)?.reply;
            if let Some(wait) = waits.after(&reply) {
                tokio::time::sleep(wait).await;
                continue;
            }
            return match reply.status.is_success() {
                true => read_token(&reply, asked_at),
                false => Err(self.refused(core, reply)),
            };
        }
    }

    /// The endpoint's error, in either of its shapes: RFC 6749 section 5.2, or the service's own.
    fn refused(&self, core: &Core, reply: Reply) -> Box<Failure> {
        let body = serde_json::from_slice::<Value>(&reply.body).unwrap_or_default();
        let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        let mut members = match text("error") {
            Some(code) => Members { code: Some(code), detail: text("error_description"), ..Members::default() },
            None => Members::read(&reply.body, core.error_members()),
        };
        members.detail = members.detail.map(|detail| self.secret.strike_from(&detail));
        let mut failure = failed(format!("the token endpoint answered {}", reply.status)).with_reply(reply);
        failure.members = members;
        failure
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn finish(&mut self, outcome: &Outcome) {
        self.renewal = None;
        match outcome {
            Ok(token) => (self.token, self.paused_until) = (Some(Arc::clone(token)), None),
            Err(_) => self.paused_until = Instant::now().checked_add(PAUSE),
        }
    }
}

/// Reads a token (RFC 6749 section 5.1). Its answer never becomes part of an error: it may hold the token.
fn read_token(reply: &Reply, asked_at: Instant) -> Result<Token, Box<Failure>> {
    let unfit = |what: &str| failed(format!("the token endpoint's answer has no {what}"));
    let body = serde_json::from_slice::<Value>(&reply.body).map_err(|_| unfit("JSON"))?;
    let token = body.get("access_token").and_then(Value::as_str).ok_or_else(|| unfit("access_token"))?;
    // Section 7.1: a token of an unknown type must not be used.
    let is_bearer = |kind: &Value| kind.as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("bearer"));
    if !body.get("token_type").is_none_or(is_bearer) {
        return Err(unfit("token of the type Bearer"));
    }
    let lifetime = body.get("expires_in").and_then(seconds).unwrap_or(USUAL_LIFETIME);
    let header = bearer(&token.into()).map_err(|_| unfit("usable access_token"))?;
    let early = EARLY.min(lifetime / 5);
    let (renew_at, expires_at) = (asked_at.checked_add(lifetime - early), asked_at.checked_add(lifetime));
    match (renew_at, expires_at) {
        (Some(renew_at), Some(expires_at)) => Ok(Token { header, renew_at, expires_at }),
        _ => Err(unfit("sensible expires_in")),
    }
}

/// Some services write numbers as text.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
    Some(Duration::from_secs(seconds))
}

fn failed(message: impl Into<String>) -> Box<Failure> {
    Failure::new(ErrorKind::Authentication, message)
}

fn not_reached(failure: Box<Failure>) -> Box<Failure> {
    failed("the token endpoint could not be asked").because(failure)
}
