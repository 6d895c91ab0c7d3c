use std::fmt::Write;

use super::{What, events};

/// The steps in short: `{`, `[` and `-` for beginnings and ends, text for scalars, with quotes where it is not plain.
fn steps(text: &str) -> Option<String> {
    let mut shown = String::new();
    for event in events(text, 100)? {
        match event.what {
            What::Map => shown.push_str("{ "),
            What::List => shown.push_str("[ "),
            What::End => shown.push_str("- "),
            What::Scalar(text, true) => write!(shown, "{text} ").unwrap(),
            What::Scalar(text, false) => write!(shown, "{text:?} ").unwrap(),
        }
    }
    Some(shown.trim_end().to_owned())
}

#[test]
fn mappings_and_lists_nest_by_indentation() {
    for (text, expected) in [
        ("a: 1\nb:\n  c: 2\nd: 3\n", "{ a 1 b { c 2 - d 3 -"),
        ("a:\n- 1\n- 2\nb: 3", "{ a [ 1 2 - b 3 -"),
        (
            "a:\n  - b: 1\n    c: 2\n  - d: 3\n",
            "{ a [ { b 1 c 2 - { d 3 - - -",
        ),
        ("- - 1\n  - 2\n-\n  - 3\n", "[ [ 1 2 - [ 3 - -"),
        ("- a:\n  - 1\n- b\n", "[ { a [ 1 - - b -"),
        ("a:\nb:\n-\n- x\n", "{ a  b [  x - -"),
        ("a: []\nb: {} # none\n", "{ a [ - b { - -"),
        ("---\n# one\na: 1 # two\n\n  # three\nb: 2\n", "{ a 1 b 2 -"),
        (
            "? a\n: b\n? 'c'\n:   d: 1\n    e: 2\nf: 3\n",
            "{ a b c { d 1 e 2 - f 3 -",
        ),
        (
            "a:\n  ? b\n    c\n  :\n  - d\n  ? e\n  : - f\n",
            "{ a { b c [ d - e [ f - - -",
        ),
        (
            "\"a b\" : 1\n'c: d': 2\n/e/{f}:g: 3\n",
            "{ a b 1 c: d 2 /e/{f}:g 3 -",
        ),
    ] {
        assert_eq!(steps(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn scalars_end_where_the_standard_says() {
    for (text, expected) in [
        ("a: x  y #z\nb: x#y:z\n", "{ a x  y b x#y:z -"),
        ("a: x\n  y\n\n\n   z  \nb: 1\n", "{ a x y\n\nz b 1 -"),
        ("a:\n  x\n  - y\n", "{ a x - y -"),
        (
            "a: 'it''s'\nb: \"\\u00e9\\n\\\"\"\n",
            "{ a \"it's\" b \"é\\n\\\"\" -",
        ),
        ("a: 'x  \n\n   y'\n", "{ a \"x\\ny\" -"),
        ("a: \"x\n  y\" # z\n", "{ a \"x y\" -"),
        (
            "a: |\n  x\n   y\n\n  z\n\n\nb: 1\n",
            "{ a \"x\\n y\\n\\nz\\n\" b 1 -",
        ),
        ("a: |-\n  x\n\nb: |+\n  y\n\n", "{ a \"x\" b \"y\\n\\n\" -"),
        (
            "a: >\n  x\n  y\n\n  z\n   w\n  v\n",
            "{ a \"x y\\nz\\n w\\nv\\n\" -",
        ),
        ("a: |2-\n   x\n  y\n", "{ a \" x\\ny\" -"),
        ("- |\n x\n- >-\n  y", "[ \"x\\n\" \"y\" -"),
        ("a: |\n\n\n  x\n", "{ a \"\\n\\nx\\n\" -"),
        ("a: |\nb: >+\n\n\n", "{ a \"\" b \"\\n\\n\" -"),
    ] {
        assert_eq!(steps(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_not_certain_is_left_to_a_whole_parser() {
    for text in [
        "",
        "a",
        "a: [1]\n",
        "a: {b: 1}\n",
        "a: &x 1\n",
        "a: *x\n",
        "a: !!str 1\n",
        "? a\nb: 1\n",
        "? - a\n: 1\n",
        "? a: b\n: 1\n",
        "? <<\n: 1\n",
        "? &x a\n: 1\n",
        "<<: 1\n",
        "a: 1\n---\nb: 2\n",
        "a: 1\n...\n",
        "%YAML 1.2\n---\na: 1\n",
        "a:\t1\n",
        "\ta: 1\n",
        "a: 1\r\nb: 2\r\n",
        "a: 1\n  b: 2\n",
        "a: b: c\n",
        "a: - b\n",
        "a:\n  b: 1\n c: 2\n",
        "- a\nb: 1\n",
        "a: 'x' y\n",
        "a: 'x\n",
        "a: \"\\q\"\n",
        "a: |x\n  y\n",
        "a: |\n    \n  x\n",
        "a: @x\n",
        "a: x\u{2028}y\n",
        "\u{feff}a: 1\n",
    ] {
        assert_eq!(steps(text), None, "{text:?}");
    }
    let deep = format!("{}x", "- ".repeat(101));
    assert_eq!(steps(&deep), None);
}

#[test]
fn events_say_where_they_begin() {
    let places = |text| -> Vec<usize> {
        let events = events(text, 9).unwrap();
        let begins = events.into_iter().filter(|event| event.what != What::End);
        begins.map(|event| event.at).collect()
    };
    assert_eq!(
        places("a: 'b'\nc:\n  - d: |\n      e\n"),
        [0, 0, 3, 7, 12, 14, 14, 17]
    );
}

#[test]
fn unusual_characters_are_found_wherever_they_stand() {
    use super::cursor::is_usual;
    for unusual in [
        "\0", "\r", "\u{1f}", "\u{7f}", "\u{80}", "\u{9f}", "\u{2028}", "\u{2029}", "\u{feff}",
        "\u{fffe}", "\u{ffff}",
    ] {
        for before in [0, 1, 254, 255, 256, 511] {
            let text = format!("{}{unusual}after", "a".repeat(before));
            assert!(!is_usual(&text), "{unusual:?} behind {before}");
        }
    }
    for usual in [
        "",
        "a\n\tb ~",
        "\u{a0}é…\u{2027}\u{202a}\u{fefe}\u{ff00}\u{fffd}😀",
    ] {
        assert!(is_usual(&usual.repeat(100)), "{usual:?}");
    }
}
