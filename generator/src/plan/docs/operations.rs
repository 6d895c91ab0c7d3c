//! The documentation of operations, their inputs and their answers.

use super::{Docs, TYPES, code, escaped, link_to, one_line, with_full_stop};
use crate::ir::{Operation, Parameter, Status};
use crate::surface::{Answer, AnswerVariant, DocLines, RustType};

/// What an operation does, how it is called, and what it needs.
pub(in crate::plan) fn operation_docs(operation: &Operation) -> DocLines {
    let title = one_line(&operation.docs.title);
    let description = operation.docs.description.trim();
    let mut docs = Docs::default();
    if !title.is_empty() {
        docs = docs.markdown(&with_full_stop(&title));
    }
    // Some documents say the same twice.
    if with_full_stop(&one_line(description)) != with_full_stop(&title) {
        docs = docs.markdown(description);
    }
    if docs.is_empty() {
        docs = docs.sentence(&format!("Calls {}.", code(&operation.id)));
    }
    docs.sentence(&call(operation))
        .link(operation.docs.link.as_deref())
        .finish()
}

/// "`POST /users/{id}`, version 2025-02-19. Needs the role Owner."
fn call(operation: &Operation) -> String {
    let method = format!("{:?}", operation.method).to_ascii_uppercase();
    let mut call = code(&format!("{method} {}", operation.template));
    if let Some(version) = &operation.version {
        call.push_str(&format!(", version {}", escaped(version)));
    }
    call.push('.');
    if !operation.other_versions.is_empty() {
        let versions: Vec<String> = operation
            .other_versions
            .iter()
            .map(|version| escaped(version))
            .collect();
        call.push_str(&format!(" Other versions: {}.", versions.join(", ")));
    }
    match operation.roles.as_slice() {
        [] => {}
        [role] => call.push_str(&format!(" Needs the role {}.", escaped(role))),
        roles => {
            let roles: Vec<String> = roles.iter().map(|role| escaped(role)).collect();
            call.push_str(&format!(" Needs one of the roles {}.", roles.join(", ")));
        }
    }
    if !operation.authenticated {
        call.push_str(" Needs no credentials.");
    }
    call
}

/// A parameter's documentation.
pub(in crate::plan) fn parameter_docs(parameter: &Parameter) -> DocLines {
    let mut notes = Vec::new();
    if let Some(default) = parameter
        .default
        .as_ref()
        .and_then(super::types::short_value)
    {
        notes.push(format!("Default: {default}."));
    }
    if parameter.deprecated {
        notes.push("Deprecated.".to_owned());
    }
    let docs = Docs::default().markdown(&parameter.docs.description);
    let docs = match notes.is_empty() {
        true => docs,
        false => docs.sentence(&notes.join(" ")),
    };
    docs.finish()
}

/// A group's documentation.
pub(in crate::plan) fn group_docs(tag: &str, description: &str) -> DocLines {
    let docs = Docs::default().markdown(description);
    if !docs.is_empty() {
        return docs.finish();
    }
    match escaped(tag) {
        tag if tag.is_empty() => docs.sentence("The operations of the API."),
        tag => docs.sentence(&with_full_stop(&format!("Operations: {tag}"))),
    }
    .finish()
}

/// What the answers bring, by status: "201 brings a Pet, 204 nothing."
pub(in crate::plan) fn answer_docs(operation: &Operation, answer: &Answer) -> DocLines {
    if let Answer::ByStatus { ident, .. } = answer {
        let sentence = format!("Success brings {}, by status.", link_to(ident, ""));
        return Docs::default().sentence(&sentence).finish();
    }
    let (mut full, mut empty): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for success in &operation.success {
        let list = if success.body.is_some() {
            &mut full
        } else {
            &mut empty
        };
        list.push(status(success.status));
    }
    let brought = match answer {
        Answer::Json(ty) | Answer::JsonOrEmpty(ty) => phrase(ty),
        Answer::Text => "text".to_owned(),
        Answer::Bytes => "bytes".to_owned(),
        Answer::Empty | Answer::ByStatus { .. } => String::new(),
    };
    let verb = |list: &[String]| if list.len() == 1 { "brings" } else { "bring" };
    let sentence = match (full.as_slice(), empty.as_slice()) {
        ([], []) => "Success brings nothing.".to_owned(),
        ([], empty) => format!("{} {} nothing.", empty.join(" and "), verb(empty)),
        (full, []) => format!("{} {} {brought}.", full.join(" and "), verb(full)),
        (full, empty) => {
            format!(
                "{} {} {brought}, {} nothing.",
                full.join(" and "),
                verb(full),
                empty.join(" and ")
            )
        }
    };
    Docs::default().sentence(&sentence).finish()
}

/// What one of several answers means.
pub(in crate::plan) fn answer_variant_docs(description: &str, variant: &AnswerVariant) -> DocLines {
    let status = match (variant.from, variant.to) {
        (from, to) if from == to => from.to_string(),
        (from, to) => format!("{from} to {to}"),
    };
    let docs = Docs::default().markdown(description);
    match docs.is_empty() {
        true => docs.sentence(&format!("Status {status}.")),
        false => docs.sentence(&format!("The status is {status}.")),
    }
    .finish()
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}xx"),
        Status::Default => "success".to_owned(),
    }
}

/// A type in a sentence, with a link where it is one of this crate.
fn phrase(ty: &RustType) -> String {
    match ty {
        RustType::Named(ident) => link_to(ident, TYPES),
        RustType::Vec(inner) => format!("a list, each element {}", phrase(inner)),
        RustType::Map(inner) => format!("a map, each value {}", phrase(inner)),
        RustType::Option(inner) | RustType::Box(inner) => phrase(inner),
        RustType::Json => "any JSON".to_owned(),
        RustType::Bool => "a `bool`".to_owned(),
        RustType::I32 => "an `i32`".to_owned(),
        RustType::I64 => "an `i64`".to_owned(),
        RustType::U64 => "a `u64`".to_owned(),
        RustType::F64 => "an `f64`".to_owned(),
        RustType::String => "a string".to_owned(),
        RustType::Timestamp => "a timestamp".to_owned(),
        RustType::Date => "a date".to_owned(),
        RustType::Uuid => "a UUID".to_owned(),
        RustType::Base64 | RustType::Bytes => "bytes".to_owned(),
    }
}
