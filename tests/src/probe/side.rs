//! One side of a comparison: a document and what becomes of it.

use std::path::Path;

use atlas_codegen::config::{Config, Runtime};
use atlas_codegen::diag::{Diagnostics, Severity};
use atlas_codegen::diff::Outline;
use atlas_codegen::surface::{Crate, File};
use atlas_codegen::{analyze, emit, lower, names, plan, render, spec};

/// What becomes of a document.
pub struct Side {
    /// The crate to be.
    pub krate: Crate,
    /// Its surface, as `diff` sees it.
    pub outline: Outline,
    /// Its files.
    pub files: Vec<File>,
}

/// What every package is called, so that the name makes no difference.
pub(super) const PACKAGE: &str = "api-of-a-side";

/// Where every package has its runtime.
pub(super) const RUNTIME: &str = "../the-runtime";

impl Side {
    /// Runs all stages on a document, with a config if there is one.
    ///
    /// # Errors
    ///
    /// What a stage refuses.
    pub fn of(document: &Path, config: Option<&Path>) -> Result<Self, String> {
        let mut config = match config {
            Some(file) => Config::load(file).map_err(|faults| said(&faults))?,
            None => Config::for_spec(document),
        };
        config.spec = document.to_path_buf();
        // What a file is called is no change of it.
        config.command = "atlas-codegen generate".to_owned();
        config.package.name = Some(PACKAGE.to_owned());
        config.package.standalone = false;
        config.package.runtime = Runtime::Path(RUNTIME.to_owned());
        let mut found = Diagnostics::new();
        let Ok(loaded) = spec::load(document, &config, &mut found) else {
            return Err(said(&found));
        };
        let api = lower::lower(&loaded, &config, &mut found);
        let facts = analyze::analyze(&api, config.schemas.emit_all);
        let names = names::name(&api, &facts, &config, &mut found);
        let krate = plan::plan(&api, &facts, &names, &config, &mut found);
        if found
            .iter()
            .any(|fault| fault.severity() == Severity::Error)
        {
            return Err(said(&found));
        }
        let mut files = emit::emit(&krate).map_err(|fault| fault.to_string())?;
        files.extend(render::render(&krate).map_err(|fault| fault.to_string())?);
        Ok(Self {
            outline: Outline::of(&krate, ""),
            krate,
            files,
        })
    }
}

fn said(faults: &Diagnostics) -> String {
    let lines = faults
        .iter()
        .filter(|fault| fault.severity() == Severity::Error);
    let lines: Vec<String> = lines.map(|fault| fault.message.clone()).collect();
    lines.join("; ")
}
