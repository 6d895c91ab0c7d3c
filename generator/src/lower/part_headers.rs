//! Headers of the parts of a multipart body (OpenAPI 3.0.3, Encoding Object, `headers`).
//!
//! One that must be there and has but one value, or a default, is always sent. All others are the caller's, who can give them to a
//! file; any other part has no place for them.

use std::collections::BTreeSet;

use openapiv3::{Encoding as Source, Header, ParameterSchemaOrContent, ReferenceOr};
use serde_json::Value;

use super::context::Context;
use super::schema::Kind;
use super::view::View;
use crate::diag::{Code, Diagnostics, SpecPath};
use crate::ir::{Content, Operation, PartHeader, Presence, Shape, Type, TypeRef};
use crate::wire::is_token;

/// How many wrappers around a header's schema are looked through.
const WRAPPERS: usize = 32;

/// The headers of a part: those with a value of their own, and those that a caller gives.
#[derive(Default)]
pub(super) struct PartHeaders {
    pub(super) fixed: Vec<(String, String)>,
    pub(super) given: Vec<PartHeader>,
}

/// What the encoding of a part says of its headers.
pub(super) fn of_part<'a>(
    context: &mut Context<'a>,
    part: &str,
    source: &'a Source,
    encoding: &SpecPath,
) -> PartHeaders {
    let mut headers = PartHeaders::default();
    for (name, header) in &source.headers {
        // These are set by other means; the standard passes over the first.
        let is_own = ["content-type", "content-disposition"].contains(&&*name.to_ascii_lowercase());
        // That no header can be called so was said when the document was read.
        if is_own || !is_token(name) {
            continue;
        }
        let at = encoding.join("headers").join(name);
        let found = match header {
            ReferenceOr::Item(header) => Some((header, at)),
            ReferenceOr::Reference { reference } => context
                .document
                .header(reference, &at)
                .map(|target| (target.value, target.path)),
        };
        let Some((header, path)) = found else {
            continue;
        };
        match only_value(context, header, &path).filter(|_| header.required) {
            Some(value) => headers.fixed.push((name.clone(), value)),
            None => headers.given.push(PartHeader {
                path,
                part: part.to_owned(),
                name: name.clone(),
                presence: match header.required {
                    true => Presence::Required,
                    false => Presence::Optional,
                },
            }),
        }
    }
    // No order means anything on the wire, so a document that is only written in another order gives the same crate.
    headers.fixed.sort();
    headers
}

/// The value that a header has where nobody says otherwise: the only one, or the default.
fn only_value<'a>(context: &Context<'a>, header: &'a Header, path: &SpecPath) -> Option<String> {
    let ParameterSchemaOrContent::Schema(schema) = &header.format else {
        return None;
    };
    let mut node = context.node(schema, path.join("schema"))?;
    for _ in 0..WRAPPERS {
        match context.kind_of(&node) {
            Kind::Same(inner) => node = inner,
            _ => break,
        }
    }
    let values = View::of(node.schema).values;
    let value = match values.as_slice() {
        [only] => only.clone(),
        _ => context.annotations(&node).default?,
    };
    let text = match value {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    let is_plain = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    (is_plain && text.trim() == text).then_some(text)
}

/// Leaves out the headers of parts that are no files, and says so of those that must be there.
pub(super) fn keep_of_files(
    operations: &mut [Operation],
    types: &[Type],
    diagnostics: &mut Diagnostics,
) {
    let bodies = operations
        .iter_mut()
        .filter_map(|operation| operation.body.as_mut());
    for body in bodies {
        let root = match &body.content {
            Content::Multipart(ty) => ty.named(),
            _ => None,
        };
        let is_file = |part: &str| root.is_some_and(|root| has_file(types, root.index(), part));
        body.part_headers.retain(|header| {
            let is_kept = is_file(&header.part);
            if !is_kept && header.presence == Presence::Required {
                let (name, part) = (&header.name, &header.part);
                diagnostics.report(
                    Code::Unsupported,
                    &header.path,
                    format!("the header `{name}` of the part `{part}` can't be set, for the part is no file; it is left out"),
                    "give it a default, or make it a member of the body",
                );
            }
            is_kept
        });
    }
}

/// Whether a member of a type, or of one of its variants, is a file or a list of files.
fn has_file(types: &[Type], root: usize, part: &str) -> bool {
    let (mut waiting, mut seen) = (vec![root], BTreeSet::new());
    while let Some(index) = waiting.pop() {
        if !seen.insert(index) {
            continue;
        }
        match types.get(index).map(|ty| &ty.shape) {
            Some(Shape::Alias(ty)) => waiting.extend(ty.named().map(|id| id.index())),
            Some(Shape::Union(union)) => {
                let variants = union.variants.iter();
                let named = variants.filter_map(|variant| variant.ty.named());
                waiting.extend(named.map(|id| id.index()));
            }
            Some(Shape::Object(object)) => {
                let field = object.fields.iter().find(|field| field.wire == part);
                let ty = field.map(|field| &field.ty).or(object.rest.as_ref());
                if ty.is_some_and(|ty| is_file(types, ty)) {
                    return true;
                }
            }
            Some(Shape::Enum(_)) | None => {}
        }
    }
    false
}

/// Whether a value is a file or a list of files; through names for them.
fn is_file(types: &[Type], ty: &TypeRef) -> bool {
    let mut ty = ty;
    // As many names for one another as there are types: no more can be told apart.
    for _ in 0..=types.len() {
        ty = match ty {
            TypeRef::Binary => return true,
            TypeRef::List(inner) | TypeRef::Nullable(inner) => inner,
            TypeRef::Named(id) => match types.get(id.index()).map(|ty| &ty.shape) {
                Some(Shape::Alias(inner)) => inner,
                _ => return false,
            },
            _ => return false,
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Docs, Origin, Select, TypeId, Union, Variant};
    use crate::tests::is_soon;

    #[test]
    fn a_union_of_many_types_is_looked_through_in_no_time() {
        let ty = |shape| Type {
            path: SpecPath::root(),
            origin: Origin::Component(String::new()),
            docs: Docs::default(),
            deprecated: false,
            shape,
        };
        let variant = |id| Variant {
            path: SpecPath::root(),
            ty: TypeRef::Named(TypeId(id)),
            tags: Vec::new(),
            lacks_tag: false,
            when: None,
        };
        let count = 100_000;
        let union = Union {
            variants: (1..count).map(variant).collect(),
            select: Select::Shape,
        };
        let mut types = vec![ty(Shape::Union(union))];
        types.extend((1..count).map(|_| ty(Shape::Alias(TypeRef::Named(TypeId(0))))));
        assert!(is_soon(|| assert!(!has_file(&types, 0, "file"))));
    }
}
