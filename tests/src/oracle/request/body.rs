//! Bodies read back from their bytes.

use serde_json::{Map, Value};

use super::operation::Parameter;
use super::style::{fields_of_form, from_pairs, pairs, property, scalar_text};
use crate::oracle::document::Document;

/// The value that a body of a media type carries.
pub(super) fn value(
    document: &Document,
    media_type: &str,
    (schema, encodings): (&Value, &Value),
    body: &[u8],
) -> Result<Value, String> {
    let essence = essence(media_type);
    if is_json(&essence) {
        let value = serde_json::from_slice(body);
        return value.map_err(|error| format!("the body is not JSON: {error}"));
    }
    match essence.as_str() {
        "application/x-www-form-urlencoded" => {
            let text = String::from_utf8_lossy(body);
            form(document, schema, encodings, &text)
        }
        "multipart/form-data" => object(document, schema, parts(media_type, body)?),
        _ => Ok(Value::String(String::from_utf8_lossy(body).into_owned())),
    }
}

/// The media type without parameters, in small letters (RFC 9110, section 8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_lowercase()
}

/// Whether a media type is JSON: by name, or by suffix (RFC 6839).
#[must_use]
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// A form: members with a style of their own are read as query parameters are, the others as fields.
fn form(
    document: &Document,
    schema: &Value,
    encodings: &Value,
    text: &str,
) -> Result<Value, String> {
    let mut pairs = pairs(text, "&")?;
    let mut styled = Map::new();
    for (name, encoding) in encodings.as_object().into_iter().flatten() {
        let explode = encoding.get("explode").and_then(Value::as_bool);
        let style = encoding.get("style").and_then(Value::as_str);
        let parameter = Parameter {
            name: name.clone(),
            location: "query".to_owned(),
            required: false,
            style: style.unwrap_or("form").to_owned(),
            explode: explode.unwrap_or(matches!(style, None | Some("form"))),
            json: false,
            schema: property(document, schema, name),
        };
        if let Some(value) = from_pairs(document, &parameter, &mut pairs)? {
            styled.insert(name.clone(), value);
        }
    }
    let mut value = object(document, schema, fields_of_form(&pairs)?)?;
    if let Value::Object(members) = &mut value {
        members.extend(styled);
    }
    Ok(value)
}

/// An object from its fields: lists repeat their name, objects are JSON.
fn object(
    document: &Document,
    schema: &Value,
    fields: Vec<(String, String)>,
) -> Result<Value, String> {
    let properties = document.resolve(schema).get("properties");
    let mut object = Map::new();
    for (name, text) in fields {
        let property = properties
            .and_then(|properties| properties.get(&name))
            .ok_or_else(|| format!("the body's member `{name}` is not declared"))?;
        let property = document.resolve(property);
        if let Some(items) = property.get("items") {
            let list = object
                .entry(name)
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(list) = list {
                list.push(member(document, items, &text)?);
            }
        } else {
            object.insert(name, member(document, property, &text)?);
        }
    }
    Ok(Value::Object(object))
}

fn member(document: &Document, schema: &Value, text: &str) -> Result<Value, String> {
    let schema = document.resolve(schema);
    let is_object = schema.get("properties").is_some()
        || schema.get("type").and_then(Value::as_str) == Some("object");
    if !is_object {
        return scalar_text(document, schema, text);
    }
    serde_json::from_str(text).map_err(|error| format!("`{text}` is not JSON: {error}"))
}

/// The parts of `multipart/form-data` (RFC 7578): their names and contents.
fn parts(media_type: &str, body: &[u8]) -> Result<Vec<(String, String)>, String> {
    let boundary = media_type
        .split_once("boundary=")
        .map(|(_, rest)| rest.split(';').next().unwrap_or_default().trim_matches('"'))
        .ok_or_else(|| format!("`{media_type}` names no boundary"))?;
    let text = format!("\r\n{}", String::from_utf8_lossy(body));
    let delimiter = format!("\r\n--{boundary}");
    let mut pieces = text.split(delimiter.as_str()).skip(1);
    let mut found = Vec::new();
    for piece in pieces.by_ref().take_while(|piece| !piece.starts_with("--")) {
        let (head, content) = piece
            .split_once("\r\n\r\n")
            .ok_or_else(|| "a part has no end of its head".to_owned())?;
        let name = head
            .split_once(" name=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .ok_or_else(|| "a part has no name".to_owned())?;
        found.push((name.0.to_owned(), content.to_owned()));
    }
    Ok(found)
}
