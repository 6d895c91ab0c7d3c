//! Error answers in the API's own shape.

use serde_json::{Value, json};

use super::answer::Answer;

/// An error as the API words it: the body that stands under every 4xx and 5xx status.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    status: u16,
    code: String,
    detail: Value,
    parameters: Vec<Value>,
    fields: Vec<(String, String)>,
}

impl Fault {
    /// The error that is usual for the status.
    #[must_use]
    pub fn new(status: u16) -> Self {
        let code = match status {
            400 => "VALIDATION_ERROR",
            401 => "NOT_ORG_GROUP_CREATOR",
            403 => "CANNOT_CHANGE_GROUP_NAME",
            404 => "RESOURCE_NOT_FOUND",
            406 => "INVALID_VERSION_DATE",
            409 => "USER_ALREADY_EXISTS",
            410 => "VERSION_GONE",
            415 => "UNSUPPORTED_MEDIA_TYPE",
            429 => "RATE_LIMITED_TOKEN_BUCKET",
            _ => "UNEXPECTED_ERROR",
        };
        Self {
            status,
            code: code.to_owned(),
            detail: json!(format!("The fake service answers {status}.")),
            parameters: Vec::new(),
            fields: Vec::new(),
        }
    }

    /// Sets `errorCode`.
    #[must_use]
    pub fn code(mut self, code: &str) -> Self {
        code.clone_into(&mut self.code);
        self
    }

    /// Sets `detail`.
    #[must_use]
    pub fn detail(mut self, detail: &str) -> Self {
        self.detail = json!(detail);
        self
    }

    /// Sets `parameters`: any JSON, whatever the document says.
    #[must_use]
    pub fn parameters(mut self, parameters: Vec<Value>) -> Self {
        self.parameters = parameters;
        self
    }

    /// Adds an entry to `badRequestDetail.fields`.
    #[must_use]
    pub fn field(mut self, field: &str, description: &str) -> Self {
        self.fields.push((field.to_owned(), description.to_owned()));
        self
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The error's body.
    #[must_use]
    pub fn body(&self) -> Value {
        let fields: Vec<Value> = self
            .fields
            .iter()
            .map(|(field, description)| json!({"description": description, "field": field}))
            .collect();
        let bad_request = if fields.is_empty() {
            Value::Null
        } else {
            json!({ "fields": fields })
        };
        json!({
            "badRequestDetail": bad_request,
            "detail": self.detail,
            "error": self.status,
            "errorCode": self.code,
            "parameters": self.parameters,
            "reason": reason(self.status),
        })
    }

    /// The answer that carries the error.
    #[must_use]
    pub fn answer(&self) -> Answer {
        Answer::json(self.status, "application/json", &self.body())
    }
}

/// The name of the status, as RFC 9110 section 15 has it.
fn reason(status: u16) -> Option<&'static str> {
    hyper::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn body_has_the_members_of_an_api_error() {
        let body = Fault::new(400)
            .parameters(vec![json!("path"), json!(3)])
            .field("roles", "must not be empty")
            .body();
        assert_eq!(body["error"], 400);
        assert_eq!(body["errorCode"], "VALIDATION_ERROR");
        assert_eq!(body["reason"], "Bad Request");
        assert_eq!(body["parameters"], json!(["path", 3]));
        assert_eq!(body["badRequestDetail"]["fields"][0]["field"], "roles");
    }

    #[test]
    fn bad_request_detail_is_null_without_fields() {
        assert_eq!(Fault::new(404).body()["badRequestDetail"], Value::Null);
    }
}
