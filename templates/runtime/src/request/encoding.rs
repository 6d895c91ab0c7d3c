//! How members of a form or of a multipart body are written, where that is not the usual way.

use super::style::Style;

/// How one member of a form's body, or of a `multipart/form-data` one, is written (OpenAPI 3.0.3, Encoding Object).
///
/// ```
/// use client_runtime::{Encoding, Operation, Style};
///
/// static CREATE_CHARGE: Operation = Operation::post("createCharge", "/charges").encoding(&[
///     Encoding::style("metadata", Style::DeepObject),
///     Encoding::media_type("receipt", "image/png").headers(&[("X-Kind", "receipt")]),
/// ]);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Encoding {
    name: &'static str,
    pub(super) style: Option<Style>,
    pub(super) reserved: bool,
    pub(super) media_type: Option<&'static str>,
    pub(super) headers: &'static [(&'static str, &'static str)],
}

impl Encoding {
    const USUAL: Self = Self { name: "", style: None, reserved: false, media_type: None, headers: &[] };

    /// The style of a form's member.
    pub const fn style(name: &'static str, style: Style) -> Self {
        Self { name, style: Some(style), ..Self::USUAL }
    }

    /// The style of a form's member whose reserved characters go out as they are.
    pub const fn reserved(name: &'static str, style: Style) -> Self {
        Self { name, style: Some(style), reserved: true, ..Self::USUAL }
    }

    /// The media type of a member: it is JSON where that is, and the type of the part in a multipart body.
    pub const fn media_type(name: &'static str, media_type: &'static str) -> Self {
        Self { name, media_type: Some(media_type), ..Self::USUAL }
    }

    /// A part that is written in the usual way.
    pub const fn part(name: &'static str) -> Self {
        Self { name, ..Self::USUAL }
    }

    /// The headers of the part, each with its value, besides `Content-Disposition` and `Content-Type`.
    pub const fn headers(self, headers: &'static [(&'static str, &'static str)]) -> Self {
        Self { headers, ..self }
    }

    /// How a member is written.
    pub(super) fn of(encodings: &[Self], name: &str) -> Self {
        encodings.iter().find(|encoding| encoding.name == name).copied().unwrap_or(Self::USUAL)
    }

    /// Whether the member is JSON, even where it is a text.
    pub(super) fn is_json(&self) -> bool {
        self.media_type.is_some_and(is_json)
    }
}

/// Whether a media type is JSON: by name, or by suffix (RFC 6839 section 3.1).
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_listed_is_written_in_the_usual_way() {
        let encodings = [Encoding::media_type("a", "Application/LD+JSON; x=y"), Encoding::style("b", Style::Form)];
        assert!(Encoding::of(&encodings, "a").is_json());
        assert_eq!(Encoding::of(&encodings, "b").style, Some(Style::Form));
        let usual = Encoding::of(&encodings, "c");
        assert!(usual.style.is_none() && usual.media_type.is_none() && !usual.is_json() && !usual.reserved);
        assert!(!is_json("text/plain") && !is_json("application/jsonl"));
    }
}
