//! What comes back: values, errors, and answers that are neither.

use std::error::Error as _;
use std::time::Duration;

use client_runtime::{ErrorKind, Retry};

use crate::client::{Client, ExportAnswer, client, user};
use crate::server::{Answer, Server};

/// A client that sends each request once.
fn single(base_url: &str) -> Client {
    Client::builder().base_url(base_url).retry(Retry::disabled()).build().unwrap()
}

async fn one(answer: Answer) -> (Server, Client) {
    let server = Server::with([answer]).await;
    let client = single(&server.url);
    (server, client)
}

#[tokio::test]
async fn status_and_headers_come_beside_the_value() {
    let (_server, client) = one(Answer::new(201, &[("x-request", "r1")], r#"{"id":"7"}"#)).await;
    let response = client.get_user("1").response().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["x-request"]), (201, &"r1".parse().unwrap()));
    assert_eq!(response.into_value(), user("7"));
}

#[tokio::test]
async fn an_error_answer_is_typed_and_keeps_its_bytes() {
    let body = r#"{"error":409,"errorCode":"USER_EXISTS","detail":"there already","parameters":["a",1],
        "badRequestDetail":{"fields":[{"field":"id","description":"taken"}]}}"#;
    let (_server, client) = one(Answer::new(409, &[("x-trace", "t1")], body)).await;
    let error = client.get_user("1").await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Service, 409));
    assert_eq!((error.code(), error.detail()), (Some("USER_EXISTS"), Some("there already")));
    assert_eq!(error.api().unwrap().error_code, "USER_EXISTS");
    assert_eq!((error.field_errors()[0].field(), error.field_errors()[0].detail()), ("id", "taken"));
    assert_eq!(error.headers().unwrap()["x-trace"], "t1");
    assert_eq!(error.body().unwrap(), body);
    assert_eq!(error.operation(), Some("getUser"));
    assert_eq!(error.to_string(), "getUser: 409 Conflict (USER_EXISTS): there already; id: taken");
    assert!(!error.is_not_found() && !error.is_rate_limited());
}

#[tokio::test]
async fn the_code_is_there_where_the_rest_is_not_as_promised() {
    let (_server, client) = one(Answer::json(404, r#"{"error":"text","errorCode":"GONE"}"#)).await;
    let error = client.get_user("1").await.unwrap_err();
    assert_eq!((error.api(), error.code(), error.is_not_found()), (None, Some("GONE"), true));
}

#[tokio::test]
async fn a_page_of_html_is_kept_as_it_came() {
    let page = "<html>Service Unavailable</html>";
    let (server, client) = one(Answer::new(503, &[("content-type", "text/html")], page)).await;
    let error = client.get_user("1").await.unwrap_err();
    assert_eq!((error.api(), error.code(), error.body().unwrap().as_ref()), (None, None, page.as_bytes()));
    assert_eq!(error.to_string(), "getUser: 503 Service Unavailable");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_body_that_is_not_as_promised_names_the_place() {
    let (_server, client) = one(Answer::json(200, r#"{"id":"7","username":5}"#)).await;
    let error = client.get_user("1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.to_string(), "getUser: 200 OK: the answer is not what the operation promises");
    let source = error.source().unwrap().to_string();
    assert!(source.starts_with("username: "), "{source}");
    assert_eq!(format!("{error:#}"), format!("{error}: {source}"));
    assert_eq!(error.body().unwrap(), r#"{"id":"7","username":5}"#);

    let (_server, client) = one(Answer::new(204, &[], "")).await;
    let error = client.get_user("1").await.unwrap_err();
    assert_eq!(error.to_string(), "getUser: 204 No Content: the answer has no body");
}

#[tokio::test]
async fn answers_without_body_and_answers_by_status_are_read() {
    let (_server, client) = one(Answer::new(204, &[], "")).await;
    assert_eq!(client.get_user_in_envelope("1").await.unwrap(), None);
    client.delete_user("1").await.unwrap();

    let (_server, client) = one(Answer::new(202, &[], "")).await;
    assert_eq!(client.start_export().send().await.unwrap(), ExportAnswer::Begun);
    let (_server, client) = one(Answer::json(200, r#"{"id":"7"}"#)).await;
    assert_eq!(client.start_export().send().await.unwrap(), ExportAnswer::Done(user("7")));
    let (_server, client) = one(Answer::json(206, "part")).await;
    assert_eq!(client.start_export().send().await.unwrap(), ExportAnswer::Unknown(206, "part".into()));
}

#[tokio::test]
async fn text_is_text_or_an_error() {
    let (_server, client) = one(Answer::new(200, &[], "hé")).await;
    assert_eq!(client.user_as_text("1").await.unwrap(), "hé");
    let (_server, client) = one(Answer::raw(&b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n\xff"[..])).await;
    assert_eq!(client.user_as_text("1").await.unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn an_envelope_comes_off() {
    let enveloped = |body| async move {
        let (server, client) = one(Answer::json(200, body)).await;
        let result = client.get_user_in_envelope("1").response().await;
        assert_eq!(server.received()[0].target(), "GET /users/1?envelope=true");
        result
    };
    let response = enveloped(r#"{"status":201,"content":{"id":"7"}}"#).await.unwrap();
    assert_eq!((response.status().as_u16(), response.value()), (201, &Some(user("7"))));
    let response = enveloped(r#"{"status":204,"content":null}"#).await.unwrap();
    assert_eq!(response.value(), &None);

    let error = enveloped(r#"{"status":404,"content":{"error":404,"errorCode":"NO_USER"}}"#).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!((error.code(), error.api().unwrap().error), (Some("NO_USER"), 404));
}

#[tokio::test]
async fn without_the_parameter_nothing_is_taken_for_an_envelope() {
    let (_server, client) = one(Answer::json(200, r#"{"status":404,"content":{},"id":"7"}"#)).await;
    assert_eq!(client.get_user("1").await.unwrap(), user("7"));
}

#[tokio::test]
async fn a_redirect_is_an_error_and_nothing_goes_to_its_target() {
    let other = Server::with([Answer::json(200, r#"{"id":"7"}"#)]).await;
    let target = format!("{}/elsewhere?token=x", other.url);
    let (server, client) = one(Answer::new(307, &[("location", &target)], "")).await;
    let error = client.get_user("1").await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Redirect, 307));
    let expected = format!("307 Temporary Redirect: a redirect to {}/elsewhere, which is not followed", other.url);
    assert_eq!(error.to_string(), format!("getUser: {expected}"));
    assert_eq!((server.received().len(), other.received().len()), (1, 0));
}

#[tokio::test]
async fn not_modified_is_no_redirect() {
    let (_server, client) = one(Answer::raw("HTTP/1.1 304 X\r\netag: a\r\n\r\n")).await;
    let error = client.get_user("1").await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Service, 304));
}

#[tokio::test]
async fn an_answer_cut_short_is_an_error_that_keeps_the_status() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":";
    let (server, client) = one(Answer::raw(cut)).await;
    let error = client.get_user("1").await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Transport, 200));
    assert_eq!(error.body().unwrap(), "{\"id\":");
    assert!(error.source().is_some());
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn no_answer_and_no_connection_are_told_apart() {
    let (server, client) = one(Answer::raw("")).await;
    let error = client.get_user("1").await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None));
    assert_eq!(server.received().len(), 1);

    let absent = Server::absent();
    let error = single(&absent.url).get_user("1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(format!("{error:#}").starts_with("getUser: no connection to 127.0.0.1:"), "{error:#}");
}

#[tokio::test]
async fn an_answer_larger_than_the_limit_is_refused() {
    let server = Server::with([Answer::json(200, r#"{"id":"0123456789"}"#)]).await;
    let builder = |limit| Client::builder().base_url(&server.url).response_limit(limit).build().unwrap();
    assert!(builder(19).get_user("1").await.is_ok());
    let error = builder(18).get_user("1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(error.to_string(), "getUser: the answer is larger than 18 bytes");
}

#[tokio::test]
async fn connections_are_reused() {
    let server = Server::with([Answer::json(200, r#"{"id":"7"}"#).after(Duration::from_millis(1))]).await;
    let client = client(&server.url);
    for _ in 0..3 {
        client.get_user("1").await.unwrap();
    }
    let hosts: Vec<_> = server.received().iter().map(|received| received.peer).collect();
    assert!(hosts.iter().all(|peer| *peer == hosts[0]), "{hosts:?}");
}
