//! One way to look at a schema, however `openapiv3` has sorted its keywords.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind, Type,
    VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use crate::spec;

/// The JSON types that a schema can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JsonType {
    Text,
    Integer,
    Number,
    Bool,
    List,
    Object,
}

/// A schema's keywords, side by side.
#[derive(Default)]
pub(super) struct View<'a> {
    pub(super) json_type: Option<JsonType>,
    pub(super) format: String,
    pub(super) pattern: Option<&'a str>,
    /// The values of `enum`, null aside.
    pub(super) values: Vec<Value>,
    pub(super) properties: Option<&'a IndexMap<String, ReferenceOr<Box<Schema>>>>,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) items: Option<&'a ReferenceOr<Box<Schema>>>,
    /// The schemas of a tuple's places.
    pub(super) places: &'a [ReferenceOr<Schema>],
    pub(super) one_of: &'a [ReferenceOr<Schema>],
    pub(super) any_of: &'a [ReferenceOr<Schema>],
    pub(super) all_of: &'a [ReferenceOr<Schema>],
}

impl<'a> View<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        match &schema.schema_kind {
            SchemaKind::Type(ty) => Self::of_type(ty),
            SchemaKind::OneOf { one_of } => Self {
                one_of,
                ..Self::default()
            },
            SchemaKind::AllOf { all_of } => Self {
                all_of,
                ..Self::default()
            },
            SchemaKind::AnyOf { any_of } => Self {
                any_of,
                ..Self::default()
            },
            SchemaKind::Not { .. } => Self::default(),
            SchemaKind::Any(any) if spec::is_tuple(schema) => Self {
                places: &any.any_of,
                any_of: &[],
                ..Self::of_any(any)
            },
            SchemaKind::Any(any) => Self::of_any(any),
        }
    }

    fn of_type(ty: &'a Type) -> Self {
        match ty {
            Type::String(text) => Self {
                json_type: Some(JsonType::Text),
                format: format_name(&text.format),
                pattern: text.pattern.as_deref(),
                values: values(&text.enumeration),
                ..Self::default()
            },
            Type::Number(number) => Self {
                json_type: Some(JsonType::Number),
                format: format_name(&number.format),
                values: values(&number.enumeration),
                ..Self::default()
            },
            Type::Integer(integer) => Self {
                json_type: Some(JsonType::Integer),
                format: format_name(&integer.format),
                values: values(&integer.enumeration),
                ..Self::default()
            },
            Type::Boolean(boolean) => Self {
                json_type: Some(JsonType::Bool),
                values: values(&boolean.enumeration),
                ..Self::default()
            },
            Type::Object(object) => Self {
                json_type: Some(JsonType::Object),
                properties: Some(&object.properties),
                required: &object.required,
                additional: object.additional_properties.as_ref(),
                ..Self::default()
            },
            Type::Array(array) => Self {
                json_type: Some(JsonType::List),
                items: array.items.as_ref(),
                ..Self::default()
            },
        }
    }

    fn of_any(any: &'a AnySchema) -> Self {
        Self {
            json_type: any.typ.as_deref().and_then(json_type),
            format: any.format.clone().unwrap_or_default(),
            pattern: any.pattern.as_deref(),
            values: any
                .enumeration
                .iter()
                .filter(|value| !value.is_null())
                .cloned()
                .collect(),
            properties: Some(&any.properties),
            required: &any.required,
            additional: any.additional_properties.as_ref(),
            items: any.items.as_ref(),
            places: &[],
            one_of: &any.one_of,
            any_of: &any.any_of,
            all_of: &any.all_of,
        }
    }

    /// Whether there is a declared property.
    pub(super) fn has_properties(&self) -> bool {
        self.properties
            .is_some_and(|properties| !properties.is_empty())
    }

    /// The declared properties.
    pub(super) fn properties(
        &self,
    ) -> impl Iterator<Item = (&'a String, &'a ReferenceOr<Box<Schema>>)> + use<'a> {
        self.properties.into_iter().flatten()
    }

    /// The alternatives, with the keyword that lists them.
    pub(super) fn alternatives(&self) -> Option<(&'static str, &'a [ReferenceOr<Schema>])> {
        if !self.one_of.is_empty() {
            Some(("oneOf", self.one_of))
        } else if !self.any_of.is_empty() {
            Some(("anyOf", self.any_of))
        } else {
            None
        }
    }

    /// Whether it says nothing of the values' form: at the most, that properties must be there or a note.
    pub(super) fn is_bare(&self) -> bool {
        self.json_type.is_none_or(|ty| ty == JsonType::Object)
            && self.values.is_empty()
            && !self.has_properties()
            && self.additional.is_none()
            && self.items.is_none()
            && self.alternatives().is_none()
            && self.all_of.is_empty()
    }

    /// Whether its values have a type, and it is another than object.
    pub(super) fn is_no_object(&self) -> bool {
        self.json_type.is_some_and(|ty| ty != JsonType::Object)
    }

    /// The values of `enum` that are strings.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.values.iter().filter_map(Value::as_str)
    }
}

/// What a schema says of itself, its type aside.
pub(super) fn data(schema: &Schema) -> &SchemaData {
    &schema.schema_data
}

fn json_type(name: &str) -> Option<JsonType> {
    Some(match name {
        "string" => JsonType::Text,
        "integer" => JsonType::Integer,
        "number" => JsonType::Number,
        "boolean" => JsonType::Bool,
        "array" => JsonType::List,
        "object" => JsonType::Object,
        _ => return None,
    })
}

fn values<T: Clone + Into<Value>>(list: &[Option<T>]) -> Vec<Value> {
    list.iter().flatten().cloned().map(Into::into).collect()
}

/// The format's name as the document writes it.
fn format_name<T: serde::Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> String {
    match format {
        VariantOrUnknownOrEmpty::Unknown(name) => name.clone(),
        VariantOrUnknownOrEmpty::Empty => String::new(),
        VariantOrUnknownOrEmpty::Item(known) => match serde_json::to_value(known) {
            Ok(Value::String(name)) => name,
            _ => String::new(),
        },
    }
}
