//! The token endpoints: OAuth 2.0 client credentials (RFC 6749 section 4.4) and revocation
//! (RFC 7009).

use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::answer::Answer;
use super::fault::Fault;
use super::negotiation::media_type;
use super::options::{Options, TokenErrors};
use super::recorded::RecordedRequest;
use super::state::Shared;

/// Answers `POST /api/oauth/token`.
pub(super) fn token(shared: &Shared, request: &RecordedRequest) -> Answer {
    let form = match checked_form(&shared.options, request) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    match value_of(&form, "grant_type") {
        Some("client_credentials") => {}
        Some(_) => return refuse(&shared.options, 400, "unsupported_grant_type"),
        None => return refuse(&shared.options, 400, "invalid_request"),
    }
    let token = issue(shared);
    let body = json!({
        "access_token": token,
        "expires_in": shared.options.token_lifetime.as_secs(),
        "token_type": "Bearer",
    });
    Answer::json(200, "application/json", &body)
        .header("cache-control", "no-store")
        .header("pragma", "no-cache")
}

/// Answers `POST /api/oauth/revoke`: 200 also for a token that nobody knows.
pub(super) fn revoke(shared: &Shared, request: &RecordedRequest) -> Answer {
    let form = match checked_form(&shared.options, request) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let Some(token) = value_of(&form, "token") else {
        return refuse(&shared.options, 400, "invalid_request");
    };
    shared.state().tokens.remove(token);
    Answer::new(200)
}

/// Whether a bearer token is good now.
pub(super) fn accepts(shared: &Shared, token: &str) -> bool {
    let issued = shared.state().tokens.get(token).copied();
    token == shared.options.access_token || issued.is_some_and(|end| Instant::now() < end)
}

fn issue(shared: &Shared) -> String {
    let mut state = shared.state();
    state.serial += 1;
    let token = format!("fake-token-{}", state.serial);
    let end = Instant::now() + shared.options.token_lifetime;
    state.tokens.insert(token.clone(), end);
    token
}

/// The pairs of a form, once the method, the media type and the client are right.
fn checked_form(
    options: &Options,
    request: &RecordedRequest,
) -> Result<Vec<(String, String)>, Answer> {
    if request.method != "POST" {
        return Err(Answer::new(405).header("allow", "POST"));
    }
    let form = request.header("content-type").map(media_type);
    if form.as_deref() != Some("application/x-www-form-urlencoded") {
        return Err(refuse(options, 400, "invalid_request"));
    }
    if !is_client(options, request.header("authorization")) {
        return Err(refuse(options, 401, "invalid_client"));
    }
    Ok(form_urlencoded::parse(&request.body).into_owned().collect())
}

fn value_of<'a>(form: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let (_, value) = form.iter().find(|(known, _)| known == name)?;
    Some(value)
}

/// HTTP Basic with id and secret, each encoded as in a form first (RFC 6749 section 2.3.1).
fn is_client(options: &Options, authorization: Option<&str>) -> bool {
    let decoded = authorization
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
        .and_then(|(_, credentials)| STANDARD.decode(credentials.trim()).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let Some((id, secret)) = decoded.as_deref().and_then(|text| text.split_once(':')) else {
        return false;
    };
    form_decoded(id) == options.client_id && form_decoded(secret) == options.client_secret
}

/// One value of a form, decoded. Text that was not encoded ends at its first `=` or `&`.
fn form_decoded(text: &str) -> String {
    form_urlencoded::parse(text.as_bytes())
        .next()
        .map_or_else(String::new, |(name, _)| name.into_owned())
}

fn refuse(options: &Options, status: u16, error: &str) -> Answer {
    let answer = match options.token_errors {
        TokenErrors::ApiError => Fault::new(status)
            .code(&error.to_ascii_uppercase())
            .answer(),
        TokenErrors::Rfc6749 => {
            let description = format!("The fake service says {error}.");
            let body = json!({"error": error, "error_description": description});
            Answer::json(status, "application/json", &body)
        }
    };
    match status {
        401 => answer.header("www-authenticate", "Basic realm=\"token\""),
        _ => answer,
    }
}

#[cfg(test)]
#[path = "auth_oauth_tests.rs"]
mod tests;
