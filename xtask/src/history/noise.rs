//! How much of what is generated changes with a document, and that nothing else does.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use atlas_codegen_tests::probe::Side;

use super::pairs::Revision;
use crate::workbench;

/// Lines that are gone or new, and what moved for no reason.
#[derive(Clone, Debug, Default)]
pub(super) struct Noise {
    pub(super) document_lines: usize,
    pub(super) generated_lines: usize,
    pub(super) files: usize,
    /// Items whose lines in the surface are the same, but whose code is another one or stands in another file.
    pub(super) moved: Vec<String>,
}

pub(super) fn measure(revision: &Revision, old: &Side, new: &Side) -> Result<Noise> {
    let place = workbench::folder("history")?.join(format!("noise-{}", std::process::id()));
    workbench::remove(&place)?;
    for (name, side) in [("old", old), ("new", new)] {
        for file in &side.files {
            let path = place.join(name).join(&file.path);
            fs::create_dir_all(path.parent().unwrap_or(&place))?;
            fs::write(path, &file.text)?;
        }
    }
    let (document_lines, _) = changed(&revision.old, &revision.new)?;
    let (generated_lines, files) = changed(&place.join("old"), &place.join("new"))?;
    workbench::remove(&place)?;
    Ok(Noise {
        document_lines,
        generated_lines,
        files,
        moved: moved(old, new),
    })
}

/// How many lines are gone or new, in how many files.
fn changed(old: &Path, new: &Path) -> Result<(usize, usize)> {
    let output = Command::new("git")
        .args([
            "diff",
            "--no-index",
            "--find-renames",
            "-l0",
            "--numstat",
            "--",
        ])
        .args([old, new])
        .output()
        .context("cannot start git")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let counts = text.lines().map(|line| {
        let cells = line.split('\t').take(2);
        cells
            .filter_map(|cell| cell.parse::<usize>().ok())
            .sum::<usize>()
    });
    let counts: Vec<usize> = counts.collect();
    Ok((counts.iter().sum(), counts.len()))
}

/// What has other code, or stands elsewhere, although its surface is the same.
fn moved(old: &Side, new: &Side) -> Vec<String> {
    let (lines, codes) = (lines(old), codes(old));
    let (new_lines, new_codes) = (self::lines(new), self::codes(new));
    let same = lines
        .iter()
        .filter(|(item, text)| new_lines.get(*item) == Some(text));
    let other = same.filter(|(item, _)| codes.get(*item) != new_codes.get(*item));
    other.map(|(item, _)| item.clone()).collect()
}

/// The lines of each type and operation, and of its members, without what says where they stand in the document.
fn lines(side: &Side) -> BTreeMap<String, String> {
    let mut items: BTreeMap<String, String> = BTreeMap::new();
    let mut owner = String::new();
    let mut shared: BTreeMap<String, String> = BTreeMap::new();
    for line in side.outline.write().lines().skip(2) {
        let facts = line
            .split(' ')
            .filter(|fact| !fact.starts_with("at=") && !fact.starts_with("flow="));
        let text = facts.collect::<Vec<_>>().join(" ");
        let mut words = line.split(' ');
        let (place, kind) = (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
        );
        match kind {
            "operation" | "struct" | "enum" | "integer-enum" | "union" | "alias" => {
                place.clone_into(&mut owner)
            }
            "shared" => {
                shared.insert(place.to_owned(), text);
                continue;
            }
            "crate" | "feature" | "group" | "service" => continue,
            _ => {}
        }
        let known = items.entry(owner.clone()).or_default();
        known.push_str(&text);
        known.push('\n');
    }
    items
}

/// The code of each type and operation: its file, and its tokens without documentation and imports.
fn codes(side: &Side) -> BTreeMap<String, String> {
    let mut codes = BTreeMap::new();
    for file in &side.files {
        let Some(path) = file
            .path
            .strip_prefix("src/")
            .and_then(|path| path.strip_suffix(".rs"))
        else {
            continue;
        };
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["operations", group, name] if *name != "mod" => {
                let place = format!("operations::{}::{}", raw(group, side), raw(name, side));
                codes.insert(place, format!("{path}\n{}", bare(&file.text)));
            }
            ["types", name] if *name != "mod" => {
                for part in file.text.split("\n\n") {
                    if let Some(ident) = declared(part) {
                        let known: &mut String =
                            codes.entry(format!("types::{ident}")).or_default();
                        known.push_str(&format!("{path}\n{}", bare(part)));
                    }
                }
            }
            _ => {}
        }
    }
    codes
}

/// A module as it is called in code.
fn raw(module: &str, side: &Side) -> String {
    let name = format!("r#{module}");
    let is_raw = side.krate.groups.iter().any(|group| {
        let operations = group.operations.iter();
        group.module.as_str() == name
            || operations
                .clone()
                .any(|operation| operation.module.as_str() == name)
    });
    if is_raw { name } else { module.to_owned() }
}

/// The type that a part of a file declares.
fn declared(part: &str) -> Option<&str> {
    let mut lines = part.lines().map(str::trim);
    let line = lines.find(|line| {
        ["pub struct ", "pub enum ", "pub type "]
            .iter()
            .any(|head| line.starts_with(head))
    })?;
    let name = line.split(' ').nth(2)?;
    Some(name.trim_end_matches([':', '{', ';']))
}

/// Code without documentation, imports and layout. Members stand in the order of the document, so their order is not looked at; the
/// methods of a union for what its variants have in common are lines of the surface.
fn bare(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.starts_with("//") && !line.starts_with("use "));
    let code: String = lines.flat_map(str::split_whitespace).collect();
    let code = match code.split_once("common{") {
        Some((before, behind)) => format!(
            "{before}{}",
            behind.split_once('}').map_or("", |(_, rest)| rest)
        ),
        None => code,
    };
    let mut parts: Vec<&str> = code
        .split(['{', '}', ',', ';'])
        .filter(|part| !part.is_empty())
        .collect();
    parts.sort_unstable();
    parts.join("\n")
}
