//! What the five operations send, to the byte.

use atlas_client::Client;
use atlas_client::client_runtime::http::Method;
use atlas_codegen_tests::fake_atlas::RecordedRequest;

use crate::operations::{ALL, GROUP, ORG, Operation, PLAIN, Query, TEAM, USER, client, fake};

const INVITATION: &str =
    r#"{"roles":["GROUP_OWNER","GROUP_READ_ONLY"],"username":"hello@example.com"}"#;

/// Path, `Accept`, `Content-Type` and body of each operation.
fn expected(operation: Operation) -> (String, &'static str, &'static str, String) {
    match operation {
        Operation::AddGroupAccessUser => (
            format!("/api/atlas/v2/groups/{GROUP}/access"),
            "application/vnd.atlas.2023-02-01+json",
            "application/vnd.atlas.2023-02-01+json",
            INVITATION.to_owned(),
        ),
        Operation::CreateProjectInvitation => (
            format!("/api/atlas/v1.0/groups/{GROUP}/invites"),
            "application/json",
            "application/json",
            INVITATION.to_owned(),
        ),
        Operation::AddOrgTeamUser => (
            format!("/api/atlas/v2/orgs/{ORG}/teams/{TEAM}:addUser"),
            "application/vnd.atlas.2025-02-19+json",
            "application/vnd.atlas.2025-02-19+json",
            format!(r#"{{"id":"{USER}"}}"#),
        ),
        Operation::AddGroupUserRole => (
            format!("/api/atlas/v2/groups/{GROUP}/users/{USER}:addRole"),
            "application/vnd.atlas.2025-03-12+json",
            "application/json",
            r#"{"groupRole":"GROUP_OWNER"}"#.to_owned(),
        ),
        Operation::CreateOrgUser => (
            format!("/api/atlas/v2/orgs/{ORG}/users"),
            "application/vnd.atlas.2025-02-19+json",
            "application/vnd.atlas.2025-02-19+json",
            format!(
                r#"{{"roles":{{"groupRoleAssignments":[{{"groupId":"{GROUP}","groupRoles":["GROUP_DATA_ACCESS_READ_WRITE"]}}],"orgRoles":["ORG_MEMBER"]}},"teamIds":["{TEAM}"],"username":"hello@example.com"}}"#
            ),
        ),
    }
}

/// The one request that a call sends.
async fn sent(operation: Operation, query: Query) -> RecordedRequest {
    let atlas = fake().await;
    operation
        .call(&client(&atlas), query)
        .await
        .expect("the fake service takes the request");
    let mut requests = atlas.requests();
    assert_eq!(requests.len(), 1, "{operation:?}");
    requests.remove(0)
}

#[tokio::test]
async fn every_operation_sends_its_method_path_types_and_body() {
    for operation in ALL {
        let request = sent(operation, PLAIN).await;
        let (path, accept, content_type, body) = expected(operation);
        assert_eq!(request.method, Method::POST.as_str());
        // No question mark: nothing is set, so there is no query.
        assert_eq!(request.target, path);
        assert_eq!(request.header("accept"), Some(accept));
        assert_eq!(request.header("content-type"), Some(content_type));
        assert_eq!(request.text(), body);
        assert_eq!(
            request.header("content-length"),
            Some(&*body.len().to_string())
        );
    }
}

#[tokio::test]
async fn a_request_has_no_header_beyond_those_that_it_needs() {
    for operation in ALL {
        let request = sent(operation, PLAIN).await;
        let mut names: Vec<String> = request
            .headers
            .iter()
            .map(|(name, _)| name.to_ascii_lowercase())
            .collect();
        names.sort();
        let expected = [
            "accept",
            "authorization",
            "content-length",
            "content-type",
            "host",
            "user-agent",
        ];
        assert_eq!(names, expected, "{operation:?}");
        assert_eq!(
            request.header("authorization"),
            Some("Bearer a-token-that-was-always-there")
        );
        assert_eq!(request.header("user-agent"), Some("atlas-client/0.1.0"));
    }
}

#[tokio::test]
async fn query_parameters_are_sent_where_they_are_set_whatever_their_value() {
    let table = [
        (Some(true), Some(false), "envelope=true&pretty=false"),
        (Some(false), None, "envelope=false"),
        (None, Some(true), "pretty=true"),
    ];
    for operation in ALL {
        for (envelope, pretty, query) in table {
            let request = sent(operation, Query { envelope, pretty }).await;
            let (path, ..) = expected(operation);
            assert_eq!(request.target, format!("{path}?{query}"));
        }
    }
}

#[tokio::test]
async fn indented_answers_are_read_like_others() {
    let atlas = fake().await;
    for operation in ALL {
        let query = Query {
            envelope: None,
            pretty: Some(true),
        };
        let indented = operation.call(&client(&atlas), query).await.unwrap();
        let plain = operation.call(&client(&atlas), PLAIN).await.unwrap();
        assert_eq!(indented.value, plain.value);
    }
}

#[tokio::test]
async fn callers_name_their_program_before_the_client() {
    let atlas = fake().await;
    let client = Client::builder()
        .base_url(atlas.base_url())
        .user_agent("onboarding/3.1")
        .build()
        .unwrap();
    // Nobody has signed in, which does not matter here.
    Operation::AddOrgTeamUser.fail(&client, PLAIN).await;
    let request = atlas.requests().remove(0);
    assert_eq!(
        request.header("user-agent"),
        Some("onboarding/3.1 atlas-client/0.1.0")
    );
}

#[tokio::test]
async fn the_base_url_may_have_a_path_and_a_slash_at_its_end() {
    let atlas = fake().await;
    for end in ["", "/"] {
        let client = Client::builder()
            .base_url(format!("{}/proxy{end}", atlas.base_url()))
            .build()
            .unwrap();
        Operation::CreateOrgUser.fail(&client, PLAIN).await;
        let request = atlas.requests().pop().unwrap();
        assert_eq!(
            request.target,
            format!("/proxy/api/atlas/v2/orgs/{ORG}/users")
        );
    }
}

#[tokio::test]
async fn an_id_that_is_none_is_refused_before_anything_is_sent() {
    let atlas = fake().await;
    let users = client(&atlas).mongodb_cloud_users();
    let body = || atlas_client::types::AddOrRemoveUserFromTeam::new(USER);
    for (org, team, named) in [
        ("", TEAM, "orgId"),
        ("..", TEAM, "orgId"),
        (ORG, "", "teamId"),
        (ORG, "5F0C0FFEE0C0FFEE0C0FFEE0", "teamId"),
        (ORG, "5f0c0ffee0c0ffee0c0ffee", "teamId"),
        (ORG, "5f0c0ffee0c0ffee0c0ffe:a", "teamId"),
    ] {
        let error = users
            .add_org_team_user(org, team, body())
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.kind(), atlas_client::ErrorKind::Request);
        let text = error.to_string();
        assert!(text.starts_with("addOrgTeamUser: "), "{text}");
        assert!(text.contains(&format!("`{named}`")), "{text}");
    }
    assert_eq!(atlas.requests(), []);
}
