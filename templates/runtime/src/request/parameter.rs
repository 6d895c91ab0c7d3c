//! Parameters in the styles of OpenAPI 3.0.3 (section "Style Values"), which are those of RFC 6570 and three more.

use super::form::form_escape;
use super::style::Style;
use super::value::{Parts, Value};
use crate::url::{escape, escape_reserved};

/// Where a parameter goes, which says how its text is made fit for the place and what stands between its pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    /// A path, or a query.
    Url,
    /// A query whose parameter is declared with `allowReserved`.
    Reserved,
    /// A `Cookie` header. Its pairs stand between semicolons (RFC 6265 section 4.2.1), also those of one parameter: `&`
    /// would make one value of them.
    Cookie,
    /// A header: nothing is escaped there, for no server would take it back (OpenAPI 3.1.1, appendix D).
    Header,
    /// A body of the media type `application/x-www-form-urlencoded`.
    Form,
}

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

    fn of(style: Style, site: Site) -> Self {
        let form = match style {
            Style::Simple => Self::SIMPLE,
            Style::SimpleExploded => Self { explode: true, ..Self::SIMPLE },
            Style::Label => Self::LABEL,
            Style::LabelExploded => Self { explode: true, ..Self::LABEL },
            Style::Matrix => Self::MATRIX,
            Style::MatrixExploded => Self { explode: true, ..Self::MATRIX },
            Style::Form | Style::Json | Style::Text => Self::FORM,
            Style::FormExploded | Style::DeepObject => Self { explode: true, ..Self::FORM },
            Style::SpaceDelimited => Self { comma: "%20", ..Self::FORM },
            Style::PipeDelimited => Self { comma: "%7C", ..Self::FORM },
        };
        match site {
            Site::Cookie => Self { separator: "; ", ..form },
            _ => form,
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

    /// What stands between two items, where it could be part of one.
    fn delimiter(&self) -> Option<&'static str> {
        match (self.explode, self.named) {
            (true, true) => None,
            (true, false) => Some(self.separator),
            (false, _) => Some(self.comma),
        }
    }
}

/// Writes a parameter. `None` where there is nothing to write: null, an empty list, an empty object (RFC 6570 section
/// 2.3). A fault is a value that could not be told apart from another one.
pub(super) fn expand(style: Style, site: Site, name: &str, value: &Value) -> Result<Option<String>, String> {
    let form = Form::of(style, site);
    let writer = Writer { site, form };
    let name = &*writer.name(name)?;
    let pieces = match (&value.parts, style) {
        (Parts::Null, _) => return Ok(None),
        // Only text stands for itself; in JSON even text has its quotes.
        (_, Style::Json) => vec![writer.form.label(name, writer.escape(value.json()))],
        (Parts::Object(members), Style::DeepObject) => {
            let mut pairs = Vec::new();
            writer.deep_object(name, members, &mut pairs);
            pairs
        }
        (Parts::List(items), Style::DeepObject) => {
            let mut pairs = Vec::new();
            writer.deep_list(name, items, &mut pairs);
            pairs
        }
        (Parts::Text(_) | Parts::Plain, _) | (_, Style::Text) => {
            vec![writer.form.label(name, writer.escape(value.scalar()))]
        }
        (Parts::List(items), _) => writer.list(name, items)?,
        (Parts::Object(members), _) => writer.object(name, members)?,
    };
    Ok((!pieces.is_empty()).then(|| format!("{}{}", writer.form.first, pieces.join(writer.form.separator))))
}

/// Writes a parameter where its place tells its name, in a path or header: JSON and text stand there alone.
pub(super) fn expand_alone(style: Style, site: Site, name: &str, value: &Value) -> Result<Option<String>, String> {
    let text = match style {
        Style::Json | Style::Text if value.is_null() => return Ok(None),
        Style::Json if site == Site::Header => return Ok(Some(ascii(value.json()))),
        Style::Json => value.json(),
        Style::Text => value.scalar(),
        style => return expand(style, site, name, value),
    };
    Ok(Some(if site == Site::Header { text.to_owned() } else { escape(text) }))
}

/// JSON without characters that headers of old (RFC 9110 section 5.5) have no encoding for. They stand in strings only.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if character.is_ascii() {
            text.push(character);
        } else {
            let mut units = [0; 2];
            character.encode_utf16(&mut units).iter().for_each(|unit| text.push_str(&format!("\\u{unit:04x}")));
        }
    }
    text
}

/// Writes values into a place in a style.
struct Writer {
    site: Site,
    form: Form,
}

impl Writer {
    /// The parameter's name. A cookie's name is compared as it stands, so it is not escaped.
    fn name(&self, name: &str) -> Result<String, String> {
        match self.site {
            Site::Cookie if is_token(name) => Ok(name.to_owned()),
            Site::Cookie => Err("has a name that no cookie may have".to_owned()),
            _ => Ok(self.member(name)),
        }
    }

    /// The name of a member.
    fn member(&self, name: &str) -> String {
        match self.site {
            Site::Reserved => escape(name),
            _ => self.escape(name),
        }
    }

    fn escape(&self, text: &str) -> String {
        match self.site {
            Site::Url | Site::Cookie => escape(text),
            Site::Reserved => escape_reserved(text),
            Site::Header => text.to_owned(),
            Site::Form => form_escape(text),
        }
    }

    /// One of several texts, such that what stands between them is not taken to be part of it, nor part of it for what
    /// stands between.
    fn item(&self, text: &str) -> Result<String, String> {
        let fault = |what: &str| Err(format!("holds {what} within a value, which is what stands between its values"));
        let escaped = self.escape(text);
        match self.form.delimiter() {
            // Bars and spaces stand between values as `%7C` and `%20`, as they do in values.
            Some("%7C") if text.contains('|') => fault("`|`"),
            Some("%20") if text.contains(' ') => fault("a space"),
            Some(",") if self.site == Site::Header && has_bare_comma(text) => fault("a comma"),
            // A reserved character that has a meaning here is no longer free.
            Some(",") if self.site == Site::Reserved => Ok(escaped.replace(',', "%2C")),
            // RFC 6570 leaves dots in values as they are; escaped they mean the same (RFC 3986 section 2.3).
            Some(".") => Ok(escaped.replace('.', "%2E")),
            _ => Ok(escaped),
        }
    }

    fn list(&self, name: &str, items: &[Value]) -> Result<Vec<String>, String> {
        let texts = items.iter().filter(|item| !item.is_null()).map(|item| self.item(item.scalar()));
        let texts = texts.collect::<Result<Vec<_>, _>>()?;
        if texts.is_empty() {
            return Ok(texts);
        }
        if self.form.explode {
            return Ok(texts.into_iter().map(|text| self.form.label(name, text)).collect());
        }
        Ok(vec![self.form.label(name, texts.join(self.form.comma))])
    }

    /// The standard says nothing of lists and objects inside an object. Where each member is a pair of its own, a list
    /// repeats its name, as a parameter that is a list does; all else is JSON.
    fn object(&self, name: &str, members: &[(String, Value)]) -> Result<Vec<String>, String> {
        let (mut pieces, form) = (Vec::new(), &self.form);
        for (member, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            let member = match form.explode && form.named {
                true => self.member(member),
                false => self.item(member)?,
            };
            match &value.parts {
                Parts::List(items) if form.explode && form.named => {
                    let items = items.iter().filter(|item| !item.is_null());
                    pieces.extend(items.map(|item| format!("{member}={}", self.escape(item.scalar()))));
                }
                _ if form.explode => pieces.push(format!("{member}={}", self.item(value.scalar())?)),
                _ => pieces.extend([member, self.item(value.scalar())?]),
            }
        }
        if form.explode || pieces.is_empty() {
            return Ok(pieces);
        }
        Ok(vec![form.label(name, pieces.join(form.comma))])
    }

    /// `name[member]=value`. The standard says nothing of what is nested deeper: objects go on with brackets, as every
    /// server does that reads brackets.
    fn deep_object(&self, name: &str, members: &[(String, Value)], pairs: &mut Vec<String>) {
        for (member, value) in members {
            self.deep(&format!("{name}{}", self.member(&format!("[{member}]"))), value, pairs);
        }
    }

    /// `name[]=value`, which PHP, Rails, `qs` and Stripe all read as a list, while a bare name that comes again is but its
    /// last value to most of them. What is a list or an object itself has its index, for only that keeps its own members
    /// together: `name[0][member]=value`.
    fn deep_list(&self, name: &str, items: &[Value], pairs: &mut Vec<String>) {
        let is_nested = |item: &Value| matches!(item.parts, Parts::List(_) | Parts::Object(_));
        let by_index = items.iter().any(is_nested);
        for (index, item) in items.iter().filter(|item| !item.is_null()).enumerate() {
            let step = if by_index { format!("[{index}]") } else { "[]".to_owned() };
            self.deep(&format!("{name}{}", self.member(&step)), item, pairs);
        }
    }

    fn deep(&self, name: &str, value: &Value, pairs: &mut Vec<String>) {
        match &value.parts {
            Parts::Null => {}
            Parts::Object(members) => self.deep_object(name, members, pairs),
            Parts::List(items) => self.deep_list(name, items, pairs),
            Parts::Text(_) | Parts::Plain => pairs.push(format!("{name}={}", self.escape(value.scalar()))),
        }
    }
}

/// Whether a text has a comma outside quotes, which ends an item of a header's list (RFC 9110 section 5.6.1).
fn has_bare_comma(text: &str) -> bool {
    text.split('"').step_by(2).any(|outside| outside.contains(','))
}

/// Whether a text may be a cookie's name (RFC 6265 section 4.1.1; RFC 9110 section 5.6.2).
fn is_token(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn value(json: &serde_json::Value) -> Value {
        Value::of(json).unwrap()
    }

    fn written(style: Style, json: &serde_json::Value) -> Option<String> {
        expand(style, Site::Url, "color", &value(json)).unwrap()
    }

    fn alone(style: Style, site: Site, json: &serde_json::Value) -> Option<String> {
        expand_alone(style, site, "color", &value(json)).unwrap()
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
                ["color=", "color=blue", "color%5B%5D=blue&color%5B%5D=black", "color%5BR%5D=100&color%5BB%5D=150"],
            ),
        ];
        let values = [r#""""#, r#""blue""#, r#"["blue","black"]"#, r#"{"R":100,"B":150}"#]
            .map(|json| Value::parse(json).unwrap());
        for (style, expected) in table {
            for (value, expected) in values.iter().zip(expected) {
                let written = expand(style, Site::Url, "color", value).unwrap();
                assert_eq!(written.as_deref(), Some(expected), "{style:?} {value:?}");
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
        let named = expand(Style::FormExploded, Site::Url, "a b", &value(&json!(true)));
        assert_eq!(named.unwrap().unwrap(), "a%20b=true");
    }

    #[test]
    fn delimiters_within_values_stay_apart_or_are_refused() {
        assert_eq!(written(Style::LabelExploded, &json!(["a.b", 1.5])).unwrap(), ".a%2Eb.1%2E5");
        assert_eq!(written(Style::Label, &json!("1.5")).unwrap(), ".1.5");
        assert_eq!(written(Style::MatrixExploded, &json!(["a;b", "c=d"])).unwrap(), ";color=a%3Bb;color=c%3Dd");
        assert_eq!(written(Style::PipeDelimited, &json!(["a b"])).unwrap(), "color=a%20b");
        assert_eq!(written(Style::PipeDelimited, &json!("a|b")).unwrap(), "color=a%7Cb");
        assert_eq!(alone(Style::Simple, Site::Header, &json!(["a b", "\"c,d\""])).unwrap(), "a b,\"c,d\"");
        let quoted = "holds a comma within a value, which is what stands between its values";
        for (style, site, json, fault) in [
            (Style::PipeDelimited, Site::Url, json!(["a|b"]), "holds `|` within"),
            (Style::SpaceDelimited, Site::Url, json!(["a b"]), "holds a space within"),
            (Style::SpaceDelimited, Site::Url, json!({"a b": 1}), "holds a space within"),
            (Style::Simple, Site::Header, json!(["a,b"]), quoted),
            (Style::SimpleExploded, Site::Header, json!({"a": "\"b\",c"}), quoted),
        ] {
            let found = expand(style, site, "color", &value(&json)).unwrap_err();
            assert!(found.contains(fault), "{found}");
        }
    }

    #[test]
    fn reserved_characters_stay_but_for_those_that_would_end_a_value() {
        let reserved = |style, json| expand(style, Site::Reserved, "a/b", &value(&json)).unwrap().unwrap();
        assert_eq!(reserved(Style::FormExploded, json!("x/y?z=1&w#,")), "a%2Fb=x/y?z=1%26w%23,");
        assert_eq!(reserved(Style::Form, json!(["x/y", "z,w"])), "a%2Fb=x/y,z%2Cw");
        assert_eq!(reserved(Style::DeepObject, json!({"k": "x/y"})), "a%2Fb%5Bk%5D=x/y");
    }

    #[test]
    fn pairs_of_cookies_stand_between_semicolons() {
        let cookie = |style, name, json| expand(style, Site::Cookie, name, &value(&json));
        assert_eq!(cookie(Style::FormExploded, "a", json!(["1;2", 3])).unwrap().unwrap(), "a=1%3B2; a=3");
        assert_eq!(cookie(Style::FormExploded, "a", json!({"R": 1, "G": 2})).unwrap().unwrap(), "G=2; R=1");
        assert_eq!(cookie(Style::Form, "$a", json!([1, 2])).unwrap().unwrap(), "$a=1,2");
        for name in ["", "a b", "a=b", "a;b", "ü"] {
            assert_eq!(cookie(Style::Form, name, json!(1)).unwrap_err(), "has a name that no cookie may have");
        }
    }

    #[test]
    fn what_is_nested_goes_on_in_brackets_or_as_json() {
        let value = json!({"a": {"b": 1}, "c": [1, 2]});
        let deep = "color%5Ba%5D%5Bb%5D=1&color%5Bc%5D%5B%5D=1&color%5Bc%5D%5B%5D=2";
        assert_eq!(written(Style::DeepObject, &value).unwrap(), deep);
        let lists = json!([{"a": [1]}, null, [2]]);
        let deep = "color%5B0%5D%5Ba%5D%5B%5D=1&color%5B1%5D%5B%5D=2";
        assert_eq!(written(Style::DeepObject, &lists).unwrap(), deep);
        assert_eq!(written(Style::FormExploded, &value).unwrap(), "a=%7B%22b%22%3A1%7D&c=1&c=2");
        assert_eq!(written(Style::Form, &json!({"c": [1, 2]})).unwrap(), "color=c,%5B1%2C2%5D");
        assert_eq!(written(Style::FormExploded, &json!([{"b": 1}])).unwrap(), "color=%7B%22b%22%3A1%7D");
    }

    #[test]
    fn a_json_parameter_is_json_text() {
        assert_eq!(written(Style::Json, &json!("a")).unwrap(), "color=%22a%22");
        assert_eq!(written(Style::Json, &json!([1, 2])).unwrap(), "color=%5B1%2C2%5D");
        assert_eq!(alone(Style::Json, Site::Header, &json!({"a": "ü😀"})).unwrap(), r#"{"a":"\u00fc\ud83d\ude00"}"#);
        assert_eq!(alone(Style::Json, Site::Url, &json!({"a": 1})).unwrap(), "%7B%22a%22%3A1%7D");
    }

    #[test]
    fn a_text_parameter_is_its_text() {
        assert_eq!(written(Style::Text, &json!("a,b")).unwrap(), "color=a%2Cb");
        assert_eq!(alone(Style::Text, Site::Header, &json!("a, b")).unwrap(), "a, b");
        assert_eq!(alone(Style::Text, Site::Header, &json!([1])).unwrap(), "[1]");
        assert_eq!(alone(Style::Text, Site::Url, &json!(null)), None);
    }
}
