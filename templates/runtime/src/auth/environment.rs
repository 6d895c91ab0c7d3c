//! Credentials from environment variables.

use super::CredentialsKind;
use crate::service::Environment;

/// The value of a variable, without blanks around it; `None` if it is not set, or blank.
pub(crate) fn process_environment(name: &str) -> Option<String> {
    let value = std::env::var(name).ok()?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// The first of these variables that is set, with its value.
pub(crate) fn first_set<'a>(names: &[&'a str], lookup: impl Fn(&str) -> Option<String>) -> Option<(&'a str, String)> {
    names.iter().find_map(|name| Some((*name, lookup(name)?)))
}

/// The credentials that are set: an access token, else a service account, else an API key. Half a pair counts as
/// nothing, and is told of where nothing else is set.
pub(super) fn credentials(
    names: &Environment,
    lookup: impl Fn(&str) -> Option<String>,
) -> Result<CredentialsKind, String> {
    let value = |names: &[&str]| first_set(names, &lookup).map(|(_, value)| value);
    if let Some(token) = value(names.access_token) {
        return Ok(CredentialsKind::AccessToken(token.into()));
    }
    let (id, secret) = (value(names.client_id), value(names.client_secret));
    let (public, private) = (value(names.public_key), value(names.private_key));
    match ((id, secret), (public, private)) {
        ((Some(id), Some(secret)), _) => Ok(CredentialsKind::ServiceAccount { id, secret: secret.into() }),
        (_, (Some(public), Some(private))) => Ok(CredentialsKind::ApiKey { public, private: private.into() }),
        ((Some(_), None), _) => Err(half(names.client_id, names.client_secret)),
        ((None, Some(_)), _) => Err(half(names.client_secret, names.client_id)),
        (_, (Some(_), None)) => Err(half(names.public_key, names.private_key)),
        (_, (None, Some(_))) => Err(half(names.private_key, names.public_key)),
        _ => Err(nothing(names)),
    }
}

fn half(given: &[&str], missing: &[&str]) -> String {
    format!("the environment has {} without {}", given.join(" or "), missing.join(" or "))
}

fn nothing(names: &Environment) -> String {
    let pair = |first: &[&str], second: &[&str]| match (first.first(), second.first()) {
        (Some(first), Some(second)) => Some(format!("{first} and {second}")),
        _ => None,
    };
    let ways = [
        names.access_token.first().map(|&name| name.to_owned()),
        pair(names.client_id, names.client_secret),
        pair(names.public_key, names.private_key),
    ];
    let ways: Vec<_> = ways.into_iter().flatten().collect();
    match ways.is_empty() {
        true => "this service reads no credentials from the environment".to_owned(),
        false => format!("the environment has no credentials; set {}", ways.join(", or ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: Environment = Environment {
        access_token: &["TOKEN"],
        client_id: &["ID"],
        client_secret: &["SECRET"],
        public_key: &["PUBLIC", "PUBLIC_ALIAS"],
        private_key: &["PRIVATE"],
        base_url: &["URL"],
    };

    fn found(set: &[(&str, &str)]) -> Result<String, String> {
        let lookup = |name: &str| set.iter().find(|(given, _)| *given == name).map(|(_, value)| (*value).to_owned());
        credentials(&NAMES, lookup).map(|kind| format!("{kind:?}"))
    }

    #[test]
    fn a_token_goes_before_a_service_account_and_that_before_a_key() {
        let all = [("PUBLIC_ALIAS", "p"), ("PRIVATE", "q"), ("ID", "i"), ("SECRET", "s"), ("TOKEN", "t")];
        assert_eq!(found(&all).unwrap(), "Credentials(access token)");
        assert_eq!(found(&all[..4]).unwrap(), "Credentials(service account)");
        assert_eq!(found(&all[..2]).unwrap(), "Credentials(API key)");
    }

    #[test]
    fn half_a_pair_gives_way_to_a_whole_one_or_is_told_of() {
        assert_eq!(found(&[("ID", "i"), ("PUBLIC", "p"), ("PRIVATE", "q")]).unwrap(), "Credentials(API key)");
        assert_eq!(found(&[("ID", "i")]).unwrap_err(), "the environment has ID without SECRET");
        assert_eq!(
            found(&[("PRIVATE", "q")]).unwrap_err(),
            "the environment has PRIVATE without PUBLIC or PUBLIC_ALIAS"
        );
    }

    #[test]
    fn nothing_set_says_what_to_set() {
        let message = "the environment has no credentials; set TOKEN, or ID and SECRET, or PUBLIC and PRIVATE";
        assert_eq!(found(&[]).unwrap_err(), message);
        assert!(credentials(&Environment::default(), |_| None).is_err());
    }
}
