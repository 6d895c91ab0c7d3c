//! A failure without its typed body: what the layers of a call pass on.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use http::header::LOCATION;

use super::{Attempt, ErrorKind, Members};
use crate::codec::DecodeError;
use crate::response::Reply;
use crate::retry::retry_after;
use crate::service::Description;

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// A failure. It is always boxed, so that results stay small.
#[derive(Clone)]
pub(crate) struct Failure {
    pub(crate) kind: ErrorKind,
    pub(crate) operation: Option<&'static str>,
    pub(crate) message: String,
    pub(crate) reply: Option<Reply>,
    pub(crate) members: Members,
    pub(crate) retry_after: Option<Duration>,
    /// What the service's support asks for.
    pub(crate) trace: Vec<(&'static str, String)>,
    pub(crate) attempts: Vec<Attempt>,
    /// Shared, because one failed renewal of a token is the failure of all that wait for it.
    pub(crate) source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl Failure {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            kind,
            operation: None,
            message: message.into(),
            reply: None,
            members: Members::default(),
            retry_after: None,
            trace: Vec::new(),
            attempts: Vec::new(),
            source: None,
        })
    }

    pub(crate) fn request(message: impl Into<String>) -> Box<Self> {
        Self::new(ErrorKind::Request, message)
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Box<Self> {
        Self::new(ErrorKind::Configuration, message)
    }

    /// What an answer that is no success means.
    pub(crate) fn of_reply(reply: Reply, service: &Description) -> Box<Self> {
        if reply.status.is_redirection() && reply.status != StatusCode::NOT_MODIFIED {
            let target = reply.headers.get(LOCATION).map(|target| String::from_utf8_lossy(target.as_bytes()));
            // A query may hold what is not for the eyes of others.
            let target = target.as_deref().and_then(|target| target.split(['?', '#']).next());
            let message = match target {
                Some(target) => {
                    format!("{}: a redirect to {target}, which is not followed", reply.status)
                }
                None => format!("{}: no redirect is followed", reply.status),
            };
            return Self::new(ErrorKind::Redirect, message).with_answer(reply, service);
        }
        let mut failure = Self::new(ErrorKind::Service, reply.status.to_string());
        failure.members = Members::read(&reply.body, &service.error_members);
        failure.with_answer(reply, service)
    }

    /// A success whose body is not what the operation promises.
    pub(crate) fn unreadable(reply: Reply, error: BoxError, service: &Description) -> Box<Self> {
        // The body of a stream has not been read.
        let message = match reply.body.is_empty() && error.is::<DecodeError>() {
            true => format!("{}: the answer has no body", reply.status),
            false => format!("{}: the answer is not what the operation promises", reply.status),
        };
        Self::new(ErrorKind::Decode, message).because(error).with_answer(reply, service)
    }

    pub(crate) fn because(mut self: Box<Self>, source: impl Into<BoxError>) -> Box<Self> {
        self.source = Some(Arc::from(source.into()));
        self
    }

    /// Adds an answer of the service, and what it tells whatever the failure is.
    pub(crate) fn with_answer(mut self: Box<Self>, reply: Reply, service: &Description) -> Box<Self> {
        self.retry_after = retry_after(&reply, &service.error_members);
        self.trace = trace(&reply, service.trace_headers);
        self.with_reply(reply)
    }

    pub(crate) fn with_reply(mut self: Box<Self>, reply: Reply) -> Box<Self> {
        self.reply = Some(reply);
        self
    }

    /// Says what became of the attempts before those that it knows of, which are the token endpoint's.
    pub(crate) fn after(mut self: Box<Self>, mut attempts: Vec<Attempt>) -> Box<Self> {
        attempts.append(&mut self.attempts);
        self.attempts = attempts;
        self
    }

    /// Says which operation failed.
    pub(crate) fn during(mut self: Box<Self>, operation: &'static str) -> Box<Self> {
        self.operation = Some(operation);
        self
    }
}

/// The headers of these names.
fn trace(reply: &Reply, names: &[&'static str]) -> Vec<(&'static str, String)> {
    let value = |name: &str| Some(reply.headers.get(name)?.to_str().ok()?.to_owned());
    names.iter().filter_map(|name| Some((*name, value(name)?))).collect()
}

/// `operation: message (code): detail`; the causes too where `{:#}` asks for them.
impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation {
            write!(formatter, "{operation}: ")?;
        }
        formatter.write_str(&self.message)?;
        if let Some(code) = &self.members.code {
            write!(formatter, " ({code})")?;
        }
        if let Some(detail) = &self.members.detail {
            write!(formatter, ": {detail}")?;
        }
        // The first ones say where to look; all of them are in `field_errors`.
        for fault in self.members.fields.iter().take(3) {
            write!(formatter, "; {}: {}", fault.field(), fault.detail())?;
        }
        // A challenge that was answered is no attempt that failed.
        let challenges = self.attempts.iter().filter(|attempt| attempt.status() == Some(StatusCode::UNAUTHORIZED));
        let tries = self.attempts.len() - challenges.count();
        if tries > 1 {
            write!(formatter, " ({tries} attempts)")?;
        }
        let mut cause = StdError::source(self).filter(|_| formatter.alternate());
        while let Some(error) = cause {
            write!(formatter, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

/// Leaves out the body, of which nobody knows what it holds.
impl fmt::Debug for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut output = formatter.debug_struct("Failure");
        output.field("kind", &self.kind).field("operation", &self.operation).field("message", &self.message);
        if let Some(reply) = &self.reply {
            output.field("status", &reply.status).field("headers", &reply.headers);
            output.field("body_length", &reply.body.len());
        }
        output.field("members", &self.members).field("retry_after", &self.retry_after).field("trace", &self.trace);
        output.field("attempts", &self.attempts).field("source", &self.source).finish()
    }
}

impl StdError for Failure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
