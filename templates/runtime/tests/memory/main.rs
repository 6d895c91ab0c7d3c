//! Memory over many calls. A binary of its own with a single test, so that nothing else is measured.

#![cfg(all(feature = "reqwest", target_os = "linux"))]
// Helpers stop at once, as tests do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../http/client.rs"]
#[allow(dead_code)]
mod client;
#[path = "../http/scripted.rs"]
#[allow(dead_code)]
mod scripted;
#[path = "../http/server.rs"]
#[allow(dead_code)]
mod server;

use std::collections::BTreeSet;
use std::sync::Mutex;

use crate::client::{Client, Credentials};
use crate::scripted::{Script, Scripted};
use crate::server::{Answer, Server};

const USER: &str = r#"{"id":"7","username":"someone"}"#;
/// How many calls are under way at a time.
const AT_ONCE: usize = 20;

/// How much memory may grow, in kilobytes: by a page here and there, and not by some bytes with each call.
const GROWTH: i64 = 512;

/// The memory that this process holds of its own, in kilobytes. A machine short of memory takes away the pages of files,
/// which come back as they are used, and swaps out others.
fn held() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let kilobytes = |name| -> i64 {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().strip_suffix(" kB").unwrap().parse().unwrap()
    };
    kilobytes("RssAnon:") + kilobytes("VmSwap:")
}

/// By how much memory grows from some calls to many more. `forget` has the test's own side forget what was sent.
async fn growth(client: &Client, forget: &dyn Fn(), warm_up: usize, calls: usize) -> i64 {
    run(client, forget, warm_up).await;
    let (before, began) = (held(), std::time::Instant::now());
    run(client, forget, calls).await;
    let after = held();
    println!("{calls} calls: {before} kB before, {after} kB after, {:?}", began.elapsed());
    after - before
}

/// Makes calls of which each has a path of its own.
async fn run(client: &Client, forget: &dyn Fn(), calls: usize) {
    for round in 0..calls / AT_ONCE {
        let ids = (0..AT_ONCE).map(|number| round * AT_ONCE + number);
        let calls: Vec<_> = ids.map(|id| tokio::spawn(call(client.clone(), id))).collect();
        for call in calls {
            call.await.unwrap();
        }
        forget();
    }
}

async fn call(client: Client, id: usize) {
    let result = client.get_user(&id.to_string()).response().await;
    match (id % 10, result) {
        (0, result) => assert!(result.unwrap_err().is_not_found()),
        (1, result) => assert!(result.unwrap().attempts().iter().any(|attempt| attempt.status().unwrap() == 429)),
        (_, result) => assert_eq!(result.unwrap().value().id, "7"),
    }
}

type Reply = (u16, &'static [(&'static str, &'static str)], &'static str);

/// A service that answers to a path: mostly with the user; to some ids with an error, to others first with a refusal.
fn service() -> impl Fn(&str) -> Reply {
    let refused = Mutex::new(BTreeSet::new());
    move |path| match path.chars().next_back() {
        Some('0') => (404, &[], r#"{"error":404,"errorCode":"NONE","detail":"no such user"}"#),
        Some('1') => {
            let mut refused = refused.lock().unwrap();
            if refused.remove(path) {
                return (200, &[], USER);
            }
            refused.insert(path.to_owned());
            (429, &[("retry-after", "0")], "")
        }
        Some('2') => (200, &[("ratelimit-remaining", "0"), ("ratelimit-reset", "0")], USER),
        Some('3') => (200, &[("deprecation", "true")], USER),
        _ => (200, &[], USER),
    }
}

fn script() -> Script {
    let service = service();
    Script::new(move |path, _| {
        if path == "/api/oauth/token" {
            return Scripted::new(200, r#"{"access_token":"t","expires_in":3600}"#);
        }
        let (status, headers, body) = service(path);
        headers.iter().fold(Scripted::new(status, body), |answer, (name, value)| answer.header(name, *value))
    })
}

async fn server() -> Server {
    let service = service();
    let challenge = ("www-authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"");
    Server::start(move |received| match received.header("authorization") {
        None => Answer::new(401, &[challenge], ""),
        Some(_) => {
            let (status, headers, body) = service(received.target());
            Answer::new(status, headers, body)
        }
    })
    .await
}

#[test]
fn memory_stays_over_many_calls() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let script = script();
        let growth_in_process = growth(&script.client(), &|| script.forget(), 10_000, 100_000).await;
        assert!(growth_in_process < GROWTH, "without a network: {growth_in_process} kB");

        let server = server().await;
        let builder = Client::builder().credentials(Credentials::api_key("public", "private"));
        let client = builder.base_url(&server.url).build().unwrap();
        let growth_over_sockets = growth(&client, &|| server.forget(), 2_000, 10_000).await;
        assert!(growth_over_sockets < GROWTH, "over sockets: {growth_over_sockets} kB");
    });
}
