//! What a service sends by itself. A client does not serve, but whoever does wants the types of what arrives.

use openapiv3::{Operation, PathItem, ReferenceOr};

use super::context::Context;
use super::media;
use crate::diag::SpecPath;
use crate::ir::Origin;

/// Lowers the payloads of all webhooks, and what they are answered with.
pub(super) fn lower_all(context: &mut Context<'_>) {
    let root = SpecPath::root().join("webhooks");
    let document = context.document;
    for (key, item) in document.webhooks() {
        let at = root.join(key);
        let (item, at) = match item {
            ReferenceOr::Item(item) => (item, at),
            ReferenceOr::Reference { reference } => match document.path_item(reference, &at) {
                Some(target) => (target.value, target.path),
                None => continue,
            },
        };
        lower(context, key, item, &at);
    }
    context.build_waiting();
}

fn lower<'a>(context: &mut Context<'a>, key: &str, item: &'a PathItem, at: &SpecPath) {
    let is_alone = item.iter().count() == 1;
    for (method, operation) in item.iter() {
        // The key is what a document calls the webhook; the id is for the code that serves it.
        let name = match (&operation.operation_id, is_alone) {
            (_, true) => key.to_owned(),
            (Some(id), false) => id.clone(),
            (None, false) => format!("{key} {method}"),
        };
        let path = at.join(method);
        payload(context, &name, operation, &path);
        answers(context, &name, operation, &path);
    }
}

fn payload<'a>(context: &mut Context<'a>, name: &str, operation: &'a Operation, path: &SpecPath) {
    let at = path.join("requestBody");
    let (body, at) = match &operation.request_body {
        None => return,
        Some(ReferenceOr::Item(body)) => (body, at),
        Some(ReferenceOr::Reference { reference }) => {
            match context.document.request_body(reference, &at) {
                Some(target) => (target.value, target.path),
                None => return,
            }
        }
    };
    content(context, &body.content, &at, name, "payload");
}

fn answers<'a>(context: &mut Context<'a>, name: &str, operation: &'a Operation, path: &SpecPath) {
    for (status, response) in &operation.responses.responses {
        let at = path.join("responses").join(&status.to_string());
        let (response, at) = match response {
            ReferenceOr::Item(response) => (response, at),
            ReferenceOr::Reference { reference } => {
                match context.document.response(reference, &at) {
                    Some(target) => (target.value, target.path),
                    None => continue,
                }
            }
        };
        content(context, &response.content, &at, name, "answer");
    }
}

/// Types what a body holds.
fn content<'a>(
    context: &mut Context<'a>,
    content: &'a indexmap::IndexMap<String, openapiv3::MediaType>,
    at: &SpecPath,
    name: &str,
    role: &str,
) {
    let Some((media_type, entry)) = media::choose(content, None) else {
        return;
    };
    let at = at.join("content").join(media_type);
    let origin = Origin::Part {
        operation: name.to_owned(),
        role: role.to_owned(),
    };
    // The types that this makes are what counts.
    let _ = media::content_of(context, media_type, entry, &at, &origin);
}
