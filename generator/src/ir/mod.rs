//! What the API means: operations, types, errors. Plain data, with a place in the document on every node and no Rust in it.

mod operation;
mod security;
mod types;

use std::net::IpAddr;

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use crate::diag::SpecPath;
pub use crate::wire::{
    Encoding, EncodingWay, ErrorMembers, Method, NextPage, PageRule, Pattern, Sequence,
    ServerTemplate, ServerVariable, Style, Waiting, body_of, format_of,
};
pub use operation::{
    Answer, Body, Content, Location, Operation, Paging, Parameter, PartHeader, PathTemplate,
    Representation, Segment, Status, Waiter,
};
pub use security::{Flows, Requirement, SchemeKind, SecurityScheme};
pub use types::{
    Access, Enum, EnumValue, Field, Object, Origin, Presence, Select, Shape, Type, TypeRef, Union,
    Variant, When,
};

/// A whole API.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Api {
    /// Title, version and description.
    pub info: Info,
    /// The servers, in document order, with variables at their defaults.
    pub servers: Vec<Server>,
    /// The security schemes, by name, in document order.
    pub security: IndexMap<String, SecurityScheme>,
    /// What an operation wants that says nothing of its own: alternatives, the best first. Empty where the document does not say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<Requirement>,
    /// The tags that operations carry, sorted by name.
    pub tags: Vec<Tag>,
    /// Every type, found by [`TypeId`].
    pub types: Vec<Type>,
    /// The operations, in document order.
    pub operations: Vec<Operation>,
    /// The schema that the error answers share.
    pub error: Option<ErrorEnvelope>,
}

impl Api {
    /// The type of an id; ids are only made by pushing onto `types`.
    pub fn get(&self, id: TypeId) -> Option<&Type> {
        self.types.get(id.index())
    }

    /// The server that is called, if the document names one by its whole URL.
    pub fn server(&self) -> Option<&Server> {
        Server::called(&self.servers)
    }

    /// Drops what types, properties and operations say of themselves in prose, which decides nothing but documentation.
    pub fn drop_descriptions(&mut self) {
        for ty in &mut self.types {
            ty.docs.description = String::new();
            if let Shape::Object(object) = &mut ty.shape {
                for field in &mut object.fields {
                    field.docs.description = String::new();
                }
            }
        }
        for operation in &mut self.operations {
            operation.docs.description = String::new();
            for parameter in &mut operation.parameters {
                parameter.docs.description = String::new();
            }
        }
    }

    /// The model as JSON, for people to read: a type's number is replaced by the place of its schema, so that a new type changes
    /// no other line.
    ///
    /// # Errors
    ///
    /// None in practice: every part can be written as JSON.
    pub fn to_json(&self) -> Result<Value, serde_json::Error> {
        let mut json = serde_json::to_value(self)?;
        self.name_types(&mut json);
        Ok(json)
    }

    fn name_types(&self, json: &mut Value) {
        match json {
            Value::Array(list) => list.iter_mut().for_each(|value| self.name_types(value)),
            Value::Object(members) => {
                for (key, value) in members.iter_mut() {
                    let id = match key.as_str() {
                        "Named" | "parent" | "ty" => value.as_u64(),
                        _ => None,
                    };
                    let named = id
                        .and_then(|id| self.types.get(usize::try_from(id).ok()?))
                        .map(|ty| ty.path.to_string());
                    match named {
                        Some(path) => *value = Value::String(path),
                        None => self.name_types(value),
                    }
                }
            }
            _ => {}
        }
    }

    /// Every type with its id.
    pub fn ids(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        (0..).map(TypeId).zip(&self.types)
    }
}

/// The number of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TypeId(pub u32);

impl TypeId {
    /// The type's index in [`Api::types`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The number of a tag in [`Api::tags`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TagId(pub u32);

/// What the document says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Info {
    /// The API's name.
    pub title: String,
    /// The API's version, as the document has it.
    pub version: String,
    /// Markdown.
    pub description: String,
}

/// Where the API is served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Server {
    /// Where it stands.
    pub path: SpecPath,
    /// An absolute or relative URL.
    pub url: String,
    /// Markdown.
    pub description: String,
    /// The URL with its variables, where it has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<ServerTemplate>,
}

impl Server {
    /// Which of several with an absolute URL is called: the first one, but plain http to another machine only where nothing else is
    /// there, for nothing is sent over it.
    pub fn called(servers: &[Self]) -> Option<&Self> {
        let is_http = |url: &str| url.starts_with("https://") || url.starts_with("http://");
        let mut absolute = servers.iter().filter(|server| is_http(&server.url));
        let safe = absolute.clone().find(|server| !server.is_plain());
        safe.or_else(|| absolute.next())
    }

    /// Whether it is plain http to another machine, over which nothing is sent.
    pub fn is_plain(&self) -> bool {
        let Some((scheme, rest)) = self.url.split_once("://") else {
            return false;
        };
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let name = match host.strip_prefix('[') {
            Some(address) => address.split(']').next().unwrap_or_default(),
            None => host.split(':').next().unwrap_or_default(),
        };
        let is_here = name.eq_ignore_ascii_case("localhost")
            || name
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback());
        scheme.eq_ignore_ascii_case("http") && !is_here
    }
}

/// A group of operations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tag {
    /// Where it is declared; else where the first operation that has it names it.
    pub path: SpecPath,
    /// The tag itself; empty for operations without one.
    pub name: String,
    /// Markdown.
    pub description: String,
}

/// Title and description.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Docs {
    /// A short name or summary.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// A link to more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Values shown as examples.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Value>,
}

impl Docs {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

/// The schema that the error answers share.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ErrorEnvelope {
    /// The type.
    pub ty: TypeId,
    /// Pointers to the members that every envelope has in some form.
    pub members: ErrorMembers,
}
