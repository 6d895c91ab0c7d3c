//! The errors of the five operations, and answers that are not what they should be.

use std::error::Error as _;

use atlas_client::ErrorKind;
use atlas_client::types::{FieldViolation, OrgRole, OrgUserRequest, OrgUserRolesRequest};
use atlas_codegen_tests::fake_atlas::{Alteration, Answer, Fault, Scripted};
use serde_json::json;

use crate::operations::{ALL, ENVELOPE, ORG, Operation, PLAIN, client, fake};

/// An error with everything that one can have.
fn fault(status: u16) -> Fault {
    Fault::new(status)
        .code("CODE_OF_THE_TEST")
        .detail("What went wrong.")
        .parameters(vec![json!("text"), json!(3), json!({"object": true})])
        .field("roles.orgRoles", "must not be empty")
        .field("username", "must be an email address")
}

#[tokio::test]
async fn every_error_status_of_every_operation_is_a_typed_error() {
    let atlas = fake().await;
    let client = client(&atlas);
    for operation in ALL {
        for &status in operation.error_statuses() {
            for (query, scripted) in [
                (PLAIN, Scripted::Error(fault(status))),
                (ENVELOPE, Scripted::Error(fault(status))),
                (ENVELOPE, Scripted::ErrorInEnvelope(fault(status))),
            ] {
                atlas.answer_next(scripted);
                let error = operation.fail(&client, query).await;
                assert_eq!(error.kind(), ErrorKind::Service);
                assert_eq!(error.operation(), Some(operation.id()));
                assert_eq!(error.status().unwrap().as_u16(), status);
                assert_eq!(error.code(), Some("CODE_OF_THE_TEST"));
                assert_eq!(error.detail(), Some("What went wrong."));
                let fields: Vec<_> = error
                    .field_errors()
                    .iter()
                    .map(|field| (field.field(), field.detail()))
                    .collect();
                let expected = [
                    ("roles.orgRoles", "must not be empty"),
                    ("username", "must be an email address"),
                ];
                assert_eq!(fields, expected);
                assert_eq!(error.is_not_found(), status == 404);
                assert!(!error.is_rate_limited() && !error.is_timeout());
            }
        }
    }
    assert_eq!(atlas.unused_answers(), 0);
}

#[tokio::test]
async fn the_error_body_is_typed_and_also_there_as_it_came() {
    let atlas = fake().await;
    atlas.answer_next(Scripted::Error(fault(409)));
    let error = Operation::CreateOrgUser.fail(&client(&atlas), PLAIN).await;
    let body: serde_json::Value = serde_json::from_slice(error.body().unwrap()).unwrap();
    assert_eq!(body, fault(409).body());
    assert_eq!(error.headers().unwrap()["content-type"], "application/json");
    let api = error.into_api().expect("it is the service's error");
    assert_eq!(
        (api.error, api.error_code.as_str()),
        (409, "CODE_OF_THE_TEST")
    );
    assert_eq!(api.reason.as_deref(), Some("Conflict"));
    // The document says that these are objects; the service sends anything.
    assert_eq!(
        api.parameters.unwrap(),
        [json!("text"), json!(3), json!({"object": true})]
    );
    assert_eq!(
        api.bad_request_detail.unwrap().fields.unwrap()[0],
        FieldViolation::new("must not be empty", "roles.orgRoles")
    );
}

#[tokio::test]
async fn an_error_is_one_line_for_people() {
    let atlas = fake().await;
    atlas.answer_next(Scripted::error(403));
    let error = Operation::AddGroupUserRole
        .fail(&client(&atlas), PLAIN)
        .await;
    assert_eq!(
        error.to_string(),
        "addGroupUserRole: 403 Forbidden (CANNOT_CHANGE_GROUP_NAME): The fake service answers 403."
    );
}

#[tokio::test]
async fn a_body_that_the_service_refuses_tells_which_fields() {
    let atlas = fake().await;
    let request = OrgUserRequest::new(OrgUserRolesRequest::new(Vec::new()), "nobody");
    let error = client(&atlas)
        .mongodb_cloud_users()
        .create_org_user(ORG, request)
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("VALIDATION_ERROR"));
    let fields: Vec<_> = error.field_errors().iter().map(|f| f.field()).collect();
    assert_eq!(fields, ["roles.orgRoles", "username"]);
    let request = OrgUserRequest::new(
        OrgUserRolesRequest::new(vec![OrgRole::OrgOwner]),
        "a@b.example",
    );
    let users = client(&atlas).mongodb_cloud_users();
    users.create_org_user(ORG, request).send().await.unwrap();
}

#[tokio::test]
async fn an_error_that_is_almost_as_promised_keeps_its_code() {
    let atlas = fake().await;
    let body = json!({"error": "not a number", "errorCode": "ODD", "detail": null});
    atlas.answer_next(Scripted::Answer(Answer::json(
        400,
        "application/json",
        &body,
    )));
    let error = Operation::AddOrgTeamUser.fail(&client(&atlas), PLAIN).await;
    assert_eq!((error.code(), error.detail()), (Some("ODD"), None));
    assert!(error.api().is_none());
}

#[tokio::test]
async fn a_page_of_html_keeps_its_text() {
    let atlas = fake().await;
    for operation in ALL {
        for query in [PLAIN, ENVELOPE] {
            atlas.answer_next(Scripted::HtmlUnavailable);
            let error = operation.fail(&client(&atlas), query).await;
            assert_eq!(error.kind(), ErrorKind::Service);
            assert_eq!(error.status().unwrap().as_u16(), 503);
            assert_eq!((error.code(), error.api()), (None, None));
            let page = "<html><body><h1>503 Service Unavailable</h1></body></html>\n";
            assert_eq!(error.body().unwrap(), page);
            assert_eq!(
                error.to_string(),
                format!("{}: 503 Service Unavailable", operation.id())
            );
        }
    }
}

#[tokio::test]
async fn a_missing_member_is_named_by_its_path_and_the_body_is_kept() {
    let atlas = fake().await;
    for (operation, pointer, path) in [
        (Operation::AddOrgTeamUser, "/username", "username"),
        (
            Operation::AddGroupUserRole,
            "/invitationCreatedAt",
            "invitationCreatedAt",
        ),
        (Operation::CreateOrgUser, "/roles", "roles"),
        (Operation::AddGroupAccessUser, "/orgName", "orgName"),
    ] {
        for query in [PLAIN, ENVELOPE] {
            atlas.answer_next(Scripted::Altered(Alteration::Without(pointer.to_owned())));
            let error = operation.fail(&client(&atlas), query).await;
            assert_eq!(error.kind(), ErrorKind::Decode);
            assert!(error.status().unwrap().is_success());
            let cause = error.source().expect("the cause is kept").to_string();
            assert!(cause.starts_with(&format!("{path}: missing")), "{cause}");
            assert!(format!("{error:#}").contains(&cause), "{error:#}");
            let text = String::from_utf8(error.body().unwrap().to_vec()).unwrap();
            assert!(text.starts_with('{') && !text.contains("content"), "{text}");
        }
    }
}

#[tokio::test]
async fn a_member_of_another_type_is_named_by_its_path() {
    let atlas = fake().await;
    for (pointer, value, path) in [
        ("/roles/orgRoles/0", json!(17), "roles.orgRoles[0]: "),
        (
            "/roles/groupRoleAssignments/0/groupId",
            json!([]),
            "roles.groupRoleAssignments[0].groupId: ",
        ),
        ("/teamIds", json!("none"), "teamIds: "),
        ("/username", json!(null), "username: missing"),
    ] {
        atlas.answer_next(Scripted::Altered(Alteration::Set(
            pointer.to_owned(),
            value,
        )));
        let error = Operation::CreateOrgUser.fail(&client(&atlas), PLAIN).await;
        assert_eq!(error.kind(), ErrorKind::Decode);
        let cause = error.source().unwrap().to_string();
        assert!(cause.starts_with(path), "{cause}");
    }
}

#[tokio::test]
async fn a_success_without_its_body_is_an_error() {
    let atlas = fake().await;
    for (status, said) in [(200, "200 OK"), (204, "204 No Content")] {
        atlas.answer_next(Scripted::Answer(Answer::new(status)));
        let error = Operation::AddOrgTeamUser.fail(&client(&atlas), PLAIN).await;
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(
            error.to_string(),
            format!("addOrgTeamUser: {said}: the answer has no body")
        );
    }
}
