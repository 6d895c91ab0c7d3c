//! Which kind a schema is, by the keywords it has.
//!
//! A keyword about one type does not restrict values of another (JSON Schema 2020-12, validation, 6), so beside a `type`
//! only that type's keywords count.

use openapiv3::{
    AnySchema, ArrayType, BooleanType, IntegerType, NumberType, ObjectType, SchemaKind, StringType,
    Type,
};
use serde_json::{Number, Value};

use crate::spec::read::values::whole;

/// Numbers that are kept as they are written until the schema's type is known.
#[derive(Default)]
pub(super) struct Keywords {
    pub(super) multiple_of: Option<Number>,
    pub(super) minimum: Option<Number>,
    pub(super) maximum: Option<Number>,
}

/// The kind of a schema: a type, a combination, or any mixture of keywords.
pub(super) fn kind(any: AnySchema, numbers: Keywords) -> SchemaKind {
    let combinations = [
        !any.one_of.is_empty(),
        !any.all_of.is_empty(),
        !any.any_of.is_empty(),
        any.not.is_some(),
    ];
    match combinations.iter().filter(|is_there| **is_there).count() {
        0 => match any.typ.as_deref() {
            Some("string") => SchemaKind::Type(Type::String(string(any))),
            Some("number") => SchemaKind::Type(Type::Number(number(any, &numbers))),
            Some("integer") => SchemaKind::Type(Type::Integer(integer(any, &numbers))),
            Some("boolean") => SchemaKind::Type(Type::Boolean(boolean(any))),
            Some("object") => SchemaKind::Type(Type::Object(object(any))),
            Some("array") => SchemaKind::Type(Type::Array(array(any))),
            _ => mixture(any, &numbers),
        },
        1 if is_combination_alone(&any, &numbers) => {
            if !any.one_of.is_empty() {
                SchemaKind::OneOf { one_of: any.one_of }
            } else if !any.all_of.is_empty() {
                SchemaKind::AllOf { all_of: any.all_of }
            } else if !any.any_of.is_empty() {
                SchemaKind::AnyOf { any_of: any.any_of }
            } else if let Some(not) = any.not {
                SchemaKind::Not { not }
            } else {
                SchemaKind::Any(any)
            }
        }
        _ => mixture(any, &numbers),
    }
}

fn mixture(mut any: AnySchema, numbers: &Keywords) -> SchemaKind {
    any.multiple_of = float(numbers.multiple_of.as_ref());
    any.minimum = float(numbers.minimum.as_ref());
    any.maximum = float(numbers.maximum.as_ref());
    SchemaKind::Any(any)
}

/// Whether no keyword but the combinations is there.
fn is_combination_alone(any: &AnySchema, numbers: &Keywords) -> bool {
    let text = any.typ.is_some() || any.format.is_some() || any.pattern.is_some();
    let lengths = any.min_length.is_some() || any.max_length.is_some();
    let bounds =
        numbers.multiple_of.is_some() || numbers.minimum.is_some() || numbers.maximum.is_some();
    let members = !any.properties.is_empty()
        || !any.required.is_empty()
        || any.additional_properties.is_some();
    let member_counts = any.min_properties.is_some() || any.max_properties.is_some();
    let items = any.items.is_some()
        || any.min_items.is_some()
        || any.max_items.is_some()
        || any.unique_items.is_some();
    !(text || lengths || bounds || members || member_counts || items || !any.enumeration.is_empty())
}

fn string(any: AnySchema) -> StringType {
    StringType {
        format: any.format.into(),
        pattern: any.pattern,
        enumeration: values(&any.enumeration, |value| value.as_str().map(str::to_owned)),
        min_length: any.min_length,
        max_length: any.max_length,
    }
}

fn number(any: AnySchema, numbers: &Keywords) -> NumberType {
    NumberType {
        format: any.format.into(),
        multiple_of: float(numbers.multiple_of.as_ref()),
        exclusive_minimum: any.exclusive_minimum.unwrap_or_default(),
        exclusive_maximum: any.exclusive_maximum.unwrap_or_default(),
        minimum: float(numbers.minimum.as_ref()),
        maximum: float(numbers.maximum.as_ref()),
        enumeration: values(&any.enumeration, Value::as_f64),
    }
}

/// Bounds that no 64-bit integer can have are left out: every value is within them.
fn integer(any: AnySchema, numbers: &Keywords) -> IntegerType {
    let integer = |number: &Option<Number>| number.as_ref().and_then(whole);
    IntegerType {
        format: any.format.into(),
        multiple_of: integer(&numbers.multiple_of),
        exclusive_minimum: any.exclusive_minimum.unwrap_or_default(),
        exclusive_maximum: any.exclusive_maximum.unwrap_or_default(),
        minimum: integer(&numbers.minimum),
        maximum: integer(&numbers.maximum),
        enumeration: values(&any.enumeration, |value| match value {
            Value::Number(number) => whole(number),
            _ => None,
        }),
    }
}

fn boolean(any: AnySchema) -> BooleanType {
    BooleanType {
        enumeration: values(&any.enumeration, Value::as_bool),
    }
}

fn object(any: AnySchema) -> ObjectType {
    ObjectType {
        properties: any.properties,
        required: any.required,
        additional_properties: any.additional_properties,
        min_properties: any.min_properties,
        max_properties: any.max_properties,
    }
}

fn array(any: AnySchema) -> ArrayType {
    ArrayType {
        items: any.items,
        min_items: any.min_items,
        max_items: any.max_items,
        unique_items: any.unique_items.unwrap_or_default(),
    }
}

/// The values of a type; others can never occur.
fn values<T>(values: &[Value], read: impl Fn(&Value) -> Option<T>) -> Vec<Option<T>> {
    values
        .iter()
        .filter_map(|value| read(value).map(Some))
        .collect()
}

fn float(number: Option<&Number>) -> Option<f64> {
    number.and_then(Number::as_f64)
}
