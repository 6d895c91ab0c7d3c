//! Lists of a fixed length.

use serde_json::Value;

use super::{fault, path_of_fault, read, write};

#[test]
fn a_tuple_is_a_list_with_a_type_for_each_place() {
    let json = r#"["a",null,[1.5,-2.0]]"#;
    let tuple: (String, Option<i64>, (f64, f64)) = read(json);
    assert_eq!(tuple, ("a".to_owned(), None, (1.5, -2.0)));
    assert_eq!(write(&tuple), json);
    let six: (bool, i32, u64, f64, String, Value) = read(r#"[true,1,2,3,"4",{"a":5}]"#);
    assert_eq!(write(&six), r#"[true,1,2,3.0,"4",{"a":5}]"#);
}

#[test]
fn a_tuple_of_another_length_is_refused() {
    let (_, message) = fault::<(String, i64)>(r#"["a"]"#);
    assert_eq!(message, "invalid length 1, expected a list of 2 values");
    let (_, message) = fault::<(String, i64)>(r#"["a",1,2]"#);
    assert_eq!(message, "invalid length 3, expected a list of 2 values");
    let (_, message) = fault::<(String, i64)>(r#"{"a":1}"#);
    assert_eq!(message, "invalid type: map, expected a list of 2 values");
}

#[test]
fn a_fault_in_a_tuple_names_the_place() {
    assert_eq!(path_of_fault::<Vec<(String, i64)>>(r#"[["a",1],["b","c"]]"#), "[1][1]");
}
