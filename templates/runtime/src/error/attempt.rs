//! What became of each attempt of a call.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::{ErrorKind, Failure};
use crate::response::Reply;

/// One exchange with the service on behalf of a call. A challenge that was answered is one of its own.
#[derive(Clone, Debug)]
pub struct Attempt {
    duration: Duration,
    outcome: Outcome,
}

#[derive(Clone, Debug)]
enum Outcome {
    Answered(StatusCode),
    Failed(ErrorKind),
}

impl Attempt {
    pub(crate) fn new(duration: Duration, outcome: Result<&Reply, &Failure>) -> Self {
        let outcome = match outcome {
            Ok(reply) => Outcome::Answered(reply.status),
            Err(failure) => Outcome::Failed(failure.kind),
        };
        Self { duration, outcome }
    }

    /// How long it took, without the wait before it.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// The status of its answer, if one came whole.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self.outcome {
            Outcome::Answered(status) => Some(status),
            Outcome::Failed(_) => None,
        }
    }

    /// How it failed, if no answer came, or not the whole of it.
    #[must_use]
    pub fn error_kind(&self) -> Option<ErrorKind> {
        match self.outcome {
            Outcome::Answered(_) => None,
            Outcome::Failed(kind) => Some(kind),
        }
    }
}

/// `503 Service Unavailable after 12ms`.
impl fmt::Display for Attempt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.outcome {
            Outcome::Answered(status) => write!(formatter, "{status}")?,
            Outcome::Failed(kind) => write!(formatter, "{kind:?}")?,
        }
        write!(formatter, " after {:?}", self.duration)
    }
}
