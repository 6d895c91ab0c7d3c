//! What a run did, for people.

use atlas_codegen::diag::{Message, Severity};
use atlas_codegen::pipeline::{Mode, Report, SurfaceChange};

use super::{eprint, print, shown};

/// Says in a line or two what was done.
pub(super) fn print_summary(report: &Report, mode: Mode) {
    let counts = counts(&report.messages);
    let Some(files) = &report.files else {
        eprint(&format!("refused: {counts}; nothing was written\n"));
        return;
    };
    let dir = shown(&report.dir);
    if mode == Mode::DryRun {
        list("write ", &dir, &files.written);
        list("remove", &dir, &files.removed);
    }
    let (written, removed) = (files.written.len(), files.removed.len());
    let done = match mode {
        Mode::Write => format!(
            "{} written, {removed} removed, {} unchanged",
            counted(written, "file"),
            files.unchanged
        ),
        Mode::DryRun => format!(
            "{} to write, {removed} to remove, {} unchanged",
            counted(written, "file"),
            files.unchanged
        ),
        Mode::Check if report.is_current() => {
            format!("up to date, {}", counted(files.unchanged, "file"))
        }
        Mode::Check => {
            let differ = counted(written, "changed file");
            format!("out of date: {differ}, {removed} no longer made")
        }
    };
    let operations = report.operations;
    let left_out = operations.found - operations.emitted;
    let left_out = if left_out == 0 {
        String::new()
    } else {
        format!(" ({left_out} left out)")
    };
    print(&format!(
        "{dir}: {}{left_out}, {}; {done}\n",
        counted(operations.emitted, "operation"),
        counted(report.types, "type")
    ));
    if let Some(surface) = &report.surface {
        print(&surface_change(surface));
    }
    if !counts.is_empty() {
        eprint(&format!("{counts}\n"));
    }
}

/// What the run does to those who use the crate, and the version that it asks for.
fn surface_change(surface: &SurfaceChange) -> String {
    let kinds = surface.counts.into_iter().zip(["major", "minor", "patch"]);
    let counts = kinds.filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let SurfaceChange {
        next, own, version, ..
    } = surface;
    let advice = match own == next {
        true => format!("version {own} fits"),
        false => format!("next version: {next} (after {version}), as `version` of `[package]`"),
    };
    format!("surface: {}; {advice}\n", counts.join(", "))
}

/// Lists files; those of the runtime, which are the same for every document, only by their number.
fn list(what: &str, dir: &str, files: &[String]) {
    let (runtime, own): (Vec<&String>, Vec<&String>) =
        files.iter().partition(|path| path.starts_with("runtime/"));
    for path in own {
        print(&format!("{what} {dir}/{path}\n"));
    }
    if !runtime.is_empty() {
        let count = counted(runtime.len(), "file");
        print(&format!("{what} {dir}/runtime/: {count}\n"));
    }
}

/// How many errors and warnings there are; empty where there are none.
pub(super) fn counts(messages: &[Message]) -> String {
    [(Severity::Error, "error"), (Severity::Warning, "warning")]
        .map(|(severity, word)| {
            let of_it = messages
                .iter()
                .filter(|message| message.severity == severity);
            (of_it.count(), word)
        })
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| counted(count, word))
        .collect::<Vec<_>>()
        .join(", ")
}

/// `1 file`, `2 files`.
fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
