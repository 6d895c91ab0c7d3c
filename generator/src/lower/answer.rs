//! What a caller gets.

use openapiv3::{ReferenceOr, Response};

use super::context::Context;
use super::found::Found;
use super::media::{self, Version};

use crate::diag::SpecPath;
use crate::ir::{Answer, Origin, Status};

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

/// The answers that mean success and those that mean failure. Where no success is declared, `default` is one.
pub(super) fn lower_all<'a>(
    context: &mut Context<'a>,
    found: &Found<'a>,
    responses: &[(Status, &'a Response, SpecPath)],
    version: Option<&Version>,
) -> (Vec<Answer>, Vec<Answer>) {
    let declares_success = responses.iter().any(|(status, ..)| status.is_success());
    let means_success =
        |status: Status| status.is_success() || (status == Status::Default && !declares_success);
    let with_body = responses
        .iter()
        .filter(|(status, response, _)| means_success(*status) && !response.content.is_empty())
        .count();
    let (mut success, mut failure) = (Vec::new(), Vec::new());
    for (status, response, path) in responses {
        let role = match status {
            status if !means_success(*status) => "error".to_owned(),
            Status::Code(code) if with_body > 1 => format!("{code} response"),
            _ => "response".to_owned(),
        };
        let origin = Origin::Part {
            operation: found.id.clone(),
            role,
        };
        let answer = lower(context, *status, response, path, version, &origin);
        match status {
            status if means_success(*status) => success.push(answer),
            Status::Code(code) if *code < 400 => {}
            Status::Range(digit) if *digit < 4 => {}
            _ => failure.push(answer),
        }
    }
    (success, failure)
}

fn lower<'a>(
    context: &mut Context<'a>,
    status: Status,
    response: &'a Response,
    path: &SpecPath,
    version: Option<&Version>,
    origin: &Origin,
) -> Answer {
    let chosen = media::choose(&response.content, version);
    // These never have a body (RFC 9110, sections 15.3.5 and 15.3.6).
    let never_has_body = matches!(status, Status::Code(204 | 205));
    let body = chosen
        .filter(|_| !never_has_body)
        .and_then(|(media_type, entry)| {
            let at = path.join("content").join(media_type);
            media::content_of(context, media_type, entry, &at, origin)
        });
    Answer {
        path: path.clone(),
        status,
        description: response.description.clone(),
        media_type: chosen.map(|(media_type, _)| media::header_value(media_type)),
        body,
    }
}
