//! Holds the generator's `use` lines against the table of rooms in ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each room may import of the others.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("diag", &[]),
    ("threads", &[]),
    ("template", &[]),
    ("config", &["diag"]),
    ("spec", &["diag", "config", "threads", "wire"]),
    ("wire", &[]),
    ("ir", &["diag", "wire"]),
    ("lower", &["spec", "ir", "config", "diag", "wire"]),
    ("analyze", &["ir"]),
    ("names", &["ir", "analyze", "config", "diag"]),
    ("surface", &["names", "diag", "wire"]),
    (
        "plan",
        &[
            "ir", "analyze", "names", "surface", "config", "diag", "threads",
        ],
    ),
    ("emit", &["surface", "threads"]),
    ("render", &["surface", "template"]),
    ("diff", &["surface", "diag", "template", "threads"]),
    ("output", &["surface", "diag", "threads"]),
];

/// Crates that only some rooms may use.
const RESERVED_CRATES: &[(&str, &[&str])] = &[
    ("openapiv3", &["spec", "lower"]),
    ("serde_yaml", &["spec"]),
    ("quote", &["emit"]),
    ("syn", &["emit"]),
    ("prettyplease", &["emit"]),
    ("minijinja", &["template", "render", "diff"]),
    ("heck", &["names"]),
    ("toml", &["config"]),
    ("toml_writer", &["render"]),
    ("pulldown_cmark", &["plan"]),
    ("similar", &["output"]),
];

/// Rooms that join the others and may import all of them.
const UNBOUND: &[&str] = &["lib", "main", "pipeline", "cli"];

struct Source {
    room: String,
    path: PathBuf,
    text: String,
}

/// The library's code, without comments and without tests.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    files
        .into_iter()
        .filter(|path| {
            let is_test =
                |part: &str| part == "tests" || part == "tests.rs" || part == "fixture.rs";
            !path
                .components()
                .any(|part| is_test(&part.as_os_str().to_string_lossy()))
        })
        .map(|path| {
            let inside = path
                .strip_prefix(&root)
                .expect("the file is below the root");
            let first = inside.components().next().expect("the path has a part");
            let room = first.as_os_str().to_string_lossy();
            Source {
                room: room.trim_end_matches(".rs").to_owned(),
                text: code(&fs::read_to_string(&path).expect("the file is text")),
                path,
            }
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The text up to the test module, without comment lines.
fn code(text: &str) -> String {
    text.split("#[cfg(test)]\nmod ")
        .next()
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The words that follow `prefix::` in the text.
fn words_after<'a>(text: &'a str, prefix: &str) -> BTreeSet<&'a str> {
    let start = format!("{prefix}::");
    text.match_indices(&start)
        .filter(|(at, _)| {
            let before = text[..*at].chars().next_back();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
        })
        .map(|(at, _)| {
            let rest = &text[at + start.len()..];
            let end = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            &rest[..end]
        })
        .collect()
}

/// `use crate::{a::…, b::…}` names rooms inside the braces.
fn rooms_named(text: &str) -> BTreeSet<&str> {
    let mut rooms = words_after(text, "crate");
    for (at, found) in text.match_indices("use crate::{") {
        let rest = &text[at + found.len()..];
        let mut depth = 0;
        let mut word_start = Some(0);
        for (index, c) in rest.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => word_start = Some(index + 1),
                ':' if depth == 0 => {
                    if let Some(start) = word_start.take() {
                        rooms.insert(rest[start..index].trim());
                    }
                }
                _ => {}
            }
        }
    }
    rooms.remove("");
    rooms
}

#[test]
fn every_room_imports_only_what_the_table_allows() {
    let table: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut faults = Vec::new();
    for source in sources() {
        if UNBOUND.contains(&source.room.as_str()) {
            continue;
        }
        let allowed = table
            .get(source.room.as_str())
            .unwrap_or_else(|| panic!("the room `{}` is not in the table", source.room));
        for named in rooms_named(&source.text) {
            if named != source.room && !allowed.contains(&named) {
                faults.push(format!("{} imports `{named}`", source.path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn crates_with_a_room_of_their_own_are_used_nowhere_else() {
    let mut faults = Vec::new();
    for source in sources() {
        for (name, rooms) in RESERVED_CRATES {
            let is_used = !words_after(&source.text, name).is_empty();
            if is_used && !rooms.contains(&source.room.as_str()) {
                faults.push(format!("{} uses `{name}`", source.path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_output_writes_files() {
    let calls = [
        "fs::write",
        "fs::rename",
        "fs::remove",
        "File::create",
        "create_dir",
    ];
    let mut faults = Vec::new();
    for source in sources() {
        // `init` in the command line writes the one file that the user names.
        if ["output", "cli", "main"].contains(&source.room.as_str()) {
            continue;
        }
        for call in calls {
            if source.text.contains(call) {
                faults.push(format!("{} calls `{call}`", source.path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn an_identifier_is_made_only_in_names() {
    for source in sources() {
        let makes = source.text.contains("Ident(") && !source.text.contains("fn Ident(");
        let in_names = source.room == "names";
        let is_variant = source.text.contains("enum") && source.text.contains(" Ident(");
        assert!(
            !makes || in_names || is_variant || source.room == "emit",
            "{} makes an identifier",
            source.path.display()
        );
    }
}

#[test]
fn the_readers_of_imports_see_braces_and_paths() {
    let text = "use crate::{diag::Code, ir::{Api, Type}};\nlet x = crate::names::Ident;";
    assert_eq!(
        rooms_named(text).into_iter().collect::<Vec<_>>(),
        ["diag", "ir", "names"]
    );
    assert!(words_after("use my_crate::a;", "crate").is_empty());
}
