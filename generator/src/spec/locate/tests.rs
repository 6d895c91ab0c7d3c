use super::Locator;
use crate::config::parse_pointer;
use crate::diag::Locate;

/// The line and column of a place.
fn find(name: &str, text: &str, pointer: &str) -> Option<(usize, usize)> {
    let path = parse_pointer(pointer).unwrap();
    Locator::text(name, text)
        .locate(&[&path])
        .remove(&path)
        .unwrap()
        .position
}

const YAML: &str = "openapi: 3.0.3
paths:
  /a/{b}:
    get: {tags: [x, y]}
  /c:
    - k: v
      200: w
";

#[test]
fn yaml_keys_and_list_elements_are_found() {
    let find = |pointer| find("a.yaml", YAML, pointer);
    assert_eq!(find("#/paths/~1a~1{b}/get"), Some((4, 5)));
    assert_eq!(find("#/paths/~1a~1{b}/get/tags/1"), Some((4, 21)));
    assert_eq!(find("#/paths/~1c/0/200"), Some((7, 7)));
    assert_eq!(find("#"), Some((1, 1)));
}

#[test]
fn a_place_that_is_not_there_is_shown_at_its_nearest_ancestor() {
    assert_eq!(find("a.yaml", YAML, "#/paths/~1c/7/x"), Some((5, 3)));
    assert_eq!(find("a.json", r#"{"a": {"b": 1}}"#, "#/a/c"), Some((1, 2)));
}

#[test]
fn json_keys_and_list_elements_are_found_behind_tabs_and_escapes() {
    let text = "{\n\t\"ü\\u0041\": [1,\n\t\t{\"b\\\"c\": null}]}";
    assert_eq!(find("a.json", text, "#/üA"), Some((2, 2)));
    assert_eq!(find("a.json", text, "#/üA/1"), Some((3, 3)));
    assert_eq!(find("a.json", text, "#/üA/1/b\"c"), Some((3, 4)));
}

#[test]
fn of_a_key_that_is_there_twice_the_second_is_shown() {
    assert_eq!(find("a.yaml", "a: 1\nb: 2\na: 3\n", "#/a"), Some((3, 1)));
    assert_eq!(
        find("a.json", "{\"a\": 1,\n \"a\": 2}", "#/a"),
        Some((2, 2))
    );
}

#[test]
fn yaml_that_breaks_off_still_shows_what_came_before() {
    assert_eq!(find("a.yaml", "a:\n  b: 1\nc: [", "#/a/b"), Some((2, 3)));
}
