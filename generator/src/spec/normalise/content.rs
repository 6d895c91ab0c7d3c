//! `contentEncoding` and `contentMediaType` of strings, and `type: file`, become formats.

use super::{Fields, set, text};
use crate::spec::tree::Tree;

pub(super) fn rewrite(fields: &mut Fields<'_>) {
    if text(fields, "type") == Some("file") {
        set(fields, "type", Tree::text("string"));
        set(fields, "format", Tree::text("binary"));
        return;
    }
    if fields.contains_key("format") {
        return;
    }
    let format = match (
        text(fields, "contentEncoding"),
        text(fields, "contentMediaType"),
    ) {
        (Some("base64" | "base64url"), _) => "byte",
        (None, Some("application/octet-stream")) => "binary",
        _ => return,
    };
    set(fields, "format", Tree::text(format));
}
