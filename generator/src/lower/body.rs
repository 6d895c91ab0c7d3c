//! What a caller sends.

mod kinds;

use openapiv3::{MediaType, ReferenceOr, RequestBody};

use super::context::Context;
use super::found::Found;
use super::version::Version;
use super::{encoding, media};

use crate::diag::SpecPath;
use crate::ir::{Body, Docs, Origin, Presence, body_of};

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

/// What a caller can send: the kind of body that is best to work with, then those that hold something else.
pub(super) fn lower<'a>(
    context: &mut Context<'a>,
    operation: &str,
    body: &'a RequestBody,
    path: &SpecPath,
    version: Option<&Version>,
) -> Vec<Body> {
    let Some((chosen, entry)) = media::choose(&body.content, version) else {
        return Vec::new();
    };
    let list = path.join("content");
    let first = one(context, operation, body, (chosen, entry), &list);
    let mut bodies = vec![first];
    for other in kinds::others(context, &body.content, chosen, &list) {
        let operation = format!("{operation} {}", body_of(other.0));
        bodies.push(Body {
            // Without a body it would be no other operation.
            presence: Presence::Required,
            ..one(context, &operation, body, other, &list)
        });
    }
    bodies
}

fn one<'a>(
    context: &mut Context<'a>,
    operation: &str,
    body: &'a RequestBody,
    (media_type, entry): (&'a str, &'a MediaType),
    list: &SpecPath,
) -> Body {
    let at = list.join(media_type);
    let origin = Origin::Part {
        operation: operation.to_owned(),
        role: "request".to_owned(),
    };
    let content = media::content_of(context, media_type, entry, &at, &origin);
    let content = content.unwrap_or_else(|| media::without_schema(media_type));
    let content = encoding::without_members(context, media_type, entry, content, (&at, &origin));
    let (encodings, part_headers) = encoding::lower(context, entry, &content, &at);
    let example = entry.example.clone().or_else(|| {
        let first = entry.examples.values().next()?;
        first.as_item()?.value.clone()
    });
    Body {
        path: at,
        docs: Docs {
            description: body.description.clone().unwrap_or_default(),
            examples: example.into_iter().collect(),
            ..Docs::default()
        },
        media_type: media::sent(media_type, &content),
        presence: if body.required {
            Presence::Required
        } else {
            Presence::Optional
        },
        content,
        encodings,
        part_headers,
    }
}
