//! The documentation of operations, their inputs and their answers.

use super::text::first_sentence;
use super::{Docs, code, escaped, one_line, plain_text, see, with_full_stop};
use crate::ir::{Body, Content, Operation, Parameter, Presence, Requirement, Status, TypeRef};
use crate::names::Ident;
use crate::surface::{Answer, AnswerVariant, DocLines, Input, RustType, Waiting};

/// A version or a kind of body of an operation that stands beside another, and its method where the crate has one.
pub(in crate::plan) type OtherVersion<'a> = (&'a str, Option<&'a Ident>);

/// What an operation does, how it is called, and what it needs.
pub(in crate::plan) fn operation_docs(
    operation: &Operation,
    others: &[OtherVersion<'_>],
    bodies: &[OtherVersion<'_>],
) -> DocLines {
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
    docs.sentence(&call(operation, others, bodies)).finish()
}

/// "`POST /users/{id}`, version 2025-02-19 (also 2023-01-01). Sunset: 2027-07-01. Needs the role Owner. See <https://…>."
fn call(operation: &Operation, others: &[OtherVersion<'_>], bodies: &[OtherVersion<'_>]) -> String {
    let method = format!("{:?}", operation.method).to_ascii_uppercase();
    let mut call = code(&format!("{method} {}", operation.template));
    if let Some(server) = &operation.server {
        let url = server
            .template
            .as_ref()
            .map_or(&server.url, |template| &template.url);
        call.push_str(&format!(" at {}", code(url)));
    }
    if let Some(version) = &operation.version {
        call.push_str(&format!(", version {}", escaped(version)));
    }
    if !others.is_empty() {
        let others: Vec<String> = others.iter().map(other_version).collect();
        call.push_str(&format!(" (also {})", others.join(", ")));
    }
    let mut facts = vec![call + "."];
    if let (Some(body), [_, ..]) = (&operation.body, bodies) {
        let others: Vec<String> = bodies.iter().map(other_version).collect();
        facts.push(format!(
            "Sends {} (also {}).",
            escaped(&body.media_type),
            others.join(", ")
        ));
    }
    if let Some(sunset) = &operation.sunset {
        facts.push(format!("Sunset: {}.", escaped(sunset)));
    }
    match operation.roles.as_slice() {
        [] => {}
        [role] => facts.push(format!("Needs the role {}.", escaped(role))),
        roles => {
            let roles: Vec<String> = roles.iter().map(|role| escaped(role)).collect();
            facts.push(format!("Needs one of the roles {}.", roles.join(", ")));
        }
    }
    facts.extend(
        operation
            .security
            .as_ref()
            .map(|wanted| credentials(wanted)),
    );
    if operation.paging.is_some() {
        facts.push(
            "The list comes in pages; `items()` of the call brings every element.".to_owned(),
        );
    }
    facts.extend(see(operation.docs.link.as_deref()));
    facts.join(" ")
}

/// What is wanted of callers.
fn credentials(alternatives: &[Requirement]) -> String {
    let together = |requirement: &&Requirement| {
        let names: Vec<String> = requirement.iter().map(|name| code(name)).collect();
        names.join(" with ")
    };
    let wanted = alternatives
        .iter()
        .filter(|requirement| !requirement.is_empty());
    let wanted: Vec<String> = wanted.map(|requirement| together(&requirement)).collect();
    let is_optional = alternatives.iter().any(Vec::is_empty);
    match (wanted.join(", or "), is_optional) {
        (wanted, _) if wanted.is_empty() => "Needs no credentials.".to_owned(),
        (wanted, false) => format!("Needs credentials: {wanted}."),
        (wanted, true) => format!("Takes credentials, or none: {wanted}."),
    }
}

/// A version, with a link to its method.
fn other_version((version, method): &OtherVersion<'_>) -> String {
    match method {
        Some(method) => format!("[{}](Self::{method})", escaped(version)),
        None => escaped(version),
    }
}

/// The note of `#[deprecated]`: the document's reason, and the day from which the service may no longer offer the operation.
pub(in crate::plan) fn deprecation_note(operation: &Operation) -> Option<String> {
    let reason = plain_text(operation.deprecated.as_ref()?);
    let reason = reason.strip_prefix("Note:").unwrap_or(&reason).trim();
    let reason = reason.trim_end_matches('.');
    Some(match (reason, &operation.sunset) {
        ("", Some(day)) => format!("sunset: {day}"),
        ("", None) => "the API document advises against it".to_owned(),
        (reason, Some(day)) => format!("{reason} (sunset: {day})"),
        (reason, None) => reason.to_owned(),
    })
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
    let docs = Docs::inner().markdown(&parameter.docs.description);
    match notes.is_empty() {
        true => docs,
        false => docs.fact(&notes.join(" ")),
    }
    .finish()
}

/// What is said of a body, and which headers its parts can have.
pub(in crate::plan) fn body_docs(body: &Body) -> DocLines {
    let headers = body.part_headers.iter().map(|header| {
        let required = match header.presence {
            Presence::Required => " (required)",
            Presence::Optional => "",
        };
        format!("{}{required} of {}", code(&header.name), code(&header.part))
    });
    let headers: Vec<String> = headers.collect();
    let docs = Docs::inner().markdown(&body.docs.description);
    let docs = match &body.content {
        Content::Multipart(TypeRef::List(part)) if matches!(&**part, TypeRef::Tuple(_)) => {
            docs.fact("Of each part its name and its value; the document names none.")
        }
        _ => docs,
    };
    match headers.is_empty() {
        true => docs,
        false => docs.fact(&format!(
            "`FilePart::header` sets the headers of parts: {}.",
            headers.join(", ")
        )),
    }
    .finish()
}

/// The first sentence of a parameter that many operations share.
pub(in crate::plan) fn argument_docs(parameter: &Parameter) -> DocLines {
    let description = one_line(&parameter.docs.description);
    Docs::default()
        .markdown(first_sentence(&description))
        .finish()
}

/// An operation's documentation with a list of its arguments behind it.
pub(in crate::plan) fn with_arguments(docs: DocLines, arguments: &[Input]) -> DocLines {
    let mut list = String::new();
    for Input { ident, docs, .. } in arguments.iter().filter(|input| !input.docs.0.is_empty()) {
        list.push_str(&format!("- `{}`: {}\n", ident.plain(), docs.0.join("\n  ")));
    }
    Docs::of(docs).markdown(&list).finish()
}

/// What a waiter waits for, and what it asks.
pub(in crate::plan) fn waiter_docs(waiting: &Waiting, method: &Ident) -> DocLines {
    let state = waiting.state.as_deref().unwrap_or_default();
    let state = code(state.trim_start_matches('/'));
    let list = |states: &[String]| {
        let states: Vec<String> = states.iter().map(|state| code(state)).collect();
        states.join(" or ")
    };
    let mut text = match waiting.gone {
        true => "Waits until there is nothing any more: until the answer is 404.".to_owned(),
        false => format!("Waits until {state} is {}.", list(&waiting.done)),
    };
    if !waiting.leaving.is_empty() {
        text.push_str(&format!(
            " First {state} has to be something else than {}.",
            list(&waiting.leaving)
        ));
    }
    if !waiting.failed.is_empty() {
        text.push_str(&format!(
            " It is an error if {state} becomes {}.",
            list(&waiting.failed)
        ));
    }
    text.push_str(&format!(" Asks [`{}`](Self::{method}).", method.plain()));
    Docs::default().sentence(&text).finish()
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

/// What the answers bring, by status, and what may come before them.
pub(in crate::plan) fn answer_docs(operation: &Operation, answer: &Answer) -> DocLines {
    let mut sentence = match answer {
        Answer::ByStatus { ident, .. } => {
            format!("Success brings [`{ident}`], by status.")
        }
        answer => brought(operation, answer),
    };
    for interim in &operation.interim {
        let before = format!(" {} may come before it", status(interim.status));
        sentence.push_str(&before);
        match escaped(&interim.description) {
            meaning if meaning.is_empty() => sentence.push('.'),
            meaning => sentence.push_str(&format!(": {}", with_full_stop(&meaning))),
        }
    }
    Docs::default().sentence(&sentence).finish()
}

/// "201 brings a Pet, 204 nothing."
fn brought(operation: &Operation, answer: &Answer) -> String {
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
        Answer::Sequence(sequence, ty) if sequence.is_events() => {
            format!("[`Events`], each with {}", phrase(ty))
        }
        Answer::Sequence(_, ty) => format!("[`Lines`], each {}", phrase(ty)),
        Answer::Stream => "a [`Download`]".to_owned(),
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
    match sentence.strip_prefix("success") {
        Some(rest) => format!("Success{rest}"),
        None => sentence,
    }
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
        // In scope wherever the type itself is written.
        RustType::Named(ident) => format!("[`{ident}`]"),
        RustType::Vec(inner) => format!("a list, each element {}", phrase(inner)),
        RustType::Tuple(places) => {
            let places: Vec<String> = places.iter().map(phrase).collect();
            format!("a list of {}", places.join(", "))
        }
        RustType::Map(inner) => format!("a map, each value {}", phrase(inner)),
        RustType::Option(inner) | RustType::Box(inner) => phrase(inner),
        RustType::Json => "any JSON".to_owned(),
        RustType::Own(path) => format!("a `{path}`"),
        RustType::Bool => "a `bool`".to_owned(),
        RustType::I32 => "an `i32`".to_owned(),
        RustType::I64 => "an `i64`".to_owned(),
        RustType::U64 => "a `u64`".to_owned(),
        RustType::F64 => "an `f64`".to_owned(),
        RustType::String => "a string".to_owned(),
        RustType::Timestamp => "a timestamp".to_owned(),
        RustType::Date => "a date".to_owned(),
        RustType::Uuid => "a UUID".to_owned(),
        RustType::Base64 | RustType::FilePart | RustType::Upload => "bytes".to_owned(),
    }
}
