//! Documents and configs with a fault each: the exact text that the user gets, and what is written nevertheless.

use std::fs;
use std::path::{Path, PathBuf};

use atlas_codegen::config::Config;
use atlas_codegen::diag;
use atlas_codegen::pipeline::{self, Mode, Options, Report};
use atlas_codegen_tests::stages::assert_stage;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("diagnostics")
}

/// The text that the user gets, with names of files instead of paths of this machine.
fn text(report: &Report) -> String {
    let folder = format!("{}/", folder().display());
    diag::text(&report.messages).replace(&folder, "")
}

fn generate(config: &Config, strict: bool, out: &Path) -> Report {
    let mut config = config.clone();
    config.output = Some(out.to_path_buf());
    let options = Options {
        mode: Mode::Write,
        strict,
    };
    pipeline::generate(&config, options)
}

/// A document that is refused: the message is as reviewed, and nothing is written.
fn refused(file: &str) {
    let config = Config::for_spec(&folder().join(file));
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let out = scratch.path().join("client");
    let report = generate(&config, false, &out);
    assert!(report.refused, "{file} is refused");
    assert!(!out.exists(), "nothing is written for {file}");
    assert_stage(&folder(), file, &text(&report));
}

/// A document that degrades: the message is as reviewed, the rest is written, and nothing is written under `--strict`.
fn degraded(file: &str, emitted: usize) {
    let config = Config::for_spec(&folder().join(file));
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let out = scratch.path().join("client");
    let strict = generate(&config, true, &out);
    assert!(strict.refused, "{file} is refused under --strict");
    assert!(
        !out.exists(),
        "nothing is written for {file} under --strict"
    );
    let report = generate(&config, false, &out);
    assert!(!report.refused, "{file} is not refused: {}", text(&report));
    assert_eq!(report.operations.emitted, emitted, "operations of {file}");
    assert!(out.join("src/lib.rs").exists(), "{file} is written");
    assert_stage(&folder(), file, &text(&report));
}

/// A config that is refused.
fn refused_config(file: &str) {
    let path = folder().join(file);
    let messages = match pipeline::load_config(&path, None) {
        Err(messages) => messages,
        Ok(config) => {
            let scratch = tempfile::tempdir().expect("a folder can be made");
            let out = scratch.path().join("client");
            let report = generate(&config, false, &out);
            assert!(report.refused, "{file} is refused");
            assert!(!out.exists(), "nothing is written for {file}");
            report.messages
        }
    };
    let report = Report {
        messages,
        ..Report::default()
    };
    assert_stage(&folder(), file, &text(&report));
}

/// A config whose document is refused under `--strict`.
fn strict_config(file: &str) {
    let config = pipeline::load_config(&folder().join(file), None);
    let config = config.unwrap_or_else(|messages| panic!("{}", diag::text(&messages)));
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let report = generate(&config, true, &scratch.path().join("client"));
    assert!(report.refused, "{file} is refused");
    assert_stage(&folder(), file, &text(&report));
}

macro_rules! faults {
    ($($kind:ident $name:ident $file:literal $($emitted:literal)?,)*) => {
        $(
            #[test]
            fn $name() {
                $kind($file $(, $emitted)?);
            }
        )*

        #[test]
        fn every_file_is_tried() {
            let listed = [$($file),*];
            for entry in fs::read_dir(folder()).expect("the folder can be listed") {
                let name = entry.expect("the entry can be read").file_name();
                let name = name.to_string_lossy();
                let is_input = name.contains('.') && !name.ends_with(".snap") && !name.ends_with(".rs");
                assert!(!is_input || listed.contains(&&*name), "{name} is in no test");
            }
        }
    };
}

faults! {
    refused unreadable_yaml "unreadable_yaml.yaml",
    refused unreadable_json "unreadable_json.json",
    refused a_tab_for_indentation "tab.yaml",
    refused duplicate_key_in_yaml "duplicate_key.yaml",
    refused duplicate_key_in_json "duplicate_key.json",
    refused wrong_structure "wrong_structure.yaml",
    refused not_openapi_3 "not_openapi.yaml",
    refused something_else "something_else.yaml",
    refused too_deep "too_deep.json",
    degraded unresolved_reference "unresolved_reference.yaml" 1,
    degraded circular_reference "circular_reference.yaml" 1,
    degraded reference_above_the_folder "reference_above_the_folder.yaml" 1,
    degraded reference_to_the_network "reference_to_the_network.yaml" 1,
    degraded duplicate_operation_id "duplicate_operation_id.yaml" 2,
    degraded missing_operation_id "missing_operation_id.yaml" 1,
    degraded undeclared_scheme "undeclared_scheme.yaml" 2,
    degraded undefined_path_parameter "undefined_path_parameter.yaml" 1,
    degraded unused_path_parameter "unused_path_parameter.yaml" 1,
    degraded parameters_that_are_not_as_they_should_be "parameters.yaml" 4,
    degraded name_collision "name_collision.yaml" 1,
    degraded invalid_operation "invalid_operation.yaml" 2,
    degraded invalid_schema "invalid_schema.yaml" 1,
    degraded what_openapi_3_2_adds "openapi_3_2.yaml" 1,
    degraded dynamic_reference "dynamic_reference.yaml" 2,
    degraded all_of_conflict "all_of_conflict.yaml" 1,
    degraded ambiguous_union "ambiguous_union.yaml" 1,
    refused_config config_with_an_unknown_entry "config_unknown_entry.toml",
    refused_config config_with_a_wrong_type "config_wrong_type.toml",
    refused_config config_that_is_no_toml "config_unreadable.toml",
    refused_config config_that_names_what_is_not_there "config_unused_pin.toml",
    refused_config paging_and_marks_that_fit_nothing "config_paging.toml",
    refused_config a_selection_that_fits_nothing "config_selection.toml",
    refused_config a_selection_that_leaves_nothing "config_nothing_left.toml",
    refused_config a_selection_of_what_is_no_path "config_no_path.toml",
    refused_config an_overlay_that_fits_nothing "config_overlay.toml",
    strict_config an_overlay_that_brings_faults "config_overlay_brings_faults.toml",
    refused_config entries_that_nothing_has "config_unused_entries.toml",
    refused_config entries_of_places_that_are_not_there "config_unused_places.toml",
    refused_config pins_that_name_nothing "config_unused_pins.toml",
    refused_config derives_of_what_is_no_type "config_unused_derive.toml",
    refused_config waiters_that_fit_nothing "config_waiters.toml",
    refused_config a_waiter_called_like_an_operation "config_waiter_name.toml",
}
