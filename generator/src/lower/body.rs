//! What a caller sends.

use openapiv3::{ReferenceOr, RequestBody};

use super::context::Context;
use super::found::Found;
use super::media;
use super::version::Version;

use crate::diag::SpecPath;
use crate::ir::{Body, Docs, Origin, Presence};

/// The request body with its place, a reference followed.
pub(super) fn request_body<'a>(
    context: &Context<'a>,
    found: &Found<'a>,
) -> Option<(&'a RequestBody, SpecPath)> {
    let at = found.path.join("requestBody");
    match found.source.request_body.as_ref()? {
        ReferenceOr::Item(body) => Some((body, at)),
        ReferenceOr::Reference { reference } => {
            let target = context.document.request_body(reference, &at)?;
            Some((target.value, target.path))
        }
    }
}

pub(super) fn lower<'a>(
    context: &mut Context<'a>,
    operation: &str,
    body: &'a RequestBody,
    path: &SpecPath,
    version: Option<&Version>,
) -> Option<Body> {
    let (media_type, entry) = media::choose(&body.content, version)?;
    let at = path.join("content").join(media_type);
    let origin = Origin::Part {
        operation: operation.to_owned(),
        role: "request".to_owned(),
    };
    let content = media::content_of(context, media_type, entry, &at, &origin);
    let content = content.unwrap_or_else(|| media::without_schema(media_type));
    let example = entry.example.clone().or_else(|| {
        let first = entry.examples.values().next()?;
        first.as_item()?.value.clone()
    });
    Some(Body {
        path: at,
        docs: Docs {
            description: body.description.clone().unwrap_or_default(),
            examples: example.into_iter().collect(),
            ..Docs::default()
        },
        media_type: media::header_value(media_type),
        presence: if body.required {
            Presence::Required
        } else {
            Presence::Optional
        },
        content,
    })
}
