//! Calls as users write them: the examples that the project's documents print, and what they rest on.

use atlas_client::types::{
    AddOrRemoveUserFromTeam, ApiError, OrgRole, OrgUserRequest, OrgUserResponse,
    OrgUserRolesRequest,
};
use atlas_client::{Call, Client, Credentials, Error, Retry};
use atlas_codegen_tests::fake_atlas::{Fault, Member, Scripted};

use crate::operations::{ORG, TEAM, USER, client, fake};

/// Invites someone and puts them into a team.
async fn invite(client: &Client, org_id: &str, team_id: &str) -> Result<String, Error> {
    let roles = OrgUserRolesRequest::new(vec![OrgRole::OrgMember]);
    let user = client
        .mongodb_cloud_users()
        .create_org_user(org_id, OrgUserRequest::new(roles, "hello@example.com"))
        .send()
        .await?;
    let user_id = match user {
        OrgUserResponse::Pending(p) => p.id,
        OrgUserResponse::Active(a) => a.id,
        other => return Ok(format!("unexpected: {other:?}")),
    };
    let user = client
        .mongodb_cloud_users()
        .add_org_team_user(org_id, team_id, AddOrRemoveUserFromTeam::new(user_id))
        .send()
        .await?;
    Ok(match user {
        OrgUserResponse::Pending(p) => format!("{} is invited", p.username),
        OrgUserResponse::Active(a) => format!("{} {} is a member", a.first_name, a.last_name),
        other => format!("unexpected: {other:?}"),
    })
}

#[tokio::test]
async fn someone_is_invited_and_put_into_a_team() {
    let atlas = fake().await;
    let options = atlas.options();
    let credentials = Credentials::service_account(&*options.client_id, &*options.client_secret);
    let client = Client::builder()
        .credentials(credentials)
        .base_url(atlas.base_url())
        .build()
        .unwrap();
    assert_eq!(
        invite(&client, ORG, TEAM).await.unwrap(),
        "hello@example.com is invited"
    );
    atlas.answer_next(Scripted::User(Member::Pending));
    atlas.answer_next(Scripted::User(Member::Active));
    assert_eq!(
        invite(&client, ORG, TEAM).await.unwrap(),
        "John Doe is a member"
    );
}

/// One match tells every kind of error that users care about.
async fn told(client: &Client) -> &'static str {
    let call = client
        .mongodb_cloud_users()
        .add_org_team_user(ORG, TEAM, AddOrRemoveUserFromTeam::new(USER))
        .send()
        .retry(Retry::disabled());
    match call.await {
        Ok(_) => "added",
        Err(e) if e.code() == Some("USER_ALREADY_IN_TEAM") => "there already",
        Err(e) if e.is_not_found() => "not found",
        Err(e) if e.is_rate_limited() => "too fast",
        Err(e) if e.status().is_some_and(|status| status == 403) => "forbidden",
        Err(e) => match e.api() {
            Some(ApiError { error: 400, .. }) => "refused",
            Some(_) => "something else",
            None => "no answer of the API's",
        },
    }
}

#[tokio::test]
async fn errors_are_told_apart_in_one_match() {
    let atlas = fake().await;
    let client = client(&atlas);
    let in_team = Fault::new(400).code("USER_ALREADY_IN_TEAM");
    for (scripted, expected) in [
        (Scripted::User(Member::Active), "added"),
        (Scripted::Error(in_team), "there already"),
        (Scripted::error(404), "not found"),
        (Scripted::RateLimited { retry_after: None }, "too fast"),
        (Scripted::error(403), "forbidden"),
        (Scripted::error(400), "refused"),
        (Scripted::error(500), "something else"),
        (Scripted::HtmlUnavailable, "no answer of the API's"),
    ] {
        atlas.answer_next(scripted);
        assert_eq!(told(&client).await, expected);
    }
}

#[tokio::test]
async fn a_call_can_be_spawned_and_outlives_its_client() {
    let atlas = fake().await;
    let call = {
        let client = client(&atlas);
        let users = client.mongodb_cloud_users();
        let body = AddOrRemoveUserFromTeam::new(USER);
        users.add_org_team_user(ORG, TEAM, body).send()
    };
    let task = tokio::spawn(call.into_future());
    assert!(matches!(
        task.await.unwrap().unwrap(),
        OrgUserResponse::Pending(_)
    ));
}

#[tokio::test]
async fn a_request_can_be_kept_and_sent_twice() {
    let atlas = fake().await;
    let users = client(&atlas).mongodb_cloud_users();
    let body = AddOrRemoveUserFromTeam::new(USER);
    let request = users.add_org_team_user(ORG, TEAM, body).pretty(true);
    request.clone().send().await.unwrap();
    request.send().await.unwrap();
    let requests = atlas.requests();
    assert_eq!(requests[0], requests[1]);
}

#[tokio::test]
async fn nothing_is_sent_until_the_call_is_awaited() {
    let atlas = fake().await;
    let users = client(&atlas).mongodb_cloud_users();
    let body = AddOrRemoveUserFromTeam::new(USER);
    drop(users.add_org_team_user(ORG, TEAM, body).send());
    assert_eq!(atlas.requests(), []);
}

#[test]
fn clients_calls_futures_and_errors_go_between_threads() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    fn sent<T: Send + 'static>(_: &T) {}
    fn sent_and_shared<T: Send + Sync + 'static>() {}
    shared::<Client>();
    shared::<Credentials>();
    sent_and_shared::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    let client = Client::builder().build().unwrap();
    let call = || -> Call<OrgUserResponse> {
        let body = AddOrRemoveUserFromTeam::new(USER);
        let users = client.mongodb_cloud_users();
        users.add_org_team_user(ORG, TEAM, body).send()
    };
    sent(&call());
    sent(&call().into_future());
    sent(&call().response());
}
