//! Every document of the corpus that something is wrong with gets a message that names it, as reviewed in `negative.snap`; or it is
//! accepted, for the reason that stands beside it in `accepted.txt`.
//!
//! The documents are not copied: the snapshot has codes, places and sentences.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use atlas_codegen::config::{Config, Runtime};
use atlas_codegen::diag::{Code, Message};
use atlas_codegen::pipeline::{self, Mode, Options};
use atlas_codegen_tests::stages::assert_stage;

/// Where the child writes what it found.
const REPORT: &str = "ATLAS_CODEGEN_NEGATIVE_REPORT";
/// What all documents together may take: kibibytes of memory, and time on a slow machine.
const MEMORY: usize = 4 << 20;
const TIME: Duration = Duration::from_secs(240);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("hostile")
}

/// The documents; none where the corpus is not there.
fn corpus() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let corpus = env::var_os("ATLAS_CODEGEN_CORPUS")
        .map_or_else(|| root.join("../shared/corpus"), PathBuf::from);
    let negative = corpus.join("negative");
    if !negative.is_dir() {
        println!(
            "skipped: there is no {}; set ATLAS_CODEGEN_CORPUS",
            negative.display()
        );
        return None;
    }
    Some(negative)
}

/// The names of the documents: the first column of the corpus' own list.
fn documents(negative: &Path) -> Vec<String> {
    let list = fs::read_to_string(negative.join("EXPECT.tsv")).expect("the list can be read");
    let names = list
        .lines()
        .skip(1)
        .filter_map(|line| line.split('\t').next());
    let mut names: Vec<String> = names
        .filter_map(|name| name.strip_prefix("negative/"))
        .map(str::to_owned)
        .collect();
    names.sort();
    names
}

/// The documents that are accepted, each with its own reason.
fn accepted() -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder().join("accepted.txt")).expect("the list can be read");
    let entries = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let entry = |line: &str| {
        let (name, reason) = line
            .split_once(": ")
            .expect("a reason stands behind the name");
        (name.to_owned(), reason.to_owned())
    };
    entries.map(entry).collect()
}

fn messages(file: &Path) -> (bool, Vec<Message>) {
    let mut config = Config::for_spec(file);
    config.output = Some(env::temp_dir().join("atlas-codegen-that-is-not-there"));
    config.package.runtime = Runtime::Version("0.1".to_owned());
    let options = Options {
        mode: Mode::DryRun,
        ..Options::default()
    };
    let report = pipeline::generate(&config, options);
    (report.refused, report.messages)
}

fn line(message: &Message, negative: &Path) -> String {
    let mut line = format!("  {}[{}]", message.severity.as_str(), message.code.as_str());
    let prefix = format!("{}/", negative.display());
    // Writing to a string can't fail.
    if let Some(file) = &message.file {
        let _ = write!(line, " {}", file.replace(&prefix, ""));
    }
    if let Some((row, column)) = message.position {
        let _ = write!(line, ":{row}:{column}");
    }
    if let Some(pointer) = &message.pointer {
        let _ = write!(line, " {pointer}");
    }
    let text = message.message.replace(&prefix, "");
    let _ = write!(line, "\n    {text}\n    help: {}", message.help);
    let escaped = line.chars().map(|c| match c {
        '\n' => c.to_string(),
        c if c.is_control() => c.escape_default().to_string(),
        c => c.to_string(),
    });
    escaped.collect()
}

/// Whether something is said of what is wrong: that an operation has no id is true of many, and harms no one.
fn is_telling(message: &Message) -> bool {
    message.code != Code::MissingOperationId
}

/// Run by the test below, in a process with limits.
#[test]
#[ignore = "a part of another test"]
fn child() {
    let (Some(negative), Some(report)) = (corpus(), env::var_os(REPORT)) else {
        return;
    };
    let accepted = accepted();
    let mut text = String::new();
    for name in documents(&negative) {
        let start = Instant::now();
        let (refused, found) = messages(&negative.join(&name));
        assert!(
            start.elapsed() < TIME / 4,
            "{name} took {:?}",
            start.elapsed()
        );
        let reason = accepted.get(&name);
        let verdict = match (refused, reason) {
            (true, _) => "refused".to_owned(),
            (false, None) => "degraded".to_owned(),
            (false, Some(reason)) => format!("accepted: {reason}"),
        };
        let _ = writeln!(text, "{name}: {verdict}");
        for message in &found {
            let _ = writeln!(text, "{}", line(message, &negative));
        }
        if reason.is_none() && !found.iter().any(is_telling) {
            let _ = writeln!(text, "  NOTHING IS SAID");
        }
    }
    fs::write(report, text).expect("the report can be written");
}

#[test]
fn every_faulty_document_is_told_apart_from_a_sound_one() {
    let Some(negative) = corpus() else { return };
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let report = scratch.path().join("report");
    let program = env::current_exe().expect("the test has a file");
    let mut child = Command::new("sh")
        .args(["-c", &format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"")])
        .arg(program)
        .args(["--exact", "negative::child", "--ignored"])
        .env(REPORT, &report)
        .stdout(Stdio::null())
        .spawn()
        .expect("the test can be run");
    let start = Instant::now();
    let status = loop {
        match child.try_wait().expect("the child can be waited for") {
            Some(status) => break status,
            None if start.elapsed() > TIME => {
                let _ = child.kill();
                panic!("the documents took longer than {TIME:?}");
            }
            None => thread::sleep(Duration::from_millis(100)),
        }
    };
    assert!(status.success(), "{status}");
    let text = fs::read_to_string(&report).expect("the child wrote its report");
    assert!(!text.contains("NOTHING IS SAID"), "{text}");
    let documents = documents(&negative);
    for name in accepted().keys() {
        assert!(
            documents.contains(name),
            "`{name}` in accepted.txt is no document"
        );
    }
    assert_stage(&folder(), "negative", &text);
}
