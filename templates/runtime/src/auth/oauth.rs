//! OAuth 2.0, where a client can act by itself (RFC 6749): for itself, with a user's password, or with a refresh token.
//! Tokens are got, kept, and renewed early.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::Value;
use tokio::sync::watch;
use tokio::time::Instant;

use super::kind::{Grant, Part};
use super::{Layer, Scheme, Secret, Surroundings, bearer, sensitive};
use crate::call::BoxFuture;
use crate::codec::tree;
use crate::core::Core;
use crate::envelope::Unwrap;
use crate::error::{Attempt, ErrorKind, Failure, Members};
use crate::execute::{attempt, execute};
use crate::in_flight::{CallOptions, InFlight};
use crate::operation::Operation;
use crate::request::{Request, Upload, form_escape};
use crate::response::Arrived;
use crate::retry::{random_fraction, retry_after};

/// What asks for a token; its URL is the service's token URL. A token too many does no harm.
static REQUEST_TOKEN: Operation = Operation::post("requestToken", "").unauthenticated().idempotent(true);
/// What gives one back, at the service's revocation URL.
static REVOKE_TOKEN: Operation = Operation::post("revokeToken", "").unauthenticated().idempotent(true);
/// How long a token is taken to live when the service does not say.
const USUAL_LIFETIME: Duration = Duration::from_secs(600);
/// A token is renewed this long before it expires, or when four fifths of its life are over, if that is later; and by a
/// random part of that time sooner, so that many processes which began together do not renew together.
const EARLY: Duration = Duration::from_secs(300);
/// How long after a failed early renewal the next is tried, and how long a token that took a refused one's place is kept
/// though it is refused itself.
const PAUSE: Duration = Duration::from_secs(30);

/// A service account (section 4.4).
pub(super) fn client_credentials(part: Part, client: &Surroundings<'_>) -> Result<Layer, String> {
    let form = "grant_type=client_credentials".to_owned();
    let program = Some((part.id, Some(part.secret.clone())));
    set_up(Grant { client: program, ..part.grant }, form, part.secret, false, client)
}

/// A user's password (section 4.3).
pub(super) fn password(part: Part, client: &Surroundings<'_>) -> Result<Layer, String> {
    let (user, password) = (form_escape(&part.id), form_escape(part.secret.expose()));
    let form = format!("grant_type=password&username={user}&password={password}");
    set_up(part.grant, form, part.secret, false, client)
}

/// A refresh token (section 6).
pub(super) fn refresh_token(part: Part, client: &Surroundings<'_>) -> Result<Layer, String> {
    set_up(part.grant, "grant_type=refresh_token".to_owned(), part.secret, true, client)
}

fn set_up(
    grant: Grant,
    mut form: String,
    secret: Secret,
    is_refresh: bool,
    client: &Surroundings<'_>,
) -> Result<Layer, String> {
    if let Some(scope) = grant.scope {
        form.push_str("&scope=");
        form.push_str(&form_escape(&scope));
    }
    // Section 3.2.1: a program without a secret says its id in the form.
    if let Some((id, None)) = &grant.client {
        form.push_str("&client_id=");
        form.push_str(&form_escape(id));
    }
    let program = grant.client.and_then(|(id, secret)| Some((id, secret?)));
    let source = TokenSource::new(program, form.into(), secret, is_refresh, client)?;
    Ok(Layer::Scheme(Box::new(Arc::new(source))))
}

/// A token, with the times that matter.
struct Token {
    secret: Secret,
    header: HeaderValue,
    renew_at: Instant,
    expires_at: Instant,
}

impl Token {
    /// The `Authorization` header.
    fn header(&self) -> HeaderValue {
        self.header.clone()
    }
}

type Outcome = Result<Arc<Token>, Box<Failure>>;
type Renewal = watch::Receiver<Option<Outcome>>;

/// Gets tokens and keeps them.
struct TokenSource {
    request: Request,
    revoke: Option<Request>,
    /// The body of a request for a token, as far as it is the same each time.
    form: Secret,
    /// What must not come back in an error: the secret that was given, and the program's own.
    secrets: Vec<Secret>,
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
    /// When the service last refused a token that was then forgotten.
    refused_at: Option<Instant>,
    /// The refresh token that counts, where tokens are got with one.
    refresh: Option<Secret>,
}

impl Scheme for Arc<TokenSource> {
    fn authorize<'a>(&'a self, call: &'a InFlight<'a>) -> BoxFuture<'a, Result<Arrived, Box<Failure>>> {
        Box::pin(async move {
            let mut is_first = true;
            loop {
                let token = self.token(call.core).await?;
                let arrived = attempt(call, Some(token.header())).await?;
                // A 401 says that the token was revoked, or that the clocks differ. Once is enough: a new token that is
                // refused will not get better.
                let is_refused = arrived.reply.status == StatusCode::UNAUTHORIZED;
                if !is_refused || !is_first || !self.invalidate(&token) {
                    return Ok(arrived);
                }
                is_first = false;
            }
        })
    }

    fn revoke<'a>(&'a self, core: &'a Core) -> BoxFuture<'a, Result<(), Box<Failure>>> {
        Box::pin(self.give_back(core))
    }
}

impl TokenSource {
    fn new(
        program: Option<(String, Secret)>,
        form: Secret,
        secret: Secret,
        is_refresh: bool,
        client: &Surroundings<'_>,
    ) -> Result<Self, String> {
        let mut headers = HeaderMap::from_iter([
            (ACCEPT, HeaderValue::from_static("application/json")),
            (CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded")),
            (USER_AGENT, client.user_agent.clone()),
        ]);
        let mut secrets = vec![secret.clone()];
        if let Some((id, secret)) = program {
            // Section 2.3.1: both are form-encoded before they are joined.
            let pair = format!("{}:{}", form_escape(&id), form_escape(secret.expose()));
            headers.insert(AUTHORIZATION, sensitive(&format!("Basic {}", STANDARD.encode(pair)))?);
            secrets.push(secret);
        }
        let request = |operation: &'static Operation, url: &str| {
            let uri = client.base_url.resolve(url)?;
            Ok::<_, String>(Request {
                operation,
                template: uri.path().to_owned().into(),
                uri,
                headers: headers.clone(),
                body: Upload::default(),
                kind: operation.id().to_owned(),
                unwrap: Unwrap::Nothing,
                is_streamed: false,
                secret_query: Vec::new(),
            })
        };
        let description = client.description;
        let refresh_url = client.refresh_url.filter(|_| is_refresh);
        let token_url = refresh_url.or(description.token_url);
        let token_url = token_url.ok_or("this service has no token URL, so no tokens can be got")?;
        let revoke = description.revoke_url.map(|url| request(&REVOKE_TOKEN, url)).transpose()?;
        let state = State { refresh: is_refresh.then_some(secret), ..State::default() };
        Ok(Self { request: request(&REQUEST_TOKEN, token_url)?, revoke, form, secrets, state: Mutex::new(state) })
    }

    /// A token that is good now. While one is, its early renewal goes on beside the calls.
    async fn token(self: &Arc<Self>, core: &Core) -> Outcome {
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

    /// Forgets a token that the service refused, unless another has taken its place already. Whether another may do
    /// better: not, where this one has just taken a refused one's place. There are services that answer 401 to what an
    /// account may not do, and each such call would cost a token.
    fn invalidate(&self, refused: &Arc<Token>) -> bool {
        let mut state = self.state();
        if !state.token.as_ref().is_some_and(|token| Arc::ptr_eq(token, refused)) {
            return true;
        }
        let is_hopeless = state.refused_at.is_some_and(|at| at.elapsed() < PAUSE);
        if !is_hopeless {
            (state.token, state.refused_at) = (None, Some(Instant::now()));
        }
        !is_hopeless
    }

    /// Gives the token back, if there is one (RFC 7009 section 2.1).
    async fn give_back(&self, core: &Core) -> Result<(), Box<Failure>> {
        let Some(revoke) = &self.revoke else {
            return Ok(());
        };
        // A renewal in flight would bring a token that nobody gives back.
        let in_flight = self.state().renewal.clone();
        if let Some(mut renewal) = in_flight {
            let _ = renewal.wait_for(Option::is_some).await;
        }
        let token = self.state().token.take();
        let Some(token) = token.filter(|token| Instant::now() < token.expires_at) else {
            return Ok(());
        };
        let mut request = revoke.clone();
        request.body = format!("token={}&token_type_hint=access_token", form_escape(token.secret.expose())).into();
        let arrived = execute(core, &request, CallOptions::default()).await;
        let arrived = arrived.map_err(|failure| failed("the token could not be revoked").because(failure))?;
        match arrived.reply.status.is_success() {
            true => Ok(()),
            false => Err(self.refused("the revocation endpoint", core, arrived, Some(&token.secret))),
        }
    }

    /// Asks the token endpoint, with all that a call has: its 429s are waited out, its failures tried again.
    async fn request_token(&self, core: &Core) -> Result<Token, Box<Failure>> {
        let refresh = self.state().refresh.clone();
        let mut request = self.request.clone();
        request.body = match &refresh {
            Some(token) => format!("{}&refresh_token={}", self.form.expose(), form_escape(token.expose())).into(),
            None => self.form.expose().to_owned().into(),
        };
        let arrived = execute(core, &request, CallOptions::default()).await.map_err(not_reached)?;
        match arrived.reply.status.is_success() {
            true => {
                let (token, next) = read_token(&arrived)?;
                // Section 6: the old refresh token may be of no use any more.
                if let (Some(_), Some(next)) = (refresh, next) {
                    self.state().refresh = Some(next);
                }
                Ok(token)
            }
            false => Err(self.refused("the token endpoint", core, arrived, refresh.as_ref())),
        }
    }

    /// An endpoint's error, in either of its shapes: RFC 6749 section 5.2, or the service's own. Secrets that it repeats
    /// are struck out.
    fn refused(&self, endpoint: &str, core: &Core, arrived: Arrived, sent: Option<&Secret>) -> Box<Failure> {
        let Arrived { reply, attempts, .. } = arrived;
        let body = tree(&reply.body).unwrap_or_default();
        let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        let mut members = match text("error") {
            Some(code) => Members { code: Some(code), detail: text("error_description"), ..Members::default() },
            None => Members::read(&reply.body, core.error_members()),
        };
        let secrets = || self.secrets.iter().chain(sent);
        let clean = |text: String| secrets().fold(text, |text, secret| secret.strike_from(&text));
        members.detail = members.detail.map(clean);
        members.code = members.code.map(clean);
        members.fields.clear();
        let mut failure = failed(format!("{endpoint} answered {}", reply.status));
        failure.members = members;
        failure.retry_after = retry_after(&reply, core.error_members());
        failure.with_reply(reply).after(attempts)
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

/// Reads a token, and the refresh token beside it (RFC 6749 section 5.1). The answer never becomes part of an error: it holds
/// them.
fn read_token(arrived: &Arrived) -> Result<(Token, Option<Secret>), Box<Failure>> {
    let unfit = |what: &str| failed(format!("the token endpoint's answer has no {what}"));
    let body = tree(&arrived.reply.body).ok_or_else(|| unfit("JSON"))?;
    let token = body.get("access_token").and_then(Value::as_str).ok_or_else(|| unfit("access_token"))?;
    // Section 7.1: a token of an unknown type must not be used.
    let is_bearer = |kind: &Value| kind.as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("bearer"));
    if !body.get("token_type").is_none_or(is_bearer) {
        return Err(unfit("token of the type Bearer"));
    }
    let lifetime = body.get("expires_in").and_then(seconds).unwrap_or(USUAL_LIFETIME);
    let secret = Secret::from(token);
    let refresh = body.get("refresh_token").and_then(Value::as_str).filter(|token| !token.is_empty()).map(Secret::from);
    let header = bearer(&secret).map_err(|_| unfit("usable access_token"))?;
    let early = EARLY.min(lifetime / 5).mul_f64(1.0 + random_fraction());
    // The life begins when the last attempt was sent.
    let asked_at = Instant::now().checked_sub(arrived.attempts.last().map_or(Duration::ZERO, Attempt::duration));
    let asked_at = asked_at.unwrap_or_else(Instant::now);
    let (renew_at, expires_at) = (asked_at.checked_add(lifetime - early), asked_at.checked_add(lifetime));
    match (renew_at, expires_at) {
        (Some(renew_at), Some(expires_at)) => Ok((Token { secret, header, renew_at, expires_at }, refresh)),
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
    let attempts = failure.attempts.clone();
    failed("the token endpoint could not be asked").because(failure).after(attempts)
}
