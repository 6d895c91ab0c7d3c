//! Waiting for a change: a call is made again and again until its answer says that it is over.

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;

use crate::call::{BoxFuture, Call};
use crate::codec::Decode;
use crate::error::{Error, ErrorKind, Failure};
use crate::paging::text_at;
use crate::response::{Reply, Response};

/// A pause between two requests that asks for no more than services bear.
const INTERVAL: Duration = Duration::from_secs(30);

/// Most changes are over by then.
const DEADLINE: Duration = Duration::from_secs(60 * 60);

/// How long a change may take to begin.
const LEAVING_WITHIN: Duration = Duration::from_secs(2 * 60);

/// How many calls in a row may fail, each after its own retries.
const TOLERATED: u32 = 5;

/// What is asked of an answer.
enum Condition<T> {
    Value(Box<dyn Fn(&T) -> bool + Send + Sync>),
    /// The state is one of these; where it stands, the waiter knows.
    States(&'static [&'static str]),
}

impl<T> Condition<T> {
    fn value(is_such: impl Fn(&T) -> bool + Send + Sync + 'static) -> Self {
        Self::Value(Box::new(is_such))
    }
}

/// A wait for a change. Nothing is sent until it is awaited; then a call is made at once, and again after every pause, until
/// the wait is over. `O` is what it brings: the last value, or nothing where it is waited that there is none any more.
///
/// Calls that fail in passing (no connection, a connection that breaks off, an attempt or a call that takes too long, 429,
/// 502, 503, 504) are tolerated, a few in a row; every other error ends the wait.
///
/// ```
/// use std::time::Duration;
///
/// # type Call = client_runtime::Call<String, client_runtime::Value>;
/// # async fn example(get_state: Call) -> Result<(), client_runtime::Error<client_runtime::Value>> {
/// use client_runtime::Waiter;
///
/// let state = Waiter::until(get_state, |state| state == "ready")
///     .failing(|state| state == "failed")
///     .every(Duration::from_secs(10))
///     .deadline(Duration::from_secs(600))
///     .await?;
/// # Ok(()) }
/// ```
#[must_use = "a waiter does nothing until it is awaited"]
pub struct Waiter<T, E, O = T> {
    call: Call<T, E>,
    /// Where in an answer the state is: a JSON pointer.
    state: Option<&'static str>,
    /// Of each list one condition that holds is enough.
    done: Vec<Condition<T>>,
    failing: Vec<Condition<T>>,
    leaving: Vec<Condition<T>>,
    interval: Duration,
    deadline: Duration,
    leaving_within: Duration,
    tolerated: u32,
    /// What the wait brings, of the last value or of none.
    outcome: fn(Option<T>) -> Option<O>,
}

impl<T: 'static, E> Waiter<T, E> {
    /// Waits until a value is as wanted.
    pub fn until(call: Call<T, E>, is_done: impl Fn(&T) -> bool + Send + Sync + 'static) -> Self {
        let mut waiter = Waiter::new(call, |value| value);
        waiter.done.push(Condition::value(is_done));
        waiter
    }

    /// Waits until what is at a JSON pointer (RFC 6901) in the answer is one of these.
    pub fn until_state(call: Call<T, E>, pointer: &'static str, states: &'static [&'static str]) -> Self {
        let mut waiter = Waiter::new(call, |value| value).state(pointer);
        waiter.done.push(Condition::States(states));
        waiter
    }
}

impl<T: 'static, E> Waiter<T, E, ()> {
    /// Waits until the answer is 404, or 410.
    pub fn until_gone(call: Call<T, E>) -> Self {
        Waiter::new(call, |value| value.is_none().then_some(()))
    }
}

impl<T: 'static, E, O> Waiter<T, E, O> {
    fn new(call: Call<T, E>, outcome: fn(Option<T>) -> Option<O>) -> Self {
        Self {
            call,
            state: None,
            done: Vec::new(),
            failing: Vec::new(),
            leaving: Vec::new(),
            interval: INTERVAL,
            deadline: DEADLINE,
            leaving_within: LEAVING_WITHIN,
            tolerated: TOLERATED,
            outcome,
        }
    }

    /// Says where in the answer the state is, at a JSON pointer (RFC 6901): errors name it, and the conditions that are
    /// made of states look there, whether they were given before or after.
    pub fn state(mut self, pointer: &'static str) -> Self {
        self.state = Some(pointer);
        self
    }

    /// Ends the wait with an error of the kind [`WaitFailed`](ErrorKind::WaitFailed) when a value is such. Given more than
    /// once, or beside [`failing_states`](Self::failing_states), each counts.
    pub fn failing(mut self, has_failed: impl Fn(&T) -> bool + Send + Sync + 'static) -> Self {
        self.failing.push(Condition::value(has_failed));
        self
    }

    /// The same for states. Where they are, [`until_state`](Self::until_state) or [`state`](Self::state) says; without
    /// either the wait ends at once, with an error of the kind [`Configuration`](ErrorKind::Configuration).
    pub fn failing_states(mut self, states: &'static [&'static str]) -> Self {
        self.failing.push(Condition::States(states));
        self
    }

    /// Says which values a change begins with: as long as they are such, the change may not have begun, and the wait is not
    /// over. It is for a change that begins and ends with the same state; see [`leaving_within`](Self::leaving_within).
    /// Given more than once, or beside [`leaving_states`](Self::leaving_states), each counts.
    pub fn leaving(mut self, is_start: impl Fn(&T) -> bool + Send + Sync + 'static) -> Self {
        self.leaving.push(Condition::value(is_start));
        self
    }

    /// The same for states; where they are, is said as for [`failing_states`](Self::failing_states).
    pub fn leaving_states(mut self, states: &'static [&'static str]) -> Self {
        self.leaving.push(Condition::States(states));
        self
    }

    /// Sets how long the state that a change begins with is taken for one: a change can be over between two requests, or
    /// change nothing. From then on, a value counts as it is. Default: two minutes.
    pub fn leaving_within(mut self, time: Duration) -> Self {
        self.leaving_within = time;
        self
    }

    /// Sets the pause between two requests; longer where the service asks for it. Default: 30 seconds.
    pub fn every(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// Sets how long the wait may take in all; then it ends with an error of the kind [`Timeout`](ErrorKind::Timeout) that
    /// has the last answer, and as its source the failure that came after it. Default: an hour.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets how many calls in a row may fail in passing, each after its own retries. Default: 5.
    pub fn tolerating(mut self, failures: u32) -> Self {
        self.tolerated = failures;
        self
    }

    fn holds(&self, conditions: &[Condition<T>], answer: &Response<T>) -> bool {
        conditions.iter().any(|condition| match condition {
            Condition::Value(is_such) => is_such(answer.value()),
            Condition::States(states) => {
                let state = self.state.and_then(|pointer| text_at(answer.body(), pointer));
                state.is_some_and(|state| states.contains(&&*state))
            }
        })
    }

    /// Whether states are asked for, and nobody knows where they are.
    fn lacks_pointer(&self) -> bool {
        let mut conditions = self.done.iter().chain(&self.failing).chain(&self.leaving);
        self.state.is_none() && conditions.any(|condition| matches!(condition, Condition::States(_)))
    }

    /// "the state is FAILED"
    fn state_of(&self, reply: &Reply) -> String {
        match self.state.and_then(|pointer| text_at(&reply.body, pointer)) {
            Some(state) => format!("the state is {state}"),
            None => "the state is another".to_owned(),
        }
    }
}

/// What came last.
#[derive(Default)]
struct Last {
    answer: Option<Reply>,
    /// Why there was no answer after it, if so.
    failure: Option<Failure>,
}

/// What an answer means.
enum Seen<O> {
    Over(O),
    NotYet,
}

impl<T: 'static, E: Decode + 'static, O> Waiter<T, E, O> {
    async fn run(self) -> Result<O, Error<E>> {
        if self.lacks_pointer() {
            let message = "states are waited for, and it is not said where in the answer they are";
            return Err(self.error(ErrorKind::Configuration, message.to_owned(), Last::default()));
        }
        let began = Instant::now();
        let mut last = Last::default();
        let outcome = tokio::time::timeout(self.deadline, self.watch(began, &mut last)).await;
        outcome.unwrap_or_else(|_| {
            let mut message = format!("what is waited for did not come within {:?}", self.deadline);
            if let Some(reply) = &last.answer {
                message = format!("{message}: {}", self.state_of(reply));
            }
            Err(self.error(ErrorKind::Timeout, message, last))
        })
    }

    async fn watch(&self, began: Instant, last: &mut Last) -> Result<O, Error<E>> {
        let (mut failures, mut has_left) = (0, self.leaving.is_empty());
        loop {
            let mut pause = self.interval;
            match self.call.clone().response().await {
                Ok(answer) => {
                    failures = 0;
                    *last = Last { answer: Some(answer.reply().clone()), failure: None };
                    has_left |= began.elapsed() >= self.leaving_within || !self.holds(&self.leaving, &answer);
                    match self.look(answer, has_left)? {
                        Seen::Over(outcome) => return Ok(outcome),
                        Seen::NotYet => {}
                    }
                }
                Err(error) => {
                    if is_gone(&error)
                        && let Some(outcome) = (self.outcome)(None)
                    {
                        return Ok(outcome);
                    }
                    failures += 1;
                    if failures > self.tolerated || !is_passing(&error) {
                        return Err(error);
                    }
                    pause = pause.max(error.retry_after().unwrap_or_default());
                    last.failure = Some(error.failure().clone());
                }
            }
            tokio::time::sleep(pause).await;
        }
    }

    fn look(&self, answer: Response<T>, has_left: bool) -> Result<Seen<O>, Error<E>> {
        if self.holds(&self.failing, &answer) {
            let reply = answer.reply().clone();
            let message = format!("what is waited for has failed: {}", self.state_of(&reply));
            return Err(self.error(ErrorKind::WaitFailed, message, Last { answer: Some(reply), failure: None }));
        }
        if !has_left || !self.holds(&self.done, &answer) {
            return Ok(Seen::NotYet);
        }
        Ok((self.outcome)(Some(answer.into_value())).map_or(Seen::NotYet, Seen::Over))
    }

    fn error(&self, kind: ErrorKind, message: String, last: Last) -> Error<E> {
        let mut failure = Failure::new(kind, message).during(self.call.operation.id);
        failure.reply = last.answer;
        if let Some(cause) = last.failure {
            failure = failure.because(cause);
        }
        Error::new(failure)
    }
}

fn is_gone<E>(error: &Error<E>) -> bool {
    let is_gone = |status| [StatusCode::NOT_FOUND, StatusCode::GONE].contains(&status);
    error.kind() == ErrorKind::Service && error.status().is_some_and(is_gone)
}

/// Whether a call failed for a reason that may be gone by the next one.
fn is_passing<E>(error: &Error<E>) -> bool {
    match error.kind() {
        ErrorKind::Connect | ErrorKind::Transport | ErrorKind::Timeout => true,
        ErrorKind::Service | ErrorKind::Authentication => {
            error.status().is_some_and(|status| matches!(status.as_u16(), 429 | 502 | 503 | 504))
        }
        _ => false,
    }
}

impl<T: 'static, E: Decode + 'static, O: 'static> IntoFuture for Waiter<T, E, O> {
    type Output = Result<O, Error<E>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// Shows the operation and the times: requests and answers may hold secrets.
impl<T, E, O> fmt::Debug for Waiter<T, E, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut output = formatter.debug_struct("Waiter");
        output.field("operation", &self.call.operation.id).field("interval", &self.interval);
        output.field("deadline", &self.deadline).finish_non_exhaustive()
    }
}
