//! A document of several files as one: every other file stands under `x-files`, and references lead there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize as _;
use serde_json::{Map, Value};

use super::document::join;

/// Under which key the other files stand.
const FILES: &str = "x-files";

/// Reads a document and every file that it refers to, below its folder or not. References to files that cannot be read lead
/// nowhere.
///
/// # Errors
///
/// The document itself cannot be read or parsed; the message names it.
pub(super) fn bundled(path: &Path) -> Result<Value, String> {
    let mut root = read(path)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut wanted = BTreeSet::new();
    relocate(&mut root, &name, &name, &mut wanted);
    let mut files = BTreeMap::new();
    while let Some(file) = wanted.pop_first() {
        if files.contains_key(&file) {
            continue;
        }
        let mut tree = read(&folder.join(&file)).unwrap_or_default();
        relocate(&mut tree, &file, &name, &mut wanted);
        files.insert(file, tree);
    }
    if let (Value::Object(members), false) = (&mut root, files.is_empty()) {
        members.insert(FILES.to_owned(), Value::Object(files.into_iter().collect()));
    }
    Ok(root)
}

/// The pointer into the whole for a place in a file: `other.yaml#/a` becomes `#/x-files/other.yaml/a`.
#[must_use]
pub fn pointer_of(place: &str) -> String {
    match place.split_once('#') {
        Some(("", _)) | None => place.to_owned(),
        Some((file, pointer)) => format!("{}{pointer}", join(&join("#", FILES), file)),
    }
}

/// Reads a file, JSON or YAML. Keys that YAML reads as numbers are texts, as in JSON.
fn read(path: &Path) -> Result<Value, String> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    parse(&text).map_err(|error| format!("{} cannot be parsed: {error}", path.display()))
}

/// The tree of a text, JSON or YAML; of several YAML documents the first.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    let mut value = match yaml(text) {
        Err(error) if error.contains("u128") => yaml(&with_points(text)),
        parsed => parsed,
    }?;
    value.apply_merge().map_err(|error| error.to_string())?;
    plain(value)
}

fn yaml(text: &str) -> Result<serde_yaml::Value, String> {
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let first = documents.next().ok_or("there is no document")?;
    serde_yaml::Value::deserialize(first).map_err(|error| error.to_string())
}

/// The text with whole numbers that are too large for 64 bits written with a point.
fn with_points(text: &str) -> String {
    const DIGITS: usize = 20;
    let mut result = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_end();
        let digits = trimmed.bytes().rev().take_while(u8::is_ascii_digit).count();
        let before = trimmed
            .as_bytes()
            .get(trimmed.len().wrapping_sub(digits + 1));
        if digits >= DIGITS && before.is_some_and(|byte| b" -".contains(byte)) {
            result.push_str(trimmed);
            result.push_str(".0\n");
        } else {
            result.push_str(line);
        }
    }
    result
}

fn plain(value: serde_yaml::Value) -> Result<Value, String> {
    use serde_yaml::Value as Yaml;
    Ok(match value {
        Yaml::Sequence(list) => {
            Value::Array(list.into_iter().map(plain).collect::<Result<_, _>>()?)
        }
        Yaml::Mapping(members) => {
            let mut object = Map::new();
            for (key, value) in members {
                object.insert(key_text(&key)?, plain(value)?);
            }
            Value::Object(object)
        }
        Yaml::Tagged(tagged) => plain(tagged.value)?,
        scalar => serde_json::to_value(scalar).map_err(|error| error.to_string())?,
    })
}

fn key_text(key: &serde_yaml::Value) -> Result<String, String> {
    use serde_yaml::Value as Yaml;
    match key {
        Yaml::String(text) => Ok(text.clone()),
        Yaml::Number(number) => Ok(number.to_string()),
        Yaml::Bool(flag) => Ok(flag.to_string()),
        Yaml::Null => Ok("null".to_owned()),
        _ => Err("a key is a list or a mapping".to_owned()),
    }
}

/// Makes every reference of a file one into the whole, and notes the files that it leads to.
fn relocate(value: &mut Value, file: &str, root: &str, wanted: &mut BTreeSet<String>) {
    match value {
        Value::Array(list) => list
            .iter_mut()
            .for_each(|value| relocate(value, file, root, wanted)),
        Value::Object(members) => {
            for (key, value) in members {
                match (key.as_str(), value) {
                    ("$ref", Value::String(reference)) => {
                        if let Some(moved) = target(reference, file, root, wanted) {
                            *reference = moved;
                        }
                    }
                    (_, value) => relocate(value, file, root, wanted),
                }
            }
        }
        _ => {}
    }
}

fn target(
    reference: &str,
    file: &str,
    root: &str,
    wanted: &mut BTreeSet<String>,
) -> Option<String> {
    let (to, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    if to.contains("://") {
        return None;
    }
    let to = if to.is_empty() {
        file.to_owned()
    } else {
        beside(file, to)
    };
    if to == root {
        return Some(format!("#{pointer}"));
    }
    wanted.insert(to.clone());
    Some(pointer_of(&format!("{to}#{pointer}")))
}

/// A path that counts from the folder of a file, without `.` and `..` where they cancel out.
fn beside(file: &str, to: &str) -> String {
    let joined = Path::new(file).parent().unwrap_or(Path::new("")).join(to);
    let mut parts = PathBuf::new();
    for part in joined.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if parts.file_name().is_some() => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.display().to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::document::Document;
    use super::*;

    #[test]
    fn other_files_stand_under_one_key_and_references_lead_there() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(
            "root.yaml",
            "{a: {$ref: 'sub/one.yaml#/x'}, b: {type: string}}",
        );
        write(
            "sub/one.yaml",
            "{x: {$ref: '#/y'}, y: {$ref: './two.json'}}",
        );
        write("sub/two.json", r#"{"$ref": "../root.yaml#/b"}"#);
        let document = Document::load(folder.path().join("root.yaml"));
        assert_eq!(
            document.resolve(document.get("#/a")),
            &json!({"type": "string"})
        );
        assert_eq!(pointer_of("sub/one.yaml#/x"), "#/x-files/sub~1one.yaml/x");
    }

    #[test]
    fn the_first_of_several_documents_counts_and_numbers_may_be_large() {
        assert_eq!(
            parse("a: 903275809834567386763\n---\nb: 1\n").unwrap(),
            json!({"a": 903_275_809_834_567_386_763.0})
        );
    }

    #[test]
    fn keys_that_look_like_numbers_are_texts() {
        assert_eq!(
            parse("200: {true: 1}").unwrap(),
            json!({"200": {"true": 1}})
        );
    }
}
