//! The files beside the code, filled in.

use insta::assert_snapshot;

use super::render;
use crate::diag::SpecPath;
use crate::names::Ident;
use crate::surface::*;

fn package() -> Package {
    Package {
        dependencies: Vec::new(),
        name: "atlas-client".to_owned(),
        library: Ident::for_test("atlas_client"),
        version: "0.1.0".to_owned(),
        description: "A client of the Atlas API".to_owned(),
        license: Some("MIT".to_owned()),
        runtime: Runtime::Copied,
        standalone: true,
        publish: false,
        command: "atlas-codegen generate".to_owned(),
    }
}

fn krate(package: Package, features: &[&str]) -> Crate {
    let group = |feature: &&str| Group {
        ident: Ident::for_test("Users"),
        module: Ident::for_test("users"),
        docs: DocLines::default(),
        feature: Feature((*feature).to_owned()),
        operations: vec![operation()],
    };
    Crate {
        package,
        docs: DocLines::default(),
        title: "Atlas <API>".to_owned(),
        api_version: "2.0".to_owned(),
        features: features
            .iter()
            .map(|name| Feature((*name).to_owned()))
            .collect(),
        service: Service {
            base_url: None,
            refresh_url: None,
            token_url: None,
            revoke_url: None,
            schemes: Vec::new(),
            security: Vec::new(),
            constructors: Vec::new(),
            mutual_tls: false,
            envelope: None,
            error_members: ErrorMembers::default(),
            trace_headers: Vec::new(),
            client_id_prefix: None,
            environment: SettingNames::default(),
            profiles: None,
        },
        servers: Servers::default(),
        error: None,
        types: Vec::new(),
        parameters: Vec::new(),
        groups: features.iter().map(group).collect(),
    }
}

fn operation() -> Operation {
    Operation {
        path: SpecPath::root(),
        module: Ident::for_test("invite"),
        request: Ident::for_test("Invite"),
        table: Ident::for_test("INVITE"),
        docs: DocLines::default(),
        deprecated: None,
        sunset: None,
        wire: OperationWire {
            id: "invite".to_owned(),
            method: Method::Post,
            template: "/invites".to_owned(),
            server: None,
            accept: None,
            content_type: None,
            security: None,
            encodings: Vec::new(),
            enveloped: false,
            idempotent: None,
            paging: None,
        },
        arguments: Vec::new(),
        shared: Vec::new(),
        options: Vec::new(),
        answer: Answer::Empty,
        answer_docs: DocLines::default(),
        ways: Vec::new(),
        example: Vec::new(),
        waiters: Vec::new(),
    }
}

fn file(krate: &Crate, path: &str) -> String {
    let files = render(krate).unwrap();
    files
        .into_iter()
        .find(|file| file.path == path)
        .unwrap()
        .text
}

fn profiles() -> Profiles {
    Profiles {
        folder: "atlas".to_owned(),
        file: "config.toml".to_owned(),
        variables: vec!["ATLAS_PROFILE".to_owned()],
        default: "default".to_owned(),
        keys: SettingNames::default(),
        service: None,
        services: Vec::new(),
    }
}

#[test]
fn a_manifest_with_all_that_it_can_have() {
    let mut krate = krate(package(), &["projects", "users"]);
    krate.service.profiles = Some(profiles());
    assert_snapshot!(file(&krate, "Cargo.toml"));
}

#[test]
fn a_manifest_with_as_little_as_it_can_have() {
    let mut package = package();
    package.license = None;
    package.standalone = false;
    package.publish = true;
    package.library = Ident::for_test("client");
    package.runtime = Runtime::Version("0.1".to_owned());
    assert_snapshot!(file(&krate(package, &[]), "Cargo.toml"));
}

#[test]
fn a_value_cannot_leave_its_place_in_the_manifest() {
    let mut package = package();
    package.description = "a \"quoted\"\n[dependencies]\nx = \"1\"".to_owned();
    package.command = "run\n[dependencies]".to_owned();
    let text = file(&krate(package, &["odd.na\"me"]), "Cargo.toml");
    assert_eq!(text.matches("\n[dependencies]\n").count(), 1, "{text}");
    assert!(
        text.contains(r#"description = "a \"quoted\" [dependencies] x = \"1\"""#),
        "{text}"
    );
    assert!(text.contains("\n\"odd.na\\\"me\" = []\n"), "{text}");
}

#[test]
fn a_group_keeps_a_name_that_the_runtime_has_too() {
    let text = file(&krate(package(), &["time"]), "Cargo.toml");
    assert!(text.contains("\ntime = []\n"));
    assert!(!text.contains("client-runtime/time"));
}

#[test]
fn a_readme() {
    let mut krate = krate(package(), &["users"]);
    krate.service.environment.access_token = vec!["ATLAS_TOKEN".to_owned(), "TOKEN".to_owned()];
    krate.service.profiles = Some(profiles());
    assert_snapshot!(file(&krate, "README.md"));
}

#[test]
fn formatters_are_told_to_stay_away() {
    assert!(file(&krate(package(), &[]), "rustfmt.toml").contains("disable_all_formatting = true"));
}
