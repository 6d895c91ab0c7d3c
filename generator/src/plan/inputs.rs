//! What a caller gives: arguments for what is required, options for the rest.

use super::docs;
use super::rust_type::{Model, Side};
use crate::ir::{Body, Content, Location, Operation, Parameter, Presence, Segment};
use crate::names::{Ident, OperationNames};
use crate::surface::{BodyKind, Input, RustType, Target};

/// What a caller gives.
pub(super) struct Inputs<'a> {
    /// Those of the path in its order, then the other parameters in document order, then the body.
    pub(super) arguments: Vec<Input>,
    /// What the arguments come from, in the same order.
    pub(super) given: Vec<Given<'a>>,
    /// Parameters in document order, then the body.
    pub(super) options: Vec<Input>,
}

/// What an argument comes from.
pub(super) enum Given<'a> {
    Parameter(&'a Parameter),
    Body(&'a Body),
}

pub(super) fn inputs<'a>(
    model: &Model<'_>,
    operation: &'a Operation,
    names: &OperationNames,
) -> Inputs<'a> {
    let mut inputs = Inputs {
        arguments: Vec::new(),
        given: Vec::new(),
        options: Vec::new(),
    };
    let mut seen: Vec<usize> = Vec::new();
    for segment in &operation.template.0 {
        let Segment::Parameter(wire) = segment else {
            continue;
        };
        let Some((index, found)) = path_parameter(operation, wire) else {
            continue;
        };
        // A path may name a parameter twice; it is given once.
        if !seen.contains(&index) {
            seen.push(index);
            if let Some(ident) = names.parameters.get(index) {
                inputs.arguments.push(parameter(model, found, ident));
                inputs.given.push(Given::Parameter(found));
            }
        }
    }
    for (found, ident) in operation.parameters.iter().zip(&names.parameters) {
        match (found.location, found.presence) {
            (Location::Path, _) => {}
            (_, Presence::Required) => {
                inputs.arguments.push(parameter(model, found, ident));
                inputs.given.push(Given::Parameter(found));
            }
            (_, Presence::Optional) => inputs.options.push(parameter(model, found, ident)),
        }
    }
    if let (Some(found), Some(ident)) = (&operation.body, &names.body) {
        let input = body(model, found, ident);
        match found.presence {
            Presence::Required => {
                inputs.arguments.push(input);
                inputs.given.push(Given::Body(found));
            }
            Presence::Optional => inputs.options.push(input),
        }
    }
    inputs
}

/// The path parameter of a name, and its index.
pub(super) fn path_parameter<'a>(
    operation: &'a Operation,
    wire: &str,
) -> Option<(usize, &'a Parameter)> {
    let is_it =
        |parameter: &Parameter| parameter.location == Location::Path && parameter.wire == wire;
    operation
        .parameters
        .iter()
        .enumerate()
        .find(|(_, parameter)| is_it(parameter))
}

fn parameter(model: &Model<'_>, parameter: &Parameter, ident: &Ident) -> Input {
    let wire = parameter.wire.clone();
    let style = parameter.style;
    Input {
        ident: ident.clone(),
        path: parameter.path.clone(),
        docs: docs::parameter_docs(parameter),
        ty: model.rust_type(&parameter.ty, Side::Request),
        target: match parameter.location {
            Location::Path => Target::Path { wire },
            Location::Query => Target::Query { wire, style },
            Location::Header => Target::Header { wire, style },
            Location::Cookie => Target::Cookie { wire, style },
        },
    }
}

fn body(model: &Model<'_>, body: &Body, ident: &Ident) -> Input {
    let rust = |ty| model.rust_type(ty, Side::Request);
    let (ty, kind) = match &body.content {
        Content::Json(ty) => (rust(ty), BodyKind::Json),
        Content::Form(ty) => (rust(ty), BodyKind::Form),
        Content::Multipart(ty) => (rust(ty), BodyKind::Multipart),
        Content::Text => (RustType::String, BodyKind::Text),
        Content::Bytes => (RustType::Bytes, BodyKind::Bytes),
    };
    Input {
        ident: ident.clone(),
        path: body.path.clone(),
        docs: docs::description_docs(&body.docs.description),
        ty,
        target: Target::Body(kind),
    }
}
