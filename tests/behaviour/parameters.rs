//! Parameters in every style that the exchange document uses, to the byte.

use atlas_codegen_tests::fake_atlas::RecordedRequest;
use exchange_client::ErrorKind;
use exchange_client::operations::search::SearchOperation;
use exchange_client::types::{Filter, Kind};
use serde_json::json;

use crate::exchange::Exchange;

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

/// The request of a search for `q` that has these parameters beside.
async fn sent(set: impl FnOnce(SearchOperation) -> SearchOperation) -> RecordedRequest {
    let exchange = Exchange::start().await;
    exchange.answer_json(&json!(["found"]));
    let search = exchange.client.search();
    let request = search.search(Kind::Book, texts(["1"]), "q");
    let found = set(request).send().await.unwrap();
    assert_eq!(found, ["found"]);
    exchange.last()
}

async fn query(set: impl FnOnce(SearchOperation) -> SearchOperation) -> String {
    let request = sent(set).await;
    let (_, query) = request.target.split_once("?q=q").unwrap();
    query.trim_start_matches('&').to_owned()
}

#[tokio::test]
async fn a_request_with_only_what_is_required_has_nothing_else() {
    let request = sent(|request| request).await;
    assert_eq!(request.method, "GET");
    assert_eq!(request.target, "/search/book/;ids=1?q=q");
    assert_eq!(request.header("x-trace"), None);
    assert_eq!(request.header("cookie"), None);
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("content-type"), None);
    assert_eq!(request.header("content-length"), None);
    assert_eq!(request.text(), "");
}

#[tokio::test]
async fn everything_together_is_written_in_the_documents_order() {
    let exchange = Exchange::start().await;
    exchange.answer_json(&json!([]));
    let found = exchange
        .client
        .search()
        .search(
            Kind::from("comic strip"),
            texts(["a b", "c/d;e"]),
            "a+b c&d=é?",
        )
        .limit(-5)
        .tag(texts(["x", "y z"]))
        .fields(texts(["a", "b,c"]))
        .words(texts(["one", "two", "3|4"]))
        .pipes(texts(["p", "q r"]))
        .filter(Filter::new().from(1_i64).r#type("x y"))
        .expression(Filter::new().from(2_i64).r#type("\"ü\""))
        .x_trace("trace, 1")
        .session("s p;c")
        .send()
        .await;
    assert_eq!(found.unwrap(), [""; 0]);
    let request = exchange.last();
    let (path, query) = request.target.split_once('?').unwrap();
    assert_eq!(path, "/search/comic%20strip/;ids=a%20b;ids=c%2Fd%3Be");
    assert_eq!(
        query.split('&').collect::<Vec<_>>(),
        [
            "q=a%2Bb%20c%26d%3D%C3%A9%3F",
            "limit=-5",
            "tag=x",
            "tag=y%20z",
            "fields=a,b%2Cc",
            "words=one%20two%203%7C4",
            "pipes=p%7Cq%20r",
            "filter%5Bfrom%5D=1",
            "filter%5Btype%5D=x%20y",
            "expression=%7B%22from%22%3A2%2C%22type%22%3A%22%5C%22%C3%BC%5C%22%22%7D",
        ]
    );
    assert_eq!(request.header("x-trace"), Some("trace, 1"));
    assert_eq!(request.header("cookie"), Some("session=s%20p%3Bc"));
}

#[tokio::test]
async fn empty_lists_and_empty_objects_are_left_out() {
    let nothing = query(|request| {
        request
            .tag(texts([]))
            .fields(texts([]))
            .words(texts([]))
            .pipes(texts([]))
            .filter(Filter::new())
    });
    assert_eq!(nothing.await, "");
}

#[tokio::test]
async fn empty_texts_are_sent_as_empty() {
    assert_eq!(
        query(|request| request.tag(texts(["", "a"]))).await,
        "tag=&tag=a"
    );
    assert_eq!(
        query(|request| request.fields(texts([""]))).await,
        "fields="
    );
    let filter = query(|request| request.filter(Filter::new().r#type(""))).await;
    assert_eq!(filter, "filter%5Btype%5D=");
    let exchange = Exchange::start().await;
    exchange.answer_json(&json!([]));
    let request = exchange
        .client
        .search()
        .search(Kind::Film, texts(["1"]), "");
    request.send().await.unwrap();
    assert_eq!(exchange.last().query(), Some("q="));
}

#[tokio::test]
async fn a_json_parameter_holds_what_is_set() {
    let empty = query(|request| request.expression(Filter::new())).await;
    assert_eq!(empty, "expression=%7B%7D");
    let one = query(|request| request.expression(Filter::new().from(7_i64))).await;
    assert_eq!(one, "expression=%7B%22from%22%3A7%7D");
}

#[tokio::test]
async fn what_cannot_stand_in_its_place_is_refused_before_anything_is_sent() {
    let exchange = Exchange::start().await;
    let search = exchange.client.search();
    let whole = || search.search(Kind::Book, texts(["1"]), "q");
    for (request, named) in [
        (search.search(Kind::Book, texts([]), "q"), "`ids`"),
        (search.search(Kind::from(""), texts(["1"]), "q"), "`kind`"),
        (search.search(Kind::from(".."), texts(["1"]), "q"), "`kind`"),
        (whole().x_trace("a\r\nX-Other: b"), "x-trace"),
        (whole().words(texts(["a b"])), "`words` holds a space"),
        (whole().pipes(texts(["a|b"])), "`pipes` holds `|`"),
    ] {
        let error = request.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        let text = error.to_string();
        assert!(text.contains(named), "{text}");
        assert!(!text.contains("X-Other"), "{text}");
    }
    assert_eq!(exchange.count(), 0);
}
