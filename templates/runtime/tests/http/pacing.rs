//! Requests held back while the service takes no more.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use client_runtime::Retry;
use tokio::time::Instant;

use crate::client::{Client, user};
use crate::scripted::{Script, Scripted};

const USER: &str = r#"{"id":"7"}"#;
const ORG: &str = "5f0f0f0f0f0f0f0f0f0f0f0f";

/// A service of which each answer says that nothing is left for so many seconds.
fn exhausted(seconds: &'static str) -> Script {
    Script::new(move |_, _| {
        Scripted::new(200, USER).header("ratelimit-remaining", "0").header("ratelimit-reset", seconds)
    })
}

async fn seconds(work: impl Future) -> u64 {
    let start = Instant::now();
    work.await;
    start.elapsed().as_secs()
}

#[tokio::test(start_paused = true)]
async fn the_next_call_of_the_same_operation_and_first_parameter_waits_and_no_other() {
    let script = exhausted("7");
    let client = script.anonymous();
    let add = |org, team| client.add_org_team_user(org, team, user("1")).send();
    assert_eq!(seconds(async { add(ORG, "a").await.unwrap() }).await, 0);
    assert_eq!(seconds(async { add("5f0f0f0f0f0f0f0f0f0f0f00", "a").await.unwrap() }).await, 0);
    assert_eq!(seconds(async { client.get_user(ORG).await.unwrap() }).await, 0);
    assert_eq!(seconds(async { add(ORG, "b").await.unwrap() }).await, 7);
}

#[tokio::test(start_paused = true)]
async fn all_that_wait_go_on_when_the_time_is_over() {
    let number = AtomicUsize::new(0);
    let script = Script::new(move |_, _| match number.fetch_add(1, Ordering::SeqCst) {
        0 => Scripted::new(429, "").header("retry-after", "9"),
        _ => Scripted::new(200, USER),
    });
    let client = script.anonymous();
    let work = async {
        let refused = client.get_user("1").retry(Retry::disabled()).await;
        assert!(refused.unwrap_err().is_rate_limited());
        let calls: Vec<_> = (0..10).map(|_| tokio::spawn(client.get_user("1").into_future())).collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
    };
    assert_eq!((seconds(work).await, script.count("/users/1")), (9, 11));
}

#[tokio::test(start_paused = true)]
async fn pacing_can_be_turned_off() {
    let script = exhausted("7");
    let client = Client::builder().transport(script.clone()).pacing(false).build().unwrap();
    for _ in 0..3 {
        assert_eq!(seconds(async { client.get_user("1").await.unwrap() }).await, 0);
    }
}

#[tokio::test(start_paused = true)]
async fn no_request_is_held_back_beyond_the_time_of_its_call() {
    let script = exhausted("7");
    let client = script.anonymous();
    client.get_user("1").await.unwrap();
    let hasty = client.get_user("1").timeout(Duration::from_secs(7));
    assert_eq!(seconds(async { hasty.await.unwrap() }).await, 0);
    let patient = client.get_user("1").timeout(Duration::from_secs(8));
    assert_eq!(seconds(async { patient.await.unwrap() }).await, 7);
}

/// The first request is answered last, and asks for the longest wait.
#[tokio::test(start_paused = true)]
async fn a_longer_wait_that_is_learned_in_the_wait_is_waited_out_if_there_is_time() {
    for (timeout, expected) in [(200, 63), (30, 5)] {
        let number = AtomicUsize::new(0);
        let script = Script::new(move |_, _| match number.fetch_add(1, Ordering::SeqCst) {
            0 => Scripted::new(429, "").header("retry-after", "60").after(Duration::from_secs(3)),
            1 => Scripted::new(429, "").header("retry-after", "5"),
            _ => Scripted::new(200, USER),
        });
        let client = script.anonymous();
        let call = || client.get_user("1").retry(Retry::disabled());
        let late = tokio::spawn(call().into_future());
        tokio::task::yield_now().await;
        call().await.unwrap_err();
        let third = call().timeout(Duration::from_secs(timeout));
        assert_eq!(seconds(async { third.await.unwrap() }).await, expected);
        assert!(late.await.unwrap().unwrap_err().is_rate_limited());
    }
}

#[tokio::test(start_paused = true)]
async fn the_wait_is_no_part_of_the_attempt() {
    let client = Client::builder().transport(exhausted("7")).attempt_timeout(Duration::from_secs(1)).build().unwrap();
    client.get_user("1").await.unwrap();
    let response = client.get_user("1").response().await.unwrap();
    assert_eq!(response.attempts().len(), 1);
    assert_eq!(response.attempts()[0].duration(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_retry_waits_once_for_the_retry_and_the_pacing() {
    let number = AtomicUsize::new(0);
    let script = Script::new(move |_, _| match number.fetch_add(1, Ordering::SeqCst) {
        0 => Scripted::new(429, "").header("retry-after", "5").header("ratelimit-remaining", "0"),
        _ => Scripted::new(200, USER),
    });
    assert_eq!(seconds(async { script.anonymous().get_user("1").await.unwrap() }).await, 5);
}

/// Both clocks are read by the service's own: how far it is from ours does not matter.
#[tokio::test(start_paused = true)]
async fn the_time_of_a_reset_is_read_by_the_services_clock() {
    for skew in [-7200, 120] {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        let now = now.checked_add_signed(skew).unwrap();
        let date = http_date(now);
        let reset = (now + 7).to_string();
        let script = Script::new(move |_, _| {
            let answer = Scripted::new(200, USER).header("ratelimit-remaining", "0");
            answer.header("date", date.clone()).header("ratelimit-reset", reset.clone())
        });
        let client = script.anonymous();
        client.get_user("1").await.unwrap();
        assert_eq!(seconds(async { client.get_user("1").await.unwrap() }).await, 7, "{skew}");
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, of seconds since 1970.
fn http_date(seconds: u64) -> String {
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
}
