//! `shape_union!`.

use serde_json::json;

use super::{fault, path_of_fault, read, write};
use crate::codec::Value;
use crate::{object, shape_union, tagged_union};

#[derive(Clone, Debug, PartialEq)]
enum Mixed {
    Id(String),
    Many(Vec<Mixed>),
    Count(i64),
    Ratio(f64),
    Flag(bool),
    Named(Named),
    Sized(Sized),
    Unknown(Value),
}
shape_union! {
    Mixed {
        Id: text,
        Many: list,
        Count: integer,
        Ratio: number,
        Flag: flag,
        Named: object ["id", "name"],
        Sized: object,
    }
}

object! { struct Named { required id: String = "id", required name: String = "name" } }

object! { struct Sized { required size: i64 = "size", optional inner: Box<Mixed> = "inner" } }

#[derive(Clone, Debug, PartialEq)]
enum Small {
    Text(String),
    Other(Value),
    Unknown(Value),
}
shape_union! { Small { Text: text, Other: any } }

/// A union by shape as a variant of a tagged one.
#[derive(Clone, Debug, PartialEq)]
enum Outer {
    Mixed(Mixed),
    Unknown(Value),
}
tagged_union! { Outer by "t" { Mixed: "m" } }

#[test]
fn each_shape_finds_its_variant_and_comes_back() {
    let named = Named { id: "1".to_owned(), name: "n".to_owned() };
    for (json, expected) in [
        (r#""x""#, Mixed::Id("x".to_owned())),
        (r#"["x",[1]]"#, Mixed::Many(vec![Mixed::Id("x".to_owned()), Mixed::Many(vec![Mixed::Count(1)])])),
        ("-5", Mixed::Count(-5)),
        ("0.5", Mixed::Ratio(0.5)),
        ("true", Mixed::Flag(true)),
        (r#"{"id":"1","name":"n"}"#, Mixed::Named(named)),
        (r#"{"size":1}"#, Mixed::Sized(Sized { size: 1, inner: None })),
        ("null", Mixed::Unknown(Value::Null)),
    ] {
        assert_eq!(read::<Mixed>(json), expected);
        assert_eq!(write(&expected), json);
    }
    assert_eq!(read::<Mixed>("5.0"), Mixed::Count(5));
    assert_eq!(read::<Mixed>("1e30"), Mixed::Ratio(1e30));
}

#[test]
fn the_first_that_can_be_read_wins() {
    let json = r#"{"id":1,"name":"n","size":2}"#;
    assert_eq!(read::<Mixed>(json), Mixed::Sized(Sized { size: 2, inner: None }));
    assert_eq!(read::<Small>("5"), Small::Other(json!(5)));
    assert_eq!(read::<Small>("null"), Small::Other(Value::Null));
}

#[test]
fn one_variant_that_looks_right_gives_its_own_error_with_its_path() {
    let (path, message) = fault::<Mixed>(r#"{"size":1,"inner":[1,{"size":"x"}]}"#);
    assert_eq!(path, "inner[1].size");
    assert!(message.contains("expected an integer"), "{message}");
}

#[test]
fn several_that_fail_are_all_reported() {
    let (path, message) = fault::<Vec<Mixed>>(r#"[5,{"id":1,"name":"n"}]"#);
    assert_eq!(path, "[1]");
    assert!(message.contains("Named: id: invalid type"), "{message}");
    assert!(message.contains("Sized: size: missing"), "{message}");
}

#[derive(Clone, Debug, PartialEq)]
enum Provider {
    Plain(Plain),
    Signed(Signed),
    Unknown(Value),
}
shape_union! { Provider { Plain: object ["id"], Signed: object ["id"] } }
object! { struct Plain { required id: String = "id", optional url: String = "url" } }
object! { struct Signed { required id: String = "id", optional key: String = "key" } }

#[test]
fn the_first_with_a_place_for_every_property_wins() {
    assert!(matches!(read(r#"{"id":"1"}"#), Provider::Plain(_)));
    assert!(matches!(read(r#"{"id":"1","url":"u"}"#), Provider::Plain(_)));
    assert!(matches!(read(r#"{"id":"1","key":"k"}"#), Provider::Signed(_)));
    assert!(matches!(read(r#"{"id":"1","key":"k","more":2}"#), Provider::Signed(_)));
    assert!(matches!(read(r#"{"id":"1","more":2}"#), Provider::Plain(_)));
}

#[derive(Clone, Debug, PartialEq)]
enum Alert {
    Host(Host),
    Processor(Processor),
    User(Value),
    Unknown(Value),
}
shape_union! { Alert by "event" { Host: "DOWN" | "UP", Processor: "DOWN" | "UP", User: "JOINED" | "2" } }
object! { struct Host { required event: String = "event", optional host: String = "host" } }
object! { struct Processor { required event: String = "event", optional name: String = "name" } }

#[test]
fn a_tag_that_several_have_leaves_it_to_the_first_with_a_place_for_every_property() {
    assert!(matches!(read(r#"{"host":"h","event":"UP"}"#), Alert::Host(_)));
    assert!(matches!(read(r#"{"name":"n","event":"UP"}"#), Alert::Processor(_)));
    assert!(matches!(read(r#"{"event":"DOWN"}"#), Alert::Host(_)));
    let (path, message) = fault::<Vec<Alert>>(r#"[{"event":"DOWN","host":1,"name":2}]"#);
    assert_eq!(path, "[0]");
    assert!(message.contains("Host: host: ") && message.contains("Processor: name: "), "{message}");
}

#[test]
fn a_tag_that_one_has_means_that_one() {
    assert!(matches!(read(r#"{"host":"h","event":"JOINED"}"#), Alert::User(_)));
    assert!(matches!(read(r#"{"event":2}"#), Alert::User(_)));
}

#[test]
fn a_tag_that_none_has_is_unknown() {
    for json in [r#"{"event":"NEW","host":"h"}"#, r#"{"event":null}"#, r#"{"host":"h"}"#, "[]", "null"] {
        assert!(matches!(read(json), Alert::Unknown(_)), "{json}");
    }
}

#[test]
fn it_may_be_a_variant_of_a_tagged_union() {
    let json = r#"{"size":3,"t":"m","inner":"x"}"#;
    assert!(matches!(read::<Outer>(json), Outer::Mixed(Mixed::Sized(Sized { size: 3, .. }))));
    assert_eq!(path_of_fault::<Outer>(r#"{"size":true,"t":"m"}"#), "size");
}

#[test]
fn it_works_from_a_value_tree_and_a_reader() {
    let tree = json!([{"id": "1", "name": "n"}, "x", 5, 0.5, {"size": 1, "inner": {"size": 2}}]);
    let mixed: Mixed = serde_json::from_value(tree.clone()).unwrap();
    assert_eq!(serde_json::to_value(&mixed).unwrap(), tree);
    let again: Mixed = serde_json::from_reader(tree.to_string().as_bytes()).unwrap();
    assert_eq!(again, mixed);
}
