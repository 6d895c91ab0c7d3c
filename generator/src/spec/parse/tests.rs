use super::super::tree::Tree;
use super::parse;
use crate::config::Limits;
use crate::diag::{Code, Diagnostics, Place, SpecPath};
use crate::tests::is_soon;

fn read(name: &str, text: &str) -> Result<Tree, Diagnostics> {
    read_within(name, text, &Limits::default())
}

fn read_within(name: &str, text: &str, limits: &Limits) -> Result<Tree, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    parse(text, name, &SpecPath::root(), limits, &mut diagnostics).map_err(|_| diagnostics)
}

fn json(name: &str, text: &str) -> serde_json::Value {
    read(name, text).unwrap().to_json()
}

/// The only code of a text that is refused.
fn code(name: &str, text: &str) -> Code {
    let diagnostics = read(name, text).unwrap_err();
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    diagnostics.iter().next().unwrap().code
}

#[test]
fn keys_are_text_as_it_stands_in_the_file() {
    let value = json(
        "a.yaml",
        "{200: a, 0x10: b, null: c, true: d, 1.0: e, '': f}",
    );
    assert_eq!(
        value,
        serde_json::json!({"200": "a", "0x10": "b", "null": "c", "true": "d", "1.0": "e", "": "f"})
    );
}

#[test]
fn yaml_is_read_by_version_1_2() {
    let value = json(
        "a.yaml",
        "[on, yes, no, ~, 2020-01-01, 0o17, 017, 1_000, .5, 12:30:45]",
    );
    assert_eq!(
        value,
        serde_json::json!([
            "on",
            "yes",
            "no",
            null,
            "2020-01-01",
            15,
            "017",
            "1_000",
            0.5,
            "12:30:45"
        ])
    );
}

#[test]
fn large_numbers_keep_their_value() {
    let value = json(
        "a.yaml",
        "[9223372036854775807, 18446744073709551615, -9223372036854775808, 1e400]",
    );
    assert_eq!(value[0], serde_json::json!(i64::MAX));
    assert_eq!(value[1], serde_json::json!(u64::MAX));
    assert_eq!(value[2], serde_json::json!(i64::MIN));
    assert_eq!(value[3], serde_json::json!("1e400"));
}

#[test]
fn tags_do_not_change_a_value() {
    let value = json("a.yaml", "{a: !foo {b: !bar c}, d: !!str 1, e: !x [1]}");
    assert_eq!(
        value,
        serde_json::json!({"a": {"b": "c"}, "d": "1", "e": [1]})
    );
}

#[test]
fn merge_keys_lend_what_a_mapping_lacks() {
    let text =
        "base: &b {x: 1, y: 2}\nother: &o {y: 3, z: 4}\na: {<<: *b, x: 0}\nc: {<<: [*b, *o]}\n";
    let value = json("a.yaml", text);
    assert_eq!(value["a"], serde_json::json!({"x": 0, "y": 2}));
    assert_eq!(value["c"], serde_json::json!({"x": 1, "y": 2, "z": 4}));
}

#[test]
fn every_duplicate_key_is_reported_at_its_place() {
    for (name, text) in [
        ("a.yaml", "a: {b: 1, b: 2}\nc: 1\nc: 2\n"),
        ("a.json", r#"{"a": {"b": 1, "b": 2}, "c": 1, "c": 2}"#),
    ] {
        let diagnostics = read(name, text).unwrap_err();
        let places: Vec<String> = diagnostics
            .iter()
            .map(|fault| format!("{} {}", fault.code.as_str(), fault.path().unwrap()))
            .collect();
        assert_eq!(
            places,
            ["duplicate-key #/a/b", "duplicate-key #/c"],
            "{name}"
        );
    }
}

#[test]
fn a_syntax_fault_has_a_line_and_a_column() {
    for (name, text) in [("a.yaml", "a: 1\nb: [\n"), ("a.json", "{\n\"a\": 1 \"b\"}")] {
        let diagnostics = read(name, text).unwrap_err();
        let fault = diagnostics.iter().next().unwrap();
        assert_eq!(fault.code, Code::Syntax);
        assert!(
            matches!(fault.place, Place::File { line: 2 | 3, .. }),
            "{name}: {:?}",
            fault.place
        );
        assert!(!fault.message.contains(" line "), "{}", fault.message);
    }
}

#[test]
fn json_with_a_comma_too_many_is_read_and_with_one_too_few_is_not() {
    assert_eq!(code("a.json", "{\"a\": 1 \"b\"}"), Code::Syntax);
    assert_eq!(
        json("a.json", "{\"a\": [1, 2,],}"),
        serde_json::json!({"a": [1, 2]})
    );
}

#[test]
fn several_documents_in_one_file_are_refused() {
    assert_eq!(code("a.yaml", "a: 1\n---\nb: 2\n"), Code::Structure);
}

#[test]
fn a_mapping_as_a_key_is_refused() {
    assert_eq!(code("a.yaml", "? {a: 1}\n: 2\n"), Code::Syntax);
}

#[test]
fn a_hundred_thousand_brackets_are_refused_at_once() {
    let many = 100_000;
    let open = "[".repeat(many);
    let close = "]".repeat(many);
    for (name, text) in [
        ("a.yaml", format!("a: {open}{close}")),
        ("a.json", format!("{{\"a\": {open}{close}}}")),
        (
            "a.yaml",
            format!("{}x{}", "{a: ".repeat(many), "}".repeat(many)),
        ),
        ("a.yaml", format!("{}{close}", "[a, ".repeat(many))),
        ("a.yaml", format!("{}x", "- ".repeat(many))),
        ("a.yaml", format!("{}x", "? ".repeat(1_000))),
    ] {
        let refuse = || assert!(read(name, &text).unwrap_err().has_errors());
        assert!(is_soon(refuse), "{} took too long", text.get(..8).unwrap());
    }
}

#[test]
fn brackets_in_text_are_not_counted_as_depth() {
    let many = "[{".repeat(500);
    for text in [
        format!("a: \"{many}\"\n"),
        format!("a: 'it''s {many}'\n"),
        format!("a: \"x\n  {many}\"\nb: 1\n"),
        format!("a: plain {many}\n"),
        format!("a: 1 # {many}\n"),
        format!("- b: |\n    {many}\n  c: >-\n    {many}\n\n    {many}\n"),
        format!("- |\n  {many}\n- &x !!str |+\n  {many}\n"),
    ] {
        assert!(read("a.yaml", &text).is_ok(), "{}", text.get(..12).unwrap());
    }
}

#[test]
fn depth_up_to_the_limit_is_read() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    for name in ["a.yaml", "a.json"] {
        assert!(read(name, &nested(Limits::MAX_DEPTH)).is_ok(), "{name}");
        assert_eq!(
            code(name, &nested(Limits::MAX_DEPTH + 1)),
            Code::Limit,
            "{name}"
        );
    }
}

#[test]
fn aliases_that_expand_without_end_are_refused_at_once() {
    let mut text = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for pair in ["ab", "bc", "cd", "de", "ef", "fg", "gh", "hi", "ij"] {
        let (from, to) = pair.split_at(1);
        text.push_str(&format!(
            "{to}: &{to} [{}]\n",
            [format!("*{from}").as_str(); 9].join(", ")
        ));
    }
    assert_eq!(code("a.yaml", &text), Code::Limit);
    assert_eq!(code("a.yaml", "a: &a [*a]\n"), Code::Limit);
}

#[test]
fn aliases_of_ordinary_size_are_expanded() {
    let value = json("a.yaml", "a: &a {x: [1]}\nb: *a\n");
    assert_eq!(value["b"], value["a"]);
}

#[test]
fn more_values_than_allowed_are_refused() {
    let limits = Limits {
        nodes: 3,
        ..Limits::default()
    };
    assert!(read_within("a.json", "[1, 2]", &limits).is_ok());
    let diagnostics = read_within("a.json", "[1, 2, 3]", &limits).unwrap_err();
    let fault = diagnostics.iter().next().unwrap();
    assert_eq!(
        (fault.code, fault.path().unwrap().pointer()),
        (Code::Limit, "/2")
    );
}

/// Every text that the fast reader takes must be to it what it is to `yaml_serde`.
#[test]
fn both_readers_of_yaml_bring_one_tree() {
    let pieces = [
        "a: 1\n",
        "b:\n",
        "  c: x y\n",
        "    z\n",
        "- 1\n",
        "- - k: v\n",
        "  - 'q'\n",
        "d: |\n",
        "e: >-\n",
        "   w\n",
        "\n",
        "  \n",
        "# n\n",
        "  # m\n",
        "f: \"g\n",
        "  h\"\n",
        "  i: null\n",
        "j: 0x1F\n",
        "k: 2024-08-05\n",
        "l: -1.5e3\n",
        "m: ~\n",
        "n: .inf\n",
        "o: 007\n",
        "p: --1\n",
        "q: 'it''s' # r\n",
        "  s: true\n",
        "t: +12\n",
        "u: 1e-5\n",
        "v: -\n",
        "? y\n",
        ": z: 1\n",
        ":\n",
        "  w: ---\n",
        "x: []\n",
    ];
    let (mut state, mut taken) = (1_u64, 0);
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..6 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        let limits = Limits::default();
        let Some(fast) = super::block::events(&text, limits.depth)
            .and_then(|events| super::build::tree(events, &limits))
        else {
            continue;
        };
        taken += 1;
        let slow = super::whole_yaml(&text, "a.yaml", &SpecPath::root(), &limits);
        assert_eq!(Ok(fast), slow, "{text}");
    }
    assert!(taken > 1_000, "{taken}");
}
