//! `object!`: presence, paths, and the forms a table may take.

use std::collections::BTreeMap;

use serde_json::json;

use super::{fault, path_of_fault, read, write};
use crate::codec::{Patch, Timestamp, Value, decode};
use crate::object;

object! {
    struct Team {
        required id: String = "id",
        optional size: i64 = "size",
        nullable until: Timestamp = "until",
        patch note: String = "note",
        optional members: Vec<Member> = "members",
        optional r#type: String = "type",
        rest limits: i64,
    }
}

object! {
    struct Member {
        required name: String = "name",
        optional roles: BTreeMap<String, Vec<i32>> = "roles",
        optional manager: Box<Member> = "manager",
        optional extra: Value = "extra",
    }
}

object! { struct Free { required value: Value = "value" } }

object! { struct Empty {} }

object! { struct OnlyRest { rest others: String } }

#[test]
fn absent_members_have_their_meaning_and_come_back() {
    let team: Team = read(r#"{"id":"5f"}"#);
    assert_eq!((team.size, &team.until, &team.note), (None, &None, &Patch::Unset));
    assert!(team.limits.is_empty());
    assert_eq!(write(&team), r#"{"id":"5f","until":null}"#);
}

#[test]
fn null_members_have_their_meaning_and_come_back() {
    let team: Team = read(r#"{"id":"5f","size":null,"until":null,"note":null,"members":null}"#);
    assert_eq!((team.size, &team.until, &team.note), (None, &None, &Patch::Null));
    assert_eq!(write(&team), r#"{"id":"5f","until":null,"note":null}"#);
}

#[test]
fn present_members_are_read_in_any_order() {
    let json = r#"{"seats":7,"type":"x","note":"n","until":"2025-02-19T00:00:00.000Z",
        "members":[{"name":"a"}],"size":3,"id":"5f"}"#;
    let team: Team = read(json);
    assert_eq!(team.note, Patch::Value("n".to_owned()));
    assert_eq!(team.r#type.as_deref(), Some("x"));
    assert_eq!(team.limits, BTreeMap::from([("seats".to_owned(), 7)]));
    assert_eq!(
        write(&team),
        r#"{"id":"5f","size":3,"until":"2025-02-19T00:00:00.000Z","note":"n","members":[{"name":"a"}],"type":"x","seats":7}"#
    );
}

#[test]
fn a_required_member_that_is_absent_or_null_is_missing() {
    assert_eq!(fault::<Team>("{}"), ("id".to_owned(), "missing".to_owned()));
    assert_eq!(fault::<Team>(r#"{"id":null}"#), ("id".to_owned(), "missing".to_owned()));
    assert_eq!(path_of_fault::<Team>(r#"{"id":"5","members":[{"name":"a"},{}]}"#), "members[1].name");
}

#[test]
fn null_is_a_value_of_a_required_free_value_but_absence_is_not() {
    assert_eq!(read::<Free>(r#"{"value":null}"#).value, Value::Null);
    assert_eq!(fault::<Free>("{}"), ("value".to_owned(), "missing".to_owned()));
    assert_eq!(read::<Member>(r#"{"name":"a","extra":null}"#).extra, None);
}

#[test]
fn an_error_tells_the_path_and_what_was_expected_and_found() {
    let (path, message) = fault::<Team>(r#"{"id":"5f","size":"three"}"#);
    assert_eq!(path, "size");
    assert!(message.starts_with("invalid type: string, expected an integer"), "{message}");
    let (path, message) = fault::<Vec<Team>>(r#"[{"id":"5f","members":{}}]"#);
    assert_eq!(path, "[0].members");
    assert!(message.contains("a list") && message.contains("map"), "{message}");
    assert_eq!(fault::<Team>("[1]").0, "$");
}

#[test]
fn an_error_does_not_show_text_that_was_found() {
    for json in [r#"{"id":"5f","size":"s3cret"}"#, r#"["s3cret\", expected nothing"]"#] {
        let error = decode::<Vec<i64>>(json.as_bytes()).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
        let error = decode::<Team>(json.as_bytes()).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
    }
}

#[test]
fn the_path_goes_through_lists_maps_options_and_boxes() {
    let json = r#"{"id":"5","members":[{"name":"a"},{"name":"b","manager":{"name":"c","roles":
        {"org":[1,2],"a b":[1,"x"]}}}]}"#;
    assert_eq!(path_of_fault::<Team>(json), r#"members[1].manager.roles["a b"][1]"#);
    assert_eq!(path_of_fault::<Team>(r#"{"id":"5","seats":true}"#), "seats");
    assert_eq!(path_of_fault::<BTreeMap<String, Vec<Vec<bool>>>>(r#"{"k":[[],[true,0]]}"#), "k[1][1]");
}

#[test]
fn an_error_knows_line_and_column() {
    let error = decode::<Team>(b"{\n  \"id\": 5\n}").unwrap_err();
    assert_eq!((error.line(), error.column()), (2, 9));
    assert!(error.to_string().starts_with("id: "), "{error}");
}

#[test]
fn an_earlier_error_leaves_nothing_in_a_later_path() {
    assert!(serde_json::from_str::<Team>(r#"{"id":"5","members":[{}]}"#).is_err());
    assert_eq!(path_of_fault::<Team>("{}"), "id");
}

#[test]
fn of_two_members_with_one_name_the_last_counts() {
    assert_eq!(read::<Team>(r#"{"id":"1","size":1,"id":"2","size":null}"#).id, "2");
    assert_eq!(read::<Team>(r#"{"id":"1","size":1,"size":null}"#).size, None);
}

#[test]
fn unknown_members_are_passed_over_and_escaped_keys_are_known() {
    assert_eq!(read::<Empty>(r#"{"a":{"b":[1,{}]}}"#), Empty {});
    assert_eq!(write(&Empty {}), "{}");
    assert_eq!(read::<Member>(r#"{"n\u0061me":"a","x":[[]]}"#).name, "a");
}

#[test]
fn a_map_alone_keeps_everything() {
    let rest: OnlyRest = read(r#"{"b":"1","a":"2"}"#);
    assert_eq!(write(&rest), r#"{"a":"2","b":"1"}"#);
}

#[test]
fn it_works_from_and_to_a_value_tree_and_a_reader() {
    let tree = json!({"id": "5f", "until": null, "members": [{"name": "a", "manager": {"name": "b"}}]});
    let team: Team = serde_json::from_value(tree.clone()).unwrap();
    assert_eq!(serde_json::to_value(&team).unwrap(), tree);
    let again: Team = serde_json::from_reader(tree.to_string().as_bytes()).unwrap();
    assert_eq!(again, team);
}

#[test]
fn text_that_is_not_one_json_value_is_refused() {
    for json in ["", "{", r#"{"id":"5"} x"#, r#"{"id":"5",}"#, "nul"] {
        assert!(decode::<Team>(json.as_bytes()).is_err(), "{json}");
    }
    let error = decode::<Team>(b"{\n\"id\": \"\xff\"}").unwrap_err();
    assert_eq!((error.message(), error.line(), error.column()), ("not UTF-8", 2, 8));
    assert_eq!(read::<Team>("\u{feff}{\"id\":\"5\"}").id, "5");
}

object! {
    struct Update {
        optional team_ids: Vec<String> = "teamIds",
        optional name: String = "name",
        patch note: String = "note",
        nullable count: std::primitive::i64 = "count",
        rest others: Value,
    }
    new(), setters
}

object! {
    /// With docs and attributes.
    #[allow(clippy::struct_field_names)]
    struct Order {
        /// Said twice.
        #[deprecated]
        required old_name: String = "oldName",
        #[allow(dead_code)]
        optional note: String = "note",
        required inner: Box<Update> = "inner",
        nullable until: Timestamp = "until",
        patch size: i64 = "size",
        rest others: i64
    }
    new(
        inner: Update,
        old_name: impl Into<String>,
    ), setters
}

#[test]
fn setters_take_what_converts() {
    let update = Update::default().name("x").note("n").team_ids(["a".to_owned()]).count(3);
    assert_eq!(update.name.as_deref(), Some("x"));
    assert_eq!(update.note, Patch::Value("n".to_owned()));
    assert_eq!(Update::default().note(None).note, Patch::Null);
}

#[test]
fn new_takes_what_is_required_and_leaves_out_the_rest() {
    assert_eq!(Update::new(), Update::default());
    assert_eq!(write(&Update::new()), r#"{"count":null}"#);
    let order = Order::new(Update::new(), "x");
    assert_eq!(write(&order), r#"{"oldName":"x","inner":{"count":null},"until":null}"#);
    assert_eq!(read::<Order>(&write(&order)), order);
    assert_eq!(
        write(&order.until(Timestamp::from("now")).size(None)),
        r#"{"oldName":"x","inner":{"count":null},"until":"now","size":null}"#
    );
}

/// Names like the prelude's beside a table do not reach into what it expands to.
mod hygiene {
    #![allow(dead_code, non_camel_case_types)]
    use crate::{object, open_enum, shape_union, tagged_union};

    struct Option;
    struct Result;
    struct String;
    struct Vec;
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct str_;
    trait Into {}
    trait From {}
    trait Serialize {}
    trait Deserialize {}

    object! {
        struct entries {
            required entries: i64 = "entries",
            optional error: i64 = "error",
            optional deserializer: i64 = "deserializer",
            optional serializer: i64 = "serializer",
            optional value: i64 = "value",
            optional required: i64 = "required",
            patch patch: i64 = "patch",
        }
        new(entries: i64), setters
    }

    object! { struct fmt { optional default: i64 = "default", rest rest: i64 } new(), setters }

    open_enum! { enum Kind { Option = "option", Result = "result", String = "string" } }
    open_enum! { enum Level: i64 { Some = 1, None = -2 } }

    #[derive(Clone, Debug, PartialEq)]
    enum Union {
        Option(entries),
        Unknown(crate::codec::Value),
    }
    tagged_union! { Union by "kind" { Option: "option" } }

    #[derive(Clone, Debug, PartialEq)]
    enum Shape {
        Option(entries),
        Unknown(crate::codec::Value),
    }
    shape_union! { Shape { Option: object ["entries"] } }

    #[test]
    fn tables_expand_beside_names_of_the_prelude() {
        let read = super::read::<entries>(r#"{"entries":1}"#).error(2).value(3);
        assert_eq!(super::write(&read), r#"{"entries":1,"error":2,"value":3}"#);
        assert_eq!(super::write(&fmt::new().default(1)), r#"{"default":1}"#);
        assert!(matches!(super::read::<Union>(r#"{"kind":"option","entries":1}"#), Union::Option(_)));
        assert!(matches!(super::read::<Level>("-2"), Level::None));
    }
}
