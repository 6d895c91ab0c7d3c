//! What each stage of the generator makes of a document, as text.

use std::fmt::Write as _;
use std::path::Path;

use atlas_codegen::config::Config;
use atlas_codegen::diag::Diagnostics;
use atlas_codegen::surface::File;
use atlas_codegen::{analyze, emit, lower, names, plan, render, spec};
use serde::Serialize;

/// What each stage makes of a document.
pub struct Stages {
    /// One line a message: code, place, sentence.
    pub diagnostics: String,
    /// The intermediate model, as JSON.
    pub ir: String,
    /// The identifiers, as JSON.
    pub names: String,
    /// The crate to be, as JSON.
    pub surface: String,
    /// The crate, without the runtime.
    pub files: Vec<File>,
}

impl Stages {
    /// Runs all stages on the `openapi.yaml` of a folder, with the `atlas-codegen.toml` beside it if there is one.
    ///
    /// # Panics
    ///
    /// Where a stage refuses.
    pub fn of_case(folder: &Path) -> Self {
        let config = folder.join("atlas-codegen.toml");
        let config = config.is_file().then_some(config);
        Self::of(&folder.join("openapi.yaml"), config.as_deref())
    }

    /// Runs all stages on a document, with a config or with the defaults.
    ///
    /// # Panics
    ///
    /// Where a stage refuses.
    pub fn of(document: &Path, config: Option<&Path>) -> Self {
        let mut config = match config {
            Some(file) => Config::load(file).expect("the config is right"),
            None => Config::for_spec(document),
        };
        config.spec = document.to_path_buf();
        let mut diagnostics = Diagnostics::new();
        let document =
            spec::load(document, &config, &mut diagnostics).expect("the document is read");
        let api = lower::lower(&document, &config, &mut diagnostics);
        let facts = analyze::analyze(&api, config.schemas.emit_all);
        let names = names::name(&api, &facts, &config, &mut diagnostics);
        let krate = plan::plan(&api, &facts, &names, &config, &mut diagnostics);
        let mut files = emit::emit(&krate).expect("every item's code parses");
        files.extend(render::render(&krate).expect("every template fills"));
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self {
            diagnostics: list(&diagnostics),
            ir: json(&api.to_json().expect("the model is JSON")),
            names: json(&names),
            surface: json(&krate),
            files,
        }
    }

    /// The files that hold types and operations, one after the other.
    pub fn code(&self) -> String {
        let mut text = String::new();
        for file in &self.files {
            let inside =
                file.path.starts_with("src/types/") || file.path.starts_with("src/operations/");
            if inside && file.path != "src/types/mod.rs" && file.path != "src/operations/mod.rs" {
                let _ = writeln!(text, "=== {}\n{}", file.path, file.text);
            }
        }
        text
    }
}

fn list(diagnostics: &Diagnostics) -> String {
    diagnostics
        .iter()
        .map(|d| format!("{} at {:?}: {}\n", d.code.as_str(), d.place, d.message))
        .collect()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("the stage can be written as JSON")
}

/// Holds a text against the reviewed snapshot `<folder>/<name>.snap`.
///
/// # Panics
///
/// Where they differ.
pub fn assert_stage(folder: &Path, name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => folder,
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, text);
    });
}
