//! Files as request bodies.

use std::fs::File;
use std::io::{self, Read, Take};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use tokio::task::JoinHandle;

use super::Upload;
use crate::transport::{Chunks, TransportError};

/// How many bytes are read at a time.
const PIECE: usize = 64 << 10;

impl Upload {
    /// A file, read as it goes out: its size is taken now, and each attempt opens it anew.
    ///
    /// # Errors
    ///
    /// When there is no such file, or nothing can be learnt of it.
    pub fn file(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_path_buf();
        let metadata = path.metadata()?;
        if !metadata.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is no file"));
        }
        let length = metadata.len();
        let open = move || Pieces::Idle(Source::Closed(path.clone(), length));
        Ok(Self::pieces(open).with_length(length))
    }
}

/// A file on its way out. tokio's threads for blocking work read it, because a disk may be slow.
enum Pieces {
    Idle(Source),
    Reading(JoinHandle<io::Result<(Source, Bytes)>>),
    Done,
}

enum Source {
    Closed(PathBuf, u64),
    Open(Take<File>),
}

impl Source {
    /// The next piece; empty at the end.
    fn read(self) -> io::Result<(Self, Bytes)> {
        let mut file = match self {
            // What is added to it meanwhile does not count: the length is promised.
            Self::Closed(path, length) => File::open(path)?.take(length),
            Self::Open(file) => file,
        };
        let mut piece = Vec::with_capacity(PIECE);
        file.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        Ok((Self::Open(file), piece.into()))
    }
}

impl Chunks for Pieces {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        if let Self::Idle(_) = self
            && let Self::Idle(source) = std::mem::replace(self, Self::Done)
        {
            *self = Self::Reading(tokio::task::spawn_blocking(|| source.read()));
        }
        let Self::Reading(reading) = self else {
            return Poll::Ready(None);
        };
        let outcome = ready!(Pin::new(reading).poll(context)).unwrap_or_else(|error| Err(io::Error::other(error)));
        *self = Self::Done;
        Poll::Ready(match outcome {
            Ok((_, piece)) if piece.is_empty() => None,
            Ok((source, piece)) => {
                *self = Self::Idle(source);
                Some(Ok(piece))
            }
            Err(error) => Some(Err(TransportError::new(error))),
        })
    }
}
