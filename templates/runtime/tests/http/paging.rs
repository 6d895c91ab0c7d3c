//! Lists that come in pages.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use client_runtime::{ErrorKind, Operation, Retry, Value, object, page, read};
use futures_core::Stream;

use crate::client::{Call, Client, Error, client};
use crate::clock::hurry;
use crate::server::{Answer, Received, Server};

object! {
    pub(crate) struct Numbers {
        optional results: Vec<i64> = "results",
        optional total: i64 = "totalCount",
    }
}

page! { Numbers: results -> i64 }

static LINKS: Operation =
    Operation::get("links", "/links").accept("application/vnd.a.2025-02-19+json").next_link("/links");
static NUMBERS: Operation = Operation::get("numbers", "/numbers").next_number("page", 1);
static OFFSETS: Operation = Operation::get("offsets", "/offsets").next_offset("offset").more("/more");
static CURSORS: Operation = Operation::get("cursors", "/cursors").next_cursor("cursor", "/meta/next");
static AFTER: Operation =
    Operation::get("after", "/after").next_after("starting_after", "/results", "/id").more("/more");
static WHOLE: Operation = Operation::get("whole", "/whole");

fn list(client: &Client, operation: &'static Operation) -> Call<Numbers> {
    read::json(client.core.request(operation))
}

fn bare(client: &Client, operation: &'static Operation) -> Call<Vec<i64>> {
    read::json(client.core.request(operation))
}

/// A server that answers by what stands behind the `?`, with JSON.
async fn pages(page: impl Fn(&str) -> String + Send + Sync + 'static) -> Server {
    Server::start(move |received: &Received| {
        let query = received.target().split_once('?').map_or("", |(_, query)| query);
        Answer::json(200, &page(query))
    })
    .await
}

fn targets(server: &Server) -> Vec<String> {
    server.received().iter().map(|received| received.target().replace("GET ", "")).collect()
}

async fn all(call: Call<Numbers>) -> Result<Vec<i64>, Error> {
    call.collect_all(1000).await
}

/// Two pages, the first with this link to the next.
async fn linked(link: &'static str) -> Server {
    pages(move |query| match query {
        "" => format!(
            r#"{{"links":[{{"rel":"self","href":"/links"}},{{"rel":"next","href":"{link}"}}],"results":[1,2]}}"#
        ),
        _ => r#"{"links":[{"rel":"previous","href":"/links"}],"results":[3],"totalCount":3}"#.to_owned(),
    })
    .await
}

#[tokio::test]
async fn links_are_followed_with_the_calls_headers_and_query() {
    let server = Server::with([
        Answer::json(200, r#"{"links":[{"rel":"next","href":"/links?page=2"}],"results":[1]}"#),
        Answer::json(200, r#"{"links":[{"rel":"next","href":"/links?a%20b=2&page=3"}],"results":[2]}"#),
        Answer::json(200, r#"{"links":[],"results":[3]}"#),
    ])
    .await;
    let call = list(&client(&server.url), &LINKS).header("x-trace", "t").query("a b", "1");
    assert_eq!(all(call).await.unwrap(), [1, 2, 3]);
    assert_eq!(targets(&server), ["/links?a%20b=1", "/links?page=2&a%20b=1", "/links?a%20b=2&page=3"]);
    for received in server.received() {
        assert_eq!(received.header("accept"), Some("application/vnd.a.2025-02-19+json"));
        assert_eq!((received.header("x-trace"), received.header("authorization")), (Some("t"), Some("Bearer token-1")));
    }
}

#[tokio::test]
async fn a_link_is_a_url_of_this_origin_a_path_or_a_query() {
    for link in ["/links?page=2", "?page=2", "/links?page=2#top"] {
        let server = linked(link).await;
        assert_eq!(all(list(&client(&server.url), &LINKS)).await.unwrap(), [1, 2, 3], "{link}");
        assert_eq!(targets(&server)[1], "/links?page=2");
    }
    let server = Server::start(|received| {
        let host = received.header("host").unwrap();
        let links = match received.target() {
            "GET /links" => format!(r#"[{{"rel":"next","href":"HTTP://{}/links?page=2"}}]"#, host.to_ascii_uppercase()),
            _ => "[]".to_owned(),
        };
        Answer::json(200, &format!(r#"{{"links":{links},"results":[1]}}"#))
    })
    .await;
    assert_eq!(all(list(&client(&server.url), &LINKS)).await.unwrap(), [1, 1]);
}

#[tokio::test]
async fn a_link_to_another_origin_is_an_error_and_gets_no_request() {
    for link in [
        "http://localhost:1/links?page=2",
        "https://127.0.0.1/links?page=2",
        "//evil.example/links",
        "https://evil.example",
        "http://user@127.0.0.1/",
        "ftp://127.0.0.1/links",
        "links?page=2",
        "next page",
    ] {
        let server = linked(link).await;
        let mut items = list(&client(&server.url), &LINKS).items();
        assert_eq!(items.next().await.unwrap().unwrap(), 1, "{link}");
        assert_eq!(items.next().await.unwrap().unwrap(), 2);
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Paging, Some("links")), "{link}");
        assert!(items.next().await.is_none());
        assert_eq!(server.received().len(), 1);
    }
    let server = linked("http://localhost:1/links?token=secret").await;
    let error = all(list(&client(&server.url), &LINKS)).await.unwrap_err();
    let expected = "links: the link to the next page leads to another origin (localhost); it is not followed";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn a_page_that_came_before_is_an_error() {
    let server = linked("/links").await;
    let error = all(list(&client(&server.url), &LINKS)).await.unwrap_err();
    assert_eq!(error.to_string(), "links: the next page is one that came before");
    assert_eq!(server.received().len(), 1);

    let server = pages(|query| {
        let next = if query.ends_with('2') { 3 } else { 2 };
        format!(r#"{{"links":[{{"rel":"next","href":"?page={next}"}}],"results":[{next}]}}"#)
    })
    .await;
    let error = all(list(&client(&server.url), &LINKS)).await.unwrap_err();
    assert_eq!((error.kind(), server.received().len()), (ErrorKind::Paging, 3));
}

#[tokio::test]
async fn a_service_that_knows_nothing_of_page_numbers_is_found_out() {
    let server = pages(|_| "[1,2]".to_owned()).await;
    let mut items = bare(&client(&server.url), &NUMBERS).items();
    let mut seen = Vec::new();
    let error = loop {
        match items.next().await.unwrap() {
            Ok(item) => seen.push(item),
            Err(error) => break error,
        }
    };
    assert_eq!(error.to_string(), "numbers: the page is the one before once more");
    assert_eq!(targets(&server), ["/numbers", "/numbers?page=2"]);
}

#[tokio::test]
async fn a_bare_list_is_read_by_page_numbers_up_to_an_empty_page() {
    let server = pages(|query| match query {
        "" | "page=1" => "[1,2]".to_owned(),
        "page=2" => "[3]".to_owned(),
        _ => "[]".to_owned(),
    })
    .await;
    let client = client(&server.url);
    assert_eq!(bare(&client, &NUMBERS).collect_all(3).await.unwrap(), [1, 2, 3]);
    assert_eq!(targets(&server), ["/numbers", "/numbers?page=2", "/numbers?page=3"]);

    // A request that asks for a page begins there.
    let from_2: Call<Vec<i64>> = read::json(client.core.request(&NUMBERS).query("page", &2));
    assert_eq!(from_2.collect_all(3).await.unwrap(), [3]);
    assert_eq!(targets(&server)[3..], ["/numbers?page=2", "/numbers?page=3"]);
}

#[tokio::test]
async fn offsets_count_the_elements_until_there_are_no_more() {
    let server = pages(|query| match query {
        "limit=2" => r#"{"results":[1,2],"more":true}"#.to_owned(),
        "limit=2&offset=2" => r#"{"results":[3],"more":false}"#.to_owned(),
        other => panic!("{other}"),
    })
    .await;
    let call: Call<Numbers> = read::json(client(&server.url).core.request(&OFFSETS).query("limit", &2));
    assert_eq!(all(call).await.unwrap(), [1, 2, 3]);
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn cursors_are_taken_from_the_answer_until_there_is_none() {
    for end in ["null", r#""""#] {
        let server = pages(move |query| match query {
            "" => r#"{"results":[1],"meta":{"next":"a/b="}}"#.to_owned(),
            // An empty page is not the end as long as there is another cursor.
            "cursor=a%2Fb%3D" => r#"{"results":[],"meta":{"next":17}}"#.to_owned(),
            "cursor=17" => format!(r#"{{"results":[2],"meta":{{"next":{end}}}}}"#),
            other => panic!("{other}"),
        })
        .await;
        assert_eq!(all(list(&client(&server.url), &CURSORS)).await.unwrap(), [1, 2]);
    }
    // Some send the last cursor for ever.
    let server = pages(|query| match query {
        "" => r#"{"results":[1],"meta":{"next":"z"}}"#.to_owned(),
        _ => r#"{"results":[],"meta":{"next":"z"}}"#.to_owned(),
    })
    .await;
    assert_eq!(all(list(&client(&server.url), &CURSORS)).await.unwrap(), [1]);
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn the_last_element_leads_on() {
    let server = pages(|query| match query {
        "" => r#"{"results":[{"id":"a"},{"id":"b"}],"more":true}"#.to_owned(),
        "starting_after=b" => r#"{"results":[{"id":"c"}],"more":false}"#.to_owned(),
        other => panic!("{other}"),
    })
    .await;
    object! { struct Users { required results: Vec<Value> = "results" } }
    page! { Users: results -> Value }
    let call: Call<Users> = read::json(client(&server.url).core.request(&AFTER));
    assert_eq!(call.collect_all(10).await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_list_is_never_cut_short() {
    let server = linked("/links?page=2").await;
    let client = client(&server.url);
    assert_eq!(list(&client, &LINKS).collect_all(3).await.unwrap().len(), 3);
    let error = list(&client, &LINKS).collect_all(2).await.unwrap_err();
    assert_eq!((error.kind(), &*error.to_string()), (ErrorKind::TooLarge, "links: the list has more than 2 elements"));
}

#[tokio::test]
async fn each_page_is_a_call_of_its_own_and_an_error_ends_the_list() {
    let page = |number: u32| format!(r#"{{"links":[{{"rel":"next","href":"?page={number}"}}],"results":[{number}]}}"#);
    let answers = [
        Answer::json(200, &page(2)),
        Answer::new(503, &[], ""),
        Answer::json(200, &page(3)),
        Answer::json(404, r#"{"error":404,"errorCode":"GONE"}"#),
    ];
    let server = Server::with(answers).await;
    let mut pages = list(&client(&server.url), &LINKS).pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!((first.status().as_u16(), first.value().results.as_deref()), (200, Some(&[2][..])));
    let second = pages.next().await.unwrap().unwrap();
    assert_eq!((second.attempts().len(), second.into_value().results), (2, Some(vec![3])));
    assert!(pages.next().await.unwrap().unwrap_err().is_not_found());
    assert!(pages.next().await.is_none());
    assert_eq!(server.received().len(), 4);
}

#[tokio::test]
async fn an_operation_that_is_not_paged_brings_one_page() {
    let server = pages(|_| "[1,2]".to_owned()).await;
    let client = client(&server.url);
    assert_eq!(bare(&client, &WHOLE).collect_all(2).await.unwrap(), [1, 2]);
    let call: Call<Option<Vec<i64>>> = read::optional(client.core.request(&WHOLE));
    assert_eq!(call.collect_all(2).await.unwrap(), [1, 2]);
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn an_answer_without_its_list_is_an_empty_page() {
    let server = pages(|_| r#"{"links":[{"rel":"next","href":"?page=2"}]}"#.to_owned()).await;
    assert_eq!(all(list(&client(&server.url), &LINKS)).await.unwrap(), [0; 0]);
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn both_are_streams() {
    let server = linked("/links?page=2").await;
    let client = client(&server.url);
    let mut items = list(&client, &LINKS).items();
    let mut seen = Vec::new();
    while let Some(item) = poll_fn(|context| Pin::new(&mut items).poll_next(context)).await {
        seen.push(item.unwrap());
    }
    assert_eq!(seen, [1, 2, 3]);
    let mut pages = list(&client, &LINKS).pages();
    let page = poll_fn(|context| Pin::new(&mut pages).poll_next(context)).await;
    assert_eq!(page.unwrap().unwrap().into_value().results.unwrap(), [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_before_it_is_wanted_and_giving_up_loses_nothing() {
    hurry();
    let slow = Answer::json(200, r#"{"links":[],"results":[1]}"#).after(Duration::from_secs(30));
    let server = Server::with([slow]).await;
    let mut items = list(&client(&server.url), &LINKS).retry(Retry::disabled()).items();
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(server.received().len(), 0);
    assert!(tokio::time::timeout(Duration::from_secs(10), items.next()).await.is_err());
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert!(items.next().await.is_none());
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_request_with_a_fault_is_that_error_and_then_the_end() {
    let server = linked("/links?page=2").await;
    let mut items = list(&client(&server.url), &LINKS).header("a b", "1").items();
    assert_eq!(items.next().await.unwrap().unwrap_err().kind(), ErrorKind::Request);
    assert!(items.next().await.is_none());
    assert_eq!(format!("{items:?}"), r#"Items { operation: "links", .. }"#);
}
