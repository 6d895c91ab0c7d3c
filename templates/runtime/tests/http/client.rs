//! A miniature client, in the form in which the generator writes them.

use client_runtime::Segment::{Checked, Parameter, Styled, Text};
use client_runtime::{
    Builder, Core, Description, Envelope, Environment, ErrorMembers, Method, Operation, Pattern,
    Service, Style, Value, answers, object,
};

#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) core: Core,
}

impl Client {
    /// Begins a client: give it credentials, then build it.
    pub(crate) fn builder() -> Builder<Self> {
        Builder::new()
    }
}

impl Service for Client {
    type ErrorBody = ApiError;
    const DESCRIPTION: &'static Description = &Description {
        base_url: Some("https://cloud.example.com"),
        user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        token_url: Some("/api/oauth/token"),
        revoke_url: Some("/api/oauth/revoke"),
        envelope: Some(Envelope {
            parameter: "envelope",
            status: "status",
            content: "content",
        }),
        error_members: ErrorMembers {
            code: Some("/errorCode"),
            detail: Some("/detail"),
            fields: Some("/badRequestDetail/fields"),
            field_name: Some("/field"),
            field_detail: Some("/description"),
        },
        environment: Environment {
            access_token: &["CLIENT_RUNTIME_TEST_ACCESS_TOKEN"],
            client_id: &["CLIENT_RUNTIME_TEST_CLIENT_ID"],
            client_secret: &["CLIENT_RUNTIME_TEST_CLIENT_SECRET"],
            public_key: &["CLIENT_RUNTIME_TEST_PUBLIC_KEY"],
            private_key: &["CLIENT_RUNTIME_TEST_PRIVATE_KEY"],
            base_url: &["CLIENT_RUNTIME_TEST_BASE_URL"],
        },
    };
    fn from_core(core: Core) -> Self {
        Self { core }
    }
}

pub(crate) type Credentials = client_runtime::Credentials<Client>;
pub(crate) type Error = client_runtime::Error<ApiError>;
pub(crate) type Call<T> = client_runtime::Call<T, ApiError>;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) error: i64,
    pub(crate) error_code: String,
    pub(crate) detail: Option<String>,
    pub(crate) parameters: Option<Vec<Value>>,
}

object! {
    ApiError {
        error: required "error",
        error_code: required "errorCode",
        detail: optional "detail",
        parameters: optional "parameters",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) username: Option<String>,
}

object! {
    User {
        id: required "id",
        username: optional "username",
    }
}

answers! {
    /// How far the export is.
    pub(crate) enum ExportAnswer {
        /// It is done.
        Done(User): 200,
        /// It has begun.
        Begun: 202,
    }
}

pub(crate) static ADD_ORG_TEAM_USER: Operation = Operation {
    id: "addOrgTeamUser",
    method: Method::Post,
    path: &[
        Text("/api/atlas/v2/orgs/"),
        Checked("orgId", Pattern::new("a-f0-9", 24, 24)),
        Text("/teams/"),
        Parameter("teamId"),
        Text(":addUser"),
    ],
    accept: Some("application/vnd.atlas.2025-02-19+json"),
    content_type: Some("application/vnd.atlas.2025-02-19+json"),
    idempotent: false,
    authenticated: true,
};

pub(crate) static GET_USER: Operation = Operation {
    id: "getUser",
    method: Method::Get,
    path: &[Text("/users/"), Parameter("userId")],
    accept: Some("application/json"),
    content_type: None,
    idempotent: true,
    authenticated: true,
};

pub(crate) static PING: Operation = Operation {
    id: "ping",
    method: Method::Get,
    path: &[Text("/ping"), Styled("ids", Style::Matrix)],
    accept: None,
    content_type: None,
    idempotent: true,
    authenticated: false,
};

/// Adds one user to a team.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub(crate) struct AddOrgTeamUser {
    client: Client,
    org_id: String,
    team_id: String,
    body: User,
    pretty: Option<bool>,
    filter: Option<Value>,
    if_match: Option<String>,
    session: Option<String>,
}

impl AddOrgTeamUser {
    pub(crate) fn pretty(mut self, pretty: bool) -> Self {
        self.pretty = Some(pretty);
        self
    }

    pub(crate) fn filter(mut self, filter: Value) -> Self {
        self.filter = Some(filter);
        self
    }

    pub(crate) fn if_match(mut self, if_match: impl Into<String>) -> Self {
        self.if_match = Some(if_match.into());
        self
    }

    pub(crate) fn session(mut self, session: impl Into<String>) -> Self {
        self.session = Some(session.into());
        self
    }

    pub(crate) fn send(self) -> Call<User> {
        self.client
            .core
            .request(&ADD_ORG_TEAM_USER)
            .path("orgId", &self.org_id)
            .path("teamId", &self.team_id)
            .query("pretty", &self.pretty)
            .query_as(Style::DeepObject, "filter", &self.filter)
            .header("If-Match", &self.if_match)
            .cookie("session", &self.session)
            .json(&self.body)
            .call()
    }
}

impl Client {
    pub(crate) fn add_org_team_user(
        &self,
        org_id: &str,
        team_id: &str,
        body: User,
    ) -> AddOrgTeamUser {
        AddOrgTeamUser {
            client: self.clone(),
            org_id: org_id.to_owned(),
            team_id: team_id.to_owned(),
            body,
            pretty: None,
            filter: None,
            if_match: None,
            session: None,
        }
    }

    pub(crate) fn get_user(&self, user_id: &str) -> Call<User> {
        self.core.request(&GET_USER).path("userId", user_id).call()
    }

    pub(crate) fn get_user_in_envelope(&self, user_id: &str) -> Call<Option<User>> {
        self.core
            .request(&GET_USER)
            .path("userId", user_id)
            .query("envelope", &true)
            .call_optional()
    }

    pub(crate) fn delete_user(&self, user_id: &str) -> Call<()> {
        self.core
            .request(&GET_USER)
            .path("userId", user_id)
            .call_empty()
    }

    pub(crate) fn user_as_text(&self, user_id: &str) -> Call<String> {
        self.core
            .request(&GET_USER)
            .path("userId", user_id)
            .call_text()
    }

    pub(crate) fn start_export(&self, user_id: &str) -> Call<ExportAnswer> {
        self.core
            .request(&GET_USER)
            .path("userId", user_id)
            .call_answers()
    }

    pub(crate) fn ping(&self, ids: &[i64]) -> Call<client_runtime::Bytes> {
        self.core.request(&PING).path("ids", ids).call_bytes()
    }
}

/// A client of a server here, with a fixed token.
pub(crate) fn client(base_url: &str) -> Client {
    Client::builder()
        .credentials(Credentials::access_token("token-1"))
        .base_url(base_url)
        .build()
        .unwrap()
}

pub(crate) fn user(id: &str) -> User {
    User {
        id: id.to_owned(),
        username: None,
    }
}
