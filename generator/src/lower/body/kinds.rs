//! Which of the media types of a body hold something that the best of them can't.
//!
//! Frameworks list every media type that they can read (`application/json`, `text/json`, `application/*+json`) with one schema:
//! whatever can be said in one can be said in the others. Another schema says something else, and so do bytes, of which the media
//! type is all that is said.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::super::context::{Context, Node};
use super::super::media::{self, Form, essence, form_of};
use super::super::schema::Kind;
use super::super::version::Version;
use super::super::view::View;
use crate::diag::SpecPath;
use crate::ir::TypeRef;

/// A media type with what is said of it.
type Entry<'a> = (&'a str, &'a MediaType);

/// The media types besides the chosen one, of its version, that hold something else than those before them: the best to work
/// with first.
pub(super) fn others<'a>(
    context: &Context<'a>,
    content: &'a IndexMap<String, MediaType>,
    chosen: &str,
    list: &SpecPath,
) -> Vec<Entry<'a>> {
    let version = Version::of(chosen);
    let of_version = content
        .iter()
        .filter(|(key, _)| Version::of(key) == version);
    let mut entries: Vec<Entry<'a>> = of_version
        .map(|(media_type, entry)| (media_type.as_str(), entry))
        .collect();
    entries.sort_by(|(a, _), (b, _)| media::rank(a).cmp(&media::rank(b)));
    let mut kept: Vec<Entry<'a>> = Vec::new();
    for entry in entries {
        let is_other = || {
            let mut kept = kept.iter();
            kept.all(|known| differs(context, *known, entry, list))
        };
        if entry.0 == chosen || (says_something(entry) && is_other()) {
            kept.push(entry);
        }
    }
    kept.retain(|(media_type, _)| *media_type != chosen);
    kept
}

/// Whether a media type can be sent, and what then can be sent is known.
fn says_something((media_type, entry): Entry<'_>) -> bool {
    let is_raw = matches!(form_of(media_type), Form::Text | Form::Bytes);
    !media_type.contains('*') && (is_raw || entry.schema.is_some())
}

/// Whether a media type holds something that one before it can't.
fn differs<'a>(context: &Context<'a>, known: Entry<'a>, other: Entry<'a>, list: &SpecPath) -> bool {
    let (form, before) = (form_of(other.0), form_of(known.0));
    if essence(known.0).eq_ignore_ascii_case(essence(other.0)) {
        return false;
    }
    let is_structured = |form| {
        matches!(
            form,
            Form::Json | Form::Anything | Form::UrlEncoded | Form::Multipart
        )
    };
    let node = |(media_type, entry): Entry<'a>| {
        let at = list.join(media_type).join("schema");
        context.node(entry.schema.as_ref()?, at)
    };
    let (a, b) = (node(known), node(other));
    match form {
        // Another syntax for what has a type already.
        Form::Bytes if is_structured(before) && is_syntax(other.0) => false,
        Form::Bytes if before == Form::Bytes => true,
        Form::Multipart
            if before != Form::Multipart && b.as_ref().is_some_and(|b| has_files(context, b)) =>
        {
            true
        }
        _ => !is_same(a.as_ref(), b.as_ref()),
    }
}

/// Whether a media type is one of the usual ways to write what JSON can say.
fn is_syntax(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    ["xml", "yaml", "yml"]
        .iter()
        .any(|syntax| essence.ends_with(syntax))
}

/// Whether two schemas are one, or say the same.
fn is_same(a: Option<&Node<'_>>, b: Option<&Node<'_>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.path == b.path || a.schema == b.schema,
        (None, None) => true,
        _ => false,
    }
}

/// Whether an object has members of bytes, which only parts of a body can carry.
fn has_files<'a>(context: &Context<'a>, node: &Node<'a>) -> bool {
    let is_file =
        |node: &Node<'a>| matches!(context.through_wrappers(node), Kind::Plain(TypeRef::Binary));
    let list = node.path.join("properties");
    View::of(node.schema).properties().any(|(name, schema)| {
        let Some(node) = context.boxed_node(schema, list.join(name)) else {
            return false;
        };
        match context.through_wrappers(&node) {
            Kind::List(Some(items)) => is_file(&items),
            _ => is_file(&node),
        }
    })
}
