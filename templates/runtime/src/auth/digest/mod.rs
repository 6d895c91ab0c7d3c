//! HTTP digest authentication (RFC 7616): MD5 and SHA-256 with `qop=auth`.

mod challenge;
mod hash;

use std::sync::{Mutex, MutexGuard, PoisonError};

use http::{HeaderValue, StatusCode};

use self::challenge::Challenge;
use self::hash::Ingredients;
use super::{Secret, random_hex, sensitive};
use crate::request::Request;
use crate::response::Reply;

/// Answers digest challenges for one user.
pub(crate) struct Digest {
    user: String,
    password: Secret,
    sessions: Mutex<Sessions>,
}

/// The sessions that no request is using. A request has its session to itself, because a server may insist that a
/// nonce's counter rises by one with each request that arrives (RFC 7616 section 3.4, `nc`), and requests side by side
/// overtake each other. So there are as many sessions as there were requests at one time.
#[derive(Default)]
struct Sessions {
    idle: Vec<Session>,
    reuse: Reuse,
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

impl Digest {
    pub(super) fn new(user: String, password: Secret) -> Self {
        Self { user, password, sessions: Mutex::default() }
    }

    /// Begins a request: with a nonce used before, if there is one; else without credentials, to be challenged.
    pub(super) fn begin<'a>(&'a self, request: &'a Request) -> Exchange<'a> {
        let mut exchange =
            Exchange { digest: self, request, session: None, header: None, step: Step::Bare, refused_reuse: false };
        let idle = self.sessions().idle.pop();
        if let Some(Session { challenge, count }) = idle {
            exchange.answer(challenge, count.saturating_add(1), Step::Reused);
        }
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

/// How often a fresh nonce may turn out stale already; a busy server with room for few clients forgets some of them.
const MOST_STALE: u8 = 3;

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
pub(super) struct Exchange<'a> {
    digest: &'a Digest,
    request: &'a Request,
    /// The session in use. It is lost if the request breaks off: its counter is uncertain then.
    session: Option<Session>,
    header: Option<HeaderValue>,
    step: Step,
    /// Whether a nonce used before was refused, with no sign that it was stale.
    refused_reuse: bool,
}

impl Exchange<'_> {
    /// The `Authorization` header to send.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        self.header.clone()
    }

    /// What to send after this reply; `None`: the reply stands.
    pub(super) fn after(mut self, reply: &Reply) -> Option<Self> {
        if reply.status != StatusCode::UNAUTHORIZED {
            self.finish();
            return None;
        }
        let challenge = Challenge::choose(&reply.headers)?;
        let next = match self.step {
            Step::Bare | Step::Reused => Step::Fresh(0),
            Step::Fresh(stale) if challenge.is_stale && stale < MOST_STALE => Step::Fresh(stale + 1),
            // User name or password are wrong.
            Step::Fresh(_) => return None,
        };
        self.refused_reuse |= self.step == Step::Reused && !challenge.is_stale;
        self.answer(challenge, 1, next);
        self.header.is_some().then_some(self)
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
