//! What a run tells its caller.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::{Built, SurfaceChange};
use crate::diag::Message;
use crate::output::Outcome;

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Whether nothing was done: the document was refused, or the folder differs from what it should be.
    pub refused: bool,
    /// The operations.
    pub operations: Operations,
    /// How many types the crate has.
    pub types: usize,
    /// The folder.
    pub dir: PathBuf,
    /// What was done to its files, or would be; none where the run stopped before.
    pub files: Option<Outcome>,
    /// The difference between the folder and what it should hold, under [`super::Mode::Check`].
    pub diff: String,
    /// What the run does to those who use the crate, where its surface is not the one that stood in the folder.
    pub surface: Option<SurfaceChange>,
    /// What there is to complain of.
    pub messages: Vec<Message>,
    /// How long each stage took, in order.
    pub timings: Vec<(&'static str, Duration)>,
}

/// How many operations there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Operations {
    /// In the document.
    pub found: usize,
    /// In the crate.
    pub emitted: usize,
}

impl Report {
    /// A run that never began.
    pub fn refusal(messages: Vec<Message>) -> Self {
        Self {
            refused: true,
            messages,
            ..Self::default()
        }
    }

    pub(super) fn count(&mut self, built: &Built) {
        // The versions of an operation count as one. Two paths can hold one path item, and two can be one but for their fragments.
        let emitted: BTreeSet<_> = built
            .krate
            .groups
            .iter()
            .flat_map(|group| &group.operations)
            .map(|operation| {
                let wire = &operation.wire;
                (&operation.path, &wire.template, wire.method)
            })
            .collect();
        let emitted = emitted.len();
        self.operations = Operations {
            found: built.document.operation_count().max(emitted),
            emitted,
        };
        self.types = built.krate.types.iter().map(|file| file.types.len()).sum();
    }

    /// Whether the folder is as it should be.
    pub fn is_current(&self) -> bool {
        self.files.as_ref().is_some_and(Outcome::is_current)
    }

    /// The whole report as one JSON object.
    pub fn to_json(&self) -> Value {
        let Operations { found, emitted } = self.operations;
        let files = self.files.clone().unwrap_or_default();
        let milliseconds: Map<String, Value> = self
            .timings
            .iter()
            .map(|(stage, time)| {
                (
                    (*stage).to_owned(),
                    json!((time.as_secs_f64() * 1e4).round() / 10.0),
                )
            })
            .collect();
        json!({
            "refused": self.refused,
            "operations": { "in": found, "emitted": emitted, "left_out": found - emitted },
            "types": self.types,
            "files": {
                "written": files.written.len(),
                "unchanged": files.unchanged,
                "removed": files.removed.len(),
            },
            "changed": { "written": files.written, "removed": files.removed },
            "surface": self.surface.as_ref().map(SurfaceChange::to_json),
            "diagnostics": self.messages.iter().map(Message::to_json).collect::<Vec<_>>(),
            "milliseconds": milliseconds,
        })
    }
}
