//! The operations of the fragment.

use super::fixture::*;
use crate::surface::*;

const MEDIA_TYPE: &str = "application/vnd.atlas.2025-02-19+json";

/// What several operations take.
pub(super) fn shared() -> Vec<Input> {
    vec![
        input(
            "at",
            "The day.",
            RustType::Date,
            Target::Header {
                wire: "At".to_owned(),
                style: Style::Simple,
            },
        ),
        input(
            "level",
            "How much is shown.\n\nDefault: `1`.",
            boxed(named("Level")),
            in_query("level", Style::Form),
        ),
        input(
            "pretty",
            "Asks for indented JSON.",
            RustType::Bool,
            in_query("pretty", Style::FormExploded),
        ),
    ]
}

/// Operations as they are.
pub(super) fn users() -> Group {
    Group {
        ident: ident("MongodbCloudUsers"),
        module: ident("mongodb_cloud_users"),
        docs: lines("The users of organizations."),
        feature: Feature("mongodb-cloud-users".to_owned()),
        operations: vec![
            add_group_access_user(),
            add_org_team_user(),
            create_org_user(),
        ],
    }
}

fn add_org_team_user() -> Operation {
    let mut operation = operation(
        "add_org_team_user",
        "AddOrgTeamUser",
        "addOrgTeamUser",
        Method::Post,
        "/api/atlas/v2/orgs/{orgId}/teams/{teamId}:addUser",
    );
    operation.wire.accept = Some(MEDIA_TYPE.to_owned());
    operation.wire.content_type = Some(MEDIA_TYPE.to_owned());
    operation.docs = lines(
        "Adds one user to a team.\n\n`POST /api/atlas/v2/orgs/{orgId}/teams/{teamId}:addUser`, version 2025-02-19.\n\n\
         - `org_id`: The organization:\n  24 hexadecimal digits.",
    );
    operation.arguments = vec![
        input("org_id", "", RustType::String, id_in_path("orgId")),
        input("team_id", "", RustType::String, in_path("teamId")),
        input("body", "", named("Operation"), Target::Body(BodyKind::Json)),
    ];
    operation.shared = vec![ident("pretty"), ident("level")];
    operation.options = vec![
        input(
            "ids",
            "",
            vec(RustType::String),
            in_query("ids", Style::Form),
        ),
        input(
            "since",
            "",
            RustType::Timestamp,
            in_query("since", Style::FormExploded),
        ),
        input(
            "core",
            "",
            RustType::String,
            Target::Header {
                wire: "Core".to_owned(),
                style: Style::Simple,
            },
        ),
        input(
            "session",
            "",
            RustType::String,
            Target::Cookie {
                wire: "session".to_owned(),
                style: Style::FormExploded,
            },
        ),
    ];
    operation.answer = Answer::Json(named("OrgUserResponse"));
    operation.answer_docs = lines("200 brings the user.");
    operation.example = vec![
        ExampleValue::Text("5f1b2c3d4e5f6a7b8c9d0e1f".to_owned()),
        ExampleValue::Text("6f1b2c3d4e5f6a7b8c9d0e1f".to_owned()),
        ExampleValue::Value(ident("Operation"), ident("Add")),
    ];
    operation
}

fn create_org_user() -> Operation {
    let mut operation = operation(
        "create_org_user",
        "CreateOrgUser",
        "createOrgUser",
        Method::Post,
        "/api/atlas/v2/orgs/{orgId}/users",
    );
    operation.arguments = vec![
        input("org_id", "", RustType::String, id_in_path("orgId")),
        input(
            "body",
            "",
            named("CreateOrgUser"),
            Target::Body(BodyKind::Json),
        ),
    ];
    operation.answer = Answer::ByStatus {
        ident: ident("CreateOrgUserAnswer"),
        variants: vec![
            AnswerVariant {
                ident: ident("Created"),
                docs: lines("The user."),
                from: 201,
                to: 201,
                ty: Some(named("OrgUserResponse")),
            },
            AnswerVariant {
                ident: ident("Other"),
                docs: DocLines::default(),
                from: 200,
                to: 299,
                ty: None,
            },
        ],
    };
    operation.example = vec![
        ExampleValue::Text("5f1b2c3d4e5f6a7b8c9d0e1f".to_owned()),
        ExampleValue::Given(named("CreateOrgUser")),
    ];
    operation
}

fn add_group_access_user() -> Operation {
    let mut operation = operation(
        "add_group_access_user",
        "AddGroupAccessUser",
        "addGroupAccessUser",
        Method::Post,
        "/api/atlas/v2/groups/{groupId}/access",
    );
    operation.deprecated = Some("Use \"create_org_user\".".to_owned());
    operation.arguments = vec![
        input("group_id", "", RustType::String, in_path("groupId")),
        input(
            "body",
            "",
            named("OrgUserRequest"),
            Target::Body(BodyKind::Json),
        ),
    ];
    operation.answer = Answer::JsonOrEmpty(named("OrgPendingUserResponse"));
    operation.example = vec![
        ExampleValue::Text("5f1b2c3d4e5f6a7b8c9d0e1f".to_owned()),
        ExampleValue::New(
            ident("OrgUserRequest"),
            vec![
                ExampleValue::New(ident("CreateOrgUser"), Vec::new()),
                ExampleValue::Text("jane@example.com".to_owned()),
            ],
        ),
    ];
    operation
}

/// Operations with odd inputs and answers, in a group named as a client and a type.
pub(super) fn files() -> Group {
    Group {
        ident: ident("Upload"),
        module: ident("files"),
        docs: lines("Files."),
        feature: Feature("files".to_owned()),
        operations: vec![
            call(),
            files_operation(),
            list(),
            operation("new", "New", "new", Method::Head, "/new"),
        ],
    }
}

/// Its request is named as what every operation uses.
fn call() -> Operation {
    let mut operation = operation("call", "Call", "call", Method::Get, "/call");
    operation.shared = vec![ident("pretty")];
    operation.answer = Answer::Stream;
    operation.ways = vec![Way {
        ident: ident("send_csv"),
        media_type: "text/csv; header=\"present\"".to_owned(),
        parts: None,
    }];
    operation
}

/// Named as its group.
fn files_operation() -> Operation {
    let mut operation = operation("files", "Files", "files", Method::Put, "/files");
    operation.arguments = vec![
        input(
            "client",
            "",
            vec(RustType::String),
            in_query("client", Style::FormExploded),
        ),
        input(
            "at",
            "",
            RustType::Timestamp,
            in_query("at", Style::FormExploded),
        ),
        input(
            "size",
            "",
            named("Upload"),
            in_query("size", Style::DeepObject),
        ),
        input(
            "r#in",
            "",
            RustType::F64,
            in_query("in", Style::FormExploded),
        ),
        input("a", "", RustType::I64, in_query("a", Style::FormExploded)),
        input("b", "", RustType::Bool, in_query("b", Style::FormExploded)),
        input(
            "user",
            "",
            named("OrgUserResponse"),
            in_query("user", Style::DeepObject),
        ),
        input("body", "", RustType::Upload, Target::Body(BodyKind::Bytes)),
    ];
    operation.example = vec![
        ExampleValue::List(vec![ExampleValue::Text("a".to_owned())]),
        ExampleValue::FromText(RustType::Timestamp, "2025-01-02T03:04:05Z".to_owned()),
        ExampleValue::New(ident("Upload"), vec![ExampleValue::Integer(-3)]),
        ExampleValue::Float(1.0),
        ExampleValue::Integer(1),
        ExampleValue::Bool(true),
        ExampleValue::Variant(
            ident("OrgUserResponse"),
            ident("Pending"),
            Box::new(ExampleValue::Given(named("OrgPendingUserResponse"))),
        ),
        ExampleValue::Given(RustType::Upload),
    ];
    operation.answer = Answer::Text;
    operation
}

fn list() -> Operation {
    let mut operation = operation("list", "List", "list", Method::Get, "/list{ids}");
    operation.wire.security = Some(Vec::new());
    operation.wire.enveloped = true;
    let ids = Target::Path {
        wire: "ids".to_owned(),
        style: Style::MatrixExploded,
        pattern: None,
    };
    operation.arguments = vec![input("ids", "", vec(RustType::I64), ids)];
    let names = [
        "add",
        "not",
        "is_active",
        "from_day",
        "to_day",
        "into_day",
        "next",
        "default",
        "as_it",
        "from_str",
        "deref",
        "eq",
        "hash",
        "clone",
    ];
    let odd = names.iter().map(|name| {
        input(
            name,
            "",
            RustType::Bool,
            in_query(name, Style::FormExploded),
        )
    });
    operation.options = odd.collect();
    operation.options.push(input(
        "body",
        "What to look for.",
        named("Node"),
        Target::Body(BodyKind::Json),
    ));
    operation.answer = Answer::Json(vec(named("Upload")));
    operation.example = vec![ExampleValue::List(vec![ExampleValue::Integer(1)])];
    operation
}
