//! One HTTP answer as data: status, headers, body, and how it travels.

use std::time::Duration;

use serde_json::Value;

/// An answer of the service.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) delivery: Delivery,
}

/// How an answer travels to the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// At once and whole.
    AtOnce,
    /// Nothing at all for this long, then whole.
    SlowHeaders(Duration),
    /// The headers at once, then the body in two halves with this pause between them.
    SlowBody(Duration),
    /// The headers promise the whole body; the connection ends after half of it.
    CutOff,
    /// The connection ends without a byte.
    HangUp,
}

impl Answer {
    /// An answer without headers and without a body.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            delivery: Delivery::AtOnce,
        }
    }

    /// An answer with a JSON body.
    #[must_use]
    pub fn json(status: u16, media_type: &str, body: &Value) -> Self {
        Self::new(status).with_body(media_type, body.to_string())
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Sets the body and its media type.
    #[must_use]
    pub fn with_body(self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut answer = self.header("content-type", media_type);
        answer.body = body.into();
        answer
    }

    /// Sets how the answer travels.
    #[must_use]
    pub fn delivered(mut self, delivery: Delivery) -> Self {
        self.delivery = delivery;
        self
    }
}
