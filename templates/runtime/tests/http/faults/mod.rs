//! The fault matrix: what a caller sees of each fault, over real sockets and with the usual settings.
//!
//! `cargo test --test http faults -- --nocapture` prints it as Markdown.

mod cases;

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use client_runtime::{Attempt, ErrorKind, Operation, Response, read};
use tokio::time::Instant;

use self::cases::{CASES, Case, Scene, Service, Who};
use crate::client::{Call, Client, Credentials, Error, User, user};
use crate::clock::hurry;
use crate::paging::Numbers;
use crate::server::{Answer, Received, Server};

const TOKEN_PATH: &str = "/api/oauth/token";
const USER: &str = r#"{"id":"7"}"#;
const ORG: &str = "5f0f0f0f0f0f0f0f0f0f0f0f";

/// How much longer than it should something may seem to take, in seconds: time goes in steps here.
const SLACK: f64 = 3.0;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    Get,
    Post,
}

impl Method {
    fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }

    fn expected(self, case: &Case) -> &'static str {
        match self {
            Self::Get => case.get,
            Self::Post => case.post,
        }
    }
}

/// A row of the matrix, and the seconds that it took.
struct Outcome {
    row: String,
    took: f64,
}

#[tokio::test(start_paused = true)]
async fn every_fault_has_its_outcome() {
    let rows = CASES.iter().flat_map(|case| [(case, Method::Get), (case, Method::Post)]);
    let rows = rows.filter(|(case, method)| !case.is_list || *method == Method::Get);
    let mut stages = Vec::new();
    for (case, method) in rows {
        stages.push((case, method, Stage::set(case).await));
    }
    // Not before: to make so many clients takes a while, in which the clock stands still. The system's does not, and has
    // a limit of its own on the time for connecting.
    hurry();
    let rows: Vec<_> = stages
        .into_iter()
        .map(|(case, method, stage)| (case, method, tokio::spawn(run(case, method, stage))))
        .collect();
    let (mut table, mut faults) = (String::new(), String::new());
    table.push_str("| fault | call | kind | status | code | message | requests | attempts | seconds |\n");
    table.push_str("|---|---|---|---|---|---|---|---|---|\n");
    for (case, method, row) in rows {
        let outcome = row.await.unwrap();
        let (expected, range) = method.expected(case).rsplit_once(" | ").unwrap();
        let (least, most) = range.split_once('–').unwrap_or((range, range));
        let is_in_time = (least.parse().unwrap()..=most.parse::<f64>().unwrap() + SLACK).contains(&outcome.took);
        writeln!(table, "| {} | {} | {} | {range} |", case.fault, method.name(), outcome.row).unwrap();
        if outcome.row != expected || !is_in_time {
            let Outcome { row, took } = outcome;
            writeln!(faults, "{}, {}:\n  {expected} | {range}\n  {row} | {took}", case.fault, method.name()).unwrap();
        }
    }
    println!("{table}");
    assert!(faults.is_empty(), "expected and seen:\n{faults}");
}

/// The servers and the client of a row.
struct Stage {
    server: Server,
    /// Where a redirect leads. Nothing may ever arrive here.
    elsewhere: Server,
    client: Client,
}

impl Stage {
    async fn set(case: &'static Case) -> Self {
        let elsewhere = Server::with([Answer::json(200, USER)]).await;
        let server = serve(case, elsewhere.url.clone()).await;
        let client = case.who.client(&server.url);
        Self { server, elsewhere, client }
    }
}

/// Makes the call of a row.
async fn run(case: &'static Case, method: Method, stage: Stage) -> Outcome {
    let Stage { server, elsewhere, client } = stage;
    if case.warm.is_some() {
        client.get_user("warm").await.unwrap();
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let earlier = server.received().len();
    let start = Instant::now();
    let result = match method {
        Method::Get if case.is_list => Err(list(&client).await),
        Method::Get => client.get_user("1").response().await,
        Method::Post => client.add_org_team_user(ORG, "t", user("1")).send().response().await,
    };
    let took = start.elapsed().as_secs_f64();
    let received = server.received().split_off(earlier);
    assert_eq!(elsewhere.received().len(), 0, "{}: something arrived elsewhere", case.fault);
    if let Err(error) = &result {
        (case.check)(error);
    }
    let attempts = match &result {
        Ok(response) => response.attempts(),
        Err(error) => error.attempts(),
    };
    // Asking for a token may be repeated.
    let is_tokens = matches!(&result, Err(error) if error.kind() == ErrorKind::Authentication);
    if method == Method::Post && !is_tokens {
        assert_never_repeated(case, attempts);
    }
    let requests = requests(&received);
    let row = format!("{} | {requests} | {}", seen(&result, &server.url, &elsewhere.url), listed(attempts));
    Outcome { row, took }
}

/// Asks for a list of up to ten elements.
async fn list(client: &Client) -> Error {
    static LIST: Operation = Operation::get("list", "/list").next_link("/links");
    let call: Call<Numbers> = read::json(client.core.request(&LIST));
    call.collect_all(10).await.unwrap_err()
}

/// A service that misbehaves as the case has it, and whose token endpoint is as good as its own token handler.
async fn serve(case: &'static Case, elsewhere: String) -> Server {
    let answer = match case.service {
        Service::Absent => return Server::absent(),
        Service::Full => return Server::full(),
        Service::Unwilling => return Server::unwilling().await,
        Service::Answers(answer) => answer,
    };
    let (calls, tokens) = (AtomicUsize::new(0), AtomicUsize::new(0));
    Server::start(move |received| {
        let is_token = received.target().ends_with(TOKEN_PATH);
        let number = match case.warm.filter(|_| received.target() == "GET /users/warm") {
            Some(answer) => return answer(),
            None if is_token => tokens.fetch_add(1, Ordering::SeqCst),
            None => calls.fetch_add(1, Ordering::SeqCst),
        };
        let scene = Scene { received, number, elsewhere: &elsewhere };
        if is_token { (case.token)(&scene) } else { answer(&scene) }
    })
    .await
}

impl Who {
    fn client(self, url: &str) -> Client {
        let builder = Client::builder().base_url(url);
        let credentials = match self {
            Self::Token => Credentials::access_token("token-1"),
            Self::Account => Credentials::service_account("sa_id_1", "client-secret"),
            Self::Key => Credentials::api_key("public", "private"),
        };
        builder.credentials(credentials).build().unwrap()
    }
}

/// What the caller sees: kind, status, code, message.
fn seen(result: &Result<Response<User>, Error>, server: &str, elsewhere: &str) -> String {
    let error = match result {
        Ok(response) => return format!("– | {} | – | the value", response.status().as_u16()),
        Err(error) => error,
    };
    let status = error.status().map_or("–".to_owned(), |status| status.as_u16().to_string());
    let message = error.to_string();
    let (_, message) = message.split_once(": ").unwrap();
    let message = message.replace(elsewhere, "ELSEWHERE").replace(server.strip_prefix("http://").unwrap(), "HOST");
    format!("{:?} | {status} | {} | {message}", error.kind(), error.code().unwrap_or("–"))
}

/// How many requests came, and how many of them for tokens.
fn requests(received: &[Received]) -> String {
    let tokens = received.iter().filter(|received| received.target().ends_with(TOKEN_PATH)).count();
    let calls = received.len() - tokens;
    if tokens == 0 { calls.to_string() } else { format!("{calls} + {tokens} for a token") }
}

/// `2 × 503, 200`.
fn listed(attempts: &[Attempt]) -> String {
    let name = |attempt: &Attempt| match (attempt.status(), attempt.error_kind()) {
        (Some(status), _) => status.as_u16().to_string(),
        (None, failure) => format!("{:?}", failure.unwrap()),
    };
    let names: Vec<_> = attempts.iter().map(name).collect();
    let runs = names.chunk_by(|one, next| one == next).map(|run| match run.len() {
        1 => run[0].clone(),
        length => format!("{length} × {}", run[0]),
    });
    let list = runs.collect::<Vec<_>>().join(", ");
    if list.is_empty() { "none".to_owned() } else { list }
}

/// All attempts but the last of a request that must not be repeated ended in a way that says that the service has not
/// acted.
fn assert_never_repeated(case: &Case, attempts: &[Attempt]) {
    for attempt in attempts.split_last().map_or(&[][..], |(_, earlier)| earlier) {
        let is_refusal = attempt.status().is_some_and(|status| matches!(status.as_u16(), 401 | 429));
        let is_unsent = attempt.error_kind() == Some(ErrorKind::Connect);
        assert!(is_refusal || is_unsent, "{}: sent again after {attempt}", case.fault);
    }
}
