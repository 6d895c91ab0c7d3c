//! HTTP digest authentication (RFC 7616), the server's side.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

use md5::{Digest, Md5};
use sha2::Sha256;

use super::options::NonceUse;
use super::recorded::RecordedRequest;
use super::state::{NonceRecord, Shared, State};

/// The realm of the real service.
const REALM: &str = "MMS Public API";

/// How far a nonce count may run ahead: calls in flight may overtake one another.
const COUNT_WINDOW: usize = 32;

/// A hash that digest authentication can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// What the real service offers.
    Md5,
    /// What RFC 7616 prefers.
    Sha256,
}

impl Algorithm {
    /// The name in challenges and credentials.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha256 => "SHA-256",
        }
    }

    fn hash(self, text: &str) -> String {
        match self {
            Self::Md5 => hexadecimal(&Md5::digest(text)),
            Self::Sha256 => hexadecimal(&Sha256::digest(text)),
        }
    }
}

/// What a digest response is computed from.
#[derive(Clone, Copy, Debug)]
pub struct DigestInput<'a> {
    /// The user name.
    pub username: &'a str,
    /// The realm of the challenge.
    pub realm: &'a str,
    /// The password.
    pub password: &'a str,
    /// The nonce of the challenge.
    pub nonce: &'a str,
    /// The HTTP method.
    pub method: &'a str,
    /// The request target.
    pub uri: &'a str,
    /// `nc` and `cnonce`, where `qop=auth` was agreed on.
    pub protection: Option<(&'a str, &'a str)>,
}

/// The `response` value in lower-case hexadecimal: RFC 7616 section 3.4.1, and RFC 2069 where no
/// protection was agreed on.
#[must_use]
pub fn digest_response(algorithm: Algorithm, input: &DigestInput<'_>) -> String {
    let DigestInput {
        username,
        realm,
        password,
        nonce,
        method,
        uri,
        protection,
    } = input;
    let who = algorithm.hash(&format!("{username}:{realm}:{password}"));
    let what = algorithm.hash(&format!("{method}:{uri}"));
    algorithm.hash(&match protection {
        Some((count, client_nonce)) => {
            format!("{who}:{nonce}:{count}:{client_nonce}:auth:{what}")
        }
        None => format!("{who}:{nonce}:{what}"),
    })
}

/// What became of digest credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Accepted,
    /// Stale: right but for the nonce, so the client may try again with a new one.
    Refused {
        stale: bool,
    },
    /// Not what a client may send, with the reason.
    Malformed(&'static str),
}

/// A `WWW-Authenticate` value with a fresh nonce.
pub(super) fn challenge(shared: &Shared, algorithm: Algorithm, stale: bool) -> String {
    let nonce = fresh_nonce(&mut shared.state());
    let qop = if shared.options.offer_qop {
        "qop=\"auth\", "
    } else {
        ""
    };
    // No standard knows `op`: clients must pass over what they do not understand.
    format!(
        "Digest realm=\"{REALM}\", domain=\"\", nonce=\"{nonce}\", algorithm={}, {qop}op=\"auth\", stale={stale}",
        algorithm.name()
    )
}

/// Checks what follows `Digest` in an `Authorization` header.
pub(super) fn verify(shared: &Shared, request: &RecordedRequest, credentials: &str) -> Verdict {
    let Some(directives) = directives(credentials) else {
        return Verdict::Malformed("The digest credentials cannot be read.");
    };
    let get = |name: &str| directives.get(name).map_or("", String::as_str);
    if get("uri") != request.target {
        return Verdict::Malformed("The digest is about another request target.");
    }
    let Some(algorithm) = agreed_algorithm(shared, directives.get("algorithm")) else {
        return Verdict::Refused { stale: false };
    };
    let protection = (get("nc"), get("cnonce"));
    let count = match protected_count(shared.options.offer_qop, get("qop"), protection) {
        Ok(count) => count,
        Err(reason) => return Verdict::Malformed(reason),
    };
    let expected = digest_response(
        algorithm,
        &DigestInput {
            username: &shared.options.public_key,
            realm: REALM,
            password: &shared.options.private_key,
            nonce: get("nonce"),
            method: &request.method,
            uri: &request.target,
            protection: count.map(|_| protection),
        },
    );
    let right = get("username") == shared.options.public_key
        && get("realm") == REALM
        && get("response") == expected;
    if !right {
        return Verdict::Refused { stale: false };
    }
    match shared.state().nonces.get_mut(get("nonce")) {
        Some(record) => use_nonce(record, shared.options.nonce_use, count),
        // Issued by no one here: the client may have outlived a restart of the service.
        None => Verdict::Refused { stale: true },
    }
}

/// The algorithm of the credentials, where the service offered it; MD5 when they name none.
fn agreed_algorithm(shared: &Shared, named: Option<&String>) -> Option<Algorithm> {
    let name = named.map_or("MD5", String::as_str);
    let mut offered = shared.options.algorithms.iter().copied();
    offered.find(|algorithm| algorithm.name().eq_ignore_ascii_case(name))
}

/// The nonce count, where there must be one (RFC 7616 section 3.4: eight hexadecimal digits).
fn protected_count(
    offered: bool,
    qop: &str,
    (count, client_nonce): (&str, &str),
) -> Result<Option<u32>, &'static str> {
    match (offered, qop) {
        (false, "") => return Ok(None),
        (true, "auth") => {}
        _ => return Err("The qop is not the one that was offered."),
    }
    if client_nonce.is_empty() {
        return Err("The cnonce is missing.");
    }
    match u32::from_str_radix(count, 16) {
        Ok(number) if count.len() == 8 && number > 0 => Ok(Some(number)),
        _ => Err("The nc is not eight hexadecimal digits from 1."),
    }
}

/// Uses a nonce once more, if it may be.
fn use_nonce(record: &mut NonceRecord, rule: NonceUse, count: Option<u32>) -> Verdict {
    let spent = match rule {
        NonceUse::Unlimited => false,
        NonceUse::StaleAfter(uses) => record.uses >= uses,
        NonceUse::Once if record.uses > 0 => return Verdict::Refused { stale: false },
        NonceUse::Once => false,
    };
    if spent || record.aged {
        return Verdict::Refused { stale: true };
    }
    if let Some(count) = count {
        let furthest = record.counts.len().saturating_add(COUNT_WINDOW);
        let ahead = usize::try_from(count).map_or(true, |count| count > furthest);
        // The same count twice is a replay (RFC 7616 section 5.12).
        if ahead || !record.counts.insert(count) {
            return Verdict::Refused { stale: false };
        }
    }
    record.uses = record.uses.saturating_add(1);
    Verdict::Accepted
}

/// A nonce that was never issued before, noted as good.
fn fresh_nonce(state: &mut State) -> String {
    state.serial += 1;
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let nonce = Algorithm::Sha256.hash(&format!("{}/{}", now.as_nanos(), state.serial));
    state.nonces.insert(nonce.clone(), NonceRecord::default());
    nonce
}

/// Reads `name=value` pairs with plain or quoted values (RFC 9110 section 11.2). Names come out in
/// lower case. `None` when the text is none, or names something twice.
fn directives(text: &str) -> Option<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let (value, after) = match after.trim_start().strip_prefix('"') {
            Some(quoted) => unquote(quoted)?,
            None => {
                let end = after.find(',').unwrap_or(after.len());
                let (value, after) = after.split_at(end);
                (value.trim().to_owned(), after)
            }
        };
        let twice = found.insert(name.trim().to_ascii_lowercase(), value);
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(after) => after.trim_start(),
            None if after.is_empty() => after,
            None => return None,
        };
        if twice.is_some() {
            return None;
        }
    }
    Some(found)
}

/// The text up to the closing quotation mark, and what follows it.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return Some((value, text.get(index + 1..)?)),
            '\\' => value.push(characters.next()?.1),
            other => value.push(other),
        }
    }
    None
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}

#[cfg(test)]
#[path = "auth_digest_tests.rs"]
mod tests;
