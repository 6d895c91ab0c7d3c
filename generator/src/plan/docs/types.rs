//! The documentation of types and what stands in them.

use super::text::first_sentence;
use super::{Docs, TYPES, code, link_to, one_line};
use crate::ir::{Access, Field, Origin, Select, Shape, Type};
use crate::names::Ident;
use crate::surface::{DocLines, Gate};

/// The longest pattern that documentation shows: longer ones explain nothing to a reader.
const PATTERN: usize = 60;

/// What there is to say of a type.
pub(in crate::plan) struct About<'a> {
    pub(in crate::plan) ty: &'a Type,
    /// Its name.
    pub(in crate::plan) ident: &'a Ident,
    /// The type that it stands in.
    pub(in crate::plan) parent: Option<Parent<'a>>,
    /// What it needs.
    pub(in crate::plan) gate: &'a Gate,
}

/// A type that another one stands in.
#[derive(Clone, Copy)]
pub(in crate::plan) struct Parent<'a> {
    /// Its name.
    pub(in crate::plan) ident: &'a Ident,
    /// Whether it is in the same file.
    pub(in crate::plan) is_near: bool,
    /// Whether a member of it has the type's description already.
    pub(in crate::plan) says_the_same: bool,
}

impl Parent<'_> {
    /// A link. In its own file a type's name is enough.
    fn link(self) -> String {
        if self.is_near {
            format!("[`{}`]", self.ident.plain())
        } else {
            link_to(self.ident, TYPES)
        }
    }
}

/// A type's documentation.
pub(in crate::plan) fn type_docs(about: &About<'_>) -> DocLines {
    let text = description(&about.ty.docs.title, &about.ty.docs.description);
    let near = about.parent.filter(|parent| parent.is_near);
    if let Some(parent) = near.filter(|parent| parent.says_the_same) {
        // The member has the rest, and the type around it what both need.
        let docs = Docs::default().markdown(first_sentence(text));
        let more = format!("See {}.", parent.link());
        return facts(docs, about.ty).fact(&more).finish();
    }
    let docs = Docs::default().markdown(text);
    if docs.is_empty() && near.is_some() {
        return facts(docs.fact(&place(about)), about.ty).finish();
    }
    let docs = match docs.is_empty() {
        true => docs.fact(&place(about)),
        false => docs,
    };
    facts(docs, about.ty)
        .link(about.ty.docs.link.as_deref())
        .fact(&needed(about.gate))
        .finish()
}

/// The documentation of a twin for requests, which stands behind its like.
pub(in crate::plan) fn twin_docs(about: &About<'_>) -> DocLines {
    let source = about.ident.plain();
    let text = description(&about.ty.docs.title, &about.ty.docs.description);
    let mut docs = Docs::default().markdown(first_sentence(text));
    if docs.is_empty() {
        docs = docs.fact(&place(about));
    }
    facts(docs, about.ty)
        .fact(&format!(
            "This is [`{source}`] as requests send it: without what only the service sets."
        ))
        .finish()
}

/// Adds what holds for every use of a type.
fn facts(mut docs: Docs, ty: &Type) -> Docs {
    if let Shape::Union(union) = &ty.shape {
        docs = match &union.select {
            Select::Tag { property, .. } if union.shares_tags() => docs.fact(&format!(
                "The variants are told apart by {}; of those that have its value in common, the first that has a place for every member.",
                code(property)
            )),
            Select::Tag { property, .. } => docs.fact(&format!(
                "The variants are told apart by {}.",
                code(property)
            )),
            Select::Shape => docs.fact("The variants are told apart by what the value looks like."),
        };
    }
    if ty.deprecated {
        docs = docs.fact("Deprecated.");
    }
    docs
}

/// The description; the title where there is none.
fn description<'a>(title: &'a str, description: &'a str) -> &'a str {
    if description.trim().is_empty() {
        title
    } else {
        description
    }
}

/// What can be said of a type that the document says nothing of: where it comes from, if its name does not say it.
fn place(about: &About<'_>) -> String {
    match (&about.ty.origin, about.parent) {
        (Origin::Component(key), _) => match one_line(key) {
            key if key == about.ident.plain() => String::new(),
            key => in_document(&code(&key)),
        },
        (Origin::Member { role, .. }, Some(parent)) if !role.trim().is_empty() => {
            let (role, of) = match role.strip_suffix(" item") {
                Some(role) => (role, "An element of"),
                None => (role.as_str(), "The value of"),
            };
            let place = parent.link();
            match code(role) {
                role if role.is_empty() => format!("{of} {place}."),
                role => format!("{of} {role} in {place}."),
            }
        }
        (Origin::Member { .. }, _) => String::new(),
        (Origin::Part { operation, role }, _) => match role.as_str() {
            "request" => format!("The request body of {}.", code(operation)),
            "response" => format!("The response body of {}.", code(operation)),
            "" => in_document(&code(operation)),
            role => format!("The {} of {}.", code(role), code(operation)),
        },
    }
}

fn in_document(name: &str) -> String {
    if name.is_empty() {
        String::new()
    } else {
        format!("The API document calls it {name}.")
    }
}

/// What has to be turned on for an item to be there; a long list of features is not spelled out.
fn needed(gate: &Gate) -> String {
    let features: Vec<String> = gate.0.iter().map(|feature| code(&feature.0)).collect();
    match features.as_slice() {
        [] => String::new(),
        [one] => format!("Needs the feature {one}."),
        [first, second] => format!("Needs the feature {first} or {second}."),
        [first, second, third] => format!("Needs the feature {first}, {second} or {third}."),
        _ => "Needs the feature of an operation that uses it.".to_owned(),
    }
}

/// A field's documentation. `is_request` and `is_response` say where its struct travels.
pub(in crate::plan) fn field_docs(field: &Field, is_request: bool, is_response: bool) -> DocLines {
    let text = description(&field.docs.title, &field.docs.description);
    let mut facts: Vec<String> = Vec::new();
    if let Some(default) = field.default.as_ref().and_then(short_value) {
        facts.push(format!("Default: {default}."));
    }
    if let Some(pattern) = &field.pattern
        && let Some(pattern) = shown(pattern, text)
    {
        facts.push(format!("Pattern: {pattern}."));
    }
    match field.access {
        Access::ReadOnly if is_request => facts.push("Only the service sets it.".to_owned()),
        Access::WriteOnly if is_response => facts.push("Responses leave it out.".to_owned()),
        _ => {}
    }
    if field.deprecated {
        facts.push("Deprecated.".to_owned());
    }
    Docs::inner()
        .markdown(text)
        .fact(&facts.join(" "))
        .link(field.docs.link.as_deref())
        .finish()
}

/// A pattern as code, if it is short and says more than the text beside it.
fn shown(pattern: &str, text: &str) -> Option<String> {
    if pattern.chars().count() > PATTERN || says_digits(pattern, text) {
        return None;
    }
    Some(code(pattern)).filter(|code| !code.is_empty())
}

/// Whether a pattern asks for a number of hexadecimal digits, and the text does so too: "Unique 24-hexadecimal digit string".
fn says_digits(pattern: &str, text: &str) -> bool {
    let bare = pattern.trim_start_matches(['^', '(']);
    let bare = bare.trim_end_matches(['$', ')']);
    let Some((class, count)) = bare
        .strip_prefix('[')
        .and_then(|bare| bare.strip_suffix('}'))
        .and_then(|bare| bare.split_once("]{"))
    else {
        return false;
    };
    let class = class.replace("\\d", "0-9");
    let mut ranges: Vec<&str> = ["a-f", "A-F", "0-9"].into();
    ranges.retain(|range| class.contains(range));
    let is_hexadecimal = ranges.len() > 1 && class.len() == 3 * ranges.len();
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    is_hexadecimal
        && words.any(|word| word == count)
        && text.to_ascii_lowercase().contains("hexadecimal")
}

/// The documentation of something of which the document has a description and nothing else.
pub(in crate::plan) fn description_docs(description: &str) -> DocLines {
    Docs::inner().markdown(description).finish()
}

/// A default, if it is short.
pub(super) fn short_value(value: &serde_json::Value) -> Option<String> {
    let text = match value {
        serde_json::Value::String(text) if text.trim().is_empty() => return None,
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => return None,
        value => value.to_string(),
    };
    (text.chars().count() <= PATTERN)
        .then(|| code(&text))
        .filter(|code| !code.is_empty())
}
