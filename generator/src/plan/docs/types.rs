//! The documentation of types and what stands in them.

use super::{Docs, TYPES, code, link_to, one_line};
use crate::ir::{Access, Field, Origin, Type};
use crate::names::Ident;
use crate::surface::DocLines;

/// The longest pattern that documentation shows: longer ones explain nothing to a reader.
const PATTERN: usize = 60;

/// A type's documentation. `parent` is the type that it stands in.
pub(in crate::plan) fn type_docs(ty: &Type, ident: &Ident, parent: Option<&Ident>) -> DocLines {
    about_type(ty, ident, parent).finish()
}

/// The documentation of a twin for requests.
pub(in crate::plan) fn twin_docs(ty: &Type, source: &Ident, parent: Option<&Ident>) -> DocLines {
    about_type(ty, source, parent)
        .sentence(&format!(
            "This is {} as requests send it: without what only the service sets.",
            link_to(source, TYPES)
        ))
        .finish()
}

fn about_type(ty: &Type, ident: &Ident, parent: Option<&Ident>) -> Docs {
    let mut docs = Docs::default().markdown(&description(&ty.docs.title, &ty.docs.description));
    if docs.is_empty() {
        docs = docs.sentence(&plain_words(ty, ident, parent));
    }
    if ty.deprecated {
        docs = docs.sentence("Deprecated.");
    }
    docs.link(ty.docs.link.as_deref())
}

/// The description; the title where there is none.
fn description(title: &str, description: &str) -> String {
    if description.trim().is_empty() {
        title.to_owned()
    } else {
        description.to_owned()
    }
}

/// What can be said of a type that the document says nothing of.
fn plain_words(ty: &Type, ident: &Ident, parent: Option<&Ident>) -> String {
    match (&ty.origin, parent) {
        (Origin::Component(key), _) if !one_line(key).is_empty() => {
            format!("{}, as the API document names it.", code(key))
        }
        (Origin::Member { role, .. }, Some(parent)) if !role.trim().is_empty() => {
            let (role, of) = match role.strip_suffix(" item") {
                Some(role) => (role, "An element of"),
                None => (role.as_str(), "The value of"),
            };
            let place = link_to(parent, TYPES);
            match code(role) {
                role if role.is_empty() => format!("{of} {place}."),
                role => format!("{of} {role} in {place}."),
            }
        }
        (Origin::Part { operation, role }, _) => match role.as_str() {
            "request" => format!("The request body of {}.", code(operation)),
            "response" => format!("The response body of {}.", code(operation)),
            "" => format!("{}, as the API document names it.", code(operation)),
            role => format!("The {} of {}.", code(role), code(operation)),
        },
        _ => format!(
            "`{}`, a type without a name in the API document.",
            ident.plain()
        ),
    }
}

/// A field's documentation. `is_request` and `is_response` say where its struct travels.
pub(in crate::plan) fn field_docs(field: &Field, is_request: bool, is_response: bool) -> DocLines {
    let mut notes = Vec::new();
    if let Some(default) = field.default.as_ref().and_then(short_value) {
        notes.push(format!("Default: {default}."));
    }
    if let Some(pattern) = field
        .pattern
        .as_ref()
        .filter(|pattern| pattern.chars().count() <= PATTERN)
    {
        let pattern = code(pattern);
        if !pattern.is_empty() {
            notes.push(format!("Pattern: {pattern}."));
        }
    }
    match field.access {
        Access::ReadOnly if is_request => notes.push("Only the service sets it.".to_owned()),
        Access::WriteOnly if is_response => notes.push("Responses leave it out.".to_owned()),
        _ => {}
    }
    if field.deprecated {
        notes.push("Deprecated.".to_owned());
    }
    let docs = Docs::default().markdown(&description(&field.docs.title, &field.docs.description));
    let docs = match notes.is_empty() {
        true => docs,
        false => docs.sentence(&notes.join(" ")),
    };
    docs.link(field.docs.link.as_deref()).finish()
}

/// The documentation of something of which the document has a description and nothing else.
pub(in crate::plan) fn description_docs(description: &str) -> DocLines {
    Docs::default().markdown(description).finish()
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
