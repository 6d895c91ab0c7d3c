//! What stands at a place in a JSON body, found without reading the rest into memory.

use std::str;

use serde_json::Value;

use crate::codec::{self, tree, value_at};

/// The value at a JSON pointer (RFC 6901); none where there is nothing, or the body is not JSON.
pub(crate) fn at(body: &[u8], pointer: &str) -> Option<Value> {
    tree(value_at(str::from_utf8(body).ok()?, pointer)?.as_bytes())
}

/// The text, number or truth value at a JSON pointer, as text.
pub(crate) fn text_at(body: &[u8], pointer: &str) -> Option<String> {
    codec::text_at(str::from_utf8(body).ok()?, pointer)
}

/// The link to the next page at a JSON pointer: a text, a link object, or one of several with the relation `next`
/// (RFC 8288).
pub(crate) fn link_at(body: &[u8], pointer: &str) -> Option<String> {
    let is_next = |link: &Value| link.get("rel").and_then(Value::as_str) == Some("next");
    let href = |link: &Value| Some(link.get("href")?.as_str()?.to_owned());
    match at(body, pointer)? {
        Value::String(link) => Some(link),
        Value::Array(links) => links.iter().find(|link| is_next(link)).and_then(href),
        link => href(&link),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_pointers() {
        let body = br#"{"a/b": {"~": [1, {"c": "x"}]}, "n": null, "t": true}"#;
        assert_eq!(text_at(body, "/a~1b/~0/1/c").as_deref(), Some("x"));
        assert_eq!(text_at(body, "/a~1b/~0/0").as_deref(), Some("1"));
        assert_eq!(text_at(body, "/t").as_deref(), Some("true"));
        for nothing in ["/n", "/n/a", "/x", "/a~1b/~0/2", "/a~1b/~0/x", ""] {
            assert_eq!(text_at(body, nothing), None, "{nothing}");
        }
        assert_eq!(text_at(b"<html>", "/a"), None);
    }

    #[test]
    fn a_link_is_a_text_an_object_or_the_next_of_several() {
        let body = br#"{"next": "/a", "one": {"href": "/b"},
            "links": [{"rel": "self", "href": "/c"}, {"href": "/d"}, {"rel": "next", "href": "/e"}], "last": []}"#;
        let link = |pointer| link_at(body, pointer);
        assert_eq!(link("/next").as_deref(), Some("/a"));
        assert_eq!(link("/one").as_deref(), Some("/b"));
        assert_eq!(link("/links").as_deref(), Some("/e"));
        assert_eq!((link("/last"), link("/other")), (None, None));
    }
}
