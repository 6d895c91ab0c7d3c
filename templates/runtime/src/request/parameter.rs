//! Parameters in the styles of OpenAPI 3.0.3 (section "Style Values"), which are those of RFC 6570 and three more.

use super::style::Style;
use super::value::{Parts, Value};

/// How a value's text is made fit for its place: percent-encoding, or nothing for headers.
pub(super) type Escape = fn(&str) -> String;

/// What tells one style from another: the columns of RFC 6570's table in its appendix A, for as far as OpenAPI goes.
struct Form {
    /// What stands before the first piece.
    first: &'static str,
    /// What stands between pieces, when exploded.
    separator: &'static str,
    /// Whether the parameter's name stands before its value.
    named: bool,
    /// What stands after the name of an empty value.
    if_empty: &'static str,
    /// What stands between the items of a list or object that is not exploded.
    comma: &'static str,
    /// Whether each item is a piece of its own.
    explode: bool,
}

impl Form {
    const SIMPLE: Self = Self { first: "", separator: ",", named: false, if_empty: "", comma: ",", explode: false };
    const LABEL: Self = Self { first: ".", separator: ".", ..Self::SIMPLE };
    const MATRIX: Self = Self { first: ";", separator: ";", named: true, ..Self::SIMPLE };
    const FORM: Self = Self { separator: "&", named: true, if_empty: "=", ..Self::SIMPLE };

    fn of(style: Style) -> Self {
        match style {
            Style::Simple => Self::SIMPLE,
            Style::SimpleExploded => Self { explode: true, ..Self::SIMPLE },
            Style::Label => Self::LABEL,
            Style::LabelExploded => Self { explode: true, ..Self::LABEL },
            Style::Matrix => Self::MATRIX,
            Style::MatrixExploded => Self { explode: true, ..Self::MATRIX },
            Style::Form | Style::Json => Self::FORM,
            Style::FormExploded | Style::DeepObject => Self { explode: true, ..Self::FORM },
            Style::SpaceDelimited => Self { comma: "%20", ..Self::FORM },
            Style::PipeDelimited => Self { comma: "%7C", ..Self::FORM },
        }
    }

    fn pair(&self, name: &str, value: &str) -> String {
        match value {
            "" => format!("{name}{}", self.if_empty),
            value => format!("{name}={value}"),
        }
    }

    fn label(&self, name: &str, value: String) -> String {
        if self.named { self.pair(name, &value) } else { value }
    }
}

/// Writes a parameter. `None` where there is nothing to write: null, an empty list, an empty object.
pub(super) fn expand(style: Style, name: &str, value: &Value, escape: Escape) -> Option<String> {
    let form = Form::of(style);
    let name = &escape(name);
    let pieces = match (&value.parts, style) {
        (Parts::Null, _) => return None,
        // Only text stands for itself; in JSON even text has its quotes.
        (_, Style::Json) => vec![form.label(name, escape(value.json()))],
        (Parts::Object(members), Style::DeepObject) => deep_object(name, members, escape),
        (Parts::List(items), _) => list(&form, name, items, escape),
        (Parts::Object(members), _) => object(&form, name, members, escape),
        (Parts::Text(_) | Parts::Plain, _) => vec![form.label(name, escape(value.scalar()))],
    };
    (!pieces.is_empty()).then(|| format!("{}{}", form.first, pieces.join(form.separator)))
}

/// Writes a parameter where its place tells its name, in a path or header: JSON stands there alone.
pub(super) fn expand_alone(style: Style, name: &str, value: &Value, escape: Escape) -> Option<String> {
    match style {
        Style::Json if value.is_null() => None,
        Style::Json => Some(escape(value.json())),
        style => expand(style, name, value, escape),
    }
}

fn list(form: &Form, name: &str, items: &[Value], escape: Escape) -> Vec<String> {
    let mut texts = items.iter().filter(|item| !item.is_null()).map(|item| escape(item.scalar())).peekable();
    if texts.peek().is_none() {
        return Vec::new();
    }
    if form.explode {
        return texts.map(|text| form.label(name, text)).collect();
    }
    let joined = texts.collect::<Vec<_>>().join(form.comma);
    vec![form.label(name, joined)]
}

fn object(form: &Form, name: &str, members: &[(String, Value)], escape: Escape) -> Vec<String> {
    let mut pairs = members
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(member, value)| (escape(member), escape(value.scalar())))
        .peekable();
    if pairs.peek().is_none() {
        return Vec::new();
    }
    if form.explode {
        return pairs.map(|(member, value)| format!("{member}={value}")).collect();
    }
    let joined = pairs.flat_map(|(member, value)| [member, value]).collect::<Vec<_>>().join(form.comma);
    vec![form.label(name, joined)]
}

/// `name[member]=value`. The standard says nothing of what is nested deeper: objects go on with brackets, lists repeat
/// the name, as most servers read it.
fn deep_object(name: &str, members: &[(String, Value)], escape: Escape) -> Vec<String> {
    let mut pairs = Vec::new();
    for (member, value) in members {
        let name = format!("{name}{}", escape(&format!("[{member}]")));
        match &value.parts {
            Parts::Null => {}
            Parts::Object(inner) => pairs.extend(deep_object(&name, inner, escape)),
            Parts::List(items) => {
                pairs.extend(items.iter().map(|item| format!("{name}={}", escape(item.scalar()))));
            }
            _ => pairs.push(format!("{name}={}", escape(value.scalar()))),
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::escape;
    use serde_json::json;

    fn value(json: &serde_json::Value) -> Value {
        Value::of(json).unwrap()
    }

    fn written(style: Style, json: &serde_json::Value) -> Option<String> {
        expand(style, "color", &value(json), escape)
    }

    /// The table of OpenAPI 3.0.3 ("Style Examples"), with `label` lists as RFC 6570 section 3.2.5 has them, and with
    /// brackets and bars percent-encoded, as URLs demand. Columns: empty text, text, list, object.
    #[test]
    fn every_style_is_written_as_the_standard_says() {
        let table: [(Style, [&str; 4]); 11] = [
            (Style::Matrix, [";color", ";color=blue", ";color=blue,black", ";color=R,100,B,150"]),
            (Style::MatrixExploded, [";color", ";color=blue", ";color=blue;color=black", ";R=100;B=150"]),
            (Style::Label, [".", ".blue", ".blue,black", ".R,100,B,150"]),
            (Style::LabelExploded, [".", ".blue", ".blue.black", ".R=100.B=150"]),
            (Style::Form, ["color=", "color=blue", "color=blue,black", "color=R,100,B,150"]),
            (Style::FormExploded, ["color=", "color=blue", "color=blue&color=black", "R=100&B=150"]),
            (Style::Simple, ["", "blue", "blue,black", "R,100,B,150"]),
            (Style::SimpleExploded, ["", "blue", "blue,black", "R=100,B=150"]),
            (Style::SpaceDelimited, ["color=", "color=blue", "color=blue%20black", "color=R%20100%20B%20150"]),
            (Style::PipeDelimited, ["color=", "color=blue", "color=blue%7Cblack", "color=R%7C100%7CB%7C150"]),
            (
                Style::DeepObject,
                ["color=", "color=blue", "color=blue&color=black", "color%5BR%5D=100&color%5BB%5D=150"],
            ),
        ];
        let values = [r#""""#, r#""blue""#, r#"["blue","black"]"#, r#"{"R":100,"B":150}"#]
            .map(|json| Value::parse(json).unwrap());
        for (style, expected) in table {
            for (value, expected) in values.iter().zip(expected) {
                assert_eq!(expand(style, "color", value, escape).as_deref(), Some(expected), "{style:?} {value:?}");
            }
        }
    }

    #[test]
    fn nothing_is_written_for_null_and_for_empty_collections() {
        for value in [json!(null), json!([]), json!({}), json!([null]), json!({"a": null})] {
            assert_eq!(written(Style::FormExploded, &value), None, "{value}");
            assert_eq!(written(Style::Simple, &value), None, "{value}");
        }
        assert_eq!(written(Style::DeepObject, &json!({"a": null})), None);
    }

    #[test]
    fn values_are_escaped_and_delimiters_are_not() {
        assert_eq!(written(Style::Simple, &json!(["a,b", "c d"])).unwrap(), "a%2Cb,c%20d");
        assert_eq!(written(Style::FormExploded, &json!("a+b&c")).unwrap(), "color=a%2Bb%26c");
        assert_eq!(expand(Style::FormExploded, "a b", &value(&json!(true)), escape).unwrap(), "a%20b=true");
    }

    #[test]
    fn what_is_nested_goes_on_in_brackets_or_as_json() {
        let value = json!({"a": {"b": 1}, "c": [1, 2]});
        assert_eq!(written(Style::DeepObject, &value).unwrap(), "color%5Ba%5D%5Bb%5D=1&color%5Bc%5D=1&color%5Bc%5D=2");
        assert_eq!(written(Style::FormExploded, &json!([{"b": 1}])).unwrap(), "color=%7B%22b%22%3A1%7D");
    }

    #[test]
    fn a_json_parameter_is_json_text() {
        assert_eq!(written(Style::Json, &json!("a")).unwrap(), "color=%22a%22");
        assert_eq!(written(Style::Json, &json!([1, 2])).unwrap(), "color=%5B1%2C2%5D");
        assert_eq!(expand_alone(Style::Json, "color", &value(&json!({"a": 1})), str::to_owned).unwrap(), r#"{"a":1}"#);
    }
}
