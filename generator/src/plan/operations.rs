//! Groups of operations.

use super::inputs::Shared;
use super::rust_type::Model;
use super::{answers, docs, examples, inputs, servers};
use crate::ir::{self, TagId};
use crate::names::{GroupNames, OperationNames};
use crate::surface::{Feature, Group, Operation, OperationWire, Waiter};

/// The groups that have operations, sorted by module.
pub(super) fn groups(model: &Model<'_>, shared: &Shared<'_>) -> Vec<Group> {
    let mut groups: Vec<Group> = model
        .names
        .groups
        .iter()
        .map(|(tag, names)| group(model, shared, *tag, names))
        .filter(|group| !group.operations.is_empty())
        .collect();
    groups.sort_by(|a, b| a.module.cmp(&b.module));
    groups
}

fn group(model: &Model<'_>, shared: &Shared<'_>, tag: TagId, names: &GroupNames) -> Group {
    let description = usize::try_from(tag.0)
        .ok()
        .and_then(|index| model.api.tags.get(index));
    let own = model
        .api
        .operations
        .iter()
        .zip(&model.names.operations)
        .filter(|(operation, _)| operation.tag == tag);
    let mut operations: Vec<Operation> = own
        .map(|(operation, names)| self::operation(model, shared, operation, names))
        .collect();
    operations.sort_by(|a, b| a.module.cmp(&b.module));
    Group {
        ident: names.handle.clone(),
        module: names.module.clone(),
        docs: docs::group_docs(&names.tag, description.map_or("", |tag| &tag.description)),
        feature: Feature(names.feature.clone()),
        operations,
    }
}

fn operation(
    model: &Model<'_>,
    shared: &Shared<'_>,
    operation: &ir::Operation,
    names: &OperationNames,
) -> Operation {
    let inputs = inputs::inputs(model, shared, operation, names);
    let answer = answers::answer(model, operation, names);
    Operation {
        path: operation.path.clone(),
        module: names.module.clone(),
        request: names.request.clone(),
        table: names.table.clone(),
        docs: docs::with_arguments(
            docs::operation_docs(
                operation,
                &other_versions(model, operation),
                &other_bodies(model, operation),
            ),
            &inputs.arguments,
        ),
        deprecated: docs::deprecation_note(operation),
        sunset: operation.sunset.clone(),
        wire: OperationWire {
            id: operation.id.clone(),
            method: operation.method,
            template: operation.template.to_string(),
            server: operation
                .server
                .as_ref()
                .map(|server| servers::template(server).url),
            accept: answers::accept(operation),
            content_type: operation.body.as_ref().map(|body| body.media_type.clone()),
            security: operation.security.clone(),
            encodings: operation
                .body
                .as_ref()
                .map(|body| body.encodings.clone())
                .unwrap_or_default(),
            enveloped: operation.is_enveloped,
            idempotent: operation.idempotent,
            paging: operation.paging.as_ref().map(|paging| paging.rule.clone()),
        },
        answer_docs: docs::answer_docs(operation, &answer),
        answer,
        ways: answers::ways(model, operation, names),
        example: examples::examples(model, &inputs.given),
        waiters: waiters(operation, names),
        arguments: inputs.arguments,
        shared: inputs.shared,
        options: inputs.options,
    }
}

/// The methods that wait.
fn waiters(operation: &ir::Operation, names: &OperationNames) -> Vec<Waiter> {
    let waiters = operation.waiters.iter().zip(&names.waiters);
    waiters
        .map(|(waiter, ident)| Waiter {
            ident: ident.clone(),
            docs: docs::waiter_docs(&waiter.waiting, &names.module),
            waiting: waiter.waiting.clone(),
        })
        .collect()
}

/// The media types of the bodies that only other operations of its id take, with their methods.
fn other_bodies<'a>(
    model: &Model<'a>,
    operation: &'a ir::Operation,
) -> Vec<docs::OtherVersion<'a>> {
    let others = model
        .operations_of(&operation.id)
        .filter(|(other, _)| other.version == operation.version && other.form != operation.form);
    others
        .filter_map(|(other, names)| {
            let body = other.body.as_ref()?;
            Some((body.media_type.as_str(), Some(&names.module)))
        })
        .collect()
}

/// The other versions that the document offers, oldest first, with the methods of those that the crate has.
fn other_versions<'a>(
    model: &Model<'a>,
    operation: &'a ir::Operation,
) -> Vec<docs::OtherVersion<'a>> {
    let method = |version: &String| {
        let mut same = model.operations_of(&operation.id).filter(|(other, _)| {
            other.version.as_ref() == Some(version) && other.form == operation.form
        });
        same.next().map(|(_, names)| &names.module)
    };
    let versions = operation.other_versions.iter();
    versions
        .map(|version| (version.as_str(), method(version)))
        .collect()
}
