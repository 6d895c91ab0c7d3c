//! What a user does with a client that has types of the user's own.

#![cfg(test)]

use std::collections::HashSet;

use money::{Describe, Money, Number};
use own_client::client_runtime::{self, Own};
use own_client::types::{Bill, BillRequest, Either, State};

fn cents(cents: i64) -> Money {
    Money { cents }
}

#[test]
fn a_value_is_read_and_written_as_its_own_type_says() {
    let json = r#"{"id":"a","total":"1.50","parts":["1.00","0.50"],"byName":{"x":"0.05"},"paid":"2.00","number":"n1","state":"open","either":"3.00"}"#;
    let bill: Bill = client_runtime::decode(json.as_bytes()).unwrap();
    assert_eq!(bill.total.cents, 150);
    assert_eq!(bill.parts.as_ref().unwrap()[1].cents, 50);
    assert_eq!(bill.by_name.as_ref().unwrap()["x"], Own(cents(5)));
    assert_eq!(bill.number, Some(Own(Number("n1".to_owned()))));
    assert_eq!(bill.either, Some(Either::Money(Own(cents(300)))));
    let written = client_runtime::encode(&bill).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), json);

    let fault = client_runtime::decode::<Bill>(br#"{"id": "a", "total": "1.50", "parts": ["x"]}"#);
    assert_eq!(fault.unwrap_err().path(), "parts[0]");
    let fault = client_runtime::decode::<Bill>(br#"{"id": "a", "total": null}"#);
    assert!(fault.unwrap_err().to_string().contains("total"));
}

#[test]
fn a_request_is_made_of_the_types_themselves() {
    let request = BillRequest::new(cents(150)).number(Number("n".to_owned())).paid(None);
    let written = client_runtime::encode(&request).unwrap();
    assert_eq!(written, br#"{"total":"1.50","paid":null,"number":"n"}"#);
}

#[test]
fn every_type_derives_what_the_config_asks_for() {
    assert_eq!((Bill::NAME, BillRequest::NAME), ("Bill", "BillRequest"));
    assert_eq!((State::NAME, Either::NAME), ("State", "Either"));
    let bill: Bill = client_runtime::decode(br#"{"id": "a", "total": "1.50"}"#).unwrap();
    let bills: HashSet<Bill> = [bill.clone(), bill].into();
    assert_eq!(bills.len(), 1);
}

#[allow(dead_code, reason = "that it compiles is the test")]
async fn calls(client: own_client::Client) -> Result<(), own_client::Error> {
    let bill: Bill = client.api().get_bill(Number("1".to_owned())).above(cents(1)).send().await?;
    let rest: Vec<Own<Money>> = client.api().put_bill(Number("1".to_owned()), bill.into()).send().await?;
    let money: Own<Money> = client.api().pay_bill(Number("1".to_owned()), rest[0].clone()).send().await?;
    assert_eq!(money.cents, 1);
    Ok(())
}
