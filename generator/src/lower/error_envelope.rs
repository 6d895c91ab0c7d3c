//! The schema that error answers share, found by looking, not by name.

use std::collections::BTreeMap;

use crate::ir::{
    Content, ErrorEnvelope, ErrorMembers, Object, Operation, Shape, Type, TypeId, TypeRef,
};

/// The object schema that most error answers in JSON have; none where no schema stands in at least half of them. Those that may
/// be any JSON have no vote.
pub(super) fn find(operations: &[Operation], types: &[Type]) -> Option<ErrorEnvelope> {
    let mut counts: BTreeMap<TypeId, usize> = BTreeMap::new();
    let mut all = 0;
    for answer in operations.iter().flat_map(|operation| &operation.failure) {
        let Some(Content::Json(ty)) = &answer.body else {
            continue;
        };
        if *ty == TypeRef::Json {
            continue;
        }
        all += 1;
        if let TypeRef::Named(id) = ty {
            *counts.entry(*id).or_default() += 1;
        }
    }
    let (id, object, count) = counts
        .into_iter()
        .filter_map(|(id, count)| match &types.get(id.index())?.shape {
            Shape::Object(object) => Some((id, object, count)),
            _ => None,
        })
        // Equal counts go by place, so that the order of operations does not matter.
        .max_by_key(|(id, _, count)| {
            let path = types.get(id.index()).map(|ty| ty.path.clone());
            (*count, std::cmp::Reverse(path))
        })?;
    (count * 2 >= all).then(|| ErrorEnvelope {
        ty: id,
        members: members(object),
    })
}

/// The members whose names and types say what they are.
fn members(object: &Object) -> ErrorMembers {
    const CODES: [&str; 5] = ["errorCode", "error_code", "code", "error", "type"];
    const DETAILS: [&str; 6] = [
        "detail",
        "message",
        "error_description",
        "errorMessage",
        "description",
        "title",
    ];
    let text = |names: &[&str]| {
        names.iter().find_map(|name| {
            let field = object.fields.iter().find(|field| field.wire == *name)?;
            let fits = field.ty.is_text() || matches!(field.ty, TypeRef::Named(_));
            fits.then(|| format!("/{name}"))
        })
    };
    ErrorMembers {
        code: text(&CODES),
        detail: text(&DETAILS),
        ..ErrorMembers::default()
    }
}
