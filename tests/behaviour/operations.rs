//! The five operations of Atlas as one table, and clients to call them with.

use std::time::Duration;

use atlas_client::client_runtime::http::header::HeaderMap;
use atlas_client::types::{
    AddOrRemoveGroupRole, AddOrRemoveUserFromTeam, GroupInvitationRequest, GroupRole,
    GroupRoleAssignment, OrgRole, OrgUserRequest, OrgUserRolesRequest,
};
use atlas_client::{Client, Credentials, Error};
use atlas_codegen_tests::fake_atlas::FakeAtlas;
use serde_json::Value;

/// Ids that mean nothing particular to the fake service.
pub(crate) const ORG: &str = "4888442a3354817a7320eb61";
pub(crate) const GROUP: &str = "32b6e34b3d91647abb20e7b8";
pub(crate) const TEAM: &str = "5f0c0ffee0c0ffee0c0ffee0";
pub(crate) const USER: &str = "61dc5929ae95796dcd418d1d";

/// Long enough for a busy machine; a test that would hang fails instead.
const PATIENCE: Duration = Duration::from_secs(120);

/// A client of the fake service that signs in with a ready token, so that there is one request a call.
pub(crate) fn client(atlas: &FakeAtlas) -> Client {
    with(
        atlas,
        Credentials::access_token(&*atlas.options().access_token),
    )
}

/// A client of the fake service with these credentials.
pub(crate) fn with(atlas: &FakeAtlas, credentials: Credentials) -> Client {
    Client::builder()
        .credentials(credentials)
        .base_url(atlas.base_url())
        .timeout(PATIENCE)
        .build()
        .expect("the client can be made")
}

/// A client that signs in as the fake service's account.
pub(crate) fn service_account(atlas: &FakeAtlas) -> Client {
    let options = atlas.options();
    with(
        atlas,
        Credentials::service_account(&*options.client_id, &*options.client_secret),
    )
}

/// A client that signs in with the fake service's API key.
pub(crate) fn api_key(atlas: &FakeAtlas) -> Client {
    let options = atlas.options();
    with(
        atlas,
        Credentials::api_key(&*options.public_key, &*options.private_key),
    )
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Operation {
    AddGroupAccessUser,
    CreateProjectInvitation,
    AddOrgTeamUser,
    AddGroupUserRole,
    CreateOrgUser,
}

pub(crate) const ALL: [Operation; 5] = [
    Operation::AddGroupAccessUser,
    Operation::CreateProjectInvitation,
    Operation::AddOrgTeamUser,
    Operation::AddGroupUserRole,
    Operation::CreateOrgUser,
];

/// What a call brought, whatever the operation: the value as the client writes it, which is null for no body.
#[derive(Debug)]
pub(crate) struct Brought {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) value: Value,
}

/// Query parameters that every operation has.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Query {
    pub(crate) envelope: Option<bool>,
    pub(crate) pretty: Option<bool>,
}

pub(crate) const PLAIN: Query = Query {
    envelope: None,
    pretty: None,
};
pub(crate) const ENVELOPE: Query = Query {
    envelope: Some(true),
    pretty: None,
};

macro_rules! send {
    ($request:expr, $query:expr) => {{
        let mut request = $request;
        if let Some(envelope) = $query.envelope {
            request = request.envelope(envelope);
        }
        if let Some(pretty) = $query.pretty {
            request = request.pretty(pretty);
        }
        let response = request.send().response().await?;
        Ok(Brought {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            value: serde_json::to_value(response.value()).expect("what was read can be written"),
        })
    }};
}

impl Operation {
    /// The id in the document.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::AddGroupAccessUser => "addGroupAccessUser",
            Self::CreateProjectInvitation => "createProjectInvitation",
            Self::AddOrgTeamUser => "addOrgTeamUser",
            Self::AddGroupUserRole => "addGroupUserRole",
            Self::CreateOrgUser => "createOrgUser",
        }
    }

    /// The error statuses that the document gives the operation.
    pub(crate) fn error_statuses(self) -> &'static [u16] {
        match self {
            Self::AddGroupAccessUser | Self::CreateProjectInvitation => &[401, 403, 404, 500],
            Self::AddOrgTeamUser => &[400, 401, 403, 404, 500],
            Self::AddGroupUserRole | Self::CreateOrgUser => &[400, 401, 403, 404, 409, 500],
        }
    }

    /// Calls the operation with everything in its body set.
    pub(crate) async fn call(self, client: &Client, query: Query) -> Result<Brought, Error> {
        let projects = client.projects();
        let users = client.mongodb_cloud_users();
        match self {
            Self::AddGroupAccessUser => {
                #[expect(deprecated, reason = "the document deprecates it")]
                let request = projects.add_group_access_user(GROUP, invitation());
                send!(request, query)
            }
            Self::CreateProjectInvitation => {
                send!(
                    projects.create_project_invitation(GROUP, invitation()),
                    query
                )
            }
            Self::AddOrgTeamUser => {
                let body = AddOrRemoveUserFromTeam::new(USER);
                send!(users.add_org_team_user(ORG, TEAM, body), query)
            }
            Self::AddGroupUserRole => {
                let body = AddOrRemoveGroupRole::new(GroupRole::GroupOwner);
                send!(users.add_group_user_role(GROUP, USER, body), query)
            }
            Self::CreateOrgUser => send!(users.create_org_user(ORG, newcomer()), query),
        }
    }

    /// Calls the operation and gives its error.
    pub(crate) async fn fail(self, client: &Client, query: Query) -> Error {
        self.call(client, query)
            .await
            .expect_err("the call should fail")
    }
}

pub(crate) fn invitation() -> GroupInvitationRequest {
    GroupInvitationRequest::new()
        .roles([GroupRole::GroupOwner, GroupRole::GroupReadOnly])
        .username("hello@example.com")
}

pub(crate) fn newcomer() -> OrgUserRequest {
    let assignment = GroupRoleAssignment::new()
        .group_id(GROUP)
        .group_roles([GroupRole::GroupDataAccessReadWrite]);
    let roles =
        OrgUserRolesRequest::new(vec![OrgRole::OrgMember]).group_role_assignments([assignment]);
    OrgUserRequest::new(roles, "hello@example.com").team_ids([TEAM.to_owned()])
}

/// Starts the fake service.
pub(crate) async fn fake() -> FakeAtlas {
    FakeAtlas::start().await.expect("the fake service starts")
}
