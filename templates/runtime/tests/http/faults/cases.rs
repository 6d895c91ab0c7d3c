//! The faults, and what is expected of each.

use std::time::Duration;

use super::USER;
use crate::client::Error;
use crate::server::{Answer, Received};

/// What an answer may depend on.
pub(super) struct Scene<'a> {
    pub(super) received: &'a Received,
    /// How many requests came before.
    pub(super) number: usize,
    /// The URL of another origin.
    pub(super) elsewhere: &'a str,
}

type Answers = fn(&Scene<'_>) -> Answer;

#[derive(Clone, Copy)]
pub(super) enum Service {
    /// Nobody listens.
    Absent,
    /// No connection is let in.
    Full,
    /// Connections are reset when a request has come, unread.
    Unwilling,
    Answers(Answers),
}

/// Who calls.
#[derive(Clone, Copy)]
pub(super) enum Who {
    Token,
    Account,
    Key,
}

/// A fault. What is expected of a GET and of a POST is a row of the matrix: the error's kind, status, code and message;
/// how many requests came; what the attempts came to; how many seconds it took.
#[derive(Clone, Copy)]
pub(super) struct Case {
    pub(super) fault: &'static str,
    pub(super) who: Who,
    pub(super) service: Service,
    pub(super) token: Answers,
    /// What another call gets that comes first, and leaves its connection behind.
    pub(super) warm: Option<fn() -> Answer>,
    /// Whether a list is asked for, page by page, of up to ten elements.
    pub(super) is_list: bool,
    pub(super) get: &'static str,
    pub(super) post: &'static str,
    pub(super) check: fn(&Error),
}

const HOUR: Duration = Duration::from_secs(3600);
const MOMENT: Duration = Duration::from_secs(1);

const fn case(fault: &'static str, service: Service) -> Case {
    Case {
        fault,
        who: Who::Token,
        service,
        token: good_token,
        warm: None,
        is_list: false,
        get: "",
        post: "",
        check: |_| {},
    }
}

/// A fault in what the service answers.
const fn answers(fault: &'static str, answers: Answers) -> Case {
    case(fault, Service::Answers(answers))
}

impl Case {
    const fn get(mut self, expected: &'static str) -> Self {
        self.get = expected;
        self
    }

    const fn post(mut self, expected: &'static str) -> Self {
        self.post = expected;
        self
    }

    const fn both(self, expected: &'static str) -> Self {
        self.get(expected).post(expected)
    }

    const fn by(mut self, who: Who) -> Self {
        self.who = who;
        self
    }

    const fn token(mut self, token: Answers) -> Self {
        (self.who, self.token) = (Who::Account, token);
        self
    }

    /// Another call comes first, with this answer.
    const fn warm(mut self, warm: fn() -> Answer) -> Self {
        self.warm = Some(warm);
        self
    }

    const fn list(mut self, expected: &'static str) -> Self {
        (self.is_list, self.get) = (true, expected);
        self
    }

    /// Looks closer at the error.
    const fn check(mut self, check: fn(&Error)) -> Self {
        self.check = check;
        self
    }
}

fn good_user() -> Answer {
    Answer::json(200, USER)
}

fn good_token(scene: &Scene<'_>) -> Answer {
    let token = format!(r#"{{"access_token":"t{}","expires_in":3600}}"#, scene.number);
    Answer::json(200, &token)
}

/// This answer at first, then the good one.
fn once(scene: &Scene<'_>, answer: Answer) -> Answer {
    if scene.number == 0 { answer } else { good_user() }
}

fn limited(headers: &[(&str, &str)], more: &str) -> Answer {
    Answer::new(429, headers, &format!(r#"{{"error":429,"errorCode":"SLOW"{more}}}"#))
}

fn page(status: u16, headers: &[(&str, &str)]) -> Answer {
    let headers = [&[("content-type", "text/html")], headers].concat();
    Answer::new(status, &headers, "<html>Sorry</html>")
}

fn unauthorized() -> Answer {
    Answer::json(401, r#"{"error":401,"errorCode":"WHO"}"#)
}

/// A service that asks for a digest with this nonce.
fn challenge(nonce: &str, more: &str) -> Answer {
    let header = format!("Digest realm=\"r\", nonce=\"{nonce}\", qop=\"auth\"{more}");
    Answer::new(401, &[("www-authenticate", &header)], r#"{"error":401,"errorCode":"WHO"}"#)
}

fn redirect(scene: &Scene<'_>) -> Answer {
    let target = format!("{}/there?token=x", scene.elsewhere);
    Answer::new(307, &[("location", &target)], "")
}

/// A page of one number, with a link to the next page.
fn numbers(number: usize, link: &str) -> Answer {
    Answer::json(200, &format!(r#"{{"links":[{{"rel":"next","href":"{link}"}}],"results":[{number}]}}"#))
}

/// A gzip stream of 65 kB that unpacks to 10 MB of zeros.
pub(super) fn gzip_bomb() -> Vec<u8> {
    let mut bomb = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let (mut bits, mut count) = (0u32, 0);
    // One block with fixed codes (RFC 1951 section 3.2.6): a zero, then copies of 258 bytes from one byte back.
    let copies = std::iter::repeat_n((0b1_1000_1010_0000u32.reverse_bits() >> 19, 13), 40_000);
    let zero = (0b0011_0000u32.reverse_bits() >> 24, 8);
    let end = (0, 7);
    for (code, length) in [(0b011, 3), zero].into_iter().chain(copies).chain([end]) {
        bits |= code << count;
        count += length;
        while count >= 8 {
            bomb.push(bits.to_le_bytes()[0]);
            bits >>= 8;
            count -= 8;
        }
    }
    bomb.push(bits.to_le_bytes()[0]);
    // Checksum and length, which nobody looks at.
    bomb.extend([0; 8]);
    bomb
}

fn bomb(scene: &Scene<'_>) -> Answer {
    // The client has not asked for it.
    assert_eq!(scene.received.header("accept-encoding"), None);
    let bomb = gzip_bomb();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\n";
    let head = format!("{head}content-length: {}\r\n\r\n", bomb.len());
    Answer::raw([head.as_bytes(), &bomb].concat())
}

const HALF: &str = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"id\"";

pub(super) static CASES: &[Case] = &[
    case("connection refused", Service::Absent)
        .both("Connect | – | – | no connection to HOST could be made (5 attempts) | 0 | 5 × Connect | 0–8"),
    case("connecting takes for ever", Service::Full)
        .both("Connect | – | – | no connection to HOST could be made (5 attempts) | 0 | 5 × Connect | 50–58"),
    case("reset before the request is read", Service::Unwilling)
        .get("Transport | – | – | the connection broke off before the answer (5 attempts) | 0 | 5 × Transport | 0–8")
        .post("Transport | – | – | the connection broke off before the answer | 0 | Transport | 0"),
    answers("reset before headers", |_| Answer::raw("").reset())
        .get("Transport | – | – | the connection broke off before the answer (5 attempts) | 5 | 5 × Transport | 0–8")
        .post("Transport | – | – | the connection broke off before the answer | 1 | Transport | 0"),
    answers("closed before headers, once", |scene| once(scene, Answer::raw("")))
        .get("– | 200 | – | the value | 2 | Transport, 200 | 0–1")
        .post("Transport | – | – | the connection broke off before the answer | 1 | Transport | 0"),
    answers("reset before headers on a connection used before", |_| Answer::raw("").reset())
        .warm(good_user)
        .get("Transport | – | – | the connection broke off before the answer (5 attempts) | 5 | 5 × Transport | 0–8")
        .post("Transport | – | – | the connection broke off before the answer | 1 | Transport | 0"),
    answers("kept connection closed by the service", |_| good_user())
        .warm(|| good_user().close())
        .both("– | 200 | – | the value | 1 | 200 | 0"),
    answers("reset within headers", |_| Answer::raw("HTTP/1.1 200 OK\r\ncontent-le").hang(MOMENT).reset())
        .get("Transport | – | – | the connection broke off before the answer (5 attempts) | 5 | 5 × Transport | 5–13")
        .post("Transport | – | – | the connection broke off before the answer | 1 | Transport | 1"),
    answers("reset after headers", |_| Answer::raw(HALF).hang(MOMENT).reset())
        .get(
            "Transport | 200 | – | the connection broke off within the answer (5 attempts) | 5 \
             | 5 × Transport | 5–13",
        )
        .post("Transport | 200 | – | the connection broke off within the answer | 1 | Transport | 1")
        .check(|error| assert_eq!(error.body().unwrap(), "{\"id\"")),
    answers("truncated body", |_| Answer::raw(HALF))
        .get(
            "Transport | 200 | – | the connection broke off within the answer (5 attempts) | 5 \
             | 5 × Transport | 0–8",
        )
        .post("Transport | 200 | – | the connection broke off within the answer | 1 | Transport | 0")
        .check(|error| assert_eq!(error.body().unwrap(), "{\"id\"")),
    answers("truncated chunked body, once", |scene| {
        once(scene, Answer::raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{\"id\""))
    })
    .get("– | 200 | – | the value | 2 | Transport, 200 | 0–1")
    .post("Transport | 200 | – | the connection broke off within the answer | 1 | Transport | 0"),
    answers("no HTTP at all", |_| Answer::raw("SSH-2.0-OpenSSH_9.9\r\n"))
        .get("Transport | – | – | the connection broke off before the answer (5 attempts) | 5 | 5 × Transport | 0–8")
        .post("Transport | – | – | the connection broke off before the answer | 1 | Transport | 0"),
    answers("headers without end", |_| Answer::raw(format!("HTTP/1.1 200 OK\r\nx: {}", "x".repeat(1 << 20))))
        .get("Transport | – | – | the connection broke off before the answer (5 attempts) | 5 | 5 × Transport | 0–8")
        .post("Transport | – | – | the connection broke off before the answer | 1 | Transport | 0"),
    answers("slow headers", |_| good_user().after(HOUR))
        .get("Timeout | – | – | the call took longer than 300s (5 attempts) | 5 | 5 × Timeout | 300")
        .post("Timeout | – | – | the attempt took longer than 60s | 1 | Timeout | 60"),
    answers("slow headers, once", |scene| once(scene, good_user().after(HOUR)))
        .get("– | 200 | – | the value | 2 | Timeout, 200 | 60–61")
        .post("Timeout | – | – | the attempt took longer than 60s | 1 | Timeout | 60"),
    answers("slow body", |_| Answer::raw(HALF).hang(HOUR))
        .get("Timeout | – | – | the call took longer than 300s (5 attempts) | 5 | 5 × Timeout | 300")
        .post("Timeout | – | – | the attempt took longer than 60s | 1 | Timeout | 60"),
    answers("wrong content type, right body", |_| Answer::new(200, &[("content-type", "text/plain")], USER))
        .both("– | 200 | – | the value | 1 | 200 | 0"),
    answers("wrong content type, HTML under 200", |_| page(200, &[]))
        .both("Decode | 200 | – | 200 OK: the answer is not what the operation promises | 1 | 200 | 0")
        .check(|error| {
            assert_eq!((error.decode_error().unwrap().path(), error.body().unwrap().len()), ("$", 18));
        }),
    answers("invalid UTF-8", |_| {
        Answer::raw(&b"HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"id\":\"7\xff7\"}"[..])
    })
    .both("Decode | 200 | – | 200 OK: the answer is not what the operation promises | 1 | 200 | 0")
    .check(|error| assert_eq!(error.decode_error().unwrap().message(), "not UTF-8")),
    answers("10 MB error page", |_| Answer::new(500, &[], &"<p>".repeat(10 << 20)[..10 << 20]))
        .both("Service | 500 | – | 500 Internal Server Error | 1 | 500 | 0")
        .check(|error| {
            assert_eq!(error.body().unwrap().len(), 10 << 20);
            assert!(format!("{error:?} {error:#?}").len() < 2000);
        }),
    answers("429 with Retry-After", |scene| once(scene, limited(&[("retry-after", "7")], "")))
        .both("– | 200 | – | the value | 2 | 429, 200 | 7"),
    answers("429 with the wait in the body", |scene| once(scene, limited(&[], r#","parameters":["/x",7]"#)))
        .both("– | 200 | – | the value | 2 | 429, 200 | 7"),
    answers("429 with nothing", |scene| once(scene, limited(&[], "")))
        .both("– | 200 | – | the value | 2 | 429, 200 | 0–1"),
    answers("429 for ever", |_| limited(&[("retry-after", "7")], ""))
        .both("Service | 429 | SLOW | 429 Too Many Requests (SLOW) (5 attempts) | 5 | 5 × 429 | 28")
        .check(|error| assert_eq!(error.retry_after(), Some(Duration::from_secs(7)))),
    answers("429 with a wait beyond the call's time", |_| limited(&[("retry-after", "301")], ""))
        .both("Service | 429 | SLOW | 429 Too Many Requests (SLOW) | 1 | 429 | 0")
        .check(|error| assert_eq!(error.retry_after(), Some(Duration::from_secs(301)))),
    answers("clock skew: 429 with Retry-After as a date, from a service in 1994", |scene| {
        let (now, then) = ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:44 GMT");
        once(scene, limited(&[("date", now), ("retry-after", then)], ""))
    })
    .both("– | 200 | – | the value | 2 | 429, 200 | 7"),
    answers("503 HTML, once", |scene| once(scene, page(503, &[])))
        .get("– | 200 | – | the value | 2 | 503, 200 | 0–1")
        .post("Service | 503 | – | 503 Service Unavailable | 1 | 503 | 0"),
    answers("503 HTML for ever", |_| page(503, &[]))
        .get("Service | 503 | – | 503 Service Unavailable (5 attempts) | 5 | 5 × 503 | 0–8")
        .post("Service | 503 | – | 503 Service Unavailable | 1 | 503 | 0")
        .check(|error| assert_eq!(error.body().unwrap(), "<html>Sorry</html>")),
    answers("503 with Retry-After", |scene| once(scene, page(503, &[("retry-after", "7")])))
        .get("– | 200 | – | the value | 2 | 503, 200 | 7")
        .post("Service | 503 | – | 503 Service Unavailable | 1 | 503 | 0"),
    answers("401 once, service account", |scene| once(scene, unauthorized()))
        .by(Who::Account)
        .both("– | 200 | – | the value | 2 + 2 for a token | 401, 200 | 0"),
    answers("401 for ever, service account", |_| unauthorized())
        .by(Who::Account)
        .both("Service | 401 | WHO | 401 Unauthorized (WHO) | 2 + 2 for a token | 2 × 401 | 0"),
    answers("401 for ever, access token", |_| unauthorized())
        .both("Service | 401 | WHO | 401 Unauthorized (WHO) | 1 | 401 | 0"),
    answers("401 for ever, API key", |_| challenge("n1", ""))
        .by(Who::Key)
        .both("Service | 401 | WHO | 401 Unauthorized (WHO) | 2 | 2 × 401 | 0"),
    answers("stale nonce", |scene| match (scene.received.directive("nonce"), scene.number) {
        (None, _) => challenge("n1", ""),
        (Some("n1"), _) => challenge("n2", ", stale=true"),
        _ => good_user(),
    })
    .by(Who::Key)
    .both("– | 200 | – | the value | 3 | 2 × 401, 200 | 0"),
    answers("token endpoint down", |_| good_user())
        .token(|_| Answer::raw("").reset())
        .both(
            "Authentication | – | – | the token endpoint could not be asked (5 attempts) | 0 + 5 for a token \
             | 5 × Transport | 0–8",
        ),
    answers("token endpoint answers 503", |_| good_user())
        .token(|_| page(503, &[]))
        .both(
            "Authentication | 503 | – | the token endpoint answered 503 Service Unavailable (5 attempts) \
             | 0 + 5 for a token | 5 × 503 | 0–8",
        ),
    answers("token endpoint hangs", |_| good_user())
        .token(|_| good_user().after(HOUR))
        .both("Timeout | – | – | the call took longer than 300s | 0 + 5 for a token | none | 300"),
    answers("token endpoint redirects elsewhere", |_| good_user())
        .token(redirect)
        .both(
            "Authentication | 307 | – | the token endpoint answered 307 Temporary Redirect \
             | 0 + 1 for a token | 307 | 0",
        ),
    answers("redirect to another origin, access token", redirect)
        .both(
            "Redirect | 307 | – \
             | 307 Temporary Redirect: a redirect to ELSEWHERE/there, which is not followed | 1 | 307 | 0",
        ),
    answers("redirect to another origin, service account", redirect)
        .by(Who::Account)
        .both(
            "Redirect | 307 | – \
             | 307 Temporary Redirect: a redirect to ELSEWHERE/there, which is not followed | 1 + 1 for a token | 307 | 0",
        ),
    answers("redirect to another origin, API key", |scene| match scene.received.directive("nonce") {
        None => challenge("n1", ""),
        Some(_) => redirect(scene),
    })
    .by(Who::Key)
    .both(
        "Redirect | 307 | – | 307 Temporary Redirect: a redirect to ELSEWHERE/there, which is not followed \
         | 2 | 401, 307 | 0",
    ),
    answers("endless paging: two pages that lead to each other", |scene| {
        numbers(scene.number, if scene.number % 2 == 0 { "?page=2" } else { "?page=1" })
    })
    .list("Paging | – | – | the next page is one that came before | 3 | none | 0"),
    answers("endless paging: always one more page", |scene| {
        numbers(scene.number, &format!("?page={}", scene.number + 2))
    })
    .list("TooLarge | – | – | the list has more than 10 elements | 11 | none | 0"),
    answers("paging leads to another origin", |scene| numbers(1, &format!("{}/?page=2", scene.elsewhere)))
        .list(
            "Paging | – | – \
             | the link to the next page leads to another origin (127.0.0.1); it is not followed | 1 | none | 0",
        ),
    answers("gzip bomb", bomb)
        .both("Decode | 200 | – | 200 OK: the answer is not what the operation promises | 1 | 200 | 0")
        .check(|error| assert_eq!(error.body().unwrap(), &gzip_bomb())),
];
