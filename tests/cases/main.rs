//! Small documents, one feature each: what every stage makes of them is a reviewed snapshot beside the document, so that a
//! changed line names the guilty stage.

use std::fs;
use std::path::{Path, PathBuf};

use atlas_codegen_tests::stages::{Stages, assert_stage};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")
}

fn check(name: &str) {
    let folder = folder().join(name);
    let stages = Stages::of_case(&folder);
    assert_stage(&folder, "1_warnings", &stages.diagnostics);
    assert_stage(&folder, "2_ir", &stages.ir);
    assert_stage(&folder, "3_surface", &stages.surface);
    assert_stage(&folder, "4_code", &stages.code());
}

macro_rules! cases {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                check(stringify!($name));
            }
        )*

        #[test]
        fn every_folder_is_a_case() {
            let listed = [$(stringify!($name)),*];
            let mut found: Vec<String> = fs::read_dir(folder())
                .expect("the folder of cases can be listed")
                .map(|entry| entry.expect("the entry can be read").path())
                .filter(|path| path.is_dir())
                .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
                .collect();
            found.sort();
            assert_eq!(found, listed);
        }
    };
}

cases! {
    all_of
    answer_forms
    answer_statuses
    answers
    any_names
    binary_members
    bodies
    body_kinds
    default_server_and_tags
    deprecation
    docs
    emit_all
    encodings
    enums
    enveloped
    event_streams
    formats
    inferred_tag
    inferred_tag_shared
    inline_bodies
    inline_types
    json_schema
    local_references
    mapping_without_one_of
    maps
    names
    odd_paths
    operation_ids
    paging
    parameter_styles
    parameters
    pins
    presence
    recursion
    repeats
    request_twin
    request_twin_of_union
    security
    security_of_operations
    selection
    server_path
    servers
    shape_union
    tag_not_declared
    tagged_union
    three_states
    tuples
    union_beside_properties
    union_of_enums
    versions
    versions_beside
    waiters
    webhooks
}
