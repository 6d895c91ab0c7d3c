//! Facts that are kept as JSON, as people write them.

use serde_json::Value;

/// A fact in words that is written as JSON where one word can't say it; a word stays as it is. A fact that is a text of its own, a
/// value of an enum such as `[]`, is nothing for this.
pub(super) fn plain(fact: &str) -> String {
    match read(fact) {
        Some(value) => words(&value),
        None => fact.to_owned(),
    }
}

/// Security requirements in words: lists of which one has to be there as a whole.
pub(super) fn requirements(fact: &str) -> String {
    let Some(Value::Array(lists)) = read(fact) else {
        return fact.to_owned();
    };
    let all = lists.iter().map(|list| {
        let parts = list.as_array().into_iter().flatten().map(words);
        match joined(parts, " with ") {
            nothing if nothing.is_empty() => "no credentials".to_owned(),
            parts => parts,
        }
    });
    joined(all, " or ")
}

/// The list or object that a fact is.
fn read(fact: &str) -> Option<Value> {
    let is_json = fact.starts_with(['[', '{']);
    is_json.then(|| serde_json::from_str(fact).ok()).flatten()
}

fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            let between = match list.iter().any(Value::is_array) {
                true => "; ",
                false => ", ",
            };
            let parts = list.iter().map(words);
            joined(parts.filter(|text| !text.is_empty()), between)
        }
        Value::Object(members) => {
            // What it is called comes first.
            let name = members.get("name").and_then(Value::as_str);
            let kind = members.get("kind").map(|kind| match kind {
                Value::String(variant) => lower(variant),
                kind => one(kind),
            });
            let others = members.iter();
            let others = others.filter(|(name, _)| !matches!(name.as_str(), "name" | "kind"));
            let others = others.map(|(name, value)| (name, one(value)));
            let others = others.filter(|(_, text)| !text.is_empty());
            let others = others.map(|(name, text)| member(name, &text));
            let text = joined(kind.into_iter().chain(others), ", ");
            match name {
                Some(name) if text.is_empty() => name.to_owned(),
                Some(name) => format!("{name} ({text})"),
                None => text,
            }
        }
        other => other.to_string(),
    }
}

/// A value as part of a sentence: a variant with what it holds, `header X-Key`.
fn one(value: &Value) -> String {
    match value {
        Value::Object(members) if members.len() == 1 => {
            let words = members.iter().map(|(name, value)| match value {
                Value::Object(_) => format!("{} ({})", lower(name), words(value)),
                value => format!("{} {}", lower(name), words(value)),
            });
            joined(words, "")
        }
        other => words(other),
    }
}

/// A member of an object in words. How a member of a form is written has a name in the generator's own words.
fn member(name: &str, text: &str) -> String {
    match name {
        "Style" => format!("style {}", spaced(text)),
        "Reserved" => format!("style {}, reserved characters as they are", spaced(text)),
        name => format!("{} {text}", spaced(name)),
    }
}

/// A name of several words in capitals as words: `DeepObject` is `deep object`.
fn spaced(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 2);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

/// The name of a variant as a word: what a document wrote is none, and stays as it is.
fn lower(variant: &str) -> String {
    if variant.chars().all(|letter| letter.is_ascii_alphabetic()) {
        variant.to_ascii_lowercase()
    } else {
        variant.to_owned()
    }
}

fn joined(parts: impl Iterator<Item = String>, between: &str) -> String {
    parts.collect::<Vec<_>>().join(between)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop at once")]
mod tests {
    use super::{plain, requirements};
    use crate::diff::{Outline, compare};

    /// What a change of one line of a surface is told as: how it was, and how it is.
    fn told(old: &str, new: &str) -> (String, String) {
        let outline = |lines: &str| {
            let head = Outline::default().write();
            Outline::read(&format!("{head}{lines}\n")).unwrap()
        };
        let mut changes = compare(&outline(old), &outline(new)).changes;
        assert_eq!(changes.len(), 1, "{changes:?}");
        let change = changes.remove(0);
        (change.before, change.after)
    }

    fn service(name: &str, [old, new]: [&str; 2]) -> (String, String) {
        let line = |is: &str| {
            let is = serde_json::Value::from(is);
            format!("service::{name} service is={is}")
        };
        told(&line(old), &line(new))
    }

    #[test]
    fn only_requirements_are_told_as_alternatives() {
        let services = r#"[["cloud",""],["gov","https://gov.example.com"]]"#;
        let (before, after) = service("profiles::services", [r#"[["cloud",""]]"#, services]);
        assert_eq!(
            (before.as_str(), after.as_str()),
            ("cloud", "cloud; gov, https://gov.example.com")
        );
        let (before, after) = service("security", [r#"[["key"]]"#, r#"[["a","b"],[]]"#]);
        assert_eq!(
            (before.as_str(), after.as_str()),
            ("key", "a with b or no credentials")
        );
    }

    #[test]
    fn what_a_document_wrote_stays_as_it_is() {
        let line = |parameter: &str| {
            let paging = serde_json::json!({ "next": { "Cursor": { "at": "/Next", "parameter": parameter } } });
            let paging = serde_json::Value::from(paging.to_string());
            format!(
                "operations::pets::list operation id=list method=Get template=/pets paging={paging}"
            )
        };
        let (before, after) = told(&line("marker"), &line("NextToken"));
        assert_eq!(before, "next cursor (at /Next, parameter marker)");
        assert_eq!(after, "next cursor (at /Next, parameter NextToken)");
        let servers = |default: &str| {
            format!(r#"[{{"name":"region","default":"{default}","values":["Europe"]}}]"#)
        };
        let servers = [servers("Europe"), servers("Asia")];
        let (before, after) = service("servers::root::variables", [&servers[0], &servers[1]]);
        assert_eq!(
            (before.as_str(), after.as_str()),
            (
                "region (default Europe, values Europe)",
                "region (default Asia, values Europe)"
            )
        );
    }

    #[test]
    fn a_text_that_only_looks_like_json_is_no_json() {
        let size = "types::Size enum flow=both at=#/Size";
        for wire in ["[]", "[1,2]", r#"{"a":1}"#] {
            let quoted = serde_json::Value::from(wire);
            let value = format!("{size}\ntypes::Size::V value wire={quoted}");
            assert_eq!(told(&value, size).0, wire);
        }
        let (before, _) = service("client_id_prefix", ["[1,2]", "x"]);
        assert_eq!(before, "[1,2]");
        let operation =
            |server: &str| format!("operations::pets::list operation id=list server={server}");
        assert_eq!(told(&operation("[1,2]"), &operation("x")).0, "server [1,2]");
    }

    #[test]
    fn a_list_that_nobody_thought_of_is_said_in_words() {
        let (before, after) = service("new_list", [r#"["a b"]"#, r#"["a b","c"]"#]);
        assert_eq!((before.as_str(), after.as_str()), ("a b", "a b, c"));
        let operation = |list: &str| {
            let list = serde_json::Value::from(list);
            format!("operations::pets::list operation id=list new_list={list}")
        };
        let (before, after) = told(&operation(r#"["a b"]"#), &operation(r#"["a b","c"]"#));
        assert_eq!(
            (before.as_str(), after.as_str()),
            ("new_list a b", "new_list a b, c")
        );
    }

    #[test]
    fn json_is_said_in_words() {
        for (json, expected) in [
            (
                r#"[{"kind":{"Header":"X-Key"},"name":"key","variables":["KEY"]},{"kind":"Bearer","name":"token"}]"#,
                "key (header X-Key, variables KEY), token (bearer)",
            ),
            (
                r#"{"next":{"Cursor":{"at":"/next","parameter":"cursor"}}}"#,
                "next cursor (at /next, parameter cursor)",
            ),
            ("[no json", "[no json"),
            ("Vec<String>", "Vec<String>"),
        ] {
            assert_eq!(plain(json), expected);
        }
        let json = r#"[["token"],["a","b"],[]]"#;
        assert_eq!(requirements(json), "token or a with b or no credentials");
        assert_eq!(requirements("none"), "none");
    }
}
