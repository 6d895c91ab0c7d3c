//! The ways to read the answer of a request: each makes a [`Call`] of it.

use bytes::Bytes;

use crate::answers::Answers;
use crate::call::Call;
use crate::codec::{Decode, decode};
use crate::download::Download;
use crate::error::BoxError;
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

pub(crate) fn download<E: Decode>(answer: &mut Arrived) -> Result<Download<E>, BoxError> {
    let stream = answer.stream.take().ok_or("the answer has been read")?;
    Ok(Download::new(stream))
}
