//! How members of forms and multipart bodies are written (OpenAPI 3.0.3, Encoding Object).

use openapiv3::{Encoding as Source, MediaType, QueryStyle};

use super::context::{Context, Node};
use super::media;
use super::parameter::query_style;
use super::part_headers::{self, PartHeaders};
use super::schema::Kind;
use crate::diag::{Code, SpecPath};
use crate::ir::{Content, Encoding, EncodingWay, Origin, PartHeader, Style, TypeRef};

/// The members that are not written in the usual way, sorted by name: they go out in the order of the type; and the headers of
/// parts that a caller gives.
pub(super) fn lower<'a>(
    context: &mut Context<'a>,
    entry: &'a MediaType,
    content: &Content,
    path: &SpecPath,
) -> (Vec<Encoding>, Vec<PartHeader>) {
    let (mut encodings, mut given) = (Vec::new(), Vec::new());
    let is_form = match content {
        Content::Form(_) => true,
        Content::Multipart(_) => false,
        _ => return (encodings, given),
    };
    for (name, source) in &entry.encoding {
        let (way, headers) = match is_form {
            // There are no parts, and their headers are passed over.
            true => (form(source), PartHeaders::default()),
            false => {
                let at = path.join("encoding").join(name);
                (
                    part(source),
                    part_headers::of_part(context, name, source, &at),
                )
            }
        };
        given.extend(headers.given);
        if way.is_some() || !headers.fixed.is_empty() {
            encodings.push(Encoding {
                name: name.clone(),
                way,
                headers: headers.fixed,
            });
        }
    }
    encodings.sort_by(|a, b| a.name.cmp(&b.name));
    (encodings, given)
}

/// A style counts more than a content type where it is written down.
fn form(source: &Source) -> Option<EncodingWay> {
    let explode = source.explode;
    match &source.style {
        _ if source.allow_reserved => {
            let style = source.style.as_ref().unwrap_or(&QueryStyle::Form);
            Some(EncodingWay::Reserved(query_style(style, explode)))
        }
        Some(style) => Some(EncodingWay::Style(query_style(style, explode))),
        None if !explode => Some(EncodingWay::Style(Style::Form)),
        None => part(source),
    }
}

fn part(source: &Source) -> Option<EncodingWay> {
    let media_type = source.content_type.as_ref()?;
    Some(EncodingWay::MediaType(media_type.clone()))
}

/// What a form or multipart body holds that has no members: its text, or its bytes.
pub(super) fn without_members<'a>(
    context: &mut Context<'a>,
    media_type: &str,
    entry: &'a MediaType,
    content: Content,
    (path, origin): (&SpecPath, &Origin),
) -> Content {
    let whole = match content {
        Content::Form(_) => Content::Text,
        Content::Multipart(_) => Content::Bytes,
        content => return content,
    };
    let at = path.join("schema");
    let schema = entry.schema.as_ref();
    let Some(node) = schema.and_then(|schema| context.node(schema, at.clone())) else {
        return content;
    };
    let kind = context.through_wrappers(&node);
    let is_list = matches!(kind, Kind::List(_) | Kind::Tuple(_));
    let has_members = match &kind {
        Kind::Object | Kind::Merged(_) | Kind::Union(_) | Kind::Map(_) => true,
        Kind::Plain(ty) => *ty == TypeRef::Json,
        // The parts of what is no form need no names.
        Kind::List(_) | Kind::Tuple(_) => {
            media::essence(media_type).starts_with("multipart/") && !is_form_data(media_type)
        }
        Kind::Enum(_) | Kind::Same(_) => false,
    };
    if has_members {
        return content;
    }
    if let (Kind::List(items), Content::Bytes) = (&kind, &whole) {
        return named_by_caller(context, media_type, &at, items.as_ref(), origin);
    }
    let (what, sent) = match (is_list, &whole) {
        (true, Content::Text) => ("a list", "text"),
        (true, _) => ("a list", "bytes"),
        (false, Content::Text) => ("no object", "text"),
        (false, _) => ("no object", "bytes"),
    };
    context.report(
        Code::Unsupported,
        &at,
        format!("a body of `{media_type}` that is {what} has no names for its parts; it is taken as {sent}"),
        "describe it as an object, with a property for each part",
    );
    whole
}

/// A form that is a list: each part needs a name (RFC 7578, section 4.2), and the document gives none, so the caller does.
fn named_by_caller<'a>(
    context: &mut Context<'a>,
    media_type: &str,
    schema: &SpecPath,
    items: Option<&Node<'a>>,
    origin: &Origin,
) -> Content {
    context.report(
        Code::Invalid,
        schema,
        format!("a body of `{media_type}` that is a list has no names for its parts, and each needs one; the caller gives them"),
        "describe it as an object, with a property for each part",
    );
    let part = items.map_or(TypeRef::Json, |items| context.element(items, origin));
    let named = TypeRef::Tuple(vec![TypeRef::Text, part]);
    Content::Multipart(TypeRef::List(Box::new(named)))
}

fn is_form_data(media_type: &str) -> bool {
    media::essence(media_type).eq_ignore_ascii_case("multipart/form-data")
}
