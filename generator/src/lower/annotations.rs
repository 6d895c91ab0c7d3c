//! What a schema says of a value apart from its type.

use serde_json::Value;

use super::context::{Context, Node};
use super::schema::Kind;
use super::view::{self, View};
use crate::ir::{Access, Docs};

/// How many wrappers are looked through: more than any document needs, and an end to those that go round in circles.
const WRAPPERS: usize = 32;

/// What a schema and the wrappers around it say of a value apart from its type.
#[derive(Clone, Debug, Default)]
pub(super) struct Annotations {
    pub(super) docs: Docs,
    pub(super) nullable: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) deprecated: bool,
    pub(super) default: Option<Value>,
    pub(super) pattern: Option<String>,
}

impl Annotations {
    pub(super) fn access(&self) -> Access {
        match (self.read_only, self.write_only) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            _ => Access::Both,
        }
    }
}

impl<'a> Context<'a> {
    /// What a schema says of a value apart from its type, with all that it wraps; the outermost word counts.
    pub(super) fn annotations(&self, node: &Node<'a>) -> Annotations {
        let mut found = Annotations::default();
        let mut next = Some(node.clone());
        for _ in 0..WRAPPERS {
            let Some(node) = next.take() else { break };
            let kind = self.kind_of(&node);
            // The documentation of a type with a name stands on that type.
            found.add(&node, !(node.referenced && kind.has_name()));
            found.nullable |= self.has_null_variant(&node);
            if let Kind::Same(inner) = kind {
                next = Some(inner);
            }
        }
        found
    }

    /// Whether one of the alternatives may be null.
    fn has_null_variant(&self, node: &Node<'a>) -> bool {
        let view = View::of(node.schema);
        let Some((keyword, variants)) = view.alternatives() else {
            return false;
        };
        variants.iter().enumerate().any(|(index, variant)| {
            self.node(variant, node.path.join(keyword).index(index))
                .is_some_and(|variant| view::data(variant.schema).nullable)
        })
    }
}

impl Annotations {
    /// Adds what one schema says.
    fn add(&mut self, node: &Node<'_>, with_docs: bool) {
        let data = view::data(node.schema);
        self.nullable |= data.nullable;
        self.read_only |= data.read_only;
        self.write_only |= data.write_only;
        self.deprecated |= data.deprecated;
        if self.default.is_none() {
            self.default.clone_from(&data.default);
        }
        if self.pattern.is_none() {
            self.pattern = View::of(node.schema).pattern.map(str::to_owned);
        }
        if with_docs {
            self.add_docs(data);
        }
    }

    fn add_docs(&mut self, data: &openapiv3::SchemaData) {
        let docs = &mut self.docs;
        if docs.title.is_empty() {
            docs.title = data.title.clone().unwrap_or_default();
        }
        if docs.description.is_empty() {
            docs.description = data.description.clone().unwrap_or_default();
        }
        if docs.link.is_none() {
            docs.link = data.external_docs.as_ref().map(|docs| docs.url.clone());
        }
        if docs.examples.is_empty() {
            docs.examples = data.example.iter().cloned().collect();
        }
    }
}
