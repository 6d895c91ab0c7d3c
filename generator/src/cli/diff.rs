//! `diff` and `explain`: what a new document means for those who use the crate.

use std::collections::BTreeMap;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use atlas_codegen::config::Config;
use atlas_codegen::diag::{self, Located, Message};
use atlas_codegen::diff::report::{self, Report};
use atlas_codegen::diff::{self, Change, Outline, Rust};
use atlas_codegen::pipeline::{self, Day, Side};
use clap::{Args, ValueEnum};

use super::consumer::{self, Question};
use super::revision::{self, Checkout};
use super::{DONE, default_config, eprint, print, refused, usage};

const CODES: &str = "\
Exit codes:
  0  done, and nothing is as bad as `--fail-on` says
  1  it is, or a side or the consumer can't be read
  2  wrong usage
What `--fail-on` looks at:
                     both sides                      with `--consumer`
  never (default)    nothing                         nothing
  major              code may stop compiling         this code does not compile
  minor              there is something new          it does not compile, or uses what is newly deprecated
A side is a document, a saved `surface.lock`, or either of them at a git revision: `HEAD~1:spec/api.yaml`.";

#[derive(Debug, Args)]
#[command(after_help = CODES)]
pub(crate) struct DiffArguments {
    /// What it was: a document, a `surface.lock`, or `REVISION:FILE`
    #[arg(value_name = "OLD")]
    old: String,
    /// What it is now
    #[arg(value_name = "NEW")]
    new: String,
    /// The config for documents [default: the usual one, where it names one of the two]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The config for the old document, where that was another one: changes that come from the config are marked
    #[arg(long, value_name = "FILE")]
    old_config: Option<PathBuf>,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// From which verdict for Rust code on the exit code is 1; see below
    #[arg(long, value_enum, default_value_t)]
    fail_on: FailOn,
    /// Compile the package or workspace in DIR against the new crate, and say where in it the changes show; NEW is a document.
    /// Nothing in DIR is written to
    #[arg(long, value_name = "DIR")]
    consumer: Option<PathBuf>,
    /// Where `--consumer` builds; kept, so that the next time is quicker [default: a folder for the while]
    #[arg(long, value_name = "DIR", requires = "consumer")]
    target_dir: Option<PathBuf>,
    /// List operations that end within so many days, and those that have ended
    #[arg(long, value_name = "DAYS")]
    sunset: Option<u32>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For a terminal
    #[default]
    Text,
    /// For a pull request
    Markdown,
    /// For programs
    Json,
    /// For a browser or for paper: one file that needs nothing else
    Html,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For the log of a GitHub workflow: commands that show beside the lines
    Github,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Code may stop compiling
    Major,
    /// There is something new
    Minor,
    /// No verdict
    #[default]
    Never,
}

impl Format {
    /// The text of a report.
    fn of(self, report: &Report<'_>) -> Result<String, String> {
        Ok(match self {
            Self::Text => report::text(report),
            Self::Markdown => report::markdown(report),
            Self::Json => format!("{:#}\n", report::json(report)),
            Self::Sarif => format!("{:#}\n", report::sarif(report)),
            Self::Github => report::github(report),
            Self::Html => report::html(report).map_err(|fault| format!("error: {fault}\n"))?,
        })
    }
}

impl FailOn {
    /// Whether a verdict for code is bad enough.
    fn refuses(self, verdict: Rust) -> bool {
        match self {
            Self::Never => false,
            Self::Major => verdict == Rust::Major,
            Self::Minor => verdict >= Rust::Minor,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// The code of a change, such as `field-removed`; without one, all are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub(super) fn explain(arguments: &ExplainArguments) -> ExitCode {
    let Some(code) = &arguments.code else {
        for rule in diff::rules() {
            print(&format!("{:32} {}\n", rule.code, rule.title));
        }
        return DONE;
    };
    let Some(rule) = diff::rule(code) else {
        let help = "`atlas-codegen explain` lists them all";
        eprint(&format!(
            "error: there is no rule `{code}`\n  = help: {help}\n"
        ));
        return usage();
    };
    print(&report::explain(rule));
    DONE
}

/// One of the two things to compare, read as far as its text.
struct Given {
    /// How the user named it.
    name: String,
    side: Side,
    /// Where a revision's files lie for the while.
    checkout: Option<Checkout>,
}

pub(super) fn diff(arguments: &DiffArguments) -> ExitCode {
    match run(arguments) {
        Ok(code) => code,
        Err(messages) => {
            eprint(&messages);
            refused()
        }
    }
}

fn run(arguments: &DiffArguments) -> Result<ExitCode, String> {
    let old_config = arguments.old_config.as_ref().or(arguments.config.as_ref());
    let sides = [&arguments.old, &arguments.new];
    let old = Given::of(&arguments.old, config(old_config, sides)?)?;
    let new = Given::of(&arguments.new, config(arguments.config.as_ref(), sides)?)?;
    if arguments.consumer.is_some() && new.document().is_none() {
        let help = "name the document that the new crate is made from";
        eprint(&format!(
            "error: `{}` is no document, and `--consumer` needs one as NEW\n  = help: {help}\n",
            new.name
        ));
        return Ok(usage());
    }
    let is_own = arguments.old_config.is_some();
    let (before, after) = pipeline::outlines(&old.side, &new.side, is_own);
    // The program ends when all is said: to take two large surfaces apart first would only take time.
    let before = ManuallyDrop::new(old.surface(before)?);
    let after = ManuallyDrop::new(new.surface(after)?);
    let mut comparison = diff::compare(&before, &after);
    let remade = pipeline::remade(&old.side, &new.side);
    comparison.attribute(&before, remade.as_ref(), &after);
    let mut report = Report {
        names: (arguments.old.clone(), arguments.new.clone()),
        causes: report::causes(&before, &after),
        versions: report::versions(&before, &comparison),
        comparison,
        ..Report::default()
    };
    if let Some(days) = arguments.sunset {
        let today = Day::today();
        let left = |day: &str| Day::parse(day).map(|day| day.days_after(today));
        report.sunsets = report::sunsets(&after, days, left);
    }
    if let (Some(dir), Some(config)) = (&arguments.consumer, new.document()) {
        report.consumer = Some(consumer::check(&Question {
            dir,
            target: arguments.target_dir.as_deref(),
            config,
            old: &before,
            new: &after,
            comparison: &report.comparison,
        })?);
    }
    locate(&mut report, &old, &new);
    print(&arguments.format.of(&report)?);
    let fails = arguments.fail_on.refuses(worst(&report));
    Ok(if fails { refused() } else { DONE })
}

/// Finds where what is told stands in the documents.
fn locate(report: &mut Report<'_>, old: &Given, new: &Given) {
    let changes = &report.comparison.changes;
    let ats = |at: fn(&Change) -> &String| changes.iter().map(move |change| at(change).as_str());
    let old_ats: Vec<&str> = ats(|change| &change.old_at).collect();
    let ends = report.sunsets.iter().map(|sunset| sunset.at);
    let new_ats: Vec<&str> = ats(|change| &change.new_at).chain(ends).collect();
    let [before, after] = pipeline::locate((&old.side, &old_ats), (&new.side, &new_ats));
    report.old_places = old.named(before);
    report.new_places = new.named(after);
}

/// The verdict for code: for that of the one program, where one was checked.
fn worst(report: &Report<'_>) -> Rust {
    match &report.consumer {
        None => report.comparison.rust(),
        Some(consumer) if consumer.breaks() => Rust::Major,
        Some(consumer) if consumer.findings.is_empty() => Rust::Patch,
        Some(_) => Rust::Minor,
    }
}

/// The config for documents: the one that is named, else the usual one where it is about one of the two sides, else none.
fn config(named: Option<&PathBuf>, sides: [&String; 2]) -> Result<Option<Config>, String> {
    let file = match named {
        Some(file) => file.clone(),
        None => match default_config() {
            Some(file) => file,
            None => return Ok(None),
        },
    };
    let anything = Path::new("openapi.yaml");
    let config = match pipeline::load_config(&file, None) {
        Ok(config) => config,
        Err(_) if named.is_some() => {
            let loaded = pipeline::load_config(&file, Some(anything));
            loaded.map_err(|messages| diag::text(&messages))?
        }
        // It is about nothing that was named here.
        Err(_) => return Ok(None),
    };
    let is_about = |side: &String| {
        let file = revision::parts(side).map_or(side.as_str(), |(_, file)| file);
        same_file(&config.spec, Path::new(file))
    };
    let is_meant = named.is_some() || sides.into_iter().any(is_about);
    Ok(is_meant.then_some(config))
}

fn same_file(left: &Path, right: &Path) -> bool {
    match (left.canonicalize(), right.canonicalize()) {
        (Ok(left), Ok(right)) => left == right,
        _ => left == right,
    }
}

impl Given {
    fn of(name: &str, config: Option<Config>) -> Result<Self, String> {
        let mut checkout = None;
        let file = match Path::new(name) {
            file if file.exists() => file.to_path_buf(),
            file => match revision::parts(name) {
                Some((revision, inside)) => {
                    let made = checkout.insert(Checkout::of(revision, inside)?);
                    made.file()
                }
                None => file.to_path_buf(),
            },
        };
        if is_saved(&file) {
            let text = std::fs::read_to_string(&file);
            let text = text.map_err(|error| format!("error: `{name}` can't be read: {error}\n"))?;
            let name = name.to_owned();
            let side = Side::Saved {
                name: name.clone(),
                text,
            };
            return Ok(Self {
                name,
                side,
                checkout,
            });
        }
        let config = match config {
            Some(config) => Config {
                spec: file,
                ..config
            },
            None => Config::for_spec(&file),
        };
        Ok(Self {
            name: name.to_owned(),
            side: Side::Document(Box::new(config)),
            checkout,
        })
    }

    /// What the crate is made with, where this is a document.
    fn document(&self) -> Option<&Config> {
        match &self.side {
            Side::Document(config) => Some(config),
            Side::Saved { .. } => None,
        }
    }

    /// Its surface; messages about it name it as the user did.
    fn surface(
        &self,
        surfaced: Result<(Outline, Vec<Message>), Vec<Message>>,
    ) -> Result<Outline, String> {
        let (outline, messages) = match surfaced {
            Ok((outline, messages)) => (Ok(outline), messages),
            Err(messages) => (Err(()), messages),
        };
        let errors = messages
            .iter()
            .filter(|message| message.severity == diag::Severity::Error);
        let text = diag::text(&errors.cloned().collect::<Vec<_>>());
        let text = match &self.checkout {
            Some(checkout) => checkout.named(&text),
            None => text,
        };
        outline.map_err(|()| format!("{text}refused: `{}` has no surface\n", self.name))
    }

    /// Places, with files as the user called them.
    fn named(&self, mut places: BTreeMap<String, Located>) -> BTreeMap<String, Located> {
        if let Some(checkout) = &self.checkout {
            for place in places.values_mut() {
                place.file = checkout.named(&place.file);
            }
        }
        places
    }
}

/// Whether a file says of itself that it is a saved surface.
fn is_saved(file: &Path) -> bool {
    use std::io::Read;
    let mut start = Vec::new();
    let opened = std::fs::File::open(file);
    let read = opened.and_then(|open| open.take(256).read_to_end(&mut start));
    read.is_ok() && Outline::is_saved(&String::from_utf8_lossy(&start))
}
