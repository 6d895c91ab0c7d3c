//! What is left out of what is kept of an exchange.

use http::HeaderName;
use serde_json::Value;

use crate::request::{self, is_secret_name};

/// What stands in place of a secret.
pub(super) const HIDDEN: &str = "(hidden)";

/// Headers that carry credentials, or what they are made of.
pub(super) fn is_secret_header(name: &HeaderName) -> bool {
    const CHALLENGES: [&str; 3] = ["www-authenticate", "proxy-authenticate", "authentication-info"];
    CHALLENGES.contains(&name.as_str()) || request::is_secret_header(name)
}

/// The names of members, parameters and headers whose values are hidden, beside those that are mostly secrets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Hide(pub(super) Vec<String>);

impl Hide {
    pub(super) fn is_secret(&self, name: &str) -> bool {
        is_secret_name(name) || self.0.iter().any(|hidden| hidden.eq_ignore_ascii_case(name))
    }

    /// A query or a form's body.
    pub(super) fn pairs(&self, text: &str) -> String {
        let pair = |pair: &str| match pair.split_once('=') {
            Some((name, _)) if self.is_secret(name) => format!("{name}={HIDDEN}"),
            _ => pair.to_owned(),
        };
        text.split('&').map(pair).collect::<Vec<_>>().join("&")
    }

    /// The texts of a JSON value.
    pub(super) fn json(&self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    if self.is_secret(name) { hide_all(member) } else { self.json(member) }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.json(item)),
            _ => {}
        }
    }
}

/// Hides every text, so that the value keeps its type.
fn hide_all(value: &mut Value) {
    match value {
        Value::String(text) => HIDDEN.clone_into(text),
        Value::Array(items) => items.iter_mut().for_each(hide_all),
        Value::Object(members) => members.iter_mut().for_each(|(_, member)| hide_all(member)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_under_secret_names_are_hidden_and_keep_their_types() {
        let mut value = json!({
            "password": "planted", "clientSecret": {"value": "planted", "days": 7}, "mine": ["planted"],
            "users": [{"private_key": "planted", "name": "kept", "nextPageToken": "kept"}], "secrets": 1
        });
        Hide(vec!["Mine".to_owned()]).json(&mut value);
        let expected = json!({
            "password": HIDDEN, "clientSecret": {"value": HIDDEN, "days": 7}, "mine": [HIDDEN],
            "users": [{"private_key": HIDDEN, "name": "kept", "nextPageToken": "kept"}], "secrets": 1
        });
        assert_eq!(value, expected);
    }

    #[test]
    fn pairs_under_secret_names_are_hidden() {
        let hide = Hide(vec!["sig".to_owned()]);
        assert_eq!(hide.pairs("a=1&access_token=x&sig=y&b"), format!("a=1&access_token={HIDDEN}&sig={HIDDEN}&b"));
        assert_eq!(hide.pairs(""), "");
    }
}
