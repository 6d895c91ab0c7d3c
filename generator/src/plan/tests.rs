use std::collections::BTreeSet;

use crate::analyze::{Direction, Facts};
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::ir::{
    Access, Api, Content, Docs, Location, Pattern, Presence, SecurityScheme, Server, Status, TagId,
    TypeId, TypeRef,
};
use crate::names::sample::{
    self, answer, body, component, field, field_of, object, operation, parameter,
};
use crate::surface::{
    Answer, Crate, ExampleValue, FieldConversion, FieldPresence, Gate, Item, RustType, Segment,
    Struct, Target, TypeItem,
};

fn planned(api: &Api) -> Crate {
    planned_with(api, &sample::facts(api), &Config::default())
}

fn planned_with(api: &Api, facts: &Facts, config: &Config) -> Crate {
    let mut diagnostics = Diagnostics::new();
    let names = crate::names::name(api, facts, config, &mut diagnostics);
    let krate = super::plan(api, facts, &names, config, &mut diagnostics);
    assert!(diagnostics.is_empty());
    krate
}

fn type_of<'a>(krate: &'a Crate, ident: &str) -> &'a TypeItem {
    krate
        .types
        .iter()
        .find(|ty| ty.ident.as_str() == ident)
        .unwrap_or_else(|| panic!("no {ident}"))
}

fn struct_of<'a>(krate: &'a Crate, ident: &str) -> &'a Struct {
    match &type_of(krate, ident).item {
        Item::Struct(structure) => structure,
        item => panic!("{ident} is {item:?}"),
    }
}

fn presences(structure: &Struct) -> Vec<(&str, FieldPresence)> {
    structure
        .fields
        .iter()
        .map(|field| (field.ident.as_str(), field.presence))
        .collect()
}

/// Which way each type travels: `<` in responses, `>` in requests, `=` both.
fn facts(api: &Api, directions: &str) -> Facts {
    let direction = |c| Direction {
        request: c != '<',
        response: c != '>',
    };
    Facts {
        directions: directions.chars().map(direction).collect(),
        ..sample::facts(api)
    }
}

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
        type_of(&krate, ident)
            .gate
            .0
            .iter()
            .map(|feature| feature.0.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(gate("One"), ["pets", "vets"]);
    assert_eq!(gate("All"), ["pets", "shops", "vets"]);
    for ident in ["Always", "Nobody", "Held"] {
        assert_eq!(type_of(&krate, ident).gate, Gate::default(), "{ident}");
    }
    assert_eq!(krate.features.len(), 3);
}

/// The plan of one operation.
fn one(operation: crate::ir::Operation) -> crate::surface::Operation {
    let api = Api {
        operations: vec![operation],
        ..sample::api_of(vec![
            component("Pet", object(vec![])),
            component("Dog", object(vec![])),
        ])
    };
    planned(&api).groups.remove(0).operations.remove(0)
}

#[test]
fn required_inputs_are_arguments_in_order_and_the_rest_options() {
    let mut add = operation("addPet");
    add.parameters = vec![
        parameter("limit", Location::Query, Presence::Optional),
        parameter("If-Match", Location::Header, Presence::Required),
        parameter("petId", Location::Path, Presence::Required),
    ];
    add.body = Some(body(TypeRef::Named(TypeId(0)), Presence::Required));
    let add = one(add);
    let idents = |inputs: &[crate::surface::Input]| {
        inputs
            .iter()
            .map(|input| input.ident.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(idents(&add.arguments), ["pet_id", "if_match", "body"]);
    assert_eq!(idents(&add.options), ["limit"]);
    assert!(matches!(add.arguments[1].target, Target::Header { .. }));
    assert_eq!(add.wire.content_type.as_deref(), Some("application/json"));
    assert!(!add.wire.idempotent);
    assert_eq!(add.example.len(), 3);
}

#[test]
fn answers_follow_from_what_success_brings() {
    let pet = || Some(TypeRef::Named(TypeId(0)));
    let dog = || Some(TypeRef::Named(TypeId(1)));
    let answer_of = |success: Vec<crate::ir::Answer>| {
        let mut operation = operation("getPet");
        operation.success = success;
        let operation = one(operation);
        (operation.answer, operation.answer_docs.0.join(" "))
    };
    let (empty, docs) = answer_of(vec![answer(204, None)]);
    assert_eq!(
        (empty, docs.as_str()),
        (Answer::Empty, "204 brings nothing.")
    );
    let (json, docs) = answer_of(vec![answer(200, pet()), answer(201, pet())]);
    assert!(matches!(json, Answer::Json(RustType::Named(_))));
    assert_eq!(docs, "200 and 201 bring [a `Pet`](crate::types::Pet).");
    let (json, docs) = answer_of(vec![answer(200, pet()), answer(204, None)]);
    assert!(matches!(json, Answer::JsonOrEmpty(RustType::Named(_))));
    assert_eq!(
        docs,
        "200 brings [a `Pet`](crate::types::Pet), 204 nothing."
    );
    let mut range = answer(200, dog());
    range.status = Status::Range(2);
    let (several, _) = answer_of(vec![range, answer(200, pet()), answer(204, None)]);
    let Answer::ByStatus { ident, variants } = several else {
        panic!("{several:?}")
    };
    assert_eq!(ident.as_str(), "GetPetAnswer");
    let statuses: Vec<_> = variants
        .iter()
        .map(|variant| (variant.from, variant.to))
        .collect();
    assert_eq!(statuses, [(200, 200), (204, 204), (200, 299)]);
    let mut text = answer(200, None);
    text.body = Some(Content::Text);
    assert_eq!(answer_of(vec![text.clone()]).0, Answer::Text);
    assert_eq!(answer_of(vec![text, answer(201, pet())]).0, Answer::Bytes);
    assert_eq!(answer_of(vec![]).0, Answer::Empty);
}

#[test]
fn accept_asks_for_what_success_brings_json_first() {
    let accept_of = |success: &[Option<&str>], failure: &[Option<&str>], version: Option<&str>| {
        let with_type = |media_type: &Option<&str>| crate::ir::Answer {
            media_type: media_type.map(str::to_owned),
            ..answer(200, None)
        };
        let mut operation = operation("getPet");
        operation.success = success.iter().map(with_type).collect();
        operation.failure = failure.iter().map(with_type).collect();
        operation.version = version.map(str::to_owned);
        one(operation).wire.accept
    };
    let dated = "application/vnd.atlas.2025-02-19+json";
    assert_eq!(
        accept_of(
            &[Some(dated), None],
            &[Some("application/json")],
            Some("2025-02-19")
        )
        .as_deref(),
        Some(dated)
    );
    assert_eq!(
        accept_of(&[Some("text/csv"), Some("application/json")], &[], None).as_deref(),
        Some("application/json, text/csv")
    );
    assert_eq!(
        accept_of(
            &[None],
            &[Some("application/json"), Some(dated)],
            Some("2025-02-19")
        )
        .as_deref(),
        Some(dated)
    );
    assert_eq!(
        accept_of(&[None], &[Some("application/json")], None).as_deref(),
        Some("application/json")
    );
    assert_eq!(accept_of(&[None], &[], None), None);
}

#[test]
fn an_operation_says_how_it_is_called_and_what_it_needs() {
    let mut add = operation("addPet");
    add.docs.title = "Add One Pet".to_owned();
    add.docs.description = "Adds a pet, see [here](#pets).".to_owned();
    add.version = Some("2025-02-19".to_owned());
    add.other_versions = vec!["2023-01-01".to_owned()];
    add.roles = vec!["Pet Owner".to_owned()];
    add.parameters[0].pattern = Some(Pattern {
        class: vec![('a', 'f'), ('0', '9')],
        min: 24,
        max: Some(24),
    });
    let add = one(add);
    assert_eq!(
        add.docs.0,
        [
            "Add One Pet.",
            "",
            "Adds a pet, see here.",
            "",
            "`POST /pets/{petId}`, version 2025-02-19. Other versions: 2023-01-01. Needs the role Pet",
            "Owner."
        ]
    );
    assert_eq!(
        add.example,
        [ExampleValue::Text("abcdef0123456789abcdef01".to_owned())]
    );
    let Segment::Parameter { pattern, .. } = &add.wire.segments[1] else {
        panic!("a parameter")
    };
    assert_eq!(pattern.as_ref().map(|pattern| pattern.min), Some(24));
}

#[test]
fn examples_are_built_from_what_is_required() {
    let mut kind = component("Kind", sample::values(&["CAT", "DOG"]));
    kind.docs = Docs {
        examples: vec![serde_json::json!("DOG")],
        ..Docs::default()
    };
    let fields = vec![
        field_of("kind", TypeRef::Named(TypeId(1)), Presence::Required),
        field_of("born", TypeRef::Date, Presence::Required),
        field_of(
            "tags",
            TypeRef::List(Box::new(TypeRef::Text)),
            Presence::Required,
        ),
        field("name"),
    ];
    let mut add = operation("addPet");
    add.parameters.clear();
    add.body = Some(body(TypeRef::Named(TypeId(0)), Presence::Required));
    let mut put = operation("putAny");
    put.parameters.clear();
    put.body = Some(body(TypeRef::Named(TypeId(2)), Presence::Required));
    let api = Api {
        operations: vec![add, put],
        ..sample::api_of(vec![
            component("Pet", object(fields)),
            kind,
            component(
                "Any",
                object(vec![field_of("any", TypeRef::Json, Presence::Required)]),
            ),
        ])
    };
    let krate = planned(&api);
    let example = |index: usize| &krate.groups[0].operations[index].example[0];
    let ExampleValue::New(ident, values) = example(0) else {
        panic!("{:?}", example(0))
    };
    assert_eq!(ident.as_str(), "Pet");
    assert!(matches!(&values[0], ExampleValue::Value(_, variant) if variant.as_str() == "Dog"));
    assert_eq!(values[1], ExampleValue::Text("2025-01-02".to_owned()));
    assert_eq!(
        values[2],
        ExampleValue::List(vec![ExampleValue::Text("…".to_owned())])
    );
    assert!(matches!(
        example(1),
        ExampleValue::Given(RustType::Named(_))
    ));
}

#[test]
fn a_token_url_below_the_base_url_is_a_path() {
    let mut api = sample::api();
    api.servers.push(Server {
        path: crate::diag::SpecPath::root(),
        url: "https://example.com/api".to_owned(),
        description: String::new(),
    });
    let mut service = |url: &str| {
        let scheme = SecurityScheme::OAuth2 {
            client_credentials_url: Some(url.to_owned()),
        };
        api.security.insert("oauth".to_owned(), scheme);
        planned(&api).service
    };
    assert_eq!(
        service("https://example.com/api/oauth/token")
            .token_url
            .as_deref(),
        Some("/oauth/token")
    );
    for other in [
        "https://example.com/oauth/token",
        "https://login.example.com/api/token",
    ] {
        assert_eq!(service(other).token_url.as_deref(), Some(other));
    }
    let service = service("/token");
    assert_eq!(service.token_url.as_deref(), Some("/token"));
    assert_eq!(service.base_url.as_deref(), Some("https://example.com/api"));
    assert_eq!(service.environment.access_token, ["SAMPLE_ACCESS_TOKEN"]);
}

#[test]
fn notes_of_a_field_stand_behind_its_description() {
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
        [
            "What it is called",
            "",
            "Default: `Rex`. Pattern: `^[a-z]+$`. Deprecated."
        ]
    );
    assert!(pet.fields[1].docs.0.is_empty());
    assert_eq!(
        type_of(&krate, "Pet").docs.0,
        ["`Pet`, as the API document names it."]
    );
}
