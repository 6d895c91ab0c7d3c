//! Small pieces: one decision each.

use insta::assert_snapshot;

use super::fixture::*;
use super::{emitted, file};
use crate::surface::*;

/// The part of a file that begins with a line, up to the next empty line at the margin.
fn part(text: &str, head: &str) -> String {
    let lines = text.lines().skip_while(|line| !line.starts_with(head));
    let mut part = Vec::new();
    for line in lines {
        part.push(line);
        if line == "}" {
            break;
        }
    }
    part.join("\n")
}

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
    assert_snapshot!(part(&file(&krate, "src/types/event.rs"), "use"), @r"
    use client_runtime::object;

    use super::{BTreeMap, Timestamp};

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct Event {
        pub mine: Timestamp,
        pub at: client_runtime::Timestamp,
        pub map: std::collections::BTreeMap<String, BTreeMap>,
    }
    ");
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
fn a_long_list_of_imports_is_broken() {
    let mut krate = empty();
    let fields = [
        "FirstTypeWithALongName",
        "SecondTypeWithALongName",
        "ThirdTypeWithALongName",
        "FourthTypeWithALongName",
    ]
    .map(|name| {
        field(
            &name.to_lowercase(),
            name,
            named(name),
            FieldPresence::Optional,
        )
    });
    krate.types = vec![item("A", "a", "", Item::Struct(structure(fields.into())))];
    let text = file(&krate, "src/types/a.rs");
    assert_snapshot!(part(&text, "use super"), @r"
    use super::{
        FirstTypeWithALongName, FourthTypeWithALongName, SecondTypeWithALongName,
        ThirdTypeWithALongName,
    };

    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct A {
        pub firsttypewithalongname: Option<FirstTypeWithALongName>,
        pub secondtypewithalongname: Option<SecondTypeWithALongName>,
        pub thirdtypewithalongname: Option<ThirdTypeWithALongName>,
        pub fourthtypewithalongname: Option<FourthTypeWithALongName>,
    }
    ");
}

#[test]
fn a_conversion_goes_through_every_wrapper() {
    assert_snapshot!(part(&file(&fragment(), "src/types/node_request.rs"), "impl From"), @r"
    impl From<Node> for NodeRequest {
        fn from(source: Node) -> Self {
            Self {
                name: source.name,
                next: source.next.map(|value| Box::new((*value).into())),
                first: source.first.map(|value| Box::new((*value).into())).into(),
                children: source.children.into_iter().map(Into::into).collect(),
                by_name: source
                    .by_name
                    .map(|value| {
                        value
                            .into_iter()
                            .map(|(key, value)| (
                                key,
                                value.into_iter().map(Into::into).collect(),
                            ))
                            .collect()
                    }),
                note: source.note.map_or(Patch::Unset, Patch::Value),
                level: Some(source.level),
            }
        }
    }
    ");
}

#[test]
fn what_no_response_brings_is_an_argument_of_the_conversion() {
    let text = file(&fragment(), "src/types/secret_request.rs");
    assert!(!text.contains("impl From<Secret>"));
    assert_snapshot!(part(&text, "    /// What a response brought"), @r"
        /// What a response brought, as a request, with what no response brings.
        pub fn from_response(
            source_: Secret,
            value: impl Into<String>,
            source: Patch<String>,
        ) -> Self {
            Self {
                name: source_.name,
                value: value.into(),
                hint: None,
                source,
                others: source_
                    .others
                    .into_iter()
                    .map(|(key, value)| (key, value.into()))
                    .collect(),
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
    assert!(
        text.contains("pub fn new(roles: CreateOrgUser, username: impl Into<UserId>) -> Self {")
    );
}

#[test]
fn the_field_of_the_core_gives_way_to_an_input_of_its_name() {
    let text = file(
        &fragment(),
        "src/operations/mongodb_cloud_users/add_org_team_user.rs",
    );
    assert!(text.contains("    core_: Core,\n"));
    assert!(text.contains("    core: Option<String>,\n"));
}

#[test]
fn a_pattern_escapes_what_has_a_meaning_in_a_class() {
    let mut krate = fragment();
    let pattern = Pattern {
        class: vec![('-', '-'), (']', ']'), ('\\', '\\'), ('a', 'z')],
        min: 1,
        max: None,
    };
    let segment = Segment::Parameter {
        wire: "id".to_owned(),
        style: Style::Simple,
        pattern: Some(pattern),
    };
    krate.groups[0].operations = vec![operation("get", "Get", "get", Method::Get, vec![segment])];
    let text = file(&krate, "src/operations/files/get.rs");
    assert!(
        text.contains(r#"Checked("id", Pattern::new("\\-\\]\\\\a-z", 1, usize::MAX))"#),
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
fn many_features_stand_on_lines_of_their_own() {
    let mut krate = empty();
    let mut item = item("A", "a", "", Item::Alias(RustType::Bool));
    item.gate = gate(&[
        "a-feature-with-a-long-name",
        "another-feature-with-a-long-name",
        "a-third-feature",
    ]);
    krate.types = vec![item];
    assert_snapshot!(file(&krate, "src/types/mod.rs"), @r#"
    // Generated by atlas-codegen; do not edit. Regenerate with: atlas-codegen generate

    //! The types that requests and answers carry.

    #[cfg(any(
        feature = "a-feature-with-a-long-name",
        feature = "another-feature-with-a-long-name",
        feature = "a-third-feature"
    ))]
    mod a;

    #[cfg(any(
        feature = "a-feature-with-a-long-name",
        feature = "another-feature-with-a-long-name",
        feature = "a-third-feature"
    ))]
    pub use a::A;
    "#);
}

#[test]
fn no_table_of_setters_is_deeper_than_the_compiler_follows() {
    let fields = (0..201).map(|number| {
        let name = format!("f{number}");
        field(&name, &name, RustType::Bool, FieldPresence::Optional)
    });
    let mut large = structure(fields.collect());
    large.setters = true;
    let mut krate = empty();
    krate.types = vec![item("A", "a", "", Item::Struct(large))];
    let text = file(&krate, "src/types/a.rs");
    assert_eq!(text.matches("setters! {").count(), 3);
    for number in 0..201 {
        assert!(text.contains(&format!("\n        f{number}: bool,\n")));
    }
}
