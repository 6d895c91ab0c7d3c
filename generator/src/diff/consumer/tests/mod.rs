//! What the compiler said of a program (`messages.jsonl`, recorded), joined with the changes between two surfaces.

#![allow(clippy::unwrap_used, reason = "tests may stop at once")]

use super::subject::Names;
use super::{Finding, FromCargo, Join, Whose};
use crate::diff::change::Flow;
use crate::diff::rules::{self, Rule};
use crate::diff::{Cause, Change, Comparison, Outline, Rust, Wire, compare};

const MESSAGES: &str = include_str!("messages.jsonl");
const OLD: &str = include_str!("old.lock");
const NEW: &str = include_str!("new.lock");

fn whose(file: &str) -> Whose {
    match file.strip_prefix("/crate/") {
        Some(inside) => Whose::Crate(inside.to_owned()),
        None if file.starts_with("src/") => Whose::Program(file.to_owned()),
        None => Whose::Other,
    }
}

fn findings(messages: &str, old: &str, new: &str) -> (Vec<Finding>, Comparison) {
    let (old, new) = (Outline::read(old).unwrap(), Outline::read(new).unwrap());
    let comparison = compare(&old, &new);
    let messages: Vec<FromCargo> = messages.lines().filter_map(FromCargo::read).collect();
    let others = ["other".to_owned()];
    let found = Join::new(&comparison, &old, &new, &others).findings(&messages, &whose);
    (found, comparison)
}

/// A finding in a line: its place, its code, and the changes that explain it, with `?` where they only may.
fn shown(finding: &Finding, comparison: &Comparison) -> String {
    let changes = finding.changes.iter().map(|index| {
        let change = comparison.changes.get(*index).unwrap();
        format!("{} {}", change.rule.code, change.item)
    });
    let doubt = if finding.is_certain { "" } else { "?" };
    let spot = finding
        .spot
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let changes = changes.collect::<Vec<_>>().join(", ");
    format!("{spot} {}{doubt}: {changes}", finding.code)
}

fn all(messages: &str, old: &str, new: &str) -> Vec<String> {
    let (findings, comparison) = findings(messages, old, new);
    findings
        .iter()
        .map(|finding| shown(finding, &comparison))
        .collect()
}

/// A message without more than a text and a place.
fn message(code: &str, level: &str, text: &str, line: &str) -> String {
    serde_json::json!({
        "reason": "compiler-message",
        "manifest_path": "/program/Cargo.toml",
        "message": {
            "message": text,
            "code": { "code": code },
            "level": level,
            "spans": [{
                "file_name": "src/lib.rs", "line_start": 1, "column_start": 2, "is_primary": true,
                "text": [{ "text": line, "highlight_start": 1 }],
            }],
        },
    })
    .to_string()
}

#[test]
fn errors_are_explained_by_the_changes_that_they_name() {
    let expected = [
        "src/lib.rs:5:16 E0277: field-type-changed types::Pet.weight",
        "src/lib.rs:9:5 E0061: required-field-added types::Pet.age, required-field-added types::Pet.owner",
        "src/lib.rs:13:15 E0026: field-removed types::Pet.paused",
        "src/lib.rs:18:31 E0061: argument-added pets().list_pets(region)",
        "src/lib.rs:18:49 E0277: setter-type-changed pets().list_pets().limit",
        "src/lib.rs:18:52 E0599: setter-removed pets().list_pets().kind",
        "src/lib.rs:19:37 E0061: required-field-added types::Pet.age, required-field-added types::Pet.owner",
        "src/lib.rs:19:66 E0609?: answer-changed pets().add_pet",
        "src/lib.rs:20:29 E0599: operation-moved vets().get_pet",
        // A type of the same name in another crate, and errors of the program's own.
        "src/lib.rs:26:9 E0609: ",
        "src/lib.rs:30:5 E0308: ",
        "src/lib.rs:34:47 E0609: ",
        "src/main.rs:3:23 E0432: type-removed types::Visit",
        "src/main.rs:4:9 E0432: enum-value-removed types::Kind::Bird",
        "src/main.rs:5:9 E0432: ",
    ];
    assert_eq!(all(MESSAGES, OLD, NEW), expected);
}

#[test]
fn where_nothing_changed_nothing_is_explained() {
    let (findings, _) = findings(MESSAGES, OLD, OLD);
    assert!(findings.len() == 15 && findings.iter().all(|finding| finding.changes.is_empty()));
}

#[test]
fn a_name_that_is_gone_from_the_root_is_found_where_it_is_used() {
    let with = |exports: &str| OLD.replacen("features::pets feature", exports, 1);
    let old = with("crate::Event export\ncrate::Patch export\nfeatures::pets feature");
    let new = with("crate::Patch export\nfeatures::pets feature");
    for (code, text) in [
        ("E0432", "unresolved import `pets::Event`"),
        ("E0425", "cannot find type `Event` in crate `pets`"),
    ] {
        assert_eq!(
            all(&message(code, "error", text, "pets::Event"), &old, &new),
            [format!(
                "src/lib.rs:1:2 {code}: export-removed crate::Event"
            )]
        );
    }
    let other = message("E0432", "error", "unresolved import `other::Event`", "");
    assert_eq!(all(&other, &old, &new), ["src/lib.rs:1:2 E0432: "]);
}

#[test]
fn what_is_said_twice_is_told_once() {
    let twice = format!("{MESSAGES}{MESSAGES}");
    assert_eq!(all(&twice, OLD, NEW), all(MESSAGES, OLD, NEW));
}

#[test]
fn of_warnings_only_those_of_something_newly_deprecated_are_told() {
    let new = OLD.replace("id=listPets", "deprecated=yes id=listPets");
    let path = "pet_store_client::operations::pets::list_pets::<impl pet_store_client::operations::pets::Pets>::list_pets";
    let said = [
        message(
            "deprecated",
            "warning",
            &format!("use of deprecated method `{path}`: the document"),
            "",
        ),
        message(
            "deprecated",
            "warning",
            &format!(
                "use of deprecated method `{}`",
                path.replace("list_pets", "add_pet")
            ),
            "",
        ),
        message(
            "unused_variables",
            "warning",
            "unused variable: `list_pets`",
            "",
        ),
    ];
    assert_eq!(
        all(&said.join("\n"), OLD, &new),
        ["src/lib.rs:1:2 deprecated: operation-deprecated pets().list_pets"]
    );
    // It was deprecated before.
    assert!(all(&said.join("\n"), &new, &new).is_empty());
}

#[test]
fn types_alone_make_a_change_probable_where_the_line_reads_its_member() {
    let text = "mismatched types: expected `Option<i64>`, found `Option<std::string::String>`";
    let [reads, other] = [
        "    let weight: Option<i64> = pet.weight;",
        "    let weight: Option<i64> = pet.weight_of();",
    ]
    .map(|line| all(&message("E0308", "error", text, line), OLD, NEW));
    assert_eq!(
        reads,
        ["src/lib.rs:1:2 E0308?: field-type-changed types::Pet.weight"]
    );
    assert_eq!(other, ["src/lib.rs:1:2 E0308: "]);
}

#[test]
fn a_common_name_alone_explains_nothing() {
    for text in [
        "no field `paused` on type `Mine`",
        "no field `paused` on type `Vec<Pet>`",
        "cannot find value `Pet` in this scope",
    ] {
        assert_eq!(
            all(&message("E0609", "error", text, "pet.paused"), OLD, NEW),
            ["src/lib.rs:1:2 E0609: "],
            "{text}"
        );
    }
}

#[test]
fn what_cargo_says_besides_is_passed_over() {
    for line in [
        "",
        "{}",
        "no json",
        r#"{"reason":"build-finished","success":false}"#,
        r#"{"reason":"compiler-message"}"#,
    ] {
        assert!(FromCargo::read(line).is_none(), "{line}");
    }
    // What has no place counts the others.
    let count = message("", "error", "aborting due to 3 previous errors", "")
        .replace(r#""src/lib.rs""#, r#""""#);
    let none = count.replace(
        count
            .get(count.find("\"spans\":").unwrap()..count.find("}]").unwrap() + 2)
            .unwrap(),
        "\"spans\":[]",
    );
    assert!(all(&none, OLD, NEW).is_empty());
}

/// What Cargo says rather than the compiler, what has no place in code, and what no code that compiles can tell of.
const SUBJECTLESS: [&str; 4] = [
    "crate-renamed",
    "feature-removed",
    "feature-renamed",
    "unclassified",
];

#[test]
fn every_major_rule_has_something_that_the_compiler_would_name() {
    let (old, new) = (Outline::read(OLD).unwrap(), Outline::read(NEW).unwrap());
    let names = Names::of(&old, &new);
    let subject = |rule: &'static Rule, owner: &str, item: &str| {
        let change = Change {
            rule,
            item: item.to_owned(),
            owner: owner.to_owned(),
            also: Vec::new(),
            groups: Vec::new(),
            before: "`Old`".to_owned(),
            after: "New".to_owned(),
            rust: rule.rust,
            wire: Wire::Compatible,
            flow: Flow::Both,
            cause: Cause::default(),
            old_at: String::new(),
            new_at: String::new(),
        };
        format!("{:?}", names.subjects(&change))
    };
    let places = [
        ("types::Pet", "types::Pet.name"),
        ("pets().get_pet", "pets().get_pet().name"),
        ("pets", "pets"),
    ];
    let nothing = places.map(|(owner, item)| subject(&rules::DERIVE_ADDED, owner, item));
    let major = rules::rules().filter(|rule| rule.rust == Rust::Major);
    let without =
        major.filter(|rule| places.map(|(owner, item)| subject(rule, owner, item)) == nothing);
    let mut without: Vec<&str> = without.map(|rule| rule.code).collect();
    without.sort_unstable();
    assert_eq!(without, SUBJECTLESS);
}

/// The program names the alias, and the compiler what it stands for.
#[test]
fn an_alias_of_another_type_explains_the_lines_that_name_it() {
    let with = |ty: &str| {
        let alias = format!("types::Price alias type={ty}\ntypes::Visit struct");
        OLD.replacen("types::Visit struct", &alias, 1)
    };
    let text = "mismatched types: expected `f64`, found `i64`";
    let [named, other] = ["let price: Price = 12;", "let prices: Prices = 12;"].map(|line| {
        let message = message("E0308", "error", text, line);
        all(&message, &with("i64"), &with("f64"))
    });
    assert_eq!(named, ["src/lib.rs:1:2 E0308?: alias-changed types::Price"]);
    assert_eq!(other, ["src/lib.rs:1:2 E0308: "]);
}

#[test]
fn another_form_and_a_waiter_of_another_type_explain_the_lines_that_call_them() {
    let with = |way: &str, waiter: &str| {
        let place = "operations::pets::list_pets";
        let lines = format!(
            "{place}>send_csv way type={way} media_type=text/csv\n{place}~until_fed waiter type={waiter} done=FED\n"
        );
        let at = "operations::vets group";
        OLD.replacen(at, &format!("{lines}{at}"), 1)
    };
    let (old, new) = (with("Download", "Pet"), with("String", "Visit"));
    for (found, line, change) in [
        (
            "expected `Download`, found `std::string::String`",
            "let csv: Download = client.pets().list_pets().send_csv().await?;",
            "way-changed pets().list_pets().send_csv",
        ),
        (
            "expected `Pet`, found `Visit`",
            "let fed: Pet = client.pets().until_fed().await?;",
            "waiter-changed pets().until_fed",
        ),
    ] {
        let text = format!("mismatched types: {found}");
        let told = all(&message("E0308", "error", &text, line), &old, &new);
        assert_eq!(told, [format!("src/lib.rs:1:2 E0308?: {change}")]);
    }
}

/// The first security scheme that credentials are made for under its name changes the type of all credentials.
#[test]
fn credentials_of_another_type_explain_what_names_them() {
    let crate_line = "crate crate package=pets library=pets version=0.1.0 generator=0.1.0 config=1";
    let surface = |lines: &str| {
        let head = Outline::default().write();
        format!("{head}{crate_line}\n{lines}")
    };
    let old = surface("");
    let new = surface("service::credentials service is=own\n");
    let text = "no function or associated item named `digest` found for struct `Credentials`";
    let line = "let credentials = Credentials::digest(\"a\", \"b\");";
    let message = message("E0599", "error", text, line);
    assert_eq!(
        all(&message, &old, &new),
        ["src/lib.rs:1:2 E0599: credentials-type-changed Credentials"]
    );
}
