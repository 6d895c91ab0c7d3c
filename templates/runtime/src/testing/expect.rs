//! What a test expects to be sent.

use std::fmt::Display;

use http::Method;
use serde::Serialize;
use serde_json::Value;

use super::{Answer, Script, Sent};

/// A request that a [`Script`] expects, in the making: it counts once it has its [`answer`](Self::answer). Whatever is not
/// said of it may be anything.
#[must_use = "an expectation counts once it has its answer"]
pub struct Expectation<'a> {
    script: &'a Script,
    expected: Expected,
}

/// A request that a script expects, with its answer.
pub(super) struct Expected {
    operation: String,
    conditions: Vec<Condition>,
    /// How many more there are to come.
    pub(super) left: Times,
    pub(super) answer: Answer,
}

/// How often something happens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    Exactly(usize),
    Any,
}

/// One thing that holds of an expected request.
struct Condition {
    text: String,
    holds: Box<dyn Fn(&Sent) -> bool + Send>,
}

impl<'a> Expectation<'a> {
    pub(super) fn new(script: &'a Script, operation: &str) -> Self {
        let answer = Answer::status(204);
        let operation = operation.to_owned();
        Self { script, expected: Expected { operation, conditions: Vec::new(), left: Times::Exactly(1), answer } }
    }

    /// With this method.
    pub fn method(self, method: Method) -> Self {
        self.matching(format!("method {method}"), move |sent| *sent.method() == method)
    }

    /// With this path, escaped as it goes out, and with that of the base URL before it.
    pub fn path(self, path: impl Into<String>) -> Self {
        let path = path.into();
        self.matching(format!("path {path}"), move |sent| sent.path() == path)
    }

    /// With this parameter in its query, among others.
    pub fn query(self, name: &str, value: impl Display) -> Self {
        let pair = (name.to_owned(), value.to_string());
        self.matching(format!("query {}={}", pair.0, pair.1), move |sent| sent.query().contains(&pair))
    }

    /// Without this parameter in its query.
    pub fn no_query(self, name: &str) -> Self {
        let name = name.to_owned();
        self.matching(format!("no query {name}"), move |sent| sent.query().iter().all(|(given, _)| *given != name))
    }

    /// With this header. What carries secrets is there with the value `(hidden)`.
    pub fn header(self, name: &str, value: &str) -> Self {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.matching(format!("header {name}: {value}"), move |sent| {
            sent.headers().get_all(&name).iter().any(|given| given.as_bytes() == value.as_bytes())
        })
    }

    /// With a body that is this JSON, whatever its layout.
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        match serde_json::to_value(body) {
            Ok(body) => {
                self.matching(format!("body {body}"), move |sent| sent.json().is_some_and(|sent: Value| sent == body))
            }
            Err(error) => self.matching(format!("a body that cannot be written ({error})"), |_| false),
        }
    }

    /// For which this holds; the text says what it is, for when it does not.
    pub fn matching(mut self, text: impl Into<String>, holds: impl Fn(&Sent) -> bool + Send + 'static) -> Self {
        self.expected.conditions.push(Condition { text: text.into(), holds: Box::new(holds) });
        self
    }

    /// So often, rather than once; the answer is the same each time.
    pub fn times(mut self, times: usize) -> Self {
        self.expected.left = Times::Exactly(times);
        self
    }

    /// As often as may be, never too.
    pub fn any_times(mut self) -> Self {
        self.expected.left = Times::Any;
        self
    }

    /// Says what is answered, which ends the expectation.
    pub fn answer(mut self, answer: Answer) {
        self.expected.answer = answer;
        self.script.add(self.expected);
    }
}

impl Expected {
    /// Whether more of it may come.
    pub(super) fn is_open(&self) -> bool {
        self.left != Times::Exactly(0)
    }

    /// Whether more of it must come.
    pub(super) fn is_due(&self) -> bool {
        self.is_open() && self.left != Times::Any
    }

    /// Counts one that came.
    pub(super) fn take(&mut self) -> Answer {
        if let Times::Exactly(left) = &mut self.left {
            *left = left.saturating_sub(1);
        }
        self.answer.clone()
    }

    pub(super) fn is_met_by(&self, sent: &Sent) -> bool {
        self.operation == sent.operation && self.conditions.iter().all(|condition| (condition.holds)(sent))
    }

    /// What it is, and where `sent` is the same operation, what does not hold of that.
    pub(super) fn describe(&self, sent: Option<&Sent>) -> String {
        let texts = |which: &dyn Fn(&Condition) -> bool| {
            let texts = self.conditions.iter().filter(|condition| which(condition));
            texts.map(|condition| condition.text.as_str()).collect::<Vec<_>>().join(", ")
        };
        let mut text = self.operation.clone();
        if !self.conditions.is_empty() {
            text = format!("{text} with {}", texts(&|_| true));
        }
        match self.left {
            Times::Exactly(times) if times > 1 => text.push_str(&format!(" ({times} times)")),
            _ => {}
        }
        match sent.filter(|sent| sent.operation == self.operation) {
            Some(sent) => format!("{text}; this one is without {}", texts(&|condition| !(condition.holds)(sent))),
            None => text,
        }
    }
}
