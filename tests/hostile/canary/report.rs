//! Reports on documents full of such texts: they stand there as text.

use std::collections::BTreeSet;
use std::fs;

use atlas_codegen::config::Config;
use atlas_codegen::diff::report::{self, Report};
use atlas_codegen::diff::{self, Comparison, Consumer, Finding, Spot};
use atlas_codegen::pipeline::{self, Side};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use super::everything_planted;
use super::plant::{CODE, WORD, document};
use super::sarif;

/// The reports from one document to the other: names, comparison and places hold planted texts.
fn with_report<R>(old: &Value, new: &Value, see: impl FnOnce(&Report<'_>) -> R) -> R {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let config = |name: &str, document: &Value| {
        let file = folder.path().join(name);
        fs::write(&file, document.to_string()).expect("the document is written");
        Config::for_spec(&file)
    };
    let (old, new) = (config("old.json", old), config("new.json", new));
    let surface = |config: &Config| pipeline::outline(config).expect("the document is read").0;
    let (before, after) = (surface(&old), surface(&new));
    let comparison: Comparison = diff::compare(&before, &after);
    assert!(
        comparison.changes.len() > 50,
        "{:?}",
        comparison.changes.len()
    );
    let pointers: Vec<&str> = comparison
        .changes
        .iter()
        .map(|change| change.new_at.as_str())
        .collect();
    let mut new_places = Side::Document(Box::new(new)).locate(&pointers);
    for place in new_places.values_mut() {
        place.file = format!("{WORD}\"><script>/{WORD}:javascript");
    }
    see(&Report {
        names: (format!("<b>`{WORD}`</b>\n"), format!("\"{WORD}' onload=")),
        versions: report::versions(&before, &comparison),
        consumer: Some(Consumer {
            name: format!("<b>{WORD}"),
            // The same twice: one place in a log.
            findings: vec![
                finding(vec![0, 1]),
                finding(vec![0, 1]),
                finding(Vec::new()),
            ],
            notes: vec![format!("<i>{WORD}</i> @{WORD}")],
        }),
        causes: vec![format!("<i>{WORD}</i> @{WORD} {WORD}/a#1")],
        sunsets: report::sunsets(&after, 90, |_| Some(1)),
        comparison,
        new_places,
        ..Report::default()
    })
}

fn finding(changes: Vec<usize>) -> Finding {
    let text = format!("<b>{WORD}</b> @{WORD} \u{202e} ![a](b) [c](d)\n::error::{CODE}");
    Finding {
        is_error: true,
        spot: Some(Spot {
            file: "src/<b>.rs".to_owned(),
            line: 1,
            column: 2,
        }),
        code: "E0609".to_owned(),
        message: text.clone(),
        rendered: text,
        changes,
        is_certain: false,
    }
}

/// Both ways: texts that come, and texts that go.
fn every_report(check: impl Fn(&Report<'_>)) {
    let (benign, planted) = (document(), everything_planted());
    with_report(&benign, &planted, &check);
    with_report(&planted, &benign, &check);
}

/// Every tag of a page with the names of its attributes.
fn tags(page: &str) -> BTreeSet<String> {
    let (_, body) = page.split_once("</style>").expect("there are styles");
    let tags = body.split('<').skip(1).map(|tag| {
        let (tag, _) = tag.split_once('>').expect("a tag ends");
        let mut parts = tag.split('"');
        let mut names = parts.next().unwrap_or_default().to_owned();
        // Values stand at every second place.
        for name in parts.skip(1).step_by(2) {
            names.push_str(name);
        }
        names
    });
    tags.collect()
}

#[test]
fn a_page_has_the_tags_of_its_template_only() {
    let template = include_str!("../../../templates/report/report.html.jinja");
    let names: BTreeSet<String> = template
        .split('<')
        .skip(1)
        .map(|tag| {
            tag.split([' ', '>', '{'])
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    let attributes = ["id=", "class=", "href=", "title=", "aria-label=", ""];
    every_report(|report| {
        let page = report::html(report).expect("the template is whole");
        assert!(page.contains(WORD) && page.contains(CODE));
        for tag in tags(&page) {
            let mut words = tag.split_whitespace();
            let name = words.next().unwrap_or_default();
            assert!(names.contains(name), "<{tag}>");
            for attribute in words {
                assert!(attributes.contains(&attribute), "<{tag}>");
            }
        }
        for link in page.split(" href=\"").skip(1) {
            let link = link.split('"').next().unwrap_or_default();
            assert!(link.starts_with('#'), "{link}");
        }
        hidden(&page);
    });
}

#[test]
fn a_pull_request_gets_text_only() {
    every_report(|report| {
        let markdown = report::markdown(report);
        assert!(markdown.contains(WORD) && markdown.contains(&format!("@{WORD}")));
        calls_nobody(&markdown);
        calls_nobody(&report::entry(&report.comparison, &report.causes));
        for event in Parser::new_ext(&markdown, Options::all()) {
            match event {
                Event::InlineHtml(tag) => {
                    assert!(matches!(&*tag, "<sub>" | "</sub>"), "{tag}");
                }
                Event::Html(_)
                | Event::FootnoteReference(_)
                | Event::Rule
                | Event::Start(
                    Tag::Link { .. }
                    | Tag::Image { .. }
                    | Tag::CodeBlock(CodeBlockKind::Fenced(_))
                    | Tag::BlockQuote(_)
                    | Tag::Table(_)
                    | Tag::FootnoteDefinition(_),
                ) => panic!("{event:?}"),
                _ => {}
            }
        }
        hidden(&markdown);
    });
}

#[test]
fn a_workflow_gets_no_command_of_a_document() {
    every_report(|report| {
        let log = report::github(report);
        for line in log.lines() {
            let kind = line.split(' ').next().unwrap_or_default();
            assert!(
                matches!(kind, "::error" | "::warning" | "::notice"),
                "{line}"
            );
        }
        hidden(&log);
        hidden(&report::text(report));
    });
}

#[test]
fn code_scanning_gets_a_log_of_the_standard_with_text_only() {
    every_report(|report| {
        let log = report::sarif(report);
        let faults = sarif::faults(&log);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        let text = log.to_string();
        assert!(text.contains(WORD) && text.contains(CODE));
        for text in texts(&log) {
            hidden(text);
        }
    });
}

/// Every text of a log.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// What GitHub makes people, issues and links of stands in code only.
fn calls_nobody(markdown: &str) {
    let mut is_block = false;
    for event in Parser::new_ext(markdown, Options::all()) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_block = true,
            Event::End(TagEnd::CodeBlock) => is_block = false,
            Event::Text(text) if !is_block => {
                for sign in [
                    "@",
                    "#1",
                    "GH-1",
                    "://",
                    "www.",
                    "0a1b2c3",
                    ":qzxcanary:",
                    "$",
                ] {
                    assert!(!text.contains(sign), "{text}");
                }
            }
            _ => {}
        }
    }
}

/// Nothing that turns the order of what is read, or moves a cursor.
fn hidden(text: &str) {
    let found = text.chars().find(|letter| {
        (letter.is_control() && *letter != '\n')
            || matches!(
                letter,
                '\u{200b}' | '\u{202e}' | '\u{2028}' | '\u{2066}' | '\u{feff}'
            )
    });
    assert_eq!(found, None);
}
