//! How members of forms and multipart bodies are written (OpenAPI 3.0.3, Encoding Object).

use openapiv3::{Encoding as Source, MediaType, QueryStyle, ReferenceOr};

use super::context::Context;
use super::media;
use super::parameter::query_style;
use super::schema::Kind;
use crate::diag::{Code, SpecPath};
use crate::ir::{Content, Encoding, EncodingWay, Style, TypeRef};

/// The members that are not written in the usual way, sorted by name: they go out in the order of the type.
pub(super) fn lower(
    context: &mut Context<'_>,
    entry: &MediaType,
    content: &Content,
    path: &SpecPath,
) -> Vec<Encoding> {
    let is_form = match content {
        Content::Form(_) => true,
        Content::Multipart(_) => false,
        _ => return Vec::new(),
    };
    let mut encodings = Vec::new();
    for (name, source) in &entry.encoding {
        let at = path.join("encoding").join(name);
        let way = if is_form { form(source) } else { part(source) };
        report_headers(context, source, &at);
        let name = name.clone();
        encodings.extend(way.map(|way| Encoding { name, way }));
    }
    encodings.sort_by(|a, b| a.name.cmp(&b.name));
    encodings
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

/// Headers of a part have no place in the types.
fn report_headers(context: &mut Context<'_>, source: &Source, path: &SpecPath) {
    for (name, header) in &source.headers {
        // These are set by other means.
        let is_own = ["content-type", "content-disposition"].contains(&&*name.to_ascii_lowercase());
        let is_required = match header {
            ReferenceOr::Item(header) => header.required,
            ReferenceOr::Reference { .. } => false,
        };
        if is_required && !is_own {
            context.report(
                Code::Unsupported,
                &path.join("headers").join(name),
                format!("the header `{name}` of the part can't be set; it is left out"),
                "make it a member of the body, or a header of the request",
            );
        }
    }
}

/// What a form or multipart body holds that has no members: its text, or its bytes.
pub(super) fn without_members<'a>(
    context: &mut Context<'a>,
    media_type: &str,
    entry: &'a MediaType,
    content: Content,
    path: &SpecPath,
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
    let has_members = match kind {
        Kind::Object | Kind::Merged(_) | Kind::Union(_) | Kind::Map(_) => true,
        Kind::Plain(ty) => ty == TypeRef::Json,
        // The parts of what is no form need no names.
        Kind::List(_) | Kind::Tuple(_) => {
            media::essence(media_type).starts_with("multipart/") && !is_form_data(media_type)
        }
        Kind::Enum(_) | Kind::Same(_) => false,
    };
    if has_members {
        return content;
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

fn is_form_data(media_type: &str) -> bool {
    media::essence(media_type).eq_ignore_ascii_case("multipart/form-data")
}
