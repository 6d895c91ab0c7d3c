use super::{Docs, WIDTH, block, check, code, escaped, markdown_text, one_line, text};
use crate::diag::is_hidden;

fn markdown_lines(markdown: &str) -> Vec<String> {
    markdown_text(markdown, WIDTH).lines
}

fn lines(markdown: &str) -> String {
    markdown_lines(markdown).join("\n")
}

#[test]
fn plain_text_stays_as_it_is() {
    let text = "The user's id, in snake_case; 24 hexadecimal digits (a-f).\n\nA second paragraph.";
    assert_eq!(lines(text), text);
}

#[test]
fn paragraphs_are_wrapped_and_line_starts_stay_text() {
    let text =
        "word ".repeat(17) + "and a line that would begin with - a dash or # a hash or 1. a number";
    let lines = markdown_lines(&text);
    assert!(
        lines.iter().all(|line| line.chars().count() <= 93),
        "{lines:#?}"
    );
    for mark in ["-", "+", ">", "#", "1.", "2)", "---", "==="] {
        let line = format!("{} {mark} x", "w".repeat(92));
        let lines = markdown_lines(&line);
        let second = lines.get(1).unwrap();
        assert!(second.contains('\\'), "{second}");
        assert!(check::is_silent(&lines));
    }
}

#[test]
fn urls_become_links() {
    assert_eq!(
        lines("See https://example.com/a_b(c), or http://x.org."),
        "See <https://example.com/a_b(c)>, or <http://x.org>."
    );
    assert_eq!(
        lines("[docs](https://example.com/x y)"),
        "\\[docs\\](<https://example.com/x> y)"
    );
    assert_eq!(
        lines("[docs](https://example.com/x)"),
        "[docs](https://example.com/x)"
    );
    assert_eq!(
        lines("<https://example.com> <me@example.com>"),
        "<https://example.com> <mailto:me@example.com>"
    );
}

#[test]
fn links_that_lead_nowhere_become_text() {
    assert_eq!(
        lines("[here](#tag/Users), [there](/docs/x), [`Type`](Type)"),
        "here, there, `Type`"
    );
    assert_eq!(
        lines("[optional] and `x[0]` and [a][b]"),
        "\\[optional\\] and `x[0]` and \\[a\\]\\[b\\]"
    );
    assert_eq!(
        lines("![logo](https://e.com/l.png)!"),
        "[logo](https://e.com/l.png)!"
    );
    assert_eq!(
        lines("[![logo](https://e.com/l.png)](https://e.com)"),
        "[logo](https://e.com)"
    );
}

#[test]
fn html_becomes_text_or_goes() {
    assert_eq!(lines("one<br/>two"), "one\\\ntwo");
    assert_eq!(
        lines("a <b>bold</b> <name> and Vec<String>"),
        "a bold \\<name> and Vec\\<String>"
    );
    assert_eq!(
        lines("<p>One &amp; two.</p><ul><li>three</li></ul>"),
        "One & two.\n\nthree"
    );
    assert_eq!(lines("a<!-- hidden -->b"), "ab");
    assert_eq!(lines("<div"), "\\<div");
}

#[test]
fn code_is_marked_as_text() {
    assert_eq!(lines("```\nlet x = 1;\n```"), "```text\nlet x = 1;\n```");
    assert_eq!(lines("```json\n{}\n```"), "```text\n{}\n```");
    assert_eq!(
        lines("    indented\n\tcode"),
        "```text\nindented\ncode\n```"
    );
    assert_eq!(lines("````\n```\n````"), "````text\n```\n````");
}

#[test]
fn lists_keep_their_shape() {
    assert_eq!(
        lines("* one\n* two\n    * inner\n* three"),
        "- one\n- two\n  - inner\n- three"
    );
    assert_eq!(lines("3. three\n4. four"), "3. three\n4. four");
    assert_eq!(lines("- one\n\n- two"), "- one\n\n- two");
    let long = lines(&format!("- {}", "word ".repeat(40)));
    assert!(
        long.lines().skip(1).all(|line| line.starts_with("  word")),
        "{long}"
    );
}

#[test]
fn headings_are_demoted_and_tables_kept() {
    assert_eq!(lines("# Title\ntext"), "## Title\n\ntext");
    assert_eq!(
        lines("|a|b|\n|-|-|\n|`x|y`|2|"),
        "| a | b |\n| --- | --- |\n| \\`x | y\\` |"
    );
    assert_eq!(
        lines("| a |\n|---|\n| x\\|y |"),
        "| a |\n| --- |\n| x\\|y |"
    );
}

#[test]
fn what_turns_or_hides_text_is_taken_out() {
    assert_eq!(text::clean("a\u{202e}b\r\nc\rd\u{0}\u{feff}"), "ab\nc\nd");
    assert_eq!(one_line(" a\n b\t c "), "a b c");
    // Some scripts are not written without joiners.
    let parts = ['\n', '\t', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
    for letter in ('\0'..='\u{ffff}').filter(|letter| is_hidden(*letter) && !parts.contains(letter))
    {
        let is_joiner = matches!(letter, '\u{200c}' | '\u{200d}');
        let clean = if is_joiner {
            format!("a{letter}b")
        } else {
            "ab".to_owned()
        };
        assert_eq!(text::clean(&format!("a{letter}b")), clean, "{letter:?}");
    }
}

#[test]
fn what_is_too_deep_is_written_as_text() {
    let deep = ">".repeat(200) + " x";
    assert!(block::text(&deep, 92).is_none());
    let lines = markdown_lines(&deep);
    assert!(check::is_silent(&lines));
    assert!(lines.join("").ends_with('x'));
}

#[test]
fn sentences_break_outside_of_code() {
    let docs = Docs::default()
        .sentence(&format!("{} `a b c` end.", "word ".repeat(17)))
        .finish();
    assert!(docs.0.iter().any(|line| line.contains("`a b c`")));
    assert_eq!(code("a`b"), "`` a`b ``");
    // What stands in code would begin a block of code, or a list.
    for name in ["a ``` fn b() c", "a ` - b"] {
        let docs = Docs::default();
        let docs = docs.sentence(&format!("{} \\` {} end.", "word ".repeat(16), code(name)));
        let lines = docs.finish().0;
        assert!(lines.join(" ").contains(&code(name)), "{lines:?}");
        assert!(
            lines.iter().any(|line| line.contains(&code(name))),
            "{lines:?}"
        );
    }
    assert_eq!(escaped("[x] *y*"), "\\[x\\] \\*y\\*");
}

/// The lines of a description with facts behind it.
fn with_facts(description: &str) -> Vec<String> {
    let docs = Docs::default().markdown(description);
    docs.fact("Default: `x`.")
        .fact("")
        .fact("Deprecated.")
        .finish()
        .0
}

#[test]
fn facts_go_on_with_the_last_paragraph() {
    for (text, expected) in [
        ("The name.", "The name. Default: `x`. Deprecated."),
        ("The name", "The name. Default: `x`. Deprecated."),
        ("Is it *so?*", "Is it *so?* Default: `x`. Deprecated."),
        ("The `name`", "The `name`. Default: `x`. Deprecated."),
        ("(As said.)", "(As said.) Default: `x`. Deprecated."),
        ("", "Default: `x`. Deprecated."),
    ] {
        assert_eq!(with_facts(text), [expected]);
    }
    let long = with_facts(&format!("- a\n- b\n\n{}end", "word ".repeat(17)));
    assert_eq!(long.len(), 5);
    assert!(long[3].ends_with("end.") && long[4] == "Default: `x`. Deprecated.");
}

#[test]
fn facts_behind_what_is_no_prose_have_a_paragraph() {
    for text in [
        "- one\n- two",
        "| a |\n|---|\n| b |",
        "```\na\n```",
        "# Title",
        "> quoted",
        "One of these:",
        "one,",
    ] {
        let lines = with_facts(text);
        let (last, rest) = lines.split_last().unwrap();
        assert_eq!(last, "Default: `x`. Deprecated.", "{text}");
        assert_eq!(rest.last().map(String::as_str), Some(""), "{text}");
    }
}

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[test]
fn no_markdown_makes_rustdoc_warn() {
    const PIECES: &[&str] = &[
        "word",
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "\n    ",
        "\t",
        "# ",
        "## ",
        "- ",
        "* ",
        "1. ",
        "> ",
        "`",
        "``",
        "```\n",
        "```rust\n",
        "~~~\n",
        "*",
        "**",
        "_",
        "__",
        "~~",
        "[",
        "]",
        "(",
        ")",
        "[x]",
        "[x]: /y\n",
        "[a](b)",
        "[a](https://e.com)",
        "![",
        "![a](b)",
        "<",
        ">",
        "<b>",
        "</b>",
        "<div>\n",
        "</div>",
        "<br>",
        "<!--",
        "-->",
        "<name>",
        "<?x",
        "<a href=\"",
        "https://e.com/x",
        "http://",
        "http://a.b",
        "www.e.com",
        "me@e.com",
        "<https://e.com>",
        "&amp;",
        "&lt;b&gt;",
        "&",
        "\\",
        "|",
        "\n|-|-|\n",
        "| a | b |\n",
        "---\n",
        "===\n",
        "***\n",
        "[^1]",
        "[^1]: note\n",
        "- [ ] ",
        "$x$",
        "!",
        "#",
        "é",
        "名",
        "\u{202e}",
        "\r",
        "\r\n",
        "+",
        "=",
        "-",
        "<script>",
        "</script>",
        "<![CDATA[",
        "\u{a0}",
        "::",
        "{",
        "}",
        "'",
        "\"",
        "^",
        "<pre>",
        "<details>\n",
        "\n\n\n",
    ];
    let mut numbers = Numbers(7);
    let mut plain = 0;
    let rounds = 20_000;
    for _ in 0..rounds {
        let length = 1 + numbers.below(14);
        let markdown: String = (0..length)
            .map(|_| PIECES[numbers.below(PIECES.len())])
            .collect();
        let lines = markdown_lines(&markdown);
        assert!(check::is_silent(&lines), "{markdown:?} gives {lines:#?}");
        assert!(
            lines
                .iter()
                .all(|line| !line.contains(['\n', '\r', '\t']) && line.trim_end() == line),
            "{lines:?}"
        );
        let facts = Docs::default()
            .markdown(&markdown)
            .fact("See <https://e.com>.");
        let lines = facts.finish().0;
        assert!(check::is_silent(&lines), "{markdown:?} gives {lines:#?}");
        assert!(
            lines.join(" ").ends_with("See <https://e.com>."),
            "{lines:?}"
        );
        let clean = text::clean(&markdown);
        plain +=
            usize::from(!block::text(&clean, 92).is_some_and(|text| check::is_silent(&text.lines)));
    }
    // The escaped text is for what slips through, not for what people write.
    assert!(plain * 1000 < rounds, "{plain} of {rounds} were escaped");
}

#[test]
fn the_first_sentence_ends_at_a_full_stop_that_is_one() {
    for (text, first) in [
        ("One. Two.", "One."),
        ("One\nand a half.\nTwo.", "One\nand a half."),
        ("Only one", "Only one"),
        (
            "Version 1.5 of it, e.g. Atlas, i.e. that. Two.",
            "Version 1.5 of it, e.g. Atlas, i.e. that.",
        ),
        (
            "See `a. B` (or. C) and [d. E](f). Two.",
            "See `a. B` (or. C) and [d. E](f).",
        ),
        ("One of:\n\n- a. B\n- c", "One of:\n\n- a. B\n- c"),
        ("- a. B\n- c", "- a. B\n- c"),
        ("1. A. B\n2. C", "1. A. B\n2. C"),
        ("", ""),
    ] {
        assert_eq!(text::first_sentence(text), first);
    }
}
