//! Request bodies that are read as they go out.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use client_runtime::{Bytes, Chunks, ErrorKind, TransportError, Upload};

use crate::client::{Client, Credentials, client};
use crate::server::{Answer, Server};

/// Pieces of a body, and at its end perhaps a fault.
struct Pieces(Vec<Result<&'static str, &'static str>>);

impl Chunks for Pieces {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        // Every other time there is nothing yet.
        if self.0.first() == Some(&Ok("")) {
            let _ = self.0.remove(0);
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let next = (!self.0.is_empty()).then(|| self.0.remove(0));
        Poll::Ready(next.map(|piece| piece.map(Bytes::from).map_err(TransportError::new)))
    }
}

/// A stream of `abc`, and how often it was opened.
fn stream(length: Option<u64>) -> (Upload, Arc<AtomicUsize>) {
    let opened = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&opened);
    let upload = Upload::pieces(move || {
        count.fetch_add(1, Ordering::SeqCst);
        Pieces(vec![Ok("a"), Ok(""), Ok("bc")])
    });
    (length.map_or(upload.clone(), |length| upload.with_length(length)), opened)
}

const CHUNKS: &str = "1\r\na\r\n2\r\nbc\r\n0\r\n\r\n";

const BEGUN: &str = "";

fn begun() -> Answer {
    Answer::json(202, BEGUN)
}

#[tokio::test]
async fn what_is_in_memory_or_has_a_length_goes_with_its_length() {
    let server = Server::with([begun()]).await;
    let client = client(&server.url);
    let (known, _) = stream(Some(3));
    for upload in [Upload::from("abc"), Bytes::from_static(b"abc").into(), known] {
        client.start_export().file(upload).send().await.unwrap();
    }
    for sent in server.received() {
        assert_eq!((sent.header("content-length"), sent.header("transfer-encoding")), (Some("3"), None));
        assert_eq!((sent.header("content-type"), &sent.body[..]), (Some("application/octet-stream"), "abc"));
    }
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn a_stream_of_unknown_length_goes_in_chunks() {
    let server = Server::with([begun()]).await;
    let (upload, opened) = stream(None);
    client(&server.url).start_export().file(upload).send().await.unwrap();
    let sent = &server.received()[0];
    assert_eq!((sent.header("content-length"), sent.header("transfer-encoding")), (None, Some("chunked")));
    assert_eq!((&sent.body[..], opened.load(Ordering::SeqCst)), (CHUNKS, 1));
}

#[tokio::test]
async fn a_retry_opens_the_stream_anew() {
    let server =
        Server::with([Answer::new(503, &[], ""), Answer::new(429, &[("retry-after", "0")], ""), begun()]).await;
    let (upload, opened) = stream(None);
    client(&server.url).start_export().file(upload).send().await.unwrap();
    let bodies: Vec<_> = server.received().into_iter().map(|sent| sent.body).collect();
    assert_eq!((bodies, opened.load(Ordering::SeqCst)), (vec![CHUNKS.to_owned(); 3], 3));
}

#[tokio::test]
async fn a_digest_challenge_sends_the_stream_again() {
    let challenge = ("www-authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=MD5");
    let server = Server::with([Answer::new(401, &[challenge], ""), begun()]).await;
    let credentials = Credentials::api_key("user", "password");
    let client = Client::builder().credentials(credentials).base_url(&server.url).build().unwrap();
    let (upload, opened) = stream(Some(3));
    client.start_export().file(upload).send().await.unwrap();
    let received = server.received();
    let bodies: Vec<_> = received.iter().map(|sent| (&sent.body[..], sent.directive("nc"))).collect();
    assert_eq!(bodies, [("abc", None), ("abc", Some("00000001"))]);
    assert_eq!(opened.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_an_error_and_no_short_body() {
    let server = Server::with([begun()]).await;
    let upload = Upload::pieces(|| Pieces(vec![Ok("a"), Err("the disk is gone")]));
    let call = client(&server.url).start_export().file(upload).send();
    let error = call.retry(client_runtime::Retry::disabled()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(format!("{error:#}").contains("the disk is gone"), "{error:#}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_file_is_read_as_it_goes_out() {
    let path = std::env::temp_dir().join(format!("client-runtime-upload-{}", std::process::id()));
    let text = "0123456789".repeat(30_000);
    std::fs::write(&path, &text).unwrap();
    let server = Server::with([Answer::new(503, &[], ""), begun()]).await;
    let upload = Upload::file(&path).unwrap();
    assert_eq!(upload.length(), Some(300_000));
    client(&server.url).start_export().file(upload.clone()).send().await.unwrap();
    for sent in server.received() {
        assert_eq!(sent.header("content-length"), Some("300000"));
        assert!(sent.body == text);
    }
    assert_eq!(server.received().len(), 2);
    // The file is opened by each attempt.
    std::fs::remove_file(&path).unwrap();
    let call = client(&server.url).start_export().file(upload).send();
    let error = call.retry(client_runtime::Retry::disabled()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(Upload::file(&path).is_err());
}
