//! What there is to say of a document, without its crate.

use serde_json::{Value, json};

use super::{Built, Day, Operations, Report, Run};
use crate::config::Config;
use crate::diag::{Code, Diagnostics, Message};
use crate::spec;

/// From which day on an operation's end is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sunset {
    /// The day to count from.
    pub today: Day,
    /// How many days ahead an end is told of.
    pub days: u32,
}

/// What there is to say of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Lint {
    /// Whether no client can be written, or a warning counts as an error.
    pub refused: bool,
    /// The operations.
    pub operations: Operations,
    /// What there is to complain of.
    pub messages: Vec<Message>,
}

impl Lint {
    /// As one JSON object.
    pub fn to_json(&self) -> Value {
        let Operations { found, emitted } = self.operations;
        json!({
            "refused": self.refused,
            "operations": { "in": found, "emitted": emitted, "left_out": found - emitted },
            "diagnostics": self.messages.iter().map(Message::to_json).collect::<Vec<_>>(),
        })
    }
}

/// Runs the stages that look at a document, and writes nothing. Under `strict`, every warning is an error.
pub fn lint(config: &Config, strict: bool, sunset: Option<Sunset>) -> Lint {
    let mut run = Run::new(strict);
    for fault in config.package_faults() {
        run.diagnostics.push(fault);
    }
    let locator = spec::Locator::of(config);
    let mut report = Report::default();
    let built = run.build(config, &locator, |diagnostics| {
        spec::load(&config.spec, config, diagnostics)
    });
    let stopped = built.is_err();
    if let Ok(built) = built {
        report.count(&built);
        if let Some(sunset) = sunset {
            ends(&built, sunset, &mut run.diagnostics);
        }
    }
    let messages = run.messages(&locator);
    let is_error = |message: &Message| message.severity == crate::diag::Severity::Error;
    Lint {
        refused: stopped || messages.iter().any(is_error),
        operations: report.operations,
        messages,
    }
}

/// Reports the operations that have ended or end soon, the first to end first.
fn ends(built: &Built, sunset: Sunset, diagnostics: &mut Diagnostics) {
    let mut ends: Vec<_> = built
        .api
        .operations
        .iter()
        .filter_map(|operation| {
            let date = operation.sunset.as_deref()?;
            let left = Day::parse(date)?.days_after(sunset.today);
            (left <= i64::from(sunset.days)).then_some((date, left, operation))
        })
        .collect();
    // The sort is stable: of one day, the document's order.
    ends.sort_by_key(|(date, ..)| *date);
    for (date, left, operation) in ends {
        let version = operation.version.as_deref();
        let version = version.map_or_else(String::new, |version| format!(" in version {version}"));
        let id = &operation.id;
        let message = match left {
            ..0 => format!("`{id}`{version} ended on {date}"),
            0 => format!("`{id}`{version} ends today"),
            1 => format!("`{id}`{version} ends tomorrow"),
            left => format!("`{id}`{version} ends on {date}, in {left} days"),
        };
        let help = match operation.other_versions.is_empty() {
            true => "see what the document names in its place",
            false => "go over to another version, or see what the document names in its place",
        };
        diagnostics.report(Code::Sunset, &operation.path, message, help);
    }
}
