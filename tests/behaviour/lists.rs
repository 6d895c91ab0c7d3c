//! Lists that come in pages, waits for changes, and what may be repeated, through a generated client.

use atlas_codegen_tests::fake_atlas::Answer;
use exchange_client::ErrorKind;
use exchange_client::types::{File, JobState};
use serde_json::{Value, json};

use crate::exchange::Exchange;

/// A page of files with a link to the next one.
fn page(names: &[&str], next: Option<&str>) -> Value {
    let results: Vec<Value> = names.iter().map(|name| json!({"name": name})).collect();
    let mut links = vec![json!({"rel": "self", "href": "/lists/links"})];
    links.extend(next.map(|href| json!({"rel": "next", "href": href})));
    json!({"links": links, "results": results})
}

fn names(files: &[File]) -> Vec<&str> {
    files.iter().map(|file| file.name.as_str()).collect()
}

#[tokio::test]
async fn links_are_followed_with_the_version_of_the_call() {
    let exchange = Exchange::start().await;
    let absolute = format!("{}/lists/links?page=3&fields=name", exchange.base_url());
    for (files, next) in [
        (
            ["a", "b"].as_slice(),
            Some("/lists/links?page=2&fields=name"),
        ),
        (&["c"], Some(&*absolute)),
        (&["d"], None),
    ] {
        exchange.answer_json(&page(files, next));
    }
    let request = exchange.client.lists().list_by_links().fields("name");
    let files = request.send().collect_all(10).await.unwrap();
    assert_eq!(names(&files), ["a", "b", "c", "d"]);
    let sent = exchange.requests();
    let targets: Vec<&str> = sent.iter().map(|request| &*request.target).collect();
    assert_eq!(
        targets,
        [
            "/lists/links?fields=name",
            "/lists/links?page=2&fields=name",
            "/lists/links?page=3&fields=name"
        ]
    );
    for request in sent {
        let accept = request.header("accept");
        assert_eq!(accept, Some("application/vnd.exchange.2025-02-19+json"));
        let authorization = request.header("authorization");
        assert_eq!(authorization, Some("Bearer exchange-token"));
    }
}

#[tokio::test]
async fn an_empty_page_ends_a_list_whatever_its_links_say() {
    let exchange = Exchange::start().await;
    exchange.answer_json(&page(&["a"], Some("/lists/links?page=2")));
    exchange.answer_json(&page(&[], Some("/lists/links?page=3")));
    let files = exchange
        .client
        .lists()
        .list_by_links()
        .send()
        .collect_all(10)
        .await;
    assert_eq!(names(&files.unwrap()), ["a"]);
    assert_eq!(exchange.count(), 2);
}

#[tokio::test]
async fn no_credentials_go_to_another_origin() {
    let exchange = Exchange::start().await;
    let other = Exchange::start().await;
    let foreign = format!("{}/lists/links?page=2", other.base_url());
    exchange.answer_json(&page(&["a"], Some(&foreign)));
    let mut items = exchange.client.lists().list_by_links().send().items();
    assert_eq!(items.next().await.unwrap().unwrap().name, "a");
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging);
    assert!(items.next().await.is_none());
    assert_eq!((exchange.count(), other.count()), (1, 0));
}

#[tokio::test]
async fn a_list_that_leads_back_to_itself_ends() {
    let exchange = Exchange::start().await;
    for next in [
        "/lists/links?page=2",
        "/lists/links?page=3",
        "/lists/links?page=2",
    ] {
        exchange.answer_json(&page(&[next], Some(next)));
    }
    let call = exchange.client.lists().list_by_links().send();
    let error = call.collect_all(1000).await.unwrap_err();
    assert_eq!((error.kind(), exchange.count()), (ErrorKind::Paging, 3));
}

#[tokio::test]
async fn a_bare_list_goes_on_from_the_page_that_was_asked_for() {
    let exchange = Exchange::start().await;
    for names in [json!(["c", "d"]), json!(["e"]), json!([])] {
        exchange.answer_json(&names);
    }
    let request = exchange
        .client
        .lists()
        .list_by_numbers()
        .page(2)
        .per_page(2);
    let names = request.send().collect_all(10).await.unwrap();
    assert_eq!(names, ["c", "d", "e"]);
    let sent = exchange.requests();
    let targets: Vec<&str> = sent.iter().map(|request| &*request.target).collect();
    assert_eq!(
        targets,
        [
            "/lists/numbers?page=2&per_page=2",
            "/lists/numbers?per_page=2&page=3",
            "/lists/numbers?per_page=2&page=4"
        ]
    );
}

#[tokio::test]
async fn a_cursor_goes_back_as_it_came() {
    let exchange = Exchange::start().await;
    exchange.answer_json(&json!({"files": [{"name": "a"}], "next_cursor": "x+/=&"}));
    exchange.answer_json(&json!({"files": [{"name": "b"}], "next_cursor": null}));
    let files = exchange
        .client
        .lists()
        .list_by_cursors()
        .send()
        .collect_all(10)
        .await;
    assert_eq!(names(&files.unwrap()), ["a", "b"]);
    assert_eq!(
        exchange.last().target,
        "/lists/cursors?cursor=x%2B%2F%3D%26"
    );
}

#[tokio::test]
async fn a_list_without_pages_is_one() {
    let exchange = Exchange::start().await;
    exchange.answer_json(&json!(["a", "b"]));
    let names = exchange
        .client
        .lists()
        .list_whole()
        .send()
        .collect_all(2)
        .await;
    assert_eq!(names.unwrap(), ["a", "b"]);
    assert_eq!(exchange.count(), 1);
}

#[tokio::test]
async fn a_job_is_waited_for() {
    let exchange = Exchange::start().await;
    exchange.answer_json(&json!({"id": "7", "state": "RUNNING"}));
    exchange.answer(Answer::new(204));
    exchange.answer_json(&json!({"id": "7", "state": "DONE"}));
    let job = exchange.client.jobs().wait_for_job("7").await.unwrap();
    assert_eq!(job.unwrap().state, Some(JobState::Done));
    assert_eq!((exchange.count(), &*exchange.last().target), (3, "/jobs/7"));

    exchange.answer_json(&json!({"id": "7", "state": "DONE"}));
    exchange.answer(Answer::new(404));
    exchange.client.jobs().wait_for_job_gone("7").await.unwrap();
    assert_eq!(exchange.count(), 5);
}

#[tokio::test]
async fn what_is_marked_is_repeated_or_not() {
    let exchange = Exchange::start().await;
    exchange.answer(Answer::new(503));
    exchange.answer(Answer::new(204));
    exchange.client.lists().search_lists().send().await.unwrap();
    assert_eq!(exchange.count(), 2);

    exchange.answer(Answer::new(503));
    let call = exchange.client.lists().append_to_list().send();
    let error = call.await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), exchange.count()),
        (503, 3)
    );
}
