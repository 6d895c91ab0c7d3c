//! Documents that mean harm or make no sense, and what must hold of whatever the generator makes of them.

pub mod choices;
pub mod document;
pub mod files;
pub mod schema;
pub mod tables;

use std::path::Path;

use atlas_codegen::config::{Config, Runtime};
use atlas_codegen::diag::{Code, Message};
use atlas_codegen::pipeline;
use atlas_codegen::surface::File;

/// What came of a document.
#[derive(Debug)]
pub struct Outcome {
    /// The files of the crate, without the runtime; none where the document is refused.
    pub files: Option<Vec<File>>,
    /// What there was to complain of.
    pub messages: Vec<Message>,
}

/// A config for a document that is in no file: every schema becomes a type, and the runtime is not copied.
#[must_use]
pub fn config(name: &str) -> Config {
    let mut config = Config::for_spec(Path::new(name));
    config.schemas.emit_all = true;
    config.package.runtime = Runtime::Version("0.1".to_owned());
    config
}

/// Generates a crate from bytes, and holds what must hold of every outcome.
///
/// # Panics
///
/// Where it does not hold.
pub fn generate(document: &[u8], name: &str) -> Outcome {
    let (files, messages) = pipeline::files(document, name, &config(name));
    if let Some(fault) = messages.iter().find(|m| m.code == Code::Internal) {
        panic!("a fault of the generator: {}", fault.message);
    }
    assert!(
        files.is_some() || !messages.is_empty(),
        "a document is never refused without a word"
    );
    for message in &messages {
        assert!(!message.message.is_empty(), "a message says something");
    }
    for file in files.iter().flatten() {
        if let Err(fault) = files::check(file) {
            panic!("{}: {fault}\n{}", file.path, file.text);
        }
    }
    Outcome { files, messages }
}
