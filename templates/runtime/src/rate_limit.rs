//! Waiting as long as a 429 asks for.

use std::time::{Duration, SystemTime};

use http::StatusCode;
use http::header::{DATE, RETRY_AFTER};
use tokio::time::Instant;

use crate::response::Reply;

/// How often one call waits.
const MOST_WAITS: u32 = 5;

/// The waits of one call.
pub(crate) struct Waits {
    deadline: Option<Instant>,
    left: u32,
}

impl Waits {
    /// Waits that end before the deadline.
    pub(crate) fn until(deadline: Option<Instant>) -> Self {
        Self { deadline, left: MOST_WAITS }
    }

    /// How long to wait before the request is sent again; `None`: the answer stands, because it is no 429, says not
    /// how long, has come too often, or asks for more time than there is.
    ///
    /// A 429 says that the service has not acted, so this is right for every method.
    pub(crate) fn after(&mut self, reply: &Reply) -> Option<Duration> {
        if reply.status != StatusCode::TOO_MANY_REQUESTS {
            return None;
        }
        let wait = retry_after(reply)?;
        let end = Instant::now().checked_add(wait)?;
        if self.deadline.is_some_and(|deadline| end >= deadline) {
            return None;
        }
        self.left = self.left.checked_sub(1)?;
        Some(wait)
    }
}

/// `Retry-After`: seconds or an HTTP date (RFC 9110 section 10.2.3).
fn retry_after(reply: &Reply) -> Option<Duration> {
    let text = reply.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = httpdate::parse_http_date(text).ok()?;
    // The service's own clock, if it tells: ours may be wrong.
    let date = reply.headers.get(DATE).and_then(|date| date.to_str().ok());
    let now = date.and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or_else(SystemTime::now);
    Some(then.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue};

    fn reply(status: u16, headers: &[(http::HeaderName, &'static str)]) -> Reply {
        let headers: HeaderMap =
            headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
        Reply { status: StatusCode::from_u16(status).unwrap(), headers, body: Bytes::new() }
    }

    fn wait(headers: &[(http::HeaderName, &'static str)]) -> Option<Duration> {
        Waits::until(None).after(&reply(429, headers))
    }

    #[test]
    fn seconds_and_dates_are_understood() {
        assert_eq!(wait(&[(RETRY_AFTER, " 7 ")]), Some(Duration::from_secs(7)));
        let later = (RETRY_AFTER, "Sun, 06 Nov 1994 08:49:40 GMT");
        let now = (DATE, "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(wait(&[later.clone(), now]), Some(Duration::from_secs(3)));
        assert_eq!(wait(&[later]), Some(Duration::ZERO));
    }

    #[test]
    fn without_a_sensible_time_the_answer_stands() {
        for text in ["", "soon", "-1", "1.5", "18446744073709551615", "99999999999999999999"] {
            assert_eq!(wait(&[(RETRY_AFTER, text)]), None, "{text}");
        }
        assert_eq!(wait(&[]), None);
        assert_eq!(Waits::until(None).after(&reply(503, &[(RETRY_AFTER, "1")])), None);
    }

    #[test]
    fn waits_are_counted_and_end_before_the_deadline() {
        let reply = reply(429, &[(RETRY_AFTER, "10")]);
        let mut waits = Waits::until(None);
        let count = std::iter::from_fn(|| waits.after(&reply)).take(100).count();
        assert_eq!(count, MOST_WAITS as usize);
        let soon = Instant::now().checked_add(Duration::from_secs(9));
        assert_eq!(Waits::until(soon).after(&reply), None);
    }
}
