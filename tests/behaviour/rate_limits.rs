//! 429: waited out where the service says how long.

use std::time::{Duration, Instant};

use atlas_client::{Client, Credentials, ErrorKind};
use atlas_codegen_tests::fake_atlas::Scripted;

use crate::operations::{ALL, Operation, PLAIN, client, fake, service_account};

const CALL: Operation = Operation::AddOrgTeamUser;
const SECOND: Duration = Duration::from_secs(1);
/// A wait for a second takes no longer, even on a machine that stalls. How exact waits are, the runtime's own tests show in
/// paused time.
const STALLED: Duration = Duration::from_secs(30);

fn limited(retry_after: Option<u64>) -> Scripted {
    Scripted::RateLimited { retry_after }
}

#[tokio::test]
async fn a_429_is_waited_out_and_the_request_sent_again_as_it_was() {
    let atlas = fake().await;
    atlas.answer_next(limited(Some(1)));
    let start = Instant::now();
    let brought = CALL.call(&client(&atlas), PLAIN).await.unwrap();
    assert!((SECOND..STALLED).contains(&start.elapsed()));
    assert_eq!(brought.status, 200);
    let requests = atlas.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0], requests[1]);
}

#[tokio::test]
async fn every_operation_waits_although_all_are_posts() {
    let atlas = fake().await;
    for operation in ALL {
        atlas.answer_next(limited(Some(0)));
        operation.call(&client(&atlas), PLAIN).await.unwrap();
    }
    assert_eq!(atlas.requests().len(), 2 * ALL.len());
}

#[tokio::test]
async fn waits_come_to_an_end() {
    let atlas = fake().await;
    for _ in 0..20 {
        atlas.answer_next(limited(Some(0)));
    }
    let error = CALL.fail(&client(&atlas), PLAIN).await;
    assert!(error.is_rate_limited());
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.code(), Some("RATE_LIMITED_TOKEN_BUCKET"));
    assert_eq!(error.headers().unwrap()["retry-after"], "0");
    assert_eq!(error.headers().unwrap()["ratelimit-limit"], "10");
    assert_eq!(atlas.requests().len(), 5);
    assert_eq!(error.attempts().len(), 5);
}

#[tokio::test]
async fn a_wait_beyond_the_time_for_the_call_is_not_begun() {
    let atlas = fake().await;
    atlas.answer_next(limited(Some(60)));
    let client = Client::builder()
        .credentials(Credentials::access_token(&*atlas.options().access_token))
        .base_url(atlas.base_url())
        .timeout(Duration::from_secs(50))
        .build()
        .unwrap();
    let start = Instant::now();
    let error = CALL.fail(&client, PLAIN).await;
    assert!(error.is_rate_limited());
    assert!(start.elapsed() < STALLED);
    assert_eq!(atlas.requests().len(), 1);
}

/// The error's own second parameter says how many seconds to wait.
#[tokio::test]
async fn without_a_header_the_error_body_is_asked() {
    let atlas = fake().await;
    atlas.answer_next(limited(None));
    let start = Instant::now();
    CALL.call(&client(&atlas), PLAIN).await.unwrap();
    assert!((SECOND..STALLED).contains(&start.elapsed()));
    assert_eq!(atlas.requests().len(), 2);
}

#[tokio::test]
async fn the_token_endpoints_429_is_waited_out_too() {
    let atlas = fake().await;
    atlas.answer_next_token(limited(Some(0)));
    CALL.call(&service_account(&atlas), PLAIN).await.unwrap();
    assert_eq!(atlas.token_requests().len(), 2);
    assert_eq!(atlas.operation_requests().len(), 1);
}
