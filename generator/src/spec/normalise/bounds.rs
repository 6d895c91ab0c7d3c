//! Numeric `exclusiveMinimum` and `exclusiveMaximum` become a bound and a mark that it is excluded.

use super::{Fields, set};
use crate::spec::tree::Tree;

pub(super) fn rewrite(fields: &mut Fields<'_>) {
    rewrite_one(
        fields,
        "exclusiveMinimum",
        "minimum",
        |exclusive, inclusive| exclusive >= inclusive,
    );
    rewrite_one(
        fields,
        "exclusiveMaximum",
        "maximum",
        |exclusive, inclusive| exclusive <= inclusive,
    );
}

fn rewrite_one(
    fields: &mut Fields<'_>,
    exclusive: &'static str,
    inclusive: &'static str,
    is_tighter: fn(f64, f64) -> bool,
) {
    let Some(Tree::Number(bound)) = fields.get(exclusive).map(|tree| tree.as_ref()) else {
        return;
    };
    let bound = bound.clone();
    let other = match fields.get(inclusive).map(|tree| tree.as_ref()) {
        Some(Tree::Number(other)) => other.as_f64(),
        _ => None,
    };
    let counts = match (bound.as_f64(), other) {
        (Some(bound), Some(other)) => is_tighter(bound, other),
        _ => true,
    };
    if counts {
        set(fields, inclusive, Tree::Number(bound));
        set(fields, exclusive, Tree::Bool(true));
    } else {
        fields.shift_remove(exclusive);
    }
}
