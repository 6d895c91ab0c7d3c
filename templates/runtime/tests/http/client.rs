//! A miniature client, in the form in which the generator writes them.

use client_runtime::{
    Builder, Bytes, Core, Description, Envelope, ErrorMembers, Operation, Pattern, Profiles, RequestBuilder,
    SecurityScheme, Service, SettingNames, Style, Upload, Value, answers, object, read, request,
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
        schemes: &[SecurityScheme::oauth2("ServiceAccounts"), SecurityScheme::digest("DigestAuth")],
        security: &[&["ServiceAccounts"], &["DigestAuth"]],
        envelope: Some(Envelope { parameter: "envelope", status: "status", content: "content" }),
        error_members: ErrorMembers {
            code: Some("/errorCode"),
            detail: Some("/detail"),
            fields: Some("/badRequestDetail/fields"),
            field_name: Some("/field"),
            field_detail: Some("/description"),
            retry_after: Some("/parameters/1"),
        },
        trace_headers: &["x-java-method"],
        client_id_prefix: Some("sa_id_"),
        environment: SettingNames {
            access_token: &["CLIENT_RUNTIME_TEST_ACCESS_TOKEN"],
            client_id: &["CLIENT_RUNTIME_TEST_CLIENT_ID"],
            client_secret: &["CLIENT_RUNTIME_TEST_CLIENT_SECRET"],
            public_key: &["CLIENT_RUNTIME_TEST_PUBLIC_KEY"],
            private_key: &["CLIENT_RUNTIME_TEST_PRIVATE_KEY"],
            base_url: &["CLIENT_RUNTIME_TEST_BASE_URL"],
        },
        profiles: Some(Profiles {
            folder: "client-runtime-test",
            file: "config.toml",
            variables: &["CLIENT_RUNTIME_TEST_PROFILE"],
            default: "default",
            keys: SettingNames {
                access_token: &["access_token"],
                client_id: &["client_id"],
                client_secret: &["client_secret"],
                public_key: &["public_key"],
                private_key: &["private_key"],
                base_url: &["base_url", "url"],
            },
            service: Some("service"),
            services: &[("usual", ""), ("other", "https://other.example.com")],
        }),
    };
    fn from_core(core: Core) -> Self {
        Self { core }
    }
}

pub(crate) type Credentials = client_runtime::Credentials<Client>;
pub(crate) type Error = client_runtime::Error<ApiError>;
pub(crate) type Call<T> = client_runtime::Call<T, ApiError>;
pub(crate) type Download = client_runtime::Download<ApiError>;

object! {
    pub(crate) struct ApiError {
        required error: i64 = "error",
        required error_code: String = "errorCode",
        optional detail: String = "detail",
        optional parameters: Vec<Value> = "parameters",
    }
}

object! {
    pub(crate) struct User {
        required id: String = "id",
        optional username: String = "username",
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

static ADD_ORG_TEAM_USER: Operation =
    Operation::post("addOrgTeamUser", "/api/atlas/v2/orgs/{orgId}/teams/{teamId}:addUser")
        .accept("application/vnd.atlas.2025-02-19+json")
        .content_type("application/vnd.atlas.2025-02-19+json");

pub(crate) static GET_USER: Operation = Operation::get("getUser", "/users/{userId}").accept("application/json");

pub(crate) static PING: Operation = Operation::get("ping", "/ping{ids}").unauthenticated();

static START_EXPORT: Operation = Operation::post("startExport", "/export").idempotent(true);

macro_rules! parameter {
    (pretty) => {
        client_runtime::parameter! {
            /// Whether the answer is laid out over several lines.
            query pretty: bool = "pretty"
        }
    };
    (envelope) => {
        client_runtime::parameter! { query envelope: bool = "envelope" }
    };
}

request! {
    /// Adds one user to a team.
    pub(crate) struct AddOrgTeamUser -> json Call<User> {
        use envelope, pretty;
        query(DeepObject) filter: Value = "filter",
        header if_match: String = "If-Match",
        cookie session: String = "session",
    }
}

request! {
    pub(crate) struct GetUser -> json Call<User> {
        use envelope;
        stream send_csv -> Call<Download> = "text/csv",
        stream send_gzip -> Call<Download> = "application/gzip, application/x-gzip",
    }
}

request! {
    /// One name in every place, every kind of body.
    pub(crate) struct StartExport -> answers Call<ExportAnswer> {
        query id: i64 = "id",
        query(PipeDelimited) ids: Vec<String> = "ids",
        header id_header: Option<String> = "id",
        header(SimpleExploded) parts: Value = "parts",
        cookie id_cookie: String = "id",
        cookie(FormExploded) crumbs: Vec<i64> = "crumbs",
        json body: User,
        text note: String,
        bytes file: Upload,
        form fields: Value,
        multipart members: Value,
    }
}

request! { pub(crate) struct ReadLog -> stream Call<Download> {} }

impl Client {
    pub(crate) fn add_org_team_user(
        &self,
        org_id: impl AsRef<str>,
        team_id: impl AsRef<str>,
        body: User,
    ) -> AddOrgTeamUser {
        let request = self.core.request(&ADD_ORG_TEAM_USER);
        let id = Pattern::new("a-f0-9", 24, 24);
        let request = request.path_checked("orgId", org_id.as_ref(), id);
        AddOrgTeamUser(request.path("teamId", team_id.as_ref()).json(&body))
    }

    pub(crate) fn find_user(&self, user_id: &str) -> GetUser {
        GetUser(self.user(user_id))
    }

    pub(crate) fn start_export(&self) -> StartExport {
        StartExport(self.core.request(&START_EXPORT))
    }

    pub(crate) fn read_log(&self, user_id: &str) -> ReadLog {
        ReadLog(self.user(user_id))
    }

    pub(crate) fn get_user(&self, user_id: &str) -> Call<User> {
        self.find_user(user_id).send()
    }

    pub(crate) fn get_user_in_envelope(&self, user_id: &str) -> Call<Option<User>> {
        read::optional(self.user(user_id).query("envelope", &true))
    }

    pub(crate) fn delete_user(&self, user_id: &str) -> Call<()> {
        read::empty(self.user(user_id))
    }

    pub(crate) fn user_as_text(&self, user_id: &str) -> Call<String> {
        read::text(self.user(user_id))
    }

    pub(crate) fn ping(&self, ids: &[i64]) -> Call<Bytes> {
        read::bytes(self.core.request(&PING).path_as(Style::Matrix, "ids", ids))
    }

    fn user(&self, user_id: &str) -> RequestBuilder {
        self.core.request(&GET_USER).path("userId", user_id)
    }
}

/// A client of a server here, with a fixed token.
pub(crate) fn client(base_url: &str) -> Client {
    Client::builder().credentials(Credentials::access_token("token-1")).base_url(base_url).build().unwrap()
}

pub(crate) fn user(id: &str) -> User {
    User { id: id.to_owned(), username: None }
}
