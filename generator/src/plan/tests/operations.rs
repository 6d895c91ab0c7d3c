//! Operations: inputs, answers, documentation, examples.

use super::*;

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
