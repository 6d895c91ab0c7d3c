//! The first of a schema's `examples` becomes its `example`.

use super::{Fields, list, set};

pub(super) fn rewrite(fields: &mut Fields<'_>) {
    if fields.contains_key("example") {
        return;
    }
    if let Some(first) = list(fields, "examples").and_then(<[_]>::first) {
        let first = first.clone();
        set(fields, "example", first);
    }
}
