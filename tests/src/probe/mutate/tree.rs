//! Where in a document is what, and how it is reached.

use serde_yaml::{Mapping, Value};

use crate::oracle::random::Random;

/// A step down: a member of a mapping, or an element of a list.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    Member(Value),
    Element(usize),
}

/// The way to a place.
pub(super) type Path = Vec<Step>;

/// Where in a document is what.
#[derive(Default)]
pub(super) struct Places {
    /// Schemas that say something of their own.
    pub(super) schemas: Vec<Path>,
    /// Those with properties.
    pub(super) objects: Vec<Path>,
    /// Those with a list of values.
    pub(super) enums: Vec<Path>,
    /// Those with variants.
    pub(super) unions: Vec<Path>,
    /// Operations.
    pub(super) operations: Vec<Path>,
    /// Parameters.
    pub(super) parameters: Vec<Path>,
}

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "patch", "head", "options"];

impl Places {
    pub(super) fn of(document: &Value) -> Self {
        let mut places = Self::default();
        places.look(document, &mut Vec::new());
        places
    }

    fn look(&mut self, value: &Value, path: &mut Path) {
        match value {
            Value::Mapping(members) => {
                self.note(members, path);
                for (name, inner) in members {
                    let word = name.as_str().unwrap_or_default();
                    if matches!(
                        word,
                        "example" | "examples" | "default" | "const" | "mapping"
                    ) || word.starts_with("x-")
                    {
                        continue;
                    }
                    path.push(Step::Member(name.clone()));
                    self.look(inner, path);
                    path.pop();
                }
            }
            Value::Sequence(elements) => {
                for (index, inner) in elements.iter().enumerate() {
                    path.push(Step::Element(index));
                    self.look(inner, path);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    fn note(&mut self, members: &Mapping, path: &Path) {
        let word = |step: Option<&Step>| match step {
            Some(Step::Member(name)) => name.as_str().unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        let parent = |up: usize| word(path.len().checked_sub(up).and_then(|at| path.get(at)));
        let is_scheme = word(path.get(1)) == "securitySchemes";
        let has = |name: &str| members.contains_key(name);
        if METHODS.contains(&parent(1).as_str()) && word(path.first()) == "paths" && path.len() == 3
        {
            self.operations.push(path.clone());
        }
        if has("in") && has("name") && !is_scheme {
            self.parameters.push(path.clone());
            return;
        }
        // Properties are no schema, whatever they are called.
        if is_scheme || matches!(parent(1).as_str(), "properties" | "schemas" | "$defs") {
            return;
        }
        let is_object = members.get("properties").is_some_and(Value::is_mapping);
        let has_list = |name: &str| members.get(name).is_some_and(Value::is_sequence);
        let is_union = has_list("oneOf") || has_list("anyOf");
        if is_object {
            self.objects.push(path.clone());
        }
        if has_list("enum") {
            self.enums.push(path.clone());
        }
        if is_union {
            self.unions.push(path.clone());
        }
        if is_object || is_union || members.get("type").is_some_and(Value::is_string) {
            self.schemas.push(path.clone());
        }
    }
}

/// What stands at a place.
pub(super) fn at<'v>(document: &'v mut Value, path: &[Step]) -> Option<&'v mut Value> {
    let mut value = document;
    for step in path {
        value = match step {
            Step::Member(name) => value.as_mapping_mut()?.get_mut(name)?,
            Step::Element(index) => value.as_sequence_mut()?.get_mut(*index)?,
        };
    }
    Some(value)
}

/// The mapping at one of several places.
pub(super) fn one<'v>(
    document: &'v mut Value,
    places: &[Path],
    random: &mut Random,
) -> Option<(String, &'v mut Mapping)> {
    if places.is_empty() {
        return None;
    }
    let path = random.pick(places);
    let name = path
        .iter()
        .map(|step| match step {
            Step::Member(name) => name
                .as_str()
                .map_or_else(|| format!("{name:?}"), str::to_owned),
            Step::Element(index) => index.to_string(),
        })
        .collect::<Vec<_>>()
        .join("/");
    let found = at(document, path)?.as_mapping_mut()?;
    Some((name, found))
}

/// A mapping inside another, which is made where it is not there.
pub(super) fn inner<'v>(members: &'v mut Mapping, name: &str) -> Option<&'v mut Mapping> {
    let name = Value::from(name);
    if !members.contains_key(&name) {
        members.insert(name.clone(), Value::Mapping(Mapping::new()));
    }
    members.get_mut(&name)?.as_mapping_mut()
}

/// A value out of text that is YAML.
pub(super) fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("the text is YAML")
}

/// A random member's name.
pub(super) fn any_name(members: &Mapping, random: &mut Random) -> Option<Value> {
    let names: Vec<&Value> = members.keys().collect();
    (!names.is_empty()).then(|| (*random.pick(&names)).clone())
}

/// The same members, one of them under another name.
pub(super) fn renamed(members: &Mapping, from: &Value, to: &Value) -> Mapping {
    members
        .iter()
        .map(|(name, value)| {
            (
                if name == from {
                    to.clone()
                } else {
                    name.clone()
                },
                value.clone(),
            )
        })
        .collect()
}

/// The same members in another order: the first one last.
pub(super) fn turned(members: &Mapping) -> Mapping {
    let mut all: Vec<(Value, Value)> = members
        .iter()
        .map(|(a, b)| (a.clone(), b.clone()))
        .collect();
    if !all.is_empty() {
        all.rotate_left(1);
    }
    all.into_iter().collect()
}

/// Puts `true` where it is not, and takes it away where it is.
pub(super) fn toggle(members: &mut Mapping, name: &str) {
    if members
        .remove(name)
        .is_none_or(|was| was == Value::Bool(false))
    {
        members.insert(Value::from(name), Value::Bool(true));
    }
}

/// Every text of a document that `change` has another one for.
pub(super) fn texts(value: &mut Value, change: &dyn Fn(&str) -> Option<String>) {
    match value {
        Value::String(text) => {
            if let Some(other) = change(text) {
                *text = other;
            }
        }
        Value::Sequence(elements) => elements.iter_mut().for_each(|inner| texts(inner, change)),
        Value::Mapping(members) => members
            .iter_mut()
            .for_each(|(_, inner)| texts(inner, change)),
        _ => {}
    }
}
