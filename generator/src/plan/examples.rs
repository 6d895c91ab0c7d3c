//! The values of examples: short ones that compile, and that the service might take.

use serde_json::Value;

use super::inputs::Given;
use super::rust_type::{Model, Side};
use crate::ir::{
    Access, Content, Docs, Enum, Parameter, Pattern, Presence, Shape, TypeId, TypeRef,
};
use crate::names::Members;
use crate::surface::{ExampleValue, RustType};

/// How deep values may stand in each other before the reader is better served by a name.
const DEPTH: usize = 3;

/// The longest text that is shown.
const LONGEST: usize = 64;

/// A value for each argument, in order.
pub(super) fn examples(model: &Model<'_>, given: &[Given<'_>]) -> Vec<ExampleValue> {
    given
        .iter()
        .map(|given| match given {
            Given::Parameter(parameter) => example_of_parameter(model, parameter),
            Given::Body(body) => match &body.content {
                Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty) => {
                    let examples = body.docs.examples.as_slice();
                    let value = Wanted {
                        ty,
                        examples,
                        pattern: None,
                        is_argument: true,
                    };
                    model
                        .example(&value, DEPTH)
                        .unwrap_or_else(|| given_by_caller(model, ty))
                }
                Content::Text => ExampleValue::Text("…".to_owned()),
                Content::Bytes | Content::Sequence(..) => ExampleValue::Given(RustType::Upload),
            },
        })
        .collect()
}

fn example_of_parameter(model: &Model<'_>, parameter: &Parameter) -> ExampleValue {
    let Docs { examples, .. } = &parameter.docs;
    let wanted = Wanted {
        ty: &parameter.ty,
        examples,
        pattern: parameter.pattern.as_ref(),
        is_argument: true,
    };
    model
        .example(&wanted, DEPTH)
        .unwrap_or_else(|| given_by_caller(model, &parameter.ty))
}

fn given_by_caller(model: &Model<'_>, ty: &TypeRef) -> ExampleValue {
    ExampleValue::Given(model.rust_type(ty, Side::Request))
}

/// What an example is made for.
struct Wanted<'a> {
    ty: &'a TypeRef,
    /// The document's own examples.
    examples: &'a [Value],
    pattern: Option<&'a Pattern>,
    /// Whether the value is passed to a function, which makes what it needs from text.
    is_argument: bool,
}

impl Model<'_> {
    /// A value; none if no short one is to be had.
    fn example(&self, wanted: &Wanted<'_>, depth: usize) -> Option<ExampleValue> {
        let shown = wanted.examples.first();
        let text = |kind: RustType, usual: &str| {
            let text = shown
                .and_then(Value::as_str)
                .filter(|text| is_short(text))
                .unwrap_or(usual)
                .to_owned();
            match wanted.is_argument {
                true => ExampleValue::Text(text),
                false => ExampleValue::FromText(kind, text),
            }
        };
        Some(match wanted.ty {
            TypeRef::Bool => ExampleValue::Bool(shown.and_then(Value::as_bool).unwrap_or(true)),
            TypeRef::Int32 => {
                let number = shown
                    .and_then(Value::as_i64)
                    .filter(|number| i32::try_from(*number).is_ok());
                ExampleValue::Integer(number.unwrap_or(1))
            }
            TypeRef::Int64 => ExampleValue::Integer(shown.and_then(Value::as_i64).unwrap_or(1)),
            TypeRef::Uint64 => {
                let number = shown.and_then(Value::as_i64).filter(|number| *number >= 0);
                ExampleValue::Integer(number.unwrap_or(1))
            }
            TypeRef::Float => ExampleValue::Float(shown.and_then(Value::as_f64).unwrap_or(1.0)),
            TypeRef::Text => {
                let shown = shown
                    .and_then(Value::as_str)
                    .filter(|text| is_short(text))
                    .map(str::to_owned);
                ExampleValue::Text(
                    shown
                        .or_else(|| wanted.pattern.map(matching))
                        .unwrap_or_else(|| "…".to_owned()),
                )
            }
            TypeRef::DateTime => text(RustType::Timestamp, "2025-01-02T03:04:05Z"),
            TypeRef::Date => text(RustType::Date, "2025-01-02"),
            TypeRef::Uuid => text(RustType::Uuid, "7d444840-9dc0-41d1-b245-5ffdce74fad2"),
            TypeRef::Base64 => text(RustType::Base64, "aGVsbG8="),
            TypeRef::List(element) => {
                let examples = shown
                    .and_then(Value::as_array)
                    .map_or(&[][..], Vec::as_slice);
                let element = Wanted {
                    ty: element,
                    examples,
                    pattern: None,
                    is_argument: false,
                };
                ExampleValue::List(vec![self.example(&element, depth)?])
            }
            TypeRef::Named(id) => {
                self.example_of(*id, shown, wanted.is_argument, depth.checked_sub(1)?)?
            }
            TypeRef::Binary
            | TypeRef::Json
            | TypeRef::Map(_)
            | TypeRef::Nullable(_)
            | TypeRef::Own(_)
            | TypeRef::Tuple(_) => {
                return None;
            }
        })
    }

    fn example_of(
        &self,
        id: TypeId,
        shown: Option<&Value>,
        is_argument: bool,
        depth: usize,
    ) -> Option<ExampleValue> {
        let ty = self.api.get(id)?;
        let own = ty.docs.examples.first();
        let shown = shown.or(own);
        if let Shape::Alias(target) = &ty.shape {
            let examples = shown.map_or(&[][..], std::slice::from_ref);
            return self.example(
                &Wanted {
                    ty: target,
                    examples,
                    pattern: None,
                    is_argument,
                },
                depth,
            );
        }
        let ident = self.ident(id, Side::Request)?.clone();
        match (&ty.shape, &self.names.types.get(&id)?.members) {
            (Shape::Object(object), _) => {
                let required = object.fields.iter().filter(|field| {
                    field.presence == Presence::Required
                        && !field.nullable
                        && field.access != Access::ReadOnly
                });
                let values = required.map(|field| {
                    let examples = match shown.and_then(|shown| shown.get(&field.wire)) {
                        Some(value) => std::slice::from_ref(value),
                        None => field.docs.examples.as_slice(),
                    };
                    self.example(
                        &Wanted {
                            ty: &field.ty,
                            examples,
                            pattern: None,
                            is_argument: true,
                        },
                        depth,
                    )
                });
                Some(ExampleValue::New(ident, values.collect::<Option<_>>()?))
            }
            (Shape::Enum(Enum::Text(values)), Members::Variants(idents)) => {
                let shown = values
                    .iter()
                    .position(|value| Some(value.value.as_str()) == shown.and_then(Value::as_str));
                Some(ExampleValue::Value(
                    ident,
                    idents.get(shown.unwrap_or_default())?.clone(),
                ))
            }
            (Shape::Enum(Enum::Integer(values)), Members::Variants(idents)) => {
                let shown = values
                    .iter()
                    .position(|value| Some(value.value) == shown.and_then(Value::as_i64));
                Some(ExampleValue::Value(
                    ident,
                    idents.get(shown.unwrap_or_default())?.clone(),
                ))
            }
            _ => None,
        }
    }
}

/// Whether a text fits into an example.
fn is_short(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= LONGEST && !text.chars().any(char::is_control)
}

/// A text that matches a pattern: its characters in order, as often as it takes.
fn matching(pattern: &Pattern) -> String {
    let class = pattern
        .class
        .iter()
        .flat_map(|(first, last)| *first..=*last);
    let length = usize::try_from(pattern.min.max(1))
        .unwrap_or(LONGEST)
        .min(LONGEST);
    let letters: Vec<char> = class.take(LONGEST).collect();
    let text: String = letters.iter().cycle().take(length).collect();
    if text.is_empty() {
        "…".to_owned()
    } else {
        text
    }
}
