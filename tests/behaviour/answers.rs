//! The successes of the five operations.

use atlas_client::types::{
    GroupRole, GroupUserResponse, OrgMembershipStatus, OrgRole, OrgUserResponse,
};
use atlas_codegen_tests::fake_atlas::{Answer, Member, Scripted};
use serde_json::{Value, json};

use crate::operations::{
    ALL, ENVELOPE, GROUP, ORG, Operation, PLAIN, TEAM, USER, client, fake, invitation, newcomer,
};

/// What the fake service answers, as the client writes it back: null counts as absent, so it is left out.
fn expected(operation: Operation, member: Member) -> Value {
    let base = |roles: Value, teams: Option<&str>, id: &str| {
        let mut user = match member {
            Member::Active => json!({
                "country": "US",
                "createdAt": "2025-05-04T09:42:00Z",
                "firstName": "John",
                "lastAuth": "2025-05-04T09:42:00Z",
                "lastName": "Doe",
                "mobileNumber": "+12125550123",
            }),
            _ => json!({
                "invitationCreatedAt": "2025-05-04T09:42:00Z",
                "inviterUsername": "owner@example.com",
            }),
        };
        if matches!(member, Member::Pending | Member::InvitationExpired) {
            user["invitationExpiresAt"] = json!("2025-06-03T09:42:00Z");
        }
        if let Some(team) = teams {
            user["teamIds"] = json!([team]);
        }
        user["id"] = json!(id);
        user["orgMembershipStatus"] = json!(member.status());
        user["roles"] = roles;
        user["username"] = json!("hello@example.com");
        user
    };
    match operation {
        Operation::AddOrgTeamUser => {
            let roles = json!({"groupRoleAssignments": [], "orgRoles": ["ORG_MEMBER"]});
            base(roles, Some(TEAM), USER)
        }
        Operation::AddGroupUserRole => base(json!(["GROUP_OWNER"]), None, USER),
        Operation::CreateOrgUser => {
            let assignment =
                json!({"groupId": GROUP, "groupRoles": ["GROUP_DATA_ACCESS_READ_WRITE"]});
            let roles = json!({"groupRoleAssignments": [assignment], "orgRoles": ["ORG_MEMBER"]});
            base(roles, Some(TEAM), "65f0c0ffee65f0c0ffee65f1")
        }
        Operation::AddGroupAccessUser | Operation::CreateProjectInvitation => {
            unreachable!("no user comes of it")
        }
    }
}

#[tokio::test]
async fn users_of_every_standing_are_read_and_written_back() {
    let atlas = fake().await;
    let client = client(&atlas);
    let standings = [
        Member::Pending,
        Member::InvitationExpired,
        Member::InvitationRejected,
        Member::Active,
    ];
    for (operation, status) in [
        (Operation::AddOrgTeamUser, 200),
        (Operation::AddGroupUserRole, 200),
        (Operation::CreateOrgUser, 201),
    ] {
        for member in standings {
            for query in [PLAIN, ENVELOPE] {
                atlas.answer_next(Scripted::User(member));
                let brought = operation.call(&client, query).await.unwrap();
                assert_eq!(brought.status, status);
                assert_eq!(
                    brought.value,
                    expected(operation, member),
                    "{operation:?} {query:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn an_invited_user_is_pending_and_the_tag_can_be_read() {
    let atlas = fake().await;
    let users = client(&atlas).mongodb_cloud_users();
    for (member, status) in [
        (Member::Pending, OrgMembershipStatus::Pending),
        (
            Member::InvitationExpired,
            OrgMembershipStatus::InvitationExpired,
        ),
        (
            Member::InvitationRejected,
            OrgMembershipStatus::InvitationRejected,
        ),
    ] {
        atlas.answer_next(Scripted::User(member));
        let user = users.create_org_user(ORG, newcomer()).send().await.unwrap();
        let OrgUserResponse::Pending(user) = user else {
            panic!("{member:?} is {user:?}");
        };
        assert_eq!(user.org_membership_status, status);
        assert_eq!(user.username, "hello@example.com");
        assert_eq!(user.invitation_created_at.as_str(), "2025-05-04T09:42:00Z");
        // Null once the person has refused.
        let lapses = user.invitation_expires_at.is_some();
        assert_eq!(lapses, member != Member::InvitationRejected);
        assert_eq!(user.roles.org_roles, Some(vec![OrgRole::OrgMember]));
    }
}

#[tokio::test]
async fn a_member_is_active() {
    let atlas = fake().await;
    atlas.answer_next(Scripted::User(Member::Active));
    let body = atlas_client::types::AddOrRemoveGroupRole::new(GroupRole::GroupReadOnly);
    let user = client(&atlas)
        .mongodb_cloud_users()
        .add_group_user_role(GROUP, USER, body)
        .send()
        .await
        .unwrap();
    let GroupUserResponse::Active(user) = user else {
        panic!("{user:?}");
    };
    assert_eq!(user.org_membership_status, OrgMembershipStatus::Active);
    assert_eq!(user.roles, [GroupRole::GroupReadOnly]);
    assert_eq!(
        (&*user.first_name, user.country.as_deref()),
        ("John", Some("US"))
    );
}

#[tokio::test]
#[expect(deprecated, reason = "the document deprecates the operation")]
async fn access_brings_an_invitation_or_nothing() {
    let atlas = fake().await;
    let projects = client(&atlas).projects();
    let request = || projects.add_group_access_user(GROUP, invitation());
    let nothing_inside = Answer::json(200, "application/json", &json!({"status": 204}));
    let null_inside = json!({"content": null, "status": 204});
    for (scripted, envelope, status) in [
        (Scripted::User(Member::Active), false, 204),
        (Scripted::User(Member::Active), true, 204),
        (Scripted::Answer(nothing_inside), true, 204),
        (Scripted::json(&null_inside), true, 204),
    ] {
        atlas.answer_next(scripted);
        let call = request().envelope(envelope).send();
        let response = call.response().await.unwrap();
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(response.into_value(), None);
    }
    for envelope in [false, true] {
        let call = request().envelope(envelope).send();
        let response = call.response().await.unwrap();
        assert_eq!(response.status().as_u16(), 200);
        let invitation = response.into_value().expect("a newcomer is invited");
        assert_eq!(invitation.org_name, "Example");
        assert_eq!(invitation.roles, Some(vec![OrgRole::OrgMember]));
        let assignment = &invitation.group_role_assignments.unwrap()[1];
        assert_eq!(assignment.group_id.as_deref(), Some(GROUP));
        assert_eq!(assignment.group_role, Some(GroupRole::GroupReadOnly));
    }
}

#[tokio::test]
async fn invitations_are_written_back_as_they_came() {
    let atlas = fake().await;
    let links = |path: &str| {
        let href = format!("https://cloud.mongodb.com/api/atlas/v2/{path}");
        json!([{"href": href, "rel": "self"}])
    };
    let id = "65f0c0ffee65f0c0ffee65f3";
    let org = "65f0c0ffee65f0c0ffee65f2";
    let both = json!({
        "createdAt": "2025-05-04T09:42:00Z",
        "expiresAt": "2025-06-03T09:42:00Z",
        "id": id,
        "inviterUsername": "owner@example.com",
        "username": "hello@example.com",
    });
    let with = |more: Value| {
        let mut whole = both.clone();
        for (name, value) in more.as_object().unwrap() {
            whole[name] = value.clone();
        }
        whole
    };
    let to_project = with(json!({
        "groupId": GROUP,
        "groupName": "Example",
        "links": links(&format!("groups/{GROUP}/invites/{id}")),
        "roles": ["GROUP_OWNER", "GROUP_READ_ONLY"],
    }));
    let to_organization = with(json!({
        "groupRoleAssignments": [
            {"groupId": GROUP, "groupRole": "GROUP_OWNER"},
            {"groupId": GROUP, "groupRole": "GROUP_READ_ONLY"},
        ],
        "links": links(&format!("orgs/{org}/invites/{id}")),
        "orgId": org,
        "orgName": "Example",
        "roles": ["ORG_MEMBER"],
        "teamIds": [],
    }));
    for (operation, expected) in [
        (Operation::CreateProjectInvitation, to_project),
        (Operation::AddGroupAccessUser, to_organization),
    ] {
        for query in [PLAIN, ENVELOPE] {
            let brought = operation.call(&client(&atlas), query).await.unwrap();
            assert_eq!((brought.status, &brought.value), (200, &expected));
        }
    }
}

#[tokio::test]
async fn status_and_headers_come_beside_the_value() {
    let atlas = fake().await;
    for operation in ALL {
        for query in [PLAIN, ENVELOPE] {
            let brought = operation.call(&client(&atlas), query).await.unwrap();
            let expected = match operation {
                Operation::CreateOrgUser => 201,
                _ => 200,
            };
            assert_eq!(brought.status, expected, "{operation:?} {query:?}");
            assert_eq!(brought.headers["x-java-method"], operation.id());
            assert!(
                brought.headers["content-type"]
                    .to_str()
                    .unwrap()
                    .contains("json")
            );
        }
    }
}
