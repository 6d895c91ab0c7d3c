//! Requests as they came over the wire.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// One request, exactly as it was sent: HTTP libraries lose the case and order of headers, so this
/// is taken from the bytes of the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedRequest {
    /// The method, such as `POST`.
    pub method: String,
    /// The request target, byte for byte: path and query, with every escape as it was sent.
    pub target: String,
    /// Every header as it was sent, in order.
    pub headers: Vec<(String, String)>,
    /// The body, after any transfer coding was undone.
    pub body: Vec<u8>,
}

impl RecordedRequest {
    /// Reads the head of a request (RFC 9112 sections 2.1 and 5). Bytes that are not UTF-8 become
    /// U+FFFD.
    pub(super) fn from_head(head: &[u8], body: Vec<u8>) -> Self {
        let text = String::from_utf8_lossy(head);
        let mut lines = text.split("\r\n");
        let mut start = lines.next().unwrap_or_default().splitn(3, ' ');
        let method = start.next().unwrap_or_default().to_owned();
        let target = start.next().unwrap_or_default().to_owned();
        let headers = lines
            .take_while(|line| !line.is_empty())
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
            .collect();
        Self {
            method,
            target,
            headers,
            body,
        }
    }

    /// The target up to the question mark.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target
            .split_once('?')
            .map_or(self.target.as_str(), |(path, _)| path)
    }

    /// What follows the question mark, if there is one.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// The value of the first header of that name; case does not matter.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as text; bytes that are not UTF-8 become U+FFFD.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// The bytes that a connection has received since the last request was taken from it.
#[derive(Clone, Debug, Default)]
pub(super) struct Received(Arc<Mutex<Vec<u8>>>);

impl Received {
    /// Takes the request that is complete by now. Whoever speaks to a fake does not pipeline, so
    /// everything received belongs to it.
    pub(super) fn take(&self, body: Vec<u8>) -> RecordedRequest {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let request = RecordedRequest::from_head(&bytes, body);
        bytes.clear();
        request
    }

    fn append(&self, bytes: &[u8]) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
    }
}

/// A connection that notes what it receives.
pub(super) struct Tap<S> {
    pub(super) inner: S,
    pub(super) received: Received,
}

impl<S: AsyncRead + Unpin> AsyncRead for Tap<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.inner).poll_read(context, buffer))?;
        self.received
            .append(buffer.filled().get(before..).unwrap_or_default());
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Tap<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_keeps_escapes_case_and_order() {
        let head =
            b"POST /a%2Fb/c:addUser?x=%20 HTTP/1.1\r\nhost: h\r\nX-B:1\r\nx-a:  2 \r\n\r\nbody";
        let request = RecordedRequest::from_head(head, b"body".to_vec());
        assert_eq!(request.method, "POST");
        assert_eq!(request.target, "/a%2Fb/c:addUser?x=%20");
        assert_eq!(request.path(), "/a%2Fb/c:addUser");
        assert_eq!(request.query(), Some("x=%20"));
        let headers: Vec<_> = request.headers.iter().map(|(n, v)| (&**n, &**v)).collect();
        assert_eq!(headers, [("host", "h"), ("X-B", "1"), ("x-a", "2")]);
        assert_eq!(request.header("X-A"), Some("2"));
    }

    #[test]
    fn lines_of_the_body_are_no_headers() {
        let request = RecordedRequest::from_head(b"GET / HTTP/1.1\r\n\r\na: b\r\n", Vec::new());
        assert_eq!(request.headers, []);
    }
}
