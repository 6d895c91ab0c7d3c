//! `contentEncoding` and `contentMediaType` of strings, and `type: file`, become formats; a format without a type brings the type
//! that it is of.

use super::{Fields, set, text};
use crate::spec::tree::Tree;

/// Keywords that say what a schema is, so that its format need not.
const SAYS_MORE: [&str; 10] = [
    "type",
    "enum",
    "const",
    "oneOf",
    "anyOf",
    "allOf",
    "$ref",
    "properties",
    "additionalProperties",
    "items",
];

pub(super) fn rewrite(fields: &mut Fields<'_>) {
    if text(fields, "type") == Some("file") {
        set(fields, "type", Tree::text("string"));
        set(fields, "format", Tree::text("binary"));
        return;
    }
    if let Some(format) = text(fields, "format") {
        let says_more = SAYS_MORE.iter().any(|key| fields.contains_key(*key));
        if let (Some(name), false) = (type_of(format), says_more) {
            set(fields, "type", Tree::text(name));
        }
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

/// The type that a format is of (the OpenAPI format registry, and JSON Schema 2020-12, validation, 7.3). By the letter a format
/// alone lets values of other types be; nobody means that.
fn type_of(format: &str) -> Option<&'static str> {
    Some(match format {
        "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" => {
            "integer"
        }
        "float" | "double" => "number",
        "date-time" | "date" | "time" | "duration" | "email" | "idn-email" | "hostname"
        | "idn-hostname" | "ipv4" | "ipv6" | "uri" | "uri-reference" | "iri" | "iri-reference"
        | "uri-template" | "uuid" | "json-pointer" | "regex" | "byte" | "binary" | "password" => {
            "string"
        }
        _ => return None,
    })
}
