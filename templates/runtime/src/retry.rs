//! When a request that failed is sent again, and how long to wait before.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use crate::codec::text_at;
use crate::error::{ErrorKind, Failure};
use crate::response::Reply;
use crate::service::ErrorMembers;

/// How a client sends requests again that failed.
///
/// - A 429 says that the service has not acted: it is waited out whatever the operation, as long as the service asks
///   (`Retry-After`, else what its error body says).
/// - Where no connection could be made nothing was sent: the request is sent again whatever the operation.
/// - 502, 503, 504, a connection that broke off, and an attempt that took too long leave it open whether the service has
///   acted: only requests that may be repeated are sent again ([`Operation::is_idempotent`](crate::Operation),
///   [`Call::idempotent`](crate::Call::idempotent)).
///
/// Without a word from the service, the wait is a random part of a time that doubles with each attempt. No wait goes
/// beyond the call's [`timeout`](crate::Builder::timeout). Retries that no 429 asked for draw on a budget that all calls
/// of a client share, so that a service in trouble is not asked many times over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Retry {
    max_attempts: u32,
    initial_backoff: Duration,
    max_backoff: Duration,
}

impl Retry {
    /// Five attempts in all; waits of up to half a second at first, and up to 20 seconds later.
    pub const fn new() -> Self {
        Self { max_attempts: 5, initial_backoff: Duration::from_millis(500), max_backoff: Duration::from_secs(20) }
    }

    /// What failed is not sent again. A challenge of the sign-in (401) is no failure: the request is sent once more, with
    /// what was asked for.
    pub const fn disabled() -> Self {
        Self { max_attempts: 1, ..Self::new() }
    }

    /// Sets how many attempts there are in all; none counts as one.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets how long the first wait may be where the service does not say.
    pub const fn initial_backoff(mut self, wait: Duration) -> Self {
        self.initial_backoff = wait;
        self
    }

    /// Sets how long any wait may be where the service does not say.
    pub const fn max_backoff(mut self, wait: Duration) -> Self {
        self.max_backoff = wait;
        self
    }

    /// A random part of the time for the wait after so many attempts.
    fn backoff(&self, made: u32) -> Duration {
        let doublings = made.saturating_sub(1).min(16);
        let most = self.initial_backoff.saturating_mul(1 << doublings).min(self.max_backoff);
        most.mul_f64(random_fraction())
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::new()
    }
}

/// What all calls of a client may spend on retries. Each call that is answered at once, and not with a server
/// error, pays a little in.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;
    const RETRY: u32 = 5;

    fn withdraw(&self) -> bool {
        let take = |left: u32| left.checked_sub(Self::RETRY);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    fn pay_in(&self) {
        let add = |left: u32| (left < Self::FULL).then_some(left + 1);
        // It fails where the budget is full, which is as well.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }
}

/// The attempts of one call.
pub(crate) struct Retries<'a> {
    pub(crate) policy: Retry,
    /// Whether the request may be repeated when nobody knows whether the service has acted.
    pub(crate) is_idempotent: bool,
    pub(crate) deadline: Option<Instant>,
    pub(crate) budget: &'a Budget,
    /// Where an error body says how long to wait.
    pub(crate) error_members: &'static ErrorMembers,
    pub(crate) made: u32,
}

impl Retries<'_> {
    /// How long to wait before the request is sent again; `None`: the outcome of this attempt stands.
    pub(crate) fn after(&mut self, outcome: Result<&Reply, &Failure>) -> Option<Duration> {
        self.made = self.made.saturating_add(1);
        let answer = answer(outcome);
        let is_limited = answer.is_some_and(|reply| reply.status == StatusCode::TOO_MANY_REQUESTS);
        if !is_limited && !self.is_worth_another(outcome) {
            if self.made == 1 && outcome.is_ok_and(|reply| !reply.status.is_server_error()) {
                self.budget.pay_in();
            }
            return None;
        }
        let asked = answer.and_then(|reply| retry_after(reply, self.error_members));
        let wait = asked.unwrap_or_else(|| self.policy.backoff(self.made));
        let end = Instant::now().checked_add(wait)?;
        let is_in_time = self.deadline.is_none_or(|deadline| end < deadline);
        let may = is_in_time && self.made < self.policy.max_attempts && (is_limited || self.budget.withdraw());
        may.then_some(wait)
    }

    fn is_worth_another(&self, outcome: Result<&Reply, &Failure>) -> bool {
        match outcome {
            Ok(reply) => self.is_idempotent && matches!(reply.status.as_u16(), 502..=504),
            Err(failure) => match failure.kind {
                ErrorKind::Connect => true,
                ErrorKind::Transport | ErrorKind::Timeout => self.is_idempotent,
                _ => false,
            },
        }
    }
}

/// The service's answer to an attempt, even if it did not come whole. A token endpoint's is none.
pub(crate) fn answer<'a>(outcome: Result<&'a Reply, &'a Failure>) -> Option<&'a Reply> {
    match outcome {
        Ok(reply) => Some(reply),
        Err(failure) => failure.reply.as_ref().filter(|_| failure.kind != ErrorKind::Authentication),
    }
}

/// How long the service asks to wait: `Retry-After`, or what the error body of a 429 says.
pub(crate) fn retry_after(reply: &Reply, places: &ErrorMembers) -> Option<Duration> {
    retry_after_header(reply).or_else(|| {
        let place = places.retry_after.filter(|_| reply.status == StatusCode::TOO_MANY_REQUESTS)?;
        let body = std::str::from_utf8(&reply.body).ok()?;
        let seconds = text_at(body, place)?.trim().parse().ok()?;
        Duration::try_from_secs_f64(seconds).ok()
    })
}

/// `Retry-After`: seconds or an HTTP date (RFC 9110 section 10.2.3).
fn retry_after_header(reply: &Reply) -> Option<Duration> {
    let text = reply.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = httpdate::parse_http_date(text).ok()?;
    let now = service_time(&reply.headers);
    Some(then.duration_since(now).unwrap_or_default())
}

/// The time by the service's own clock, if it tells: ours may be wrong.
pub(crate) fn service_time(headers: &HeaderMap) -> SystemTime {
    let date = headers.get(DATE).and_then(|date| date.to_str().ok());
    date.and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or_else(SystemTime::now)
}

/// A number from 0 to 1 that differs from client to client and from call to call.
pub(crate) fn random_fraction() -> f64 {
    let bits = RandomState::new().hash_one(SystemTime::now()) as u32;
    f64::from(bits) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use http::HeaderValue;

    const PLACES: ErrorMembers = ErrorMembers {
        retry_after: Some("/parameters/1"),
        code: None,
        detail: None,
        fields: None,
        field_name: None,
        field_detail: None,
    };

    fn reply(status: u16, headers: &[(http::HeaderName, &'static str)]) -> Reply {
        let headers: HeaderMap =
            headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
        Reply { status: StatusCode::from_u16(status).unwrap(), headers, body: Bytes::new() }
    }

    fn retries(budget: &Budget, is_idempotent: bool) -> Retries<'_> {
        let policy = Retry::new();
        Retries { policy, is_idempotent, deadline: None, budget, error_members: &PLACES, made: 0 }
    }

    fn wait(headers: &[(http::HeaderName, &'static str)]) -> Option<Duration> {
        retry_after(&reply(429, headers), &PLACES)
    }

    #[test]
    fn seconds_and_dates_are_understood() {
        assert_eq!(wait(&[(RETRY_AFTER, " 7 ")]), Some(Duration::from_secs(7)));
        let later = (RETRY_AFTER, "Sun, 06 Nov 1994 08:49:40 GMT");
        let now = (DATE, "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(wait(&[later.clone(), now]), Some(Duration::from_secs(3)));
        assert_eq!(wait(&[later]), Some(Duration::ZERO));
        for text in ["", "soon", "-1", "1.5", "99999999999999999999"] {
            assert_eq!(wait(&[(RETRY_AFTER, text)]), None, "{text}");
        }
    }

    #[test]
    fn the_error_body_is_asked_where_there_is_no_header() {
        for (body, expected) in [
            (r#"{"parameters":["/path",3,100]}"#, Some(3000)),
            (r#"{"parameters":["/path","1.5"]}"#, Some(1500)),
            (r#"{"parameters":["/path",-3]}"#, None),
            (r#"{"parameters":["/path",1e300]}"#, None),
            ("<html>", None),
        ] {
            let mut reply = reply(429, &[]);
            reply.body = Bytes::from_static(body.as_bytes());
            assert_eq!(retry_after(&reply, &PLACES), expected.map(Duration::from_millis), "{body}");
        }
    }

    #[test]
    fn a_limit_is_waited_out_even_where_a_repetition_is_not_safe() {
        let budget = Budget::default();
        let limited = reply(429, &[(RETRY_AFTER, "7")]);
        assert_eq!(retries(&budget, false).after(Ok(&limited)), Some(Duration::from_secs(7)));
        assert!(retries(&budget, false).after(Ok(&reply(429, &[]))).is_some());
    }

    #[test]
    fn what_may_have_been_carried_out_is_repeated_only_where_that_is_safe() {
        let budget = Budget::default();
        let broken = Failure::new(ErrorKind::Transport, "broken");
        let slow = Failure::new(ErrorKind::Timeout, "slow");
        let refused = Failure::new(ErrorKind::Connect, "refused");
        for status in [502, 503, 504] {
            assert!(retries(&budget, true).after(Ok(&reply(status, &[]))).is_some());
            assert!(retries(&budget, false).after(Ok(&reply(status, &[]))).is_none());
        }
        for failure in [&broken, &slow] {
            assert!(retries(&budget, true).after(Err(failure)).is_some());
            assert!(retries(&budget, false).after(Err(failure)).is_none());
        }
        assert!(retries(&budget, false).after(Err(&refused)).is_some());
        for status in [200, 400, 401, 404, 500, 501] {
            assert!(retries(&budget, true).after(Ok(&reply(status, &[]))).is_none());
        }
        assert!(retries(&budget, true).after(Err(&Failure::request("bad"))).is_none());
    }

    #[test]
    fn attempts_are_counted_and_waits_end_before_the_deadline() {
        let budget = Budget::default();
        let limited = reply(429, &[(RETRY_AFTER, "10")]);
        let mut all = retries(&budget, true);
        assert_eq!(std::iter::from_fn(|| all.after(Ok(&limited))).take(100).count(), 4);
        let mut soon = retries(&budget, true);
        soon.deadline = Instant::now().checked_add(Duration::from_secs(9));
        assert_eq!(soon.after(Ok(&limited)), None);
    }

    #[test]
    fn waits_grow_up_to_the_longest_and_are_random() {
        let policy = Retry::new().initial_backoff(Duration::from_secs(1)).max_backoff(Duration::from_secs(4));
        for (made, most) in [(1, 1), (2, 2), (3, 4), (4, 4), (u32::MAX, 4)] {
            let waits: Vec<_> = (0..20).map(|_| policy.backoff(made)).collect();
            assert!(waits.iter().all(|wait| *wait <= Duration::from_secs(most)), "{made}: {waits:?}");
            assert!(waits.iter().any(|wait| *wait != waits[0]), "{made}: {waits:?}");
        }
    }

    #[test]
    fn only_answers_that_are_no_server_errors_pay_in() {
        let broken = Failure::new(ErrorKind::Transport, "broken");
        let no_token = Failure::new(ErrorKind::Authentication, "none");
        let pays = |outcome: Result<&Reply, &Failure>| {
            let budget = Budget::default();
            assert!(budget.withdraw());
            assert_eq!(retries(&budget, false).after(outcome), None);
            budget.0.into_inner() > Budget::FULL - Budget::RETRY
        };
        for (status, expected) in [(200, true), (404, true), (500, false), (503, false)] {
            assert_eq!(pays(Ok(&reply(status, &[]))), expected, "{status}");
        }
        assert!(!pays(Err(&broken)) && !pays(Err(&no_token)));
    }

    #[test]
    fn a_limit_whose_body_did_not_come_whole_is_one_but_a_token_endpoints_is_not() {
        let budget = Budget::default();
        for (kind, expected) in [
            (ErrorKind::Transport, Some(Duration::from_secs(7))),
            (ErrorKind::TooLarge, Some(Duration::from_secs(7))),
            (ErrorKind::Authentication, None),
        ] {
            let failure = Failure::new(kind, "x").with_reply(reply(429, &[(RETRY_AFTER, "7")]));
            assert_eq!(retries(&budget, false).after(Err(&failure)), expected, "{kind:?}");
        }
    }

    #[test]
    fn the_budget_ends_and_fills_up_again() {
        let budget = Budget::default();
        let down = reply(503, &[]);
        let spent = std::iter::from_fn(|| retries(&budget, true).after(Ok(&down))).take(1000).count();
        assert_eq!(spent, 100);
        assert!(retries(&budget, true).after(Ok(&reply(429, &[]))).is_some(), "a 429 costs nothing");
        for _ in 0..5 {
            assert!(retries(&budget, true).after(Ok(&reply(200, &[]))).is_none());
        }
        assert!(retries(&budget, true).after(Ok(&down)).is_some());
    }
}
