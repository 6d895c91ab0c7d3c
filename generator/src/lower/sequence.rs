//! Answers that go on: which media types take an answer apart, and what its parts hold.

use openapiv3::MediaType;

use super::context::{Context, Node};
use super::media::essence;
use super::schema::{DEPTH, Kind};
use super::view::View;
use crate::diag::SpecPath;
use crate::ir::{Enum, Origin, Sequence, TypeRef};

/// The members of a schema that describes an event and not its data: the fields of the standard.
const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

/// What frameworks have beside them. Many an object has these, so they count beside `retry` only.
const OTHERS: [&str; 2] = ["name", "comment"];

/// What some services send as the data of the last event. The runtime ends the stream there.
const DONE: &str = "[DONE]";

/// How a media type takes an answer apart, if it does. Of those for JSON only `application/json-seq` (RFC 7464) is registered;
/// lines go by several names.
pub(super) fn form(media_type: &str) -> Option<Sequence> {
    let essence = essence(media_type).to_ascii_lowercase();
    if essence == "text/event-stream" {
        return Some(Sequence::Events);
    }
    let subtype = essence.strip_prefix("application/")?;
    match subtype.strip_prefix("x-").unwrap_or(subtype) {
        "ndjson" | "jsonl" | "jsonlines" | "json-lines" | "json-stream" | "stream+json" => {
            Some(Sequence::Lines)
        }
        "json-seq" => Some(Sequence::Records),
        subtype if subtype.ends_with("+json-seq") => Some(Sequence::Records),
        _ => None,
    }
}

/// What an answer of a media type is taken apart into; none where it is read as a whole.
pub(super) fn of<'a>(
    context: &mut Context<'a>,
    media_type: &str,
    entry: &'a MediaType,
    path: &SpecPath,
    origin: &Origin,
) -> Option<(Sequence, TypeRef)> {
    let form = form(media_type)?;
    let schema = entry.schema.as_ref();
    let node = schema.and_then(|schema| context.node(schema, path.join("schema")));
    let Some(node) = node else {
        return Some(match form {
            Sequence::Events => (Sequence::TextEvents, TypeRef::Text),
            form => (form, TypeRef::Json),
        });
    };
    let origin = origin_of_part(origin);
    // A list describes all that comes.
    let node = match behind_wrappers(context, &node) {
        (_, Kind::List(Some(items))) => items,
        _ => node,
    };
    if form == Sequence::Events {
        return Some(events(context, &node, &origin));
    }
    // Text describes the whole, as one who reads no lines sees it.
    let is_whole = is_text(context, &node);
    (!is_whole).then(|| (form, part(context, &node, &origin)))
}

/// What a part of an answer is named after, if it has no name: what the operation brings piece by piece.
fn origin_of_part(origin: &Origin) -> Origin {
    match origin {
        Origin::Part { operation, .. } => Origin::Part {
            operation: operation.clone(),
            role: "event".to_owned(),
        },
        origin => origin.clone(),
    }
}

fn part<'a>(context: &mut Context<'a>, node: &Node<'a>, origin: &Origin) -> TypeRef {
    let ty = context.type_of(node, origin);
    context.or_null(node, ty)
}

/// What events hold: their schema describes the data, or the event around it, with members named as the fields of the stream.
fn events<'a>(context: &mut Context<'a>, node: &Node<'a>, origin: &Origin) -> (Sequence, TypeRef) {
    match described(context, node, 0) {
        Some(Described::By(data, around)) => {
            // What stands inside a schema with a name is named after that one, whoever asks first.
            if around.referenced {
                context.type_of(&around, origin);
                context.build_waiting();
            }
            data_of(context, &data, origin)
        }
        Some(Described::Whole) => (Sequence::WholeEvents, part(context, node, origin)),
        None => data_of(context, node, origin),
    }
}

fn data_of<'a>(context: &mut Context<'a>, node: &Node<'a>, origin: &Origin) -> (Sequence, TypeRef) {
    let form = match is_text(context, node) {
        true => Sequence::TextEvents,
        false => Sequence::Events,
    };
    match (form, part(context, node, origin)) {
        // Of bytes there is no word in a stream of text.
        (form, TypeRef::Binary) => (form, TypeRef::Text),
        typed => typed,
    }
}

/// A schema that describes an event.
enum Described<'a> {
    /// It has one kind of data, described by the first in the second.
    By(Node<'a>, Node<'a>),
    /// Its data depends on the rest of it.
    Whole,
}

/// How a schema describes an event, if it does: as an object with members of an event and no others, or as one of several such.
fn described<'a>(context: &Context<'a>, node: &Node<'a>, depth: usize) -> Option<Described<'a>> {
    if depth == DEPTH {
        return None;
    }
    let (node, _) = behind_wrappers(context, node);
    let view = View::of(node.schema);
    if let Some((keyword, variants)) = view.alternatives() {
        if view.has_properties() {
            return None;
        }
        let entries = context.alternatives(&node.path, keyword, variants);
        let mut found = Vec::with_capacity(entries.len());
        for (_, entry) in &entries {
            match described(context, entry, depth + 1)? {
                Described::By(data, _) if says_done(&data) => {}
                other => found.push(other),
            }
        }
        return match (found.pop(), found.is_empty()) {
            (Some(only), true) => Some(only),
            (Some(_), false) => Some(Described::Whole),
            (None, _) => None,
        };
    }
    let properties = view.properties?;
    let is_field = |name: &String| {
        FIELDS.contains(&name.as_str())
            || (OTHERS.contains(&name.as_str()) && properties.contains_key("retry"))
    };
    if !properties.keys().all(is_field) || !view.all_of.is_empty() {
        return None;
    }
    match properties.get("data") {
        Some(data) => {
            let at = node.path.join("properties").join("data");
            Some(Described::By(context.boxed_node(data, at)?, node))
        }
        // One of several may have nothing to bring but its name.
        None => (depth > 0 && properties.contains_key("event")).then_some(Described::Whole),
    }
}

/// Whether data says that it is the last, and nothing else.
fn says_done(data: &Node<'_>) -> bool {
    matches!(View::of(data.schema).values.as_slice(), [only] if only.as_str() == Some(DONE))
}

/// Whether the values of a schema are text.
fn is_text<'a>(context: &Context<'a>, node: &Node<'a>) -> bool {
    match behind_wrappers(context, node).1 {
        Kind::Plain(ty) => ty.is_text(),
        Kind::Enum(values) => matches!(values, Enum::Text(_)),
        _ => false,
    }
}

/// The schema behind those that only wrap it, and what it is.
fn behind_wrappers<'a>(context: &Context<'a>, node: &Node<'a>) -> (Node<'a>, Kind<'a>) {
    let mut node = node.clone();
    for _ in 0..DEPTH {
        match context.kind_of(&node) {
            Kind::Same(inner) => node = inner,
            kind => return (node, kind),
        }
    }
    (node, Kind::Plain(TypeRef::Json))
}

#[cfg(test)]
mod tests {
    use super::{Sequence, form};

    #[test]
    fn answers_are_taken_apart_by_what_their_media_type_says_and_by_nothing_near_it() {
        for (media_type, expected) in [
            ("text/event-stream; charset=utf-8", Some(Sequence::Events)),
            ("Application/X-NDJSON", Some(Sequence::Lines)),
            ("application/jsonl", Some(Sequence::Lines)),
            ("application/json-seq", Some(Sequence::Records)),
            ("application/geo+json-seq", Some(Sequence::Records)),
            ("application/json", None),
            ("application/vnd.a+json", None),
            ("text/csv", None),
            ("text/*", None),
        ] {
            assert_eq!(form(media_type), expected, "{media_type}");
        }
    }
}
