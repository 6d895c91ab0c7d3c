//! The same calls without async. The tests' servers run on a runtime of their own, as do those of a program that has none.

use std::collections::BTreeSet;
use std::io::{ErrorKind as IoKind, Read};
use std::time::{Duration, Instant};

use client_runtime::{
    Body, BoxFuture, ErrorKind, Operation, Retry, Transport, TransportError, Waiter, blocking, http, read,
};
use tokio::runtime::Runtime;

use crate::client::{Call, Client, Download, client, user};
use crate::scripted::{Script, Scripted};
use crate::server::{Answer, Server};

const USER: &str = r#"{"id":"7"}"#;

/// A server on threads of its own, which end with the runtime.
fn serve(answers: impl Into<Vec<Answer>>) -> (Server, Runtime) {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(Server::with(answers));
    (server, runtime)
}

#[test]
fn a_call_is_waited_for_on_a_plain_thread_and_connections_stay() {
    let (server, _runtime) = serve([Answer::json(200, USER)]);
    let client = client(&server.url);
    for _ in 0..20 {
        assert_eq!(client.get_user("7").wait().unwrap(), user("7"));
    }
    // The background thread lays a connection by, and may be about to when the next call comes, which then begins another.
    let peers: BTreeSet<_> = server.received().iter().map(|sent| sent.peer).collect();
    assert!(peers.len() <= 10, "{peers:?}");
}

#[test]
fn errors_retries_and_timeouts_are_those_of_every_call() {
    let error = Answer::json(404, r#"{"error":404,"errorCode":"NONE"}"#);
    let (server, _runtime) = serve([
        Answer::new(503, &[], ""),
        Answer::json(200, USER),
        error,
        Answer::raw("").hang(Duration::from_secs(60)),
    ]);
    let client = client(&server.url);
    assert_eq!(client.get_user("7").wait().unwrap(), user("7"));
    assert_eq!(client.get_user("7").wait().unwrap_err().code(), Some("NONE"));
    let start = Instant::now();
    let call = client.get_user("7").timeout(Duration::from_millis(200));
    assert!(call.wait().unwrap_err().is_timeout());
    assert!(start.elapsed() < Duration::from_secs(30), "the answer would take a minute");
}

#[test]
fn whatever_is_async_can_be_waited_for() {
    let (server, _runtime) = serve([Answer::new(404, &[], "text")]);
    let client = client(&server.url);
    let raw = blocking::wait(client.get_user("7").send_raw()).unwrap();
    assert_eq!((raw.status().as_u16(), &raw.body()[..]), (404, &b"text"[..]));
    assert!(blocking::wait(client.get_user("7")).unwrap_err().is_not_found());
}

#[test]
fn a_change_is_waited_for() {
    let (server, _runtime) = serve([Answer::json(200, r#"{"id":"6"}"#), Answer::json(200, USER)]);
    let waiter = Waiter::until(client(&server.url).get_user("7"), |user| user.id == "7");
    assert_eq!(waiter.every(Duration::from_millis(1)).wait().unwrap(), user("7"));
    assert_eq!(server.received().len(), 2);
}

#[test]
fn pages_and_their_elements_are_iterators() {
    static NUMBERS: Operation = Operation::get("numbers", "/numbers").next_number("page", 1);
    let pages = ["[1,2]", "[3]", "[]"].map(|page| Answer::json(200, page));
    let (server, _runtime) = serve(pages.iter().cycle().take(6).cloned().collect::<Vec<_>>());
    let client = client(&server.url);
    let list = || -> Call<Vec<i64>> { read::json(client.core.request(&NUMBERS)) };
    let items: Result<Vec<_>, _> = list().items().wait().collect();
    assert_eq!(items.unwrap(), [1, 2, 3]);
    let lengths: Vec<_> = list().pages().wait().map(|page| page.unwrap().value().len()).collect();
    assert_eq!(lengths, [2, 1, 0]);
    assert_eq!(server.received().len(), 6);
}

#[test]
fn many_threads_wait_at_once() {
    let (server, _runtime) = serve([Answer::json(200, USER).after(Duration::from_secs(1))]);
    let client = client(&server.url);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| assert_eq!(client.get_user("7").wait().unwrap(), user("7")));
        }
    });
    // One after the other they would take twenty seconds.
    assert!(start.elapsed() < Duration::from_secs(15), "one waits for the other");
}

#[test]
fn a_download_is_read_in_any_portions() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let slow =
        Answer::raw(head).then(Duration::ZERO, "3\r\nabc\r\n").then(Duration::from_millis(50), "2\r\nde\r\n0\r\n\r\n");
    let (server, _runtime) = serve([slow]);
    let open = || -> Download { client(&server.url).read_log("1").send().wait().unwrap() };

    let mut text = String::new();
    assert_eq!(open().read_to_string(&mut text).unwrap(), 5);
    assert_eq!(text, "abcde");

    let mut download = open();
    let mut buffer = [0; 2];
    assert_eq!((download.read(&mut []).unwrap(), download.read(&mut buffer).unwrap()), (0, 2));
    assert_eq!(&buffer, b"ab");
    // What was not wanted comes next, whoever asks.
    assert_eq!(blocking::wait(download.next_chunk()).unwrap().unwrap(), "c");
    assert_eq!(blocking::wait(download.bytes()).unwrap(), "de");
}

#[test]
fn a_download_that_breaks_off_or_stops_is_an_error() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc";
    let (server, _runtime) = serve([Answer::raw(head), Answer::raw(head).hang(Duration::from_secs(60))]);
    // Longer than a machine stalls between two pieces that are there.
    let builder = Client::builder().base_url(&server.url).idle_timeout(Duration::from_secs(2));
    let client = builder.build().unwrap();
    for kind in [IoKind::Other, IoKind::TimedOut] {
        let mut download = client.read_log("1").send().wait().unwrap();
        let mut read = Vec::new();
        let error = download.read_to_end(&mut read).unwrap_err();
        assert_eq!((error.kind(), &read[..]), (kind, &b"abc"[..]));
        assert!(error.get_ref().unwrap().is::<crate::client::Error>());
    }
}

/// Its renewal is a task on the background thread.
#[test]
fn a_token_is_got_as_ever() {
    let script = Script::new(|path, _| match path {
        "/api/oauth/token" => Scripted::new(200, r#"{"access_token":"t","expires_in":3600}"#),
        _ => Scripted::new(200, USER),
    });
    let client = script.client();
    assert_eq!(client.get_user("7").wait().unwrap(), user("7"));
    assert_eq!(client.get_user("7").wait().unwrap(), user("7"));
    assert_eq!((script.count("/api/oauth/token"), script.last_authorization()), (1, "Bearer t".to_owned()));
}

/// It holds up its thread, and works.
#[tokio::test(flavor = "multi_thread")]
async fn in_an_async_program_it_works_too() {
    let server = Server::with([Answer::json(200, USER)]).await;
    let client = client(&server.url);
    assert_eq!(client.get_user("7").wait().unwrap(), user("7"));
    let again = client.clone();
    let waited = tokio::task::spawn_blocking(move || again.get_user("7").wait()).await.unwrap();
    assert_eq!(waited.unwrap(), user("7"));
    // A task of tokio's may do only so much before it must pause, which one that waits never does.
    for _ in 0..300 {
        assert_eq!(client.get_user("7").timeout(Duration::from_secs(9)).wait().unwrap(), user("7"));
    }
    assert_eq!(client.get_user("7").await.unwrap(), user("7"));
}

/// Its only thread cannot serve what it waits for; that ends with the call's timeout.
#[tokio::test]
async fn a_service_on_the_same_thread_ends_in_time() {
    let server = Server::with([Answer::json(200, USER)]).await;
    let call = client(&server.url).get_user("7").timeout(Duration::from_millis(300));
    assert!(call.wait().unwrap_err().is_timeout());
}

/// Makes a call of its own on the background thread.
#[derive(Debug)]
struct Nested(Client);

impl Transport for Nested {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let call = self.0.get_user("7");
        Box::pin(async {
            let task = tokio::spawn(async { call.wait() });
            Err(TransportError::new(task.await.unwrap().unwrap_err().to_string()))
        })
    }
}

#[test]
fn on_the_background_thread_it_is_an_error() {
    let (server, _runtime) = serve([Answer::json(200, USER)]);
    let transport = Nested(client(&server.url));
    let client = Client::builder().transport(transport).retry(Retry::disabled()).build().unwrap();
    let error = client.get_user("7").wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    let text = format!("{error:#}");
    assert!(text.contains("the background thread may not wait for a call"), "{text}");
    assert!(server.received().is_empty());
}
