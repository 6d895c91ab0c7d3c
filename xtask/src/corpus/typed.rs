//! Whether what was emitted has the types that the document gives it.

use std::collections::{HashMap, HashSet};

use atlas_codegen::diag::Message;
use atlas_codegen::ir::{self, Api, Shape, TypeRef};
use atlas_codegen::surface::{self, Crate};
use atlas_codegen_tests::oracle::document::Document;
use atlas_codegen_tests::oracle::files::pointer_of;
use serde_json::Value;

use super::reading::{self, Content, Format, Operation};
use super::row::Counts;

/// An object of which nothing more is said is any JSON, on purpose: many a service sends something else there.
const FREE_FORM: &str = "an object of anything, as any JSON";

/// How a fault of an answer in parts begins, which another way to send may bring.
const EVENTS: &str = "answer of Events";

/// What a type leaves out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Loss {
    /// That it is an object of anything.
    FreeForm,
    /// More than that.
    Type,
}

/// What was found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) operations: usize,
    /// Those whose every body and answer has its type, with those where it is an object of anything.
    pub(super) typed: usize,
    /// Those of them that have a body or an answer that is an object of anything.
    pub(super) free_form: usize,
    pub(super) left_out: Counts,
    pub(super) untyped: Counts,
    pub(super) opaque: Counts,
    pub(super) members: usize,
    pub(super) members_untyped: usize,
    /// A line for each fault: what it is, and where.
    pub(super) places: Vec<String>,
}

impl Found {
    /// A document of which nothing was emitted.
    pub(super) fn refused(document: &Document) -> Self {
        let operations = reading::operations(document).len();
        Self {
            operations,
            left_out: Counts::from([("the document is refused".to_owned(), operations)]),
            ..Self::default()
        }
    }
}

/// What the generator made of a document.
pub(super) struct Emitted<'a> {
    document: &'a Document,
    api: &'a Api,
    messages: &'a [Message],
    operations: HashMap<Key, Vec<(&'a ir::Operation, &'a surface::Operation)>>,
}

/// What of a path is sent whatever the operation, and the method.
type Key = (String, String);

/// A query in a path is sent in part only, and a fragment is not.
fn key(template: &str, method: &str) -> Key {
    let path = template.split(['?', '#']).next().unwrap_or_default();
    (path.to_owned(), method.to_lowercase())
}

impl<'a> Emitted<'a> {
    pub(super) fn new(
        document: &'a Document,
        api: &'a Api,
        krate: &'a Crate,
        messages: &'a [Message],
    ) -> Self {
        let planned: HashMap<_, _> = krate
            .groups
            .iter()
            .flat_map(|group| &group.operations)
            .map(|operation| {
                let wire = &operation.wire;
                ((&operation.path, &*wire.template, wire.method), operation)
            })
            .collect();
        let mut operations: HashMap<Key, Vec<_>> = HashMap::new();
        for operation in api
            .operations
            .iter()
            .filter(|operation| operation.is_main())
        {
            let template = operation.template.to_string();
            let Some(planned) = planned.get(&(&operation.path, &*template, operation.method))
            else {
                continue;
            };
            let key = key(&template, &format!("{:?}", operation.method));
            operations
                .entry(key)
                .or_default()
                .push((operation, *planned));
        }
        Self {
            document,
            api,
            messages,
            operations,
        }
    }

    /// What was made of an operation: what has its place. An operation behind references may have another place, which then is that of
    /// no other operation.
    fn made_of(
        &self,
        operation: &Operation<'_>,
        places: &HashSet<String>,
    ) -> Option<(&'a ir::Operation, &'a surface::Operation)> {
        let alike = self
            .operations
            .get(&key(operation.template, operation.method))?;
        let place = |made: &(&ir::Operation, _)| made.0.path.to_string();
        let own = alike
            .iter()
            .find(|made| place(made) == operation.pointer)
            .or_else(|| alike.iter().find(|made| !places.contains(&place(made))));
        own.copied()
    }

    /// Holds every operation and every member against the document.
    pub(super) fn look(&self) -> Found {
        let mut found = Found::default();
        let operations = reading::operations(self.document);
        let places = operations.iter().map(|operation| operation.pointer.clone());
        let places: HashSet<String> = places.collect();
        for operation in operations {
            found.operations += 1;
            match self.made_of(&operation, &places) {
                None => {
                    let reason = self.reason(&[&operation.pointer, &operation.item]);
                    found
                        .places
                        .push(format!("left out: {reason}\t{}", operation.pointer));
                    count(&mut found.left_out, reason);
                }
                Some((lowered, planned)) => {
                    let reasons = self.untyped(&operation, lowered, planned, &mut found.opaque);
                    let is_free_form = |reason: &String| reason.ends_with(FREE_FORM);
                    if reasons.iter().all(is_free_form) {
                        found.typed += 1;
                        found.free_form += usize::from(!reasons.is_empty());
                    }
                    for reason in reasons {
                        found
                            .places
                            .push(format!("{reason}\t{}", operation.pointer));
                        count(&mut found.untyped, reason);
                    }
                }
            }
        }
        self.members(&mut found);
        found
    }

    /// Why bodies and answers have not the type that the document gives them.
    fn untyped(
        &self,
        operation: &Operation<'_>,
        lowered: &ir::Operation,
        planned: &surface::Operation,
        opaque: &mut Counts,
    ) -> Vec<String> {
        let mut reasons = Vec::new();
        if !operation.body.is_empty() {
            let made = lowered.body.as_ref().map(|body| &body.content);
            reasons.extend(self.fault("body", &operation.body, made, opaque));
        }
        let brings_type = !matches!(
            planned.answer,
            surface::Answer::Stream | surface::Answer::Text
        );
        for answer in &lowered.success {
            let status = match answer.status {
                ir::Status::Code(code) => code.to_string(),
                ir::Status::Range(digit) => format!("{digit}XX"),
                ir::Status::Default => "default".to_owned(),
            };
            let never_has_body =
                operation.method == "head" || matches!(status.as_str(), "204" | "205");
            let declared = operation
                .answers
                .iter()
                .find(|(declared, _)| declared.eq_ignore_ascii_case(&status));
            let Some((_, contents)) = declared.filter(|_| !never_has_body) else {
                continue;
            };
            let mut others = answer.others.iter();
            let is_taken_apart = others.any(|other| other.parts.is_some());
            let fault = self
                .fault("answer", contents, answer.body.as_ref(), opaque)
                .filter(|fault| !(is_taken_apart && fault.starts_with(EVENTS)));
            let is_typed = answer.body.as_ref().is_some_and(|body| !body.is_raw());
            let mixed = (is_typed && fault.is_none() && !brings_type)
                .then(|| "answer: several of them in different formats".to_owned());
            reasons.extend(fault.or(mixed));
        }
        reasons
    }

    /// Why a body or an answer is not typed though one of its forms says what it holds.
    fn fault(
        &self,
        what: &str,
        contents: &[Content<'_>],
        made: Option<&ir::Content>,
        opaque: &mut Counts,
    ) -> Option<String> {
        let telling: Vec<&Content<'_>> = contents
            .iter()
            .filter(|content| {
                reading::says_more(self.document, content.schema)
                    && !reading::is_binary(self.document, content.schema)
            })
            .collect();
        let of = |format: Format| telling.iter().find(|content| content.format() == format);
        let Some(content) = of(Format::Json).or(of(Format::Form)).or(of(Format::Events)) else {
            for content in telling
                .iter()
                .filter(|content| !is_text(self.document, content))
            {
                count(opaque, format!("{what}: {}", content.essence()));
            }
            return None;
        };
        let how = match made.and_then(ir::Content::ty) {
            Some(ty) => {
                let mut losses = telling
                    .iter()
                    .filter(|other| other.format() == content.format())
                    .map(|content| self.loss(ty, content.schema, 0));
                let first = losses.next().flatten()?;
                if losses.any(|loss| loss.is_none()) {
                    return None;
                }
                if first == Loss::FreeForm {
                    return Some(format!("{what}: {FREE_FORM}"));
                }
                "any JSON"
            }
            None => match made {
                Some(ir::Content::Text) => "text",
                Some(_) => "bytes",
                None => "nothing",
            },
        };
        let (target, _) = reading::resolved(self.document, content.pointer.clone(), content.schema);
        let reason = self.reason(&[&content.pointer, &target]);
        Some(format!(
            "{what} of {:?} as {how}: {reason}",
            content.format()
        ))
    }

    /// What a type leaves out of what its schema says, at the top or inside lists and maps.
    fn loss(&self, ty: &TypeRef, schema: &Value, depth: usize) -> Option<Loss> {
        let (_, schema) = reading::resolved(self.document, String::new(), schema);
        let inside = |key: &str, inner: &TypeRef| {
            let held = schema.get(key).filter(|held| held.is_object())?;
            self.loss(inner, held, depth + 1)
        };
        match ty {
            TypeRef::Json if reading::is_free_form(self.document, schema) => Some(Loss::FreeForm),
            TypeRef::Json => reading::says_more(self.document, schema).then_some(Loss::Type),
            TypeRef::Nullable(inner) => self.loss(inner, schema, depth + 1),
            TypeRef::List(inner) => inside("items", inner),
            TypeRef::Map(inner) => inside("additionalProperties", inner),
            TypeRef::Named(id) => match self.api.get(*id).map(|ty| &ty.shape) {
                Some(Shape::Alias(inner)) if depth < 64 => self.loss(inner, schema, depth + 1),
                _ => None,
            },
            _ => None,
        }
    }

    /// The members of all objects.
    fn members(&self, found: &mut Found) {
        for (_, ty) in self.api.ids() {
            let Shape::Object(object) = &ty.shape else {
                continue;
            };
            for field in &object.fields {
                found.members += 1;
                let schema = self.document.find(&pointer_of(&field.path.to_string()));
                let Some(loss) = schema.and_then(|schema| self.loss(&field.ty, schema, 0)) else {
                    continue;
                };
                let reason = match loss {
                    Loss::FreeForm => FREE_FORM.to_owned(),
                    Loss::Type => {
                        found.members_untyped += 1;
                        self.reason(&[&pointer_of(&field.path.to_string())])
                    }
                };
                found
                    .places
                    .push(format!("member: {reason}\t{}", field.path));
            }
        }
    }

    /// What the generator says of one of these places, without what differs from one to the next.
    fn reason(&self, places: &[&str]) -> String {
        let about = |message: &&Message| {
            let place = message
                .pointer
                .as_ref()
                .map(|path| pointer_of(&path.to_string()));
            place.is_some_and(|place| {
                places
                    .iter()
                    .any(|wanted| place == **wanted || place.starts_with(&format!("{wanted}/")))
            })
        };
        match self.messages.iter().find(about) {
            Some(message) => format!("{}: {}", message.code.as_str(), general(&message.message)),
            None => "nothing is said".to_owned(),
        }
    }
}

fn is_text(document: &Document, content: &Content<'_>) -> bool {
    let (_, schema) = reading::resolved(document, String::new(), content.schema);
    schema.get("type").and_then(Value::as_str) == Some("string")
}

fn count(counts: &mut Counts, what: String) {
    *counts.entry(what).or_default() += 1;
}

/// A message without the names and numbers in it.
pub(super) fn general(message: &str) -> String {
    let mut text = String::new();
    for (index, part) in message.split('`').enumerate() {
        if index % 2 == 1 {
            text.push('…');
            continue;
        }
        for character in part.chars() {
            let is_digit = character.is_ascii_digit();
            if !is_digit {
                text.push(character);
            } else if !text.ends_with('#') {
                text.push('#');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::general;

    #[test]
    fn messages_are_counted_without_their_names() {
        assert_eq!(general("`a` has 12 parts of `b`"), "… has # parts of …");
    }
}
