//! What a caller gives: arguments for what is required, options for the rest.

use std::collections::BTreeMap;

use super::docs;
use super::rust_type::{Model, Side};
use crate::diag::SpecPath;
use crate::ir::{Body, Content, Location, Operation, Parameter, Presence, Segment};
use crate::names::{Ident, OperationNames};
use crate::surface::{BodyKind, DocLines, Input, RustType, Target};

/// What a caller gives.
pub(super) struct Inputs<'a> {
    /// Those of the path in its order, then the other parameters in document order, then the body.
    pub(super) arguments: Vec<Input>,
    /// What the arguments come from, in the same order.
    pub(super) given: Vec<Given<'a>>,
    /// The options that stand among the shared parameters, in document order.
    pub(super) shared: Vec<Ident>,
    /// The other parameters in document order, then the body.
    pub(super) options: Vec<Input>,
}

/// What an argument comes from.
pub(super) enum Given<'a> {
    Parameter(&'a Parameter),
    Body(&'a Body),
}

pub(super) fn inputs<'a>(
    model: &Model<'_>,
    shared: &Shared<'_>,
    operation: &'a Operation,
    names: &OperationNames,
) -> Inputs<'a> {
    let mut inputs = Inputs {
        arguments: Vec::new(),
        given: Vec::new(),
        shared: Vec::new(),
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
                inputs.give(model, shared, found, ident);
            }
        }
    }
    for (found, ident) in operation.parameters.iter().zip(&names.parameters) {
        match (found.location, found.presence) {
            (Location::Path, _) => {}
            (_, Presence::Required) => inputs.give(model, shared, found, ident),
            (_, Presence::Optional) if shared.has(ident, found) => {
                inputs.shared.push(ident.clone());
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

impl<'a> Inputs<'a> {
    /// Takes a parameter as an argument.
    fn give(
        &mut self,
        model: &Model<'_>,
        shared: &Shared<'_>,
        found: &'a Parameter,
        ident: &Ident,
    ) {
        let docs = if shared.is_common(found) {
            docs::argument_docs(found)
        } else {
            docs::parameter_docs(found)
        };
        self.arguments
            .push(parameter_with(docs, model, found, ident));
        self.given.push(Given::Parameter(found));
    }
}

/// What several operations take from one place in the document.
pub(super) struct Shared<'a> {
    /// How many operations take a parameter of `components/parameters`.
    uses: BTreeMap<&'a SpecPath, usize>,
    /// The optional ones among those that two take or more, by the name of the setter.
    options: BTreeMap<&'a Ident, &'a Parameter>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(model: &Model<'a>) -> Self {
        let mut uses: BTreeMap<&SpecPath, usize> = BTreeMap::new();
        let mut setters: BTreeMap<(&Ident, &SpecPath), (usize, &Parameter)> = BTreeMap::new();
        for (operation, names) in model.api.operations.iter().zip(&model.names.operations) {
            let named = operation.parameters.iter().zip(&names.parameters);
            for (parameter, ident) in named.filter(|(parameter, _)| is_component(parameter)) {
                *uses.entry(&parameter.path).or_default() += 1;
                if parameter.presence == Presence::Optional {
                    setters
                        .entry((ident, &parameter.path))
                        .or_insert((0, parameter))
                        .0 += 1;
                }
            }
        }
        let mut options: BTreeMap<&Ident, (usize, &Parameter)> = BTreeMap::new();
        for ((ident, _), (count, parameter)) in setters {
            // Of two with one name, the one that more operations take; among equals the first by place.
            let is_more = options.get(ident).is_none_or(|(most, _)| count > *most);
            if count > 1 && is_more {
                options.insert(ident, (count, parameter));
            }
        }
        Self {
            uses,
            options: options
                .into_iter()
                .map(|(ident, (_, parameter))| (ident, parameter))
                .collect(),
        }
    }

    /// The optional ones, sorted by name.
    pub(super) fn inputs(&self, model: &Model<'_>) -> Vec<Input> {
        let input = |(ident, found): (&&Ident, &&Parameter)| parameter(model, found, ident);
        self.options.iter().map(input).collect()
    }

    /// Whether a setter is that of the shared parameter of its name.
    fn has(&self, ident: &Ident, parameter: &Parameter) -> bool {
        self.options
            .get(ident)
            .is_some_and(|shared| shared.path == parameter.path)
    }

    /// Whether more than one operation takes a parameter.
    fn is_common(&self, parameter: &Parameter) -> bool {
        self.uses
            .get(&parameter.path)
            .is_some_and(|count| *count > 1)
    }
}

/// Whether a parameter stands under `components/parameters`, and not where an operation takes it.
fn is_component(parameter: &Parameter) -> bool {
    parameter
        .path
        .pointer()
        .starts_with("/components/parameters/")
}

/// The path parameter of a name, and its index.
fn path_parameter<'a>(operation: &'a Operation, wire: &str) -> Option<(usize, &'a Parameter)> {
    let is_it =
        |parameter: &Parameter| parameter.location == Location::Path && parameter.wire == wire;
    operation
        .parameters
        .iter()
        .enumerate()
        .find(|(_, parameter)| is_it(parameter))
}

fn parameter(model: &Model<'_>, parameter: &Parameter, ident: &Ident) -> Input {
    parameter_with(docs::parameter_docs(parameter), model, parameter, ident)
}

fn parameter_with(
    docs: DocLines,
    model: &Model<'_>,
    parameter: &Parameter,
    ident: &Ident,
) -> Input {
    let wire = parameter.wire.clone();
    let style = parameter.style;
    Input {
        ident: ident.clone(),
        path: parameter.path.clone(),
        docs,
        ty: model.rust_type(&parameter.ty, Side::Request),
        target: match parameter.location {
            Location::Path => Target::Path {
                wire,
                style,
                pattern: parameter.pattern.clone(),
            },
            Location::Query => Target::Query {
                wire,
                style,
                reserved: parameter.reserved,
            },
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
        // What goes out one by one is written by the caller.
        Content::Bytes | Content::Sequence(..) => (RustType::Upload, BodyKind::Bytes),
    };
    Input {
        ident: ident.clone(),
        path: body.path.clone(),
        docs: docs::body_docs(body),
        ty,
        target: Target::Body(kind),
    }
}
