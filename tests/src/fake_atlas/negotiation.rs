//! Versions and media types: what a request must accept, and what its body must be.

use super::fault::Fault;
use super::recorded::RecordedRequest;
use super::routing::Operation;

/// Checks `Accept` and `Content-Type`.
///
/// # Errors
/// 406 where the answer's media type is not accepted (there is no default version), 415 where the
/// body has a type that the operation does not take.
pub(super) fn negotiate(operation: Operation, request: &RecordedRequest) -> Result<(), Fault> {
    if !accepts(operation, request.header("accept")) {
        let detail = format!("The operation answers {}.", operation.media_type());
        return Err(Fault::new(406).detail(&detail));
    }
    let body = request.header("content-type").map(media_type);
    match body.as_deref() {
        Some("application/json") => Ok(()),
        Some(dated) if dated == operation.media_type() => Ok(()),
        _ => Err(Fault::new(415)),
    }
}

/// Whether the answer's own media type is accepted by name. Version 1.0 is content with wildcards
/// and with no header at all.
fn accepts(operation: Operation, accept: Option<&str>) -> bool {
    let lenient = operation == Operation::CreateProjectInvitation;
    let Some(accept) = accept else { return lenient };
    accept.split(',').map(media_type).any(|range| {
        range == operation.media_type() || (lenient && matches!(&*range, "*/*" | "application/*"))
    })
}

/// A media type in lower case, without its parameters.
pub(super) fn media_type(value: &str) -> String {
    let (name, _) = value.split_once(';').unwrap_or((value, ""));
    name.trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(operation: Operation, accept: Option<&str>, content_type: &str) -> u16 {
        let accept = accept.map_or_else(String::new, |accept| format!("accept: {accept}\r\n"));
        let head = format!("POST / HTTP/1.1\r\n{accept}content-type: {content_type}\r\n\r\n");
        let request = RecordedRequest::from_head(head.as_bytes(), Vec::new());
        negotiate(operation, &request).map_or_else(|fault| fault.status(), |()| 200)
    }

    const DATED: &str = "application/vnd.atlas.2025-02-19+json";

    #[test]
    fn version_2_needs_its_date() {
        let operation = Operation::CreateOrgUser;
        assert_eq!(status(operation, Some(DATED), DATED), 200);
        assert_eq!(status(operation, Some(DATED), "application/json"), 200);
        let old = "application/vnd.atlas.2023-02-01+json";
        for accept in [None, Some("*/*"), Some("application/json"), Some(old)] {
            assert_eq!(status(operation, accept, DATED), 406, "{accept:?}");
        }
    }

    #[test]
    fn refusal_names_the_version() {
        let request = RecordedRequest::from_head(b"POST / HTTP/1.1\r\n\r\n", Vec::new());
        let fault = negotiate(Operation::AddGroupUserRole, &request).unwrap_err();
        assert_eq!(fault.body()["errorCode"], "INVALID_VERSION_DATE");
    }

    #[test]
    fn body_of_another_type_is_refused() {
        for body in ["text/plain", "application/vnd.atlas.2023-02-01+json"] {
            assert_eq!(status(Operation::CreateOrgUser, Some(DATED), body), 415);
        }
        assert_eq!(status(Operation::CreateProjectInvitation, None, DATED), 415);
    }

    #[test]
    fn version_1_takes_plain_json() {
        let operation = Operation::CreateProjectInvitation;
        let plain = "application/json; charset=utf-8";
        assert_eq!(status(operation, Some("application/json"), plain), 200);
        assert_eq!(status(operation, Some("text/html, */*;q=0.1"), plain), 200);
        assert_eq!(status(operation, Some(DATED), plain), 406);
    }
}
