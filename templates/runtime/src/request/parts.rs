//! The parameters that a request has been given.

use std::fmt;

use super::parameter::{Site, expand, expand_alone};
use super::style::Style;
use super::value::{self, Value};
use crate::error::Failure;
use crate::pattern::Pattern;
use crate::url::escape;

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Path => "path parameter",
            Self::Query => "query parameter",
            Self::Header => "header",
            Self::Cookie => "cookie",
        })
    }
}

/// A parameter as it goes out, or what is wrong with it.
#[derive(Clone)]
struct Part {
    place: Place,
    name: &'static str,
    text: Result<String, Box<Failure>>,
}

/// Parameters in the order in which they were first given. A place and a name are there once: what is given again
/// replaces what was, and a value that is nothing takes it away.
#[derive(Clone, Default)]
pub(super) struct Parts(Vec<Part>);

impl Parts {
    /// Writes a value in its style, and sets it.
    pub(super) fn set(&mut self, place: Place, style: Style, name: &'static str, value: serde_json::Result<Value>) {
        self.set_at(place, site(place), style, name, value);
    }

    /// Writes a value into a query that takes reserved characters as they are.
    pub(super) fn set_reserved(&mut self, style: Style, name: &'static str, value: serde_json::Result<Value>) {
        self.set_at(Place::Query, Site::Reserved, style, name, value);
    }

    fn set_at(&mut self, place: Place, site: Site, style: Style, name: &'static str, value: serde_json::Result<Value>) {
        let text = match value {
            Ok(value) if place == Place::Path => Some(write_path(style, name, &value)),
            Ok(value) => write(place, site, style, name, &value).transpose(),
            Err(error) => {
                let fault = Failure::request(format!("`{name}` cannot be written"));
                Some(Err(fault.because(error)))
            }
        };
        self.put(place, name, text);
    }

    /// Sets a path parameter to a text, if it matches the pattern.
    pub(super) fn set_checked(&mut self, name: &'static str, text: &str, pattern: Pattern) {
        let text = match pattern.fault(text) {
            Some(fault) => Err(Failure::request(format!("the path parameter `{name}` {fault}"))),
            None if text.is_empty() => Err(empty(name)),
            None => Ok(escape(text)),
        };
        self.put(Place::Path, name, Some(text));
    }

    /// Sets what goes out; `None` takes the parameter away.
    fn put(&mut self, place: Place, name: &'static str, text: Option<Result<String, Box<Failure>>>) {
        let is_same = |part: &Part| part.place == place && part.name == name;
        let before = self.0.iter().position(is_same);
        match (text, before) {
            (None, None) => {}
            (None, Some(index)) => {
                self.0.remove(index);
            }
            (Some(text), None) => self.0.push(Part { place, name, text }),
            (Some(text), Some(index)) => {
                if let Some(part) = self.0.get_mut(index) {
                    part.text = text;
                }
            }
        }
    }

    /// Takes the first fault out.
    pub(super) fn take_fault(&mut self) -> Option<Box<Failure>> {
        let index = self.0.iter().position(|part| part.text.is_err())?;
        self.0.remove(index).text.err()
    }

    /// The parameters of a place, with their names.
    pub(super) fn of(&self, place: Place) -> impl Iterator<Item = (&'static str, &str)> {
        let parts = self.0.iter().filter(move |part| part.place == place);
        parts.filter_map(|part| Some((part.name, part.text.as_deref().ok()?)))
    }
}

fn site(place: Place) -> Site {
    match place {
        Place::Path | Place::Query => Site::Url,
        Place::Header => Site::Header,
        Place::Cookie => Site::Cookie,
    }
}

/// `None` where there is nothing to write.
fn write(place: Place, site: Site, style: Style, name: &str, value: &Value) -> Result<Option<String>, Box<Failure>> {
    let text = match place {
        Place::Path | Place::Header => expand_alone(style, site, name, value),
        Place::Query | Place::Cookie => expand(style, site, name, value),
    };
    text.map_err(|fault| Failure::request(format!("the {place} `{name}` {fault}")))
}

fn write_path(style: Style, name: &str, value: &Value) -> Result<String, Box<Failure>> {
    // Styles such as `matrix` write something even for an empty text.
    if matches!(&value.parts, value::Parts::Text(text) if text.is_empty()) {
        return Err(empty(name));
    }
    let text = write(Place::Path, Site::Url, style, name, value)?.filter(|text| !text.is_empty());
    text.ok_or_else(|| empty(name))
}

fn empty(name: &str) -> Box<Failure> {
    Failure::request(format!("the path parameter `{name}` is empty"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    impl Parts {
        fn with(mut self, place: Place, style: Style, name: &'static str, json: serde_json::Value) -> Self {
            self.set(place, style, name, Value::of(&json));
            self
        }

        fn all(&self, place: Place) -> Vec<(&'static str, &str)> {
            self.of(place).collect()
        }
    }

    fn path(style: Style, json: serde_json::Value) -> Result<String, String> {
        let mut parts = Parts::default().with(Place::Path, style, "id", json);
        let text = parts.of(Place::Path).next().map(|(_, text)| text.to_owned());
        text.ok_or_else(|| parts.take_fault().unwrap().to_string())
    }

    fn checked(text: &str, pattern: Pattern) -> Parts {
        let mut parts = Parts::default();
        parts.set_checked("id", text, pattern);
        parts
    }

    #[test]
    fn what_is_given_again_keeps_its_place_and_changes_its_text() {
        let parts = Parts::default()
            .with(Place::Query, Style::FormExploded, "a", json!([1, 2]))
            .with(Place::Query, Style::FormExploded, "b", json!(3))
            .with(Place::Query, Style::FormExploded, "a", json!(4));
        assert_eq!(parts.all(Place::Query), [("a", "a=4"), ("b", "b=3")]);
    }

    #[test]
    fn nothing_takes_a_parameter_away() {
        for nothing in [json!(null), json!([]), json!({})] {
            let parts = Parts::default().with(Place::Query, Style::FormExploded, "a", json!({"x": 1, "y": 2})).with(
                Place::Query,
                Style::FormExploded,
                "a",
                nothing,
            );
            assert!(parts.all(Place::Query).is_empty());
        }
    }

    #[test]
    fn places_do_not_mix() {
        let parts = [Place::Path, Place::Query, Place::Header, Place::Cookie]
            .into_iter()
            .fold(Parts::default(), |parts, place| parts.with(place, Style::Simple, "id", json!("a b")));
        assert_eq!(parts.all(Place::Path), [("id", "a%20b")]);
        assert_eq!(parts.all(Place::Header), [("id", "a b")]);
        assert_eq!(parts.of(Place::Query).count() + parts.of(Place::Cookie).count(), 2);
    }

    #[test]
    fn a_fault_goes_away_with_its_value() {
        let mut parts = Parts::default().with(Place::Path, Style::Simple, "id", json!(""));
        assert!(parts.take_fault().is_some());
        parts = parts.with(Place::Path, Style::Simple, "id", json!("x"));
        assert!(parts.take_fault().is_none());
        assert_eq!(parts.all(Place::Path), [("id", "x")]);
    }

    #[test]
    fn path_values_are_escaped_and_follow_their_style() {
        assert_eq!(path(Style::Simple, json!("a b/ü:c")).unwrap(), "a%20b%2F%C3%BC%3Ac");
        assert_eq!(path(Style::Simple, json!("%2e%2e")).unwrap(), "%252e%252e");
        assert_eq!(path(Style::Simple, json!(12)).unwrap(), "12");
        assert_eq!(path(Style::MatrixExploded, json!([1, 2])).unwrap(), ";id=1;id=2");
        assert_eq!(path(Style::Json, json!({"a": 1})).unwrap(), "%7B%22a%22%3A1%7D");
    }

    #[test]
    fn an_empty_path_value_is_a_fault_in_every_style() {
        for style in [Style::Simple, Style::Label, Style::MatrixExploded] {
            for empty in [json!(""), json!(null), json!([])] {
                let fault = path(style, empty).unwrap_err();
                assert_eq!(fault, "the path parameter `id` is empty");
            }
        }
        assert!(path(Style::Simple, json!([""])).is_err());
        assert!(checked("", Pattern::new("a", 0, 9)).take_fault().is_some());
    }

    #[test]
    fn a_checked_value_matches_its_pattern() {
        let id = Pattern::new("a-f0-9", 2, 2);
        assert_eq!(checked("0f", id).all(Place::Path), [("id", "0f")]);
        let fault = checked("0F", id).take_fault().unwrap().to_string();
        assert_eq!(fault, "the path parameter `id` may have only the characters [a-f0-9]");
        let any = Pattern::new("a-z %", 1, 9);
        assert_eq!(checked("a %", any).all(Place::Path), [("id", "a%20%25")]);
    }

    #[test]
    fn a_value_that_json_cannot_express_is_a_fault() {
        let mut parts = Parts::default();
        let map = std::collections::BTreeMap::from([(vec![1], 2)]);
        parts.set(Place::Query, Style::Form, "map", Value::of(&map));
        assert_eq!(parts.take_fault().unwrap().to_string(), "`map` cannot be written");
    }
}
