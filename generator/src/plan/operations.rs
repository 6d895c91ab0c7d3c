//! Groups of operations.

use super::rust_type::Model;
use super::{answers, docs, examples, inputs};
use crate::ir::{self, TagId};
use crate::names::{GroupNames, OperationNames};
use crate::surface::{Feature, Group, Method, Operation, OperationWire, Segment, Style};

/// The groups that have operations, sorted by module.
pub(super) fn groups(model: &Model<'_>) -> Vec<Group> {
    let mut groups: Vec<Group> = model
        .names
        .groups
        .iter()
        .map(|(tag, names)| group(model, *tag, names))
        .filter(|group| !group.operations.is_empty())
        .collect();
    groups.sort_by(|a, b| a.module.cmp(&b.module));
    groups
}

fn group(model: &Model<'_>, tag: TagId, names: &GroupNames) -> Group {
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
        .map(|(operation, names)| self::operation(model, operation, names))
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

fn operation(model: &Model<'_>, operation: &ir::Operation, names: &OperationNames) -> Operation {
    let inputs = inputs::inputs(model, operation, names);
    let answer = answers::answer(model, operation, names);
    Operation {
        path: operation.path.clone(),
        module: names.module.clone(),
        request: names.request.clone(),
        table: names.table.clone(),
        docs: docs::operation_docs(operation),
        deprecated: operation.deprecated.as_ref().map(|note| deprecation(note)),
        wire: OperationWire {
            id: operation.id.clone(),
            method: operation.method,
            segments: segments(operation),
            accept: answers::accept(operation),
            content_type: operation.body.as_ref().map(|body| body.media_type.clone()),
            idempotent: is_idempotent(operation.method),
            authenticated: operation.authenticated,
        },
        answer_docs: docs::answer_docs(operation, &answer),
        answer,
        example: examples::examples(model, &inputs.given),
        arguments: inputs.arguments,
        options: inputs.options,
    }
}

/// The note of `#[deprecated]`, on one line.
fn deprecation(note: &str) -> String {
    match docs::one_line(note) {
        note if note.is_empty() => "the API document advises against it".to_owned(),
        note => note,
    }
}

/// RFC 9110, section 9.2.2.
fn is_idempotent(method: Method) -> bool {
    match method {
        Method::Get
        | Method::Head
        | Method::Put
        | Method::Delete
        | Method::Options
        | Method::Trace => true,
        Method::Post | Method::Patch => false,
    }
}

fn segments(operation: &ir::Operation) -> Vec<Segment> {
    let segment = |segment: &ir::Segment| match segment {
        ir::Segment::Text(text) => Segment::Text(text.clone()),
        ir::Segment::Parameter(wire) => {
            let parameter = inputs::path_parameter(operation, wire);
            Segment::Parameter {
                wire: wire.clone(),
                style: parameter.map_or(Style::Simple, |(_, parameter)| parameter.style),
                pattern: parameter.and_then(|(_, parameter)| parameter.pattern.clone()),
            }
        }
    };
    operation.template.0.iter().map(segment).collect()
}
