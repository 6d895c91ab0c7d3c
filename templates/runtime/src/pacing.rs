//! Waiting before a request that the service would refuse.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use crate::response::Reply;
use crate::retry::service_time;

/// How long to wait where the service says that nothing is left, and not until when.
const USUAL: Duration = Duration::from_secs(1);
/// More waits than this are not kept at a time.
const MOST: usize = 1000;

/// Until when the service takes no more requests of a kind: those of one operation and one first path parameter, which
/// is mostly what services count by.
#[derive(Debug, Default)]
pub(crate) struct Pacing(Mutex<BTreeMap<String, Instant>>);

impl Pacing {
    /// When a request of this kind will be taken.
    pub(crate) fn opens_at(&self, kind: &str) -> Option<Instant> {
        self.closed().get(kind).copied().filter(|at| *at > Instant::now())
    }

    /// Learns from an answer.
    pub(crate) fn learn(&self, kind: &str, reply: &Reply, retry_after: Option<Duration>) {
        let wait = match reply.status {
            StatusCode::TOO_MANY_REQUESTS => retry_after,
            _ if number(&reply.headers, &["ratelimit-remaining", "x-ratelimit-remaining"]) == Some(0) => {
                Some(until_reset(&reply.headers).or(retry_after).unwrap_or(USUAL))
            }
            _ => None,
        };
        let mut closed = self.closed();
        let now = Instant::now();
        if closed.len() >= MOST {
            closed.retain(|_, at| *at > now);
        }
        let has_room = closed.len() < MOST;
        match wait.and_then(|wait| now.checked_add(wait)) {
            Some(at) => match closed.get_mut(kind) {
                // An answer that comes late, to a request that went out earlier, takes nothing from a longer wait.
                Some(known) => *known = at.max(*known),
                None if has_room => {
                    closed.insert(kind.to_owned(), at);
                }
                None => {}
            },
            // An answer to a request that went out earlier says nothing about a wait that was learned since.
            _ if reply.status.is_success() && closed.get(kind).is_some_and(|at| *at <= now) => {
                closed.remove(kind);
            }
            _ => {}
        }
    }

    fn closed(&self) -> MutexGuard<'_, BTreeMap<String, Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `RateLimit-Reset`: seconds from now, or, as some services have it, the time as a Unix timestamp.
fn until_reset(headers: &HeaderMap) -> Option<Duration> {
    const A_TIMESTAMP: u64 = 1_000_000_000;
    let number = number(headers, &["ratelimit-reset", "x-ratelimit-reset"])?;
    match number.checked_sub(A_TIMESTAMP) {
        None => Some(Duration::from_secs(number)),
        Some(_) => {
            let then = UNIX_EPOCH.checked_add(Duration::from_secs(number))?;
            Some(then.duration_since(service_time(headers)).unwrap_or_default())
        }
    }
}

/// The first of these headers that is a number.
fn number(headers: &HeaderMap, names: &[&str]) -> Option<u64> {
    names.iter().find_map(|name| headers.get(*name)?.to_str().ok()?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use http::{HeaderName, HeaderValue};
    use std::time::SystemTime;

    fn wait_after(status: u16, headers: &[(&'static str, String)], retry_after: Option<u64>) -> Option<u64> {
        let pacing = Pacing::default();
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()))
            .collect();
        let reply = Reply { status: StatusCode::from_u16(status).unwrap(), headers, body: Bytes::new() };
        pacing.learn("a", &reply, retry_after.map(Duration::from_secs));
        assert_eq!(pacing.opens_at("b"), None);
        pacing.opens_at("a").map(|at| (at - Instant::now()).as_secs_f64().round() as u64)
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_left_closes_until_the_reset() {
        let header = |name, value: &str| (name, value.to_owned());
        let none_left = header("ratelimit-remaining", "0");
        assert_eq!(wait_after(200, std::slice::from_ref(&none_left), None), Some(1));
        assert_eq!(wait_after(200, &[none_left.clone(), header("ratelimit-reset", "7")], None), Some(7));
        let unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() + 30;
        let reset = ("x-ratelimit-reset", unix.to_string());
        let wait = wait_after(200, &[header("x-ratelimit-remaining", "0"), reset], None).unwrap();
        assert!((28..=30).contains(&wait), "{wait}");
        for open in ["1", "", "none", "-1"] {
            assert_eq!(wait_after(200, &[header("ratelimit-remaining", open)], None), None, "{open}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_closes_for_all_and_time_opens() {
        assert_eq!(wait_after(429, &[], Some(9)), Some(9));
        assert_eq!(wait_after(429, &[], None), None);
        assert_eq!(wait_after(503, &[], Some(9)), None);
        let pacing = Pacing::default();
        let limited = Reply { status: StatusCode::TOO_MANY_REQUESTS, headers: HeaderMap::new(), body: Bytes::new() };
        pacing.learn("a", &limited, Some(Duration::from_secs(9)));
        tokio::time::advance(Duration::from_secs(9)).await;
        assert_eq!(pacing.opens_at("a"), None);
    }

    fn seconds_left(pacing: &Pacing, kind: &str) -> Option<u64> {
        pacing.opens_at(kind).map(|at| (at - Instant::now()).as_secs())
    }

    #[tokio::test(start_paused = true)]
    async fn of_two_waits_the_longer_one_counts_whichever_came_first() {
        let (pacing, minute) = (Pacing::default(), Some(Duration::from_secs(60)));
        let limited = Reply { status: StatusCode::TOO_MANY_REQUESTS, headers: HeaderMap::new(), body: Bytes::new() };
        let none_left = HeaderMap::from_iter([("ratelimit-remaining".parse().unwrap(), HeaderValue::from_static("0"))]);
        let last = Reply { status: StatusCode::OK, headers: none_left, body: Bytes::new() };
        pacing.learn("a", &limited, minute);
        pacing.learn("a", &last, None);
        assert_eq!(seconds_left(&pacing, "a"), Some(60));
        pacing.learn("b", &last, None);
        pacing.learn("b", &limited, minute);
        assert_eq!(seconds_left(&pacing, "b"), Some(60));
    }

    #[tokio::test(start_paused = true)]
    async fn memory_is_bounded_and_what_is_in_it_is_kept_up_to_date() {
        let pacing = Pacing::default();
        let limited = Reply { status: StatusCode::TOO_MANY_REQUESTS, headers: HeaderMap::new(), body: Bytes::new() };
        for kind in 0..2 * MOST {
            pacing.learn(&kind.to_string(), &limited, Some(Duration::from_secs(9)));
        }
        assert_eq!(pacing.closed().len(), MOST);
        pacing.learn("7", &limited, Some(Duration::from_secs(60)));
        assert_eq!(seconds_left(&pacing, "7"), Some(60));
    }
}
