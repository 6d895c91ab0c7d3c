//! Finding credentials: in the environment, else in a profile.

use super::credentials::{CredentialsKind, Given};
use super::profile::Profile;
use crate::service::{Description, SettingNames};

/// The value of a variable, without blanks around it; `None` if it is not set, or blank.
pub(crate) fn process_environment(name: &str) -> Option<String> {
    let value = std::env::var(name).ok()?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// The first of these names that is set, with its value.
pub(crate) fn first_set<'a>(names: &[&'a str], lookup: impl Fn(&str) -> Option<String>) -> Option<(&'a str, String)> {
    names.iter().find_map(|name| Some((*name, lookup(name)?)))
}

/// The ways to write credentials down.
#[derive(Clone, Copy)]
enum Way {
    Token,
    Account,
    Key,
}

/// The ways in the environment, in the order in which they count.
const ENVIRONMENT: [Way; 3] = [Way::Token, Way::Account, Way::Key];
/// The ways in a profile. Its token comes from a past login and grows old, so it counts last.
const PROFILE: [Way; 3] = [Way::Account, Way::Key, Way::Token];

pub(super) fn find(description: &Description, lookup: impl Fn(&str) -> Option<String>) -> Result<Given, String> {
    let (found, mut passed_over) = in_environment(description, &lookup);
    let Some(profiles) = &description.profiles else {
        return or_reasons(found, passed_over);
    };
    if found.is_some() {
        passed_over.push("no profile was looked at, as the environment goes before".to_owned());
        return or_reasons(found, passed_over);
    }
    let found = match Profile::read(profiles, &lookup) {
        Ok(profile) => {
            let (kind, reasons) = choose(PROFILE, &profiles.keys, |key| profile.value(key));
            let reasons = reasons.into_iter().map(|reason| format!("{}: {reason}", profile.source));
            passed_over.extend(reasons);
            let Profile { source, base_url, .. } = profile;
            kind.map(|(kind, _)| Given { kind, source, base_url, passed_over: Vec::new() })
        }
        Err(reason) => {
            passed_over.push(reason);
            None
        }
    };
    or_reasons(found, passed_over)
}

pub(super) fn from_environment(
    description: &Description,
    lookup: impl Fn(&str) -> Option<String>,
) -> Result<Given, String> {
    let (found, passed_over) = in_environment(description, &lookup);
    or_reasons(found, passed_over)
}

fn in_environment(description: &Description, lookup: &impl Fn(&str) -> Option<String>) -> (Option<Given>, Vec<String>) {
    let (found, reasons) = choose(ENVIRONMENT, &description.environment, lookup);
    let given = |(kind, names)| Given {
        kind,
        source: format!("{names} in the environment"),
        base_url: None,
        passed_over: Vec::new(),
    };
    (found.map(given), reasons.into_iter().map(|reason| format!("the environment: {reason}")).collect())
}

fn or_reasons(found: Option<Given>, reasons: Vec<String>) -> Result<Given, String> {
    match found {
        Some(given) => Ok(Given { passed_over: reasons, ..given }),
        None if reasons.is_empty() => Err("this service's credentials have no names in the environment".to_owned()),
        None => Err(format!("no credentials were found; {}", reasons.join("; "))),
    }
}

type Chosen = (CredentialsKind, String);

/// The first way of which all is set, with the names; and the reasons against the others.
fn choose(
    ways: [Way; 3],
    names: &SettingNames,
    lookup: impl Fn(&str) -> Option<String>,
) -> (Option<Chosen>, Vec<String>) {
    let (mut chosen, mut reasons) = (None::<Chosen>, Vec::new());
    for way in ways {
        match (read(way, names, &lookup), &chosen) {
            (Some(Ok(found)), None) => chosen = Some(found),
            (Some(Ok((_, names))), Some((_, first))) => reasons.push(format!("{first} go before {names}")),
            (Some(Err(reason)), _) => reasons.push(reason),
            (None, _) => {}
        }
    }
    (chosen, reasons)
}

/// Reads credentials that are written in this way. `None`: there are no names for them.
fn read(way: Way, names: &SettingNames, lookup: impl Fn(&str) -> Option<String>) -> Option<Result<Chosen, String>> {
    let (first, second) = match way {
        Way::Token => (names.access_token, names.access_token),
        Way::Account => (names.client_id, names.client_secret),
        Way::Key => (names.public_key, names.private_key),
    };
    if first.is_empty() || second.is_empty() {
        return None;
    }
    let (all_first, all_second) = (first.join(" or "), second.join(" or "));
    Some(match (way, first_set(first, &lookup), first_set(second, &lookup)) {
        (Way::Token, Some((name, token)), _) => Ok((CredentialsKind::AccessToken(token.into()), name.to_owned())),
        (Way::Token, None, _) => Err(format!("{all_first} is not set")),
        (Way::Account, Some((one, id)), Some((two, secret))) => {
            Ok((CredentialsKind::service_account(id, secret.into()), format!("{one} and {two}")))
        }
        (Way::Key, Some((one, public)), Some((two, private))) => {
            Ok((CredentialsKind::api_key(public, private.into()), format!("{one} and {two}")))
        }
        (_, Some((name, _)), None) => Err(format!("{name} is set without {all_second}")),
        (_, None, Some((name, _))) => Err(format!("{name} is set without {all_first}")),
        (_, None, None) => Err(format!("{all_first} and {all_second} are not set")),
    })
}

#[cfg(test)]
mod tests;
