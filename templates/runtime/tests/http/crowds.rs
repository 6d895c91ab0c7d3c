//! Many callers at a time, and callers who give up.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::{Instant, timeout};

use crate::client::{Client, Credentials, user};
use crate::scripted::{Script, Scripted};

const TOKEN_PATH: &str = "/api/oauth/token";
const USER: &str = r#"{"id":"7"}"#;
const SECOND: Duration = Duration::from_secs(1);

/// A service whose first token lasts so many seconds, and later ones an hour. A token takes a while to get.
fn tokens(first_lasts: u64, takes: Duration) -> Script {
    let number = AtomicUsize::new(0);
    Script::new(move |path, authorization| match path {
        TOKEN_PATH => {
            let number = number.fetch_add(1, Ordering::SeqCst);
            let lasts = if number == 0 { first_lasts } else { 3600 };
            Scripted::new(200, format!(r#"{{"access_token":"t{number}","expires_in":{lasts}}}"#)).after(takes)
        }
        _ if authorization == Some("Bearer t0") => Scripted::new(200, r#"{"id":"old"}"#),
        _ => Scripted::new(200, USER),
    })
}

/// A thousand calls at a time, none of which gets the old token.
async fn a_thousand(client: &Client) {
    let calls: Vec<_> = (0..1000).map(|_| tokio::spawn(client.get_user("1").into_future())).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), user("7"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_thousand_callers_with_an_expired_token_cause_one_token_request() {
    let script = tokens(3600, SECOND);
    let client = script.client();
    client.get_user("1").await.unwrap();
    tokio::time::advance(Duration::from_secs(3601)).await;
    a_thousand(&client).await;
    assert_eq!((script.count(TOKEN_PATH), script.count("/users/1")), (2, 1001));
}

/// The same in real time, on several threads.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_on_several_threads_cause_one_token_request() {
    let script = tokens(1, Duration::from_millis(50));
    let client = script.client();
    client.get_user("1").await.unwrap();
    tokio::time::sleep(SECOND * 11 / 10).await;
    a_thousand(&client).await;
    assert_eq!((script.count(TOKEN_PATH), script.count("/users/1")), (2, 1001));
}

/// Begins a call and drops it after a second.
async fn give_up(client: &Client, id: &str) {
    assert!(timeout(SECOND, client.get_user(id).into_future()).await.is_err());
}

async fn succeeds_at_once(client: &Client) {
    let start = Instant::now();
    assert_eq!(client.get_user("1").await.unwrap(), user("7"));
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_call_given_up_in_an_attempt_or_a_wait_holds_nothing() {
    let script = Script::new(|path, _| match path {
        "/users/hangs" => Scripted::new(200, USER).after(SECOND * 100),
        "/users/limited" => Scripted::new(429, "").header("retry-after", "100"),
        _ => Scripted::new(200, USER),
    });
    let client = script.anonymous();
    for id in ["hangs", "limited"] {
        give_up(&client, id).await;
        succeeds_at_once(&client).await;
    }
    // What was learned of the service stays: this one is held back.
    give_up(&client, "limited").await;
    assert_eq!(script.count("/users/limited"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_given_up_while_a_token_is_awaited_leaves_the_renewal_to_others() {
    let script = tokens(3600, SECOND * 3);
    let client = script.client();
    give_up(&client, "1").await;
    tokio::time::sleep(SECOND * 2).await;
    assert_eq!(client.get_user("1").await.unwrap().id, "old");
    assert_eq!(script.count(TOKEN_PATH), 1);
}

/// Where nonces do not last, digest requests go one by one; the one under way is given up.
#[tokio::test(start_paused = true)]
async fn a_call_given_up_makes_room_in_the_digest_lane() {
    let number = AtomicUsize::new(0);
    let script = Script::new(move |path, authorization| {
        let challenge = |more: &str| {
            let nonce = number.fetch_add(1, Ordering::SeqCst);
            let challenge = format!("Digest realm=\"r\", nonce=\"n{nonce}\", qop=\"auth\"{more}");
            Scripted::new(401, "").header("www-authenticate", challenge)
        };
        match authorization {
            None => challenge(""),
            // A fresh nonce that is stale already says that the service is crowded.
            Some(header) if header.contains("nonce=\"n0\"") => challenge(", stale=true"),
            Some(_) if path == "/users/hangs" => Scripted::new(200, USER).after(SECOND * 50),
            Some(_) => Scripted::new(200, USER),
        }
    });
    let credentials = Credentials::api_key("public", "private");
    let client = Client::builder().credentials(credentials).transport(script.clone()).build().unwrap();
    succeeds_at_once(&client).await;
    give_up(&client, "hangs").await;
    succeeds_at_once(&client).await;
    // And those that wait for their turn can be given up too.
    let long = tokio::spawn(client.get_user("hangs").into_future());
    tokio::task::yield_now().await;
    give_up(&client, "1").await;
    assert!(long.await.unwrap().is_ok());
    succeeds_at_once(&client).await;
}

/// One operation that the service takes no more of for now keeps no other one from the digest lane.
#[tokio::test(start_paused = true)]
async fn a_request_that_is_held_back_leaves_the_digest_lane_to_others() {
    let number = AtomicUsize::new(0);
    let script = Script::new(move |path, authorization| {
        let challenge = |more: &str| {
            let nonce = number.fetch_add(1, Ordering::SeqCst);
            let challenge = format!("Digest realm=\"r\", nonce=\"n{nonce}\", qop=\"auth\"{more}");
            Scripted::new(401, "").header("www-authenticate", challenge)
        };
        match authorization {
            None => challenge(""),
            // A fresh nonce that is stale already says that the service is crowded.
            Some(header) if header.contains("nonce=\"n0\"") => challenge(", stale=true"),
            // The challenge itself may say that nothing is left of its operation.
            Some(header) if path == "/users/stale" && !header.contains("nc=00000001") => {
                challenge(", stale=true").header("ratelimit-remaining", "0").header("ratelimit-reset", "50")
            }
            Some(_) if path == "/users/last" => {
                Scripted::new(200, USER).header("ratelimit-remaining", "0").header("ratelimit-reset", "50")
            }
            Some(_) => Scripted::new(200, USER),
        }
    });
    let credentials = Credentials::api_key("public", "private");
    let client = Client::builder().credentials(credentials).transport(script.clone()).build().unwrap();
    succeeds_at_once(&client).await;
    // Held back before its first attempt, and before its answer to a challenge.
    client.get_user("last").await.unwrap();
    let start = Instant::now();
    let held = ["last", "stale"].map(|id| tokio::spawn(client.get_user(id).into_future()));
    tokio::time::sleep(SECOND).await;
    succeeds_at_once(&client).await;
    for call in held {
        call.await.unwrap().unwrap();
    }
    assert_eq!(start.elapsed(), SECOND * 50);
}
