//! Media types: which of several counts, and what a body of it holds.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::context::Context;
use super::schema::Kind;
use crate::config;
use crate::diag::{Code, SpecPath};
use crate::ir::{Content, Origin, TypeRef};

/// A version in a media type such as `application/vnd.name.2025-02-19+json`, oldest first, stable ones before the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// `2025-02-19`
    Dated(String),
    /// `2025-02-19.upcoming`
    Upcoming(String),
    /// `preview`
    Preview,
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Dated(date) => f.write_str(date),
            Self::Upcoming(date) => write!(f, "{date}.upcoming"),
            Self::Preview => f.write_str("preview"),
        }
    }
}

impl Version {
    /// The version that a media type names, recognised by its form alone.
    pub(super) fn of(media_type: &str) -> Option<Self> {
        let (_, vendor) = essence(media_type).split_once("/vnd.")?;
        let name = vendor.split('+').next()?;
        let (_, version) = name.split_once('.')?;
        let mut labels = version.rsplit('.');
        match labels.next()? {
            "preview" => Some(Self::Preview),
            "upcoming" => labels
                .next()
                .filter(|label| is_date(label))
                .map(|label| Self::Upcoming(label.to_owned())),
            date if is_date(date) => Some(Self::Dated(date.to_owned())),
            _ => None,
        }
    }

    /// The one to ask for: the newest stable one up to the pin; one that is not stable where there is no other, or the config
    /// wants it.
    pub(super) fn choose(all: &BTreeSet<Self>, config: &config::Versions) -> Option<Self> {
        let newest = all.last().cloned();
        if config.preview {
            return newest;
        }
        let stable = || {
            all.iter()
                .filter(|version| matches!(version, Self::Dated(_)))
        };
        let pinned = stable().rev().find(|version| match (version, &config.pin) {
            (Self::Dated(date), Some(pin)) => date <= pin,
            _ => true,
        });
        pinned.or_else(|| stable().next()).cloned().or(newest)
    }
}

/// `YYYY-MM-DD`
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// A media type without its parameters (RFC 9110, section 8.3.1).
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// The forms a body can have, the best to work with first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Json,
    Anything,
    UrlEncoded,
    Multipart,
    Text,
    Bytes,
}

fn form_of(media_type: &str) -> Form {
    let essence = essence(media_type).to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/').unwrap_or((&essence, ""));
    match (kind, subtype) {
        (_, "json") => Form::Json,
        (_, subtype) if subtype.ends_with("+json") => Form::Json,
        ("*", _) | ("application", "*") => Form::Anything,
        ("application", "x-www-form-urlencoded") => Form::UrlEncoded,
        ("multipart", _) => Form::Multipart,
        ("text", "event-stream") => Form::Bytes,
        ("text", _) => Form::Text,
        _ => Form::Bytes,
    }
}

/// The entry of a `content` map that counts: of the version asked for, else without a version, else whatever is there; among those
/// JSON first, then document order.
pub(super) fn choose<'a>(
    content: &'a IndexMap<String, MediaType>,
    version: Option<&Version>,
) -> Option<(&'a str, &'a MediaType)> {
    let rank = |media_type: &str| {
        let distance = match Version::of(media_type) {
            found if found.as_ref() == version => 0,
            None => 1,
            Some(_) => 2,
        };
        (distance, form_of(media_type))
    };
    content
        .iter()
        .min_by_key(|(media_type, _)| rank(media_type))
        .map(|(media_type, entry)| (media_type.as_str(), entry))
}

/// The media type to write into a header: a wildcard can't be sent, and JSON is what is meant by it.
pub(super) fn header_value(media_type: &str) -> String {
    match form_of(media_type) {
        Form::Anything => "application/json".to_owned(),
        _ => media_type.to_owned(),
    }
}

/// What a body holds; none where the document gives it no schema.
pub(super) fn content_of<'a>(
    context: &mut Context<'a>,
    media_type: &str,
    entry: &'a MediaType,
    path: &SpecPath,
    origin: &Origin,
) -> Option<Content> {
    let schema = entry.schema.as_ref()?;
    let at = path.join("schema");
    let form = form_of(media_type);
    let Some(node) = context.node(schema, at.clone()) else {
        return Some(match form {
            Form::Json | Form::Anything => Content::Json(TypeRef::Json),
            Form::Text => Content::Text,
            _ => Content::Bytes,
        });
    };
    let is_binary = matches!(
        context.through_wrappers(&node),
        Kind::Plain(TypeRef::Binary)
    );
    Some(match form {
        Form::Json | Form::Anything if is_binary => Content::Bytes,
        Form::Json | Form::Anything => {
            let ty = context.type_of(&node, origin);
            Content::Json(context.or_null(&node, ty))
        }
        Form::UrlEncoded => Content::Form(context.type_of(&node, origin)),
        Form::Multipart => Content::Multipart(context.type_of(&node, origin)),
        Form::Text => Content::Text,
        Form::Bytes => {
            if matches!(context.through_wrappers(&node), Kind::Object) {
                context.report(
                    Code::Unsupported,
                    &at,
                    format!("bodies of `{media_type}` have no types here; the body is bytes"),
                    "offer JSON, or read and write the bytes with a library for that format",
                );
            }
            Content::Bytes
        }
    })
}

#[cfg(test)]
mod tests {
    use super::Version;
    use crate::config;

    #[test]
    fn a_version_is_recognised_by_its_form() {
        let version = |text| Version::of(text).map(|version| version.to_string());
        assert_eq!(
            version("application/vnd.atlas.2025-02-19+json").as_deref(),
            Some("2025-02-19")
        );
        assert_eq!(
            version("application/vnd.my.api.2025-02-19.upcoming+json; charset=utf-8").as_deref(),
            Some("2025-02-19.upcoming")
        );
        assert_eq!(
            version("application/vnd.a.preview+json").as_deref(),
            Some("preview")
        );
        for other in [
            "application/json",
            "application/vnd.github.v3+json",
            "application/vnd.2025-02-19+json",
            "application/vnd.a.2025-2-19+json",
        ] {
            assert_eq!(version(other), None, "{other}");
        }
    }

    #[test]
    fn the_newest_stable_version_up_to_the_pin_is_chosen() {
        let all = [
            "application/vnd.a.2023-01-01+json",
            "application/vnd.a.2024-08-05+json",
            "application/vnd.a.2025-02-19.upcoming+json",
            "application/vnd.a.preview+json",
        ]
        .iter()
        .filter_map(|text| Version::of(text))
        .collect();
        let choose = |pin: Option<&str>, preview| {
            let config = config::Versions {
                pin: pin.map(str::to_owned),
                preview,
            };
            Version::choose(&all, &config).map(|version| version.to_string())
        };
        assert_eq!(choose(None, false).as_deref(), Some("2024-08-05"));
        assert_eq!(
            choose(Some("2024-01-01"), false).as_deref(),
            Some("2023-01-01")
        );
        assert_eq!(
            choose(Some("2020-01-01"), false).as_deref(),
            Some("2023-01-01")
        );
        assert_eq!(choose(None, true).as_deref(), Some("preview"));
    }

    #[test]
    fn what_exists_only_as_preview_is_asked_for_as_preview() {
        let all = [Version::Preview].into();
        let chosen = Version::choose(&all, &config::Versions::default());
        assert_eq!(chosen, Some(Version::Preview));
    }
}
