//! Types, pins and files.

use super::*;

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
    let entry = |ty: &crate::names::TypeNames| {
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
