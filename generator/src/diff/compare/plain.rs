//! Facts that are kept as JSON, as people write them.

use serde_json::Value;

/// A text in words, if it is a list or an object in JSON; any other text as it is.
pub(super) fn plain(text: String) -> String {
    if !text.starts_with(['[', '{']) {
        return text;
    }
    match serde_json::from_str(&text) {
        Ok(value) => words(&value),
        Err(_) => text,
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) if !list.is_empty() && list.iter().all(Value::is_array) => {
            alternatives(list)
        }
        Value::Array(list) => joined(list.iter().map(words), ", "),
        Value::Object(members) => {
            // What it is called comes first.
            let name = members.get("name").and_then(Value::as_str);
            let kind = members.get("kind").map(one);
            let others = members.iter();
            let others = others.filter(|(name, _)| !matches!(name.as_str(), "name" | "kind"));
            let others = others.map(|(name, value)| (name, one(value)));
            let others = others.filter(|(_, text)| !text.is_empty());
            let others = others.map(|(name, text)| format!("{name} {text}"));
            let text = joined(kind.into_iter().chain(others), ", ");
            match name {
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
        Value::String(word) => lower(word),
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

/// Lists of which one has to be there as a whole: security requirements.
fn alternatives(lists: &[Value]) -> String {
    let all = lists.iter().map(|list| {
        let parts = list.as_array().into_iter().flatten().map(words);
        match joined(parts, " with ") {
            nothing if nothing.is_empty() => "no credentials".to_owned(),
            parts => parts,
        }
    });
    joined(all, " or ")
}

/// The name of a variant as a word; what a document wrote stays as it is.
fn lower(word: &str) -> String {
    let is_variant = word.starts_with(|first: char| first.is_ascii_uppercase())
        && word
            .chars()
            .skip(1)
            .any(|letter| letter.is_ascii_lowercase())
        && word.chars().all(|letter| letter.is_ascii_alphabetic());
    if is_variant {
        word.to_ascii_lowercase()
    } else {
        word.to_owned()
    }
}

fn joined(parts: impl Iterator<Item = String>, between: &str) -> String {
    parts.collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn json_is_said_in_words() {
        for (json, expected) in [
            (
                r#"[["token"],["a","b"],[]]"#,
                "token or a with b or no credentials",
            ),
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
            assert_eq!(plain(json.to_owned()), expected);
        }
    }
}
