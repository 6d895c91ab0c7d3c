//! The parts of an error answer that every service has in one place or another.

use std::str;

use crate::codec::{items, text_at, value_at};
use crate::service::ErrorMembers;

/// A field that the service found faulty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    field: String,
    detail: String,
}

impl FieldError {
    /// The field's name, as the service gives it.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// What is wrong with it.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

/// The members of an error answer, read by where they stand; a body of another shape has none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members {
    pub(crate) code: Option<String>,
    pub(crate) detail: Option<String>,
    pub(crate) fields: Vec<FieldError>,
}

impl Members {
    pub(crate) fn read(body: &[u8], places: &ErrorMembers) -> Self {
        let Ok(body) = str::from_utf8(body) else {
            return Self::default();
        };
        let mut fields = Vec::new();
        let list = places.fields.and_then(|place| value_at(body, place));
        for item in list.and_then(|list| items(list).ok()).unwrap_or_default() {
            let text = |place: Option<&str>| text_at(item.get(), place?);
            if let Some(field) = text(places.field_name) {
                fields.push(FieldError { field, detail: text(places.field_detail).unwrap_or_default() });
            }
        }
        let text = |place: Option<&str>| text_at(body, place?);
        Self { code: text(places.code), detail: text(places.detail), fields }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: ErrorMembers = ErrorMembers {
        code: Some("/errorCode"),
        detail: Some("/detail"),
        fields: Some("/badRequestDetail/fields"),
        field_name: Some("/field"),
        field_detail: Some("/description"),
        retry_after: None,
    };

    #[test]
    fn members_are_found_by_their_pointers() {
        let body = br#"{"errorCode": "BAD", "detail": "no", "badRequestDetail": {"fields": [
            {"field": "name", "description": "too long"}, {"field": "age"}, {}]}}"#;
        let members = Members::read(body, &PLACES);
        assert_eq!(members.code.as_deref(), Some("BAD"));
        assert_eq!(members.detail.as_deref(), Some("no"));
        let fields: Vec<_> = members.fields.iter().map(|field| (field.field(), field.detail())).collect();
        assert_eq!(fields, [("name", "too long"), ("age", "")]);
    }

    #[test]
    fn a_code_may_be_a_number_and_null_is_none() {
        let members = Members::read(br#"{"errorCode": 17, "detail": null, "badRequestDetail": null}"#, &PLACES);
        assert_eq!((members.code.as_deref(), members.detail), (Some("17"), None));
        assert_eq!(Members::read(b"<html>", &PLACES).code, None);
    }
}
