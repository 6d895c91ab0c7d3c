//! A type with members of every kind, read, edited and put back.

use std::collections::BTreeMap;
use std::error::Error as _;

use exchange_client::types::{Shape, ShapeRequest};
use exchange_client::{ErrorKind, Patch, Timestamp};
use serde_json::{Value, json};

use crate::exchange::Exchange;

/// What the service makes of a request: it answers `body`.
async fn stored(exchange: &Exchange, body: &Value) -> Shape {
    exchange.answer_json(body);
    let request = ShapeRequest::new("any", "any");
    exchange
        .client
        .shapes()
        .store_shape(request)
        .send()
        .await
        .unwrap()
}

/// The JSON that a request is sent as.
async fn sent(exchange: &Exchange, request: ShapeRequest) -> String {
    exchange.answer_json(&json!({"id": "0", "name": "stored"}));
    let call = exchange.client.shapes().store_shape(request).send();
    call.await.unwrap();
    let request = exchange.last();
    assert_eq!((&*request.method, &*request.target), ("PUT", "/shapes"));
    request.text()
}

fn whole() -> Value {
    json!({
        "id": "1",
        "name": "square",
        "note": "mine",
        "until": "2025-06-03T09:42:00.000Z",
        "labels": {"a": "b", "c": ""},
        "inside": [{"id": "2", "name": "dot"}, {"id": "3", "name": "dash", "note": null}],
        "outside": {"id": "4", "name": "plane", "outside": {"id": "5", "name": "space"}},
    })
}

#[tokio::test]
async fn a_shape_is_read_and_written_back_as_it_came() {
    let exchange = Exchange::start().await;
    let shape = stored(&exchange, &whole()).await;
    assert_eq!(shape.secret, None);
    assert_eq!(shape.note, Patch::Value("mine".to_owned()));
    // The text stays as it was, zeros and all.
    let until = shape.until.clone().unwrap();
    assert_eq!(until.as_str(), "2025-06-03T09:42:00.000Z");
    assert_eq!(shape.labels.as_ref().unwrap()["a"], "b");
    assert_eq!(shape.inside.as_ref().unwrap()[1].note, Patch::Null);
    let space = shape.outside.as_ref().unwrap().outside.as_ref().unwrap();
    assert_eq!(space.name, "space");
    assert_eq!(serde_json::to_value(&shape).unwrap(), whole());
}

#[tokio::test]
async fn get_edit_put_back_leaves_out_what_only_the_service_sets() {
    let exchange = Exchange::start().await;
    let shape = stored(&exchange, &whole()).await;
    let inside = shape.inside.clone().map(|shapes| {
        shapes
            .into_iter()
            .map(|shape| ShapeRequest::from_response(shape, "inner", None, None))
            .collect()
    });
    let mut request = ShapeRequest::from_response(shape, "s3cret", inside, None);
    request.name.push('!');
    assert_eq!(
        sent(&exchange, request).await,
        concat!(
            r#"{"name":"square!","secret":"s3cret","note":"mine","until":"2025-06-03T09:42:00.000Z","#,
            r#""labels":{"a":"b","c":""},"#,
            r#""inside":[{"name":"dot","secret":"inner"},{"name":"dash","secret":"inner","note":null}]}"#,
        )
    );
}

#[tokio::test]
async fn a_note_is_left_out_taken_away_or_set() {
    let exchange = Exchange::start().await;
    let new = || ShapeRequest::new("n", "s");
    for (request, json) in [
        (new(), r#"{"name":"n","secret":"s"}"#),
        (new().note(Patch::Unset), r#"{"name":"n","secret":"s"}"#),
        (
            new().note(Patch::Null),
            r#"{"name":"n","secret":"s","note":null}"#,
        ),
        (new().note(None), r#"{"name":"n","secret":"s","note":null}"#),
        (
            new().note("x".to_owned()),
            r#"{"name":"n","secret":"s","note":"x"}"#,
        ),
    ] {
        assert_eq!(sent(&exchange, request).await, json);
    }
}

#[tokio::test]
async fn the_three_states_of_a_note_survive_the_way_back() {
    let exchange = Exchange::start().await;
    for (member, json) in [
        (None, r#"{"name":"n","secret":"s"}"#),
        (
            Some(json!(null)),
            r#"{"name":"n","secret":"s","note":null}"#,
        ),
        (Some(json!("")), r#"{"name":"n","secret":"s","note":""}"#),
    ] {
        let mut body = json!({"id": "1", "name": "n"});
        if let Some(note) = member {
            body["note"] = note;
        }
        let shape = stored(&exchange, &body).await;
        assert_eq!(serde_json::to_value(&shape).unwrap(), body);
        let request = ShapeRequest::from_response(shape, "s", None, None);
        assert_eq!(sent(&exchange, request).await, json);
    }
}

#[tokio::test]
async fn every_setter_sets_its_member() {
    let exchange = Exchange::start().await;
    let request = ShapeRequest::new("n", "s")
        .until(Timestamp::from("2025-01-01T00:00:00+01:00"))
        .labels(BTreeMap::from([("k".to_owned(), "v".to_owned())]))
        .inside(vec![ShapeRequest::new("i", "s")])
        .outside(ShapeRequest::new("o", "s"));
    assert_eq!(
        sent(&exchange, request).await,
        concat!(
            r#"{"name":"n","secret":"s","until":"2025-01-01T00:00:00+01:00","labels":{"k":"v"},"#,
            r#""inside":[{"name":"i","secret":"s"}],"outside":{"name":"o","secret":"s"}}"#,
        )
    );
}

#[tokio::test]
async fn what_is_wrong_deep_inside_is_named_by_its_path() {
    let exchange = Exchange::start().await;
    for (pointer, value, path) in [
        ("/inside/1/name", json!(null), "inside[1].name: missing"),
        ("/labels/c", json!(1), "labels.c: "),
        ("/outside/outside/name", json!([]), "outside.outside.name: "),
        ("/id", json!(null), "id: missing"),
    ] {
        let mut body = whole();
        *body.pointer_mut(pointer).unwrap() = value;
        exchange.answer_json(&body);
        let request = ShapeRequest::new("n", "s");
        let call = exchange.client.shapes().store_shape(request).send();
        let error = call.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let cause = error.source().unwrap().to_string();
        assert!(cause.starts_with(path), "{cause}");
    }
}
