//! `open_enum!` and the numbers.

use std::collections::{BTreeMap, HashSet};

use super::{fault, path_of_fault, read, write};
use crate::open_enum;

open_enum! {
    /// What a user may do.
    pub enum Role {
        /// Everything.
        Owner = "OWNER",
        Reader = "READER",
        Quoted = "a \"b\"\n",
    }
}

open_enum! {
    pub enum Level: i64 { Low = 1, Below = -1, }
}

#[test]
fn known_and_unknown_texts_come_back() {
    for (json, role) in [
        (r#""OWNER""#, Role::Owner),
        (r#""a \"b\"\n""#, Role::Quoted),
        (r#""AUDITOR""#, Role::Unknown("AUDITOR".to_owned())),
        (r#""""#, Role::Unknown(String::new())),
    ] {
        assert_eq!(read::<Role>(json), role);
        assert_eq!(write(&role), json);
        assert_eq!(Role::from(role.as_str().to_owned()), role);
        assert_eq!(Role::from(role.as_str()), role);
        assert_eq!(role.to_string(), role.as_str());
    }
}

#[test]
fn unknown_values_never_fail_in_lists_or_maps() {
    assert_eq!(read::<Vec<Role>>(r#"["X","READER"]"#), [Role::from("X"), Role::Reader]);
    assert_eq!(read::<BTreeMap<String, Role>>(r#"{"k":"X"}"#)["k"], Role::from("X"));
    assert_eq!(read::<Vec<Level>>("[1,-1,9]"), [Level::Low, Level::Below, Level::Unknown(9)]);
    assert_eq!(write(&Level::Unknown(9)), "9");
}

#[test]
fn variants_are_shown_by_name_and_compared_by_text() {
    assert_eq!(format!("{:?} {:?}", Role::Owner, Role::Quoted), "Owner Quoted");
    assert_eq!(format!("{:?}", Role::from("X")), r#"Unknown("X")"#);
    assert_eq!(Role::Unknown("OWNER".to_owned()), Role::Owner);
    assert_ne!(Role::Reader, Role::Owner);
    let roles = HashSet::from([Role::Owner, Role::Unknown("OWNER".to_owned()), Role::Reader]);
    assert_eq!(roles.len(), 2);
}

#[test]
fn another_json_type_is_an_error_with_its_path() {
    let (path, message) = fault::<Vec<Role>>(r#"["X",5]"#);
    assert_eq!(path, "[1]");
    assert!(message.contains("a string") && message.contains('5'), "{message}");
    assert_eq!(path_of_fault::<Vec<Level>>(r#"[1,"1"]"#), "[1]");
}

#[test]
fn display_keeps_to_the_width_asked_for() {
    assert_eq!(format!("{:>7}|{:<3}|", Role::Owner, Level::Low), "  OWNER|1  |");
}

#[test]
fn integers_outside_their_range_are_errors() {
    assert_eq!(read::<i64>("-9223372036854775808"), i64::MIN);
    assert_eq!(read::<u64>("18446744073709551615"), u64::MAX);
    for json in ["2147483648", "-2147483649", "1e10", "5.5"] {
        let (path, message) = fault::<Vec<i32>>(&format!("[{json}]"));
        assert_eq!(path, "[0]");
        assert!(message.contains("an integer from -2147483648 to 2147483647"), "{message}");
    }
    fault::<u64>("-1");
    fault::<u8>("256");
    fault::<i64>("9223372036854775808");
    fault::<i64>("1e19");
    fault::<u64>("1e20");
}

#[test]
fn whole_numbers_written_as_decimals_are_integers() {
    assert_eq!(read::<Vec<i64>>("[5.0, 2e3, -0.0]"), [5, 2000, 0]);
    assert_eq!(read::<u8>("255.0"), 255);
    assert_eq!(read::<Level>("1.0"), Level::Low);
    assert_eq!(read::<Vec<f64>>("[5, -5, 0.5]"), [5.0, -5.0, 0.5]);
}
