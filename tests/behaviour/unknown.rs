//! A service newer than the client: values and members that no document lists yet.

use atlas_client::types::{
    AddOrRemoveGroupRole, GroupRole, GroupUserResponse, OrgRole, OrgUserResponse,
};
use atlas_codegen_tests::fake_atlas::{Alteration, FakeAtlas, Scripted};
use serde_json::json;

use crate::operations::{
    ENVELOPE, GROUP, ORG, Operation, PLAIN, USER, client, fake, invitation, newcomer,
};

fn altered(atlas: &FakeAtlas, alteration: Alteration) {
    atlas.answer_next(Scripted::Altered(alteration));
}

const USERS: [Operation; 3] = [
    Operation::AddOrgTeamUser,
    Operation::AddGroupUserRole,
    Operation::CreateOrgUser,
];

#[tokio::test]
async fn a_new_role_is_read_as_its_text() {
    let atlas = fake().await;
    let client = client(&atlas);
    altered(&atlas, Alteration::UnknownRole);
    let users = client.mongodb_cloud_users();
    let user = users.create_org_user(ORG, newcomer()).send().await.unwrap();
    let OrgUserResponse::Pending(user) = user else {
        panic!("{user:?}");
    };
    let roles = user.roles.org_roles.unwrap();
    assert_eq!(roles, [OrgRole::Unknown("ROLE_OF_TOMORROW".to_owned())]);
    assert_eq!(roles[0].as_str(), "ROLE_OF_TOMORROW");

    altered(&atlas, Alteration::UnknownRole);
    let invitation = client
        .projects()
        .create_project_invitation(GROUP, invitation())
        .send()
        .await
        .unwrap();
    let roles = invitation.roles.unwrap();
    // The roles beside it are still themselves.
    assert_eq!(
        roles,
        [
            GroupRole::from("ROLE_OF_TOMORROW"),
            GroupRole::GroupReadOnly
        ]
    );
}

#[tokio::test]
async fn a_new_role_is_written_back_and_can_be_sent() {
    let atlas = fake().await;
    for query in [PLAIN, ENVELOPE] {
        altered(&atlas, Alteration::UnknownRole);
        let brought = Operation::AddGroupUserRole
            .call(&client(&atlas), query)
            .await
            .unwrap();
        assert_eq!(brought.value["roles"], json!(["ROLE_OF_TOMORROW"]));
    }
    let body = AddOrRemoveGroupRole::new("GROUP_ORACLE".into());
    let users = client(&atlas).mongodb_cloud_users();
    users
        .add_group_user_role(GROUP, USER, body)
        .send()
        .await
        .unwrap();
    assert_eq!(
        atlas.requests().pop().unwrap().text(),
        r#"{"groupRole":"GROUP_ORACLE"}"#
    );
}

#[tokio::test]
async fn a_user_of_a_new_standing_is_kept_whole() {
    let atlas = fake().await;
    let client = client(&atlas);
    for operation in USERS {
        let known = operation.call(&client, PLAIN).await.unwrap().value;
        for query in [PLAIN, ENVELOPE] {
            altered(&atlas, Alteration::UnknownStatus);
            let mut expected = known.clone();
            expected["orgMembershipStatus"] = json!("SUSPENDED");
            let brought = operation.call(&client, query).await.unwrap();
            assert_eq!(brought.value, expected);
        }
    }
}

#[tokio::test]
async fn a_new_or_missing_standing_is_the_unknown_variant() {
    let atlas = fake().await;
    let users = client(&atlas).mongodb_cloud_users();
    let tag = "/orgMembershipStatus".to_owned();
    for alteration in [
        Alteration::UnknownStatus,
        Alteration::Without(tag.clone()),
        Alteration::Set(tag, json!(7)),
    ] {
        altered(&atlas, alteration.clone());
        let user = users.create_org_user(ORG, newcomer()).send().await.unwrap();
        let OrgUserResponse::Unknown(user) = user else {
            panic!("{alteration:?}: {user:?}");
        };
        assert_eq!(user["username"], "hello@example.com");

        altered(&atlas, alteration.clone());
        let body = AddOrRemoveGroupRole::new(GroupRole::GroupOwner);
        let call = users.add_group_user_role(GROUP, USER, body).send();
        assert!(matches!(call.await.unwrap(), GroupUserResponse::Unknown(_)));
    }
}

#[tokio::test]
async fn a_new_member_is_passed_over() {
    let atlas = fake().await;
    let client = client(&atlas);
    for operation in crate::operations::ALL {
        let known = operation.call(&client, PLAIN).await.unwrap().value;
        for query in [PLAIN, ENVELOPE] {
            altered(&atlas, Alteration::UnknownField);
            let brought = operation.call(&client, query).await.unwrap();
            // What is not known is not sent back either: the service refuses unknown members.
            assert_eq!(brought.value, known, "{operation:?} {query:?}");
        }
    }
}

#[tokio::test]
async fn null_counts_as_absent_in_answers() {
    let atlas = fake().await;
    let client = client(&atlas);
    for member in ["/teamIds", "/invitationExpiresAt"] {
        altered(&atlas, Alteration::Set(member.to_owned(), json!(null)));
        let brought = Operation::AddOrgTeamUser
            .call(&client, PLAIN)
            .await
            .unwrap();
        assert_eq!(brought.value.pointer(member), None);
    }
}
