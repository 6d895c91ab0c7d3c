//! `lint`: what there is to say of a document, on stdout.

use std::process::ExitCode;

use atlas_codegen::config::Config;
use atlas_codegen::diag;
use atlas_codegen::pipeline::{self, Day, Lint, Operations, Sunset};

use super::arguments::LintArguments;
use super::summary::counts;
use super::{DONE, eprint, print, refused, usage};

pub(super) fn lint(arguments: &LintArguments) -> ExitCode {
    let loaded = match (&arguments.config, &arguments.spec) {
        (Some(file), spec) => pipeline::load_config(file, spec.as_deref()),
        (None, Some(spec)) => Ok(Config::for_spec(spec)),
        (None, None) => return usage(),
    };
    let sunset = arguments.sunset.map(|days| Sunset {
        today: arguments.today.unwrap_or_else(Day::today),
        days,
    });
    let lint = match loaded {
        Ok(config) => pipeline::lint(&config, arguments.strict, sunset),
        Err(messages) => Lint {
            refused: true,
            operations: Operations::default(),
            messages,
        },
    };
    if arguments.json {
        print(&format!("{:#}\n", lint.to_json()));
    } else {
        print(&diag::text(&lint.messages));
        let counts = counts(&lint.messages);
        if !counts.is_empty() {
            eprint(&format!("{counts}\n"));
        }
    }
    if lint.refused { refused() } else { DONE }
}
