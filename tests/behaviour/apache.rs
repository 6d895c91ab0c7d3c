//! Signing in with an API key at Apache httpd's `mod_auth_digest`, which this project did not write. It knows MD5 only.

use std::time::Duration;

use atlas_client::{Client, Credentials, ErrorKind};
use atlas_codegen_tests::apache::{Apache, Options, Start};

use crate::operations::{Operation, PLAIN, Query};

const CALL: Operation = Operation::AddOrgTeamUser;

/// A running server; `None`, with a word about it, where there is none on this machine.
async fn running(options: Options) -> Option<Apache> {
    let start = tokio::task::spawn_blocking(move || Apache::start(&options));
    match start.await.unwrap().expect("Apache httpd comes up") {
        Start::Running(apache) => Some(apache),
        Start::NotInstalled(missing) => {
            eprintln!("skipped: {missing}");
            None
        }
    }
}

fn client(apache: &Apache, private_key: &str) -> Client {
    Client::builder()
        .credentials(Credentials::api_key("fakepubl", private_key))
        .base_url(apache.base_url())
        // A test that would hang fails; forty calls one after the other take their time on a busy machine.
        .timeout(Duration::from_secs(300))
        .build()
        .unwrap()
}

fn right_key() -> String {
    Options::default().private_key
}

#[tokio::test]
async fn one_challenge_serves_several_calls_whose_count_is_checked() {
    let Some(apache) = running(Options::default()).await else {
        return;
    };
    let client = client(&apache, &right_key());
    for _ in 0..3 {
        let brought = CALL.call(&client, PLAIN).await.unwrap();
        assert_eq!(brought.value["username"], "hello@example.com");
    }
    let query = Query {
        envelope: None,
        pretty: Some(true),
    };
    CALL.call(&client, query).await.unwrap();
    assert_eq!(apache.statuses(5).unwrap(), [401, 200, 200, 200, 200]);
}

#[tokio::test]
async fn calls_side_by_side_all_get_in() {
    let Some(apache) = running(Options::default()).await else {
        return;
    };
    let client = client(&apache, &right_key());
    for _ in 0..2 {
        let calls: Vec<_> = (0..4)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { CALL.call(&client, PLAIN).await })
            })
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
    }
}

/// The server has room for a few clients only: one that is challenged pushes out others, whose nonces then are stale.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forty_calls_side_by_side_all_get_in() {
    for check_count in [true, false] {
        let options = Options {
            check_count,
            ..Options::default()
        };
        let Some(apache) = running(options).await else {
            return;
        };
        let client = client(&apache, &right_key());
        for _ in 0..3 {
            let calls: Vec<_> = (0..40)
                .map(|_| {
                    let client = client.clone();
                    tokio::spawn(async move { CALL.call(&client, PLAIN).await })
                })
                .collect();
            for call in calls {
                call.await.unwrap().unwrap();
            }
        }
        let statuses = apache.statuses(160).unwrap();
        let refused = statuses.iter().filter(|status| **status == 401).count();
        // One challenge for each call of the first round, and at most a few more.
        assert!(refused < 120, "{refused} of {}", statuses.len());
    }
}

#[tokio::test]
async fn a_stale_nonce_is_replaced() {
    let options = Options {
        nonce_lifetime: 1,
        ..Options::default()
    };
    let Some(apache) = running(options).await else {
        return;
    };
    let client = client(&apache, &right_key());
    CALL.call(&client, PLAIN).await.unwrap();
    // The server counts in whole seconds.
    tokio::time::sleep(Duration::from_millis(2100)).await;
    CALL.call(&client, PLAIN).await.unwrap();
    // Each call is challenged, and again if the machine stalls for longer than the nonce lasts.
    let is_done = |statuses: &[u16]| statuses.iter().filter(|status| **status == 200).count() == 2;
    let statuses = apache.statuses_once(is_done).unwrap();
    let calls: Vec<&[u16]> = statuses.split_inclusive(|status| *status == 200).collect();
    let is_challenged = |call: &&[u16]| call.len() > 1 && call.ends_with(&[401, 200]);
    assert_eq!(
        (
            calls.len(),
            calls.iter().filter(|call| is_challenged(call)).count()
        ),
        (2, 2),
        "{statuses:?}"
    );
}

#[tokio::test]
async fn a_wrong_key_is_refused_once() {
    let Some(apache) = running(Options::default()).await else {
        return;
    };
    let error = CALL.fail(&client(&apache, "wrong"), PLAIN).await;
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert!(error.api().is_none(), "Apache answers with HTML");
    assert_eq!(apache.statuses(2).unwrap(), [401, 401]);
}
