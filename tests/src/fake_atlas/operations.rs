//! From a request to its answer, in the order in which the service looks at things.

use serde_json::{Value, json};

use super::answer::Answer;
use super::recorded::RecordedRequest;
use super::requests::Query;
use super::routing::{self, Call};
use super::script::{Member, Scripted};
use super::state::{Shared, Slot};
use super::{auth, auth_oauth, bodies, ids, negotiation, requests};

/// Answers any request.
pub(super) fn answer(shared: &Shared, request: &RecordedRequest) -> Answer {
    let path = request.path();
    let intercepted = shared.pop(Slot::Anything);
    if let Some(fixed) = fixed(intercepted.as_ref(), path) {
        return fixed;
    }
    let answer = match path {
        "/api/oauth/token" => {
            let scripted = shared.pop(Slot::Token);
            match fixed(scripted.as_ref(), path) {
                Some(fixed) => fixed,
                None => delivered(auth_oauth::token(shared, request), scripted.as_ref()),
            }
        }
        "/api/oauth/revoke" => auth_oauth::revoke(shared, request),
        _ => match operation(shared, request) {
            Ok(answer) | Err(answer) => answer,
        },
    };
    delivered(answer, intercepted.as_ref())
}

fn fixed(scripted: Option<&Scripted>, path: &str) -> Option<Answer> {
    scripted.and_then(|scripted| scripted.fixed(path))
}

fn delivered(answer: Answer, scripted: Option<&Scripted>) -> Answer {
    match scripted {
        Some(Scripted::Delivered(delivery)) => answer.delivered(delivery.clone()),
        _ => answer,
    }
}

/// Answers a call of an operation. The script is asked last, when nothing is wrong with the call.
fn operation(shared: &Shared, request: &RecordedRequest) -> Result<Answer, Answer> {
    auth::authenticate(shared, request)?;
    let call = routing::route(request)?;
    negotiation::negotiate(call.operation, request).map_err(|fault| fault.answer())?;
    let query = requests::query(request).map_err(|fault| fault.answer())?;
    let body = requests::body(call.operation, &request.body).map_err(|fault| fault.answer())?;

    let named = [
        Some(call.owner),
        call.member,
        body.get("id").and_then(Value::as_str),
    ];
    let scripted = shared
        .pop(Slot::Operation)
        .or_else(|| ids::scripted(named.into_iter().flatten()));
    if let Some(Scripted::ErrorInEnvelope(fault)) = &scripted
        && query.envelope
    {
        let body = enveloped(fault.status(), &fault.body());
        return Ok(Answer::json(200, "application/json", &body));
    }
    if let Some(fixed) = fixed(scripted.as_ref(), request.path()) {
        return Ok(fixed);
    }
    let member = match &scripted {
        Some(Scripted::User(member)) => *member,
        _ => Member::Pending,
    };
    let (status, mut success) = bodies::success(&call, &body, member);
    if let (Some(Scripted::Altered(alteration)), Some(body)) = (&scripted, &mut success) {
        bodies::alter(body, alteration);
    }
    let answer = written(&call, query, status, success.as_ref());
    Ok(delivered(answer, scripted.as_ref()))
}

/// Writes a success with the headers and in the form that the query asks for.
fn written(call: &Call<'_>, query: Query, status: u16, body: Option<&Value>) -> Answer {
    let answer = Answer::new(status)
        .header("x-java-method", call.operation.name())
        .header("x-mongodb-service-version", "fake");
    let Some(body) = body else { return answer };
    let enveloped = query.envelope.then(|| enveloped(status, body));
    let body = enveloped.as_ref().unwrap_or(body);
    let text = if query.pretty {
        format!("{body:#}")
    } else {
        body.to_string()
    };
    answer.with_body(call.operation.media_type(), text)
}

fn enveloped(status: u16, content: &Value) -> Value {
    json!({"content": content, "status": status})
}
