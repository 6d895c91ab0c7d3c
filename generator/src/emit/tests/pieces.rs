//! Small pieces: one decision each.

use insta::assert_snapshot;

use super::fixture::*;
use super::{emitted, file, part};
use crate::surface::*;

#[test]
fn text_from_the_document_stays_in_its_literal_and_its_comment() {
    let mut krate = empty();
    krate.package.command = "run\nfn one() {}".to_owned();
    let evil = "x\"] } }\nfn two() {} //";
    krate.types = vec![
        item(
            "A",
            "a",
            evil,
            Item::Struct(structure(vec![field(
                "b",
                evil,
                RustType::Bool,
                FieldPresence::Required,
            )])),
        ),
        item("B", "b", evil, text_enum(&[("One", evil)])),
        item(
            "C",
            "c",
            evil,
            Item::Union(Union {
                select: Select::Tag(evil.to_owned()),
                conversion: None,
                common: Vec::new(),
                variants: vec![variant("D", named("A"), tags(&[evil]))],
            }),
        ),
    ];
    for File { path, text } in emitted(&krate) {
        let items = syn::parse_file(&text)
            .unwrap_or_else(|error| panic!("{path}: {error}"))
            .items;
        let functions = items.iter().filter(|item| matches!(item, syn::Item::Fn(_)));
        assert_eq!(functions.count(), 0, "{text}");
        assert!(
            !text
                .lines()
                .any(|line| line.trim_start().starts_with("fn two")),
            "{text}"
        );
    }
}

#[test]
fn a_name_of_the_runtime_gives_way_to_a_type_of_the_crate() {
    let mut krate = empty();
    let fields = vec![
        field("mine", "mine", named("Timestamp"), FieldPresence::Required),
        field("at", "at", RustType::Timestamp, FieldPresence::Required),
        field(
            "map",
            "map",
            map(named("BTreeMap")),
            FieldPresence::Required,
        ),
    ];
    krate.types = vec![item("Event", "event", "", Item::Struct(structure(fields)))];
    assert_snapshot!(part(&file(&krate, "src/types/event.rs"), "use"), @r#"
    use client_runtime::object;
    use super::{BTreeMap, Timestamp};

    object! {
        pub struct Event {
            required mine: Timestamp = "mine",
            required at: client_runtime::Timestamp = "at",
            required map: std::collections::BTreeMap<String, BTreeMap> = "map",
        }
        new(
            mine: Timestamp,
            at: impl Into<client_runtime::Timestamp>,
            map: std::collections::BTreeMap<String, BTreeMap>,
        )
    }
    "#);
}

#[test]
fn a_type_named_as_the_request_is_written_with_its_module() {
    let text = file(
        &fragment(),
        "src/operations/mongodb_cloud_users/create_org_user.rs",
    );
    assert!(text.contains("use crate::types::{self, OrgUserResponse};"));
    assert!(text.contains("body: types::CreateOrgUser"));
}

#[test]
fn a_conversion_goes_through_every_wrapper() {
    assert_snapshot!(part(&file(&fragment(), "src/types/node.rs"), "impl From"), @r"
    impl From<Node> for NodeRequest {
        fn from(source: Node) -> Self {
            Self {
                name: source.name,
                next: source.next.map(|value| Box::new((*value).into())),
                first: source.first.map(|value| Box::new((*value).into())).into(),
                children: source.children.into_iter().map(Into::into).collect(),
                by_name: source
                    .by_name
                    .map(|value| value.into_iter().map(|(key, value)| (key, value.into_iter().map(Into::into).collect())).collect()),
                note: source.note.map_or(Patch::Unset, Patch::Value),
                level: Some(source.level),
            }
        }
    }
    ");
}

#[test]
fn what_no_response_brings_is_an_argument_of_the_conversion() {
    let text = file(&fragment(), "src/types/secret.rs");
    assert!(!text.contains("impl From<Secret>"));
    assert_snapshot!(part(&text, "    /// What a response brought"), @r"
        /// What a response brought, as a request, with what no response brings.
        pub fn from_response(source_: Secret, value: impl Into<String>, source: Patch<String>) -> Self {
            Self {
                name: source_.name,
                value: value.into(),
                hint: None,
                source,
                others: source_.others.into_iter().map(|(key, value)| (key, value.into())).collect(),
            }
        }
    }
    ");
}

#[test]
fn a_conversion_from_what_is_no_struct_is_a_fault_that_names_the_item() {
    let mut krate = empty();
    let mut request = structure(Vec::new());
    request.conversion = Some(Conversion {
        source: ident("Missing"),
        fields: Vec::new(),
    });
    krate.types = vec![item("Request", "request", "", Item::Struct(request))];
    let fault = crate::emit::emit(&krate).unwrap_err();
    assert_eq!(fault.item(), "Request");
    assert_eq!(
        fault.to_string(),
        "internal fault: no code could be written for `Request`: it is made from `Missing`, which is no struct"
    );
}

#[test]
fn an_alias_of_text_is_given_in_any_form() {
    let text = file(&fragment(), "src/types/org_user_request.rs");
    assert!(text.contains("    new(roles: CreateOrgUser, username: impl Into<UserId>), setters\n"));
}

#[test]
fn what_is_shared_is_described_once() {
    let krate = fragment();
    let path = "src/operations/mongodb_cloud_users/add_org_team_user.rs";
    let text = file(&krate, path);
    assert!(text.contains("\n        use pretty, level;\n"), "{text}");
    assert!(!text.contains("Asks for indented JSON."));
    let modules = file(&krate, "src/operations/mod.rs");
    assert!(modules.contains("\n#[macro_use]\nmod parameters;\n\n#[cfg("));
    let nothing = empty();
    assert!(!file(&nothing, "src/operations/mod.rs").contains("parameters"));
}

#[test]
fn a_request_named_as_the_call_is_brought_by_the_call() {
    let text = file(&fragment(), "src/operations/files/call.rs");
    assert!(
        text.contains("pub struct Call -> stream crate::Call<Download> {"),
        "{text}"
    );
    assert!(
        text.contains(
            r#"stream send_csv -> crate::Call<Download> = "text/csv; header=\"present\"","#
        )
    );
}

#[test]
fn a_pattern_escapes_what_has_a_meaning_in_a_class() {
    let mut krate = fragment();
    let pattern = Pattern {
        class: vec![('-', '-'), (']', ']'), ('\\', '\\'), ('a', 'z')],
        min: 1,
        max: None,
    };
    let mut get = operation("get", "Get", "get", Method::Get, "/{id}");
    let target = Target::Path {
        wire: "id".to_owned(),
        style: Style::Simple,
        pattern: Some(pattern),
    };
    get.arguments = vec![input("id", "", RustType::String, target)];
    krate.groups[0].operations = vec![get];
    let text = file(&krate, "src/operations/files/get.rs");
    assert!(
        text.contains(
            r#".path_checked("id", id.as_ref(), Pattern::new("\\-\\]\\\\a-z", 1, usize::MAX))"#
        ),
        "{text}"
    );
}

#[test]
fn without_a_shared_error_the_body_is_any_json() {
    let text = file(&empty(), "src/error.rs");
    assert!(text.contains("pub type Error = client_runtime::Error<Value>;"));
    assert!(file(&empty(), "src/client.rs").contains("    type ErrorBody = Value;\n"));
}

#[test]
fn a_request_that_is_named_as_what_its_module_uses_is_not_hidden() {
    let mut krate = empty();
    let mut group = super::operations::users();
    group.operations[0].request = ident("Core");
    krate.groups = vec![group];
    let module = file(&krate, "src/operations/mongodb_cloud_users/mod.rs");
    assert!(!module.contains("use client_runtime::Core"), "{module}");
    assert!(module.contains("core: client_runtime::Core,"), "{module}");
}
