//! Answers that declare the service's envelope.
//!
//! Where a caller asks for the envelope, the runtime takes it off, so that the declared type is what comes. An operation whose
//! declared type is the envelope itself must be left alone.

use crate::config::Envelope;
use crate::ir::{Content, Object, Operation, Presence, Shape, Type, TypeRef};

/// Marks the operations that can be asked for an envelope and whose success has its status and content as members of its own.
pub(super) fn mark_declared(
    operations: &mut [Operation],
    types: &[Type],
    envelope: Option<&Envelope>,
) {
    let Some(envelope) = envelope else { return };
    for operation in operations {
        let takes_parameter = operation
            .parameters
            .iter()
            .any(|parameter| parameter.wire == envelope.parameter);
        let mut bodies = operation
            .success
            .iter()
            .filter_map(|answer| answer.body.as_ref());
        operation.is_enveloped = takes_parameter
            && bodies.any(|body| match body {
                Content::Json(ty) => object(types, ty).is_some_and(|object| has(object, envelope)),
                _ => false,
            });
    }
}

/// Both members are always there: an object that only happens to have a member of such a name is no envelope.
fn has(object: &Object, envelope: &Envelope) -> bool {
    [&envelope.status, &envelope.content].iter().all(|name| {
        object
            .fields
            .iter()
            .any(|field| field.wire == **name && field.presence == Presence::Required)
    })
}

/// The object that a use leads to, through other names for it.
fn object<'t>(types: &'t [Type], ty: &TypeRef) -> Option<&'t Object> {
    let mut ty = ty;
    // No more steps than there are types: names can go round in circles.
    for _ in types {
        let TypeRef::Named(id) = ty else { return None };
        match &types.get(id.index())?.shape {
            Shape::Object(object) => return Some(object),
            Shape::Alias(other) => ty = other,
            Shape::Enum(_) | Shape::Union(_) => return None,
        }
    }
    None
}
