//! Tests of the token checks.

use std::time::Duration;

use serde_json::Value;

use super::*;

const FORM: &str = "application/x-www-form-urlencoded";

fn request(authorization: &str, media_type: &str, body: &str) -> RecordedRequest {
    let head = format!(
        "POST /api/oauth/token HTTP/1.1\r\nauthorization: {authorization}\r\ncontent-type: {media_type}\r\n\r\n"
    );
    RecordedRequest::from_head(head.as_bytes(), body.as_bytes().to_vec())
}

fn basic(text: &str) -> String {
    format!("Basic {}", STANDARD.encode(text))
}

fn odd_client() -> Shared {
    Shared::new(Options {
        client_id: "id:1".to_owned(),
        client_secret: "a b+c%&=ü".to_owned(),
        ..Options::default()
    })
}

const ODD_ENCODED: &str = "id%3A1:a+b%2Bc%25%26%3D%C3%BC";

fn body(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

#[test]
fn token_is_issued_to_the_encoded_client_and_then_accepted() {
    let shared = odd_client();
    let answer = token(
        &shared,
        &request(&basic(ODD_ENCODED), FORM, "grant_type=client_credentials"),
    );
    assert_eq!(answer.status, 200);
    let body = body(&answer);
    assert_eq!(body["expires_in"], 3600);
    assert_eq!(body["token_type"], "Bearer");
    let token = body["access_token"].as_str().unwrap();
    assert!(accepts(&shared, token));
    assert!(!accepts(&shared, "another"));
    shared.forget_tokens();
    assert!(!accepts(&shared, token));
}

#[test]
fn client_that_was_not_encoded_is_refused() {
    let answer = token(
        &odd_client(),
        &request(
            &basic("id:1:a b+c%&=ü"),
            FORM,
            "grant_type=client_credentials",
        ),
    );
    assert_eq!(answer.status, 401);
    assert_eq!(body(&answer)["error"], "invalid_client");
}

#[test]
fn every_fault_of_a_token_request_is_refused() {
    let shared = odd_client();
    let good = basic(ODD_ENCODED);
    for (authorization, media_type, form, status, error) in [
        (
            "",
            FORM,
            "grant_type=client_credentials",
            401,
            "invalid_client",
        ),
        (
            &*good,
            FORM,
            "grant_type=password",
            400,
            "unsupported_grant_type",
        ),
        (&*good, FORM, "", 400, "invalid_request"),
        (&*good, "application/json", "{}", 400, "invalid_request"),
    ] {
        let answer = token(&shared, &request(authorization, media_type, form));
        assert_eq!(answer.status, status, "{error}");
        assert_eq!(body(&answer)["error"], error);
    }
}

#[test]
fn refusal_can_have_the_shape_of_the_api() {
    let shared = Shared::new(Options {
        token_errors: TokenErrors::ApiError,
        ..Options::default()
    });
    let answer = token(&shared, &request("", FORM, ""));
    assert_eq!(body(&answer)["error"], 401);
    assert_eq!(body(&answer)["errorCode"], "INVALID_CLIENT");
}

#[test]
fn token_ends_with_its_lifetime() {
    let shared = Shared::new(Options {
        token_lifetime: Duration::ZERO,
        ..Options::default()
    });
    let token = issue(&shared);
    assert!(!accepts(&shared, &token));
}

#[test]
fn revoked_token_is_no_longer_accepted() {
    let shared = odd_client();
    let token = issue(&shared);
    let form = format!("token={token}&token_type_hint=access_token");
    let answer = revoke(&shared, &request(&basic(ODD_ENCODED), FORM, &form));
    assert_eq!(answer.status, 200);
    assert!(!accepts(&shared, &token));
}
