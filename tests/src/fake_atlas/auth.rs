//! Who may call: a bearer token or a digest of the API key.

use super::answer::Answer;
use super::auth_digest::{self, Verdict};
use super::auth_oauth;
use super::fault::Fault;
use super::recorded::RecordedRequest;
use super::state::Shared;

/// Lets a request pass that carries good credentials.
///
/// # Errors
/// The answer to send instead: 401 with what would be accepted, or 400 for credentials that make
/// no sense.
pub(super) fn authenticate(shared: &Shared, request: &RecordedRequest) -> Result<(), Answer> {
    let mut headers = request
        .headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    let Some((_, value)) = headers.next() else {
        return Err(challenge(shared, false));
    };
    if headers.next().is_some() {
        let fault = Fault::new(400).detail("There are two Authorization headers.");
        return Err(fault.answer());
    }
    let (scheme, rest) = value.split_once(' ').unwrap_or((value, ""));
    if scheme.eq_ignore_ascii_case("bearer") {
        return if auth_oauth::accepts(shared, rest) {
            Ok(())
        } else {
            let answer = refused("The access token is unknown or out of date.").answer();
            Err(answer.header("www-authenticate", "Bearer error=\"invalid_token\""))
        };
    }
    if scheme.eq_ignore_ascii_case("digest") {
        return match auth_digest::verify(shared, request, rest) {
            Verdict::Accepted => Ok(()),
            Verdict::Refused { stale } => Err(challenge(shared, stale)),
            Verdict::Malformed(detail) => Err(Fault::new(400).detail(detail).answer()),
        };
    }
    Err(challenge(shared, false))
}

/// 401 with one digest challenge for each algorithm that the service offers.
fn challenge(shared: &Shared, stale: bool) -> Answer {
    let mut answer = refused("Sign in with a service account or an API key.").answer();
    for algorithm in &shared.options.algorithms {
        let value = auth_digest::challenge(shared, *algorithm, stale);
        answer = answer.header("www-authenticate", value);
    }
    answer
}

fn refused(detail: &str) -> Fault {
    Fault::new(401).code("UNAUTHORIZED").detail(detail)
}
