//! A call on its way.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use tracing::Span;

use crate::core::{Core, Timeouts};
use crate::error::{Attempt, Failure};
use crate::observe;
use crate::request::Request;
use crate::response::{Arrived, Reply};
use crate::retry::Retry;

/// What a caller has set for one call, in place of what the client has.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Option<Retry>,
    pub(crate) is_idempotent: Option<bool>,
}

/// A call on its way: what is sent and for how long, and what has come of it so far.
pub(crate) struct InFlight<'a> {
    pub(crate) core: &'a Core,
    pub(crate) request: &'a Request,
    pub(crate) timeouts: Timeouts,
    pub(crate) deadline: Option<Instant>,
    pub(crate) retry: Retry,
    pub(crate) is_idempotent: bool,
    progress: Mutex<Progress>,
}

/// How far a call has come.
#[derive(Default)]
struct Progress {
    made: Vec<Attempt>,
    /// When the attempt under way began, and its span.
    under_way: Option<(Instant, Span)>,
}

impl<'a> InFlight<'a> {
    pub(crate) fn new(core: &'a Core, request: &'a Request, options: CallOptions) -> Self {
        let usual = core.timeouts();
        let timeouts = Timeouts {
            total: options.total_timeout.unwrap_or(usual.total),
            attempt: options.attempt_timeout.unwrap_or(usual.attempt),
            ..usual
        };
        Self {
            core,
            request,
            timeouts,
            deadline: Instant::now().checked_add(timeouts.total),
            retry: options.retry.unwrap_or(core.retry()),
            is_idempotent: options.is_idempotent.unwrap_or(request.operation.is_idempotent()),
            progress: Mutex::default(),
        }
    }

    /// How many attempts there have been.
    pub(crate) fn made(&self) -> usize {
        self.progress().made.len()
    }

    /// Notes that an attempt goes out.
    pub(crate) fn begin(&self, span: &Span) {
        self.progress().under_way = Some((Instant::now(), span.clone()));
    }

    /// Notes what came of the attempt under way, if one is: the end of the call may have cut it off.
    pub(crate) fn end(&self, outcome: Result<&Reply, &Failure>) {
        let mut progress = self.progress();
        if let Some((began, span)) = progress.under_way.take() {
            observe::attempt_ended(&span, outcome);
            progress.made.push(Attempt::new(began.elapsed(), outcome));
        }
    }

    /// What came of each attempt.
    pub(crate) fn into_attempts(self) -> Vec<Attempt> {
        self.progress.into_inner().unwrap_or_else(PoisonError::into_inner).made
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The outcome of an attempt, for those who only look at it.
pub(crate) fn seen(outcome: &Result<Arrived, Box<Failure>>) -> Result<&Reply, &Failure> {
    match outcome {
        Ok(arrived) => Ok(&arrived.reply),
        Err(failure) => Err(failure),
    }
}
