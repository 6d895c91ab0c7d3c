//! A transport whose every request is expected.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::expect::Expected;
use super::{Answer, Expectation, Sent};
use crate::call::BoxFuture;
use crate::transport::{Body, Transport, TransportError};

/// A transport without a network: it expects requests, in their order, and answers what the test says. Clones are one.
///
/// A request that is not expected is answered with an error of the kind [`Request`](crate::ErrorKind::Request), which says
/// what was expected and is never retried; [`verify`](Self::verify) tells of it too.
///
/// ```
/// use client_runtime::testing::{Answer, Script};
/// # use client_runtime::{Builder, Service, object};
/// # object! { pub struct User { required id: String = "id" } new(id: impl Into<String>) }
/// # async fn example<C: Service>(get_user: impl AsyncFn(&C, &str) -> User) -> Result<(), Box<dyn std::error::Error>> {
/// let script = Script::new();
/// script.expect("getUser").path("/users/7").answer(Answer::status(503));
/// script.expect("getUser").path("/users/7").answer(Answer::json(200, &User::new("7")));
///
/// let client: C = Builder::new().transport(script.clone()).build().expect("a client");
/// assert_eq!(get_user(&client, "7").await, User::new("7"));
///
/// script.verify()?;
/// assert_eq!(script.requests()[1].headers()["accept"], "application/json");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Script(Arc<Mutex<State>>);

struct State {
    is_ordered: bool,
    expected: Vec<Expected>,
    sent: Vec<Sent>,
    /// What came and was not expected.
    surprises: Vec<String>,
}

impl Script {
    /// A script that expects nothing yet. What it will expect must come in that order.
    #[must_use]
    pub fn new() -> Self {
        Self::with_order(true)
    }

    /// A script that expects nothing yet. What it will expect may come in any order; of several that a request meets the
    /// first counts.
    #[must_use]
    pub fn in_any_order() -> Self {
        Self::with_order(false)
    }

    fn with_order(is_ordered: bool) -> Self {
        let state = State { is_ordered, expected: Vec::new(), sent: Vec::new(), surprises: Vec::new() };
        Self(Arc::new(Mutex::new(state)))
    }

    /// Begins to expect a request of the operation with this id (that of the document, `operationId`).
    pub fn expect(&self, operation: &str) -> Expectation<'_> {
        Expectation::new(self, operation)
    }

    pub(super) fn add(&self, expected: Expected) {
        self.state().expected.push(expected);
    }

    /// What was sent until now, expected or not. Requests for tokens are left out, unless they were expected.
    #[must_use]
    pub fn requests(&self) -> Vec<Sent> {
        self.state().sent.clone()
    }

    /// Makes sure that all came that was expected, and nothing else.
    ///
    /// # Errors
    ///
    /// With all that did not come, and all that was not expected.
    pub fn verify(&self) -> Result<(), ScriptError> {
        let state = self.state();
        let missing = state.expected.iter().filter(|expected| expected.is_due());
        let mut faults: Vec<_> = missing.map(|missing| format!("did not come: {}", missing.describe(None))).collect();
        faults.extend(state.surprises.iter().cloned());
        if faults.is_empty() { Ok(()) } else { Err(ScriptError(faults.join("\n"))) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn answer(&mut self, sent: Sent) -> Result<Answer, TransportError> {
        let found = self.find(&sent);
        let outcome = match found.and_then(|index| self.expected.get_mut(index)) {
            Some(expected) => Ok(expected.take()),
            None if sent.is_sign_in() => return Ok(made_up_token()),
            None => Err(self.surprise(&sent)),
        };
        self.sent.push(sent);
        outcome.map_err(|surprise| {
            self.surprises.push(surprise.clone());
            TransportError::refused(surprise)
        })
    }

    fn find(&self, sent: &Sent) -> Option<usize> {
        self.candidates().find(|(_, expected)| expected.is_met_by(sent)).map(|(index, _)| index)
    }

    /// What may come now: up to the first that must come, where there is an order.
    fn candidates(&self) -> impl Iterator<Item = (usize, &Expected)> {
        let due = self.expected.iter().position(Expected::is_due).filter(|_| self.is_ordered);
        let all = self.expected.iter().enumerate().take(due.map_or(usize::MAX, |index| index + 1));
        all.filter(|(_, expected)| expected.is_open())
    }

    fn surprise(&self, sent: &Sent) -> String {
        let expected: Vec<_> = self.candidates().map(|(_, expected)| expected.describe(Some(sent))).collect();
        match expected.is_empty() {
            true => format!("not expected: {sent}; nothing more was expected"),
            false => format!("not expected: {sent}; expected was {}", expected.join("; or ")),
        }
    }
}

pub(super) fn made_up_token() -> Answer {
    let token = serde_json::json!({"access_token": "made-up", "token_type": "Bearer", "expires_in": 3600});
    Answer::json(200, &token)
}

impl Transport for Script {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let sent = Sent::of(request).await?;
            let answer = self.state().answer(sent)?;
            answer.give().await
        })
    }
}

impl Default for Script {
    fn default() -> Self {
        Self::new()
    }
}

/// Shows how much there is of all.
impl fmt::Debug for Script {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        let mut output = formatter.debug_struct("Script");
        output.field("expected", &state.expected.len()).field("sent", &state.sent.len()).finish_non_exhaustive()
    }
}

/// What a [`Script`] missed, and what it did not expect, on a line each.
#[derive(Clone, PartialEq, Eq)]
pub struct ScriptError(String);

impl fmt::Display for ScriptError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// As `{}`: this is what a test shows that ends with it.
impl fmt::Debug for ScriptError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for ScriptError {}
