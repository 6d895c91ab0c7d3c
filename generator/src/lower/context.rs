//! What the parts of lowering share: the document, the types made so far, and the queue of types to build.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};

use openapiv3::{ReferenceOr, Schema};

use super::own::Used;
use super::schema::{Kind, Seen};
use super::{object, union};
use crate::config::Config;
use crate::diag::{Code, Diagnostics, SpecPath};
use crate::ir::{Docs, Origin, Shape, Type, TypeId, TypeRef};
use crate::spec::Document;

/// A schema and where it stands, references followed.
#[derive(Clone)]
pub(super) struct Node<'a> {
    pub(super) schema: &'a Schema,
    pub(super) path: SpecPath,
    /// Whether a reference led here: then its own place names it, not the place of the reference.
    pub(super) referenced: bool,
}

impl Node<'_> {
    /// The component's key, if this is a whole component schema.
    pub(super) fn component(&self) -> Option<String> {
        let mut tokens = self.path.tokens();
        let is_schema = tokens.next().as_deref() == Some("components")
            && tokens.next().as_deref() == Some("schemas");
        let name = tokens.next();
        (is_schema && tokens.next().is_none()).then_some(name?.into_owned())
    }
}

/// How deep schemas without a name may nest before they are taken for any JSON.
const NESTING: usize = 64;

/// What is known of a schema that was met before.
enum Known {
    /// It is being looked at: meeting it again means that it holds nothing but itself.
    UnderWay,
    /// Its use.
    Done(TypeRef),
}

/// A type that has its id and not yet its shape.
struct Waiting<'a> {
    id: TypeId,
    node: Node<'a>,
    kind: Kind<'a>,
}

/// The state of lowering.
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    pub(super) config: &'a Config,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) types: Vec<Type>,
    pub(super) seen: Seen<'a>,
    pub(super) used: RefCell<Used>,
    known: HashMap<SpecPath, Known>,
    /// How many schemas without a name are being looked at inside one another.
    depth: usize,
    /// Types made of several schemas, by the places of those.
    merged: HashMap<Vec<SpecPath>, TypeId>,
    waiting: VecDeque<Waiting<'a>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        document: &'a Document,
        config: &'a Config,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            document,
            config,
            diagnostics,
            types: Vec::new(),
            seen: Seen::default(),
            used: RefCell::default(),
            known: HashMap::new(),
            depth: 0,
            merged: HashMap::new(),
            waiting: VecDeque::new(),
        }
    }

    /// Reports a fault at a place.
    pub(super) fn report(
        &mut self,
        code: Code,
        path: &SpecPath,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.report(code, path, message, help);
    }

    /// The schema itself, references followed; none where a reference leads nowhere, which `spec` has reported.
    pub(super) fn node(&self, schema: &'a ReferenceOr<Schema>, path: SpecPath) -> Option<Node<'a>> {
        match schema {
            ReferenceOr::Item(schema) => Some(Node {
                schema,
                path,
                referenced: false,
            }),
            ReferenceOr::Reference { reference } => self.referenced(reference, &path),
        }
    }

    /// The same for a property or the items of a list.
    pub(super) fn boxed_node(
        &self,
        schema: &'a ReferenceOr<Box<Schema>>,
        path: SpecPath,
    ) -> Option<Node<'a>> {
        match schema {
            ReferenceOr::Item(schema) => Some(Node {
                schema,
                path,
                referenced: false,
            }),
            ReferenceOr::Reference { reference } => self.referenced(reference, &path),
        }
    }

    /// The schema that a reference leads to.
    pub(super) fn referenced(&self, reference: &str, at: &SpecPath) -> Option<Node<'a>> {
        let target = self.document.schema(reference, at)?;
        Some(Node {
            schema: target.value,
            path: target.path,
            referenced: true,
        })
    }

    /// The use of a schema. `origin` names the type if the schema is one and stands inline.
    pub(super) fn type_of(&mut self, node: &Node<'a>, origin: &Origin) -> TypeRef {
        match self.known.get(&node.path) {
            Some(Known::Done(ty)) => return ty.clone(),
            Some(Known::UnderWay) => {
                self.report(
                    Code::Unsupported,
                    &node.path,
                    "the schema holds nothing but itself, and is typed as any JSON",
                    "give it a property, or let it refer to another schema",
                );
                return TypeRef::Json;
            }
            None => {}
        }
        if self.depth == NESTING {
            self.report(
                Code::Unsupported,
                &node.path,
                format!("lists, maps and wrappers nest more than {NESTING} deep here; what is inside is typed as any JSON"),
                "put an object with properties in between",
            );
            return TypeRef::Json;
        }
        let origin = origin_of(node, origin);
        let kind = self.kind_of(node);
        let ty = if kind.has_name() {
            TypeRef::Named(self.declare(node, origin, kind))
        } else {
            self.known.insert(node.path.clone(), Known::UnderWay);
            self.depth += 1;
            let ty = self.plain_type(node, &origin, kind);
            self.depth -= 1;
            ty
        };
        self.known
            .insert(node.path.clone(), Known::Done(ty.clone()));
        ty
    }

    /// The use of a schema that needs no declaration. A component keeps its name as an alias.
    fn plain_type(&mut self, node: &Node<'a>, origin: &Origin, kind: Kind<'a>) -> TypeRef {
        // What is wrapped inline takes the component's name itself.
        let wraps_inline =
            matches!(&kind, Kind::Same(same) if same.component().is_none() && !same.referenced);
        let alias = (matches!(origin, Origin::Component(_)) && !wraps_inline)
            .then(|| self.push(node, origin.clone()));
        let inner = alias.map_or_else(
            || origin.clone(),
            |parent| Origin::Member {
                parent,
                role: String::new(),
            },
        );
        let ty = match kind {
            Kind::Plain(ty) => ty,
            Kind::Same(same) => self.type_of(&same, origin),
            Kind::List(None) => TypeRef::List(Box::new(TypeRef::Json)),
            Kind::List(Some(items)) => TypeRef::List(Box::new(self.element(&items, &inner))),
            Kind::Tuple(places) => TypeRef::Tuple(
                places
                    .iter()
                    .map(|place| self.element(place, &inner))
                    .collect(),
            ),
            Kind::Map(values) => TypeRef::Map(Box::new(self.element(&values, &inner))),
            Kind::Enum(_) | Kind::Object | Kind::Merged(_) | Kind::Union(_) => TypeRef::Json,
        };
        if let Some(id) = alias {
            self.set_shape(id, Shape::Alias(ty.clone()));
        }
        ty
    }

    /// The type of a list's or map's elements.
    pub(super) fn element(&mut self, node: &Node<'a>, origin: &Origin) -> TypeRef {
        let ty = self.type_of(node, &item_of(origin));
        self.or_null(node, ty)
    }

    /// The type, or null too where the schema says so: for a place that is no property. Any JSON holds null by itself.
    pub(super) fn or_null(&self, node: &Node<'a>, ty: TypeRef) -> TypeRef {
        if self.annotations(node).nullable && ty != TypeRef::Json {
            TypeRef::Nullable(Box::new(ty))
        } else {
            ty
        }
    }

    /// Gives a type its id and puts it into the queue.
    pub(super) fn declare(&mut self, node: &Node<'a>, origin: Origin, kind: Kind<'a>) -> TypeId {
        let id = self.push(node, origin);
        self.waiting.push_back(Waiting {
            id,
            node: node.clone(),
            kind,
        });
        id
    }

    /// The type that several schemas make together, named after the last of them.
    pub(super) fn declare_merged(&mut self, parts: Vec<Node<'a>>, origin: Origin) -> TypeRef {
        let places: Vec<SpecPath> = parts.iter().map(|part| part.path.clone()).collect();
        let id = match (self.merged.get(&places), parts.last().cloned()) {
            (Some(id), _) => *id,
            (None, None) => return TypeRef::Json,
            (None, Some(last)) => self.declare(&last, origin, Kind::Merged(parts)),
        };
        self.merged.insert(places, id);
        TypeRef::Named(id)
    }

    fn push(&mut self, node: &Node<'a>, origin: Origin) -> TypeId {
        let id = TypeId(u32::try_from(self.types.len()).unwrap_or(u32::MAX));
        let data = super::view::data(node.schema);
        self.types.push(Type {
            path: node.path.clone(),
            origin,
            docs: Docs {
                title: data.title.clone().unwrap_or_default(),
                description: data.description.clone().unwrap_or_default(),
                link: data.external_docs.as_ref().map(|docs| docs.url.clone()),
                examples: data.example.iter().cloned().collect(),
            },
            deprecated: data.deprecated,
            shape: Shape::Alias(TypeRef::Json),
        });
        id
    }

    fn set_shape(&mut self, id: TypeId, shape: Shape) {
        if let Some(ty) = self.types.get_mut(id.index()) {
            ty.shape = shape;
        }
    }

    /// Builds every type that waits, and those that they bring.
    pub(super) fn build_waiting(&mut self) {
        while let Some(Waiting { id, node, kind }) = self.waiting.pop_front() {
            let shape = match kind {
                Kind::Enum(values) => Shape::Enum(values),
                Kind::Object => Shape::Object(object::build(self, id, &[node])),
                Kind::Merged(parts) => Shape::Object(object::build(self, id, &parts)),
                Kind::Union(parts) => union::build(self, id, &node, parts),
                Kind::Plain(ty) => Shape::Alias(ty),
                Kind::Same(_) | Kind::List(_) | Kind::Tuple(_) | Kind::Map(_) => continue,
            };
            self.set_shape(id, shape);
        }
    }

    /// Lowers every component schema, whether an operation uses it or not.
    pub(super) fn lower_components(&mut self) {
        let schemas = SpecPath::root().join("components").join("schemas");
        let components = self.document.openapi().components.as_ref();
        for (name, schema) in components.iter().flat_map(|c| &c.schemas) {
            if let Some(node) = self.node(schema, schemas.join(name)) {
                self.type_of(&node, &Origin::Component(name.clone()));
            }
        }
        self.build_waiting();
    }
}

/// What a type is named after: for a component or the target of a reference its own place, so that it does not matter who
/// asks first; else the place that it stands in.
fn origin_of(node: &Node<'_>, hint: &Origin) -> Origin {
    if let Some(name) = node.component() {
        return Origin::Component(name);
    }
    let shared_part = shared_part(&node.path, hint);
    if let Some(origin) = shared_part {
        return origin;
    }
    if node.referenced {
        Origin::Component(words_of(&node.path))
    } else {
        hint.clone()
    }
}

/// The origin of a schema inside a shared response, request body or parameter.
fn shared_part(path: &SpecPath, hint: &Origin) -> Option<Origin> {
    let mut tokens = path.tokens();
    if tokens.next()? != "components" {
        return None;
    }
    let role = match &*tokens.next()? {
        "responses" => "response",
        "requestBodies" => "request",
        "parameters" | "headers" => "",
        _ => return None,
    };
    match hint {
        Origin::Member { .. } => None,
        _ => Some(Origin::Part {
            operation: tokens.next()?.into_owned(),
            role: role.to_owned(),
        }),
    }
}

/// The words of a place that is no component: its own keys, without the standard's keywords.
fn words_of(path: &SpecPath) -> String {
    const KEYWORDS: [&str; 18] = [
        "components",
        "schemas",
        "properties",
        "items",
        "allOf",
        "oneOf",
        "anyOf",
        "schema",
        "content",
        "responses",
        "parameters",
        "requestBody",
        "requestBodies",
        "paths",
        "$defs",
        "definitions",
        "additionalProperties",
        "headers",
    ];
    let words: Vec<Cow<'_, str>> = path
        .tokens()
        .filter(|token| !KEYWORDS.contains(&&**token) && token.parse::<usize>().is_err())
        .collect();
    if words.is_empty() {
        let file = path.document().rsplit('/').next().unwrap_or_default();
        file.split('.').next().unwrap_or_default().to_owned()
    } else {
        words.join(" ")
    }
}

/// What an element of a list or map is named after.
fn item_of(origin: &Origin) -> Origin {
    match origin {
        Origin::Component(name) => Origin::Component(format!("{name} item")),
        Origin::Member { parent, role } => Origin::Member {
            parent: *parent,
            role: format!("{role} item"),
        },
        Origin::Part { operation, role } => Origin::Part {
            operation: operation.clone(),
            role: format!("{role} item"),
        },
    }
}
