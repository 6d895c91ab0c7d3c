//! Path parameters with odd values, and an operation that needs no credentials.

use exchange_client::{Client, ErrorKind};
use serde_json::json;

use crate::exchange::Exchange;

#[tokio::test]
async fn every_value_arrives_as_one_segment() {
    let exchange = Exchange::start().await;
    for (value, escaped) in [
        ("a b/ü:c", "a%20b%2F%C3%BC%3Ac"),
        ("%2F", "%252F"),
        ("%2e%2e", "%252e%252e"),
        ("{}", "%7B%7D"),
        ("{name}", "%7Bname%7D"),
        ("?#&+", "%3F%23%26%2B"),
        ("...", "..."),
        ("a..b", "a..b"),
        ("..\\", "..%5C"),
        ("\u{0}\n", "%00%0A"),
        ("-._~", "-._~"),
        ("!$'()*,;=@", "%21%24%27%28%29%2A%2C%3B%3D%40"),
        (" ", "%20"),
    ] {
        exchange.answer_json(&json!({"name": value}));
        let file = exchange.client.files().read_file(value).send().await;
        assert_eq!(file.unwrap().name, value);
        assert_eq!(exchange.last().target, format!("/files/{escaped}"));
    }
}

#[tokio::test]
async fn values_that_would_change_the_path_are_refused_before_anything_is_sent() {
    let exchange = Exchange::start().await;
    for value in ["", ".", ".."] {
        let call = exchange.client.files().read_file(value).send();
        let error = call.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{value:?}");
        let text = error.to_string();
        assert!(text.starts_with("readFile: "), "{text}");
        assert!(text.contains("`name`"), "{text}");
    }
    assert_eq!(exchange.count(), 0);
}

#[tokio::test]
async fn text_beside_a_parameter_is_not_escaped() {
    let exchange = Exchange::start().await;
    for (name, target) in [
        ("a:b", "/files/a%3Ab:rename/ABC.json"),
        // The text behind makes these no segment of dots.
        (".", "/files/.:rename/ABC.json"),
        ("..", "/files/..:rename/ABC.json"),
    ] {
        exchange.answer_status(204);
        let call = exchange.client.files().rename_file(name, "ABC").send();
        call.await.unwrap();
        assert_eq!(exchange.last().target, target);
        assert_eq!(exchange.last().header("content-length"), Some("0"));
        assert_eq!(exchange.last().header("content-type"), None);
        assert_eq!(exchange.last().header("accept"), Some("*/*"));
    }
}

#[tokio::test]
async fn a_value_against_its_pattern_is_refused_before_anything_is_sent() {
    let exchange = Exchange::start().await;
    for (code, fault) in [
        ("ABCD", "must have 2 to 3 characters, has 4"),
        ("A", "must have 2 to 3 characters, has 1"),
        ("", "must have 2 to 3 characters, has 0"),
        ("ab", "may have only the characters [A-Z]"),
        ("A/", "may have only the characters [A-Z]"),
        ("ÄÖ", "may have only the characters [A-Z]"),
    ] {
        let call = exchange.client.files().rename_file("a", code).send();
        let error = call.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!(
            error.to_string(),
            format!("renameFile: the path parameter `code` {fault}")
        );
    }
    assert_eq!(exchange.count(), 0);
}

#[tokio::test]
async fn an_operation_without_security_sends_no_credentials() {
    let exchange = Exchange::start().await;
    exchange.answer_json(&json!({"name": "open"}));
    let files = exchange.client.files();
    assert_eq!(files.read_public().send().await.unwrap().name, "open");
    let request = exchange.last();
    assert_eq!((&*request.method, &*request.target), ("GET", "/public"));
    assert_eq!(request.header("authorization"), None);
    // The others of the same client do.
    exchange.answer_json(&json!({"name": "closed"}));
    files.read_file("closed").send().await.unwrap();
    let request = exchange.last();
    assert_eq!(
        request.header("authorization"),
        Some("Bearer exchange-token")
    );
}

#[tokio::test]
async fn a_path_in_the_base_url_stands_before_every_path() {
    let exchange = Exchange::start().await;
    let client = Client::builder()
        .base_url(format!("{}/base/v1/", exchange.base_url()))
        .build()
        .unwrap();
    exchange.answer_json(&json!({"name": "x"}));
    client.files().read_file("x").send().await.unwrap();
    assert_eq!(exchange.last().target, "/base/v1/files/x");
}
