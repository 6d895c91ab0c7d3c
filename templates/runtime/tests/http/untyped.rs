//! Calls of what the document lacks.

use client_runtime::{Call, ErrorKind, UntypedRequest, Value, http::Method};
use serde_json::json;

use crate::client::{ApiError, Client, Credentials, User, client, user};
use crate::server::{Answer, Server};

fn untyped(client: &Client, method: Method, path: &str) -> UntypedRequest<ApiError> {
    client.core.untyped(method, path)
}

#[tokio::test]
async fn a_call_has_what_it_is_given_and_what_every_call_has() {
    let server = Server::with([Answer::json(200, r#"{"id":"7"}"#)]).await;
    let client = client(&format!("{}/base", server.url));
    let request = untyped(&client, Method::PATCH, "/orgs/{orgId}/x?a=1").path("orgId", "5f/0f é").query("n b", 2);
    let request = request.json(&user("1")).header("x-a", "b").accept("application/vnd.x+json");
    let found: User = request.content_type("application/vnd.y+json").send().await.unwrap();
    assert_eq!(found, user("7"));
    let sent = &server.received()[0];
    assert_eq!(sent.target(), "PATCH /base/orgs/5f%2F0f%20%C3%A9/x?a=1&n%20b=2");
    for (name, value) in [
        ("authorization", "Bearer token-1"),
        ("accept", "application/vnd.x+json"),
        ("content-type", "application/vnd.y+json"),
        ("x-a", "b"),
    ] {
        assert_eq!(sent.header(name), Some(value), "{name}");
    }
    assert!(sent.header("user-agent").unwrap().starts_with("client-runtime/"));
    assert_eq!(sent.body, r#"{"id":"1"}"#);
}

#[tokio::test]
async fn bodies_are_json_text_bytes_or_none() {
    let server = Server::with([Answer::new(204, &[], "")]).await;
    let client = client(&server.url);
    let begin = || untyped(&client, Method::POST, "/x");
    for request in [begin(), begin().text("a"), begin().bytes("b"), begin().json(&[1])] {
        let answer: Option<User> = request.send().await.unwrap();
        assert_eq!(answer, None);
    }
    let sent = server.received();
    let sent: Vec<_> = sent.iter().map(|sent| (sent.header("content-type"), &sent.body[..])).collect();
    let text = Some("text/plain; charset=utf-8");
    let json = Some("application/json");
    assert_eq!(sent, [(None, ""), (text, "a"), (Some("application/octet-stream"), "b"), (json, "[1]")]);
    assert_eq!(server.received()[0].header("content-length"), Some("0"));
}

#[tokio::test]
async fn what_is_given_again_is_replaced_and_a_fault_goes_away_with_its_value() {
    let server = Server::with([Answer::json(200, "null")]).await;
    let client = client(&server.url);
    let begin = || untyped(&client, Method::POST, "/{id}").path("id", "").path("id", "a").path("id", "b");
    let unwritable = std::collections::BTreeMap::from([(vec![1], 2)]);
    begin().json(&unwritable).text("a").json(&[1]).send::<Value>().await.unwrap();
    begin().content_type("text/csv").json(&[1]).text("a").send::<Value>().await.unwrap();
    begin().text("a").content_type("text/csv").send::<Value>().await.unwrap();
    let sent = server.received();
    let sent: Vec<_> = sent.iter().map(|sent| (sent.target(), sent.header("content-type"), &*sent.body)).collect();
    let csv = ("POST /b", Some("text/csv"), "a");
    assert_eq!(sent, [("POST /b", Some("application/json"), "[1]"), csv, csv]);
}

#[tokio::test]
async fn a_request_can_be_cloned_and_its_clone_changed() {
    let server = Server::with([Answer::json(200, "null")]).await;
    let client = client(&server.url);
    let request = untyped(&client, Method::POST, "/{id}?a=1").path("id", "a").header("x-a", "a").text("a");
    request.clone().path("id", "b").query("b", 2).header("x-a", "b").text("b").send::<Value>().await.unwrap();
    request.send::<Value>().await.unwrap();
    let sent = server.received();
    let sent: Vec<_> = sent.iter().map(|sent| (sent.target(), sent.header("x-a"), &*sent.body)).collect();
    assert_eq!(sent, [("POST /b?a=1&b=2", Some("b"), "b"), ("POST /a?a=1", Some("a"), "a")]);
}

#[tokio::test]
async fn errors_envelopes_and_retries_are_those_of_every_call() {
    let error = r#"{"status":404,"content":{"error":404,"errorCode":"NONE"}}"#;
    let server = Server::with([
        Answer::new(429, &[("retry-after", "0")], ""),
        Answer::json(200, r#"{"status":200,"content":{"id":"7"}}"#),
        Answer::json(200, error),
        Answer::new(503, &[], ""),
        Answer::new(200, &[], "7"),
        Answer::new(503, &[], ""),
    ])
    .await;
    let client = client(&server.url);
    let begin = || untyped(&client, Method::POST, "/x");
    assert_eq!(begin().query("envelope", true).send::<User>().await.unwrap(), user("7"));
    let failure = begin().query("envelope", true).send::<User>().await.unwrap_err();
    assert_eq!((failure.code(), failure.api().unwrap().error), (Some("NONE"), 404));
    assert_eq!(failure.to_string(), "untyped: 404 Not Found (NONE)");
    let call: Call<i64, ApiError> = begin().send();
    assert_eq!(call.idempotent(true).await.unwrap(), 7);
    assert_eq!(begin().send::<Value>().await.unwrap_err().status().unwrap(), 503);
    assert_eq!(server.received().len(), 6);
}

#[tokio::test]
async fn what_is_no_json_comes_raw_or_as_a_download() {
    let server = Server::with([Answer::new(200, &[], "<p>")]).await;
    let client = client(&server.url);
    let begin = || untyped(&client, Method::GET, "/x").send::<Value>();
    assert_eq!(begin().send_raw().await.unwrap().into_value(), "<p>");
    assert_eq!(begin().download().await.unwrap().text().await.unwrap(), "<p>");
    assert_eq!(begin().await.unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn what_does_not_stay_below_the_base_url_is_refused() {
    let server = Server::with([Answer::json(200, "null")]).await;
    let client = client(&server.url);
    for (path, fault) in [
        ("https://example.com/x", "does not begin with `/`"),
        ("x", "does not begin with `/`"),
        ("", "does not begin with `/`"),
        ("//example.com/x", "begins with `//`"),
        ("/x#y", "has a fragment"),
        ("/x\\y", "has a `\\`"),
        ("/a/../b", "has a `.` or `..`"),
        ("/a/%2e%2E?b", "has a `.` or `..`"),
    ] {
        let error = untyped(&client, Method::GET, path).send::<Value>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!(error.to_string(), format!("untyped: the path {fault}: it must be one below the base URL"));
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn faults_come_out_before_anything_is_sent() {
    let server = Server::with([Answer::json(200, "null")]).await;
    let client = client(&server.url);
    let get = |path| untyped(&client, Method::GET, path);
    let purge = Method::from_bytes(b"PURGE").unwrap();
    for (request, fault) in [
        (get("/{id}"), "the path parameter `id` was not given"),
        (get("/{id}").path("id", ""), "the path parameter `id` is empty"),
        (get("/{id}").path("id", ".."), "a path parameter may not be `.` or `..` (one of `id`)"),
        (get("/x").path("id", 1), "the path has no parameter `id`"),
        (get("/x").header("a b", "c"), "`a b` is no header's name"),
        (get("/x").header("a", "\n"), "the header `a` holds what no header may hold"),
        (get("/x?a b"), "the query cannot be sent: invalid uri character"),
        (untyped(&client, purge, "/x"), "the method `PURGE` is none that HTTP defines"),
    ] {
        let error = request.text("later").query("a", "b").send::<Value>().await.unwrap_err();
        assert_eq!((error.kind(), error.to_string()), (ErrorKind::Request, format!("untyped: {fault}")));
    }
    assert!(server.received().is_empty());
}

#[test]
fn a_request_shows_no_secret() {
    let client = Client::builder().credentials(Credentials::access_token("planted")).build().unwrap();
    let request = untyped(&client, Method::POST, "/{planted}").path("planted", "planted").json(&json!("planted"));
    let text = format!("{:?} {:?}", request, untyped(&client, Method::GET, "/x?planted").send::<Value>());
    assert!(text.contains("POST") && !text.contains("planted"), "{text}");
}
