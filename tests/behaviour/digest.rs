//! Signing in with an API key: HTTP digest authentication (RFC 7616).

use atlas_client::{Credentials, ErrorKind};
use atlas_codegen_tests::fake_atlas::{Algorithm, FakeAtlas, NonceUse, Options};

use crate::operations::{ENVELOPE, Operation, PLAIN, Query, api_key, fake, with};

const CALL: Operation = Operation::AddOrgTeamUser;

async fn started(options: Options) -> FakeAtlas {
    FakeAtlas::with(options)
        .await
        .expect("the fake service starts")
}

/// What each request so far said of itself: `-` without credentials, else the nonce's letter in order of appearance and
/// the count.
fn uses(atlas: &FakeAtlas) -> Vec<String> {
    let mut nonces: Vec<String> = Vec::new();
    let mut letter = |nonce: String| {
        let known = nonces.iter().position(|known| *known == nonce);
        let index = known.unwrap_or(nonces.len());
        if known.is_none() {
            nonces.push(nonce);
        }
        ["a", "b", "c", "d"][index]
    };
    let requests = atlas.operation_requests();
    requests
        .iter()
        .map(|request| match request.header("authorization") {
            None => "-".to_owned(),
            Some(value) => {
                let count = directive(value, "nc").trim_start_matches('0').to_owned();
                format!("{}{count}", letter(directive(value, "nonce")))
            }
        })
        .collect()
}

fn directive(authorization: &str, name: &str) -> String {
    let directives = authorization.strip_prefix("Digest ").expect("it is digest");
    directives
        .split(", ")
        .filter_map(|directive| directive.split_once('='))
        .find(|(given, _)| *given == name)
        .map(|(_, value)| value.trim_matches('"').to_owned())
        .unwrap_or_default()
}

#[tokio::test]
async fn the_first_request_is_challenged_and_sent_again_whole() {
    let atlas = fake().await;
    CALL.call(&api_key(&atlas), PLAIN).await.unwrap();
    assert_eq!(uses(&atlas), ["-", "a1"]);
    let requests = atlas.requests();
    assert_eq!(requests[0].target, requests[1].target);
    assert_eq!(requests[0].text(), requests[1].text());
    let authorization = requests[1].header("authorization").unwrap();
    assert_eq!(directive(authorization, "username"), "fakepubl");
    assert_eq!(directive(authorization, "realm"), "MMS Public API");
    assert_eq!(directive(authorization, "uri"), requests[1].target);
    assert_eq!(directive(authorization, "algorithm"), "MD5");
    assert_eq!(directive(authorization, "qop"), "auth");
    assert_eq!(directive(authorization, "nc"), "00000001");
}

#[tokio::test]
async fn later_requests_use_the_nonce_again_with_a_rising_count() {
    let atlas = fake().await;
    let client = api_key(&atlas);
    for operation in crate::operations::ALL {
        operation.call(&client, PLAIN).await.unwrap();
    }
    assert_eq!(uses(&atlas), ["-", "a1", "a2", "a3", "a4", "a5"]);
}

#[tokio::test]
async fn the_query_is_part_of_what_is_signed() {
    let atlas = fake().await;
    let client = api_key(&atlas);
    CALL.call(&client, ENVELOPE).await.unwrap();
    let query = Query {
        envelope: Some(true),
        pretty: Some(true),
    };
    CALL.call(&client, query).await.unwrap();
    let request = atlas.requests().pop().unwrap();
    let uri = directive(request.header("authorization").unwrap(), "uri");
    assert!(uri.ends_with(":addUser?envelope=true&pretty=true"), "{uri}");
}

#[tokio::test]
async fn a_stale_nonce_is_replaced_and_the_new_one_used_again() {
    let atlas = fake().await;
    let client = api_key(&atlas);
    CALL.call(&client, PLAIN).await.unwrap();
    atlas.age_nonces();
    CALL.call(&client, PLAIN).await.unwrap();
    CALL.call(&client, PLAIN).await.unwrap();
    assert_eq!(uses(&atlas), ["-", "a1", "a2", "b1", "b2"]);
}

#[tokio::test]
async fn a_nonce_for_so_many_uses_is_replaced_in_time() {
    let atlas = started(Options {
        nonce_use: NonceUse::StaleAfter(2),
        ..Options::default()
    })
    .await;
    let client = api_key(&atlas);
    for _ in 0..4 {
        CALL.call(&client, PLAIN).await.unwrap();
    }
    assert_eq!(uses(&atlas), ["-", "a1", "a2", "a3", "b1", "b2"]);
}

#[tokio::test]
async fn where_reuse_is_refused_it_is_not_tried_again() {
    let atlas = started(Options {
        nonce_use: NonceUse::Once,
        ..Options::default()
    })
    .await;
    let client = api_key(&atlas);
    for _ in 0..3 {
        CALL.call(&client, PLAIN).await.unwrap();
    }
    // The second call tried; the third begins without credentials and is challenged.
    assert_eq!(uses(&atlas), ["-", "a1", "a2", "b1", "-", "c1"]);
}

#[tokio::test]
async fn sha_256_is_used_where_it_is_offered() {
    for algorithms in [
        vec![Algorithm::Sha256],
        vec![Algorithm::Md5, Algorithm::Sha256],
    ] {
        let atlas = started(Options {
            algorithms,
            ..Options::default()
        })
        .await;
        CALL.call(&api_key(&atlas), PLAIN).await.unwrap();
        let request = atlas.requests().pop().unwrap();
        let authorization = request.header("authorization").unwrap();
        assert_eq!(directive(authorization, "algorithm"), "SHA-256");
        assert_eq!(directive(authorization, "response").len(), 64);
    }
}

#[tokio::test]
async fn calls_side_by_side_all_get_in() {
    let atlas = fake().await;
    let client = api_key(&atlas);
    for _ in 0..2 {
        let calls: Vec<_> = (0..8)
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

#[tokio::test]
async fn a_wrong_key_is_the_services_error_after_one_answer_to_the_challenge() {
    let atlas = fake().await;
    for (public, private) in [
        ("fakepubl", "wrong"),
        ("wrong", "0f4ced00-0000-4000-8000-00000000beef"),
    ] {
        let before = atlas.requests().len();
        let client = with(&atlas, Credentials::api_key(public, private));
        let error = CALL.fail(&client, PLAIN).await;
        assert_eq!(error.kind(), ErrorKind::Service);
        assert_eq!(error.status().unwrap().as_u16(), 401);
        assert_eq!(error.code(), Some("UNAUTHORIZED"));
        assert_eq!(atlas.requests().len() - before, 2);
    }
}

#[tokio::test]
async fn a_refusal_that_is_no_challenge_leaves_the_key_in_use() {
    let atlas = fake().await;
    let client = api_key(&atlas);
    atlas.answer_next(atlas_codegen_tests::fake_atlas::Scripted::error(401));
    let error = CALL.fail(&client, PLAIN).await;
    assert_eq!(error.code(), Some("NOT_ORG_GROUP_CREATOR"));
    CALL.call(&client, PLAIN).await.unwrap();
}
