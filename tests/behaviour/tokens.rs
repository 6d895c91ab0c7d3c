//! Signing in with a service account and with a ready token.

use std::time::Duration;

use atlas_client::{Client, Credentials, ErrorKind};
use atlas_codegen_tests::fake_atlas::{FakeAtlas, Options, Scripted, TokenErrors};
use serde_json::json;

use crate::operations::{Operation, PLAIN, fake, service_account, with};

const CALL: Operation = Operation::AddOrgTeamUser;

async fn started(options: Options) -> FakeAtlas {
    FakeAtlas::with(options)
        .await
        .expect("the fake service starts")
}

/// The `Authorization` of every operation request so far.
fn authorizations(atlas: &FakeAtlas) -> Vec<String> {
    let requests = atlas.operation_requests();
    let values = requests.iter().map(|request| {
        let value = request.header("authorization");
        value.unwrap_or_default().to_owned()
    });
    values.collect()
}

#[tokio::test]
async fn a_service_account_gets_one_token_for_many_calls() {
    let atlas = fake().await;
    let client = service_account(&atlas);
    for _ in 0..3 {
        CALL.call(&client, PLAIN).await.unwrap();
    }
    // A clone shares it.
    CALL.call(&client.clone(), PLAIN).await.unwrap();
    assert_eq!(atlas.token_requests().len(), 1);
    assert_eq!(authorizations(&atlas), ["Bearer fake-token-1"; 4]);
}

#[tokio::test]
async fn the_token_is_asked_for_as_rfc_6749_says() {
    let atlas = fake().await;
    CALL.call(&service_account(&atlas), PLAIN).await.unwrap();
    let request = atlas.requests().remove(0);
    assert_eq!(request.method, "POST");
    assert_eq!(request.target, "/api/oauth/token");
    assert_eq!(request.text(), "grant_type=client_credentials");
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    // Underscores and hyphens stay as they are in a form.
    assert_eq!(
        request.header("authorization"),
        Some(
            "Basic bWRiX3NhX2lkXzY1ZjBjMGZmZWU2NWYwYzBmZmVlNjVmMDptZGJfc2Ffc2tfbm90LXJlYWxseS1hLXNlY3JldA=="
        )
    );
}

#[tokio::test]
async fn odd_characters_in_id_and_secret_arrive() {
    let atlas = started(Options {
        client_id: "mdb_sa_id_ x: ü/+%".to_owned(),
        client_secret: "a secret:=&?%41 é".to_owned(),
        ..Options::default()
    })
    .await;
    CALL.call(&service_account(&atlas), PLAIN).await.unwrap();
}

#[tokio::test]
async fn the_token_url_follows_the_base_url() {
    let atlas = fake().await;
    atlas.intercept_next(Scripted::json(
        &json!({"access_token": "t", "expires_in": 60, "token_type": "Bearer"}),
    ));
    atlas.intercept_next(Scripted::error(404));
    let client = Client::builder()
        .credentials(Credentials::service_account("mdb_sa_id_1", "secret"))
        .base_url(format!("{}/government/", atlas.base_url()))
        .build()
        .unwrap();
    assert!(CALL.fail(&client, PLAIN).await.is_not_found());
    let requests = atlas.requests();
    assert_eq!(requests[0].target, "/government/api/oauth/token");
    assert!(requests[1].target.starts_with("/government/api/atlas/v2/"));
    assert_eq!(requests[1].header("authorization"), Some("Bearer t"));
}

#[tokio::test]
async fn an_expired_token_is_renewed() {
    let atlas = started(Options {
        token_lifetime: Duration::from_secs(1),
        ..Options::default()
    })
    .await;
    let client = service_account(&atlas);
    CALL.call(&client, PLAIN).await.unwrap();
    let first = authorizations(&atlas);
    tokio::time::sleep(Duration::from_millis(1050)).await;
    CALL.call(&client, PLAIN).await.unwrap();
    // The second call did not try the first one's token. Each call has one, or another if the machine stalls for longer
    // than the token lasts.
    let both = authorizations(&atlas);
    let second = &both[first.len()..];
    assert!(
        !first.is_empty()
            && !second.is_empty()
            && second.iter().all(|token| !first.contains(token)),
        "{both:?}"
    );
}

#[tokio::test]
async fn a_revoked_token_is_replaced_and_the_call_repeated_once() {
    let atlas = fake().await;
    let client = service_account(&atlas);
    CALL.call(&client, PLAIN).await.unwrap();
    atlas.forget_tokens();
    CALL.call(&client, PLAIN).await.unwrap();
    assert_eq!(atlas.token_requests().len(), 2);
    let expected = [
        "Bearer fake-token-1",
        "Bearer fake-token-1",
        "Bearer fake-token-2",
    ];
    assert_eq!(authorizations(&atlas), expected);
    let bodies: Vec<String> = atlas
        .operation_requests()
        .iter()
        .map(|r| r.text())
        .collect();
    assert_eq!(bodies[1], bodies[2], "the body goes out again");
}

#[tokio::test]
async fn calls_side_by_side_share_one_renewal() {
    let atlas = fake().await;
    atlas.answer_next_token(Scripted::slow_headers(Duration::from_millis(100)));
    let client = service_account(&atlas);
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { CALL.call(&client, PLAIN).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(atlas.token_requests().len(), 1);
    assert_eq!(atlas.operation_requests().len(), 8);
}

#[tokio::test]
async fn both_shapes_of_a_refused_service_account_are_understood() {
    for (token_errors, code) in [
        (TokenErrors::Rfc6749, "invalid_client"),
        (TokenErrors::ApiError, "INVALID_CLIENT"),
    ] {
        let atlas = started(Options {
            token_errors,
            ..Options::default()
        })
        .await;
        let id = atlas.options().client_id.clone();
        let client = with(
            &atlas,
            Credentials::service_account(id, "wrong-secret-here"),
        );
        let error = CALL.fail(&client, PLAIN).await;
        assert_eq!(error.kind(), ErrorKind::Authentication);
        assert_eq!(error.status().unwrap().as_u16(), 401);
        assert_eq!(error.code(), Some(code));
        assert!(error.detail().is_some());
        assert_eq!(error.operation(), Some("addOrgTeamUser"));
        // What the token endpoint says is never taken for the API's own error.
        assert!(error.api().is_none());
        let text = format!("{error:#}");
        assert!(text.contains("the token endpoint answered 401"), "{text}");
        assert!(text.contains(code), "{text}");
        assert_eq!(atlas.operation_requests(), [], "nothing was called");
    }
}

#[tokio::test]
async fn a_token_endpoint_that_is_down_for_a_moment_is_asked_again() {
    let atlas = fake().await;
    atlas.answer_next_token(Scripted::HtmlUnavailable);
    CALL.call(&service_account(&atlas), PLAIN).await.unwrap();
    assert_eq!(atlas.token_requests().len(), 2);
    assert_eq!(authorizations(&atlas), ["Bearer fake-token-1"]);
}

#[tokio::test]
async fn a_failed_renewal_is_tried_again_by_the_next_call() {
    let atlas = fake().await;
    atlas.answer_next_token(Scripted::error(500));
    let client = service_account(&atlas);
    let error = CALL.fail(&client, PLAIN).await;
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!(error.status().unwrap().as_u16(), 500);
    CALL.call(&client, PLAIN).await.unwrap();
}

#[tokio::test]
async fn a_token_that_is_given_back_is_no_longer_accepted() {
    let atlas = fake().await;
    let client = service_account(&atlas);
    CALL.call(&client, PLAIN).await.unwrap();
    client.revoke_token().await.unwrap();
    let token = Credentials::access_token("fake-token-1");
    let error = CALL.fail(&with(&atlas, token), PLAIN).await;
    assert_eq!(error.status().unwrap().as_u16(), 401);
    // The client goes on with another.
    CALL.call(&client, PLAIN).await.unwrap();
    assert_eq!(
        authorizations(&atlas),
        [
            "Bearer fake-token-1",
            "Bearer fake-token-1",
            "Bearer fake-token-2"
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revoked_token_costs_one_renewal_however_many_calls_it_hits() {
    for _ in 0..5 {
        let atlas = fake().await;
        let client = service_account(&atlas);
        CALL.call(&client, PLAIN).await.unwrap();
        atlas.forget_tokens();
        let calls: Vec<_> = (0..40)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { CALL.call(&client, PLAIN).await })
            })
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(atlas.token_requests().len(), 2);
    }
}

#[tokio::test]
async fn a_ready_token_is_sent_as_it_is() {
    let atlas = fake().await;
    let client = with(
        &atlas,
        Credentials::access_token("a-token-that-was-always-there"),
    );
    CALL.call(&client, PLAIN).await.unwrap();
    assert_eq!(atlas.requests().len(), 1);
}

#[tokio::test]
async fn a_wrong_token_is_the_services_error_and_is_not_tried_again() {
    let atlas = fake().await;
    let client = with(&atlas, Credentials::access_token("out-of-date"));
    let error = CALL.fail(&client, PLAIN).await;
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert_eq!(error.code(), Some("UNAUTHORIZED"));
    assert_eq!(atlas.requests().len(), 1);
}

#[tokio::test]
async fn without_credentials_the_service_says_so() {
    let atlas = fake().await;
    let client = Client::builder()
        .base_url(atlas.base_url())
        .build()
        .unwrap();
    let error = CALL.fail(&client, PLAIN).await;
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.code(), Some("UNAUTHORIZED"));
    assert_eq!(authorizations(&atlas), [""]);
}

#[test]
fn plain_http_to_other_machines_is_refused() {
    let error = Client::builder()
        .credentials(Credentials::access_token("t"))
        .base_url("http://cloud.mongodb.com")
        .build()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("use https"), "{error}");
}
