//! What a test can make the service do.

use std::time::Duration;

use serde_json::{Value, json};

use super::answer::{Answer, Delivery};
use super::fault::Fault;

/// One scripted answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Scripted {
    /// The operation succeeds, and the user stands so with the organization. `Active` makes
    /// `addGroupAccessUser` answer 204; an invitation to a project looks the same for all.
    User(Member),
    /// The operation succeeds, but its body was changed like this.
    Altered(Alteration),
    /// The operation succeeds, but its answer travels like this.
    Delivered(Delivery),
    /// The operation fails with this error.
    Error(Fault),
    /// The error comes as HTTP 200 with its status inside, where `envelope=true` was asked for; as
    /// [`Scripted::Error`] elsewhere.
    ErrorInEnvelope(Fault),
    /// 429 with the number of seconds in `Retry-After`, or without that header.
    RateLimited {
        /// The value of `Retry-After`, in seconds; the body's `parameters` say 1 without it.
        retry_after: Option<u64>,
    },
    /// 503 with an HTML page, as from a proxy in between.
    HtmlUnavailable,
    /// A redirect with this status to this place.
    Redirect {
        /// The status, such as 307.
        status: u16,
        /// The value of `Location`.
        location: String,
    },
    /// Exactly this.
    Answer(Answer),
}

impl Scripted {
    /// The answer, after nothing for this long.
    #[must_use]
    pub fn slow_headers(pause: Duration) -> Self {
        Self::Delivered(Delivery::SlowHeaders(pause))
    }

    /// The answer, with this pause in the middle of its body.
    #[must_use]
    pub fn slow_body(pause: Duration) -> Self {
        Self::Delivered(Delivery::SlowBody(pause))
    }

    /// The answer, broken off in the middle of its body.
    #[must_use]
    pub fn truncated() -> Self {
        Self::Delivered(Delivery::CutOff)
    }

    /// The error that is usual for the status.
    #[must_use]
    pub fn error(status: u16) -> Self {
        Self::Error(Fault::new(status))
    }

    /// Any JSON with status 200, for documents of other APIs.
    #[must_use]
    pub fn json(body: &Value) -> Self {
        Self::Answer(Answer::json(200, "application/json", body))
    }

    /// The answer where it does not depend on the operation's own; `None` where it does.
    pub(super) fn fixed(&self, path: &str) -> Option<Answer> {
        match self {
            Self::User(_) | Self::Altered(_) | Self::Delivered(_) => None,
            Self::Error(fault) | Self::ErrorInEnvelope(fault) => Some(fault.answer()),
            Self::RateLimited { retry_after } => Some(rate_limited(path, *retry_after)),
            Self::HtmlUnavailable => Some(Answer::new(503).with_body(
                "text/html; charset=utf-8",
                "<html><body><h1>503 Service Unavailable</h1></body></html>\n",
            )),
            Self::Redirect { status, location } => {
                Some(Answer::new(*status).header("location", location))
            }
            Self::Answer(answer) => Some(answer.clone()),
        }
    }
}

/// Where a user stands with the organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    /// Invited.
    Pending,
    /// Invited, and the invitation has lapsed.
    InvitationExpired,
    /// Invited, and declined: `invitationExpiresAt` is null.
    InvitationRejected,
    /// A member.
    Active,
}

impl Member {
    /// The value of `orgMembershipStatus`.
    #[must_use]
    pub fn status(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::InvitationExpired => "INVITATION_EXPIRED",
            Self::InvitationRejected => "INVITATION_REJECTED",
            Self::Active => "ACTIVE",
        }
    }
}

/// A change to the body of a success.
#[derive(Clone, Debug, PartialEq)]
pub enum Alteration {
    /// The first role becomes one that no document lists: `…_OF_TOMORROW`.
    UnknownRole,
    /// `orgMembershipStatus`, which tells the shapes of a user apart, becomes `SUSPENDED`.
    UnknownStatus,
    /// The body has one more field, `fieldOfTomorrow`, which holds an object.
    UnknownField,
    /// The member at this JSON pointer is gone.
    Without(String),
    /// The member at this JSON pointer, which must be there, has this value.
    Set(String, Value),
}

fn rate_limited(path: &str, retry_after: Option<u64>) -> Answer {
    let seconds = retry_after.unwrap_or(1);
    let answer = Fault::new(429)
        .parameters(vec![
            json!(path),
            json!(seconds),
            json!(10),
            json!(10),
            json!(60),
        ])
        .answer()
        .header("ratelimit-limit", "10")
        .header("ratelimit-remaining", "0");
    match retry_after {
        Some(seconds) => answer.header("retry-after", seconds.to_string()),
        None => answer,
    }
}
