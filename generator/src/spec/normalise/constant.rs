//! `const` becomes an `enum` of one value.

use super::{Fields, set};
use crate::spec::tree::Tree;

pub(super) fn rewrite(fields: &mut Fields<'_>) {
    if let Some(value) = fields.shift_remove("const") {
        set(fields, "enum", Tree::List(vec![value.into_owned()]));
    }
}
