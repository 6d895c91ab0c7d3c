//! HTTP digest authentication (RFC 7616): MD5 and SHA-256 with `qop=auth`.

mod challenge;
mod hash;

use std::sync::{Mutex, MutexGuard, PoisonError};

use http::{HeaderValue, StatusCode};
use tokio::sync;

use self::challenge::Challenge;
use self::hash::Ingredients;
use super::kind::Part;
use super::{Layer, Scheme, Secret, Surroundings, random_hex, sensitive};
use crate::call::BoxFuture;
use crate::error::Failure;
use crate::execute::{attempt, held_back_until, hold_back};
use crate::in_flight::InFlight;
use crate::request::Request;
use crate::response::{Arrived, Reply};

/// The scheme of an API key.
pub(super) fn set_up(part: Part, _: &Surroundings<'_>) -> Result<Layer, String> {
    let Part { id: user, secret: password, .. } = part;
    let digest = Digest { user, password, sessions: Mutex::default(), lane: sync::Mutex::default() };
    Ok(Layer::Scheme(Box::new(digest)))
}

/// Answers digest challenges for one user.
struct Digest {
    user: String,
    password: Secret,
    sessions: Mutex<Sessions>,
    /// Held by the one request that may be under way where the service is crowded.
    lane: sync::Mutex<()>,
}

/// The sessions that no request is using. A request has its session to itself, because a server may insist that a
/// nonce's counter rises by one with each request that arrives (RFC 7616 section 3.4, `nc`), and requests side by side
/// overtake each other. So there are as many sessions as there were requests at one time.
#[derive(Default)]
struct Sessions {
    idle: Vec<Session>,
    reuse: Reuse,
    /// Whether the service has room for fewer sessions than there are requests at one time: it forgets a session that
    /// has just begun. Requests then go one by one, or they would push out each other's sessions for ever.
    is_crowded: bool,
}

/// A challenge whose nonce is used again, to spare every other request.
struct Session {
    challenge: Challenge,
    /// How often the nonce has been used.
    count: u32,
}

/// Whether the service takes a nonce more than once.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Reuse {
    #[default]
    Untried,
    /// It has done so; a refusal means that the nonce is too old.
    Works,
    /// It has refused one, and then taken the same user's fresh answer: no more of it on this client.
    Refused,
}

impl Scheme for Digest {
    fn authorize<'a>(&'a self, call: &'a InFlight<'a>) -> BoxFuture<'a, Result<Arrived, Box<Failure>>> {
        Box::pin(async move {
            let mut exchange = self.begin(call).await;
            loop {
                let arrived = attempt(call, exchange.header()).await?;
                exchange = match exchange.after(&arrived.reply).await {
                    Some(next) => next,
                    None => return Ok(arrived),
                };
                exchange.hold_back(call).await;
            }
        })
    }
}

impl Digest {
    /// Begins a request: with a nonce used before, if there is one; else without credentials, to be challenged.
    async fn begin<'a>(&'a self, call: &'a InFlight<'a>) -> Exchange<'a> {
        let mut exchange = Exchange {
            digest: self,
            request: call.request,
            lane: None,
            session: None,
            header: None,
            step: Step::Bare,
            refused_reuse: false,
        };
        let is_crowded = self.sessions().is_crowded;
        if is_crowded {
            exchange.lane = Some(self.lane.lock().await);
            exchange.hold_back(call).await;
        }
        exchange.reuse();
        exchange
    }

    /// The `Authorization` header (section 3.4). `None`: the user name cannot stand in one.
    fn header(&self, challenge: &Challenge, count: u32, request: &Request) -> Option<HeaderValue> {
        let Challenge { realm, nonce, algorithm, .. } = challenge;
        let (count, client_nonce) = (format!("{count:08x}"), random_hex());
        let uri = request.uri.path_and_query().map_or("/", |target| target.as_str());
        let ingredients = Ingredients {
            user: &self.user,
            password: self.password.expose(),
            realm,
            nonce,
            count: &count,
            client_nonce: &client_nonce,
            method: request.operation.method.as_str(),
            uri,
        };
        let response = ingredients.response(*algorithm);
        let (user, realm, nonce) = (quoted(&self.user), quoted(realm), quoted(nonce));
        let mut header = format!(
            "Digest username={user}, realm={realm}, nonce={nonce}, uri=\"{uri}\", response=\"{response}\", \
             qop=auth, nc={count}, cnonce=\"{client_nonce}\""
        );
        if challenge.names_algorithm {
            header.push_str(", algorithm=");
            header.push_str(algorithm.name());
        }
        if let Some(opaque) = &challenge.opaque {
            header.push_str(", opaque=");
            header.push_str(&quoted(opaque));
        }
        sensitive(&header).ok()
    }

    fn sessions(&self) -> MutexGuard<'_, Sessions> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How often a fresh nonce may turn out stale already.
const MOST_STALE: u8 = 8;

/// How far a request has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Sent without credentials.
    Bare,
    /// Sent with a nonce used before.
    Reused,
    /// Sent with an answer to a fresh challenge, after so many whose nonces had grown stale at once.
    Fresh(u8),
}

/// One request on its way through challenges.
struct Exchange<'a> {
    digest: &'a Digest,
    request: &'a Request,
    lane: Option<sync::MutexGuard<'a, ()>>,
    /// The session in use. It is lost if the request breaks off: its counter is uncertain then.
    session: Option<Session>,
    header: Option<HeaderValue>,
    step: Step,
    /// Whether a nonce used before was refused, with no sign that it was stale.
    refused_reuse: bool,
}

impl<'a> Exchange<'a> {
    /// The `Authorization` header to send.
    fn header(&self) -> Option<HeaderValue> {
        self.header.clone()
    }

    /// Waits until the service takes the request. The lane is left to other requests meanwhile.
    async fn hold_back(&mut self, call: &InFlight<'_>) {
        while self.lane.is_some() && held_back_until(call).is_some() {
            self.lane = None;
            hold_back(call).await;
            self.lane = Some(self.digest.lane.lock().await);
        }
    }

    /// What to send after this reply; `None`: the reply stands.
    async fn after(mut self, reply: &Reply) -> Option<Exchange<'a>> {
        if reply.status != StatusCode::UNAUTHORIZED {
            self.finish();
            return None;
        }
        let challenge = Challenge::choose(&reply.headers)?;
        let next = match self.step {
            Step::Bare | Step::Reused => Step::Fresh(0),
            Step::Fresh(_) if challenge.is_stale && self.lane.is_none() => {
                self.digest.sessions().is_crowded = true;
                self.lane = Some(self.digest.lane.lock().await);
                if self.reuse() {
                    return Some(self);
                }
                Step::Fresh(1)
            }
            Step::Fresh(stale) if challenge.is_stale && stale < MOST_STALE => Step::Fresh(stale + 1),
            // User name or password are wrong.
            Step::Fresh(_) => return None,
        };
        self.refused_reuse |= self.step == Step::Reused && !challenge.is_stale;
        self.answer(challenge, 1, next);
        self.header.is_some().then_some(self)
    }

    /// Takes a session that no request is using.
    fn reuse(&mut self) -> bool {
        let idle = self.digest.sessions().idle.pop();
        let Some(Session { challenge, count }) = idle else {
            return false;
        };
        self.answer(challenge, count.saturating_add(1), Step::Reused);
        self.header.is_some()
    }

    fn answer(&mut self, challenge: Challenge, count: u32, step: Step) {
        self.header = self.digest.header(&challenge, count, self.request);
        self.session = Some(Session { challenge, count });
        self.step = step;
    }

    /// The service has let the request in: notes what that says of the use of nonces, and keeps the session.
    fn finish(self) {
        let mut sessions = self.digest.sessions();
        match self.step {
            Step::Reused => sessions.reuse = Reuse::Works,
            Step::Fresh(_) if self.refused_reuse && sessions.reuse == Reuse::Untried => {
                sessions.reuse = Reuse::Refused;
                sessions.idle.clear();
            }
            _ => {}
        }
        if sessions.reuse != Reuse::Refused {
            sessions.idle.extend(self.session);
        }
    }
}

/// A quoted string (RFC 9110 section 5.6.4).
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
