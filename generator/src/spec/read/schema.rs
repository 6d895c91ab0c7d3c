//! Schemas (OpenAPI 3.0.3, Schema Object), after rewriting to 3.0.

mod kind;

use openapiv3::{AdditionalProperties, AnySchema, Discriminator, ReferenceOr, Schema, SchemaData};

use self::kind::{Keywords, kind};
use super::Reader;
use super::values::{extensions, is_extension};
use crate::diag::Code;
use crate::spec::document::Kind;
use crate::spec::normalise;
use crate::spec::place::Spot;
use crate::spec::scope;
use crate::spec::tree::{Map, Tree};

impl Reader<'_, '_> {
    /// A schema or a reference to one.
    pub(super) fn schema_or_reference(
        &mut self,
        tree: &Tree,
        spot: &Spot<'_>,
    ) -> ReferenceOr<Schema> {
        if let Some(map) = tree.as_map()
            && map.len() == 1
            && let Some(reference) = self.reference(Kind::Schema, map, spot)
        {
            return reference;
        }
        ReferenceOr::Item(self.schema(tree, spot))
    }

    /// A schema; the empty one where it is none.
    pub(super) fn schema(&mut self, tree: &Tree, spot: &Spot<'_>) -> Schema {
        match tree {
            Tree::Map(map) => self.schema_of(map, spot),
            Tree::Bool(allows) => self.schema(&normalise::boolean(*allows), spot),
            Tree::Null => self.schema_of(&Map::new(), spot),
            other => {
                let message = format!("the schema is {}, not a mapping", other.kind());
                self.invalid(
                    spot,
                    message,
                    "write the schema as a mapping; any JSON is taken here now",
                );
                self.schema_of(&Map::new(), spot)
            }
        }
    }

    /// The schema that a mapping holds.
    pub(super) fn schema_of(&mut self, map: &Map, spot: &Spot<'_>) -> Schema {
        let mut data = SchemaData::default();
        let mut any = AnySchema::default();
        let mut keywords = Keywords::default();
        self.report_dynamic(map, spot);
        for (key, value) in normalise::fields(map) {
            let spot = spot.key(&key);
            if value.is_null() {
                continue;
            }
            if is_extension(&key) {
                data.extensions.insert(key.into_owned(), value.to_json());
            } else if key == normalise::TUPLE {
                data.extensions.insert(key.to_string(), true.into());
                self.keyword(&mut any, &mut keywords, &key, &value, &spot);
            } else if !self.annotation(&mut data, &key, &value, &spot) {
                self.keyword(&mut any, &mut keywords, &key, &value, &spot);
            }
        }
        Schema {
            schema_data: data,
            schema_kind: kind(any, keywords),
        }
    }

    /// A dynamic reference that several schemas bind is another type for each of them; here it is one.
    fn report_dynamic(&mut self, map: &Map, spot: &Spot<'_>) {
        let Some(reference) = map.get("$dynamicRef").and_then(Tree::as_text) else {
            return;
        };
        if scope::bindings(&mut self.files, reference, spot.document()) > 1 {
            self.report(
                Code::Unsupported,
                &spot.key("$dynamicRef").path(),
                format!("several schemas bind `{reference}`, and a type can't depend on which of them leads here; the nearest counts"),
                "write the schema that it is bound to in place of the reference, once for each use",
            );
        }
    }

    /// A member that describes; whether it was one.
    fn annotation(
        &mut self,
        data: &mut SchemaData,
        key: &str,
        value: &Tree,
        spot: &Spot<'_>,
    ) -> bool {
        match key {
            "nullable" => data.nullable = self.flag_of(value, spot).unwrap_or_default(),
            "readOnly" => data.read_only = self.flag_of(value, spot).unwrap_or_default(),
            "writeOnly" => data.write_only = self.flag_of(value, spot).unwrap_or_default(),
            "deprecated" => data.deprecated = self.flag_of(value, spot).unwrap_or_default(),
            "externalDocs" => data.external_docs = self.external_docs_of(value, spot),
            "example" => data.example = Some(self.example_value(value, spot)),
            "title" => data.title = self.text_of(value, spot),
            "description" => data.description = self.text_of(value, spot),
            "discriminator" => data.discriminator = self.discriminator(value, spot),
            "default" => data.default = Some(value.to_json()),
            _ => return false,
        }
        true
    }

    /// A member that restricts. Unknown ones are left out.
    fn keyword(
        &mut self,
        any: &mut AnySchema,
        present: &mut Keywords,
        key: &str,
        value: &Tree,
        spot: &Spot<'_>,
    ) {
        match key {
            "type" => any.typ = self.type_name(value, spot),
            "format" => any.format = self.text_of(value, spot),
            "enum" => {
                any.enumeration = self
                    .list_of(value, spot)
                    .iter()
                    .map(Tree::to_json)
                    .collect()
            }
            "pattern" => any.pattern = self.text_of(value, spot),
            "minLength" => any.min_length = self.count_of(value, spot),
            "maxLength" => any.max_length = self.count_of(value, spot),
            "multipleOf" => present.multiple_of = self.number_of(value, spot),
            "minimum" => present.minimum = self.number_of(value, spot),
            "maximum" => present.maximum = self.number_of(value, spot),
            "exclusiveMinimum" => {
                any.exclusive_minimum = self.flag_of(value, spot).filter(|is_set| *is_set)
            }
            "exclusiveMaximum" => {
                any.exclusive_maximum = self.flag_of(value, spot).filter(|is_set| *is_set)
            }
            "properties" => {
                any.properties = self.anywhere(value, spot, Self::map_of_schemas);
            }
            "required" => any.required = self.required_names(value, spot),
            "additionalProperties" => {
                any.additional_properties = Some(self.additional(value, spot))
            }
            "minProperties" => any.min_properties = self.count_of(value, spot),
            "maxProperties" => any.max_properties = self.count_of(value, spot),
            "items" => any.items = Some(boxed(self.schema_or_reference(value, spot))),
            normalise::TUPLE => any.any_of = self.schemas(value, spot),
            "minItems" => any.min_items = self.count_of(value, spot),
            "maxItems" => any.max_items = self.count_of(value, spot),
            "uniqueItems" => any.unique_items = self.flag_of(value, spot).filter(|is_set| *is_set),
            "oneOf" => any.one_of = self.schemas(value, spot),
            "allOf" => any.all_of = self.schemas(value, spot),
            "anyOf" => any.any_of = self.schemas(value, spot),
            "not" => any.not = Some(Box::new(self.schema_or_reference(value, spot))),
            _ => {}
        }
    }

    /// One of the six types; slips that have one obvious reading are read so.
    fn type_name(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<String> {
        let name = self.text_of(tree, spot)?;
        let known = match name.as_str() {
            "string" | "number" | "integer" | "boolean" | "object" | "array" => name.as_str(),
            "int" | "Integer" | "int32" | "int64" | "long" => "integer",
            "float" | "double" | "Number" => "number",
            "bool" | "Boolean" => "boolean",
            "String" => "string",
            "Object" => "object",
            "Array" | "list" => "array",
            "any" => return None,
            other => {
                let help = "write `string`, `number`, `integer`, `boolean`, `object` or `array`; any JSON is taken here now";
                self.invalid(spot, format!("`{other}` is no type"), help);
                return None;
            }
        };
        Some(known.to_owned())
    }

    fn map_of_schemas(
        &mut self,
        tree: &Tree,
        spot: &Spot<'_>,
    ) -> indexmap::IndexMap<String, ReferenceOr<Box<Schema>>> {
        let Some(map) = tree.as_map() else {
            if !tree.is_null() {
                self.wrong(tree, "a mapping", spot);
            }
            return indexmap::IndexMap::new();
        };
        // A property that no schema allows is not there.
        let entries = map
            .iter()
            .filter(|(_, tree)| **tree != Tree::Bool(false) && **tree != normalise::boolean(false));
        entries
            .map(|(name, tree)| {
                (
                    name.clone(),
                    boxed(self.schema_or_reference(tree, &spot.key(name))),
                )
            })
            .collect()
    }

    fn schemas(&mut self, tree: &Tree, spot: &Spot<'_>) -> Vec<ReferenceOr<Schema>> {
        let list = self.list_of(tree, spot).iter().enumerate();
        list.map(|(index, tree)| self.schema_or_reference(tree, &spot.index(index)))
            .collect()
    }

    /// The required properties. A truth value is a common slip: it is the outer object's to say, and says nothing here.
    fn required_names(&mut self, tree: &Tree, spot: &Spot<'_>) -> Vec<String> {
        match tree {
            Tree::Bool(_) => Vec::new(),
            Tree::Text(text) if matches!(text.as_str(), "true" | "false") => Vec::new(),
            other => self.texts_of(other, spot),
        }
    }

    fn additional(&mut self, tree: &Tree, spot: &Spot<'_>) -> AdditionalProperties {
        match tree {
            Tree::Bool(allows) => AdditionalProperties::Any(*allows),
            other => AdditionalProperties::Schema(Box::new(self.schema_or_reference(other, spot))),
        }
    }

    /// Which property tells the variants of a union apart. A bare string, as in Swagger 2, is that property.
    fn discriminator(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<Discriminator> {
        if let Some(name) = tree.as_text() {
            return Some(Discriminator {
                property_name: name.to_owned(),
                ..Discriminator::default()
            });
        }
        let map = self.mapping(tree, "the discriminator", spot)?;
        let property_name = self.required_text(map, "propertyName", "the discriminator", spot)?;
        let mut mapping = indexmap::IndexMap::new();
        let targets = map
            .get("mapping")
            .and_then(Tree::as_map)
            .into_iter()
            .flatten();
        for (tag, target) in targets {
            let mapping_spot = spot.key("mapping");
            let spot = mapping_spot.key(tag);
            let Some(target) = self.text_of(target, &spot) else {
                continue;
            };
            let target = self.mapping_target(target, &spot);
            mapping.insert(tag.clone(), target);
        }
        Some(Discriminator {
            property_name,
            mapping,
            extensions: extensions(map),
        })
    }

    /// The reference that a mapping's value is: a bare name is a component's (OpenAPI 3.0.3, Discriminator Object).
    fn mapping_target(&mut self, target: String, spot: &Spot<'_>) -> String {
        let is_name = target
            .chars()
            .all(|char| char.is_alphanumeric() || "._-".contains(char));
        if is_name {
            let reference = format!("#/components/schemas/{target}");
            if let Ok(found) = self.follow(Kind::Schema, &reference, spot.document()) {
                let text = self.as_referred_to(Kind::Schema, &reference, Some(&found), spot);
                return text.into_owned();
            }
        }
        let found = self.follow(Kind::Schema, &target, spot.document());
        let text = self.as_referred_to(Kind::Schema, &target, found.as_ref().ok(), spot);
        let text = text.into_owned();
        if let Err(unresolved) = found {
            self.unresolved(Kind::Schema, spot, unresolved);
        }
        text
    }
}

fn boxed(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
    }
}
