//! Whether two JSON values mean the same: numbers by value, members in any order, texts letter by letter.

use serde_json::{Number, Value};

/// What a member that is null may have become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nulls {
    /// Null still.
    Kept,
    /// Null, or left out.
    MayBeAbsent,
}

/// Where two values differ first, and how; none where they mean the same.
#[must_use]
pub fn difference(expected: &Value, found: &Value) -> Option<String> {
    difference_with(expected, found, Nulls::Kept)
}

/// The same, with a word on null members.
#[must_use]
pub fn difference_with(expected: &Value, found: &Value, nulls: Nulls) -> Option<String> {
    at(expected, found, nulls, "")
}

fn at(expected: &Value, found: &Value, nulls: Nulls, place: &str) -> Option<String> {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, value) in expected {
                let place = format!("{place}/{key}");
                let missing = match found.get(key) {
                    Some(found) => at(value, found, nulls, &place),
                    None if value.is_null() && nulls == Nulls::MayBeAbsent => None,
                    None => Some(format!("{place}: {} is gone", short(value))),
                };
                if missing.is_some() {
                    return missing;
                }
            }
            let (key, value) = found.iter().find(|(key, _)| !expected.contains_key(*key))?;
            Some(format!("{place}/{key}: {} came from nowhere", short(value)))
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => expected
            .iter()
            .zip(found)
            .enumerate()
            .find_map(|(index, (a, b))| at(a, b, nulls, &format!("{place}/{index}"))),
        (Value::Number(a), Value::Number(b)) if same_number(a, b) => None,
        (a, b) if a == b => None,
        (a, b) => {
            let place = if place.is_empty() { "/" } else { place };
            Some(format!("{place}: {} became {}", short(a), short(b)))
        }
    }
}

/// Integers exactly, and else as numbers of double precision.
fn same_number(a: &Number, b: &Number) -> bool {
    a == b
        || (!(a.is_f64() && b.is_f64()) && a.as_f64() == b.as_f64() && (a.is_f64() || b.is_f64()))
}

fn short(value: &Value) -> String {
    const LENGTH: usize = 120;
    let text = value.to_string();
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_count_by_value_and_members_in_any_order() {
        assert_eq!(
            difference(&json!({"a": 1, "b": 2.0}), &json!({"b": 2, "a": 1.0})),
            None
        );
        assert!(difference(&json!(1), &json!("1")).is_some());
        assert!(
            difference(
                &json!(9_007_199_254_740_993_i64),
                &json!(9_007_199_254_740_992_i64)
            )
            .is_some()
        );
    }

    #[test]
    fn a_null_may_be_absent_only_where_it_is_said() {
        let (with, without) = (json!({"a": null}), json!({}));
        assert!(difference(&with, &without).is_some());
        assert_eq!(difference_with(&with, &without, Nulls::MayBeAbsent), None);
        assert!(difference_with(&without, &with, Nulls::MayBeAbsent).is_some());
    }

    #[test]
    fn the_first_difference_is_named_by_its_place() {
        let found = difference(&json!({"a": [{"b": "x"}]}), &json!({"a": [{"b": "y"}]}));
        assert_eq!(found.as_deref(), Some("/a/0/b: \"x\" became \"y\""));
    }
}
