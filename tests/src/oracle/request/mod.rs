//! Requests as they were sent, held against the document. Nothing here knows the generator.

mod body;
mod operation;
mod style;
mod template;
mod version;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::Value;

pub use self::body::is_json;
pub use self::operation::{Body, Operation, Parameter, Success};
use self::style::{from_pairs, from_text, pairs, unused};
use super::compare::difference;
use super::document::Document;
use super::instance::Direction;
use super::validate::Validator;
use crate::fake_atlas::RecordedRequest;

/// What a caller gave.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The parameters, by place (`path`, `query`, `header`, `cookie`) and name.
    pub parameters: BTreeMap<(String, String), Value>,
    /// The body.
    pub body: Option<Value>,
}

/// The headers that no document declares: they belong to HTTP itself.
const OWN_HEADERS: [&str; 8] = [
    "host",
    "accept",
    "accept-encoding",
    "authorization",
    "content-length",
    "content-type",
    "cookie",
    "user-agent",
];

/// Holds requests against a document.
pub struct RequestChecker<'d> {
    document: &'d Document,
    validator: Validator<'d>,
}

impl<'d> RequestChecker<'d> {
    /// A checker of requests to what the document describes.
    #[must_use]
    pub fn new(document: &'d Document) -> Self {
        Self {
            document,
            validator: Validator::new(document),
        }
    }

    /// What is wrong with a request that was to call an operation with these values.
    #[must_use]
    pub fn faults(
        &self,
        operation: &Operation<'_>,
        given: &Given,
        request: &RecordedRequest,
    ) -> Vec<String> {
        let mut faults = Vec::new();
        if request.method != operation.method {
            faults.push(format!(
                "the method is {}, not {}",
                request.method, operation.method
            ));
        }
        match self.sent(operation, request, &mut faults) {
            Ok(sent) => self.compare(operation, given, &sent, &mut faults),
            Err(fault) => faults.push(fault),
        }
        accept(operation, request, &mut faults);
        credentials(operation, request, &mut faults);
        self.body(operation, given, request, &mut faults);
        faults
    }

    /// The parameters as they were sent. What was sent beside them is a fault.
    fn sent(
        &self,
        operation: &Operation<'_>,
        request: &RecordedRequest,
        faults: &mut Vec<String>,
    ) -> Result<BTreeMap<(String, String), Value>, String> {
        let path = template::values(&operation.template, request.path()).ok_or_else(|| {
            format!(
                "the path {} is not of {}",
                request.path(),
                operation.template
            )
        })?;
        let mut query = pairs(request.query().unwrap_or_default(), "&")?;
        let cookies = request.header("cookie").unwrap_or_default();
        let mut cookies = pairs(cookies, "; ")?;
        let mut sent = BTreeMap::new();
        for parameter in &operation.parameters {
            let value = match parameter.location.as_str() {
                "query" => from_pairs(self.document, parameter, &mut query)?,
                "cookie" => from_pairs(self.document, parameter, &mut cookies)?,
                "header" => match request.header(&parameter.name) {
                    Some(text) => Some(from_text(self.document, parameter, text, false)?),
                    None => None,
                },
                _ => match path.iter().find(|(name, _)| *name == parameter.name) {
                    Some((_, text)) => Some(from_text(self.document, parameter, text, true)?),
                    None => None,
                },
            };
            if let Some(value) = value {
                sent.insert((parameter.location.clone(), parameter.name.clone()), value);
            }
        }
        for name in unused(&query) {
            faults.push(format!("the query parameter `{name}` is not declared"));
        }
        for name in unused(&cookies) {
            faults.push(format!("the cookie `{name}` is not declared"));
        }
        for (name, _) in &request.headers {
            let is_own = OWN_HEADERS.contains(&name.to_lowercase().as_str());
            let is_declared = operation.parameters.iter().any(|parameter| {
                parameter.location == "header" && parameter.name.eq_ignore_ascii_case(name)
            });
            if !is_own && !is_declared {
                faults.push(format!("the header `{name}` is not declared"));
            }
        }
        Ok(sent)
    }

    /// What was sent is what was given, and valid.
    fn compare(
        &self,
        operation: &Operation<'_>,
        given: &Given,
        sent: &BTreeMap<(String, String), Value>,
        faults: &mut Vec<String>,
    ) {
        for parameter in &operation.parameters {
            let key = (parameter.location.clone(), parameter.name.clone());
            let place = format!("the {} parameter `{}`", parameter.location, parameter.name);
            match (given.parameters.get(&key), sent.get(&key)) {
                (Some(given), Some(sent)) => {
                    faults.extend(difference(given, sent).map(|what| format!("{place}: {what}")));
                }
                (Some(given), None) => faults.push(format!("{place} is missing; it was {given}")),
                (None, Some(sent)) => faults.push(format!("{place} was not given; it is {sent}")),
                (None, None) if parameter.required => faults.push(format!("{place} is missing")),
                (None, None) => {}
            }
            if let Some(sent) = sent.get(&key) {
                let found = self
                    .validator
                    .faults(parameter.schema, sent, Direction::Request);
                faults.extend(found.into_iter().map(|fault| format!("{place}: {fault}")));
            }
        }
    }

    /// A body is there if one was given, says what it is, is what was given, and is valid.
    fn body(
        &self,
        operation: &Operation<'_>,
        given: &Given,
        request: &RecordedRequest,
        faults: &mut Vec<String>,
    ) {
        let media_type = request.header("content-type");
        let (Some(body), Some(given)) = (&operation.body, &given.body) else {
            if !request.body.is_empty() {
                faults.push("there is a body, and none was given".to_owned());
            }
            if let Some(media_type) = media_type {
                faults.push(format!(
                    "Content-Type is {media_type}, and there is no body"
                ));
            }
            if operation.body.as_ref().is_some_and(|body| body.required) {
                faults.push("the body is missing".to_owned());
            }
            return;
        };
        let Some(media_type) = media_type else {
            faults.push("there is no Content-Type".to_owned());
            return;
        };
        let sent = body::essence(media_type);
        let content = body
            .contents
            .iter()
            .find(|(known, _)| body::essence(known) == sent);
        let Some((known, schema)) = content else {
            let known: Vec<&str> = body
                .contents
                .iter()
                .map(|(known, _)| known.as_str())
                .collect();
            faults.push(format!(
                "Content-Type is {media_type}, not one of {known:?}"
            ));
            return;
        };
        let encodings = body.encodings.get(known).copied();
        let fields = (*schema, encodings.unwrap_or(&Value::Null));
        match body::value(self.document, media_type, fields, &request.body) {
            Ok(sent) => {
                faults.extend(difference(given, &sent).map(|what| format!("the body: {what}")));
                let found = self.validator.faults(schema, &sent, Direction::Request);
                faults.extend(found.into_iter().map(|fault| format!("the body: {fault}")));
            }
            Err(fault) => faults.push(fault),
        }
    }
}

/// `Accept` names media types of the successes, and something where there is something.
fn accept(operation: &Operation<'_>, request: &RecordedRequest, faults: &mut Vec<String>) {
    let declared: Vec<&str> = operation.accepted().collect();
    match request.header("accept") {
        Some(accept) => {
            for asked in accept.split(',').map(str::trim) {
                // Where nothing is declared, asking for anything says as little as asking for nothing.
                let is_anything = declared.is_empty() && asked == "*/*";
                if !declared.contains(&asked) && !is_anything {
                    faults.push(format!(
                        "Accept asks for {asked}, not for one of {declared:?}"
                    ));
                }
            }
        }
        None if declared.is_empty() => {}
        None => faults.push(format!("there is no Accept, and {declared:?} could come")),
    }
}

/// Credentials are sent where they are wanted, and nowhere else.
fn credentials(operation: &Operation<'_>, request: &RecordedRequest, faults: &mut Vec<String>) {
    let sent = request.header("authorization").is_some();
    match operation.authenticated {
        Some(true) if !sent => faults.push("there are no credentials".to_owned()),
        Some(false) if sent => faults.push("there are credentials".to_owned()),
        _ => {}
    }
}
