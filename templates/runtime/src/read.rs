//! The ways to read the answer of a request: each makes a [`Call`] of it.

use bytes::Bytes;
use http::header::CONTENT_TYPE;

use crate::answers::Answers;
use crate::call::Call;
use crate::codec::{Decode, decode};
use crate::download::{Download, Stream};
use crate::error::BoxError;
use crate::events::{Content, Events, Lines};
use crate::request::RequestBuilder;
use crate::response::Arrived;

/// The answer is JSON.
pub fn json<T: Decode, E: Decode>(request: RequestBuilder) -> Call<T, E> {
    Call::new(request, false, |answer| Ok(decode(&answer.reply.body)?))
}

/// The answer is JSON, or has no body.
pub fn optional<T: Decode, E: Decode>(request: RequestBuilder) -> Call<Option<T>, E> {
    Call::new(request, false, |answer| match answer.reply.body.is_empty() {
        true => Ok(None),
        false => Ok(Some(decode(&answer.reply.body)?)),
    })
}

/// The answer's body, if any, does not matter.
pub fn empty<E: Decode>(request: RequestBuilder) -> Call<(), E> {
    Call::new(request, false, |_| Ok(()))
}

/// The answer is text in UTF-8.
pub fn text<E: Decode>(request: RequestBuilder) -> Call<String, E> {
    Call::new(request, false, |answer| Ok(String::from_utf8(answer.reply.body.to_vec())?))
}

/// The answer's body is wanted whole, as it came.
pub fn bytes<E: Decode>(request: RequestBuilder) -> Call<Bytes, E> {
    Call::new(request, false, |answer| Ok(answer.reply.body.clone()))
}

/// The answer is one of several, by status.
pub fn answers<T: Answers, E: Decode>(request: RequestBuilder) -> Call<T, E> {
    Call::new(request, false, |answer| {
        let reply = &answer.reply;
        Ok(T::read(reply.status.as_u16(), &reply.body)?)
    })
}

/// The answer's body is wanted as it comes, piece by piece.
pub fn stream<E: Decode>(request: RequestBuilder) -> Call<Download<E>, E> {
    Call::new(request, true, download)
}

/// The answer is a stream of events, whose data is JSON.
pub fn events<T: Decode, E: Decode>(request: RequestBuilder) -> Call<Events<T, E>, E> {
    Call::new(request, true, |answer| events_of(answer, Content::Json))
}

/// The answer is a stream of events, whose data is text.
pub fn text_events<T: Decode, E: Decode>(request: RequestBuilder) -> Call<Events<T, E>, E> {
    Call::new(request, true, |answer| events_of(answer, Content::Text))
}

/// The answer is a stream of events, each of which is read as an object of `event`, `data`, `id` and `retry`.
pub fn whole_events<T: Decode, E: Decode>(request: RequestBuilder) -> Call<Events<T, E>, E> {
    Call::new(request, true, |answer| events_of(answer, Content::Whole))
}

/// The answer has a JSON text in each line.
pub fn lines<T: Decode, E: Decode>(request: RequestBuilder) -> Call<Lines<T, E>, E> {
    Call::new(request, true, |answer| Ok(Lines::new(taken(answer)?, b'\n')))
}

/// The answer has a JSON text behind each record separator (RFC 7464).
pub fn json_sequence<T: Decode, E: Decode>(request: RequestBuilder) -> Call<Lines<T, E>, E> {
    Call::new(request, true, |answer| Ok(Lines::new(taken(answer)?, 0x1e)))
}

fn events_of<T: Decode, E: Decode>(answer: &mut Arrived, content: Content) -> Result<Events<T, E>, BoxError> {
    // To the parser anything is a stream of events, if only one without events.
    let media_type = answer.reply.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    match media_type.map(essence).filter(|essence| is_document(essence)) {
        Some(media_type) => Err(format!("it is `{media_type}` and no stream of events").into()),
        None => Ok(Events::new(taken(answer)?, content)),
    }
}

/// A media type without its parameters (RFC 9110 section 8.3.1).
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type is that of a document, which is no stream: JSON, HTML, XML.
fn is_document(essence: &str) -> bool {
    ["json", "html", "xml"].iter().any(|format| essence.ends_with(format))
}

pub(crate) fn download<E: Decode>(answer: &mut Arrived) -> Result<Download<E>, BoxError> {
    Ok(Download::new(taken(answer)?))
}

fn taken(answer: &mut Arrived) -> Result<Stream, BoxError> {
    Ok(answer.stream.take().ok_or("the answer has been read")?)
}
