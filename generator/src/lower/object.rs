//! Objects: properties collected through `allOf`.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::annotations::Annotations;
use super::context::{Context, Node};
use super::schema::Kind;
use super::view::{JsonType, View};
use crate::diag::{Code, SpecPath};
use crate::ir::{Field, Object, Origin, Presence, TypeId, TypeRef};

/// How deep `allOf` may nest.
const DEPTH: usize = 64;

/// The properties of a schema and of all that it is made of.
#[derive(Default)]
pub(super) struct Members<'a> {
    /// By wire name, in document order.
    pub(super) drafts: IndexMap<&'a str, Vec<Draft<'a>>>,
    /// `required` anywhere applies to the whole.
    pub(super) required: BTreeSet<&'a str>,
    /// What the properties that are not declared hold; the last word counts.
    rest: Option<Rest<'a>>,
    /// The schemas that were looked at: each lends its properties once.
    seen: BTreeSet<SpecPath>,
}

/// One declaration of a property.
pub(super) struct Draft<'a> {
    /// Where it is declared.
    pub(super) path: SpecPath,
    /// Its schema; none where a reference leads nowhere.
    pub(super) node: Option<Node<'a>>,
    /// The type that declares it: an inline schema is named after it.
    owner: TypeId,
}

#[derive(Clone)]
enum Rest<'a> {
    Json,
    Schema(Node<'a>, TypeId),
}

/// The properties of schemas taken together, as `allOf` takes them. A union among them lends its properties, not its variants:
/// this ends the circle of a parent that lists its children and children that are all of their parent.
pub(super) fn members<'a>(
    context: &mut Context<'a>,
    owner: TypeId,
    parts: &[Node<'a>],
) -> Members<'a> {
    let mut members = Members::default();
    for part in parts {
        collect(context, part, owner, &mut members, 0);
    }
    members
}

fn collect<'a>(
    context: &mut Context<'a>,
    node: &Node<'a>,
    owner: TypeId,
    members: &mut Members<'a>,
    depth: usize,
) {
    if depth == DEPTH {
        context.report(
            Code::Unsupported,
            &node.path,
            format!("`allOf` nests more than {DEPTH} deep here; the properties further inside are left out"),
            "list the parts in fewer steps",
        );
        return;
    }
    if !members.seen.insert(node.path.clone()) {
        return;
    }
    let view = View::of(node.schema);
    let list = node.path.join("allOf");
    for (index, part) in view.all_of.iter().enumerate() {
        if let Some(part) = context.node(part, list.index(index)) {
            let owner = owner_of(context, &part, owner);
            collect(context, &part, owner, members, depth + 1);
        }
    }
    for (wire, schema) in view.properties() {
        let draft = draft(context, &node.path, wire, schema, owner);
        members.drafts.entry(wire).or_default().push(draft);
    }
    members
        .required
        .extend(view.required.iter().map(String::as_str));
    match view.additional {
        Some(AdditionalProperties::Any(true)) => members.rest = Some(Rest::Json),
        Some(AdditionalProperties::Schema(schema)) => {
            let at = node.path.join("additionalProperties");
            members.rest = Some(match context.node(schema, at) {
                Some(node) => Rest::Schema(node, owner),
                None => Rest::Json,
            });
        }
        Some(AdditionalProperties::Any(false)) | None => {}
    }
}

/// The type that a part of an `allOf` is itself, if it is one.
fn owner_of<'a>(context: &mut Context<'a>, part: &Node<'a>, owner: TypeId) -> TypeId {
    let Some(name) = part.component() else {
        return owner;
    };
    match context.type_of(part, &Origin::Component(name)) {
        TypeRef::Named(id) => id,
        _ => owner,
    }
}

fn draft<'a>(
    context: &Context<'a>,
    schema_path: &SpecPath,
    wire: &str,
    schema: &'a ReferenceOr<Box<Schema>>,
    owner: TypeId,
) -> Draft<'a> {
    let path = schema_path.join("properties").join(wire);
    Draft {
        node: context.boxed_node(schema, path.clone()),
        path,
        owner,
    }
}

/// Builds the object that schemas make together.
pub(super) fn build<'a>(context: &mut Context<'a>, id: TypeId, parts: &[Node<'a>]) -> Object {
    let members = members(context, id, parts);
    report_undeclared(context, parts, &members);
    let mut fields = Vec::with_capacity(members.drafts.len());
    for (wire, drafts) in &members.drafts {
        let required = members.required.contains(wire);
        fields.extend(field(context, wire, drafts, required));
    }
    let rest = members.rest.map(|rest| match rest {
        Rest::Json => TypeRef::Json,
        Rest::Schema(node, owner) => {
            let origin = Origin::Member {
                parent: owner,
                role: "value".to_owned(),
            };
            let ty = context.type_of(&node, &origin);
            context.or_null(&node, ty)
        }
    });
    Object { fields, rest }
}

/// `required` may name what nobody declares: then there is nothing to ask for.
fn report_undeclared(context: &mut Context<'_>, parts: &[Node<'_>], members: &Members<'_>) {
    let Some(part) = parts.last() else { return };
    for name in &members.required {
        if !members.drafts.contains_key(name) {
            context.report(
                Code::Invalid,
                &part.path,
                format!("`required` names `{name}`, which is no property of the schema; it is not asked for"),
                "declare the property, or take its name from `required`",
            );
        }
    }
}

/// A property from all its declarations: the last one wins, objects are merged, and what it does not say the others do.
fn field<'a>(
    context: &mut Context<'a>,
    wire: &str,
    drafts: &[Draft<'a>],
    required: bool,
) -> Option<Field> {
    let last = drafts.last()?;
    let annotations = merged_annotations(context, drafts);
    let ty = field_type(context, wire, drafts);
    let optional = &context.config.schemas.optional;
    let required = required && !context.is_listed("optional", optional, &last.path);
    Some(Field {
        path: last.path.clone(),
        wire: wire.to_owned(),
        access: annotations.access(),
        docs: annotations.docs,
        // Any JSON holds null by itself; yet where it may be left out, null is a third state.
        nullable: annotations.nullable && !(required && ty == TypeRef::Json),
        ty,
        presence: if required {
            Presence::Required
        } else {
            Presence::Optional
        },
        deprecated: annotations.deprecated,
        default: annotations.default,
        pattern: annotations.pattern,
    })
}

/// The last declaration's words, and those of the earlier ones where it has none.
fn merged_annotations<'a>(context: &Context<'a>, drafts: &[Draft<'a>]) -> Annotations {
    let mut all = drafts
        .iter()
        .rev()
        .filter_map(|draft| draft.node.as_ref())
        .map(|node| context.annotations(node));
    let Some(mut merged) = all.next() else {
        return Annotations::default();
    };
    for earlier in all {
        if merged.docs.description.is_empty() {
            merged.docs = earlier.docs;
        }
        merged.read_only |= earlier.read_only;
        merged.write_only |= earlier.write_only;
        merged.default = merged.default.or(earlier.default);
    }
    merged
}

fn field_type<'a>(context: &mut Context<'a>, wire: &str, drafts: &[Draft<'a>]) -> TypeRef {
    let telling = telling(context, drafts);
    report_conflict(context, wire, &telling);
    let Some(last) = telling.last() else {
        return TypeRef::Json;
    };
    let Some(node) = &last.node else {
        return TypeRef::Json;
    };
    let origin = Origin::Member {
        parent: last.owner,
        role: wire.to_owned(),
    };
    let objects: Vec<Node<'a>> = telling
        .iter()
        .filter_map(|draft| draft.node.clone())
        .filter(|node| matches!(context.kind_of(node), Kind::Object | Kind::Map(_)))
        .collect();
    // What one declaration says of all keys holds beside the keys that another one names.
    let names_keys = objects
        .iter()
        .any(|node| matches!(context.kind_of(node), Kind::Object));
    let are_all = objects.len() > 1 && objects.len() == telling.len();
    if are_all && names_keys && !node.referenced {
        return context.declare_merged(objects, origin);
    }
    context.type_of(node, &origin)
}

/// The declarations that say something of the type, without those that say the same again.
fn telling<'b, 'a>(context: &Context<'a>, drafts: &'b [Draft<'a>]) -> Vec<&'b Draft<'a>> {
    let mut telling: Vec<&Draft<'a>> = Vec::new();
    for draft in drafts {
        let Some(node) = &draft.node else { continue };
        let says_nothing = matches!(context.kind_of(node), Kind::Plain(TypeRef::Json));
        let again = telling.iter().any(|other| {
            other.node.as_ref().is_some_and(|other| {
                other.path == node.path || other.schema.schema_kind == node.schema.schema_kind
            })
        });
        if !says_nothing && !again {
            telling.push(draft);
        }
    }
    telling
}

/// Two declarations with different JSON types can't both hold.
fn report_conflict<'a>(context: &mut Context<'a>, wire: &str, telling: &[&Draft<'a>]) {
    let mut types = telling.iter().filter_map(|draft| {
        let node = draft.node.as_ref()?;
        Some((draft, json_type(context, node)?))
    });
    let Some((_, first)) = types.next() else {
        return;
    };
    let conflict = types.find(|(_, ty)| *ty != first);
    if let Some((draft, _)) = conflict {
        let path = draft.path.clone();
        context.report(
            Code::AllOfConflict,
            &path,
            format!("`{wire}` is declared with different types in the parts of an `allOf`; the last one counts"),
            "declare the property once, or with one type",
        );
    }
}

fn json_type<'a>(context: &Context<'a>, node: &Node<'a>) -> Option<JsonType> {
    Some(match context.through_wrappers(node) {
        Kind::Object | Kind::Merged(_) | Kind::Map(_) => JsonType::Object,
        Kind::List(_) | Kind::Tuple(_) => JsonType::List,
        Kind::Enum(crate::ir::Enum::Text(_)) => JsonType::Text,
        Kind::Enum(crate::ir::Enum::Integer(_)) => JsonType::Number,
        Kind::Plain(TypeRef::Bool) => JsonType::Bool,
        Kind::Plain(ty) if ty.is_text() => JsonType::Text,
        Kind::Plain(TypeRef::Json) | Kind::Union(_) | Kind::Same(_) => return None,
        Kind::Plain(_) => JsonType::Number,
    })
}
