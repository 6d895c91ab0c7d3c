use super::diagnose;
use crate::config::Config;

#[test]
fn a_faulty_document_is_shown_with_lines_and_advice() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get: 1\n";
    let shown = diagnose(text, "spec/a.yaml", &Config::default(), false);
    let expected = "\
warning[invalid]: the operation is a number, not a mapping
 --> spec/a.yaml:5:5 (#/paths/~1a/get)
  |
5 |     get: 1
  |     ^
  = help: write the operation as a mapping; it is left out now

";
    assert_eq!(shown, expected);
    assert!(diagnose(text, "a.yaml", &Config::default(), true).starts_with("error[invalid]"));
}

#[test]
fn a_sound_document_says_nothing() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n";
    assert_eq!(diagnose(text, "a.yaml", &Config::default(), true), "");
}
