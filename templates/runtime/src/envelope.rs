//! Taking an answer out of its envelope.

use std::str;

use bytes::Bytes;
use http::StatusCode;
use serde_json::value::RawValue;

use crate::codec::members;
use crate::response::Reply;
use crate::service::Envelope;

/// What is done with an answer's envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unwrap {
    /// The answer comes without.
    Nothing,
    /// Only an error is taken out: else the envelope is what the operation declares.
    Errors,
    /// The answer is taken out.
    Everything,
}

/// Takes the answer out of its envelope, so that everything after sees the status and the body that would have come
/// without one:
///
/// - `{"status": 200, "content": {…}}` becomes its content (no body, where the content is null or absent);
/// - a list has its status beside it, and is left as it is;
/// - a status of 400 or more makes the answer that error, whatever HTTP said;
/// - what does not look like an envelope is left alone.
pub(crate) fn unwrap(envelope: &Envelope, what: Unwrap, reply: Reply) -> Reply {
    if what == Unwrap::Nothing {
        return reply;
    }
    let Some(members) = str::from_utf8(&reply.body).ok().and_then(|body| members(body).ok()) else {
        return reply;
    };
    // Of two members with one name the last counts.
    let member = |name: &str| members.iter().rev().find(|(given, _)| given == name).map(|(_, value)| *value);
    let Some(inner) = member(envelope.status).and_then(status_code) else {
        return reply;
    };
    if what == Unwrap::Errors && !is_error(inner) {
        return reply;
    }
    let is_whole = members.iter().all(|(name, _)| name == envelope.status || name == envelope.content);
    let body = match member(envelope.content).map(RawValue::get) {
        _ if !is_whole => reply.body.clone(),
        None | Some("null") => Bytes::new(),
        Some(content) => reply.body.slice_ref(content.as_bytes()),
    };
    // An error that HTTP itself reports stays one.
    let status = if is_error(reply.status) && !is_error(inner) { reply.status } else { inner };
    Reply { status, headers: reply.headers, body }
}

fn status_code(value: &RawValue) -> Option<StatusCode> {
    StatusCode::from_u16(value.get().parse().ok()?).ok()
}

fn is_error(status: StatusCode) -> bool {
    status.is_client_error() || status.is_server_error()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;

    const ENVELOPE: Envelope = Envelope { parameter: "envelope", status: "status", content: "content" };

    fn unwrapped_as(what: Unwrap, status: u16, body: &'static str) -> (u16, String) {
        let reply = Reply {
            status: StatusCode::from_u16(status).unwrap(),
            headers: HeaderMap::new(),
            body: Bytes::from_static(body.as_bytes()),
        };
        let reply = unwrap(&ENVELOPE, what, reply);
        let body = String::from_utf8(reply.body.to_vec()).unwrap();
        (reply.status.as_u16(), body)
    }

    fn unwrapped(status: u16, body: &'static str) -> (u16, String) {
        unwrapped_as(Unwrap::Everything, status, body)
    }

    #[test]
    fn a_declared_envelope_stays_unless_it_holds_an_error() {
        let success = r#"{"status":201,"content":{"id":"x"}}"#;
        let error = r#"{"status":404,"content":{"id":"x"}}"#;
        let expected = |status, text: &str| (status, text.to_owned());
        assert_eq!(unwrapped_as(Unwrap::Errors, 200, success), expected(200, success));
        assert_eq!(unwrapped_as(Unwrap::Errors, 200, error), expected(404, r#"{"id":"x"}"#));
        assert_eq!(unwrapped_as(Unwrap::Nothing, 200, error), expected(200, error));
    }

    #[test]
    fn a_single_result_is_its_content_and_its_status() {
        assert_eq!(unwrapped(200, r#"{"status":201,"content": {"id":"x"} }"#), (201, r#"{"id":"x"}"#.to_owned()));
        assert_eq!(unwrapped(200, r#"{"content":null,"status":204}"#), (204, String::new()));
        assert_eq!(unwrapped(200, r#"{"status":204}"#), (204, String::new()));
    }

    #[test]
    fn a_list_is_left_as_it_is() {
        let list = r#"{"status":200,"results":[],"content":1}"#;
        assert_eq!(unwrapped(200, list), (200, list.to_owned()));
    }

    #[test]
    fn an_error_inside_is_that_error() {
        assert_eq!(unwrapped(200, r#"{"status":409,"content":{"error":409}}"#), (409, r#"{"error":409}"#.to_owned()));
        let beside = r#"{"status":404,"error":404,"errorCode":"X"}"#;
        assert_eq!(unwrapped(200, beside), (404, beside.to_owned()));
        assert_eq!(unwrapped(503, r#"{"status":200}"#).0, 503);
    }

    #[test]
    fn what_is_no_envelope_is_left_alone() {
        for body in ["", "[1]", "<html>", r#"{"id":1}"#, r#"{"status":"up"}"#, r#"{"status":7}"#, r#"{"status":99999}"#]
        {
            assert_eq!(unwrapped(200, body), (200, body.to_owned()));
        }
    }
}
