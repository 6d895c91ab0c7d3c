//! The programs of README.md's section "In production", run.

use std::time::Duration;

use atlas_client::types::AddOrRemoveUserFromTeam;
use atlas_codegen_tests::fake_atlas::Scripted;
use exchange_client::client_runtime::testing::{Answer, Script};
use exchange_client::{Client, Waiter};
use serde_json::json;

use crate::operations::{ORG, TEAM, USER, fake, service_account};

#[tokio::test]
async fn a_call_is_sent_again_where_the_caller_says_that_this_is_safe() {
    let atlas = fake().await;
    atlas.answer_next(Scripted::HtmlUnavailable);
    let client = service_account(&atlas);
    let answer = client
        .mongodb_cloud_users()
        .add_org_team_user(ORG, TEAM, AddOrRemoveUserFromTeam::new(USER))
        .send()
        .idempotent(true)
        .timeout(Duration::from_secs(10))
        .response()
        .await
        .unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.attempts().len()),
        (200, 2)
    );

    atlas.answer_next(Scripted::HtmlUnavailable);
    let call = client.mongodb_cloud_users().add_org_team_user(
        ORG,
        TEAM,
        AddOrRemoveUserFromTeam::new(USER),
    );
    let error = call.send().await.unwrap_err();
    assert_eq!(error.attempts().len(), 1);
}

fn scripted(script: &Script) -> Client {
    let builder = Client::builder().base_url("https://exchange.example.com");
    builder.transport(script.clone()).build().unwrap()
}

#[tokio::test]
async fn a_list_in_pages_is_read_as_one() {
    let script = Script::new();
    for _ in 0..2 {
        let next = json!([{"rel": "next", "href": "/lists/links?page=2"}]);
        let first = json!({"results": [{"name": "a"}, {"name": "b"}], "links": next});
        let first = Answer::json(200, &first);
        script.expect("listByLinks").no_query("page").answer(first);
        let last = Answer::json(200, &json!({"results": [{"name": "c"}]}));
        script.expect("listByLinks").query("page", 2).answer(last);
    }
    let client = scripted(&script);

    let mut names = Vec::new();
    let mut files = client.lists().list_by_links().send().items();
    while let Some(file) = files.next().await {
        names.push(file.unwrap().name);
    }
    assert_eq!(names, ["a", "b", "c"]);
    let files = client.lists().list_by_links().send();
    assert_eq!(files.collect_all(10_000).await.unwrap().len(), 3);
    script.verify().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_change_is_waited_for() {
    let script = Script::new();
    let running = Answer::json(200, &json!({"id": "7", "state": "RUNNING"}));
    let done = Answer::json(200, &json!({"id": "7", "state": "DONE"}));
    script.expect("readJob").times(3).answer(running);
    script.expect("readJob").answer(done.clone());
    script.expect("readJob").answer(Answer::status(204));
    script.expect("readJob").answer(done);
    let client = scripted(&script);

    let start = tokio::time::Instant::now();
    let waiter = client.jobs().wait_for_job("7");
    waiter.deadline(Duration::from_secs(600)).await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 3, "the config says every second");
    Waiter::until(client.jobs().read_job("7").send(), |job| job.is_some())
        .every(Duration::from_secs(10))
        .await
        .unwrap();
    assert_eq!(start.elapsed().as_secs(), 13);
    script.verify().unwrap();
}
