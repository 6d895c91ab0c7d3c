//! The list of stages.

mod day;
mod dump;
mod limits;
mod lint;
mod memory;
mod outline;
mod report;
mod samples;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub use day::Day;
pub use dump::{Stage, dump};
pub use lint::{Lint, Sunset, lint};
pub use memory::files;
pub use outline::{Side, SurfaceChange, locate, outline, outlines, remade};
pub use report::{Operations, Report};
pub use samples::{Samples, samples};

use crate::config::Config;
use crate::diag::{self, Code, Diagnostic, Diagnostics, Message, Place};
use crate::surface::{Crate, File, Runtime};
use crate::{analyze, emit, lower, names, output, plan, render, spec, threads};

/// What to do with the files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Write them.
    #[default]
    Write,
    /// Compare them with what is there.
    Check,
    /// Say what would be written.
    DryRun,
}

/// How a run goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What to do with the files.
    pub mode: Mode,
    /// Whether warnings refuse the document.
    pub strict: bool,
}

/// Everything that the stages before output make of a document.
pub(crate) struct Built {
    pub(crate) document: spec::Document,
    pub(crate) api: crate::ir::Api,
    pub(crate) names: names::Names,
    pub(crate) krate: Crate,
}

/// A run had to stop; the diagnostics say why.
pub(crate) struct Stopped;

/// Runs all stages: reads the document, and writes, compares or lists the crate.
pub fn generate(config: &Config, options: Options) -> Report {
    let mut run = Run::new(options.strict);
    let mut report = Report::default();
    let done = run.generate(config, options.mode, &mut report);
    report.refused = done.is_err() || (options.mode == Mode::Check && !report.is_current());
    report.timings = std::mem::take(&mut run.timings);
    report.messages = run.messages(&spec::Locator::of(config));
    report
}

/// Reads a config file, and puts `spec`, where it is given, over the document that the file names. What is wrong comes back
/// ready to print.
///
/// # Errors
///
/// As [`Config::load`], or no document is named.
pub fn load_config(file: &Path, spec: Option<&Path>) -> Result<Config, Vec<Message>> {
    let loaded = Config::load(file).and_then(|mut config| {
        if let Some(spec) = spec {
            config.spec = spec.to_path_buf();
        }
        if config.spec.file_name().is_some() {
            return Ok(config);
        }
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(Diagnostic {
            code: Code::Config,
            message: "the config names no document".to_owned(),
            place: Place::WholeFile(file.display().to_string()),
            help: "add `spec = \"FILE\"`, or pass `--spec FILE`".to_owned(),
        });
        Err(diagnostics)
    });
    loaded.map_err(|diagnostics| {
        diag::messages(&diagnostics, false, &crate::spec::Locator::file(file))
    })
}

/// Runs the stages up to `surface` on text that is in no file, and renders what they complain of; nothing is written.
pub fn diagnose(text: &str, name: &str, config: &Config, strict: bool) -> String {
    let mut run = Run::new(strict);
    // Whether it stopped shows in the messages.
    let locator = spec::Locator::text(name, text).overlaid(config);
    let _ = run.build(config, &locator, |diagnostics| {
        spec::parse(text, name, config, diagnostics)
    });
    diag::text(&run.messages(&locator))
}

/// One run: its messages and how long its stages took.
pub(crate) struct Run {
    pub(crate) diagnostics: Diagnostics,
    pub(crate) timings: Vec<(&'static str, Duration)>,
    /// What there was to say before, with its places.
    told: Vec<Message>,
    strict: bool,
    /// Whether nobody reads the crate's documentation.
    is_bare: bool,
}

impl Run {
    pub(crate) fn new(strict: bool) -> Self {
        Self {
            is_bare: false,
            diagnostics: Diagnostics::new(),
            timings: Vec::new(),
            told: Vec::new(),
            strict,
        }
    }

    /// All that there is to say.
    pub(crate) fn messages(self, locator: &spec::Locator) -> Vec<Message> {
        let mut messages = self.told;
        messages.extend(diag::messages(&self.diagnostics, self.strict, locator));
        messages
    }

    fn generate(
        &mut self,
        config: &Config,
        mode: Mode,
        report: &mut Report,
    ) -> Result<(), Stopped> {
        for fault in config.package_faults() {
            self.diagnostics.push(fault);
        }
        self.boundary()?;
        let locator = spec::Locator::of(config);
        let built = self.build(config, &locator, |diagnostics| {
            spec::load(&config.spec, config, diagnostics)
        })?;
        if self.strict && !(self.told.is_empty() && self.diagnostics.is_empty()) {
            return Err(Stopped);
        }
        report.count(&built);
        let mut files = self.files(&built.krate, config)?;
        let dir = output_dir(config, &built.krate);
        report.dir.clone_from(&dir);
        report.surface = self.stage("diff", |_| outline::since_last(&dir, config, &mut files));
        limits::check(&files, config, &mut self.diagnostics);
        self.boundary()?;
        let digest = built.document.digest();
        let outcome = self.stage("output", |diagnostics| match mode {
            Mode::Write => output::write(&dir, &files, digest, diagnostics),
            Mode::DryRun => output::dry_run(&dir, &files, digest, diagnostics),
            Mode::Check => {
                output::check(&dir, &files, digest, diagnostics).map(|(outcome, diff)| {
                    report.diff = diff;
                    outcome
                })
            }
        });
        threads::drop_aside((built, files));
        report.files = Some(outcome.map_err(|output::Refused| Stopped)?);
        Ok(())
    }

    /// The stages from the document to the crate to be.
    pub(crate) fn build(
        &mut self,
        config: &Config,
        locator: &spec::Locator,
        load: impl FnOnce(&mut Diagnostics) -> Result<spec::Document, spec::Refused>,
    ) -> Result<Built, Stopped> {
        let document = self.stage("spec", load).map_err(|spec::Refused| Stopped)?;
        let mut api = self.stage("lower", |diagnostics| {
            lower::lower(&document, config, diagnostics)
        });
        if self.is_bare {
            // To make rustdoc's Markdown of a whole document takes a while.
            api.drop_descriptions();
        }
        self.boundary()?;
        // To find the lines of places, the document is read again, and nothing waits for that.
        let known = self.diagnostics.take();
        let strict = self.strict;
        let (told, (facts, names)) = threads::both(
            || diag::messages(&known, strict, locator),
            || {
                let facts = self.stage("analyze", |_| {
                    analyze::analyze(&api, config.schemas.emit_all)
                });
                let names = self.stage("names", |diagnostics| {
                    names::name(&api, &facts, config, diagnostics)
                });
                (facts, names)
            },
        );
        self.told = told;
        self.boundary()?;
        let krate = self.stage("plan", |diagnostics| {
            plan::plan(&api, &facts, &names, config, diagnostics)
        });
        self.boundary()?;
        Ok(Built {
            document,
            api,
            names,
            krate,
        })
    }

    /// The stages from the crate to be to its files.
    fn files(&mut self, krate: &Crate, config: &Config) -> Result<Vec<File>, Stopped> {
        let (lock, files) = threads::both(
            || outline::lock(krate, config),
            || {
                let code = self
                    .stage("emit", |_| emit::emit(krate))
                    .map_err(|fault| self.internal(&fault))?;
                let text = self
                    .stage("render", |_| render::render(krate))
                    .map_err(|fault| self.internal(&fault))?;
                Ok((code, text))
            },
        );
        let (mut files, text) = files?;
        files.extend(text);
        files.push(lock);
        if krate.package.runtime == Runtime::Copied {
            files.extend(output::runtime());
        }
        Ok(files)
    }

    /// Runs one stage and takes its time.
    fn stage<T>(&mut self, name: &'static str, run: impl FnOnce(&mut Diagnostics) -> T) -> T {
        let start = Instant::now();
        let result = run(&mut self.diagnostics);
        self.timings.push((name, start.elapsed()));
        result
    }

    /// Stops where something refuses the document.
    fn boundary(&self) -> Result<(), Stopped> {
        if self.diagnostics.has_errors() {
            Err(Stopped)
        } else {
            Ok(())
        }
    }

    fn internal(&mut self, fault: &dyn std::error::Error) -> Stopped {
        self.diagnostics.push(Diagnostic {
            code: Code::Internal,
            message: fault.to_string(),
            place: Place::Nowhere,
            help:
                "this is a fault of the generator: please report it, with the document if you may"
                    .to_owned(),
        });
        Stopped
    }
}

/// The folder to write: the config's, and else one named like the package, where the command runs.
fn output_dir(config: &Config, krate: &Crate) -> PathBuf {
    match &config.output {
        Some(output) => output.clone(),
        None => Path::new(&krate.package.name).to_path_buf(),
    }
}
