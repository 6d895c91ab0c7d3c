//! What `diff` says: a case for every rule, a round trip of every surface, and no change that goes untold.

mod completeness;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use atlas_codegen::config::Config;
use atlas_codegen::diff::report::{self, Report};
use atlas_codegen::diff::{self, Comparison, Outline};
use atlas_codegen::pipeline::{self, Side};
use atlas_codegen_tests::stages::assert_stage;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("diff")
}

/// A document with its config, if there is one.
fn config(document: &Path, config: &Path) -> Config {
    let mut config = if config.is_file() {
        Config::load(config).expect("the config is right")
    } else {
        Config::for_spec(document)
    };
    config.spec = document.to_path_buf();
    config
}

/// The surface of a document, with a config if there is one.
fn outline(document: &Path, config: &Path) -> Outline {
    let config = self::config(document, config);
    let (outline, _) = pipeline::outline(&config).expect("the document is read");
    outline
}

/// The surface of one side of a case: its document with its config, the common one, or none. A side without a document has that
/// of the other. No document leads to a change that no rule speaks of, so there the surfaces are saved ones, with a fact that nobody knows.
fn side(case: &Path, name: &str) -> (PathBuf, Outline) {
    let saved = case.join(format!("{name}.lock"));
    if let Ok(text) = fs::read_to_string(&saved) {
        return (saved, Outline::read(&text).expect("it is a surface"));
    }
    let named = case.join(format!("{name}.yaml"));
    let document = if named.is_file() {
        named
    } else {
        case.join("openapi.yaml")
    };
    let own = case.join(format!("{name}.toml"));
    let outline = outline(&document, &own);
    (document, outline)
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir(folder())
        .expect("the cases can be listed")
        .map(|entry| entry.expect("the entry can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    cases
}

fn name(case: &Path) -> String {
    case.file_name()
        .expect("a case has a name")
        .to_string_lossy()
        .into_owned()
}

fn codes(comparison: &Comparison) -> BTreeSet<&'static str> {
    comparison
        .changes
        .iter()
        .map(|change| change.rule.code)
        .collect()
}

#[test]
fn each_rule_has_a_case_that_tells_of_it() {
    let mut faults = Vec::new();
    for rule in diff::rules() {
        let case = folder().join(rule.code);
        if !case.is_dir() {
            faults.push(format!("no case: {}", rule.code));
            continue;
        }
        let comparison = diff::compare(&side(&case, "old").1, &side(&case, "new").1);
        if !codes(&comparison).contains(rule.code) {
            faults.push(format!("not told: {} {:?}", rule.code, codes(&comparison)));
        }
        if rule.code != "unclassified" && codes(&comparison).contains("unclassified") {
            faults.push(format!("unclassified: {}", rule.code));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_case_is_told_of_as_reviewed() {
    for case in cases() {
        let ((old_file, old), (new_file, new)) = (side(&case, "old"), side(&case, "new"));
        let mut comparison = diff::compare(&old, &new);
        let document = |file: &Path| Side::Document(Box::new(Config::for_spec(file)));
        let made = |file: &Path, own: &str| Side::Document(Box::new(config(file, &case.join(own))));
        let is_saved = |file: &Path| file.extension().is_some_and(|end| end == "lock");
        let remade = match is_saved(&old_file) || is_saved(&new_file) {
            true => None,
            false => pipeline::remade(&made(&old_file, "old.toml"), &made(&new_file, "new.toml")),
        };
        comparison.attribute(&old, remade.as_ref(), &new);
        let changes = &comparison.changes;
        let old_ats: Vec<&str> = changes
            .iter()
            .map(|change| change.old_at.as_str())
            .collect();
        let new_ats: Vec<&str> = changes
            .iter()
            .map(|change| change.new_at.as_str())
            .collect();
        let mut old_places = document(&old_file).locate(&old_ats);
        let mut new_places = document(&new_file).locate(&new_ats);
        for place in old_places.values_mut().chain(new_places.values_mut()) {
            let file = Path::new(&place.file)
                .file_name()
                .expect("a file has a name");
            place.file = file.to_string_lossy().into_owned();
        }
        let report = Report {
            names: ("old".to_owned(), "new".to_owned()),
            versions: report::versions(&old, &comparison),
            causes: report::causes(&old, &new),
            comparison,
            old_places,
            new_places,
            ..Report::default()
        };
        assert_stage(&case, "report", &report::text(&report));
    }
}

#[test]
fn a_saved_surface_has_the_verdicts_of_its_document() {
    for case in cases() {
        let (old, new) = (side(&case, "old").1, side(&case, "new").1);
        let saved = |outline: &Outline| Outline::read(&outline.write()).expect("it is a surface");
        assert_eq!(saved(&old), old, "{}", name(&case));
        assert_eq!(saved(&new), new, "{}", name(&case));
        let of_documents = diff::compare(&old, &new);
        assert_eq!(
            diff::compare(&saved(&old), &saved(&new)),
            of_documents,
            "{}",
            name(&case)
        );
        assert_eq!(
            diff::compare(&new, &new),
            Comparison::default(),
            "{}",
            name(&case)
        );
    }
}

/// The fragment and every small case of the generator, each with its config.
fn documents() -> Vec<(PathBuf, PathBuf)> {
    let mut documents = vec![
        (
            root().join("spec/atlas.yaml"),
            root().join("spec/atlas-codegen.toml"),
        ),
        (
            root().join("tests/exchange/openapi.yaml"),
            root().join("tests/exchange/atlas-codegen.toml"),
        ),
    ];
    let small = fs::read_dir(root().join("tests/cases")).expect("the cases can be listed");
    let small = small.map(|entry| entry.expect("the entry can be read").path());
    let mut small: Vec<PathBuf> = small.filter(|path| path.is_dir()).collect();
    small.sort();
    documents.extend(
        small
            .into_iter()
            .map(|case| (case.join("openapi.yaml"), case.join("atlas-codegen.toml"))),
    );
    documents
}

#[test]
fn every_surface_comes_back_from_its_lines() {
    for (document, config) in documents() {
        let outline = outline(&document, &config);
        let text = outline.write();
        let read = Outline::read(&text).expect("it is a surface");
        assert_eq!(read, outline, "{}", document.display());
        assert_eq!(read.write(), text, "{}", document.display());
        assert_eq!(
            text.lines().count(),
            outline.entries().len() + 2,
            "{}",
            document.display()
        );
    }
}

/// To compare documents no documentation is made; a crate that is written has it.
#[test]
fn a_surface_is_the_same_with_and_without_documentation() {
    let mut compared = 0;
    for (document, own) in documents() {
        let bytes = fs::read(&document).expect("the document can be read");
        let (files, _) = pipeline::files(&bytes, "openapi.yaml", &config(&document, &own));
        // Some have parts in other files, which a document in memory can't have.
        let files = files.unwrap_or_default();
        let Some(lock) = files.iter().find(|file| file.path == "surface.lock") else {
            continue;
        };
        let bare = outline(&document, &own).write();
        assert_eq!(bare, lock.text, "{}", document.display());
        compared += 1;
    }
    assert!(compared > 40, "only {compared} documents were compared");
}

#[test]
fn what_is_no_surface_is_told_by_its_line() {
    let (document, config) = documents().swap_remove(0);
    let text = outline(&document, &config).write();
    let line = |text: &str| Outline::read(text).map_err(|fault| fault.line);
    assert_eq!(line("").unwrap_err(), 1);
    assert_eq!(
        line(&text.replace("surface 1", "surface 2")).unwrap_err(),
        2
    );
    let third = text.lines().nth(2).expect("there is a third line");
    assert_eq!(line(&text.replace(third, "what is this")).unwrap_err(), 3);
    assert_eq!(line(&text.replace(third, "<<<<<<< ours")).unwrap_err(), 3);
}
