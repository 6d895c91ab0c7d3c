//! Properties that are known by a pattern, or by what the rest of the schema leaves over, become additional ones.

use super::{Fields, any_of, set};
use crate::spec::tree::Tree;

pub(super) fn rewrite(fields: &mut Fields<'_>) {
    if let Some(rest) = fields.get("unevaluatedProperties")
        && rest.as_map().is_some()
        && !fields.contains_key("additionalProperties")
    {
        let rest = rest.clone().into_owned();
        set(fields, "additionalProperties", rest);
    }
    let Some(patterns) = fields
        .get("patternProperties")
        .and_then(|tree| tree.as_map())
    else {
        return;
    };
    let mut schemas: Vec<Tree> = patterns
        .values()
        .filter(|schema| **schema != Tree::Bool(false))
        .cloned()
        .collect();
    match fields.get("additionalProperties").map(AsRef::as_ref) {
        None | Some(Tree::Bool(false)) => {}
        Some(additional) => schemas.push(additional.clone()),
    }
    if let Some(schema) = any_of(schemas) {
        set(fields, "additionalProperties", schema);
    }
}
