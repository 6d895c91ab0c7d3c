//! The commands: each turns its arguments into a call of the library and prints what comes back.
//!
//! Exit codes: 0 done, 1 refused or different, 2 wrong usage. Messages go to stderr, results to stdout.

mod arguments;
mod consumer;
mod diff;
mod init;
mod lint;
mod revision;
mod scratch;
mod summary;

use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

pub(crate) use arguments::Arguments;
use arguments::{Command, DumpArguments, GenerateArguments, Source};
use atlas_codegen::config::{Config, Runtime};
use atlas_codegen::diag::{self, Message};
use atlas_codegen::pipeline::{self, Mode, Options, Report};

/// The configs that are used where none is named: the first that is there.
const DEFAULT_CONFIGS: [&str; 2] = ["spec/atlas-codegen.toml", "atlas-codegen.toml"];

const DONE: ExitCode = ExitCode::SUCCESS;

fn refused() -> ExitCode {
    ExitCode::from(1)
}

fn usage() -> ExitCode {
    ExitCode::from(2)
}

/// Runs a command.
pub(crate) fn run(arguments: Arguments) -> ExitCode {
    match arguments.command {
        Command::Generate { arguments, mode } => generate(&arguments, mode.into()),
        Command::Check(arguments) => generate(&arguments, Mode::Check),
        Command::Lint(arguments) => lint::lint(&arguments),
        Command::Dump(arguments) => dump(&arguments),
        Command::Init(arguments) => init::init(&arguments),
        Command::Diff(arguments) => diff::diff(&arguments),
        Command::Explain(arguments) => diff::explain(&arguments),
    }
}

fn generate(arguments: &GenerateArguments, mode: Mode) -> ExitCode {
    let options = Options {
        mode,
        strict: arguments.strict,
    };
    let report = match config(&arguments.source) {
        Ok(config) => pipeline::generate(&with_flags(config, arguments), options),
        Err(NoConfig::Faulty(messages)) => Report::refusal(messages),
        Err(NoConfig::Missing) => return missing_config(),
    };
    if arguments.json {
        print(&format!("{:#}\n", report.to_json()));
    } else {
        eprint(&diag::text(&report.messages));
        print(&report.diff);
        summary::print_summary(&report, mode);
    }
    if report.refused { refused() } else { DONE }
}

/// Why there is no config.
enum NoConfig {
    /// None is named, and there is none where it would be.
    Missing,
    /// It is wrong.
    Faulty(Vec<Message>),
}

fn missing_config() -> ExitCode {
    eprint(&format!(
        "error: there is no `{}` and no `{}` here\n  \
         = help: name a document with `--spec FILE`, or a config with `--config FILE`; `atlas-codegen init FILE` writes one\n",
        DEFAULT_CONFIGS[0], DEFAULT_CONFIGS[1]
    ));
    usage()
}

/// The config that the arguments name.
fn config(source: &Source) -> Result<Config, NoConfig> {
    let file = match (&source.config, &source.spec) {
        (Some(file), _) => file.clone(),
        (None, Some(spec)) => return Ok(Config::for_spec(spec)),
        (None, None) => default_config().ok_or(NoConfig::Missing)?,
    };
    pipeline::load_config(&file, source.spec.as_deref()).map_err(NoConfig::Faulty)
}

fn default_config() -> Option<PathBuf> {
    DEFAULT_CONFIGS
        .iter()
        .map(PathBuf::from)
        .find(|file| file.exists())
}

/// Puts the flags over the config.
fn with_flags(mut config: Config, arguments: &GenerateArguments) -> Config {
    if let Some(out) = &arguments.out {
        // The path to the runtime counts from the folder that the config names.
        if let (Runtime::Path(path), Some(before)) = (&config.package.runtime, &config.output)
            && let Ok(absolute) = before.join(path).canonicalize()
        {
            config.package.runtime = Runtime::Path(absolute.display().to_string());
        }
        config.output = Some(out.clone());
    }
    if let Some(name) = &arguments.name {
        config.package.name = Some(name.clone());
    }
    config
}

fn dump(arguments: &DumpArguments) -> ExitCode {
    let config = match config(&arguments.source) {
        Ok(config) => config,
        Err(NoConfig::Missing) => return missing_config(),
        Err(NoConfig::Faulty(messages)) => {
            eprint(&diag::text(&messages));
            return refused();
        }
    };
    let (text, messages) =
        pipeline::dump(&config, arguments.stage.into(), arguments.only.as_deref());
    eprint(&diag::text(&messages));
    match text {
        Some(text) => {
            print(&text);
            print("\n");
            DONE
        }
        None => refused(),
    }
}

/// A path for people: with `/`, and without `x/..`.
fn shown(path: &Path) -> String {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let path: PathBuf = parts.iter().collect();
    path.display().to_string().replace('\\', "/")
}

/// Prints to stdout. A reader that has gone away is no fault: `head` is one.
fn print(text: &str) {
    let _ = io::stdout().write_all(text.as_bytes());
}

/// Prints to stderr.
fn eprint(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
