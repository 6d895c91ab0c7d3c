//! Operations, their bodies and answers (OpenAPI 3.0.3, Operation Object).

use indexmap::IndexMap;
use openapiv3::{Operation, ReferenceOr, RequestBody, Response, Responses, StatusCode};

use super::Reader;
use super::values::{extensions, is_extension};
use crate::spec::document::Kind;
use crate::spec::place::Spot;
use crate::spec::tree::{Map, Tree};

impl Reader<'_, '_> {
    /// An operation; none where it can't be called by what is written of it.
    pub(super) fn operation(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<Operation> {
        let map = self.optional_mapping(tree, "the operation", spot)?;
        let parameters = self.parameters(map, spot).ok()?;
        let request_body = map.get("requestBody").filter(|body| !body.is_null());
        Some(Operation {
            tags: self.list(map, "tags", spot, Self::tag_name),
            summary: self.text(map, "summary", spot),
            description: self.text(map, "description", spot),
            external_docs: self.external_docs(map, spot),
            operation_id: self.text(map, "operationId", spot),
            parameters,
            request_body: request_body.and_then(|body| {
                self.or_reference(
                    Kind::RequestBody,
                    body,
                    &spot.key("requestBody"),
                    Self::request_body,
                )
            }),
            responses: self.responses(map, spot),
            // Calls in the other direction: no part of a client.
            callbacks: IndexMap::new(),
            deprecated: self.flag(map, "deprecated", spot).unwrap_or_default(),
            security: self.security(map, spot),
            servers: self.servers(map, spot),
            extensions: extensions(map),
        })
    }

    /// A tag by its name; some documents write the tag itself.
    fn tag_name(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<String> {
        match tree.as_map().and_then(|map| map.get("name")) {
            Some(name) => self.text_of(name, &spot.key("name")),
            None => self.text_of(tree, spot),
        }
    }

    /// What a request carries.
    pub(super) fn request_body(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<RequestBody> {
        let map = self.mapping(tree, "the request body", spot)?;
        Some(RequestBody {
            description: self.text(map, "description", spot),
            content: self.content(map, spot),
            required: self.flag(map, "required", spot).unwrap_or_default(),
            extensions: extensions(map),
        })
    }

    fn responses(&mut self, operation: &Map, spot: &Spot<'_>) -> Responses {
        match operation.get("responses") {
            Some(tree) => self.anywhere(tree, &spot.key("responses"), Self::responses_of),
            None => Responses::default(),
        }
    }

    fn responses_of(&mut self, tree: &Tree, spot: &Spot<'_>) -> Responses {
        let mut responses = Responses::default();
        let Some(map) = self.optional_mapping(tree, "the list of responses", spot) else {
            return responses;
        };
        responses.extensions = extensions(map);
        for (key, tree) in map.iter().filter(|(key, _)| !is_extension(key)) {
            let spot = spot.key(key);
            let status = status(key);
            if status.is_none() && key != "default" {
                let help = "write a status such as `200`, a range such as `4XX`, or `default`";
                self.invalid(&spot, format!("`{key}` is not a status"), help);
                continue;
            }
            let Some(response) = self.or_reference(Kind::Response, tree, &spot, Self::response)
            else {
                continue;
            };
            match status {
                Some(status) => {
                    responses.responses.insert(status, response);
                }
                None => responses.default = Some(response),
            }
        }
        responses
    }

    /// One answer.
    pub(super) fn response(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<Response> {
        // `204:` with nothing behind it says all there is to say.
        if tree.is_null() {
            return Some(Response::default());
        }
        let map = self.mapping(tree, "the response", spot)?;
        Some(Response {
            description: self.text(map, "description", spot).unwrap_or_default(),
            headers: self.map(map, "headers", spot, Self::header_or_reference),
            content: self.content(map, spot),
            // Links are advice between operations: no part of a client.
            links: IndexMap::new(),
            extensions: extensions(map),
        })
    }

    /// A header or a reference to one.
    pub(super) fn header_or_reference(
        &mut self,
        tree: &Tree,
        spot: &Spot<'_>,
    ) -> Option<ReferenceOr<openapiv3::Header>> {
        self.or_reference(Kind::Header, tree, spot, Self::header)
    }
}

/// A status code (`200`) or a range of them (`2XX`).
fn status(key: &str) -> Option<StatusCode> {
    let bytes = key.as_bytes();
    match bytes {
        [digit @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => {
            Some(StatusCode::Range(u16::from(digit - b'0')))
        }
        [b'1'..=b'9', _, _] => key.parse().ok().map(StatusCode::Code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use openapiv3::StatusCode;

    use super::status;

    #[test]
    fn statuses_are_codes_and_ranges_and_nothing_else() {
        assert_eq!(status("204"), Some(StatusCode::Code(204)));
        assert_eq!(status("4XX"), Some(StatusCode::Range(4)));
        for key in ["", "20", "2000", "9XX", "-12", "+12", "2é"] {
            assert_eq!(status(key), None, "{key}");
        }
    }
}
