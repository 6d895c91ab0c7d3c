//! Tests of the whole service over its socket, spoken to in plain bytes.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::*;

const ID: &str = "32b6e34b3d91647abb20e7b8";
const DATED: &str = "application/vnd.atlas.2025-02-19+json";

/// An answer as a test looks at it.
struct Received {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Received {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// Sends one request on a connection of its own and reads until the service ends it.
fn send(atlas: &FakeAtlas, path: &str, headers: &str, body: &str) -> Received {
    let mut stream = TcpStream::connect(atlas.address()).unwrap();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: fake\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
        return Received {
            status: 0,
            head: String::new(),
            body: bytes,
        };
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    Received {
        status: head[9..12].parse().unwrap(),
        head,
        body: bytes[end + 4..].to_vec(),
    }
}

fn signed_in(atlas: &FakeAtlas, media_type: &str) -> String {
    let token = &atlas.options().access_token;
    format!(
        "Authorization: Bearer {token}\r\nAccept: {media_type}\r\nContent-Type: {media_type}\r\n"
    )
}

fn add_team_user(atlas: &FakeAtlas, query: &str, user: &str) -> Received {
    let path = format!("/api/atlas/v2/orgs/{ID}/teams/{ID}:addUser{query}");
    let body = json!({ "id": user }).to_string();
    send(atlas, &path, &signed_in(atlas, DATED), &body)
}

#[tokio::test]
async fn call_in_order_is_answered_and_recorded() {
    let atlas = FakeAtlas::start().await.unwrap();
    let received = add_team_user(&atlas, "", ID);
    assert_eq!(received.status, 200);
    assert!(received.head.contains(DATED), "{}", received.head);
    assert_eq!(received.json()["id"], ID);
    assert_eq!(received.json()["orgMembershipStatus"], "PENDING");
    let request = atlas.requests().pop().unwrap();
    assert_eq!(
        request.target,
        format!("/api/atlas/v2/orgs/{ID}/teams/{ID}:addUser")
    );
    assert_eq!(request.headers[0], ("Host".to_owned(), "fake".to_owned()));
    assert_eq!(request.text(), format!("{{\"id\":\"{ID}\"}}"));
}

#[tokio::test]
async fn request_target_is_recorded_byte_for_byte() {
    let atlas = FakeAtlas::start().await.unwrap();
    let target = "/things/a%20b%2F%C3%BC%3Ac/../x:addUser?q=%2B%20&r=a+b";
    atlas.intercept_next(Scripted::json(&json!({"fine": true})));
    let received = send(&atlas, target, "", "");
    assert_eq!(received.json(), json!({"fine": true}));
    assert_eq!(atlas.requests().pop().unwrap().target, target);
}

#[tokio::test]
async fn stranger_is_challenged() {
    let atlas = FakeAtlas::start().await.unwrap();
    let path = format!("/api/atlas/v2/orgs/{ID}/users");
    let received = send(&atlas, &path, "", "");
    assert_eq!(received.status, 401);
    assert!(
        received.head.contains("Digest realm=\"MMS Public API\""),
        "{}",
        received.head
    );
    assert_eq!(received.json()["error"], 401);
}

#[tokio::test]
async fn unknown_version_is_refused() {
    let atlas = FakeAtlas::start().await.unwrap();
    let path = format!("/api/atlas/v2/orgs/{ID}/users");
    let received = send(&atlas, &path, &signed_in(&atlas, "application/json"), "{}");
    assert_eq!(received.status, 406);
    assert_eq!(received.json()["errorCode"], "INVALID_VERSION_DATE");
}

#[tokio::test]
async fn every_operation_succeeds_with_its_status() {
    let atlas = FakeAtlas::start().await.unwrap();
    let invitation = json!({"roles": ["GROUP_OWNER"], "username": "hello@example.com"});
    let user = json!({"roles": {"orgRoles": ["ORG_MEMBER"]}, "username": "hello@example.com"});
    for (path, media_type, body, status) in [
        (
            format!("v2/groups/{ID}/access"),
            "application/vnd.atlas.2023-02-01+json",
            &invitation,
            200,
        ),
        (
            format!("v1.0/groups/{ID}/invites"),
            "application/json",
            &invitation,
            200,
        ),
        (
            format!("v2/orgs/{ID}/teams/{ID}:addUser"),
            DATED,
            &json!({"id": ID}),
            200,
        ),
        (
            format!("v2/groups/{ID}/users/{ID}:addRole"),
            "application/vnd.atlas.2025-03-12+json",
            &json!({"groupRole": "GROUP_OWNER"}),
            200,
        ),
        (format!("v2/orgs/{ID}/users"), DATED, &user, 201),
    ] {
        let path = format!("/api/atlas/{path}");
        let headers = signed_in(&atlas, media_type);
        let received = send(&atlas, &path, &headers, &body.to_string());
        assert_eq!(received.status, status, "{path}");
        assert!(received.json()["id"].is_string(), "{path}");
    }
}

#[tokio::test]
async fn script_waits_for_a_call_in_order() {
    let atlas = FakeAtlas::start().await.unwrap();
    atlas.answer_next(Scripted::User(Member::Active));
    atlas.answer_next(Scripted::Error(
        Fault::new(400).code("USER_ALREADY_IN_TEAM"),
    ));
    assert_eq!(add_team_user(&atlas, "", "not an id").status, 400);
    assert_eq!(atlas.unused_answers(), 2);
    let active = add_team_user(&atlas, "", ID);
    assert_eq!(active.json()["orgMembershipStatus"], "ACTIVE");
    let refused = add_team_user(&atlas, "", ID);
    assert_eq!(refused.json()["errorCode"], "USER_ALREADY_IN_TEAM");
    assert_eq!(atlas.unused_answers(), 0);
}

#[tokio::test]
async fn known_ids_yield_their_answers() {
    let atlas = FakeAtlas::start().await.unwrap();
    let status = |id| add_team_user(&atlas, "", id).status;
    assert_eq!(status("000000000000000000000404"), 404);
    assert_eq!(status("000000000000000000000002"), 200);
    let html = add_team_user(&atlas, "", "000000000000000000000503");
    assert_eq!(html.status, 503);
    assert!(html.body.starts_with(b"<html>"));
}

#[tokio::test]
async fn envelope_and_pretty_change_the_form() {
    let atlas = FakeAtlas::start().await.unwrap();
    let received = add_team_user(&atlas, "?envelope=true&pretty=true", ID);
    assert_eq!(received.json()["status"], 200);
    assert_eq!(received.json()["content"]["id"], ID);
    assert!(received.body.starts_with(b"{\n  "));

    atlas.answer_next(Scripted::ErrorInEnvelope(Fault::new(404)));
    let received = add_team_user(&atlas, "?envelope=true", ID);
    assert_eq!(received.status, 200);
    assert_eq!(received.json()["status"], 404);
    assert_eq!(
        received.json()["content"]["errorCode"],
        "RESOURCE_NOT_FOUND"
    );
}

#[tokio::test]
async fn rate_limit_says_when_to_come_back() {
    let atlas = FakeAtlas::start().await.unwrap();
    atlas.answer_next(Scripted::RateLimited {
        retry_after: Some(7),
    });
    let received = add_team_user(&atlas, "", ID);
    assert_eq!(received.status, 429);
    assert!(
        received.head.contains("retry-after: 7"),
        "{}",
        received.head
    );
    assert_eq!(received.json()["parameters"][1], 7);
}

#[tokio::test]
async fn truncated_body_promises_more_than_comes() {
    let atlas = FakeAtlas::start().await.unwrap();
    let whole = add_team_user(&atlas, "", ID).body;
    atlas.answer_next(Scripted::truncated());
    let received = add_team_user(&atlas, "", ID);
    assert_eq!(received.status, 200);
    let promise = format!("content-length: {}", whole.len());
    assert!(received.head.contains(&promise), "{}", received.head);
    assert_eq!(received.body, whole[..whole.len() / 2]);
}

#[tokio::test]
async fn slow_answers_are_whole_in_the_end() {
    let atlas = FakeAtlas::start().await.unwrap();
    let pause = Duration::from_millis(80);
    for scripted in [Scripted::slow_headers(pause), Scripted::slow_body(pause)] {
        atlas.answer_next(scripted);
        let start = Instant::now();
        assert_eq!(add_team_user(&atlas, "", ID).json()["id"], ID);
        assert!(start.elapsed() >= pause);
    }
}

#[tokio::test]
async fn connection_can_end_without_an_answer() {
    let atlas = FakeAtlas::start().await.unwrap();
    atlas.answer_next(Scripted::Delivered(Delivery::HangUp));
    let received = add_team_user(&atlas, "", ID);
    assert_eq!((received.status, received.body.len()), (0, 0));
}

#[tokio::test]
async fn redirect_points_where_the_script_says() {
    let atlas = FakeAtlas::start().await.unwrap();
    atlas.answer_next(Scripted::Redirect {
        status: 307,
        location: "http://localhost:1/elsewhere".to_owned(),
    });
    let received = add_team_user(&atlas, "", ID);
    assert_eq!(received.status, 307);
    assert!(
        received
            .head
            .contains("location: http://localhost:1/elsewhere"),
        "{}",
        received.head
    );
}

/// Digest credentials for one call, from the challenge in an answer.
fn digest(atlas: &FakeAtlas, challenge: &str, target: &str, count: &str) -> String {
    let options = atlas.options();
    let (_, nonce) = challenge.split_once("nonce=\"").unwrap();
    let (nonce, _) = nonce.split_once('"').unwrap();
    let input = DigestInput {
        username: &options.public_key,
        realm: "MMS Public API",
        password: &options.private_key,
        nonce,
        method: "POST",
        uri: target,
        protection: Some((count, "client")),
    };
    let response = digest_response(Algorithm::Sha256, &input);
    format!(
        "Authorization: Digest username=\"{}\", realm=\"MMS Public API\", nonce=\"{nonce}\", uri=\"{target}\", algorithm=SHA-256, qop=auth, nc={count}, cnonce=\"client\", response=\"{response}\"\r\nAccept: {DATED}\r\nContent-Type: {DATED}\r\n",
        options.public_key
    )
}

#[tokio::test]
async fn digest_lets_in_until_the_nonce_is_stale() {
    let options = Options {
        algorithms: vec![Algorithm::Sha256],
        ..Options::default()
    };
    let atlas = FakeAtlas::with(options).await.unwrap();
    let target = format!("/api/atlas/v2/orgs/{ID}/teams/{ID}:addUser?pretty=true");
    let body = json!({ "id": ID }).to_string();
    let challenge = send(&atlas, &target, "", &body).head;
    let call = |count| {
        let headers = digest(&atlas, &challenge, &target, count);
        send(&atlas, &target, &headers, &body)
    };
    assert_eq!(call("00000001").status, 200);
    assert_eq!(call("00000001").status, 401);
    atlas.age_nonces();
    let stale = call("00000002");
    assert_eq!(stale.status, 401);
    assert!(stale.head.contains("stale=true"), "{}", stale.head);
}

#[tokio::test]
async fn every_error_status_comes_as_an_api_error() {
    let atlas = FakeAtlas::start().await.unwrap();
    for status in [400, 401, 403, 404, 409, 500] {
        atlas.answer_next(Scripted::error(status));
        let received = add_team_user(&atlas, "", ID);
        assert_eq!(received.status, status);
        assert_eq!(received.json()["error"], status);
        assert!(received.json()["errorCode"].is_string());
    }
}

#[tokio::test]
async fn token_endpoint_can_be_scripted() {
    let atlas = FakeAtlas::start().await.unwrap();
    atlas.answer_next(Scripted::User(Member::Active));
    atlas.answer_next_token(Scripted::HtmlUnavailable);
    assert_eq!(send(&atlas, "/api/oauth/token", "", "").status, 503);
    assert_eq!(send(&atlas, "/api/oauth/token", "", "").status, 400);
    assert_eq!(atlas.token_requests().len(), 2);
    assert_eq!(atlas.operation_requests().len(), 0);
    assert_eq!(atlas.unused_answers(), 1);
}

#[tokio::test]
async fn service_ends_with_its_handle() {
    let atlas = FakeAtlas::start().await.unwrap();
    let address = atlas.address();
    drop(atlas);
    let deadline = Instant::now() + Duration::from_secs(60);
    while TcpStream::connect(address).is_ok() {
        assert!(Instant::now() < deadline, "the port is still open");
        std::thread::sleep(Duration::from_millis(5));
    }
}
