//! Tuples become lists of what fits every place. Where their length is fixed the places are kept beside.

use super::{Fields, any_of, list, set};
use crate::spec::tree::Tree;
use std::borrow::Cow;

/// The keyword for the places; only a tuple of a fixed length has it after rewriting.
pub(in crate::spec) const MARK: &str = "prefixItems";

/// Tuples with more places are lists: nobody reads them.
const MOST_PLACES: usize = 6;

pub(super) fn rewrite(fields: &mut Fields<'_>) {
    // `items` with a list is how JSON Schema said it before 2020-12; what `items` says now was `additionalItems` then.
    let (places, rest) = match (list(fields, "prefixItems"), list(fields, "items")) {
        (Some(places), _) => (places, "items"),
        (None, Some(places)) => (places, "additionalItems"),
        (None, None) => return,
    };
    let mut schemas = places.to_vec();
    let kept = is_fixed(fields, schemas.len(), rest).then(|| Tree::List(schemas.clone()));
    if let Some(rest) = fields.get(rest).filter(|rest| rest.as_map().is_some()) {
        schemas.push(rest.as_ref().clone());
    }
    let items = any_of(schemas).unwrap_or(Tree::map([]));
    set(fields, "items", items);
    match kept {
        Some(places) => set(fields, MARK, places),
        None => fields.shift_remove(MARK).map_or((), drop),
    }
}

/// Whether there are always as many values as places. That nothing may come after them is said by documents that mean a tuple,
/// even where they forget to say that all must be there.
fn is_fixed(fields: &Fields<'_>, places: usize, rest: &str) -> bool {
    let length = |key: &str| match fields.get(key).map(Cow::as_ref) {
        Some(Tree::Number(number)) => number.as_u64(),
        _ => None,
    };
    let exact = u64::try_from(places).ok();
    let is_closed = fields.get(rest).map(Cow::as_ref) == Some(&Tree::Bool(false));
    let no_more = is_closed || (length("maxItems").is_some() && length("maxItems") == exact);
    let no_less = length("minItems") == exact || (is_closed && length("minItems").is_none());
    let is_list = matches!(super::text(fields, "type"), None | Some("array"));
    let is_choice = fields.contains_key("anyOf");
    (2..=MOST_PLACES).contains(&places) && no_more && no_less && is_list && !is_choice
}
