//! Access to what lies beneath a call: its headers and query, its answer as it came, and what an error knows.

use std::time::Duration;

use client_runtime::{ErrorKind, Retry, http::StatusCode};

use crate::client::{Client, Credentials, client, user};
use crate::clock::hurry;
use crate::server::{Answer, Server};

const USER: &str = r#"{"id":"7"}"#;

#[tokio::test]
async fn a_header_of_the_call_takes_the_place_of_the_clients() {
    let server = Server::with([Answer::json(200, USER)]).await;
    let call = client(&server.url).get_user("1").header("Accept", "text/plain").header("x-more", "a");
    call.header("x-more", "b").await.unwrap();
    let received = server.received();
    assert_eq!((received[0].header("accept"), received[0].header("x-more")), (Some("text/plain"), Some("b")));
    assert_eq!(received[0].header("authorization"), Some("Bearer token-1"));
}

#[tokio::test]
async fn a_callers_own_authorization_stands_in_the_place_of_every_kind_of_credentials() {
    let challenge = ("www-authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"");
    for answer in [Answer::json(200, USER), Answer::new(401, &[challenge], "")] {
        let server = Server::with([answer]).await;
        for credentials in [
            None,
            Some(Credentials::access_token("token-1")),
            Some(Credentials::service_account("sa_id_1", "secret")),
            Some(Credentials::api_key("public", "private")),
        ] {
            let builder = Client::builder().base_url(&server.url);
            let builder = match credentials {
                Some(credentials) => builder.credentials(credentials),
                None => builder,
            };
            let client = builder.build().unwrap();
            let before = server.received().len();
            let outcome = client.get_user("1").header("Authorization", "mine").response().await;
            assert!(outcome.is_ok() || outcome.is_err_and(|error| error.status() == Some(StatusCode::UNAUTHORIZED)));
            let received = server.received();
            // Nobody was asked for a token, and no challenge was answered.
            assert_eq!(received.len() - before, 1);
            assert_eq!(
                (received[before].target(), received[before].header("authorization")),
                ("GET /users/1", Some("mine"))
            );
        }
    }
}

#[tokio::test]
async fn a_parameter_of_the_call_is_added_to_the_query_and_escaped() {
    let server = Server::with([Answer::json(200, USER)]).await;
    let client = client(&server.url);
    client.get_user("1").query("a", "b c&d").query("ä", "").await.unwrap();
    client.find_user("1").envelope(false).send().query("a", "1").query("a", "2").await.unwrap();
    let received = server.received();
    assert_eq!(received[0].target(), "GET /users/1?a=b%20c%26d&%C3%A4=");
    assert_eq!(received[1].target(), "GET /users/1?envelope=false&a=1&a=2");
}

#[tokio::test]
async fn a_header_or_query_that_cannot_be_sent_is_an_error_before_anything_is() {
    let server = Server::with([Answer::json(200, USER)]).await;
    let call = || client(&server.url).get_user("1");
    let (long, line_end) = ("x".repeat(1 << 17), "a\r\nx-forged: 1");
    let calls = [call().header("no name", "a"), call().header("a", line_end), call().query("a", &long)];
    for (call, part) in calls.into_iter().zip(["`no name`", "`a`", "query"]) {
        let error = call.header("x-more", "b").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(error.to_string().contains(part), "{error}");
        assert!(error.attempts().is_empty());
    }
    assert_eq!(server.received().len(), 0);
}

#[tokio::test]
async fn raw_answers_come_as_they_are_whatever_they_are() {
    let enveloped = r#"{"status":404,"content":{"error":404,"errorCode":"NONE"}}"#;
    let answers = [
        Answer::new(404, &[("x-a", "1")], "gone"),
        Answer::new(307, &[("location", "/x")], ""),
        Answer::json(200, enveloped),
        Answer::raw(&b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n\xff\xfe"[..]),
    ];
    let server = Server::with(answers).await;
    let client = client(&server.url);
    let gone = client.get_user("1").send_raw().await.unwrap();
    assert_eq!(
        (gone.status().as_u16(), &gone.headers()["x-a"], gone.value().as_ref()),
        (404, &"1".parse().unwrap(), &b"gone"[..])
    );
    assert_eq!(client.get_user("1").send_raw().await.unwrap().status(), 307);
    let whole = client.find_user("1").envelope(true).send().send_raw().await.unwrap();
    assert_eq!((whole.status().as_u16(), whole.value().as_ref()), (200, enveloped.as_bytes()));
    // What is no download is read whole here, and so is a download.
    let bytes = client.read_log("1").send().send_raw().await.unwrap();
    assert_eq!((bytes.body().as_ref(), bytes.value()), (&b"\xff\xfe"[..], bytes.body()));
}

#[tokio::test]
async fn raw_calls_sign_in_and_are_sent_again_as_ever_and_may_fail() {
    let refused = Answer::new(429, &[("retry-after", "0")], "");
    let server = Server::with([refused, Answer::new(503, &[], ""), Answer::new(500, &[], "x")]).await;
    let response = client(&server.url).get_user("1").send_raw().await.unwrap();
    let statuses: Vec<_> = response.attempts().iter().map(|attempt| attempt.status().unwrap().as_u16()).collect();
    assert_eq!((response.status().as_u16(), statuses), (500, vec![429, 503, 500]));
    assert_eq!(server.received()[0].header("authorization"), Some("Bearer token-1"));

    let server = Server::with([Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf")]).await;
    let error = client(&server.url).get_user("1").retry(Retry::disabled()).send_raw().await.unwrap_err();
    assert_eq!((error.kind(), error.body().unwrap().as_ref()), (ErrorKind::Transport, &b"half"[..]));
}

#[tokio::test]
async fn any_call_can_be_a_download() {
    let server = Server::with([Answer::json(200, USER)]).await;
    let response = client(&server.url).get_user("1").query("a", "1").download().response().await.unwrap();
    assert!(response.body().is_empty());
    assert_eq!(response.into_value().bytes().await.unwrap(), USER);
    assert_eq!(server.received()[0].target(), "GET /users/1?a=1");
}

#[tokio::test]
async fn the_body_and_the_attempts_come_beside_the_value() {
    let server = Server::with([Answer::new(503, &[], ""), Answer::json(200, r#"{ "id": "7", "new": 1 }"#)]).await;
    let response = client(&server.url).get_user("1").response().await.unwrap();
    assert_eq!((response.value(), response.body().as_ref()), (&user("7"), &br#"{ "id": "7", "new": 1 }"#[..]));
    assert_eq!((response.attempts().len(), response.attempts()[1].status().unwrap().as_u16()), (2, 200));
    // Of an answer in an envelope: what is in it.
    let server = Server::with([Answer::json(200, r#"{"status":200,"content": {"id":"7"}}"#)]).await;
    let response = client(&server.url).get_user_in_envelope("1").response().await.unwrap();
    assert_eq!(response.body(), r#"{"id":"7"}"#);
}

#[tokio::test]
async fn an_error_tells_the_wait_and_what_support_asks_for() {
    let headers = [("retry-after", "3"), ("x-java-method", "ApiUsers.get"), ("x-other", "y")];
    let server = Server::with([Answer::new(503, &headers, "")]).await;
    let error = client(&server.url).get_user("1").retry(Retry::disabled()).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
    assert_eq!(error.trace_headers().collect::<Vec<_>>(), [("x-java-method", "ApiUsers.get")]);
    let attempts: Vec<_> = error.attempts().iter().map(|attempt| attempt.status()).collect();
    assert_eq!(attempts, [error.status()]);
    assert!(error.decode_error().is_none() && error.excerpt().is_none());
}

#[tokio::test]
async fn every_error_with_an_answer_tells_what_support_asks_for() {
    let headers = [("x-java-method", "ApiUsers.get")];
    let long = format!(r#"{{"id":"{}"}}"#, "x".repeat(100));
    let cut = "HTTP/1.1 200 OK\r\nx-java-method: ApiUsers.get\r\ncontent-length: 9\r\n\r\nhalf";
    for (answer, kind) in [
        (Answer::new(200, &headers, "no user"), ErrorKind::Decode),
        (Answer::new(200, &headers, &long), ErrorKind::TooLarge),
        (Answer::raw(cut), ErrorKind::Transport),
        (Answer::new(302, &headers, ""), ErrorKind::Redirect),
    ] {
        let server = Server::with([answer]).await;
        let client = Client::builder().base_url(&server.url).response_limit(50).build().unwrap();
        let error = client.get_user("1").retry(Retry::disabled()).await.unwrap_err();
        assert_eq!(error.kind(), kind);
        assert_eq!(error.trace_headers().collect::<Vec<_>>(), [("x-java-method", "ApiUsers.get")], "{kind:?}");
    }
}

#[tokio::test]
async fn an_unreadable_answer_is_told_by_place_and_excerpt_without_its_texts() {
    let body = "{\"username\": \"planted\",\n \"id\": [\"planted\"]}";
    let server = Server::with([Answer::json(200, body)]).await;
    let error = client(&server.url).get_user("1").await.unwrap_err();
    let place = error.decode_error().unwrap();
    assert_eq!((place.path(), place.line()), ("id", 2));
    let excerpt = error.excerpt().unwrap();
    assert_eq!(excerpt, r#"{"username": "…", "id": ["…"]}"#);
    assert!(!format!("{error} {error:#} {error:?} {error:#?}").contains("planted"));
    assert_eq!(error.body().unwrap(), body);
}

#[tokio::test(start_paused = true)]
async fn a_download_may_be_idle_for_so_long_and_no_longer() {
    hurry();
    let pause = Duration::from_secs(30);
    let answer = || Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\na").then(pause, "b");
    let server = Server::with([answer()]).await;
    let builder = || Client::builder().base_url(&server.url);
    let patient = builder().idle_timeout(pause * 10).attempt_timeout(pause / 2).build().unwrap();
    assert_eq!(patient.read_log("1").send().await.unwrap().bytes().await.unwrap(), "ab");
    let hasty = builder().idle_timeout(pause / 3).build().unwrap();
    let error = hasty.read_log("1").send().await.unwrap().bytes().await.unwrap_err();
    assert_eq!((error.kind(), error.body().unwrap().as_ref()), (ErrorKind::Timeout, &b"a"[..]));
    assert_eq!(error.to_string(), "getUser: the next piece of the answer took longer than 10s");
}
