//! The operations of a document, and what each is called.

use std::collections::BTreeMap;

use openapiv3::{Operation as Source, PathItem, ReferenceOr};

use super::context::Context;
use super::path_template;
use super::unused;
use crate::diag::{Code, SpecPath};
use crate::ir::{Method, PathTemplate, Segment};

/// An operation as it stands in the document.
pub(super) struct Found<'a> {
    pub(super) path: SpecPath,
    pub(super) method: Method,
    pub(super) template: PathTemplate,
    pub(super) item: &'a PathItem,
    pub(super) item_path: SpecPath,
    pub(super) source: &'a Source,
    pub(super) id: String,
    pub(super) tag: &'a str,
}

/// All operations of a document, each with its id.
pub(super) fn all<'a>(context: &mut Context<'a>) -> Vec<Found<'a>> {
    let mut found = find_all(context);
    unused::extensions(context, &found);
    settle_ids(context, &mut found);
    found
}

fn find_all<'a>(context: &Context<'a>) -> Vec<Found<'a>> {
    let mut all = Vec::new();
    let paths = SpecPath::root().join("paths");
    for (path, item) in &context.document.openapi().paths.paths {
        let at = paths.join(path);
        let (item, item_path) = match item {
            ReferenceOr::Item(item) => (item, at),
            ReferenceOr::Reference { reference } => {
                let Some(target) = context.document.path_item(reference, &at) else {
                    continue;
                };
                (target.value, target.path)
            }
        };
        for (name, source) in item.iter() {
            if context.document.leaves_out(path, name) {
                continue;
            }
            let Some(method) = method(name) else { continue };
            all.push(Found {
                path: context.document.operation_place(&item_path.join(name)),
                method,
                template: path_template::parse(path),
                item,
                item_path: item_path.clone(),
                source,
                id: String::new(),
                tag: source.tags.first().map_or("", String::as_str),
            });
        }
    }
    all
}

fn method(name: &str) -> Option<Method> {
    Some(match name {
        "get" => Method::Get,
        "put" => Method::Put,
        "post" => Method::Post,
        "delete" => Method::Delete,
        "options" => Method::Options,
        "head" => Method::Head,
        "patch" => Method::Patch,
        "trace" => Method::Trace,
        _ => return None,
    })
}

/// Gives every operation its id. Where it is missing, or another operation has it too, method and path name the operation: a
/// name that does not depend on the order of the document.
fn settle_ids(context: &mut Context<'_>, found: &mut [Found<'_>]) {
    let extension = context.config.names.operation_ids.clone();
    let stated = stated_ids(found, extension.as_deref());
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for id in stated.iter().flatten() {
        *counts.entry(id.clone()).or_default() += 1;
    }
    for (found, id) in found.iter_mut().zip(stated) {
        let made = made_id(found.method, &found.template);
        found.id = match id {
            Some(id) if counts.get(&id) == Some(&1) => id,
            Some(id) => {
                context.report(
                    Code::DuplicateOperationId,
                    &found.path.join("operationId"),
                    format!("the operationId `{id}` stands at more than one operation; this one is named `{made}` after its method and path"),
                    "give each operation an operationId of its own",
                );
                made
            }
            None => {
                context.report(
                    Code::MissingOperationId,
                    &found.path,
                    format!("the operation has no operationId; it is named `{made}` after its method and path"),
                    "add an operationId",
                );
                made
            }
        };
    }
}

/// What the document calls each operation: the extension's value, if no other operation has it; else the operationId.
fn stated_ids(found: &[Found<'_>], extension: Option<&str>) -> Vec<Option<String>> {
    let own = |found: &Found<'_>| text(found.source.operation_id.as_deref());
    let overriding = |found: &Found<'_>| {
        let value = found.source.extensions.get(extension?)?;
        text(value.as_str())
    };
    let preferred = |found: &Found<'_>| overriding(found).or_else(|| own(found));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for id in found.iter().filter_map(preferred) {
        *counts.entry(id).or_default() += 1;
    }
    let is_alone = |id: &String| counts.get(id) == Some(&1);
    found
        .iter()
        .map(|found| preferred(found).filter(is_alone).or_else(|| own(found)))
        .collect()
}

fn text(id: Option<&str>) -> Option<String> {
    let id = id?.trim();
    (!id.is_empty()).then(|| id.to_owned())
}

/// `get_orgs_by_org_id`
fn made_id(method: Method, template: &PathTemplate) -> String {
    let mut id = format!("{method:?}").to_lowercase();
    for segment in &template.0 {
        match segment {
            Segment::Parameter(name) => {
                id.push_str("_by_");
                id.push_str(name);
            }
            Segment::Text(text) => {
                for word in text.split(|c: char| !c.is_alphanumeric()) {
                    if !word.is_empty() {
                        id.push('_');
                        id.push_str(word);
                    }
                }
            }
        }
    }
    id
}
