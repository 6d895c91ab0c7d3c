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
    assert_eq!(docs, "200 and 201 bring [`Pet`].");
    let (json, docs) = answer_of(vec![answer(200, pet()), answer(204, None)]);
    assert!(matches!(json, Answer::JsonOrEmpty(RustType::Named(_))));
    assert_eq!(docs, "200 brings [`Pet`], 204 nothing.");
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
    assert_eq!(answer_of(vec![text, answer(201, pet())]).0, Answer::Stream);
    let mut bytes = answer(200, None);
    bytes.body = Some(Content::Bytes);
    assert_eq!(answer_of(vec![bytes]).0, Answer::Stream);
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
    add.sunset = Some("2027-07-01".to_owned());
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
            "`POST /pets/{petId}`, version 2025-02-19 (also 2023-01-01). Sunset: 2027-07-01. Needs the",
            "role Pet Owner."
        ]
    );
    assert_eq!(
        add.example,
        [ExampleValue::Text("abcdef0123456789abcdef01".to_owned())]
    );
    let Target::Path { pattern, .. } = &add.arguments[0].target else {
        panic!("a path parameter")
    };
    assert_eq!(pattern.as_ref().map(|pattern| pattern.min), Some(24));
    assert_eq!(add.wire.template, "/pets/{petId}");
}

/// A parameter of `components/parameters`.
fn shared(name: &str, wire: &str, location: Location, presence: Presence) -> crate::ir::Parameter {
    let components = crate::diag::SpecPath::root().join("components");
    crate::ir::Parameter {
        path: components.join("parameters").join(name),
        docs: Docs {
            description: "First sentence. Second sentence.".to_owned(),
            ..Docs::default()
        },
        ..parameter(wire, location, presence)
    }
}

#[test]
fn a_parameter_that_two_operations_take_from_the_components_is_shared() {
    let of = |id: &str, parameters: Vec<crate::ir::Parameter>| {
        let mut operation = operation(id);
        operation.parameters.extend(parameters);
        operation
    };
    let optional = |name: &str, wire: &str| shared(name, wire, Location::Query, Presence::Optional);
    let api = Api {
        operations: vec![
            of(
                "a",
                vec![
                    optional("pretty", "pretty"),
                    optional("once", "once"),
                    optional("other", "limit"),
                ],
            ),
            of(
                "b",
                vec![optional("pretty", "pretty"), optional("limit", "limit")],
            ),
            of(
                "c",
                vec![
                    optional("limit", "limit"),
                    parameter("pretty", Location::Query, Presence::Optional),
                ],
            ),
        ],
        ..sample::api()
    };
    let krate = planned(&api);
    let names = |inputs: &[crate::surface::Input]| {
        inputs
            .iter()
            .map(|input| input.ident.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&krate.parameters), ["limit", "pretty"]);
    assert_eq!(krate.parameters[0].path.last(), "limit");
    let operations = &krate.groups[0].operations;
    let taken = |index: usize| {
        let operation: &crate::surface::Operation = &operations[index];
        let shared: Vec<_> = operation.shared.iter().map(ToString::to_string).collect();
        (shared, names(&operation.options))
    };
    let list = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    // Of another place, of one operation alone, and of the operation's own list: these are the operation's.
    assert_eq!(taken(0), (list(&["pretty"]), list(&["once", "limit"])));
    assert_eq!(taken(1), (list(&["pretty", "limit"]), list(&[])));
    assert_eq!(taken(2), (list(&["limit"]), list(&["pretty"])));
}

#[test]
fn an_argument_that_many_take_has_its_first_sentence() {
    let of = |id: &str, name: &str| {
        let mut operation = operation(id);
        operation.parameters = vec![shared(name, "petId", Location::Path, Presence::Required)];
        operation
    };
    let api = Api {
        operations: vec![of("a", "petId"), of("b", "petId"), of("c", "own")],
        ..sample::api()
    };
    let krate = planned(&api);
    let last = |index: usize| {
        krate.groups[0].operations[index]
            .docs
            .0
            .last()
            .unwrap()
            .as_str()
    };
    assert_eq!(last(0), "- `pet_id`: First sentence.");
    assert_eq!(last(2), "- `pet_id`: First sentence. Second sentence.");
}

#[test]
fn another_form_of_the_answer_is_another_way_to_send() {
    let mut get = operation("getPet");
    let mut both = answer(200, Some(TypeRef::Named(TypeId(0))));
    both.others = [
        "application/vnd.pets.2025-02-19+csv",
        "text/csv",
        "text/plain",
        "image/x-icon",
    ]
    .map(|media_type| crate::ir::Representation {
        media_type: media_type.to_owned(),
        is_text: false,
        parts: None,
    })
    .to_vec();
    get.success = vec![
        both.clone(),
        crate::ir::Answer {
            status: Status::Code(201),
            ..both
        },
    ];
    get.parameters
        .push(parameter("send_text", Location::Query, Presence::Optional));
    let get = one(get);
    let ways: Vec<_> = get
        .ways
        .iter()
        .map(|way| (way.ident.as_str(), way.media_type.as_str()))
        .collect();
    assert_eq!(
        ways,
        [
            ("send_csv", "application/vnd.pets.2025-02-19+csv"),
            ("send_text_csv", "text/csv"),
            ("send_text_plain", "text/plain"),
            ("send_icon", "image/x-icon"),
        ]
    );
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
