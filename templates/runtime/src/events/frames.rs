//! An answer taken apart while it comes: what events and lines have in common.

use std::fmt;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::codec::DecodeError;
use crate::download::Stream;
use crate::error::{ErrorKind, Failure};

/// How a body is taken apart.
pub(super) trait Framing {
    /// One of its parts.
    type Frame;

    /// What the parts are called in messages.
    const NOUN: &'static str;

    /// The next part that ends in this piece of the body, of which the bytes behind it are left; none where the piece is
    /// used up.
    fn next(&mut self, piece: &mut Bytes, limit: usize) -> Result<Option<Self::Frame>, TooLarge>;

    /// What is a part although nothing comes behind it.
    fn end(&mut self) -> Option<Self::Frame>;
}

/// A part is larger than the limit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// The parts of an answer, pulled on demand. Nothing comes after the end or after a failure of the connection.
pub(super) struct Frames<F> {
    stream: Box<Stream>,
    /// What came and is not taken apart yet.
    piece: Bytes,
    framing: F,
    /// How many parts came.
    count: u64,
    has_ended: bool,
}

impl<F: Framing> Frames<F> {
    pub(super) fn new(stream: Stream, framing: F) -> Self {
        Self { stream: Box::new(stream), piece: Bytes::new(), framing, count: 0, has_ended: false }
    }

    pub(super) fn framing(&self) -> &F {
        &self.framing
    }

    pub(super) fn status(&self) -> StatusCode {
        self.stream.head().status
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        &self.stream.head().headers
    }

    /// Shows status and headers only.
    pub(super) fn debug(&self, name: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.stream.debug(name, formatter)
    }

    /// The next part; none at the end.
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<F::Frame, Box<Failure>>>> {
        while !self.has_ended {
            match self.framing.next(&mut self.piece, self.stream.limit()) {
                Ok(Some(frame)) => return Poll::Ready(Some(Ok(self.counted(frame)))),
                Ok(None) => {}
                Err(TooLarge) => return Poll::Ready(Some(Err(self.too_large()))),
            }
            match ready!(self.stream.poll_next(context)) {
                Ok(Some(piece)) => self.piece = piece,
                Ok(None) => {
                    self.close();
                    return Poll::Ready(self.framing.end().map(|frame| Ok(self.counted(frame))));
                }
                Err(failure) => {
                    self.close();
                    return Poll::Ready(Some(Err(failure)));
                }
            }
        }
        Poll::Ready(None)
    }

    fn counted(&mut self, frame: F::Frame) -> F::Frame {
        self.count = self.count.saturating_add(1);
        frame
    }

    /// Reads no further.
    pub(super) fn close(&mut self) {
        self.has_ended = true;
        self.piece.clear();
        self.stream.close();
    }

    fn too_large(&mut self) -> Box<Failure> {
        self.close();
        let (number, limit) = (self.count.saturating_add(1), self.stream.limit());
        let message = format!("{} {number} of the answer is larger than {limit} bytes", F::NOUN);
        self.stream.fault(Failure::new(ErrorKind::TooLarge, message), Bytes::new())
    }

    /// The part that came last is not what it should be. `text` is what was read of it.
    pub(super) fn unreadable(&self, text: Bytes, error: DecodeError) -> Box<Failure> {
        let (status, number) = (self.status(), self.count);
        let message = format!("{status}: {} {number} of the answer is not what the operation promises", F::NOUN);
        self.stream.fault(Failure::new(ErrorKind::Decode, message).because(error), text)
    }
}
