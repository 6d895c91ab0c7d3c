use std::collections::BTreeMap;

use super::form::{self, Form};
use super::sample::{self, component, field, member, object, operation, parameter, schema};
use super::words::Splitter;
use super::{Members, Names, name};
use crate::config::Config;
use crate::diag::{Code, Diagnostics, Place};
use crate::ir::{Api, Location, Presence, Shape, Type, TypeId, TypeRef};

fn splitter() -> Splitter {
    Splitter::new(["MongoDB", "AWS", "KMS", "NDS"])
}

fn snake(name: &str) -> String {
    splitter().split(name).snake()
}

fn named(form: Form, name: &str) -> String {
    super::Ident::new(&form.name(&splitter().split(name)).text).to_string()
}

/// The names of an API by which all types are emitted, and the messages.
fn names_of(api: &Api) -> (Names, Diagnostics) {
    names_with(api, &Config::default())
}

fn names_with(api: &Api, config: &Config) -> (Names, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let names = name(api, &sample::facts(api), config, &mut diagnostics);
    (names, diagnostics)
}

fn type_idents(names: &Names) -> Vec<String> {
    names
        .types
        .values()
        .map(|ty| ty.name.ident.to_string())
        .collect()
}

/// The names inside the only type.
fn members_of(shape: Shape) -> (Vec<String>, Diagnostics) {
    let (names, diagnostics) = names_of(&sample::api_of(vec![component("Sample", shape)]));
    let members = match &names.types[&TypeId(0)].members {
        Members::Object { fields, rest } => {
            fields.iter().chain(rest).map(ToString::to_string).collect()
        }
        Members::Variants(variants) => variants.iter().map(ToString::to_string).collect(),
        Members::Alias => Vec::new(),
    };
    (members, diagnostics)
}

fn fields(wires: &[&str]) -> (Vec<String>, Diagnostics) {
    members_of(object(wires.iter().map(|wire| field(wire)).collect()))
}

fn variants(values: &[&str]) -> (Vec<String>, Diagnostics) {
    members_of(sample::values(values))
}

#[test]
fn names_split_by_case_digits_and_punctuation() {
    for (wire, expected) in [
        ("orgId", "org_id"),
        ("snake_case", "snake_case"),
        ("kebab-case", "kebab_case"),
        ("SCREAMING_CASE", "screaming_case"),
        ("dotted.names", "dotted_names"),
        ("Title Case", "title_case"),
        ("$special", "special"),
        ("HTTPStatus", "http_status"),
        ("teamIDs", "team_ids"),
        ("URLsFor", "urls_for"),
        ("ipV4", "ip_v4"),
        ("ipv4Address", "ipv4_address"),
        ("X509Certificate", "x509_certificate"),
        ("sha256Hash", "sha256_hash"),
        ("oauth2token", "oauth2token"),
        ("orgs/list-for-user", "orgs_list_for_user"),
        ("users.get", "users_get"),
        ("us-east-1", "us_east_1"),
        ("reactions-+1", "reactions_plus_1"),
        ("reactions--1", "reactions_minus_1"),
        ("éclairÜber", "eclair_uber"),
        ("名前", "ming_qian"),
        ("a🦄b", "aunicorn_b"),
    ] {
        assert_eq!(snake(wire), expected, "{wire}");
    }
}

#[test]
fn known_words_are_never_split() {
    for (wire, expected) in [
        ("MongoDB Cloud Users", "mongodb_cloud_users"),
        ("mongoDBEmployeeAccess", "mongodb_employee_access"),
        ("AWSKMSKey", "aws_kms_key"),
        ("AWSome", "aw_some"),
        ("NDSLabels", "nds_labels"),
        ("OAuth2Token", "oauth2_token"),
    ] {
        assert_eq!(snake(wire), expected, "{wire}");
    }
    assert_eq!(
        splitter().split("MongoDB Cloud Users").pascal(),
        "MongodbCloudUsers"
    );
    assert_eq!(
        splitter().split("MongoDB Cloud Users").kebab(),
        "mongodb-cloud-users"
    );
}

#[test]
fn digits_of_two_words_stay_apart_in_pascal_case() {
    assert_eq!(splitter().split("1.2.13").pascal(), "1_2_13");
    assert_eq!(splitter().split("US_EAST_1").pascal(), "UsEast1");
}

#[test]
fn a_name_never_begins_with_a_digit() {
    assert_eq!(named(Form::Type, "2fa"), "Type2fa");
    assert_eq!(named(Form::Field, "2fa"), "field_2fa");
    assert_eq!(named(Form::Parameter, "2fa"), "parameter_2fa");
    assert_eq!(named(Form::Variant, "2"), "V2");
    assert_eq!(named(Form::Variant, "4.4"), "V4_4");
    assert_eq!(named(Form::Operation, "2fa"), "operation_2fa");
    assert_eq!(named(Form::Request, "2fa"), "Operation2fa");
    assert_eq!(named(Form::Group, "2fa"), "group_2fa");
    assert_eq!(named(Form::Handle, "2fa"), "Group2fa");
}

#[test]
fn keywords_are_raw_or_get_an_underscore() {
    let (fields, _) = fields(&["type", "self", "Self", "crate", "gen", "async"]);
    assert_eq!(
        fields,
        [
            "r#type",
            "self_",
            "self_pascal_case",
            "crate_",
            "r#gen",
            "r#async"
        ]
    );
}

#[test]
fn prelude_names_are_no_type_names() {
    for (wire, expected) in [
        ("String", "StringType"),
        ("option", "OptionType"),
        ("Self", "SelfType"),
        ("Error", "Error"),
    ] {
        assert_eq!(named(Form::Type, wire), expected);
    }
}

#[test]
fn enum_values_keep_their_whole_name() {
    let (names, diagnostics) = variants(&[
        "GROUP_OWNER",
        "+1",
        "-1",
        ">=",
        "",
        "UNKNOWN",
        "*",
        "a b",
        "-name",
        "name",
    ]);
    let expected = [
        "GroupOwner",
        "Plus1",
        "Minus1",
        "GreaterOrEqual",
        "Empty",
        "UnknownValue",
        "Star",
        "AB",
        "MinusName",
        "Name",
    ];
    assert_eq!(names, expected);
    assert!(diagnostics.is_empty());
}

#[test]
fn what_differs_on_the_wire_differs_in_the_name() {
    let (names, diagnostics) = fields(&["a-b", "a_b", "fooBar", "foo_bar", "FOO", "foo", "Foo"]);
    assert_eq!(
        names,
        [
            "a_dash_b",
            "a_b",
            "foo_bar_camel_case",
            "foo_bar",
            "foo_uppercase",
            "foo",
            "foo_pascal_case"
        ]
    );
    assert_eq!(diagnostics.len(), 4);
    assert!(
        diagnostics
            .iter()
            .all(|d| d.code == Code::NameCollision && d.help.contains("[names.pins]"))
    );
    let (names, _) = variants(&["ASC", "asc", "=", "==", "aB", "a_b", "GMT+1", "GMT-1"]);
    let expected = [
        "Asc",
        "AscLowercase",
        "Equal",
        "EqualEqual",
        "AB",
        "ABSnakeCase",
        "GmtPlus1",
        "Gmt1",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_collision_is_reported_at_the_later_place() {
    let (_, diagnostics) = fields(&["a_b", "a-b"]);
    let place = diagnostics.iter().next().map(|d| d.place.clone());
    let later = schema("Sample").join("properties").join("a-b");
    assert_eq!(place, Some(Place::Spec(later)));
}

#[test]
fn one_type_twice_in_a_union_still_gives_two_variants() {
    let shape = sample::union(vec![
        TypeRef::Text,
        TypeRef::Text,
        TypeRef::Text,
        TypeRef::Text,
    ]);
    let (names, _) = members_of(shape);
    assert_eq!(names, ["Text", "A1", "A2", "A3"]);
}

#[test]
fn the_same_name_twice_still_gives_two_names() {
    let (names, _) = variants(&["a", "a", "a", "a", "a"]);
    let distinct: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(distinct.len(), 5);
}

#[test]
fn the_field_for_the_rest_gives_way() {
    let mut shape = object(vec![field("others")]);
    if let Shape::Object(object) = &mut shape {
        object.rest = Some(TypeRef::Text);
    }
    assert_eq!(members_of(shape).0, ["others", "other_properties"]);
}

#[test]
fn methods_of_a_value_are_no_field_names() {
    assert_eq!(fields(&["new", "clone"]).0, ["new_field", "clone_field"]);
}

#[test]
fn variants_drop_the_words_that_they_share_with_the_union() {
    let named = |id| TypeRef::Named(TypeId(id));
    let api = sample::api_of(vec![
        component("OrgUserResponse", sample::union(vec![named(1), named(2)])),
        component("OrgPendingUserResponse", object(vec![])),
        component("OrgActiveUserResponse", object(vec![])),
        component(
            "Pet",
            sample::union(vec![
                named(4),
                named(5),
                TypeRef::Text,
                TypeRef::List(Box::new(named(1))),
            ]),
        ),
        component("PetCat", object(vec![])),
        component("CatPet", object(vec![])),
    ]);
    let (names, diagnostics) = names_of(&api);
    let variants = |id| match &names.types[&TypeId(id)].members {
        Members::Variants(variants) => variants.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    assert_eq!(variants(0), ["Pending", "Active"]);
    assert_eq!(variants(3), ["PetCat", "CatPet", "Text", "List"]);
    assert!(diagnostics.is_empty());
}

#[test]
fn inline_types_are_named_after_where_they_stand() {
    let links = schema("Invitation")
        .join("properties")
        .join("links")
        .join("items");
    let api = sample::api_of(vec![
        component("Invitation", object(vec![])),
        member(0, "links item", links.clone(), object(vec![])),
        member(
            1,
            "rel",
            links.join("properties").join("rel"),
            sample::values(&["self"]),
        ),
        component("InvitationStatus", sample::values(&["a"])),
        member(
            0,
            "status",
            schema("Invitation").join("properties").join("status"),
            sample::values(&["b"]),
        ),
    ]);
    let (names, diagnostics) = names_of(&api);
    let expected = [
        "Invitation",
        "InvitationLinksItem",
        "InvitationLinksItemRel",
        "InvitationStatus",
        "InvitationStatusValue",
    ];
    assert_eq!(type_idents(&names), expected);
    assert_eq!(
        names.types[&TypeId(2)].name.module.as_str(),
        "invitation_links_item_rel"
    );
    assert!(diagnostics.is_empty());
}

#[test]
fn a_twin_leaves_the_names_of_schemas_alone() {
    let api = sample::api_of(vec![
        component("Foo", object(vec![])),
        component("FooRequest", object(vec![])),
        component("Bar", object(vec![])),
    ]);
    let mut facts = sample::facts(&api);
    facts.twins.extend([TypeId(0), TypeId(2)]);
    let names = name(&api, &facts, &Config::default(), &mut Diagnostics::new());
    let twin = |id| {
        names.types[&TypeId(id)]
            .twin
            .as_ref()
            .map(|twin| twin.ident.to_string())
    };
    assert_eq!(twin(0).as_deref(), Some("FooInput"));
    assert_eq!(twin(1), None);
    assert_eq!(twin(2).as_deref(), Some("BarRequest"));
}

/// The types' names by the schema that they come from.
fn names_by_schema(types: &[Type]) -> BTreeMap<String, (String, String, Members)> {
    let (names, _) = names_of(&sample::api_of(types.to_vec()));
    let entry = |ty: &super::TypeNames| {
        (
            ty.name.ident.to_string(),
            ty.name.module.to_string(),
            ty.members.clone(),
        )
    };
    names
        .types
        .values()
        .map(|ty| (ty.path.to_string(), entry(ty)))
        .collect()
}

#[test]
fn names_do_not_depend_on_order() {
    let keys = [
        "foo",
        "Foo",
        "FOO",
        "a-b",
        "a_b",
        "A.B",
        "fooRequest",
        "String",
        "con",
        "1x",
        "名",
        "",
        "*",
        "Mod",
    ];
    let types: Vec<Type> = keys
        .iter()
        .map(|key| component(key, sample::values(&["x", "X", "x-"])))
        .collect();
    let expected = names_by_schema(&types);
    let distinct: std::collections::BTreeSet<_> =
        expected.values().map(|(_, module, _)| module).collect();
    assert_eq!(distinct.len(), keys.len());
    let mut shuffled = types;
    for turn in 0..20 {
        let length = shuffled.len();
        shuffled.rotate_left(turn % 3 + 1);
        shuffled.swap(turn % length, (turn * 7 + 3) % length);
        assert_eq!(names_by_schema(&shuffled), expected);
    }
}

#[test]
fn a_new_schema_renames_no_other() {
    let old = ["Foo", "Bar", "fooBar"].map(|key| component(key, object(vec![field("a")])));
    let before = names_by_schema(&old);
    let new = ["Aaa", "FooBarBaz", "bar_baz", "Request"].map(|key| component(key, object(vec![])));
    let after = names_by_schema(&[new.as_slice(), old.as_slice()].concat());
    for (path, names) in before {
        assert_eq!(after.get(&path), Some(&names));
    }
}

#[test]
fn pins_win_and_their_case_says_what_they_name() {
    let mut config = Config::default();
    config.names.pins.insert(schema("foo"), "Chosen".to_owned());
    config.names.pins.insert(
        schema("Sample").join("properties").join("x"),
        "choice".to_owned(),
    );
    let api = sample::api_of(vec![
        component("foo", object(vec![field("x")])),
        component("Chosen", object(vec![])),
    ]);
    let (names, diagnostics) = names_with(&api, &config);
    assert_eq!(type_idents(&names), ["Chosen", "ChosenPascalCase"]);
    assert_eq!(diagnostics.len(), 1);
    let Members::Object { fields, .. } = &names.types[&TypeId(0)].members else {
        panic!("an object")
    };
    assert_eq!(fields[0].as_str(), "choice");
}

#[test]
fn a_pin_that_is_no_name_is_refused() {
    let mut config = Config::default();
    config
        .names
        .pins
        .insert(schema("foo"), "Not a name".to_owned());
    let (_, diagnostics) = names_with(
        &sample::api_of(vec![component("foo", object(vec![]))]),
        &config,
    );
    assert!(diagnostics.has_errors());
}

#[test]
fn files_have_names_that_every_system_takes() {
    for (wire, expected) in [
        ("mod", "mod_"),
        ("Con", "con_"),
        ("COM1", "com1_"),
        ("common", "common"),
        ("type", "type"),
    ] {
        assert_eq!(form::module(&splitter().split(wire)), expected);
    }
    let long = form::module(&splitter().split(&"word ".repeat(60)));
    assert!(long.len() <= 110, "{long}");
}

#[test]
fn parameters_of_one_name_part_by_their_place() {
    let mut get = operation("getPet");
    get.parameters = vec![
        parameter("id", Location::Query, Presence::Optional),
        parameter("id", Location::Path, Presence::Required),
        parameter("body", Location::Query, Presence::Optional),
        parameter("send", Location::Query, Presence::Optional),
        parameter("self", Location::Query, Presence::Optional),
        parameter("X-Trace", Location::Header, Presence::Optional),
        parameter("x_trace", Location::Header, Presence::Optional),
    ];
    let (names, diagnostics) = names_of(&Api {
        operations: vec![get],
        ..sample::api()
    });
    let parameters: Vec<_> = names.operations[0]
        .parameters
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        parameters,
        [
            "id_query",
            "id",
            "body_parameter",
            "send_parameter",
            "self_",
            "x_dash_trace",
            "x_trace"
        ]
    );
    assert_eq!(diagnostics.len(), 1);
}

#[test]
fn operations_and_groups_are_named_after_their_ids_and_tags() {
    let mut api = Api {
        operations: ["orgs/list-for-user", "users.get", "pets", "type"]
            .map(operation)
            .to_vec(),
        ..sample::api()
    };
    api.operations[1].success = vec![
        sample::answer(200, Some(TypeRef::Text)),
        sample::answer(204, None),
    ];
    for tag in ["MongoDB Cloud Users", "", "Default", "Builder"] {
        api.tags.push(crate::ir::Tag {
            path: crate::diag::SpecPath::root(),
            name: tag.to_owned(),
            description: String::new(),
        });
    }
    let config = Config {
        names: crate::config::Names {
            words: vec!["MongoDB".to_owned()],
            ..Default::default()
        },
        ..Config::default()
    };
    let (names, diagnostics) = names_with(&api, &config);
    let operation = |index: usize| {
        let names = &names.operations[index];
        [&names.module, &names.request, &names.table].map(ToString::to_string)
    };
    assert_eq!(
        operation(0),
        [
            "orgs_list_for_user",
            "OrgsListForUser",
            "ORGS_LIST_FOR_USER"
        ]
    );
    assert_eq!(operation(1), ["users_get", "UsersGet", "USERS_GET"]);
    assert_eq!(operation(2), ["pets", "PetsOperation", "PETS"]);
    assert_eq!(operation(3), ["r#type", "Type", "TYPE"]);
    let answer = names.operations[1]
        .answer
        .as_ref()
        .map(|answer| (answer.ident.as_str(), answer.variants.len()));
    assert_eq!(answer, Some(("UsersGetAnswer", 2)));
    let groups: Vec<_> = names
        .groups
        .values()
        .map(|group| {
            (
                group.handle.as_str(),
                group.module.as_str(),
                group.feature.as_str(),
            )
        })
        .collect();
    assert_eq!(
        groups,
        [
            ("Pets", "pets", "pets"),
            (
                "MongodbCloudUsers",
                "mongodb_cloud_users",
                "mongodb-cloud-users"
            ),
            ("Api", "api", "api"),
            ("DefaultGroup", "default", "default-group"),
            ("BuilderGroup", "builder_group", "builder-group"),
        ]
    );
    assert!(diagnostics.is_empty());
}

#[test]
fn the_package_is_named_after_the_title() {
    for (title, expected) in [
        ("Pet Store", "pet-store-client"),
        ("My Client", "my-client"),
        ("", "api-client"),
        ("3D", "api-3d-client"),
    ] {
        let mut api = sample::api();
        title.clone_into(&mut api.info.title);
        assert_eq!(names_of(&api).0.package, expected);
    }
}
