//! A union without a tag: every value lands where it looks like it belongs.

use std::error::Error as _;

use exchange_client::ErrorKind;
use exchange_client::types::{Amount, Price, Value};
use serde_json::json;

use crate::exchange::Exchange;

fn variant(value: &Value) -> &'static str {
    match value {
        Value::Flag(_) => "Flag",
        Value::Text(_) => "Text",
        Value::List(_) => "List",
        Value::Price(_) => "Price",
        Value::Amount(_) => "Amount",
        Value::Unknown(_) => "Unknown",
        _ => "another",
    }
}

#[tokio::test]
async fn every_value_lands_in_its_variant_and_is_sent_back_the_same() {
    let exchange = Exchange::start().await;
    for (json, expected) in [
        (json!(true), "Flag"),
        (json!("true"), "Text"),
        (json!(""), "Text"),
        (json!([]), "List"),
        (json!(["a", "b"]), "List"),
        (json!({"count": 1}), "Amount"),
        (json!({"count": 1, "currency": "EUR"}), "Price"),
        (json!(5), "Unknown"),
        (json!(0.5), "Unknown"),
        (json!(null), "Unknown"),
        (json!({}), "Unknown"),
        (json!({"currency": "EUR", "z": [1, {"y": null}]}), "Unknown"),
    ] {
        exchange.answer_json(&json);
        let any = Value::Text("any".to_owned());
        let call = exchange.client.shapes().store_value(any).send();
        let value = call.await.unwrap();
        assert_eq!(variant(&value), expected, "{json}");

        exchange.answer_json(&json);
        let call = exchange.client.shapes().store_value(value).send();
        call.await.unwrap();
        let request = exchange.last();
        assert_eq!((&*request.method, &*request.target), ("PUT", "/values"));
        assert_eq!(request.text(), json.to_string());
    }
}

#[tokio::test]
async fn variants_can_be_made_and_compared() {
    let exchange = Exchange::start().await;
    let price = Value::Price(Price::new(3, "EUR"));
    exchange.answer_json(&json!({"currency": "EUR", "count": 3, "more": true}));
    let call = exchange.client.shapes().store_value(price.clone()).send();
    assert_eq!(call.await.unwrap(), price);
    assert_eq!(exchange.last().text(), r#"{"count":3,"currency":"EUR"}"#);
    // What is no price may still be an amount.
    exchange.answer_json(&json!({"currency": 978, "count": 3}));
    let call = exchange.client.shapes().store_value(price).send();
    assert_eq!(call.await.unwrap(), Value::Amount(Amount::new(3)));
}

#[tokio::test]
async fn a_value_that_looks_right_and_is_not_is_an_error_that_tells_why() {
    let exchange = Exchange::start().await;
    for (json, said) in [
        (json!(["a", 1]), &["[1]: "][..]),
        (json!({"count": "many"}), &["count: "]),
        (
            json!({"count": "many", "currency": "EUR"}),
            &["Price: count: ", "Amount: count: "],
        ),
    ] {
        exchange.answer_json(&json);
        let any = Value::Text("any".to_owned());
        let call = exchange.client.shapes().store_value(any).send();
        let error = call.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let cause = error.source().unwrap().to_string();
        for part in said {
            assert!(cause.contains(part), "{cause}");
        }
        assert_eq!(error.body().unwrap(), json.to_string().as_bytes());
    }
}
