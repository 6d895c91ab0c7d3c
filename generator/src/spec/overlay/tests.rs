use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::apply;
use crate::config::Limits;
use crate::diag::{Diagnostics, SpecPath};
use crate::spec::parse;
use crate::spec::tree::Tree;

fn tree(text: &str) -> Tree {
    let mut diagnostics = Diagnostics::new();
    let root = SpecPath::root();
    parse::parse(text, "a.json", &root, &Limits::default(), &mut diagnostics)
        .ok()
        .unwrap()
}

/// What overlays with these actions make of a document, where some parts of the result come from, and what there is to say.
fn changed(document: &Value, actions: &Value, asked: &[&str]) -> (Value, Vec<String>, Vec<String>) {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("o.json");
    let overlay = json!({"overlay": "1.0.0", "info": {}, "actions": actions});
    fs::write(&file, overlay.to_string()).unwrap();
    let mut tree = tree(&document.to_string());
    let mut diagnostics = Diagnostics::new();
    let limits = Limits {
        nodes: 1000,
        depth: 40,
        ..Limits::default()
    };
    let sources = apply(&mut tree, &[file], &limits, &mut diagnostics, |_| {});
    let source = |asked: &&str| {
        let path = crate::config::parse_pointer(asked).unwrap();
        let text = sources.of(&path).to_string();
        text.rsplit('/').count();
        match text.rsplit_once("o.json") {
            Some((_, pointer)) => format!("o{pointer}"),
            None => text,
        }
    };
    let told = diagnostics.iter().map(|d| {
        let place = d
            .path()
            .map(SpecPath::pointer)
            .unwrap_or_default()
            .to_owned();
        format!("{place}: {} | {}", d.message, d.help)
    });
    (
        tree.to_json(),
        asked.iter().map(source).collect(),
        told.collect(),
    )
}

/// The result, where nothing is complained of.
#[track_caller]
fn result(document: &Value, actions: &Value) -> Value {
    let (result, _, told) = changed(document, actions, &[]);
    assert_eq!(told, Vec::<String>::new());
    result
}

#[test]
fn an_update_is_merged_into_every_node_that_the_target_names() {
    let document =
        json!({"paths": {"/a": {"get": {"tags": ["x"], "n": 1}}, "/b": {"get": {"n": 2}}}});
    let actions = json!([
        {"target": "$.paths.*.get", "update": {"n": 3, "tags": ["y"], "x-new": {"a": [1]}}},
        {"target": "$.paths['/a'].get.tags", "update": "z"},
        {"target": "$.paths['/b'].get.n", "update": null},
    ]);
    let new = json!({"a": [1]});
    let expected = json!({"paths": {
        "/a": {"get": {"tags": ["x", "y", "z"], "n": 3, "x-new": new}},
        "/b": {"get": {"n": null, "tags": ["y"], "x-new": new}},
    }});
    assert_eq!(result(&document, &actions), expected);
}

#[test]
fn an_array_that_is_put_into_a_list_is_one_element() {
    let actions = json!([{"target": "$.a", "update": [2]}]);
    assert_eq!(result(&json!({"a": [1]}), &actions), json!({"a": [1, [2]]}));
}

#[test]
fn what_is_removed_is_gone_from_mappings_and_lists() {
    let document = json!({"a": [1, 2, 3, 4, 5], "b": {"c": 1, "d": 2}, "e": [{"e": [1]}]});
    let actions = json!([
        {"target": "$.a[?@ > 1 && @ < 5]", "remove": true, "update": {"no": "matter"}},
        {"target": "$.b.c", "remove": true},
        {"target": "$..e", "remove": true},
    ]);
    assert_eq!(
        result(&document, &actions),
        json!({"a": [1, 5], "b": {"d": 2}})
    );
}

#[test]
fn later_actions_see_what_earlier_ones_did() {
    let actions = json!([
        {"target": "$", "update": {"a": {"b": [1, 2, 3]}}},
        {"target": "$.a.b[1]", "remove": true},
        {"target": "$.a.b[1]", "update": 4},
        {"target": "$.a.b", "remove": true},
        {"target": "$.a", "update": {"b": 5}},
    ]);
    assert_eq!(result(&json!({}), &actions), json!({"a": {"b": 5}}));
}

#[test]
fn a_copy_is_merged_like_an_update() {
    let document = json!({"paths": {"/foo": {"get": {"n": 1}}, "/bar": {"post": {}}}});
    let actions = json!([{"target": "$.paths['/bar']", "copy": "$.paths['/foo']"}]);
    let expected =
        json!({"paths": {"/foo": {"get": {"n": 1}}, "/bar": {"post": {}, "get": {"n": 1}}}});
    assert_eq!(result(&document, &actions), expected);
}

#[test]
fn every_part_knows_where_it_comes_from() {
    let document = json!({"a": [0, {"k": 1}, {"k": 2}, {"k": 3}], "b": {"c": {"d": 1}}});
    let actions = json!([
        {"target": "$.a[2]", "update": {"new": {"x": 1}}},
        {"target": "$.a[?@ == 0]", "remove": true},
        {"target": "$.a", "update": {"k": 4}},
        {"target": "$.b.c", "update": {"d": 2, "e": [7]}},
        {"target": "$", "copy": "$.b"},
        {"target": "$.a[1]", "remove": true},
    ]);
    let asked = [
        "#/a/0/k",
        "#/a/1/k",
        "#/a/2/k",
        "#/b/c",
        "#/b/c/d",
        "#/b/c/e/0",
        "#/c/e/0",
        "#/c",
        "#/a",
    ];
    let (result, sources, told) = changed(&document, &actions, &asked);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(result["a"], json!([{"k": 1}, {"k": 3}, {"k": 4}]));
    assert_eq!(
        sources,
        [
            "#/a/1/k",
            "#/a/3/k",
            "o#/actions/2/update/k",
            "#/b/c",
            "o#/actions/3/update/d",
            "o#/actions/3/update/e/0",
            "o#/actions/3/update/e/0",
            "#/b/c",
            "#/a",
        ]
    );
    let (_, sources, _) = changed(
        &document,
        &json!([actions[0], actions[1]]),
        &["#/a/1/new/x", "#/a/1/k"],
    );
    assert_eq!(sources, ["o#/actions/0/update/new/x", "#/a/2/k"]);
}

#[test]
fn what_is_wrong_with_an_action_is_located() {
    let document = json!({"paths": {"/things": {"get": {"n": 1}}}});
    let actions = json!([
        {"target": "$.paths['/thing'].get", "remove": true},
        {"target": "$.path", "remove": true},
        {"target": "$.paths['/things'].gte.n", "remove": true},
        {"target": "$.elephants", "update": {}},
        {"target": "paths", "update": {}},
        {"target": "$.paths"},
        {"target": "$.paths", "updat": {}},
        {"update": {}},
        {"target": "$", "remove": true},
        {"target": "$.paths", "update": {"/things": [1]}},
        {"target": "$.paths", "copy": "$.paths.*.*.*", "update": {}},
        {"target": "$.paths", "copy": "$..*"},
        1,
    ]);
    let (result, _, told) = changed(&document, &actions, &[]);
    assert_eq!(result, document);
    assert_eq!(
        told,
        [
            "/actions/0/target: `$.paths['/thing'].get` names nothing in the document | `$.paths` has no `/thing`; did you mean `/things`?",
            "/actions/1/target: `$.path` names nothing in the document | `$` has no `path`; did you mean `paths`?",
            "/actions/2/target: `$.paths['/things'].gte.n` names nothing in the document | `$.paths['/things']` has no `gte`; did you mean `get`?",
            "/actions/3/target: `$.elephants` names nothing in the document | `$` is there; correct what follows it, or remove the action",
            "/actions/4/target: `paths` is no JSONPath: it can't be read from character 1 on | see RFC 9535 for the notation, such as `$.paths['/things'].get`",
            "/actions/5: the action does not say what to do | give it one of `update`, `remove: true` and `copy` with a JSONPath",
            "/actions/6/updat: an overlay has no `updat` here | did you mean `update`?",
            "/actions/6: the action does not say what to do | give it one of `update`, `remove: true` and `copy` with a JSONPath",
            "/actions/7: the action has no `target` | write a JSONPath, such as `$.paths['/things'].get`",
            "/actions/8/target: the whole document can't be removed | name a part of it",
            "/actions/9/update//things: this is a list, and what it should change in `#/paths/~1things` is a mapping | remove the part first, by an action with `remove: true`",
            "/actions/10: the action does not say what to do | give it one of `update`, `remove: true` and `copy` with a JSONPath",
            "/actions/11/copy: `$..*` names 4 places, and one can be copied | name one place",
            "/actions/12: the action is a number, not a mapping | give it a `target`, and `update`, `remove` or `copy`",
        ]
        .map(|line| line.replace("update//things", "update/~1things"))
    );
}

#[test]
fn no_overlay_grows_a_document_over_its_limits() {
    let double = json!({"target": "$.a", "copy": "$"});
    let actions = Value::Array(vec![double; 64]);
    let (_, _, told) = changed(&json!({"a": {"b": 1}}), &actions, &[]);
    assert!(
        told[0].contains("and 40 are allowed") || told[0].contains("and 1000 are allowed"),
        "{told:?}"
    );

    let mut deep = json!(1);
    for _ in 0..30 {
        deep = json!({ "a": deep });
    }
    let target = format!("$.{}", ["a"; 29].join("."));
    let (_, _, told) = changed(
        &deep,
        &json!([{"target": target, "update": {"b": deep}}]),
        &[],
    );
    assert!(told[0].contains("levels, and 40 are allowed"), "{told:?}");
}

#[test]
fn hostile_queries_are_refused() {
    for target in [
        format!("$[?{}1", "(".repeat(5_000)),
        format!("${}", "[0]".repeat(5_000)),
    ] {
        let (_, _, told) = changed(
            &json!({}),
            &json!([{"target": target, "remove": true}]),
            &[],
        );
        assert!(told[0].contains("is no JSONPath"), "{told:?}");
    }
}

#[test]
fn what_is_no_overlay_is_refused() {
    let dir = TempDir::new().unwrap();
    let says = |text: &str| {
        let file = dir.path().join("o.yaml");
        fs::write(&file, text).unwrap();
        let mut diagnostics = Diagnostics::new();
        let mut tree = tree("{}");
        apply(
            &mut tree,
            &[file],
            &Limits::default(),
            &mut diagnostics,
            |_| {},
        );
        diagnostics
            .iter()
            .map(|d| d.message.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(says("openapi: 3.0.0"), ["this is no overlay of version 1"]);
    assert_eq!(says("overlay: 2.0.0"), ["this is no overlay of version 1"]);
    assert_eq!(
        says("overlay: 1.1.0\nactions: []"),
        ["the overlay has no list of `actions`"]
    );
    assert_eq!(
        says("overlay: 1.0.0\naction: []\nactions: [{target: $, update: {a: 1}, x-why: because}]"),
        ["an overlay has no `action` here"]
    );
    assert!(says("overlay: [")[0].starts_with("the file is not YAML"));
    let mut diagnostics = Diagnostics::new();
    apply(
        &mut tree("{}"),
        &[PathBuf::from("nothing.yaml")],
        &Limits::default(),
        &mut diagnostics,
        |_| {},
    );
    assert!(diagnostics.has_errors());
}
