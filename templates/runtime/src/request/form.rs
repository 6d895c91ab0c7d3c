//! Bodies of the media type `application/x-www-form-urlencoded`.

use super::value::{Parts, Value};
use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a form leaves as it is (URL standard, "application/x-www-form-urlencoded percent-encode set"); a space becomes
/// a plus sign.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_').remove(b' ');

/// Writes a text as forms have it.
pub(crate) fn form_escape(text: &str) -> String {
    utf8_percent_encode(text, FORM).to_string().replace(' ', "+")
}

/// A form's fields in order: lists repeat their name, null is left out.
pub(super) fn fields(value: &Value) -> Result<Vec<(&str, &Value)>, String> {
    let Parts::Object(members) = &value.parts else {
        return Err("a form's body must be an object".to_owned());
    };
    let mut fields = Vec::new();
    for (name, value) in members {
        match &value.parts {
            Parts::Null => {}
            Parts::List(items) => fields.extend(items.iter().map(|item| (name.as_str(), item))),
            _ => fields.push((name.as_str(), value)),
        }
    }
    Ok(fields)
}

/// `application/x-www-form-urlencoded`; objects inside are JSON (OpenAPI 3.0.3, "Encoding Object").
pub(super) fn form(value: &Value) -> Result<Bytes, String> {
    let pairs = fields(value)?
        .into_iter()
        .map(|(name, value)| format!("{}={}", form_escape(name), form_escape(value.scalar())));
    Ok(pairs.collect::<Vec<_>>().join("&").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_written_with_plus_signs_and_repeated_names() {
        let json = r#"{"z z":"1+ü&=*","list":[1,2],"none":null,"object":{"x":true}}"#;
        let value = Value::parse(json).unwrap();
        let text = form(&value).unwrap();
        assert_eq!(text, "z+z=1%2B%C3%BC%26%3D*&list=1&list=2&object=%7B%22x%22%3Atrue%7D");
        assert!(form(&Value::of(&[1]).unwrap()).is_err());
    }
}
