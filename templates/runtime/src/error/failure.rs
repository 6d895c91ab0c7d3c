//! A failure without its typed body: what the layers of a call pass on.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use http::StatusCode;
use http::header::LOCATION;

use super::{ErrorKind, Members};
use crate::response::Reply;
use crate::service::ErrorMembers;

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// A failure. It is always boxed, so that results stay small.
#[derive(Clone)]
pub(crate) struct Failure {
    pub(crate) kind: ErrorKind,
    pub(crate) operation: Option<&'static str>,
    pub(crate) message: String,
    pub(crate) reply: Option<Reply>,
    pub(crate) members: Members,
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
    pub(crate) fn of_reply(reply: Reply, error_members: &ErrorMembers) -> Box<Self> {
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
            return Self::new(ErrorKind::Redirect, message).with_reply(reply);
        }
        let members = Members::read(&reply.body, error_members);
        let mut failure = Self::new(ErrorKind::Service, reply.status.to_string()).with_reply(reply);
        failure.members = members;
        failure
    }

    pub(crate) fn because(mut self: Box<Self>, source: impl Into<BoxError>) -> Box<Self> {
        self.source = Some(Arc::from(source.into()));
        self
    }

    pub(crate) fn with_reply(mut self: Box<Self>, reply: Reply) -> Box<Self> {
        self.reply = Some(reply);
        self
    }

    /// Says which operation failed.
    pub(crate) fn during(mut self: Box<Self>, operation: &'static str) -> Box<Self> {
        self.operation = Some(operation);
        self
    }
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
        output.field("members", &self.members).field("source", &self.source).finish()
    }
}

impl StdError for Failure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
