//! Bodies, as they arrive or go out.

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

/// The body of an answer or of a request: in memory, or in pieces that come one after the other.
pub struct Body(Kind);

enum Kind {
    Whole(Option<Bytes>),
    Chunks { length: Option<u64>, chunks: Box<dyn Chunks> },
}

impl Body {
    /// A body in pieces.
    #[must_use]
    pub fn new(chunks: impl Chunks + 'static) -> Self {
        Self(Kind::Chunks { length: None, chunks: Box::new(chunks) })
    }

    /// Says how many bytes the pieces are together; of use for what goes out.
    #[must_use]
    pub fn with_length(self, length: u64) -> Self {
        match self.0 {
            Kind::Chunks { chunks, .. } => Self(Kind::Chunks { length: Some(length), chunks }),
            whole @ Kind::Whole(_) => Self(whole),
        }
    }

    /// How many bytes it has in all, where that is known before they come.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Kind::Whole(bytes) => u64::try_from(bytes.as_ref().map_or(0, Bytes::len)).ok(),
            Kind::Chunks { length, .. } => *length,
        }
    }

    /// All of it, where it is in memory.
    #[must_use]
    pub fn whole(&self) -> Option<&Bytes> {
        match &self.0 {
            Kind::Whole(bytes) => bytes.as_ref(),
            Kind::Chunks { .. } => None,
        }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the body breaks off before its end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| self.poll_chunk(context)).await
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

impl Chunks for Body {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        match &mut self.0 {
            Kind::Whole(bytes) => Poll::Ready(bytes.take().map(Ok)),
            Kind::Chunks { chunks, .. } => chunks.poll_chunk(context),
        }
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

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

/// An empty body.
impl Default for Body {
    fn default() -> Self {
        Bytes::new().into()
    }
}

/// Shows the length only: nobody knows what a body holds.
impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Body").field("length", &self.length()).finish_non_exhaustive()
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
    async fn a_body_is_made_of_what_is_in_memory() {
        for (mut body, length) in [(Body::from(b"ab".to_vec()), 2), ("ab".to_owned().into(), 2), (Body::default(), 0)] {
            assert_eq!(body.length(), Some(length));
            assert_eq!(body.read(9).await.0, &b"ab"[..usize::try_from(length).unwrap()]);
        }
    }

    #[tokio::test]
    async fn what_came_before_a_break_is_kept() {
        let (error, read) = read(&["a", "b"], Some(TransportError::new("gone")), 9).await.unwrap_err();
        assert!(error.contains("gone"), "{error}");
        assert_eq!(read, "ab");
    }
}
