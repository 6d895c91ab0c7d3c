//! Request bodies of every kind that the exchange document uses.

use atlas_codegen_tests::fake_atlas::RecordedRequest;
use exchange_client::types::Form;
use exchange_client::{Bytes, Call, Client};

use crate::exchange::Exchange;

/// The request that a call sends, the answer being 204.
async fn sent(send: impl FnOnce(&Client) -> Call<()>) -> RecordedRequest {
    let exchange = Exchange::start().await;
    exchange.answer_status(204);
    send(&exchange.client).await.unwrap();
    let request = exchange.last();
    assert_eq!(request.method, "POST");
    assert_eq!(
        request.header("content-length"),
        Some(&*request.body.len().to_string())
    );
    request
}

#[tokio::test]
async fn a_form_is_escaped_as_forms_are() {
    let form = Form::new("a b&c=ü+*").age(-1_i64);
    let request = sent(|client| client.bodies().send_form(form).send()).await;
    assert_eq!(request.target, "/form");
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(request.text(), "name=a+b%26c%3D%C3%BC%2B*&age=-1");
    let request = sent(|client| client.bodies().send_form(Form::new("")).send()).await;
    assert_eq!(request.text(), "name=");
}

#[tokio::test]
async fn text_is_sent_as_it_is() {
    let request = sent(|client| client.bodies().send_text("ü \"\n").send()).await;
    assert_eq!(request.target, "/text");
    assert_eq!(request.header("content-type"), Some("text/plain"));
    assert_eq!(request.text(), "ü \"\n");
    let request = sent(|client| client.bodies().send_text("").send()).await;
    assert_eq!(request.text(), "");
}

#[tokio::test]
async fn bytes_are_sent_as_they_are() {
    let bytes = Bytes::from_static(&[0, 159, 146, 150, 255]);
    let request = sent(|client| client.bodies().send_bytes(bytes.clone()).send()).await;
    assert_eq!(request.target, "/bytes");
    assert_eq!(
        request.header("content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(request.body, bytes);
}

#[tokio::test]
async fn an_optional_body_is_json_or_nothing() {
    let with = |client: &Client| {
        let form = Form::new("a\"b");
        client.bodies().send_optional().body(form).send()
    };
    let request = sent(with).await;
    assert_eq!(request.target, "/optional");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.text(), r#"{"name":"a\"b"}"#);

    let request = sent(|client| client.bodies().send_optional().send()).await;
    assert_eq!(request.text(), "");
    // Nothing has no type.
    assert_eq!(request.header("content-type"), None);
}
