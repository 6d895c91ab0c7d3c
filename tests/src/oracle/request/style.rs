//! Parameters read back from their text, by style (OpenAPI 3.0.3, "Style Values"; RFC 6570).

use serde_json::{Map, Number, Value};

use super::operation::Parameter;
use super::template::decode;
use crate::oracle::document::Document;

/// What a value is made of.
enum Shape<'d> {
    One,
    List(&'d Value),
    Object,
}

/// A pair of a query or of cookies, as it was sent.
pub(super) struct Pair<'t> {
    name: String,
    text: &'t str,
    used: bool,
}

/// The pairs of a query or a `Cookie` header.
pub(super) fn pairs<'t>(text: &'t str, separator: &str) -> Result<Vec<Pair<'t>>, String> {
    let parts = text.split(separator).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, text) = part.split_once('=').unwrap_or((part, ""));
            Ok(Pair {
                name: unescape(name, true)?,
                text,
                used: false,
            })
        })
        .collect()
}

/// The fields of a form that no parameter has taken, decoded.
pub(super) fn fields_of_form(pairs: &[Pair<'_>]) -> Result<Vec<(String, String)>, String> {
    let pairs = pairs.iter().filter(|pair| !pair.used);
    pairs
        .map(|pair| Ok((pair.name.clone(), unescape(pair.text, true)?)))
        .collect()
}

/// The names of pairs that no parameter has taken.
pub(super) fn unused(pairs: &[Pair<'_>]) -> Vec<String> {
    let unused = pairs.iter().filter(|pair| !pair.used);
    unused.map(|pair| pair.name.clone()).collect()
}

/// A parameter's value in a query or in cookies; none where it is not there.
pub(super) fn from_pairs(
    document: &Document,
    parameter: &Parameter<'_>,
    pairs: &mut [Pair<'_>],
) -> Result<Option<Value>, String> {
    if parameter.style == "deepObject" {
        return deep_object(document, parameter, pairs);
    }
    let shape = shape(document, parameter.schema);
    if parameter.explode && !parameter.json && matches!(shape, Shape::Object) {
        return exploded_object(document, parameter, pairs);
    }
    let texts = take(pairs, |name| (name == parameter.name).then_some(()));
    let texts: Vec<&str> = texts.into_iter().map(|((), text)| text).collect();
    if let (Shape::List(items), true, false) = (&shape, parameter.explode, parameter.json) {
        let values = texts.iter().map(|text| scalar(document, items, text, true));
        let values: Vec<Value> = values.collect::<Result<_, _>>()?;
        return Ok((!values.is_empty()).then_some(Value::Array(values)));
    }
    match texts.as_slice() {
        [] => Ok(None),
        [text] if parameter.json => json(&unescape(text, true)?).map(Some),
        [text] => parted(document, parameter, &shape, text, true).map(Some),
        _ => Err(format!(
            "`{}` is there {} times",
            parameter.name,
            texts.len()
        )),
    }
}

/// A parameter's value in the path, or with `escaped` false in a header.
pub(super) fn from_text(
    document: &Document,
    parameter: &Parameter<'_>,
    text: &str,
    escaped: bool,
) -> Result<Value, String> {
    if parameter.json {
        let text = if escaped {
            unescape(text, false)?
        } else {
            text.to_owned()
        };
        return json(&text);
    }
    let shape = shape(document, parameter.schema);
    let prefix = |prefix: char| {
        let rest = text.strip_prefix(prefix);
        rest.ok_or_else(|| format!("`{text}` does not begin with `{prefix}`"))
    };
    match (parameter.style.as_str(), parameter.explode) {
        ("label", _) => parted(document, parameter, &shape, prefix('.')?, escaped),
        ("matrix", explode) => {
            let mut pairs = pairs(prefix(';')?, ";")?;
            let as_form = Parameter {
                style: "form".to_owned(),
                explode,
                ..parameter.clone()
            };
            let value = from_pairs(document, &as_form, &mut pairs)?;
            match unused(&pairs).as_slice() {
                [] => value.ok_or_else(|| format!("`{}` is not in `{text}`", parameter.name)),
                others => Err(format!("`{text}` has {others:?} as well")),
            }
        }
        _ => parted(document, parameter, &shape, text, escaped),
    }
}

/// A value in one text: a scalar, or parts between separators.
fn parted(
    document: &Document,
    parameter: &Parameter<'_>,
    shape: &Shape<'_>,
    text: &str,
    escaped: bool,
) -> Result<Value, String> {
    let separators: &[&str] = match (parameter.style.as_str(), parameter.explode) {
        ("spaceDelimited", _) => &["%20", "+", " "],
        ("pipeDelimited", _) => &["%7C", "%7c", "|"],
        ("label", true) => &["."],
        _ => &[","],
    };
    let parts = || split(text, separators).into_iter();
    let plus = escaped && parameter.location == "query";
    let read = |schema: &Value, part: &str| match escaped {
        true => scalar(document, schema, part, plus),
        false => scalar_text(document, schema, part),
    };
    match shape {
        Shape::One => read(parameter.schema, text),
        Shape::List(items) => {
            let values = parts().map(|part| read(items, part.trim()));
            values.collect::<Result<_, _>>().map(Value::Array)
        }
        Shape::Object => {
            let mut object = Map::new();
            let parts: Vec<&str> = parts().collect();
            let members: Vec<(&str, &str)> = if parameter.explode {
                parts
                    .iter()
                    .filter_map(|part| part.split_once('='))
                    .collect()
            } else {
                parts
                    .chunks(2)
                    .filter_map(|two| Some((*two.first()?, *two.get(1)?)))
                    .collect()
            };
            for (name, part) in members {
                let name = if escaped {
                    unescape(name, plus)?
                } else {
                    name.to_owned()
                };
                let value = read(property(document, parameter.schema, &name), part)?;
                object.insert(name, value);
            }
            Ok(Value::Object(object))
        }
    }
}

/// `filter[from]=1`; objects inside go on with brackets, lists are `filter[words][]=x`, and lists of more than texts
/// `filter[parts][0][name]=x`.
fn deep_object(
    document: &Document,
    parameter: &Parameter<'_>,
    pairs: &mut [Pair<'_>],
) -> Result<Option<Value>, String> {
    let texts = take(pairs, |name| {
        let inner = name.strip_prefix(&parameter.name)?;
        let inner = inner.strip_prefix('[')?.strip_suffix(']')?;
        Some(inner.split("][").map(str::to_owned).collect::<Vec<_>>())
    });
    if texts.is_empty() {
        return Ok(None);
    }
    let mut found = Value::Null;
    for (steps, text) in texts {
        put(document, parameter.schema, &mut found, &steps, text)?;
    }
    Ok(Some(found))
}

/// Puts a text where the steps lead.
fn put(
    document: &Document,
    schema: &Value,
    place: &mut Value,
    steps: &[String],
    text: &str,
) -> Result<(), String> {
    let Some((step, rest)) = steps.split_first() else {
        *place = scalar(document, schema, text, true)?;
        return Ok(());
    };
    let Shape::List(items) = shape(document, schema) else {
        let schema = property(document, schema, step);
        return put(document, schema, &mut place[step.as_str()], rest, text);
    };
    if place.is_null() {
        *place = Value::Array(Vec::new());
    }
    let Value::Array(list) = place else {
        return Err(format!("`{step}` is a list, and is not"));
    };
    let index = match step.parse() {
        Ok(index) if index <= list.len() => index,
        Err(_) if step.is_empty() => list.len(),
        _ => return Err(format!("`{step}` is no place in a list")),
    };
    if index == list.len() {
        list.push(Value::Null);
    }
    put(document, items, &mut list[index], rest, text)
}

/// An object in the style `form` with `explode`: each property is a pair of its own.
fn exploded_object(
    document: &Document,
    parameter: &Parameter<'_>,
    pairs: &mut [Pair<'_>],
) -> Result<Option<Value>, String> {
    let properties = document.resolve(parameter.schema).get("properties");
    let texts = take(pairs, |name| {
        properties?.get(name)?;
        Some(name.to_owned())
    });
    let mut object = Map::new();
    for (name, text) in texts {
        let value = scalar(
            document,
            property(document, parameter.schema, &name),
            text,
            true,
        )?;
        object.insert(name, value);
    }
    Ok((!object.is_empty()).then_some(Value::Object(object)))
}

/// Takes the pairs that a parameter knows, with what it makes of their names.
fn take<'t, T>(pairs: &mut [Pair<'t>], knows: impl Fn(&str) -> Option<T>) -> Vec<(T, &'t str)> {
    let mut taken = Vec::new();
    for pair in pairs {
        if let Some(known) = knows(&pair.name) {
            pair.used = true;
            taken.push((known, pair.text));
        }
    }
    taken
}

fn shape<'d>(document: &'d Document, schema: &'d Value) -> Shape<'d> {
    let schema = document.resolve(schema);
    if let Some(items) = schema.get("items") {
        return Shape::List(items);
    }
    let is_object = schema.get("type").and_then(Value::as_str) == Some("object");
    if is_object || schema.get("properties").is_some() {
        return Shape::Object;
    }
    let parts = schema.get("allOf").and_then(Value::as_array);
    parts
        .into_iter()
        .flatten()
        .map(|part| shape(document, part))
        .find(|shape| !matches!(shape, Shape::One))
        .unwrap_or(Shape::One)
}

pub(super) fn property<'d>(document: &'d Document, schema: &'d Value, name: &str) -> &'d Value {
    let schema = document.resolve(schema);
    let property = schema
        .get("properties")
        .and_then(|properties| properties.get(name));
    property
        .or_else(|| schema.get("additionalProperties"))
        .unwrap_or(&Value::Null)
}

/// A scalar, percent-encoded.
fn scalar(document: &Document, schema: &Value, text: &str, plus: bool) -> Result<Value, String> {
    scalar_text(document, schema, &unescape(text, plus)?)
}

/// A text as the types of a schema allow.
pub(super) fn scalar_text(
    document: &Document,
    schema: &Value,
    text: &str,
) -> Result<Value, String> {
    let mut types = Vec::new();
    collect_types(document, schema, &mut types);
    let allows = |name: &str| types.iter().any(|known| known == name);
    if allows("boolean")
        && let Ok(value) = text.parse()
    {
        return Ok(Value::Bool(value));
    }
    if (allows("integer") || allows("number"))
        && let Ok(value) = text.parse::<Number>()
    {
        return Ok(Value::Number(value));
    }
    if types.is_empty() || allows("string") {
        return Ok(Value::String(text.to_owned()));
    }
    Err(format!("`{text}` is not of the type {types:?}"))
}

fn collect_types(document: &Document, schema: &Value, types: &mut Vec<String>) {
    let schema = document.resolve(schema);
    types.extend(
        schema
            .get("type")
            .and_then(Value::as_str)
            .map(str::to_owned),
    );
    for key in ["allOf", "oneOf", "anyOf"] {
        let parts = schema.get(key).and_then(Value::as_array);
        for part in parts.into_iter().flatten() {
            collect_types(document, part, types);
        }
    }
}

fn split<'t>(text: &'t str, separators: &[&str]) -> Vec<&'t str> {
    let mut parts = vec![text];
    for separator in separators {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(separator))
            .collect();
    }
    parts
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("`{text}` is not JSON: {error}"))
}

fn unescape(text: &str, plus: bool) -> Result<String, String> {
    decode(text, plus).ok_or_else(|| format!("`{text}` is not percent-encoded as it should be"))
}
