//! Finding credentials: in the environment, else in a profile.

use super::credentials::Given;
use super::kind::Part;
use super::profile::Profile;
use crate::scheme::SecurityScheme;
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
            let (part, reasons) = choose(PROFILE, &profiles.keys, |key| profile.value(key));
            let reasons = reasons.into_iter().map(|reason| format!("{}: {reason}", profile.source));
            passed_over.extend(reasons);
            let Profile { source, base_url, .. } = profile;
            part.map(|(part, _)| Given { parts: vec![part], source, base_url, passed_over: Vec::new() })
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
    let (found, mut reasons) = choose(ENVIRONMENT, &description.environment, lookup);
    let mut found: Vec<Chosen> = found.into_iter().collect();
    for scheme in description.schemes {
        match of_scheme(description, scheme, lookup) {
            Some(Ok(part)) => found.push(part),
            Some(Err(reason)) => reasons.push(reason),
            None => {}
        }
    }
    let (parts, names): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let given = (!parts.is_empty()).then(|| Given {
        parts,
        source: format!("{} in the environment", names.join(" and ")),
        base_url: None,
        passed_over: Vec::new(),
    });
    (given, reasons.into_iter().map(|reason| format!("the environment: {reason}")).collect())
}

/// What a scheme's own variables hold; `None`: it has none.
fn of_scheme(
    description: &Description,
    scheme: &SecurityScheme,
    lookup: impl Fn(&str) -> Option<String>,
) -> Option<Result<Chosen, String>> {
    match *scheme.variables {
        [] => None,
        [user, password] => Some(match (lookup(user), lookup(password)) {
            (Some(name), Some(secret)) => {
                Ok((Part::login_of(description, scheme.name, name, secret.into()), format!("{user} and {password}")))
            }
            (Some(_), None) => Err(format!("{user} is set without {password}")),
            (None, Some(_)) => Err(format!("{password} is set without {user}")),
            (None, None) => Err(format!("{user} and {password} are not set")),
        }),
        [first, ..] => Some(match first_set(scheme.variables, lookup) {
            Some((name, key)) => Ok((Part::key_of(description, scheme.name, key.into()), name.to_owned())),
            None => Err(format!("{first} is not set")),
        }),
    }
}

fn or_reasons(found: Option<Given>, reasons: Vec<String>) -> Result<Given, String> {
    match found {
        Some(given) => Ok(Given { passed_over: reasons, ..given }),
        None if reasons.is_empty() => Err("this service's credentials have no names in the environment".to_owned()),
        None => Err(format!("no credentials were found; {}", reasons.join("; "))),
    }
}

type Chosen = (Part, String);

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
        (Way::Token, Some((name, token)), _) => Ok((Part::access_token(token.into()), name.to_owned())),
        (Way::Token, None, _) => Err(format!("{all_first} is not set")),
        (Way::Account, Some((one, id)), Some((two, secret))) => {
            Ok((Part::service_account(id, secret.into()), format!("{one} and {two}")))
        }
        (Way::Key, Some((one, public)), Some((two, private))) => {
            Ok((Part::api_key(public, private.into()), format!("{one} and {two}")))
        }
        (_, Some((name, _)), None) => Err(format!("{name} is set without {all_second}")),
        (_, None, Some((name, _))) => Err(format!("{name} is set without {all_first}")),
        (_, None, None) => Err(format!("{all_first} and {all_second} are not set")),
    })
}

#[cfg(test)]
mod tests;
