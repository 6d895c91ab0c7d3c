//! Answers that go on: events, and JSON texts one after the other.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use client_runtime::{Core, ErrorKind, Operation, Value, object, read, request};
use futures_core::Stream;
use tokio::time::Instant;

use crate::client::{Client, client};
use crate::clock::hurry;
use crate::server::{Answer, Server};

type Error = client_runtime::Error<Value>;
type Call<T> = client_runtime::Call<T, Value>;
type Events<T> = client_runtime::Events<T, Value>;
type Lines<T> = client_runtime::Lines<T, Value>;

static FOLLOW: Operation = Operation::post("follow", "/follow").accept("application/json");

object! {
    pub struct Chunk {
        required text: String = "text",
    }
}

request! {
    /// Follows.
    pub struct Follow -> json Call<Chunk> {
        events send_events -> Call<Events<Chunk>> = "text/event-stream",
        text_events send_text -> Call<Events<String>> = "text/event-stream",
        whole_events send_whole -> Call<Events<Value>> = "text/event-stream",
        lines send_ndjson -> Call<Lines<Chunk>> = "application/x-ndjson",
        json_sequence send_sequence -> Call<Lines<i64>> = "application/json-seq",
    }
}

fn follow(client: &Client) -> Follow {
    Follow(core(client).request(&FOLLOW))
}

fn core(client: &Client) -> &Core {
    &client.core
}

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\nconnection: close\r\n\r\n";

const SHORT: Duration = Duration::from_millis(100);
/// In hurried time: many of the clock's steps, so that nothing depends on one of them.
const LONG: Duration = Duration::from_secs(5);

fn stream(body: &str) -> Answer {
    Answer::raw(format!("{HEAD}{body}"))
}

async fn all<T: client_runtime::Decode>(events: &mut Events<T>) -> Vec<Result<T, Error>> {
    let mut found = Vec::new();
    while let Some(event) = events.next().await {
        found.push(event.map(|event| event.data));
    }
    found
}

fn chunk(text: &str) -> Chunk {
    Chunk { text: text.to_owned() }
}

#[tokio::test(start_paused = true)]
async fn events_come_one_by_one_while_the_answer_goes_on() {
    hurry();
    let answer = stream(": hello\n\nid: 7\nevent: delta\ndata: {\"text\":\ndata: \"a\"}\n\nretry: 1500\ndata: {\"te");
    let answer = answer.then(LONG * 3, "xt\":\"b\"}\r").then(LONG, "\n\r\ndata: {\"text\":\"lost\"}\n");
    let server = Server::with([answer]).await;
    let client = client(&server.url);
    let start = Instant::now();
    let mut events = follow(&client).send_events().await.unwrap();
    assert_eq!((events.status().as_u16(), events.last_event_id(), events.retry()), (200, "", None));
    assert_eq!(events.headers()["connection"], "close");
    let event = events.next().await.unwrap().unwrap();
    assert!(start.elapsed() < LONG * 3, "the first event came late");
    assert_eq!((event.name.as_str(), event.data, event.id.as_deref()), ("delta", chunk("a"), Some("7")));
    assert_eq!((events.last_event_id(), events.retry()), ("7", None));
    let event = events.next().await.unwrap().unwrap();
    assert_eq!((event.name.as_str(), event.data, event.id), ("message", chunk("b"), None));
    assert_eq!((events.last_event_id(), events.retry()), ("7", Some(Duration::from_millis(1500))));
    assert!(events.next().await.is_none());
    assert!(events.next().await.is_none());
    let received = server.received();
    assert_eq!(received[0].target(), "POST /follow");
    assert_eq!(received[0].header("accept"), Some("text/event-stream"));
}

#[tokio::test(start_paused = true)]
async fn a_dropped_wait_for_an_event_loses_nothing() {
    hurry();
    let answer = stream("data: {\"text\":").then(LONG * 5, "\"a\"}\n\n");
    let server = Server::with([answer]).await;
    let mut events = follow(&client(&server.url)).send_events().await.unwrap();
    let mut waits = 0;
    let event = loop {
        match tokio::time::timeout(LONG, events.next()).await {
            Ok(event) => break event,
            Err(_) => waits += 1,
        }
    };
    assert!(waits > 1);
    assert_eq!(event.unwrap().unwrap().data, chunk("a"));
}

#[tokio::test]
async fn an_event_that_is_not_what_was_promised_is_an_error_and_the_next_one_comes() {
    let body = "data: {\"text\":\"a\"}\n\ndata: {\"text\":5}\n\ndata: {\"text\":\"c\"}\n\n";
    let server = Server::with([stream(body)]).await;
    let mut events = follow(&client(&server.url)).send_events().await.unwrap();
    let found = all(&mut events).await;
    let [Ok(a), Err(error), Ok(c)] = &found[..] else { panic!("{found:?}") };
    assert_eq!((a, c), (&chunk("a"), &chunk("c")));
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Decode, Some("follow")));
    assert_eq!(error.to_string(), "follow: 200 OK: event 2 of the answer is not what the operation promises");
    assert_eq!(error.decode_error().unwrap().path(), "text");
    assert_eq!(error.body().unwrap(), "{\"text\":5}");
    assert!(error.excerpt().unwrap().contains("\"text\":5"));
}

#[tokio::test]
async fn data_that_says_done_ends_a_stream_of_json_and_not_one_of_text() {
    let body = "data: {\"text\":\"a\"}\n\nevent: ping\ndata:\n\ndata: [DONE]\n\ndata: {\"text\":\"b\"}\n\n";
    let answer = stream(body).hang(Duration::from_secs(60));
    let server = Server::with([answer, stream(body)]).await;
    let client = client(&server.url);
    let mut events = follow(&client).send_events().await.unwrap();
    let found: Result<Vec<_>, _> = all(&mut events).await.into_iter().collect();
    assert_eq!(found.unwrap(), [chunk("a")]);
    let mut events = follow(&client).send_text().await.unwrap();
    let found: Result<Vec<_>, _> = all(&mut events).await.into_iter().collect();
    assert_eq!(found.unwrap(), ["{\"text\":\"a\"}", "", "[DONE]", "{\"text\":\"b\"}"]);
}

#[tokio::test]
async fn an_event_may_be_read_whole_with_data_that_is_json_or_text() {
    let body = "event: a\nid: 1\nretry: 5\ndata: {\"b\":1}\n\ndata: not JSON\n\ndata: 1,\"x\":2\n\ndata: [DONE]\n\n";
    let server = Server::with([stream(body)]).await;
    let mut events = follow(&client(&server.url)).send_whole().await.unwrap();
    let found: Result<Vec<Value>, _> = all(&mut events).await.into_iter().collect();
    let found: Vec<String> = found.unwrap().iter().map(Value::to_string).collect();
    let parsed = |text: &str| text.parse::<Value>().unwrap().to_string();
    assert_eq!(
        found,
        [
            parsed(r#"{"event":"a","id":"1","retry":5,"data":{"b":1}}"#),
            parsed(r#"{"data":"not JSON"}"#),
            parsed(r#"{"data":"1,\"x\":2"}"#),
        ]
    );
}

#[tokio::test]
async fn text_where_json_is_promised_is_read_as_text_if_the_type_takes_it() {
    let server = Server::with([stream("data: done\n\ndata: \"quoted\"\n\n")]).await;
    let client = client(&server.url);
    let call = read::events::<String, Value>(core(&client).request(&FOLLOW));
    let mut events = call.await.unwrap();
    let found: Result<Vec<_>, _> = all(&mut events).await.into_iter().collect();
    assert_eq!(found.unwrap(), ["done", "quoted"]);
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_begun_anew_behind_the_last_event() {
    let cut =
        Answer::raw(HEAD.replace("connection: close", "content-length: 999") + "id: ü1\ndata: {\"text\":\"a\"}\n\n");
    let server = Server::with([cut, stream("data: {\"text\":\"b\"}\n\n")]).await;
    let call = follow(&client(&server.url)).send_events();
    let mut events = call.clone().last_event_id("").await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, chunk("a"));
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Transport, 200));
    assert!(events.next().await.is_none());
    let mut events = call.last_event_id(events.last_event_id()).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, chunk("b"));
    let received = server.received();
    assert_eq!(received[0].header("last-event-id"), None);
    assert_eq!(received[1].header("last-event-id"), Some("ü1"));
}

#[tokio::test]
async fn an_event_has_a_limit_and_the_stream_has_none() {
    let body = "data: {\"text\":\"a\"}\n\n".repeat(100) + "data: {\"text\":\n" + &"data:\n".repeat(50);
    let server = Server::with([stream(&body)]).await;
    let client = Client::builder().base_url(&server.url).response_limit(40).build().unwrap();
    let mut events = follow(&client).send_events().await.unwrap();
    let mut found = all(&mut events).await;
    let error = found.pop().unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(error.to_string(), "follow: event 101 of the answer is larger than 40 bytes");
    assert_eq!(found.len(), 100);
}

#[tokio::test(start_paused = true)]
async fn silence_ends_a_stream_and_comments_are_no_silence() {
    hurry();
    let answer = (0..4).fold(stream(""), |answer, _| answer.then(LONG * 2, ": still here\n"));
    let server = Server::with([answer.then(LONG, "data: {\"text\":\"a\"}\n\n").hang(LONG * 100)]).await;
    let client = Client::builder().base_url(&server.url).idle_timeout(LONG * 6).build().unwrap();
    let mut events = follow(&client).send_events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, chunk("a"));
    assert!(events.next().await.unwrap().unwrap_err().is_timeout());
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_answer_that_is_no_stream_of_events_is_an_error() {
    let answers = [
        Answer::json(200, "{\"text\":\"a\"}"),
        Answer::new(200, &[("content-type", "Text/HTML; charset=utf-8")], "<p>"),
        Answer::new(204, &[], ""),
        Answer::new(200, &[("content-type", "text/plain")], "data: {\"text\":\"a\"}\n\n"),
        Answer::json(404, "{\"errorCode\":\"NO\"}"),
    ];
    let server = Server::with(answers).await;
    let client = client(&server.url);
    let error = follow(&client).send_events().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        format!("{error:#}"),
        "follow: 200 OK: the answer is not what the operation promises: it is `application/json` and no stream of events"
    );
    assert_eq!(follow(&client).send_events().await.unwrap_err().kind(), ErrorKind::Decode);
    let mut events = follow(&client).send_events().await.unwrap();
    assert_eq!((events.status().as_u16(), events.next().await.is_none()), (204, true));
    let mut events = follow(&client).send_events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, chunk("a"));
    assert!(follow(&client).send_events().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn lines_and_sequences_of_json_are_read_one_by_one() {
    let ndjson = "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\nconnection: close\r\n\r\n";
    let lines = Answer::raw(format!("{ndjson}{{\"text\":\"a\"}}\r\n\n{{\"text\":")).then(SHORT, "1}\n{\"text\":\"c\"}");
    let sequence = Answer::raw(format!("{ndjson}\u{1e}1\n\u{1e}")).then(SHORT, "2\n");
    let server = Server::with([lines, sequence]).await;
    let client = client(&server.url);
    let mut lines = follow(&client).send_ndjson().await.unwrap();
    assert_eq!((lines.status().as_u16(), &lines.headers()["connection"]), (200, &"close".parse().unwrap()));
    assert_eq!(lines.next().await.unwrap().unwrap(), chunk("a"));
    let error = lines.next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "follow: 200 OK: line 2 of the answer is not what the operation promises");
    // A stream like any other.
    let mut next = async || poll_fn(|context| Pin::new(&mut lines).poll_next(context)).await;
    assert_eq!(next().await.unwrap().unwrap(), chunk("c"));
    assert!(next().await.is_none());
    let mut sequence = follow(&client).send_sequence().await.unwrap();
    assert_eq!(sequence.next().await.unwrap().unwrap(), 1);
    assert_eq!(sequence.next().await.unwrap().unwrap(), 2);
    assert!(sequence.next().await.is_none());
    assert_eq!(server.received()[1].header("accept"), Some("application/json-seq"));
}

#[tokio::test]
async fn what_is_shown_of_a_stream_is_status_and_headers() {
    let server = Server::with([stream("data: {\"text\":\"secret\"}\n\n"), stream("secret")]).await;
    let client = client(&server.url);
    let mut events = follow(&client).send_events().await.unwrap();
    events.next().await.unwrap().unwrap();
    let lines = follow(&client).send_ndjson().await.unwrap();
    for shown in [format!("{events:?}"), format!("{lines:?}")] {
        assert!(shown.contains("\"follow\"") && !shown.contains("secret"), "{shown}");
    }
}

#[cfg(feature = "blocking")]
#[test]
fn events_and_lines_are_iterators_without_async() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let lines = Answer::new(200, &[], "{\"text\":\"a\"}\n");
    let server = runtime.block_on(Server::with([stream("id: 1\ndata: {\"text\":\"a\"}\n\n"), lines]));
    let client = client(&server.url);
    let mut events = follow(&client).send_events().wait().unwrap().wait();
    assert_eq!(events.next().unwrap().unwrap().data, chunk("a"));
    assert!(events.next().is_none());
    assert_eq!(events.get_ref().last_event_id(), "1");
    let lines: Result<Vec<_>, _> = follow(&client).send_ndjson().wait().unwrap().wait().collect();
    assert_eq!(lines.unwrap(), [chunk("a")]);
}
