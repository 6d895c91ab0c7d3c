//! `tagged_union!`: finding the tag, what is unknown, paths.

use serde_json::json;

use super::{fault, path_of_fault, read, write};
use crate::codec::{Value, decode};
use crate::{object, tagged_union};

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Leaf(Leaf),
    Branch(Box<Branch>),
    Inner(Inner),
    Free(std::collections::BTreeMap<String, Value>),
    Unknown(Value),
}
tagged_union! {
    Node by "kind" {
        Leaf: "leaf" | "LEAF",
        Branch: "branch",
        Inner: "inner",
        Free: "free",
    }
}

/// A union that is a variant of another one, told apart by a tag of its own.
#[derive(Clone, Debug, PartialEq)]
enum Inner {
    One(Leaf),
    Outer(Box<Node>),
    Unknown(Value),
}
tagged_union! { Inner by "version" { One: "1", Outer: "true" } }

object! { struct Leaf { required kind: String = "kind", required size: i64 = "size" } }

object! {
    struct Branch {
        required kind: String = "kind",
        required children: Vec<Node> = "children",
    }
}

#[test]
fn the_tag_may_stand_anywhere() {
    for json in [
        r#"{"kind":"leaf","size":1}"#,
        r#"{"size":1,"kind":"leaf"}"#,
        r#"{"a":[{"kind":"branch"}],"size":1,"k\u0069nd":"l\u0065af","b":{}}"#,
    ] {
        assert_eq!(read::<Node>(json), Node::Leaf(Leaf { kind: "leaf".to_owned(), size: 1 }), "{json}");
    }
    assert!(matches!(read::<Node>(r#"{"size":1,"kind":"LEAF"}"#), Node::Leaf(_)));
}

#[test]
fn of_a_tag_that_stands_twice_the_first_counts() {
    for json in [r#"{"kind":"leaf","size":1,"kind":"branch"}"#, r#"{"size":1,"kind":"leaf","kind":{},"kind":"twig"}"#] {
        assert_eq!(read::<Node>(json), Node::Leaf(Leaf { kind: "leaf".to_owned(), size: 1 }), "{json}");
    }
    let unknown = Node::Unknown(json!({"kind": "twig", "size": 1}));
    assert_eq!(read::<Node>(r#"{"kind":"twig","size":1,"kind":"leaf"}"#), unknown);
    let inner = r#"{"size":1,"kind":"inner","kind":"leaf","version":1,"kind":"leaf","version":2}"#;
    let leaf = Leaf { kind: "inner".to_owned(), size: 1 };
    assert_eq!(read::<Node>(inner), Node::Inner(Inner::One(leaf)));
}

#[test]
fn an_unknown_missing_or_null_tag_keeps_the_whole_value_also_in_a_list() {
    let json = json!([
        {"kind": "twig", "a": 1}, {"b": [1.5, {}]}, {"kind": null}, {"kind": {}}, {},
        {"size": 2, "kind": "leaf"}, "text", null, true, 5, -5, 0.5, [1]
    ]);
    let nodes: Vec<Node> = read(&json.to_string());
    for (node, item) in nodes.iter().zip(json.as_array().unwrap()) {
        match node {
            Node::Leaf(leaf) => assert_eq!(leaf.size, 2),
            other => assert_eq!(*other, Node::Unknown(item.clone())),
        }
    }
    assert_eq!(serde_json::to_value(&nodes).unwrap(), json);
}

#[test]
fn a_known_tag_with_a_bad_body_is_an_error_with_its_path() {
    for json in [
        r#"{"kind":"branch","children":[{"kind":"leaf","size":1},{"kind":"leaf","size":"x"}]}"#,
        r#"{"children":[{"size":1,"kind":"leaf"},{"size":"x","kind":"leaf"}],"kind":"branch"}"#,
    ] {
        let (path, message) = fault::<Node>(json);
        assert_eq!(path, "children[1].size");
        assert!(message.starts_with("invalid type: string, expected an integer"), "{message}");
        assert!(!message.contains("line"), "{message}");
    }
    assert_eq!(path_of_fault::<Vec<Node>>(r#"[{"kind":"leaf"}]"#), "[0].size");
}

#[test]
fn the_position_of_an_error_is_one_of_the_whole_input() {
    let json = "[\n{\"size\":\"x\",\n\"kind\":\"leaf\"}]";
    let error = decode::<Vec<Node>>(json.as_bytes()).unwrap_err();
    assert_eq!(error.path(), "[0].size");
    assert_eq!(error.line(), 3);
}

#[test]
fn unions_nest_directly_and_see_all_entries() {
    let json = r#"{"size":1,"kind":"inner","version":1}"#;
    let leaf = Leaf { kind: "inner".to_owned(), size: 1 };
    assert_eq!(read::<Node>(json), Node::Inner(Inner::One(leaf)));
    let json = r#"{"version":"1","x":0,"kind":"inner"}"#;
    assert_eq!(path_of_fault::<Node>(json), "size");
    let json = r#"{"kind":"inner","a":1,"version":2}"#;
    let all = json!({"kind": "inner", "a": 1, "version": 2});
    assert_eq!(read::<Node>(json), Node::Inner(Inner::Unknown(all)));
}

#[test]
fn a_variant_may_be_a_map() {
    let json = r#"{"a":1,"kind":"free","b":[null]}"#;
    assert_eq!(write(&read::<Node>(json)), r#"{"a":1,"b":[null],"kind":"free"}"#);
}

#[test]
fn it_works_from_a_value_tree_and_a_reader() {
    let tree = json!({"children": [{"size": 1, "kind": "leaf"}, {"kind": "new"}], "kind": "branch"});
    let node: Node = serde_json::from_value(tree.clone()).unwrap();
    assert!(matches!(&node, Node::Branch(branch) if branch.children.len() == 2));
    assert_eq!(serde_json::to_value(&node).unwrap(), tree);
    let again: Node = serde_json::from_reader(tree.to_string().as_bytes()).unwrap();
    assert_eq!(again, node);
}
