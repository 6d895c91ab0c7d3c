//! Request bodies that are bytes: in memory, or read as they go out.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use crate::transport::{Body, Chunks};

/// Bytes to send: what is in memory, or pieces that are read as they go out.
///
/// Anything that is bytes or text converts into one; `Upload::file` makes one of a file.
///
/// ```
/// use client_runtime::{Bytes, Upload};
///
/// let small: Upload = Bytes::from_static(b"a,b\n1,2\n").into();
/// assert_eq!(small.length(), Some(8));
/// ```
#[derive(Clone)]
pub struct Upload(Kind);

#[derive(Clone)]
enum Kind {
    Whole(Bytes),
    Pieces { length: Option<u64>, open: Arc<dyn Fn() -> Body + Send + Sync> },
}

impl Upload {
    /// Pieces that are read as they go out. Each attempt opens them anew, so that a request which was challenged or
    /// refused can be sent again.
    pub fn pieces<C: Chunks + 'static>(open: impl Fn() -> C + Send + Sync + 'static) -> Self {
        Self(Kind::Pieces { length: None, open: Arc::new(move || Body::new(open())) })
    }

    /// Says how many bytes the pieces are together. Without, HTTP/1.1 sends them chunked, which some services refuse.
    #[must_use]
    pub fn with_length(self, length: u64) -> Self {
        match self.0 {
            Kind::Pieces { open, .. } => Self(Kind::Pieces { length: Some(length), open }),
            whole @ Kind::Whole(_) => Self(whole),
        }
    }

    /// How many bytes it has, where that is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Kind::Whole(bytes) => u64::try_from(bytes.len()).ok(),
            Kind::Pieces { length, .. } => *length,
        }
    }

    /// All of it, where it is in memory.
    pub(crate) fn whole(&self) -> Option<&Bytes> {
        match &self.0 {
            Kind::Whole(bytes) => Some(bytes),
            Kind::Pieces { .. } => None,
        }
    }

    /// The body for one attempt. What is in memory is shared, not copied.
    pub(crate) fn open(&self) -> Body {
        match &self.0 {
            Kind::Whole(bytes) => bytes.clone().into(),
            Kind::Pieces { length: Some(length), open } => open().with_length(*length),
            Kind::Pieces { length: None, open } => open(),
        }
    }
}

/// Equal are the same bytes in memory, and clones of what is read as it goes out: nobody knows what that will be.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Kind::Whole(bytes), Kind::Whole(others)) => bytes == others,
            (Kind::Pieces { open, .. }, Kind::Pieces { open: other, .. }) => Arc::ptr_eq(open, other),
            _ => false,
        }
    }
}

impl Default for Upload {
    fn default() -> Self {
        Bytes::new().into()
    }
}

/// What converts into bytes without a copy, or is text.
macro_rules! from_bytes {
    ($($type:ty),*) => {$(
        impl From<$type> for Upload {
            fn from(bytes: $type) -> Self {
                Self(Kind::Whole(bytes.into()))
            }
        }
    )*};
}

from_bytes!(Bytes, Vec<u8>, String, &'static [u8], &'static str);

/// Shows the length only: nobody knows what a body holds.
impl fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Upload").field("length", &self.length()).finish_non_exhaustive()
    }
}
