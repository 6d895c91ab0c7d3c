//! Request types as `request!` makes them: parameters given once, twice, and in every place.

use serde_json::json;

use crate::client::{Client, client, user};
use crate::server::{Answer, Received, Server};

const ORG: &str = "5f0f0f0f0f0f0f0f0f0f0f0f";

async fn service() -> (Server, Client) {
    let server = Server::with([Answer::json(200, r#"{"id":"7"}"#)]).await;
    let client = client(&server.url);
    (server, client)
}

/// The last request's query.
fn query(server: &Server) -> String {
    let last: Received = server.received().pop().unwrap();
    let query = last.target().split_once('?').map(|(_, query)| query.to_owned());
    query.unwrap_or_default()
}

#[tokio::test]
async fn what_is_given_again_replaces_what_was() {
    let (server, client) = service().await;
    let request = client.add_org_team_user(ORG, "t", user("1"));
    let request = request
        .pretty(true)
        .filter(json!({"a": 1, "b": 2}))
        .if_match("old")
        .session("old")
        .pretty(false)
        .filter(json!({"c": 3}))
        .if_match("new")
        .session("new");
    request.send().await.unwrap();
    let received = server.received().pop().unwrap();
    assert!(received.target().ends_with("?pretty=false&filter%5Bc%5D=3"));
    assert_eq!(received.header("if-match"), Some("new"));
    assert_eq!(received.header("cookie"), Some("session=new"));
}

#[tokio::test]
async fn a_body_given_again_replaces_what_was_with_its_media_type() {
    let (server, client) = service().await;
    let request = client.start_export();
    let request = request.note("text").body(user("1")).fields(json!({"a": 1}));
    request.clone().send().await.unwrap();
    request.body(user("2")).send().await.unwrap();
    let received = server.received();
    let sent = |received: &Received| {
        let media_type = received.header("content-type").unwrap().to_owned();
        (media_type, received.body.clone())
    };
    let form = "application/x-www-form-urlencoded".to_owned();
    assert_eq!(sent(&received[0]), (form, "a=1".to_owned()));
    let json = "application/json".to_owned();
    assert_eq!(sent(&received[1]), (json, r#"{"id":"2"}"#.to_owned()));
}

#[tokio::test]
async fn one_name_may_stand_in_every_place() {
    let (server, client) = service().await;
    let request = client.start_export().id(1).id_header(Some("two".to_owned()));
    let request = request.id_cookie("three").crumbs([4, 5]).parts(json!({"a": 6}));
    request.clone().send().await.unwrap();
    request.id_header(None).id(7).send().await.unwrap();
    let received = server.received();
    for (received, target, header) in
        [(&received[0], "POST /export?id=1", Some("two")), (&received[1], "POST /export?id=7", None)]
    {
        assert_eq!((received.target(), received.header("id")), (target, header));
        assert_eq!(received.header("cookie"), Some("id=three; crumbs=4; crumbs=5"));
        assert_eq!(received.header("parts"), Some("a=6"));
    }
}

#[tokio::test]
async fn lists_and_styles_are_the_documents_and_empty_lists_are_left_out() {
    let (server, client) = service().await;
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    let request = client.start_export().ids(words(&["a b", "c,d"]));
    request.clone().send().await.unwrap();
    assert_eq!(query(&server), "ids=a%20b%7Cc%2Cd");
    request.ids(words(&[])).send().await.unwrap();
    assert_eq!(query(&server), "");
}

#[tokio::test]
async fn a_clone_sends_the_same_and_goes_its_own_way() {
    let (server, client) = service().await;
    let original = client.start_export().id(1).members(json!({"file": "x"}));
    let copy = original.clone();
    let changed = original.clone().id(2);
    for request in [original, copy, changed] {
        request.send().await.unwrap();
    }
    let received = server.received();
    // The boundary of the parts is random, and still the same.
    assert_eq!(received[0].head, received[1].head);
    assert_eq!(received[0].body, received[1].body);
    assert_eq!(received[2].target(), "POST /export?id=2");
}

#[tokio::test]
async fn a_fault_that_was_replaced_does_not_stand() {
    let (server, client) = service().await;
    let request = client.add_org_team_user(ORG, "t", user("1")).if_match("a\nb");
    assert!(request.clone().send().await.is_err());
    request.if_match("a").send().await.unwrap();
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn another_send_asks_for_another_media_type() {
    let (server, client) = service().await;
    let request = client.find_user("1").envelope(false);
    let download = request.clone().send_csv().await.unwrap();
    assert_eq!(download.text().await.unwrap(), r#"{"id":"7"}"#);
    request.clone().send_gzip().await.unwrap();
    request.send().await.unwrap();
    let received = server.received();
    let accept = |received: &Received| received.header("accept").unwrap().to_owned();
    assert_eq!(
        received.iter().map(accept).collect::<Vec<_>>(),
        ["text/csv", "application/gzip, application/x-gzip", "application/json"]
    );
}
