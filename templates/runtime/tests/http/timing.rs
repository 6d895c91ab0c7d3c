//! Waits and timeouts.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use client_runtime::{ErrorKind, Retry};
use tokio::time::Instant;

use crate::client::{Client, client, user};
use crate::clock::hurry;
use crate::scripted::{Script, Scripted};
use crate::server::{Answer, Server};

const USER: &str = r#"{"id":"7"}"#;

/// A service that answers 429 so often.
fn limited(times: usize, retry_after: &'static str) -> Script {
    let number = AtomicUsize::new(0);
    Script::new(move |_, _| match number.fetch_add(1, Ordering::SeqCst) < times {
        true => Scripted::new(429, r#"{"error":429,"errorCode":"SLOW"}"#).header("retry-after", retry_after),
        false => Scripted::new(200, USER),
    })
}

fn anonymous(script: &Script) -> Client {
    Client::builder().transport(script.clone()).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_429_is_waited_out_whatever_the_method() {
    let script = limited(2, "7");
    let start = Instant::now();
    let org = "5f0f0f0f0f0f0f0f0f0f0f0f";
    let result = anonymous(&script).add_org_team_user(org, "t", user("1")).send().await;
    assert_eq!(result.unwrap(), user("7"));
    assert_eq!(start.elapsed().as_secs(), 14);
}

#[tokio::test(start_paused = true)]
async fn waits_are_bounded_in_number_and_time() {
    let script = limited(100, "1");
    let error = anonymous(&script).get_user("1").await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!((error.code(), script.count("/users/1")), (Some("SLOW"), 5));
    assert_eq!(error.to_string(), "getUser: 429 Too Many Requests (SLOW) (5 attempts)");

    let script = limited(1, "60");
    let start = Instant::now();
    let error = anonymous(&script).get_user("1").timeout(Duration::from_secs(59)).await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!((start.elapsed().as_secs(), script.count("/users/1")), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn an_attempt_and_a_call_end_in_time() {
    let script = Script::new(|_, _| Scripted::new(200, USER).after(Duration::from_secs(100)));
    let start = Instant::now();
    let error = anonymous(&script).get_user("1").retry(Retry::disabled()).await.unwrap_err();
    assert_eq!((error.kind(), start.elapsed().as_secs()), (ErrorKind::Timeout, 60));
    assert_eq!(error.to_string(), "getUser: the attempt took longer than 60s");

    let builder = Client::builder().transport(script.clone()).attempt_timeout(Duration::from_secs(200));
    let client = builder.timeout(Duration::from_secs(90)).build().unwrap();
    let error = client.get_user("1").await.unwrap_err();
    assert_eq!(error.to_string(), "getUser: the call took longer than 90s");
    assert!(client.get_user("1").timeout(Duration::MAX).await.is_ok());
    assert_eq!(script.count("/users/1"), 3);
}

#[tokio::test]
async fn a_429_on_a_socket_is_waited_out_with_the_same_body() {
    let refused = Answer::new(429, &[("retry-after", "1")], "");
    let server = Server::with([refused, Answer::json(200, USER)]).await;
    let start = Instant::now();
    let org = "5f0f0f0f0f0f0f0f0f0f0f0f";
    client(&server.url).add_org_team_user(org, "t", user("1")).send().await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));
    let received = server.received();
    assert_eq!((received.len(), &received[0].head, &received[0].body), (2, &received[1].head, &received[1].body));
}

#[tokio::test(start_paused = true)]
async fn slow_headers_and_a_slow_body_end_in_time() {
    hurry();
    let hour = Duration::from_secs(3600);
    let half = Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"id\"").hang(hour);
    for answer in [Answer::json(200, USER).after(hour), half] {
        let server = Server::with([answer]).await;
        let builder = Client::builder().base_url(&server.url).attempt_timeout(Duration::from_secs(5));
        let error = builder.build().unwrap().get_user("1").retry(Retry::disabled()).await.unwrap_err();
        assert_eq!(error.to_string(), "getUser: the attempt took longer than 5s");
        assert_eq!(server.received().len(), 1);
    }
}
