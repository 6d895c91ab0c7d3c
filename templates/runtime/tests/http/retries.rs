//! What is sent again, how often, and after which waits.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use client_runtime::{Attempt, ErrorKind, Retry};
use tokio::time::Instant;

use crate::client::{Client, user};
use crate::scripted::{Script, Scripted};
use crate::server::{Answer, Server};

const USER: &str = r#"{"id":"7"}"#;
const ORG: &str = "5f0f0f0f0f0f0f0f0f0f0f0f";
const POST: &str = "/api/atlas/v2/orgs/5f0f0f0f0f0f0f0f0f0f0f0f/teams/t:addUser";

/// A service that gives these answers in turn, and then good ones.
fn first<const N: usize>(answers: [fn() -> Scripted; N]) -> Script {
    let number = AtomicUsize::new(0);
    Script::new(move |_, _| {
        let answer = answers.get(number.fetch_add(1, Ordering::SeqCst));
        answer.map_or_else(|| Scripted::new(200, USER), |answer| answer())
    })
}

/// A service that gives this answer for ever.
fn always(answer: fn() -> Scripted) -> Script {
    Script::new(move |_, _| answer())
}

fn down() -> Scripted {
    Scripted::new(503, "")
}

fn statuses(attempts: &[Attempt]) -> Vec<Option<u16>> {
    attempts.iter().map(|attempt| attempt.status().map(|status| status.as_u16())).collect()
}

#[tokio::test(start_paused = true)]
async fn a_clients_policy_holds_for_its_calls_and_a_calls_own_for_that_call() {
    let script = always(down);
    let client = Client::builder().transport(script.clone()).retry(Retry::new().max_attempts(2)).build().unwrap();
    let error = client.get_user("1").await.unwrap_err();
    assert_eq!((script.count("/users/1"), error.attempts().len()), (2, 2));
    let error = client.get_user("2").retry(Retry::new().max_attempts(4)).await.unwrap_err();
    assert_eq!((script.count("/users/2"), error.attempts().len()), (4, 4));
    assert_eq!(error.to_string(), "getUser: 503 Service Unavailable (4 attempts)");
    client.get_user("1").await.unwrap_err();
    assert_eq!(script.count("/users/1"), 4);
}

#[tokio::test(start_paused = true)]
async fn never_means_one_attempt_even_of_what_is_safe_to_repeat() {
    let answers: [fn() -> Scripted; 4] =
        [down, Scripted::refused, Scripted::broken, || Scripted::new(429, "").header("retry-after", "1")];
    for answer in answers {
        for none in [Retry::disabled(), Retry::new().max_attempts(1), Retry::new().max_attempts(0)] {
            let script = always(answer);
            let start = Instant::now();
            let error = script.anonymous().get_user("1").retry(none).await.unwrap_err();
            assert_eq!((script.count("/users/1"), error.attempts().len()), (1, 1));
            assert_eq!(start.elapsed(), Duration::ZERO);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_caller_who_knows_better_says_what_may_be_repeated() {
    let answers: [fn() -> Scripted; 3] = [down, Scripted::broken, || Scripted::new(200, "").after(Duration::MAX)];
    for answer in answers {
        let script = first([answer]);
        let add = || script.anonymous().add_org_team_user(ORG, "t", user("1")).send();
        assert_eq!(add().idempotent(true).await.unwrap(), user("7"));
        assert_eq!(script.count(POST), 2);

        let script = first([answer]);
        let add = || script.anonymous().add_org_team_user(ORG, "t", user("1")).send();
        add().await.unwrap_err();
        assert_eq!(script.count(POST), 1);

        let script = first([answer]);
        script.anonymous().get_user("1").idempotent(false).await.unwrap_err();
        assert_eq!(script.count("/users/1"), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn the_document_says_what_may_be_repeated() {
    // A POST that is marked so.
    let script = first([down, Scripted::broken]);
    assert!(script.anonymous().start_export().send().await.is_ok());
    assert_eq!(script.count("/export"), 3);
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_is_sent_again_whatever_the_method() {
    let script = first([Scripted::refused, || Scripted::new(429, ""), Scripted::refused]);
    let result = script.anonymous().add_org_team_user(ORG, "t", user("1")).send().response().await.unwrap();
    assert_eq!(statuses(result.attempts()), [None, Some(429), None, Some(200)]);
    assert_eq!(result.attempts()[0].error_kind(), Some(ErrorKind::Connect));
}

#[tokio::test(start_paused = true)]
async fn a_429_that_is_too_large_is_waited_out_by_all_and_tells_the_wait() {
    let script = first([|| Scripted::new(429, "x".repeat(100)).header("retry-after", "7")]);
    let client = Client::builder().transport(script).response_limit(50).build().unwrap();
    let start = Instant::now();
    let add = || client.add_org_team_user(ORG, "t", user("1")).send();
    let error = add().retry(Retry::disabled()).await.unwrap_err();
    assert_eq!((error.kind(), error.retry_after()), (ErrorKind::TooLarge, Some(Duration::from_secs(7))));
    assert!(error.is_rate_limited());
    add().await.unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(7));
}

#[tokio::test]
async fn a_429_whose_body_breaks_off_is_sent_again_whatever_the_method() {
    let cut = Answer::raw("HTTP/1.1 429 X\r\nretry-after: 0\r\ncontent-length: 9\r\n\r\nhalf");
    let server = Server::with([cut, Answer::json(200, USER)]).await;
    let client = crate::client::client(&server.url);
    client.add_org_team_user(ORG, "t", user("1")).send().await.unwrap();
    assert_eq!(server.received().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn all_calls_of_a_client_draw_on_one_budget() {
    let script = always(down);
    let client = script.anonymous();
    for _ in 0..25 {
        assert_eq!(client.clone().get_user("1").await.unwrap_err().attempts().len(), 5);
    }
    // A hundred retries are spent.
    for _ in 0..3 {
        assert_eq!(client.get_user("1").await.unwrap_err().attempts().len(), 1);
    }
    assert_eq!(script.count("/users/1"), 128);
    // Another client has its own.
    assert_eq!(script.anonymous().get_user("1").await.unwrap_err().attempts().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn an_empty_budget_fills_with_calls_that_need_no_retry_and_leaves_429_alone() {
    let script = Script::new(|path, _| match path {
        "/users/down" => down(),
        "/users/limited" => Scripted::new(429, "").header("retry-after", "1"),
        _ => Scripted::new(200, USER),
    });
    let client = script.anonymous();
    let tries = |id: &'static str| {
        let client = client.clone();
        async move { client.get_user(id).await.unwrap_err().attempts().len() }
    };
    let mut calls = 0;
    while tries("down").await > 1 {
        calls += 1;
        assert!(calls < 100, "the budget does not end");
    }
    assert_eq!(tries("limited").await, 5);
    assert_eq!(tries("down").await, 1);
    for _ in 0..5 {
        client.get_user("well").await.unwrap();
    }
    // One more try, which those five calls have paid for; and what came of it paid for nothing.
    assert_eq!(tries("down").await, 2);
}

#[tokio::test(start_paused = true)]
async fn waits_are_as_long_as_the_service_asks_else_random_and_bounded() {
    let script = first([
        || Scripted::new(503, "").header("retry-after", "33"),
        || Scripted::new(429, r#"{"parameters":["/x",0.25]}"#),
    ]);
    let start = Instant::now();
    script.anonymous().get_user("1").await.unwrap();
    assert_eq!(start.elapsed(), Duration::from_millis(33_250));

    let mut totals = Vec::new();
    for _ in 0..10 {
        let start = Instant::now();
        let policy = Retry::new().initial_backoff(Duration::from_secs(1)).max_backoff(Duration::from_secs(2));
        always(down).anonymous().get_user("1").retry(policy).await.unwrap_err();
        totals.push(start.elapsed());
    }
    // One, and three times two.
    assert!(totals.iter().all(|total| *total <= Duration::from_secs(7)), "{totals:?}");
    assert!(totals.iter().any(|total| *total != totals[0]), "{totals:?}");
}

#[tokio::test(start_paused = true)]
async fn no_wait_goes_beyond_the_time_of_the_call() {
    let script = always(|| Scripted::new(503, "").header("retry-after", "10"));
    let start = Instant::now();
    let error = script.anonymous().get_user("1").timeout(Duration::from_secs(25)).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts().len()), (503, 3));
    assert_eq!((start.elapsed().as_secs(), error.retry_after()), (20, Some(Duration::from_secs(10))));
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_the_end_of_the_call_cuts_off_is_one_of_its_attempts() {
    let script = first([
        || Scripted::new(503, "").header("retry-after", "5"),
        || Scripted::new(200, USER).after(Duration::from_secs(100)),
    ]);
    let error = script.anonymous().get_user("1").timeout(Duration::from_secs(12)).await.unwrap_err();
    assert_eq!(error.to_string(), "getUser: the call took longer than 12s (2 attempts)");
    assert_eq!(error.attempts()[1].error_kind(), Some(ErrorKind::Timeout));
    assert_eq!(error.attempts()[1].duration(), Duration::from_secs(7));
}

#[tokio::test(start_paused = true)]
async fn attempts_say_what_came_and_how_long_it_took() {
    let script = first([
        || Scripted::new(503, "").after(Duration::from_secs(2)),
        || Scripted::broken().after(Duration::from_secs(3)),
        || Scripted::new(200, "").after(Duration::from_secs(61)),
    ]);
    let response = script.anonymous().get_user("1").response().await.unwrap();
    let attempts = response.attempts();
    assert_eq!(statuses(attempts), [Some(503), None, None, Some(200)]);
    let failures: Vec<_> = attempts.iter().filter_map(Attempt::error_kind).collect();
    assert_eq!(failures, [ErrorKind::Transport, ErrorKind::Timeout]);
    let took: Vec<_> = attempts.iter().map(|attempt| attempt.duration().as_secs()).collect();
    assert_eq!(took, [2, 3, 60, 0]);
    let texts: Vec<_> = attempts.iter().map(ToString::to_string).collect();
    assert_eq!(texts[..3], ["503 Service Unavailable after 2s", "Transport after 3s", "Timeout after 60s"]);
}

#[tokio::test(start_paused = true)]
async fn a_download_is_tried_again_until_it_begins() {
    let script = first([down, Scripted::broken]);
    let download = script.anonymous().read_log("1").send().await.unwrap();
    assert_eq!(download.bytes().await.unwrap(), USER);
    assert_eq!(script.count("/users/1"), 3);
}
