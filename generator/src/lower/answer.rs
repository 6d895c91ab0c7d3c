//! What a caller gets.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Response};

use super::context::Context;
use super::found::Found;
use super::media;
use super::sequence;
use super::version::Version;

use crate::diag::SpecPath;
use crate::ir::{Answer, Content, Method, Origin, Status};

/// The responses with their places and statuses, references followed, in order of status.
pub(super) fn responses<'a>(
    context: &Context<'a>,
    found: &Found<'a>,
) -> Vec<(Status, &'a Response, SpecPath)> {
    let list = found.path.join("responses");
    let source = &found.source.responses;
    let keyed = source
        .responses
        .iter()
        .map(|(status, response)| (status.to_string(), response));
    let default = source
        .default
        .iter()
        .map(|response| ("default".to_owned(), response));
    let mut all: Vec<_> = keyed
        .chain(default)
        .filter_map(|(key, response)| {
            let at = list.join(&key);
            let (response, path) = match response {
                ReferenceOr::Item(response) => (response, at),
                ReferenceOr::Reference { reference } => {
                    let target = context.document.response(reference, &at)?;
                    (target.value, target.path)
                }
            };
            Some((Status::parse(&key)?, response, path))
        })
        .collect();
    all.sort_by_key(|(status, ..)| *status);
    all
}

/// The answers of an operation.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) success: Vec<Answer>,
    pub(super) failure: Vec<Answer>,
    pub(super) interim: Vec<Answer>,
}

/// The answers that mean success, those that mean failure, and those that mean neither.
pub(super) fn lower_all<'a>(
    context: &mut Context<'a>,
    operation: &str,
    method: Method,
    responses: &[(Status, &'a Response, SpecPath)],
    version: Option<&Version>,
) -> Answers {
    let is_default_success = is_default_success(context, responses);
    let means_success =
        |status: Status| status.is_success() || (status == Status::Default && is_default_success);
    let successes: Vec<&Response> = responses
        .iter()
        .filter(|(status, ..)| means_success(*status))
        .map(|(_, response, _)| *response)
        .collect();
    // A status that only other versions answer with.
    let has_version = |response: &Response| {
        let versions = || response.content.keys().map(|key| Version::of(key));
        versions().any(|found| found.as_ref() == version)
    };
    let is_elsewhere = |response: &Response| {
        let mut versions = response.content.keys().map(|key| Version::of(key));
        successes.iter().any(|response| has_version(response))
            && !response.content.is_empty()
            && versions.all(|found| found.is_some() && found.as_ref() != version)
    };
    let with_body = successes
        .iter()
        .filter(|response| !response.content.is_empty() && !is_elsewhere(response))
        .count();
    let mut answers = Answers::default();
    for (status, response, path) in responses {
        let role = match status {
            status if !means_success(*status) => "error".to_owned(),
            Status::Code(code) if with_body > 1 => format!("{code} response"),
            _ => "response".to_owned(),
        };
        let origin = Origin::Part {
            operation: operation.to_owned(),
            role,
        };
        match status {
            status if means_success(*status) && is_elsewhere(response) => {}
            status if means_success(*status) => {
                let answer = lower(context, (*status, response, path), method, version, origin);
                answers.success.push(answer);
            }
            Status::Code(100..=199) | Status::Range(1) => {
                answers.interim.push(interim(*status, response, path));
            }
            // None is followed, and a caller gets it as an error of its own kind.
            Status::Code(300..=399) | Status::Range(3) => {}
            _ => {
                let answer = lower(context, (*status, response, path), method, version, origin);
                answers.failure.push(answer);
            }
        }
    }
    answers
}

/// An answer without content (RFC 9110, section 15.2), whatever the document declares.
fn interim(status: Status, response: &Response, path: &SpecPath) -> Answer {
    Answer {
        path: path.clone(),
        status,
        description: response.description.clone(),
        media_type: None,
        body: None,
        others: Vec::new(),
    }
}

fn lower<'a>(
    context: &mut Context<'a>,
    (status, response, path): (Status, &'a Response, &SpecPath),
    asker: Method,
    version: Option<&Version>,
    origin: Origin,
) -> Answer {
    let named = media::choose(&response.content, version);
    let chosen = named.filter(|_| !never_has_body(status, asker));
    let body = chosen.and_then(|(media_type, entry)| {
        let at = path.join("content").join(media_type);
        if let Some((sequence, ty)) = sequence::of(context, media_type, entry, &at, &origin) {
            return Some(Content::Sequence(sequence, ty));
        }
        let content = media::content_of(context, media_type, entry, &at, &origin);
        // JSON of which nothing is said, not even by an example, is mostly no body at all: the media type only stands for the
        // version. Other media types have nothing to say but themselves.
        let says_nothing = |content: &Content| !content.is_raw() && !media::has_example(entry);
        let bare = || Some(media::without_schema(media_type)).filter(|found| !says_nothing(found));
        match content.or_else(bare) {
            // Text that only a program reads, such as CSV, can be long: it is streamed.
            Some(Content::Text) if !media::is_plain_text(media_type) => Some(Content::Bytes),
            content => content,
        }
    });
    let others = chosen.map(|(media_type, _)| {
        let at = path.join("content");
        media::others(context, &response.content, media_type, &at, &origin)
    });
    Answer {
        path: path.clone(),
        status,
        description: response.description.clone(),
        media_type: named.map(|(media_type, _)| media::asked(media_type, body.as_ref())),
        body,
        others: others.unwrap_or_default(),
    }
}

/// Whether an answer has no body whatever the document says (RFC 9110, sections 9.3.2, 15.3.5 and 15.3.6).
fn never_has_body(status: Status, asker: Method) -> bool {
    asker == Method::Head || matches!(status, Status::Code(204 | 205))
}

/// Whether `default` means success. It stands for all statuses that are not declared (OpenAPI 3.0.3, Responses Object): where
/// one is declared that is a success, or a redirection in place of one, for the errors. Alone it is all that there is, unless
/// it brings what a declared error brings.
fn is_default_success<'a>(
    context: &Context<'a>,
    responses: &[(Status, &'a Response, SpecPath)],
) -> bool {
    let is_better = |status: Status| {
        let is_redirection = matches!(status, Status::Code(300..=399) | Status::Range(3));
        status.is_success() || is_redirection
    };
    if responses.iter().any(|(status, ..)| is_better(*status)) {
        return false;
    }
    let is_default = |(status, ..): &&(Status, _, _)| *status == Status::Default;
    let (default, errors): (Vec<_>, Vec<_>) = responses.iter().partition(is_default);
    let of = |responses: &[&(Status, &'a Response, SpecPath)]| -> BTreeSet<SpecPath> {
        let schemas = responses
            .iter()
            .flat_map(|(_, response, path)| schemas(context, response, path));
        schemas.collect()
    };
    of(&default).is_disjoint(&of(&errors))
}

/// The places of the schemas of a response.
fn schemas<'a>(context: &Context<'a>, response: &'a Response, path: &SpecPath) -> Vec<SpecPath> {
    let content = response.content.iter();
    let schemas = content.filter_map(|(media_type, entry)| {
        let at = path.join("content").join(media_type).join("schema");
        Some(context.node(entry.schema.as_ref()?, at)?.path)
    });
    schemas.collect()
}
