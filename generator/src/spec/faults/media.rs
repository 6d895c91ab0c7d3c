//! Media types that no message can have, and encodings of what is not there.

use super::Faults;
use crate::spec::place::Spot;
use crate::spec::tree::{Map, Tree};
use crate::wire::is_token;

impl<'a> Faults<'a> {
    /// The `content` of a body, an answer or a parameter.
    pub(super) fn content(&mut self, owner: &'a Tree, spot: &Spot<'_>) {
        let Some(content) = owner.child("content").and_then(Tree::as_map) else {
            return;
        };
        let spot = spot.key("content");
        for (name, media) in content {
            let spot = spot.key(name);
            if !is_media_type(name) {
                let message = format!("`{}` is no media type", name.escape_debug());
                let help = "write a type and a subtype, such as `application/json`";
                self.fault(&spot, message, help);
            }
            let Some(media) = media.as_map() else {
                continue;
            };
            if let Some(schema) = media.get("schema") {
                self.schema(schema, &spot.key("schema"), false);
            }
            self.encodings(media, &spot);
        }
    }

    /// An encoding is of a property (OpenAPI 3.0.3, Media Type Object).
    fn encodings(&mut self, media: &'a Map, spot: &Spot<'_>) {
        let Some(encodings) = media.get("encoding").and_then(Tree::as_map) else {
            return;
        };
        let schema = media.get("schema").and_then(Tree::as_map);
        let spot = spot.key("encoding");
        for (name, encoding) in encodings {
            let spot = spot.key(name);
            let properties = schema
                .filter(|schema| is_plain(schema))
                .and_then(|schema| schema.get("properties"));
            if properties.is_some_and(|properties| properties.child(name).is_none()) {
                let message = format!("the body has no property `{}`", name.escape_debug());
                self.fault(
                    &spot,
                    message,
                    "correct the name; the encoding has no effect now",
                );
            }
            self.headers(encoding, &spot);
            let style = encoding.child("style").and_then(Tree::as_text);
            let known = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];
            if let Some(style) = style.filter(|style| !known.contains(style)) {
                let message = format!(
                    "`{}` is no style for a member of a body",
                    style.escape_debug()
                );
                let help = "write `form`, `spaceDelimited`, `pipeDelimited` or `deepObject`";
                self.fault(&spot.key("style"), message, help);
            }
        }
    }
}

/// Whether all properties of a schema stand in it.
pub(super) fn is_plain(schema: &Map) -> bool {
    let elsewhere = [
        "$ref",
        "allOf",
        "oneOf",
        "anyOf",
        "additionalProperties",
        "patternProperties",
        "discriminator",
        "if",
        "unevaluatedProperties",
    ];
    elsewhere.iter().all(|key| !schema.contains_key(*key))
}

/// Whether a text is a media type or a range of them, with or without parameters (RFC 9110, section 12.5.1).
fn is_media_type(text: &str) -> bool {
    let plain = text.split(';').next().unwrap_or_default().trim();
    let is_plain = plain
        .split_once('/')
        .is_some_and(|(kind, of)| is_token(kind) && is_token(of));
    is_plain && !text.contains(char::is_control)
}
