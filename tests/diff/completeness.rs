//! No change of a surface goes untold: lines of every kind are taken away from every surface, and every fact of them is changed.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use atlas_codegen::diff::{self, Outline};

use super::{codes, documents, outline};

/// Facts that say where something stands or what made it, or that follow from other lines.
const SILENT: [&str; 7] = [
    "at",
    "flow",
    "version",
    "generator",
    "config",
    "package",
    "handle",
];

/// So many of a kind are tried in each surface: more of one kind show nothing new.
const TRIES: usize = 6;

/// Whether one more of a kind is to be tried.
fn is_tried(tried: &mut BTreeMap<String, usize>, kind: String) -> bool {
    let count = tried.entry(kind).or_default();
    *count += 1;
    *count <= TRIES
}

/// The words of a line; a JSON string is one.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let (mut is_text, mut is_escaped) = (false, false);
    for c in line.chars() {
        match c {
            ' ' if !is_text => words.push(String::new()),
            c => {
                is_text ^= c == '"' && !is_escaped;
                is_escaped = c == '\\' && !is_escaped;
                words.last_mut().expect("there is a word").push(c);
            }
        }
    }
    words
}

/// A list in the other order.
fn reversed(list: &str) -> String {
    list.split(',').rev().collect::<Vec<_>>().join(",")
}

/// A surface with other lines in place of those that begin with a path.
fn changed(text: &str, change: &dyn Fn(usize, &str) -> Option<String>) -> Outline {
    let lines = text.lines().enumerate();
    let lines: Vec<String> = lines
        .filter_map(|(index, line)| change(index, line))
        .collect();
    Outline::read(&lines.join("\n")).expect("it is a surface still")
}

#[test]
fn no_line_is_taken_away_unseen() {
    let mut faults = BTreeSet::new();
    for (document, config) in documents() {
        let whole = outline(&document, &config);
        let text = whole.write();
        let mut tried = BTreeMap::new();
        for (index, line) in text.lines().enumerate().skip(2) {
            let mut parts = line.split(' ');
            let (place, kind) = (
                parts.next().unwrap_or_default(),
                parts.next().unwrap_or_default(),
            );
            // A constructor goes with its struct only, and what is shared with the operations that take it.
            if matches!(kind, "crate" | "constructor" | "shared")
                || !is_tried(&mut tried, kind.to_owned())
            {
                continue;
            }
            let is_member = |line: &str| {
                let rest = line.strip_prefix(place);
                rest.is_some_and(|rest| rest.starts_with([':', '.', '(', '~', '>']))
            };
            let without = changed(&text, &|at, line| {
                (at != index && !is_member(line)).then(|| line.to_owned())
            });
            for (old, new, what) in [
                (&whole, &without, "taken away"),
                (&without, &whole, "added"),
            ] {
                let found = codes(&diff::compare(old, new));
                if found.is_empty() || found.contains("unclassified") {
                    faults.insert(format!("{what}: {kind} {found:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn no_fact_is_changed_unseen() {
    let mut faults = BTreeSet::new();
    for (document, config) in documents() {
        let whole = outline(&document, &config);
        let text = whole.write();
        let mut tried = BTreeMap::new();
        for (index, line) in text.lines().enumerate().skip(2) {
            let words = words(line);
            for (at, word) in words.iter().enumerate().skip(2) {
                let (fact, old) = word.split_once('=').expect("a fact has a text");
                // The name of a parameter in a path is not sent.
                if SILENT.contains(&fact) || (fact == "wire" && line.contains(" in=path ")) {
                    continue;
                }
                if !is_tried(&mut tried, format!("{} {fact}", words[1])) {
                    continue;
                }
                let other = match fact {
                    "presence" if old == "required" => "optional",
                    "presence" => "required",
                    "type" | "brings" => "Other",
                    "answer" if old == "text" => "empty",
                    "answer" => "text",
                    "select" if old == "Shape" => "Tag",
                    "select" => "Shape",
                    "when" => "Tags:other",
                    "tries" => &reversed(old),
                    "shared" | "takes" | "if" | "setters" => continue,
                    _ => "somethingElse",
                };
                let mut words = words.clone();
                words[at] = format!("{fact}={other}");
                let line = words.join(" ");
                let other = changed(&text, &|at, old| {
                    Some(if at == index {
                        line.clone()
                    } else {
                        old.to_owned()
                    })
                });
                let found = codes(&diff::compare(&whole, &other));
                if found.is_empty() || found.contains("unclassified") {
                    faults.insert(format!("{} {fact}: {found:?}", words[1]));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// What surfaces came to have: those of an older generator lack it, and nothing has changed.
#[test]
fn nothing_is_told_of_what_an_older_surface_does_not_have() {
    let lacking = Cell::new(0);
    for (document, config) in documents() {
        let whole = outline(&document, &config);
        let older = changed(&whole.write(), &|_, line| {
            let words = words(line).into_iter();
            let kept: Vec<String> = words.filter(|word| !word.starts_with("tries=")).collect();
            lacking.set(lacking.get() + usize::from(kept.join(" ") != line));
            (!line.ends_with(" export")).then(|| kept.join(" "))
        });
        for (old, new) in [(&older, &whole), (&whole, &older)] {
            let told = codes(&diff::compare(old, new));
            assert!(told.is_empty(), "{}: {told:?}", document.display());
        }
    }
    assert!(
        lacking.get() > 0,
        "no document has a union whose order matters"
    );
}
