//! Operations, groups and the package.

use super::*;

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
fn a_version_beside_the_newest_bears_its_date_in_its_names() {
    let version = |text: &str, is_beside| crate::ir::Operation {
        version: Some(text.to_owned()),
        is_beside,
        ..operation("listPets")
    };
    let api = Api {
        operations: vec![
            version("2024-08-05", false),
            version("preview", true),
            version("2023-02-01", true),
            version("2025-02-19.upcoming", true),
        ],
        ..sample::api()
    };
    let all = |names: &Names| -> Vec<String> {
        let both =
            |names: &super::super::OperationNames| format!("{} {}", names.module, names.request);
        names.operations.iter().map(both).collect()
    };
    let (names, diagnostics) = names_of(&api);
    assert_eq!(
        all(&names),
        [
            "list_pets ListPets",
            "list_pets_preview ListPetsPreview",
            "list_pets_2023_02_01 ListPets20230201",
            "list_pets_2025_02_19_upcoming ListPets20250219Upcoming"
        ]
    );
    assert!(diagnostics.is_empty());
    let mut config = Config::default();
    let place = api.operations[0].path.clone();
    config.names.pins.insert(place, "all_pets".to_owned());
    let (names, _) = names_with(&api, &config);
    assert_eq!(
        all(&names)[..2],
        ["all_pets AllPets", "all_pets_preview AllPetsPreview"]
    );
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
