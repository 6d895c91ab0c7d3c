//! Media types: which of several counts, and what a body of it holds.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::context::{Context, Node};
use super::schema::Kind;
use super::sequence;
use super::version::Version;
use super::view::{JsonType, View};
use crate::diag::{Code, SpecPath};
use crate::ir::{Content, Origin, Representation, Sequence, TypeRef};

/// A media type without its parameters (RFC 9110, section 8.3.1).
pub(super) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// The forms a body can have, the best to work with first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    Json,
    Anything,
    /// Parts that come one by one. Lines are many things' second form, so they come last.
    Events,
    UrlEncoded,
    Multipart,
    Text,
    Bytes,
    Lines,
}

pub(super) fn form_of(media_type: &str) -> Form {
    match sequence::form(media_type) {
        Some(Sequence::Lines | Sequence::Records) => return Form::Lines,
        Some(_) => return Form::Events,
        None => {}
    }
    let essence = essence(media_type).to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/').unwrap_or((&essence, ""));
    match (kind, subtype) {
        (_, "json") => Form::Json,
        (_, subtype) if subtype.ends_with("+json") => Form::Json,
        ("*", _) | ("application", "*") => Form::Anything,
        ("application", "x-www-form-urlencoded") => Form::UrlEncoded,
        ("multipart", _) => Form::Multipart,
        ("text", _) => Form::Text,
        _ => Form::Bytes,
    }
}

/// Whether a media type is JSON, or a range with JSON in it.
pub(super) fn is_json(media_type: &str) -> bool {
    matches!(form_of(media_type), Form::Json | Form::Anything)
}

/// The entry of a `content` map that counts: of the version asked for, else without a version, else of the version before it, else
/// of the oldest; among those JSON first, and of several kinds of JSON one that has a schema. The order of the document does not
/// matter.
pub(super) fn choose<'a>(
    content: &'a IndexMap<String, MediaType>,
    version: Option<&Version>,
) -> Option<(&'a str, &'a MediaType)> {
    let offered: BTreeSet<Option<Version>> = content
        .keys()
        .map(|media_type| Version::of(media_type))
        .collect();
    let wanted = version.cloned();
    let before = || {
        let older = |offered: &&Option<Version>| version.is_none() || **offered < wanted;
        offered.iter().rev().find(older)
    };
    let of = [&wanted, &None]
        .into_iter()
        .find(|version| offered.contains(*version))
        .or_else(before)
        .or(offered.first())?;
    content
        .iter()
        .filter(|(media_type, _)| Version::of(media_type) == *of)
        .min_by_key(|(media_type, entry)| {
            let is_json = is_json(media_type);
            let is_silent = is_json && entry.schema.is_none();
            (!is_json, is_silent, rank(media_type))
        })
        .map(|(media_type, entry)| (media_type.as_str(), entry))
}

/// Which of several media types is best to work with: by form, the plain ones of a form first, then by name.
pub(super) fn rank(media_type: &str) -> impl Ord + use<'_> {
    let is_plain =
        is_plain_text(media_type) || essence(media_type).eq_ignore_ascii_case("application/json");
    (form_of(media_type), !is_plain, media_type)
}

/// The other entries of a `content` map that a caller can ask for: those of the chosen one's version that are no second kind of
/// JSON, the best to work with first. They need no schema, for they are handed over as they are, but for those that go on.
pub(super) fn others<'a>(
    context: &mut Context<'a>,
    content: &'a IndexMap<String, MediaType>,
    chosen: &str,
    path: &SpecPath,
    origin: &Origin,
) -> Vec<Representation> {
    let mut others: Vec<Representation> = Vec::new();
    for (media_type, entry) in others_of(content, chosen) {
        let at = path.join(media_type);
        others.push(Representation {
            media_type: media_type.to_owned(),
            is_text: is_plain_text(media_type),
            parts: sequence::of(context, media_type, entry, &at, origin),
        });
    }
    others
}

fn others_of<'a>(
    content: &'a IndexMap<String, MediaType>,
    chosen: &str,
) -> Vec<(&'a str, &'a MediaType)> {
    let version = Version::of(chosen);
    let is_other = |(media_type, _): &(&String, &MediaType)| {
        *media_type != chosen
            && Version::of(media_type) == version
            && !media_type.contains('*')
            && !matches!(form_of(media_type), Form::Json | Form::Anything)
    };
    let others = content.iter().filter(is_other);
    let mut others: Vec<_> = others
        .map(|(media_type, entry)| (media_type.as_str(), entry))
        .collect();
    others.sort_by(|(a, _), (b, _)| rank(a).cmp(&rank(b)));
    others
}

/// Whether a body is text for people.
pub(super) fn is_plain_text(media_type: &str) -> bool {
    essence(media_type).eq_ignore_ascii_case("text/plain")
}

/// The media type to ask for. Where any is JSON, that is what is meant.
pub(super) fn asked(media_type: &str, content: Option<&Content>) -> String {
    let is_raw = content.is_some_and(Content::is_raw);
    match form_of(media_type) {
        Form::Anything if is_raw => "*/*".to_owned(),
        Form::Anything => "application/json".to_owned(),
        // A range is of all subtypes or of none (RFC 9110, section 12.5.1).
        Form::Json if media_type.contains('*') => "application/json".to_owned(),
        _ => media_type.to_owned(),
    }
}

/// The media type of what is sent: a range can't be one.
pub(super) fn sent(media_type: &str, content: &Content) -> String {
    let usual = match content {
        Content::Json(_) => "application/json",
        Content::Form(_) => "application/x-www-form-urlencoded",
        Content::Multipart(_) => "multipart/form-data",
        Content::Text => "text/plain",
        Content::Bytes | Content::Sequence(..) => "application/octet-stream",
    };
    let is_range = media_type.contains('*');
    if is_range { usual } else { media_type }.to_owned()
}

/// What a body holds to which the document gives no schema: whatever its media type can carry (OpenAPI 3.1.0, Media Type Object
/// and "Considerations for File Uploads").
pub(super) fn without_schema(media_type: &str) -> Content {
    match form_of(media_type) {
        Form::Json => Content::Json(TypeRef::Json),
        Form::UrlEncoded => Content::Form(TypeRef::Json),
        Form::Multipart => Content::Multipart(TypeRef::Json),
        Form::Text => Content::Text,
        Form::Anything | Form::Bytes | Form::Events | Form::Lines => Content::Bytes,
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
    let kind = context.through_wrappers(&node);
    Some(match form {
        Form::Json | Form::Anything if matches!(kind, Kind::Plain(TypeRef::Binary)) => {
            Content::Bytes
        }
        // Anything of which nothing is said. An object, of whatever members, is JSON.
        Form::Anything if matches!(kind, Kind::Plain(TypeRef::Json)) && !says_object(&node) => {
            Content::Bytes
        }
        Form::Json | Form::Anything => {
            let ty = context.type_of(&node, origin);
            Content::Json(context.or_null(&node, ty))
        }
        Form::UrlEncoded => Content::Form(context.type_of(&node, origin)),
        Form::Multipart => Content::Multipart(context.type_of(&node, origin)),
        Form::Text => Content::Text,
        Form::Bytes | Form::Events | Form::Lines => {
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

fn says_object(node: &Node<'_>) -> bool {
    View::of(node.schema).json_type == Some(JsonType::Object)
}

/// Whether the document shows what a body may be.
pub(super) fn has_example(entry: &MediaType) -> bool {
    entry.example.is_some() || !entry.examples.is_empty()
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use openapiv3::MediaType;

    use super::{Version, choose, is_plain_text, others_of};

    fn content(media_types: &[&str]) -> IndexMap<String, MediaType> {
        let entry = |text: &&str| ((*text).to_owned(), MediaType::default());
        media_types.iter().map(entry).collect()
    }

    #[test]
    fn the_other_forms_of_one_version_are_kept_without_a_second_json() {
        let content = content(&[
            "application/vnd.a.2023-01-01+csv",
            "application/vnd.a.2024-01-01+gzip",
            "application/vnd.a.2024-01-01+csv",
            "application/vnd.a.2024-01-01+json",
            "text/csv",
        ]);
        let version = Version::of("application/vnd.a.2024-01-01+json");
        let (chosen, _) = choose(&content, version.as_ref()).unwrap();
        assert_eq!(chosen, "application/vnd.a.2024-01-01+json");
        let found = others_of(&content, chosen);
        let media_types: Vec<&str> = found.iter().map(|(media_type, _)| *media_type).collect();
        assert_eq!(
            media_types,
            [
                "application/vnd.a.2024-01-01+csv",
                "application/vnd.a.2024-01-01+gzip",
            ]
        );
    }

    #[test]
    fn only_plain_text_is_text_and_a_wildcard_is_no_form() {
        let content = content(&[
            "text/json",
            "application/json",
            "image/*",
            "text/csv; charset=utf-8",
            "image/png",
            "text/plain",
        ]);
        let found = others_of(&content, "application/json");
        let forms: Vec<(&str, bool)> = found
            .iter()
            .map(|(media_type, _)| (*media_type, is_plain_text(media_type)))
            .collect();
        assert_eq!(
            forms,
            [
                ("text/plain", true),
                ("text/csv; charset=utf-8", false),
                ("image/png", false),
            ]
        );
    }

    #[test]
    fn a_body_of_another_version_is_taken_only_where_nothing_else_is_offered() {
        let chosen = |media_types: &[&str], version: &str| {
            let content = content(media_types);
            let version = Version::of(version);
            choose(&content, version.as_ref()).map(|(media_type, _)| media_type.to_owned())
        };
        let (old, middle, new) = (
            "application/vnd.a.2023-01-01+json",
            "application/vnd.a.2024-01-01+json",
            "application/vnd.a.2025-01-01+json",
        );
        let plain = "application/json";
        assert_eq!(chosen(&[old, plain, new], old).as_deref(), Some(old));
        assert_eq!(chosen(&[old, plain, new], middle).as_deref(), Some(plain));
        assert_eq!(chosen(&[new, old], middle).as_deref(), Some(old));
        assert_eq!(chosen(&[new, middle], old).as_deref(), Some(middle));
        assert_eq!(chosen(&[old, new], plain).as_deref(), Some(new));
        assert_eq!(chosen(&[], old), None);
    }
}
