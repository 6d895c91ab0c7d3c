//! The path of a request, from an operation's template and the values of its parameters.

use super::parameter::expand_alone;
use super::value::{Parts, Value};
use crate::operation::{Segment, Style};
use crate::url::{escape, escape_literal, is_dot_segment};

/// The values given for path parameters, by name.
pub(super) type Values = [(&'static str, Value)];

/// Writes the path. Errors say what is wrong with which parameter; they do not repeat its value.
pub(super) fn assemble(template: &[Segment], values: &Values) -> Result<String, String> {
    let mut path = String::new();
    for segment in template {
        match *segment {
            Segment::Text(text) => path.push_str(&escape_literal(text)),
            Segment::Parameter(name) => path.push_str(&parameter(values, name, Style::Simple)?),
            Segment::Styled(name, style) => path.push_str(&parameter(values, name, style)?),
            Segment::Checked(name, pattern) => {
                let text = value_of(values, name)?.scalar();
                if let Some(fault) = pattern.fault(text) {
                    return Err(format!("the path parameter `{name}` {fault}"));
                }
                path.push_str(&parameter(values, name, Style::Simple)?);
            }
        }
    }
    // A piece that is all dots would be resolved away by URL parsers, escaped or not: the request would go elsewhere.
    if path.split('/').any(is_dot_segment) {
        let names: Vec<_> = values.iter().map(|(name, _)| format!("`{name}`")).collect();
        return Err(format!(
            "a path parameter may not be `.` or `..` (one of {})",
            names.join(", ")
        ));
    }
    Ok(path)
}

fn parameter(values: &Values, name: &str, style: Style) -> Result<String, String> {
    let value = value_of(values, name)?;
    if matches!(&value.parts, Parts::Text(text) if text.is_empty()) {
        return Err(format!("the path parameter `{name}` is empty"));
    }
    expand_alone(style, name, value, escape)
        .filter(|text| !text.is_empty())
        .ok_or_else(|| format!("the path parameter `{name}` is empty"))
}

fn value_of<'a>(values: &'a Values, name: &str) -> Result<&'a Value, String> {
    let found = values.iter().find(|(given, _)| *given == name);
    found
        .map(|(_, value)| value)
        .ok_or_else(|| format!("the path parameter `{name}` was not given"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Pattern;
    use Segment::{Checked, Parameter, Styled, Text};
    use serde_json::json;

    const TEAM: &[Segment] = &[Text("/orgs/"), Parameter("orgId"), Text(":addUser")];

    fn value(json: serde_json::Value) -> Value {
        Value::of(&json).unwrap()
    }

    fn team(json: serde_json::Value) -> Result<String, String> {
        assemble(TEAM, &[("orgId", value(json))])
    }

    #[test]
    fn values_are_escaped_and_literal_text_is_not() {
        assert_eq!(
            team(json!("a b/ü:c")).unwrap(),
            "/orgs/a%20b%2F%C3%BC%3Ac:addUser"
        );
        assert_eq!(team(json!(12)).unwrap(), "/orgs/12:addUser");
        assert_eq!(team(json!("%2e%2e")).unwrap(), "/orgs/%252e%252e:addUser");
    }

    #[test]
    fn an_empty_or_missing_parameter_is_refused() {
        for empty in [json!(""), json!(null), json!([]), json!([""])] {
            assert_eq!(
                team(empty).unwrap_err(),
                "the path parameter `orgId` is empty"
            );
        }
        assert_eq!(
            assemble(TEAM, &[]).unwrap_err(),
            "the path parameter `orgId` was not given"
        );
        assert!(assemble(&[Styled("id", Style::Label)], &[("id", value(json!("")))]).is_err());
    }

    #[test]
    fn dot_segments_are_refused_however_they_arise() {
        let alone = &[Text("/a/"), Parameter("id"), Text("/b")];
        let twice = &[Text("/a/"), Parameter("id"), Parameter("id")];
        for (template, text) in [(&alone[..], "."), (alone, ".."), (twice, ".")] {
            let fault = assemble(template, &[("id", value(json!(text)))]).unwrap_err();
            assert!(fault.contains("`.` or `..` (one of `id`)"), "{fault}");
        }
        assert_eq!(
            assemble(alone, &[("id", value(json!("...")))]).unwrap(),
            "/a/.../b"
        );
        assert_eq!(team(json!("..")).unwrap(), "/orgs/..:addUser");
    }

    #[test]
    fn a_checked_parameter_matches_its_pattern() {
        let template = &[Text("/"), Checked("id", Pattern::new("a-f0-9", 2, 2))];
        assert_eq!(
            assemble(template, &[("id", value(json!("0f")))]).unwrap(),
            "/0f"
        );
        let fault = assemble(template, &[("id", value(json!("0F")))]).unwrap_err();
        assert_eq!(
            fault,
            "the path parameter `id` may have only the characters [a-f0-9]"
        );
    }

    #[test]
    fn a_styled_parameter_follows_its_style() {
        let template = &[Text("/items"), Styled("ids", Style::MatrixExploded)];
        assert_eq!(
            assemble(template, &[("ids", value(json!([1, 2])))]).unwrap(),
            "/items;ids=1;ids=2"
        );
    }
}
