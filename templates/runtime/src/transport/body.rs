//! An answer's body, as it arrives.

use std::fmt;
use std::future::poll_fn;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};

use super::TransportError;

/// The pieces of a body, in order.
pub trait Chunks: Send {
    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the body breaks off before its end.
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>>;
}

/// An answer's body, as it arrives.
pub struct Body(Kind);

enum Kind {
    Whole(Option<Bytes>),
    Chunks(Box<dyn Chunks>),
}

impl Body {
    /// A body that arrives in pieces.
    #[must_use]
    pub fn new(chunks: impl Chunks + 'static) -> Self {
        Self(Kind::Chunks(Box::new(chunks)))
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the body breaks off before its end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        match &mut self.0 {
            Kind::Whole(bytes) => bytes.take().map(Ok),
            Kind::Chunks(chunks) => poll_fn(|context| chunks.poll_chunk(context)).await,
        }
    }

    /// What is left of the body, if it is no larger than `limit` bytes; else what came until then, and why no more did.
    pub(crate) async fn read(&mut self, limit: usize) -> (Bytes, Option<BodyError>) {
        let mut gathered = Gathered::default();
        let error = loop {
            match self.chunk().await {
                None => break None,
                Some(Err(error)) => break Some(BodyError::Transport(error)),
                Some(Ok(chunk)) if gathered.has_room(&chunk, limit) => gathered.push(chunk),
                Some(Ok(_)) => break Some(BodyError::TooLarge(limit)),
            }
        };
        (gathered.finish(), error)
    }
}

/// What has come of a body. Most bodies come in one piece, and that one is not copied.
#[derive(Default)]
pub(crate) struct Gathered {
    only: Bytes,
    joined: BytesMut,
}

impl Gathered {
    fn length(&self) -> usize {
        self.only.len() + self.joined.len()
    }

    /// Whether the whole with this piece is no larger than `limit` bytes.
    pub(crate) fn has_room(&self, chunk: &Bytes, limit: usize) -> bool {
        self.length().saturating_add(chunk.len()) <= limit
    }

    pub(crate) fn push(&mut self, chunk: Bytes) {
        if self.length() == 0 {
            self.only = chunk;
            return;
        }
        self.joined.extend_from_slice(&std::mem::take(&mut self.only));
        self.joined.extend_from_slice(&chunk);
    }

    pub(crate) fn finish(self) -> Bytes {
        if self.joined.is_empty() { self.only } else { self.joined.freeze() }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Kind::Whole(Some(bytes)))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Body").finish_non_exhaustive()
    }
}

/// Why a body could not be read whole.
#[derive(Debug)]
pub(crate) enum BodyError {
    /// It broke off.
    Transport(TransportError),
    /// It is larger than this many bytes.
    TooLarge(usize),
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;

    struct Pieces(VecDeque<Result<Bytes, TransportError>>);

    impl Chunks for Pieces {
        fn poll_chunk(&mut self, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
            Poll::Ready(self.0.pop_front())
        }
    }

    async fn read(
        pieces: &[&'static str],
        end: Option<TransportError>,
        limit: usize,
    ) -> Result<Bytes, (String, Bytes)> {
        let pieces = pieces.iter().map(|piece| Ok(Bytes::from_static(piece.as_bytes())));
        let mut body = Body::new(Pieces(pieces.chain(end.map(Err)).collect()));
        let (read, error) = body.read(limit).await;
        error.map_or(Ok(read.clone()), |error| Err((format!("{error:?}"), read)))
    }

    #[tokio::test]
    async fn pieces_are_joined_up_to_the_limit() {
        assert_eq!(read(&[], None, 0).await.unwrap(), "");
        assert_eq!(read(&["abc"], None, 3).await.unwrap(), "abc");
        assert_eq!(read(&["", "a", "", "b", "c"], None, 3).await.unwrap(), "abc");
        assert_eq!(read(&["a", "b", "c"], None, 2).await.unwrap_err(), ("TooLarge(2)".to_owned(), "ab".into()));
    }

    #[tokio::test]
    async fn what_came_before_a_break_is_kept() {
        let (error, read) = read(&["a", "b"], Some(TransportError::new("gone")), 9).await.unwrap_err();
        assert!(error.contains("gone"), "{error}");
        assert_eq!(read, "ab");
    }
}
