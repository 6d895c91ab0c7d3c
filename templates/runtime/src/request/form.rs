//! Bodies of the media type `application/x-www-form-urlencoded`.

use super::encoding::Encoding;
use super::parameter::{Site, expand};
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

/// What stands for a member: each item of a list, nothing for null, or the value itself.
pub(super) fn items(value: &Value) -> impl Iterator<Item = &Value> {
    let items = match &value.parts {
        Parts::List(items) => items.as_slice(),
        _ => std::slice::from_ref(value),
    };
    items.iter().filter(|item| !item.is_null())
}

/// A body's fields in order: lists repeat their name, null is left out.
pub(super) fn fields(value: &Value) -> Result<Vec<(&str, &Value)>, String> {
    let Parts::Object(members) = &value.parts else {
        return Err("a form's body must be an object".to_owned());
    };
    let fields = members.iter().flat_map(|(name, value)| items(value).map(|item| (name.as_str(), item)));
    Ok(fields.collect())
}

/// `application/x-www-form-urlencoded`: each member in the style that the document gives it. Without one, lists repeat their
/// name, and objects inside are JSON (OpenAPI 3.1.1, Encoding Object: the usual content type of an object).
pub(super) fn form(encodings: &[Encoding], value: &Value) -> Result<Bytes, String> {
    let Parts::Object(members) = &value.parts else {
        return Err("a form's body must be an object".to_owned());
    };
    let mut pairs = Vec::new();
    for (name, value) in members {
        let encoding = Encoding::of(encodings, name);
        let site = if encoding.reserved { Site::Reserved } else { Site::Form };
        if let Some(style) = encoding.style {
            let member = expand(style, site, name, value).map_err(|fault| format!("the member `{name}` {fault}"))?;
            pairs.extend(member);
            continue;
        }
        let name = form_escape(name);
        let text = |value| if encoding.is_json() { Value::json(value) } else { value.scalar() };
        pairs.extend(items(value).map(|value| format!("{name}={}", form_escape(text(value)))));
    }
    Ok(pairs.join("&").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Style;

    #[test]
    fn a_form_is_written_with_plus_signs_and_repeated_names() {
        let json = r#"{"z z":"1+ü&=*","list":[1,2],"none":null,"object":{"x":true}}"#;
        let value = Value::parse(json).unwrap();
        let text = form(&[], &value).unwrap();
        assert_eq!(text, "z+z=1%2B%C3%BC%26%3D*&list=1&list=2&object=%7B%22x%22%3Atrue%7D");
        assert!(form(&[], &Value::of(&[1]).unwrap()).is_err());
    }

    #[test]
    fn members_follow_their_encodings() {
        let json = r#"{"deep":{"a":{"b":"x y"},"l":["1","2"]},"items":[{"p":1},{"p":2}],"commas":["a,b","c"],
            "flat":{"R":1,"G":[2,3]},"json":"x","url":"a/b&c","clear":""}"#;
        let encodings = [
            Encoding::style("deep", Style::DeepObject),
            Encoding::style("items", Style::DeepObject),
            Encoding::style("commas", Style::Form),
            Encoding::style("flat", Style::FormExploded),
            Encoding::media_type("json", "application/json"),
            Encoding::reserved("url", Style::FormExploded),
            Encoding::style("clear", Style::DeepObject),
        ];
        let text = form(&encodings, &Value::parse(json).unwrap()).unwrap();
        let expected = [
            "deep%5Ba%5D%5Bb%5D=x+y",
            "deep%5Bl%5D%5B%5D=1",
            "deep%5Bl%5D%5B%5D=2",
            "items%5B0%5D%5Bp%5D=1",
            "items%5B1%5D%5Bp%5D=2",
            "commas=a%2Cb,c",
            "R=1",
            "G=2",
            "G=3",
            "json=%22x%22",
            "url=a/b%26c",
            "clear=",
        ];
        assert_eq!(text, expected.join("&"));
        let bars = form(&[Encoding::style("a", Style::PipeDelimited)], &Value::parse(r#"{"a":["|"]}"#).unwrap());
        assert!(bars.unwrap_err().starts_with("the member `a` holds `|`"));
    }
}
