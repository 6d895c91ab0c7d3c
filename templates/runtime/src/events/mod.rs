//! Answers that go on: events (`text/event-stream`), and JSON texts one after the other.

mod frames;
mod lines;
mod parser;

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::value::RawValue;

use self::frames::Frames;
pub use self::lines::Lines;
use self::parser::{EventParser, RawEvent};
use crate::call::Call;
use crate::codec::{Decode, DecodeError, decode};
use crate::download::Stream;
use crate::error::{Error, Failure};
use crate::request::put_header;

/// What some services send as the data of the last event.
const DONE: &str = "[DONE]";

/// An event of a stream.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What kind of event it is; `message` where it does not say so.
    pub name: String,
    /// What it brings.
    pub data: T,
    /// The id that it brings itself. Where to begin anew is [`Events::last_event_id`], which counts those before it too.
    pub id: Option<String>,
}

/// An answer of events, each of which is read when it comes (`text/event-stream`, HTML standard, 9.2). It is a
/// [`Stream`](futures_core::Stream), and has a [`next`](Self::next) of its own.
///
/// Nothing is read ahead, and no limit holds for the whole: an event may be as large as the client's
/// [`response_limit`](crate::Builder::response_limit), and something must come within its
/// [`idle_timeout`](crate::Builder::idle_timeout), if only a comment. An event whose data is not what the operation promises
/// is an error, behind which the next one comes: the stream is whole, and one event that this version does not understand
/// is no reason to lose those behind it. After any other error, and after data that says `[DONE]`, nothing comes. Events
/// without data, and those that have nothing in it where JSON is expected, are signs of life and pass unseen.
///
/// A connection that breaks off is not made anew, for only the caller knows whether the request may be sent again. What is
/// needed for that is here:
///
/// ```
/// use client_runtime::{Call, Error, Events, Value};
///
/// # async fn example(call: Call<Events<Value, Value>, Value>) -> Result<(), Error<Value>> {
/// let mut events = call.clone().await?;
/// while let Some(event) = events.next().await {
///     match event {
///         Ok(event) => println!("{}: {}", event.name, event.data),
///         Err(error) if error.decode_error().is_some() => eprintln!("{error}"),
///         Err(_) => events = call.clone().last_event_id(events.last_event_id()).await?,
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub struct Events<T, E> {
    frames: Frames<EventParser>,
    content: Content,
    types: PhantomData<fn() -> (T, E)>,
}

/// What of an event is read into its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// The data, which is JSON.
    Json,
    /// The data, which is text.
    Text,
    /// An object of `event`, `data`, `id` and `retry`.
    Whole,
}

impl<T: Decode, E: Decode> Events<T, E> {
    pub(crate) fn new(stream: Stream, content: Content) -> Self {
        Self { frames: Frames::new(stream, EventParser::default()), content, types: PhantomData }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.frames.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.frames.headers()
    }

    /// The id of the last event that brought one; empty if none has. [`Call::last_event_id`] begins behind it.
    #[must_use]
    pub fn last_event_id(&self) -> &str {
        self.frames.framing().last_id()
    }

    /// How long the service wants a client to wait before it asks again, if it has said so.
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.frames.framing().retry()
    }

    /// The next event; none at the end. A `next` that is dropped loses nothing.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error<E>>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error<E>>>> {
        let event = match ready!(self.poll_raw(context)) {
            None => return Poll::Ready(None),
            Some(Err(failure)) => return Poll::Ready(Some(Err(Error::new(failure)))),
            Some(Ok(event)) => event,
        };
        Poll::Ready(Some(match self.content.read(&event) {
            Ok(data) => Ok(Event { name: named(event.name), data, id: event.id }),
            Err((text, error)) => Err(Error::new(self.frames.unreadable(text, error))),
        }))
    }

    /// The next event that has something to read.
    fn poll_raw(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawEvent, Box<Failure>>>> {
        loop {
            let event = ready!(self.frames.poll_next(context));
            match &event {
                Some(Ok(event)) if self.content != Content::Text && event.data.trim() == DONE => self.frames.close(),
                Some(Ok(event)) if self.content == Content::Json && event.data.trim().is_empty() => {}
                _ => return Poll::Ready(event),
            }
        }
    }
}

fn named(name: String) -> String {
    if name.is_empty() { "message".to_owned() } else { name }
}

impl Content {
    /// Reads an event, or says what was read and what is wrong with it.
    fn read<T: Decode>(self, event: &RawEvent) -> Result<T, (Bytes, DecodeError)> {
        let text = || quoted(&event.data);
        let first = match self {
            Self::Text => return decoded(text()),
            Self::Json => event.data.clone(),
            Self::Whole => match serde_json::from_str::<&RawValue>(&event.data) {
                Ok(data) => whole(event, data.get()),
                Err(_) => whole(event, &text()),
            },
        };
        decoded(first).or_else(|fault| {
            // Text need not be JSON: `done` is as good as `"done"`, and `5` may be meant as text.
            let second = if self == Self::Json { text() } else { whole(event, &text()) };
            decoded(second).map_err(|_| fault)
        })
    }
}

fn decoded<T: Decode>(json: String) -> Result<T, (Bytes, DecodeError)> {
    decode(json.as_bytes()).map_err(|error| (Bytes::from(json), error))
}

/// A text as JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// An event as an object.
fn whole(event: &RawEvent, data: &str) -> String {
    let mut object = String::from("{");
    let mut member = |name: &str, value: &str| {
        let comma = if object.len() > 1 { "," } else { "" };
        object.push_str(&format!("{comma}\"{name}\":{value}"));
    };
    if !event.name.is_empty() {
        member("event", &quoted(&event.name));
    }
    if let Some(id) = &event.id {
        member("id", &quoted(id));
    }
    if let Some(retry) = event.retry {
        member("retry", &retry.as_millis().to_string());
    }
    member("data", data);
    object.push('}');
    object
}

impl<T, E: Decode> Call<Events<T, E>, E> {
    /// Asks for the events behind the one of this id, as [`Events::last_event_id`] has it: sends it as `Last-Event-ID`. An
    /// empty one asks for what comes, as a first call does.
    pub fn last_event_id(mut self, id: &str) -> Self {
        if let (Ok(request), false) = (&mut self.request, id.is_empty()) {
            // It came in UTF-8 and goes out in UTF-8; line ends cannot be in it.
            match HeaderValue::from_bytes(id.as_bytes()) {
                Ok(value) => put_header(&mut request.headers, http::HeaderName::from_static("last-event-id"), value),
                Err(_) => self.request = Err(Failure::request("the event's id holds what no header may hold")),
            }
        }
        self
    }
}

impl<T: Decode, E: Decode> futures_core::Stream for Events<T, E> {
    type Item = Result<Event<T>, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(context)
    }
}

/// Shows status and headers only.
impl<T, E> fmt::Debug for Events<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.frames.debug("Events", formatter)
    }
}
