//! What an operation brings, and the media types that it asks for.

use super::docs;
use super::rust_type::{Model, Side};
use crate::ir::{self, Content, Operation, Status};
use crate::names::{AnswerNames, OperationNames};
use crate::surface::{Answer, AnswerVariant, DocLines, RustType, Way};

/// What `send` brings.
pub(super) fn answer(model: &Model<'_>, operation: &Operation, names: &OperationNames) -> Answer {
    let contents: Vec<&Content> = operation
        .success
        .iter()
        .filter_map(|answer| answer.body.as_ref())
        .collect();
    let has_empty = contents.len() < operation.success.len();
    let json: Option<Vec<RustType>> = contents
        .iter()
        .map(|content| match content {
            Content::Json(ty) => Some(model.rust_type(ty, Side::Response)),
            _ => None,
        })
        .collect();
    match (json.as_deref(), &names.answer) {
        (Some([]), _) => Answer::Empty,
        (Some([first, others @ ..]), _) if others.iter().all(|ty| ty == first) => match has_empty {
            true => Answer::JsonOrEmpty(first.clone()),
            false => Answer::Json(first.clone()),
        },
        (Some(_), Some(names)) => by_status(model, operation, names),
        _ if contents.iter().all(|content| **content == Content::Text) => Answer::Text,
        _ => match contents.split_first() {
            Some((first @ Content::Sequence(sequence, ty), others))
                if others.iter().all(|content| content == first) =>
            {
                Answer::Sequence(*sequence, model.rust_type(ty, Side::Response))
            }
            _ => Answer::Stream,
        },
    }
}

/// The other ways to send a request, each with the form that it asks for.
pub(super) fn ways(model: &Model<'_>, operation: &Operation, names: &OperationNames) -> Vec<Way> {
    let others = operation.others().into_iter().zip(&names.ways);
    others
        .map(|(other, ident)| Way {
            ident: ident.clone(),
            media_type: other.media_type.clone(),
            parts: other
                .parts
                .as_ref()
                .map(|(sequence, ty)| (*sequence, model.rust_type(ty, Side::Response))),
        })
        .collect()
}

fn by_status(model: &Model<'_>, operation: &Operation, names: &AnswerNames) -> Answer {
    let variants = operation
        .success
        .iter()
        .zip(&names.variants)
        .map(|(answer, ident)| {
            let (from, to) = statuses(answer.status);
            let mut variant = AnswerVariant {
                ident: ident.clone(),
                docs: DocLines::default(),
                from,
                to,
                ty: match &answer.body {
                    Some(Content::Json(ty)) => Some(model.rust_type(ty, Side::Response)),
                    _ => None,
                },
            };
            variant.docs = docs::answer_variant_docs(&answer.description, &variant);
            variant
        });
    let mut variants: Vec<AnswerVariant> = variants.collect();
    // One status goes before the range that it is in.
    variants.sort_by_key(|variant| (variant.to - variant.from, variant.from));
    Answer::ByStatus {
        ident: names.ident.clone(),
        variants,
    }
}

/// The statuses that an answer stands for, from and to.
fn statuses(status: Status) -> (u16, u16) {
    match status {
        Status::Code(code) => (code, code),
        Status::Range(digit) => (u16::from(digit) * 100, u16::from(digit) * 100 + 99),
        Status::Default => (200, 299),
    }
}

/// The media types that are asked for: those of the success answers, JSON first. Where none of them has a body, the service may still
/// choose the version by the media type, so it is taken from the errors.
pub(super) fn accept(operation: &Operation) -> Option<String> {
    let types = |answers: &[ir::Answer]| -> Vec<String> {
        let mut types: Vec<String> = Vec::new();
        for media_type in answers
            .iter()
            .filter_map(|answer| answer.media_type.as_ref())
        {
            if !types.contains(media_type) {
                types.push(media_type.clone());
            }
        }
        types.sort_by_key(|media_type| !is_json(media_type));
        types
    };
    let success = types(&operation.success);
    if !success.is_empty() {
        return Some(success.join(", "));
    }
    let failure = types(&operation.failure);
    let sent = operation.body.iter().map(|body| &body.media_type);
    let dated = failure
        .iter()
        .chain(sent)
        .find(|media_type| is_dated(media_type, operation));
    dated
        .or_else(|| failure.iter().find(|media_type| is_json(media_type)))
        .cloned()
}

/// RFC 6839, section 3.1: `+json` means JSON, too.
fn is_json(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence.ends_with("+json") || essence.ends_with("/json")
}

/// Whether a media type names the version that is asked for.
fn is_dated(media_type: &str, operation: &Operation) -> bool {
    operation
        .version
        .as_ref()
        .is_some_and(|version| media_type.contains(version.as_str()))
}
