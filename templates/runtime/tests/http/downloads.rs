//! Answers that are read as they come.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use client_runtime::{ErrorKind, Operation, read};
use futures_core::Stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::Instant;

use crate::client::{Call, Client, Download, client};
use crate::clock::hurry;
use crate::scripted::{Script, Scripted};
use crate::server::{Answer, Server};

const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nx-file: f1\r\n\r\n";

const SHORT: Duration = Duration::from_millis(100);
/// In hurried time: many of the clock's steps, so that nothing depends on one of them.
const LONG: Duration = Duration::from_secs(5);

/// A client that waits so long for the next piece, and takes so many bytes at once.
fn patient(server: &Server, idle: Duration, limit: usize) -> Client {
    let builder = Client::builder().base_url(&server.url).response_limit(limit);
    builder.idle_timeout(idle).build().unwrap()
}

async fn open(client: &Client) -> Download {
    client.read_log("1").send().await.unwrap()
}

async fn chunks(download: &mut Download) -> Result<Vec<String>, crate::client::Error> {
    let mut chunks = Vec::new();
    while let Some(chunk) = download.next_chunk().await? {
        chunks.push(String::from_utf8(chunk.to_vec()).unwrap());
    }
    Ok(chunks)
}

#[tokio::test(start_paused = true)]
async fn a_slow_answer_comes_piece_by_piece_and_takes_its_time() {
    hurry();
    let answer = Answer::raw(CHUNKED).then(Duration::ZERO, "1\r\na\r\n");
    let answer = answer.then(LONG * 4, "2\r\nbc\r\n").then(LONG * 4, "1\r\nd\r\n0\r\n\r\n");
    let server = Server::with([answer]).await;
    // The whole takes longer than each of the limits on time.
    let builder = Client::builder().base_url(&server.url).timeout(LONG * 6).attempt_timeout(LONG * 6);
    let client = builder.idle_timeout(LONG * 6).build().unwrap();
    let start = Instant::now();
    let mut download = open(&client).await;
    assert_eq!(download.status(), 200);
    assert_eq!(download.headers()["x-file"], "f1");
    assert!(start.elapsed() < LONG * 4, "the head came late");
    assert_eq!(chunks(&mut download).await.unwrap(), ["a", "bc", "d"]);
    assert!(start.elapsed() >= LONG * 8);
    assert_eq!(download.next_chunk().await.unwrap(), None);
}

#[tokio::test]
async fn an_answer_broken_off_is_an_error_and_stays_one() {
    for head in [CHUNKED, "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"] {
        let piece = if head == CHUNKED { "3\r\nabc\r\n" } else { "abc" };
        let server = Server::with([Answer::raw(head).then(SHORT, piece)]).await;
        let client = client(&server.url);
        let mut download = open(&client).await;
        assert_eq!(download.next_chunk().await.unwrap().unwrap(), "abc");
        for _ in 0..2 {
            let error = download.next_chunk().await.unwrap_err();
            assert_eq!((error.kind(), error.operation()), (ErrorKind::Transport, Some("getUser")));
            assert_eq!(error.status().unwrap(), 200);
        }
        let error = open(&client).await.bytes().await.unwrap_err();
        assert_eq!((error.kind(), error.body().unwrap().as_ref()), (ErrorKind::Transport, &b"abc"[..]));
        let error = open(&client).await.text().await.unwrap_err();
        assert_eq!(error.to_string(), "getUser: the connection broke off within the answer");
    }
}

#[tokio::test(start_paused = true)]
async fn silence_within_the_answer_ends_in_time() {
    hurry();
    let hour = Duration::from_secs(3600);
    let server = Server::with([Answer::raw(CHUNKED).then(Duration::ZERO, "1\r\na\r\n").hang(hour)]).await;
    let mut download = open(&patient(&server, LONG, 9)).await;
    assert_eq!(download.next_chunk().await.unwrap().unwrap(), "a");
    for _ in 0..2 {
        let error = download.next_chunk().await.unwrap_err();
        assert!(error.is_timeout());
        assert_eq!(error.to_string(), "getUser: the next piece of the answer took longer than 5s");
    }
}

#[tokio::test(start_paused = true)]
async fn silence_ends_in_time_for_one_who_does_other_things_meanwhile() {
    hurry();
    let hour = Duration::from_secs(3600);
    let server = Server::with([Answer::raw(CHUNKED).hang(hour)]).await;
    let mut download = open(&patient(&server, LONG * 4, 9)).await;
    let mut tick = tokio::time::interval(LONG);
    for _ in 0..50 {
        tokio::select! {
            next = download.next_chunk() => return assert!(next.unwrap_err().is_timeout()),
            _ = tick.tick() => {}
        }
    }
    panic!("the time began anew with each tick");
}

#[tokio::test(start_paused = true)]
async fn each_piece_has_the_whole_time() {
    hurry();
    let answer = (0..6).fold(Answer::raw(CHUNKED), |answer, _| answer.then(LONG * 2, "1\r\na\r\n"));
    let server = Server::with([answer.then(Duration::ZERO, "0\r\n\r\n")]).await;
    let mut download = open(&patient(&server, LONG * 8, 9)).await;
    assert_eq!(chunks(&mut download).await.unwrap().len(), 6);
}

#[tokio::test]
async fn a_download_is_a_stream_that_ends_after_an_error() {
    async fn next(download: &mut Download) -> Option<Result<client_runtime::Bytes, crate::client::Error>> {
        poll_fn(|context| Pin::new(&mut *download).poll_next(context)).await
    }
    let server = Server::with([Answer::raw(CHUNKED).then(SHORT, "3\r\nabc\r\n"), Answer::new(200, &[], "x")]).await;
    let client = client(&server.url);
    let mut download = open(&client).await;
    assert_eq!(next(&mut download).await.unwrap().unwrap(), "abc");
    assert_eq!(next(&mut download).await.unwrap().unwrap_err().kind(), ErrorKind::Transport);
    assert!(next(&mut download).await.is_none());
    let mut download = open(&client).await;
    assert_eq!(next(&mut download).await.unwrap().unwrap(), "x");
    assert!(next(&mut download).await.is_none());
}

#[tokio::test]
async fn the_limit_holds_for_what_is_taken_whole_and_not_for_pieces() {
    let body = "x".repeat(1 << 20);
    let server = Server::with([Answer::new(200, &[], &body)]).await;
    let client = patient(&server, Duration::from_secs(9), 1000);
    let read = chunks(&mut open(&client).await).await.unwrap();
    assert_eq!(read.concat(), body);
    for whole in [open(&client).await.bytes().await.map(|_| ()), open(&client).await.text().await.map(|_| ())] {
        let error = whole.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
        assert_eq!(error.to_string(), "getUser: the answer is larger than 1000 bytes");
    }
    let exact = patient(&server, Duration::from_secs(9), 1 << 20);
    assert_eq!(open(&exact).await.text().await.unwrap(), body);
}

#[tokio::test]
async fn what_is_left_after_some_pieces_is_taken_whole() {
    let answer = Answer::raw(CHUNKED).then(Duration::ZERO, "1\r\na\r\n");
    let server = Server::with([answer.then(SHORT, "2\r\nbc\r\n").then(SHORT, "1\r\nd\r\n0\r\n\r\n")]).await;
    let mut download = open(&client(&server.url)).await;
    assert_eq!(download.next_chunk().await.unwrap().unwrap(), "a");
    assert_eq!(download.bytes().await.unwrap(), "bcd");
}

/// The service can write no more than what fits into the buffers on the way.
#[tokio::test]
async fn a_service_waits_for_a_slow_reader() {
    const SIZE: usize = 64 << 20;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let written = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&written);
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::with_capacity(4096);
        stream.read_buf(&mut request).await.unwrap();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {SIZE}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let piece = vec![b'x'; 1 << 16];
        for _ in 0..SIZE / piece.len() {
            stream.write_all(&piece).await.unwrap();
            count.fetch_add(piece.len(), Ordering::SeqCst);
        }
    });
    let mut download = open(&client(&url)).await;
    let mut read = download.next_chunk().await.unwrap().unwrap().len();
    // A slower service has written less, which is as well.
    tokio::time::sleep(SHORT * 5).await;
    let ahead = written.load(Ordering::SeqCst);
    assert!(ahead < SIZE / 2, "{ahead} bytes were written before they were asked for");
    while let Some(chunk) = download.next_chunk().await.unwrap() {
        read += chunk.len();
    }
    assert_eq!(read, SIZE);
}

#[tokio::test]
async fn errors_are_read_whole_and_typed_as_ever() {
    let body = r#"{"error":404,"errorCode":"NO_LOG","detail":"gone"}"#;
    let server = Server::with([Answer::json(404, body)]).await;
    let error = client(&server.url).read_log("1").send().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!((error.code(), error.api().unwrap().error), (Some("NO_LOG"), 404));
}

#[tokio::test]
async fn status_and_headers_come_beside_the_download_too() {
    let server = Server::with([Answer::new(206, &[("x-file", "f1")], "part")]).await;
    let response = client(&server.url).read_log("1").send().response().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["x-file"]), (206, &"f1".parse().unwrap()));
    assert_eq!(response.into_value().bytes().await.unwrap(), "part");
}

#[tokio::test]
async fn bytes_come_as_they_are_and_text_is_text_or_an_error() {
    let server = Server::with([Answer::raw(
        &b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n\x1f\xff"[..],
    )])
    .await;
    let client = client(&server.url);
    assert_eq!(open(&client).await.bytes().await.unwrap(), &b"\x1f\xff"[..]);
    let error = open(&client).await.text().await.unwrap_err();
    assert_eq!((error.kind(), error.body().unwrap().as_ref()), (ErrorKind::Decode, &b"\x1f\xff"[..]));
    assert_eq!(error.to_string(), "getUser: 200 OK: the answer is not text in UTF-8");
}

#[tokio::test]
async fn an_empty_answer_is_an_empty_download() {
    let server = Server::with([Answer::new(204, &[], "")]).await;
    let mut download = open(&client(&server.url)).await;
    assert_eq!((download.status().as_u16(), download.next_chunk().await.unwrap()), (204, None));
}

#[tokio::test]
async fn a_stream_keeps_its_envelope() {
    let body = r#"{"status":201,"content":"x"}"#;
    let server = Server::with([Answer::json(200, body)]).await;
    let download = client(&server.url).find_user("1").envelope(true).send_csv().await.unwrap();
    assert_eq!((download.status().as_u16(), download.text().await.unwrap()), (200, body.to_owned()));
}

#[tokio::test]
async fn a_declared_envelope_stays_and_its_errors_are_errors() {
    static ENVELOPED: Operation = Operation::get("listLogs", "/logs").enveloped();
    let listed = r#"{"status":200,"content":["x"]}"#;
    let failed = r#"{"status":404,"content":{"error":404,"errorCode":"NO_LOG"}}"#;
    let server = Server::with([Answer::json(200, listed), Answer::json(200, failed)]).await;
    let client = client(&server.url);
    let logs = || -> Call<String> { read::text(client.core.request(&ENVELOPED).query("envelope", &true)) };
    assert_eq!(logs().await.unwrap(), listed);
    assert_eq!(logs().await.unwrap_err().code(), Some("NO_LOG"));
}

#[tokio::test(start_paused = true)]
async fn a_429_and_a_new_token_come_before_the_download() {
    let number = AtomicUsize::new(0);
    let script = Script::new(move |path, _| match (path, number.fetch_add(1, Ordering::SeqCst)) {
        ("/api/oauth/token", _) => Scripted::new(200, r#"{"access_token":"t"}"#),
        (_, 1) => Scripted::new(429, "").header("retry-after", "1"),
        (_, 2) => Scripted::new(401, ""),
        _ => Scripted::new(200, "file"),
    });
    let download = script.client().read_log("1").send().await.unwrap();
    assert_eq!(download.bytes().await.unwrap(), "file");
    assert_eq!((script.count("/users/1"), script.count("/api/oauth/token")), (3, 2));
}

#[tokio::test]
async fn a_download_crosses_threads_and_shows_no_secret() {
    fn is_send<T: Send + 'static>(_: &T) {}
    let server = Server::with([Answer::new(200, &[("set-cookie", "a=planted")], "planted")]).await;
    let mut download = open(&client(&server.url)).await;
    is_send(&download);
    let text = format!("{download:?}");
    assert!(text.contains("getUser") && !text.contains("planted"), "{text}");
    let task = tokio::spawn(async move { download.next_chunk().await });
    assert_eq!(task.await.unwrap().unwrap().unwrap(), "planted");
}
