//! Lists of values.

use std::collections::BTreeSet;

use serde_json::Value;

use super::context::{Context, Node};
use super::schema::Kind;
use super::view::View;
use crate::diag::SpecPath;
use crate::ir::{Enum, EnumValue, TypeRef};

/// What a schema's `enum` makes of it; none if it has none or lists objects or lists.
pub(super) fn of<'a>(view: &View<'a>, path: &SpecPath) -> Option<Kind<'a>> {
    let values = &view.values;
    if values.is_empty() {
        return None;
    }
    let list = path.join("enum");
    let places = || (0..).map(|index| list.index(index));
    if values.iter().all(Value::is_string) {
        let texts = places()
            .zip(view.texts())
            .map(|(path, text)| value(path, text.to_owned()));
        Some(Kind::Enum(Enum::Text(without_repeats(texts))))
    } else if values.iter().all(Value::is_i64) {
        let integers = places()
            .zip(values.iter().filter_map(Value::as_i64))
            .map(|(path, integer)| value(path, integer));
        Some(Kind::Enum(Enum::Integer(without_repeats(integers))))
    } else if values.iter().all(Value::is_boolean) {
        Some(Kind::Plain(TypeRef::Bool))
    } else if values.iter().all(Value::is_number) {
        Some(Kind::Plain(TypeRef::Float))
    } else if values
        .iter()
        .any(|value| value.is_object() || value.is_array())
    {
        // Lists and objects are typed by what else is said of them.
        None
    } else {
        Some(Kind::Plain(TypeRef::Json))
    }
}

/// One list for several: where every alternative is a list of strings, or free text beside at least one list. The type is open,
/// so free text fits in.
pub(super) fn of_alternatives<'a>(
    context: &Context<'a>,
    entries: &[(SpecPath, Node<'a>)],
) -> Option<Kind<'a>> {
    let mut all = Vec::new();
    for (_, node) in entries {
        match context.through_wrappers(node) {
            Kind::Enum(Enum::Text(values)) => all.extend(values),
            Kind::Plain(ty) if ty.is_text() => {}
            _ => return None,
        }
    }
    (!all.is_empty()).then(|| Kind::Enum(Enum::Text(without_repeats(all.into_iter()))))
}

fn value<T>(path: SpecPath, value: T) -> EnumValue<T> {
    EnumValue {
        path,
        value,
        description: String::new(),
    }
}

/// Keeps the first of equal values.
fn without_repeats<T: Clone + Ord>(
    values: impl Iterator<Item = EnumValue<T>>,
) -> Vec<EnumValue<T>> {
    let mut seen = BTreeSet::new();
    values
        .filter(|value| seen.insert(value.value.clone()))
        .collect()
}
