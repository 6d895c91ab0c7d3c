//! What goes out, to the byte.

use client_runtime::{ErrorKind, Operation, read};

use crate::client::{Client, Credentials, client, user};
use crate::server::{Answer, Server};

const ORG: &str = "5f0f0f0f0f0f0f0f0f0f0f0f";

#[tokio::test]
async fn a_request_is_the_documents_to_the_byte() {
    let server = Server::with([Answer::json(200, r#"{"id":"7"}"#)]).await;
    let call = client(&server.url)
        .add_org_team_user(ORG, "a b/ü:c", user("u+1"))
        .pretty(true)
        .filter(serde_json::json!({"name": "x&y", "age": 3}))
        .if_match("\"etag\"")
        .session("s;1");
    assert_eq!(call.send().await.unwrap(), user("7"));

    let expected = format!(
        "POST /api/atlas/v2/orgs/{ORG}/teams/a%20b%2F%C3%BC%3Ac:addUser\
         ?pretty=true&filter%5Bage%5D=3&filter%5Bname%5D=x%26y HTTP/1.1\r\n\
         user-agent: client-runtime/{version}\r\n\
         accept: application/vnd.atlas.2025-02-19+json\r\n\
         if-match: \"etag\"\r\n\
         cookie: session=s%3B1\r\n\
         content-type: application/vnd.atlas.2025-02-19+json\r\n\
         authorization: Bearer token-1\r\n\
         host: {host}\r\n\
         content-length: 12\r\n\r\n",
        version = env!("CARGO_PKG_VERSION"),
        host = server.url.strip_prefix("http://").unwrap(),
    );
    let received = server.received();
    assert_eq!(received[0].head, expected);
    assert_eq!(received[0].body, r#"{"id":"u+1"}"#);
}

#[tokio::test]
async fn a_base_path_stands_before_the_operations() {
    let server = Server::with([Answer::json(200, r#"{"id":"7"}"#)]).await;
    client(&format!("{}/base/", server.url)).get_user("1").await.unwrap();
    assert_eq!(server.received()[0].target(), "GET /base/users/1");
}

#[tokio::test]
async fn a_query_in_a_template_stands_before_that_of_the_parameters() {
    static FIND: Operation = Operation::get("find", "/base?method=find&id={id}");
    let server = Server::with([Answer::new(204, &[], ""), Answer::new(204, &[], "")]).await;
    let client = client(&server.url);
    let find = || client.core.request(&FIND).path("id", "a?b&c");
    for request in [find(), find().query("page", &2).query("size", &5)] {
        let call: crate::client::Call<()> = read::empty(request);
        call.await.unwrap();
    }
    let targets = server.received();
    let targets: Vec<&str> = targets.iter().map(|received| received.target()).collect();
    let alone = "GET /base?method=find&id=a%3Fb%26c";
    assert_eq!(targets, [alone, &format!("{alone}&page=2&size=5")]);
}

#[tokio::test]
async fn an_operation_without_authentication_carries_no_credentials() {
    let server = Server::with([Answer::new(200, &[], "raw\0")]).await;
    let bytes = client(&server.url).ping(&[1, 2]).await.unwrap();
    assert_eq!(bytes, "raw\0");
    let received = &server.received()[0];
    assert_eq!(received.target(), "GET /ping;ids=1,2");
    assert_eq!(received.header("authorization"), None);
    assert_eq!(received.header("content-length"), None);
}

#[tokio::test]
async fn the_callers_product_goes_before_the_clients() {
    let server = Server::with([Answer::json(200, r#"{"id":"7"}"#)]).await;
    let client = Client::builder().base_url(&server.url).user_agent("mine/1.2").build().unwrap();
    client.get_user("1").await.unwrap();
    let received = &server.received()[0];
    assert_eq!(received.header("user-agent"), Some(concat!("mine/1.2 client-runtime/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(received.header("authorization"), None);
}

#[tokio::test]
async fn faults_in_parameters_come_out_of_the_call_and_nothing_is_sent() {
    let server = Server::with([Answer::json(200, "{}")]).await;
    let client = client(&server.url);
    for (id, part) in [("", "is empty"), (".", "`.` or `..`"), ("..", "`.` or `..`")] {
        let error = client.get_user(id).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(error.to_string().starts_with("getUser: "), "{error}");
        assert!(error.to_string().contains(part), "{error}");
    }
    let error = client.add_org_team_user("5F", "t", user("1")).send().await.unwrap_err();
    assert_eq!(error.to_string(), "addOrgTeamUser: the path parameter `orgId` must have 24 characters, has 2");
    let split = client.add_org_team_user(ORG, "t", user("1")).if_match("a\r\nx: y");
    let error = split.send().await.unwrap_err();
    assert_eq!(error.to_string(), "addOrgTeamUser: the header `if-match` holds what no header may hold");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn an_escaped_dot_segment_arrives_as_it_was() {
    let server = Server::with([Answer::json(200, r#"{"id":"7"}"#)]).await;
    let client = client(&server.url);
    for id in ["%2e%2e", "a/../b", "..;", "a?b#c", "\\"] {
        client.get_user(id).await.unwrap();
    }
    let targets: Vec<_> = server.received().iter().map(|received| received.target().to_owned()).collect();
    let expected = ["%252e%252e", "a%2F..%2Fb", "..%3B", "a%3Fb%23c", "%5C"].map(|id| format!("GET /users/{id}"));
    assert_eq!(targets, expected);
}

#[tokio::test]
async fn bodies_of_other_kinds_have_their_media_types() {
    let server = Server::with([Answer::new(204, &[], "")]).await;
    let client = client(&server.url);
    let request = || client.start_export();
    let object = serde_json::json!({"a": "b c"});
    for request in [
        request().note("hé"),
        request().file(&b"\x01"[..]),
        request().fields(object.clone()),
        request().members(object),
        request(),
    ] {
        request.send().await.unwrap();
    }
    let received = server.received();
    let types: Vec<_> = received.iter().map(|received| received.header("content-type")).collect();
    let form = Some("application/x-www-form-urlencoded");
    assert_eq!(types[..3], [Some("text/plain; charset=utf-8"), Some("application/octet-stream"), form]);
    assert!(types[3].unwrap().starts_with("multipart/form-data; boundary="));
    assert_eq!(types[4], None);
    assert_eq!((&*received[0].body, &*received[1].body, &*received[2].body), ("hé", "\x01", "a=b+c"));
}

#[tokio::test]
async fn a_post_without_a_body_says_so() {
    static POST: Operation = Operation::post("ping", "/ping/{ids}");
    let server = Server::with([Answer::new(204, &[], "")]).await;
    let request = client(&server.url).core.request(&POST).path("ids", &1);
    let call: crate::client::Call<()> = read::empty(request);
    call.await.unwrap();
    let received = &server.received()[0];
    assert_eq!((received.target(), received.header("content-length")), ("POST /ping/1", Some("0")));
    assert_eq!(received.header("content-type"), None);
}

#[tokio::test]
async fn a_media_type_that_no_header_may_hold_is_a_fault() {
    static ODD: Operation = Operation::get("ping", "/ping").accept("application/\n");
    let request = client("http://127.0.0.1:9").core.request(&ODD);
    let call: crate::client::Call<()> = read::empty(request);
    let error = call.await.unwrap_err();
    assert_eq!(error.to_string(), "ping: the header `accept` holds what no header may hold");
}

#[test]
fn a_client_is_made_only_for_a_safe_base_url() {
    let build = |url: &str| Client::builder().base_url(url).build();
    assert!(build("https://cloud.example.com/base/").is_ok());
    assert!(build("http://localhost:1").is_ok());
    let error = build("http://cloud.example.com").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(error.to_string(), "the base URL: plain http is for the machine itself only; use https");
    let error = build("https://user:hunter2@cloud.example.com").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[test]
fn credentials_that_no_header_may_hold_are_refused_at_once() {
    for token in ["", "a b", "a\n", "é"] {
        let error = Client::builder().credentials(Credentials::access_token(token)).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
    }
    let error = Credentials::from_env().unwrap_err();
    assert!(error.to_string().contains("CLIENT_RUNTIME_TEST_ACCESS_TOKEN is not set"), "{error}");
}

#[test]
fn futures_and_errors_cross_threads_and_errors_are_small() {
    fn is_send<T: Send + 'static>(_: &T) {}
    fn is_error<T: std::error::Error + Send + Sync + 'static>() {}
    let client = client("http://127.0.0.1:9");
    is_send(&client.get_user("1"));
    is_send(&client.get_user("1").into_future());
    is_send(&client.get_user("1").response());
    is_error::<crate::client::Error>();
    assert_eq!(size_of::<crate::client::Error>(), size_of::<usize>());
}
