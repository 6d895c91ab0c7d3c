//! Answers of JSON texts, one after the other: a text in each line (`application/x-ndjson`, `application/jsonl`), or behind
//! each record separator (`application/json-seq`, RFC 7464).

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use http::{HeaderMap, StatusCode};

use super::frames::{Frames, Framing, TooLarge};
use crate::codec::{Decode, decode};
use crate::download::Stream;
use crate::error::Error;

/// An answer of JSON texts, each of which is read when it comes. It is a [`Stream`](futures_core::Stream), and has a
/// [`next`](Self::next) of its own.
///
/// Nothing is read ahead, and no limit holds for the whole: a text may be as large as the client's
/// [`response_limit`](crate::Builder::response_limit), and something must come within its
/// [`idle_timeout`](crate::Builder::idle_timeout). A text that is not what the operation promises is an error, behind which
/// the next one comes.
pub struct Lines<T, E> {
    frames: Frames<LineParser>,
    types: PhantomData<fn() -> (T, E)>,
}

impl<T: Decode, E: Decode> Lines<T, E> {
    pub(crate) fn new(stream: Stream, separator: u8) -> Self {
        Self { frames: Frames::new(stream, LineParser { separator, line: Vec::new() }), types: PhantomData }
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

    /// The next value; none at the end. A `next` that is dropped loses nothing.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        poll_fn(|context| self.poll_value(context)).await
    }

    fn poll_value(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error<E>>>> {
        Poll::Ready(match ready!(self.frames.poll_next(context)) {
            None => None,
            Some(Err(failure)) => Some(Err(Error::new(failure))),
            Some(Ok(text)) => {
                let value = decode(&text).map_err(|error| Error::new(self.frames.unreadable(text, error)));
                Some(value)
            }
        })
    }
}

impl<T: Decode, E: Decode> futures_core::Stream for Lines<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_value(context)
    }
}

/// Shows status and headers only.
impl<T, E> fmt::Debug for Lines<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.frames.debug("Lines", formatter)
    }
}

/// Splits a body at a byte. What is nothing but space is no text, and the last text needs no byte behind it.
struct LineParser {
    separator: u8,
    line: Vec<u8>,
}

impl LineParser {
    fn check(&self, part: &[u8], limit: usize) -> Result<(), TooLarge> {
        match self.line.len().saturating_add(part.len()) <= limit {
            true => Ok(()),
            false => Err(TooLarge),
        }
    }
}

impl Framing for LineParser {
    type Frame = Bytes;

    const NOUN: &'static str = "line";

    fn next(&mut self, piece: &mut Bytes, limit: usize) -> Result<Option<Bytes>, TooLarge> {
        while let Some(length) = piece.iter().position(|byte| *byte == self.separator) {
            let part = piece.split_to(length);
            piece.advance(1);
            self.check(&part, limit)?;
            let text = match self.line.is_empty() {
                true => part,
                false => {
                    self.line.extend_from_slice(&part);
                    std::mem::take(&mut self.line).into()
                }
            };
            if !is_blank(&text) {
                return Ok(Some(text));
            }
        }
        self.check(piece, limit)?;
        self.line.extend_from_slice(&std::mem::take(piece));
        Ok(None)
    }

    fn end(&mut self) -> Option<Bytes> {
        let text: Bytes = std::mem::take(&mut self.line).into();
        (!is_blank(&text)).then_some(text)
    }
}

fn is_blank(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(pieces: &[&str], separator: u8, limit: usize) -> Result<Vec<Bytes>, TooLarge> {
        let mut parser = LineParser { separator, line: Vec::new() };
        let mut found = Vec::new();
        for piece in pieces {
            let mut piece = Bytes::copy_from_slice(piece.as_bytes());
            while let Some(line) = parser.next(&mut piece, limit)? {
                found.push(line);
            }
        }
        found.extend(parser.end());
        Ok(found)
    }

    #[test]
    fn lines_are_split_wherever_the_pieces_are_cut_and_blank_ones_are_none() {
        let text = "{\"a\":1}\r\n\n  \n[2]\n3";
        let expected = ["{\"a\":1}\r", "[2]", "3"];
        assert_eq!(split(&[text], b'\n', 99).unwrap(), expected);
        for cut in 0..=text.len() {
            let (first, second) = text.split_at(cut);
            assert_eq!(split(&[first, second], b'\n', 99).unwrap(), expected, "{cut}");
        }
    }

    #[test]
    fn a_sequence_has_its_separators_in_front_and_may_have_line_feeds_within() {
        let text = "\u{1e}{\"a\":\n1}\n\u{1e}\u{1e}2\n";
        assert_eq!(split(&[text], 0x1e, 99).unwrap(), ["{\"a\":\n1}\n", "2\n"]);
    }

    #[test]
    fn a_line_has_a_limit() {
        assert_eq!(split(&["12\n", "34"], b'\n', 2).unwrap().len(), 2);
        assert_eq!(split(&["123\n"], b'\n', 2), Err(TooLarge));
        assert_eq!(split(&["12", "3"], b'\n', 2), Err(TooLarge));
    }
}
