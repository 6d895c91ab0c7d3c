//! Types: presence, twins, boxes, gates.

use super::*;

fn four_presences() -> Vec<crate::ir::Field> {
    let mut fields = Vec::new();
    for (wire, presence, nullable) in [
        ("a", Presence::Required, false),
        ("b", Presence::Optional, false),
        ("c", Presence::Required, true),
        ("d", Presence::Optional, true),
    ] {
        let mut field = field_of(wire, TypeRef::Text, presence);
        field.nullable = nullable;
        fields.push(field);
    }
    fields
}

#[test]
fn null_and_nothing_are_told_apart_where_requests_need_it() {
    use FieldPresence::{Nullable, Optional, Patch, Required};
    let api = sample::api_of(vec![component("Pet", object(four_presences()))]);
    for (directions, last) in [("=", Patch), (">", Patch), ("<", Optional)] {
        let krate = planned_with(&api, &facts(&api, directions), &Config::default());
        let expected = [
            ("a", Required),
            ("b", Optional),
            ("c", Nullable),
            ("d", last),
        ];
        assert_eq!(presences(struct_of(&krate, "Pet")), expected);
        assert_eq!(struct_of(&krate, "Pet").setters, directions != "<");
    }
}

fn pet_with_twin() -> (Api, Facts) {
    let mut id = field_of("id", TypeRef::Text, Presence::Required);
    id.access = Access::ReadOnly;
    let mut secret = field_of("secret", TypeRef::Text, Presence::Required);
    secret.access = Access::WriteOnly;
    let mut hint = field_of("hint", TypeRef::Text, Presence::Optional);
    hint.access = Access::WriteOnly;
    let api = sample::api_of(vec![
        component(
            "Pet",
            object(vec![
                id.clone(),
                field("name"),
                field_of("home", TypeRef::Named(TypeId(1)), Presence::Optional),
            ]),
        ),
        component("Home", object(vec![id, field("city")])),
        component("Key", object(vec![secret, hint])),
        component(
            "Ring",
            object(vec![field_of(
                "keys",
                TypeRef::List(Box::new(TypeRef::Named(TypeId(2)))),
                Presence::Optional,
            )]),
        ),
    ]);
    let mut facts = facts(&api, "====");
    facts.twins = (0..4).map(TypeId).collect();
    (api, facts)
}

#[test]
fn a_twin_leaves_out_what_only_the_service_sets() {
    use FieldConversion::{Argument, Into, Move, Unset};
    let (api, facts) = pet_with_twin();
    let krate = planned_with(&api, &facts, &Config::default());
    let source = struct_of(&krate, "Pet");
    assert_eq!(source.fields.len(), 3);
    assert!(!source.setters && source.conversion.is_none());
    assert_eq!(
        source.fields[2].ty.to_owned(),
        RustType::Named(type_of(&krate, "Home").ident.clone())
    );
    let twin = struct_of(&krate, "PetRequest");
    assert_eq!(
        twin.fields
            .iter()
            .map(|field| field.ident.as_str())
            .collect::<Vec<_>>(),
        ["name", "home"]
    );
    assert_eq!(
        twin.fields[1].ty,
        RustType::Named(type_of(&krate, "HomeRequest").ident.clone())
    );
    let conversion = |ident| {
        struct_of(&krate, ident)
            .conversion
            .as_ref()
            .map(|conversion| conversion.fields.clone())
    };
    assert_eq!(conversion("PetRequest"), Some(vec![Move, Into]));
    assert_eq!(conversion("KeyRequest"), Some(vec![Argument, Unset]));
    assert_eq!(conversion("RingRequest"), Some(vec![Argument]));
    let read = presences(struct_of(&krate, "Key"));
    assert_eq!(
        read,
        [
            ("secret", FieldPresence::Optional),
            ("hint", FieldPresence::Optional)
        ]
    );
}

#[test]
fn a_type_that_only_requests_use_has_no_read_only_members() {
    let (api, _) = pet_with_twin();
    let krate = planned_with(&api, &facts(&api, ">>>>"), &Config::default());
    assert_eq!(struct_of(&krate, "Home").fields.len(), 1);
}

#[test]
fn a_member_that_closes_a_cycle_is_boxed() {
    let own = TypeRef::Named(TypeId(0));
    let api = sample::api_of(vec![component(
        "Node",
        object(vec![field_of("next", own, Presence::Optional)]),
    )]);
    let mut facts = sample::facts(&api);
    facts.boxed.insert((TypeId(0), 0));
    let krate = planned_with(&api, &facts, &Config::default());
    let node = RustType::Named(type_of(&krate, "Node").ident.clone());
    assert_eq!(
        struct_of(&krate, "Node").fields[0].ty,
        RustType::Box(Box::new(node))
    );
}

#[test]
fn an_alias_is_looked_through_and_what_is_not_emitted_is_json() {
    let api = sample::api_of(vec![
        component(
            "Ids",
            crate::ir::Shape::Alias(TypeRef::List(Box::new(TypeRef::Text))),
        ),
        component("Gone", object(vec![])),
        component(
            "Pet",
            object(vec![
                field_of("ids", TypeRef::Named(TypeId(0)), Presence::Required),
                field_of("gone", TypeRef::Named(TypeId(1)), Presence::Required),
            ]),
        ),
    ]);
    let mut facts = sample::facts(&api);
    facts.emitted = BTreeSet::from([TypeId(2)]);
    let krate = planned_with(&api, &facts, &Config::default());
    assert_eq!(krate.types.len(), 1);
    let fields = &struct_of(&krate, "Pet").fields;
    assert_eq!(fields[0].ty, RustType::Vec(Box::new(RustType::String)));
    assert_eq!(fields[1].ty, RustType::Json);
}

#[test]
fn gates_name_the_groups_that_reach_a_type() {
    let mut api = sample::api_of(
        ["One", "All", "Always", "Nobody", "Held"]
            .map(|key| component(key, object(vec![])))
            .to_vec(),
    );
    api.types[3].shape = object(vec![field_of(
        "held",
        TypeRef::Named(TypeId(4)),
        Presence::Optional,
    )]);
    for tag in ["Shops", "Vets"] {
        api.tags.push(crate::ir::Tag {
            path: crate::diag::SpecPath::root(),
            name: tag.to_owned(),
            description: String::new(),
        });
    }
    let mut facts = sample::facts(&api);
    facts.tags = vec![
        BTreeSet::from([TagId(2), TagId(0)]),
        (0..3).map(TagId).collect(),
        BTreeSet::from([TagId(0)]),
        BTreeSet::new(),
        BTreeSet::from([TagId(1)]),
    ];
    facts.always.insert(TypeId(2));
    let krate = planned_with(&api, &facts, &Config::default());
    let gate = |ident| {
        file_of(&krate, ident)
            .gate
            .0
            .iter()
            .map(|feature| feature.0.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(gate("One"), ["pets", "vets"]);
    assert_eq!(gate("All"), ["pets", "shops", "vets"]);
    for ident in ["Always", "Nobody", "Held"] {
        assert_eq!(file_of(&krate, ident).gate, Gate::default(), "{ident}");
    }
    assert_eq!(krate.features.len(), 3);
}

#[test]
fn what_stands_in_a_schema_stands_in_its_file_behind_its_twin() {
    let mut api = sample::api_of(vec![
        component("Pet", object(vec![field("name")])),
        component("Home", object(vec![])),
        component("Inner", object(vec![])),
        component("Elsewhere", object(vec![])),
        component("Innermost", object(vec![])),
    ]);
    for (id, parent) in [(2, 0), (3, 0), (4, 2)] {
        api.types[id].origin = crate::ir::Origin::Member {
            parent: TypeId(parent),
            role: format!("part {id}"),
        };
    }
    let mut facts = facts(&api, "=====");
    facts.twins = BTreeSet::from([TypeId(0)]);
    facts.tags = vec![BTreeSet::from([TagId(0)]); 5];
    facts.tags[3].clear();
    let krate = planned_with(&api, &facts, &Config::default());
    let files: Vec<(&str, Vec<&str>)> = krate
        .types
        .iter()
        .map(|file| {
            let types = file.types.iter().map(|ty| ty.ident.as_str());
            (file.module.as_str(), types.collect())
        })
        .collect();
    let expected = [
        ("home", vec!["Home"]),
        (
            "pet",
            vec!["Pet", "PetRequest", "PetPart2", "PetPart2Part4"],
        ),
        ("pet_part_3", vec!["PetPart3"]),
    ];
    assert_eq!(files, expected);
    assert_eq!(
        type_of(&krate, "PetPart2").docs.0,
        ["The value of `part 2` in [`Pet`]."]
    );
    assert_eq!(
        type_of(&krate, "PetPart3").docs.0,
        ["The value of `part 3` in [a `Pet`](crate::types::Pet)."]
    );
    assert_eq!(
        type_of(&krate, "PetRequest").docs.0,
        ["This is [`Pet`] as requests send it: without what only the service sets."]
    );
}

#[test]
fn a_type_inside_another_has_the_first_sentence_of_what_its_member_says() {
    let kind = "What it is. Cats (e.g. Toms) are not dogs.";
    let mut member = field("kind");
    member.ty = TypeRef::Named(TypeId(1));
    member.docs.description = kind.to_owned();
    let mut api = sample::api_of(vec![
        component("Pet", object(vec![member])),
        component("Kind", object(vec![])),
        component("Other", object(vec![])),
    ]);
    for id in [1, 2] {
        api.types[id].docs.description = kind.to_owned();
        api.types[id].origin = crate::ir::Origin::Member {
            parent: TypeId(0),
            role: format!("part {id}"),
        };
    }
    let facts = facts(&api, "===");
    let krate = planned_with(&api, &facts, &Config::default());
    assert_eq!(
        type_of(&krate, "PetPart1").docs.0,
        ["What it is. See [`Pet`]."]
    );
    assert_eq!(
        type_of(&krate, "PetPart2").docs.0,
        [format!("{kind} Needs the feature `pets`.")]
    );
}

fn union_of(variants: &[usize]) -> crate::ir::Shape {
    let variant = |id: &usize| crate::ir::Variant {
        path: crate::diag::SpecPath::root(),
        ty: TypeRef::Named(TypeId(u32::try_from(*id).unwrap())),
        tags: vec![format!("tag{id}")],
        lacks_tag: false,
        when: None,
    };
    crate::ir::Shape::Union(crate::ir::Union {
        variants: variants.iter().map(variant).collect(),
        select: crate::ir::Select::Tag {
            property: "kind".to_owned(),
            inferred: false,
        },
    })
}

#[test]
fn a_union_has_the_fields_that_all_its_variants_have() {
    let mut nullable = field_of("nick", TypeRef::Text, Presence::Optional);
    nullable.nullable = true;
    let fields = |last| {
        object(vec![
            field_of("id", TypeRef::Text, Presence::Required),
            field_of("age", TypeRef::Int64, Presence::Optional),
            nullable.clone(),
            field_of("other", last, Presence::Optional),
        ])
    };
    let api = sample::api_of(vec![
        component("Cat", fields(TypeRef::Text)),
        component("Dog", fields(TypeRef::Bool)),
        component("Pet", union_of(&[0, 1])),
        component("Lone", union_of(&[0])),
        component("Deep", union_of(&[0, 2])),
    ]);
    let krate = planned_with(&api, &facts(&api, ">>>>>"), &Config::default());
    let common = |ident| match &type_of(&krate, ident).item {
        Item::Union(union) => union
            .common
            .iter()
            .map(|field| (field.ident.as_str(), field.is_optional))
            .collect::<Vec<_>>(),
        item => panic!("{ident} is {item:?}"),
    };
    assert_eq!(common("Pet"), [("id", false), ("age", true)]);
    assert_eq!(common("Lone"), []);
    assert_eq!(common("Deep"), []);
}

#[test]
fn facts_of_a_field_go_on_with_its_description() {
    let mut name = field("name");
    name.docs.description = "What it is called".to_owned();
    name.default = Some(serde_json::json!("Rex"));
    name.pattern = Some("^[a-z]+$".to_owned());
    name.deprecated = true;
    let krate = planned(&sample::api_of(vec![component(
        "Pet",
        object(vec![name, field("bare")]),
    )]));
    let pet = struct_of(&krate, "Pet");
    assert_eq!(
        pet.fields[0].docs.0,
        ["What it is called. Default: `Rex`. Pattern: `^[a-z]+$`. Deprecated."]
    );
    assert!(pet.fields[1].docs.0.is_empty());
    assert_eq!(type_of(&krate, "Pet").docs.0, ["Needs the feature `pets`."]);
}

#[test]
fn a_pattern_that_the_description_tells_is_not_told_again() {
    let docs_of = |pattern: &str, description: &str| {
        let mut id = field("id");
        id.docs.description = description.to_owned();
        id.pattern = Some(pattern.to_owned());
        let krate = planned(&sample::api_of(vec![component("Pet", object(vec![id]))]));
        struct_of(&krate, "Pet").fields[0].docs.0.join(" ")
    };
    let told = "Unique 24-hexadecimal digit string.";
    assert_eq!(docs_of("^([a-f0-9]{24})$", told), told);
    assert_eq!(docs_of(r"^[a-fA-F\d]{24}$", told), told);
    for pattern in ["^([a-f0-9]{20})$", "^([a-z0-9]{24})$", "^x[a-f0-9]{24}$"] {
        assert_eq!(
            docs_of(pattern, told),
            format!("{told} Pattern: `{pattern}`.")
        );
    }
    assert_eq!(
        docs_of("^[0-9a-f]{24}$", "The id."),
        "The id. Pattern: `^[0-9a-f]{24}$`."
    );
}

#[test]
fn a_type_without_a_description_is_called_as_in_the_document() {
    let krate = planned(&sample::api_of(vec![component("pet_view", object(vec![]))]));
    assert_eq!(
        type_of(&krate, "PetView").docs.0,
        ["The API document calls it `pet_view`. Needs the feature `pets`."]
    );
}
