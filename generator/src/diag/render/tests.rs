use std::collections::BTreeMap;

use super::{Excerpt, Locate, Located, messages, text};
use crate::diag::{Code, Diagnostics, SpecPath};

struct Here;

impl Locate for Here {
    fn locate(&self, paths: &[&SpecPath]) -> BTreeMap<SpecPath, Located> {
        let located = Located {
            file: "spec/a.yaml".to_owned(),
            position: Some((12, 5)),
            source: Some(Excerpt::of("    get: x", 5)),
        };
        paths
            .iter()
            .map(|path| ((*path).clone(), located.clone()))
            .collect()
    }

    fn line(&self, _: &str, _: usize) -> Option<String> {
        None
    }
}

fn fault() -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let path = SpecPath::root().join("paths").join("/x").join("get");
    diagnostics.report(
        Code::Invalid,
        &path,
        "the operation is a string",
        "write a mapping",
    );
    diagnostics
}

#[test]
fn a_message_shows_its_line_with_a_caret_under_the_column() {
    let shown = text(&messages(&fault(), false, &Here));
    let expected = "\
warning[invalid]: the operation is a string
  --> spec/a.yaml:12:5 (#/paths/~1x/get)
   |
12 |     get: x
   |     ^
   = help: write a mapping

";
    assert_eq!(shown, expected);
}

#[test]
fn warnings_are_errors_when_strict() {
    assert!(text(&messages(&fault(), true, &Here)).starts_with("error[invalid]"));
}

#[test]
fn a_long_line_is_cut_around_the_column() {
    let line = format!("{}X{}", "a".repeat(300), "b".repeat(300));
    let Excerpt { text: shown, caret } = Excerpt::of(&line, 301);
    assert_eq!(shown.chars().nth(caret), Some('X'));
    assert!(shown.starts_with('…') && shown.ends_with('…'));
    assert_eq!(shown.chars().count(), 102);
}

#[test]
fn text_of_a_document_does_not_reach_the_terminal_as_it_is() {
    let mut diagnostics = Diagnostics::new();
    let path = SpecPath::root().join("a\u{7}");
    let message = "`\u{1b}[2J\u{202e}\nerror` is odd";
    diagnostics.report(Code::Invalid, &path, message, "see \u{9b}1m");
    let shown = text(&messages(&diagnostics, false, &Here));
    assert!(
        shown.contains("`\\u{1b}[2J\\u{202e}\\nerror` is odd\n"),
        "{shown}"
    );
    let is_plain = |c: char| c == '\n' || !c.is_control() && c != '\u{202e}';
    assert!(shown.chars().all(is_plain), "{shown:?}");
}

#[test]
fn what_nobody_sees_is_shown_as_an_escape() {
    let mut diagnostics = Diagnostics::new();
    for hidden in [
        '\u{61c}', '\u{200b}', '\u{200d}', '\u{2028}', '\u{2060}', '\u{feff}',
    ] {
        let message = format!("`a{hidden}b` is odd");
        diagnostics.report(Code::Invalid, &SpecPath::root(), message, "see");
        let shown = text(&messages(&diagnostics, false, &Here));
        let escaped = format!("`a{}b` is odd", hidden.escape_unicode());
        assert!(shown.contains(&escaped), "{shown:?}");
        assert!(!shown.contains(hidden), "{shown:?}");
    }
}
