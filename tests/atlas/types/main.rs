//! The types of generated crates, held against the document by code that shares nothing with the generator: every example, random
//! instances of every schema, every variant of every union.
//!
//! On the whole Atlas document where the corpus is there (`ATLAS_CODEGEN_CORPUS`, else `../shared/corpus`), and on two small
//! documents in any case.

mod examples;
mod instances;
mod probe;
mod reviewed;
mod subject;
mod unions;

use std::path::{Path, PathBuf};

/// The project's folder.
fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the tests are in a folder")
        .to_path_buf()
}
