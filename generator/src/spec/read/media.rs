//! Media types, encodings and examples (OpenAPI 3.0.3, Media Type Object).

use indexmap::IndexMap;
use openapiv3::{Encoding, Example, MediaType, QueryStyle, ReferenceOr};

use super::Reader;
use super::parameter::query_style;
use super::values::{extensions, json};
use crate::diag::Code;
use crate::spec::document::Kind;
use crate::spec::place::Spot;
use crate::spec::tree::{Map, Tree};

impl Reader<'_, '_> {
    /// The `content` of a body or a parameter.
    pub(super) fn content(&mut self, map: &Map, spot: &Spot<'_>) -> IndexMap<String, MediaType> {
        self.map(map, "content", spot, Self::media_type)
    }

    fn media_type(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<MediaType> {
        if tree.is_null() {
            return Some(MediaType::default());
        }
        let map = self.mapping(tree, "the media type", spot)?;
        if map.contains_key("itemSchema") && !map.contains_key("schema") {
            self.report(
                Code::Unsupported,
                &spot.key("itemSchema").path(),
                "`itemSchema` is of OpenAPI 3.2, and not understood; the content has no type",
                "read the body as bytes, part by part",
            );
        }
        let schema = map.get("schema").filter(|schema| !schema.is_null());
        Some(MediaType {
            schema: schema.map(|schema| self.schema_or_reference(schema, &spot.key("schema"))),
            example: map
                .get("example")
                .filter(|tree| !tree.is_null())
                .map(|tree| self.example_value(tree, spot)),
            examples: self.map(map, "examples", spot, Self::example_or_reference),
            encoding: self.map(map, "encoding", spot, Self::encoding),
            extensions: extensions(map),
        })
    }

    fn encoding(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<Encoding> {
        let map = self.optional_mapping(tree, "the encoding", spot)?;
        let style = self.text(map, "style", spot);
        let style = style.as_deref().and_then(query_style);
        let is_form = style.is_none() || style == Some(QueryStyle::Form);
        Some(Encoding {
            content_type: self.text(map, "contentType", spot),
            headers: self.map(map, "headers", spot, Self::header_or_reference),
            style,
            // Of the style `form` the default is to explode (OpenAPI 3.0.3, Encoding Object).
            explode: self.flag(map, "explode", spot).unwrap_or(is_form),
            allow_reserved: self.flag(map, "allowReserved", spot).unwrap_or_default(),
            extensions: extensions(map),
        })
    }

    /// An example or a reference to one.
    pub(super) fn example_or_reference(
        &mut self,
        tree: &Tree,
        spot: &Spot<'_>,
    ) -> Option<ReferenceOr<Example>> {
        self.or_reference(Kind::Example, tree, spot, Self::example)
    }

    /// An example.
    pub(super) fn example(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<Example> {
        // Some documents write the value itself.
        let Some(map) = tree.as_map() else {
            return Some(Example {
                value: Some(tree.to_json()),
                ..Example::default()
            });
        };
        Some(Example {
            summary: self.text(map, "summary", spot),
            description: self.text(map, "description", spot),
            value: json(map, "value"),
            external_value: self.text(map, "externalValue", spot),
            extensions: extensions(map),
        })
    }
}
