//! The types of the fragment.

use super::fixture::*;
use crate::surface::FieldPresence::{Nullable, Optional, Patch, Required};
use crate::surface::*;

/// Sorted by module.
pub(super) fn all() -> Vec<TypeFile> {
    let users = gate(&["mongodb-cloud-users"]);
    let both = gate(&["files", "mongodb-cloud-users"]);
    let gated = |mut item: TypeFile, gate: &Gate| {
        item.gate = gate.clone();
        item
    };
    let with = |mut file: TypeFile, more: TypeFile| {
        file.types.extend(more.types);
        file
    };
    vec![
        item(
            "ApiError",
            "api_error",
            "What went wrong.",
            Item::Struct(api_error()),
        ),
        item(
            "Upload",
            "bytes",
            "How much\tthere is.\n\n1. one\n     far in\n- two\nlazy\n\n[a]: http://x.y\n\n\n\n> q\nlazy",
            Item::Struct(structure(vec![
                field("count", "count", RustType::I64, Required),
                field(
                    "deep",
                    "deep",
                    map(map(map(vec(map(RustType::Json))))),
                    Optional,
                ),
                field("raw", "raw", RustType::Base64, Optional),
            ])),
        ),
        gated(
            item(
                "CreateOrgUser",
                "create_org_user",
                "Named as a request.",
                Item::Struct(roles()),
            ),
            &users,
        ),
        item("Empty", "empty", "", Item::Struct(structure(Vec::new()))),
        item(
            "IdOrList",
            "id_or_list",
            "One id or several.",
            Item::Union(id_or_list()),
        ),
        item(
            "Level",
            "level",
            "How loud.",
            Item::IntegerEnum(vec![
                EnumVariant {
                    ident: ident("Low"),
                    wire: -1,
                    docs: DocLines::default(),
                },
                EnumVariant {
                    ident: ident("High"),
                    wire: 2,
                    docs: lines("Very."),
                },
            ]),
        ),
        with(
            item("Node", "node", "A tree.", Item::Struct(node("Node"))),
            item(
                "NodeRequest",
                "",
                "A tree, as a request.",
                Item::Struct(node_request()),
            ),
        ),
        item(
            "Operation",
            "operation",
            "",
            text_enum(&[("Add", "add"), ("Odd", "o\"d\\d")]),
        ),
        gated(
            item(
                "OrgActiveUserResponse",
                "org_active_user_response",
                "An active user.",
                Item::Struct(structure(vec![
                    field("id", "id", RustType::String, Required),
                    field(
                        "org_membership_status",
                        "orgMembershipStatus",
                        named("OrgMembershipStatus"),
                        Required,
                    ),
                    field("team_ids", "teamIds", vec(RustType::String), Optional),
                    field(
                        "created_at",
                        "createdAt",
                        boxed(RustType::Timestamp),
                        Optional,
                    ),
                    field("r#type", "type", named("Operation"), Optional),
                ])),
            ),
            &both,
        ),
        item(
            "OrgMembershipStatus",
            "org_membership_status",
            "Where the user stands.",
            text_enum(&[
                ("Active", "ACTIVE"),
                ("InvitationExpired", "INVITATION_EXPIRED"),
                ("Pending", "PENDING"),
            ]),
        ),
        gated(
            item(
                "OrgPendingUserResponse",
                "org_pending_user_response",
                "A user who was invited.\n\n- and has\nnot accepted",
                Item::Struct(structure(vec![
                    field("id", "id", RustType::String, Required),
                    field(
                        "org_membership_status",
                        "orgMembershipStatus",
                        named("OrgMembershipStatus"),
                        Required,
                    ),
                    field(
                        "invitation_expires_at",
                        "invitationExpiresAt",
                        RustType::Timestamp,
                        Nullable,
                    ),
                    field("team_ids", "teamIds", vec(RustType::String), Optional),
                    field(
                        "created_at",
                        "createdAt",
                        boxed(RustType::Timestamp),
                        Optional,
                    ),
                ])),
            ),
            &both,
        ),
        gated(
            item(
                "OrgUserRequest",
                "org_user_request",
                "A user to invite.",
                Item::Struct(org_user_request()),
            ),
            &users,
        ),
        gated(
            item(
                "OrgUserResponse",
                "org_user_response",
                "A user of the organization: invited, or active.",
                Item::Union(Union {
                    select: Select::Tag("orgMembershipStatus".to_owned()),
                    conversion: None,
                    common: vec![
                        common("id", RustType::String, false),
                        common("org_membership_status", named("OrgMembershipStatus"), false),
                        common("team_ids", vec(RustType::String), true),
                        common("created_at", boxed(RustType::Timestamp), true),
                    ],
                    variants: vec![
                        variant("Active", named("OrgActiveUserResponse"), tags(&["ACTIVE"])),
                        variant(
                            "Pending",
                            boxed(named("OrgPendingUserResponse")),
                            tags(&["PENDING", "INVITATION_EXPIRED"]),
                        ),
                    ],
                }),
            ),
            &both,
        ),
        with(
            item(
                "Secret",
                "secret",
                "A secret, as it is shown.",
                Item::Struct(Struct {
                    rest: Some(Rest {
                        ident: ident("others"),
                        ty: named("Node"),
                    }),
                    ..structure(vec![
                        field("id", "id", RustType::String, Required),
                        field("name", "name", RustType::String, Required),
                    ])
                }),
            ),
            item(
                "SecretRequest",
                "",
                "A secret, as it is set.",
                Item::Struct(secret_request()),
            ),
        ),
        item(
            "UserId",
            "user_id",
            "The id of a user.",
            Item::Alias(RustType::String),
        ),
    ]
}

fn api_error() -> Struct {
    let mut structure = structure(vec![
        field("error", "error", RustType::I32, Required),
        field("error_code", "errorCode", RustType::String, Required),
        field("detail", "detail", RustType::String, Optional),
        field("parameters", "parameters", vec(RustType::Json), Optional),
    ]);
    structure.fields[0].docs = lines("The status, again.");
    structure.rest = Some(Rest {
        ident: ident("others"),
        ty: RustType::Json,
    });
    structure
}

fn roles() -> Struct {
    let mut roles = structure(vec![field(
        "org_roles",
        "orgRoles",
        vec(RustType::String),
        Optional,
    )]);
    roles.setters = true;
    roles
}

fn org_user_request() -> Struct {
    let mut request = structure(vec![
        field("roles", "roles", named("CreateOrgUser"), Required),
        field("team_ids", "teamIds", vec(RustType::String), Optional),
        field("note", "note", RustType::String, Patch),
        field("limits", "limits", map(RustType::I64), Optional),
        field("until", "until", RustType::Date, Nullable),
        field("username", "username", named("UserId"), Required),
    ]);
    request.setters = true;
    request
}

fn id_or_list() -> Union {
    let object =
        |names: &[&str]| VariantWhen::Object(names.iter().map(|name| (*name).to_owned()).collect());
    Union {
        select: Select::Shape,
        conversion: None,
        common: Vec::new(),
        variants: vec![
            variant("Id", RustType::String, VariantWhen::Text),
            variant("Many", vec(RustType::String), VariantWhen::List),
            variant("Count", RustType::I64, VariantWhen::Integer),
            variant("Ratio", RustType::F64, VariantWhen::Number),
            variant("Flag", RustType::Bool, VariantWhen::Bool),
            variant("Full", named("Node"), object(&["name", "children"])),
            variant("Bare", named("Empty"), object(&[])),
            variant("Other", named("ApiError"), VariantWhen::Any),
        ],
    }
}

fn node(own: &str) -> Struct {
    structure(vec![
        field("name", "name", RustType::String, Required),
        field("next", "next", boxed(named(own)), Optional),
        field("first", "first", boxed(named(own)), Nullable),
        field("children", "children", vec(named(own)), Required),
        field("by_name", "byName", map(vec(named(own))), Optional),
        field("note", "note", RustType::String, Optional),
        field("level", "level", named("Level"), Required),
    ])
}

fn node_request() -> Struct {
    let mut request = node("NodeRequest");
    request.setters = true;
    request.fields[2].presence = Patch;
    request.fields[5].presence = Patch;
    request.fields[6].presence = Optional;
    request.conversion = Some(Conversion {
        source: ident("Node"),
        fields: vec![
            FieldConversion::Move,
            FieldConversion::Into,
            FieldConversion::Into,
            FieldConversion::Into,
            FieldConversion::Into,
            FieldConversion::Move,
            FieldConversion::Move,
        ],
    });
    request
}

fn secret_request() -> Struct {
    let mut request = structure(vec![
        field("name", "name", RustType::String, Required),
        field("value", "value", RustType::String, Required),
        field("hint", "hint", RustType::String, Optional),
        field("source", "source", RustType::String, Patch),
    ]);
    request.rest = Some(Rest {
        ident: ident("others"),
        ty: named("NodeRequest"),
    });
    request.setters = true;
    request.conversion = Some(Conversion {
        source: ident("Secret"),
        fields: vec![
            FieldConversion::Move,
            FieldConversion::Argument,
            FieldConversion::Unset,
            FieldConversion::Argument,
        ],
    });
    request
}
