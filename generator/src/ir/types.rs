//! Types: what requests and responses hold.

use serde::Serialize;
use serde_json::Value;

use super::{Docs, TypeId, is_false};
use crate::diag::SpecPath;

/// A type that has a name of its own in Rust.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Type {
    /// The schema that it comes from.
    pub path: SpecPath,
    /// What it is named after.
    pub origin: Origin,
    /// Title and description, Markdown.
    #[serde(skip_serializing_if = "Docs::is_empty")]
    pub docs: Docs,
    /// Whether the document advises against it.
    #[serde(skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// What it is.
    pub shape: Shape,
}

/// What a type is named after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Origin {
    /// A component schema, by its key.
    Component(String),
    /// A schema inside another type.
    Member {
        /// The type that it stands in.
        parent: TypeId,
        /// The property's name, or another word for its role.
        role: String,
    },
    /// A schema inside an operation.
    Part {
        /// The operation's id.
        operation: String,
        /// `request`, `response`, or a parameter's name.
        role: String,
    },
}

/// What a named type is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Shape {
    /// A JSON object with declared properties.
    Object(Object),
    /// A closed list of strings or integers, read as an open one.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// Another name for a type that needs no declaration of its own.
    Alias(TypeRef),
}

/// A JSON object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Object {
    /// The properties, in document order.
    pub fields: Vec<Field>,
    /// The type of the properties that are not declared, where the schema gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rest: Option<TypeRef>,
}

/// A property.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// The property's schema.
    pub path: SpecPath,
    /// The property's name on the wire.
    pub wire: String,
    /// Title and description.
    #[serde(skip_serializing_if = "Docs::is_empty")]
    pub docs: Docs,
    /// Its type, null aside.
    pub ty: TypeRef,
    /// Whether it must be there.
    pub presence: Presence,
    /// Whether it may be null.
    #[serde(skip_serializing_if = "is_false")]
    pub nullable: bool,
    /// Who may send it.
    pub access: Access,
    /// Whether the document advises against it.
    #[serde(skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// What the service takes where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Values it must match, if it is a string with a pattern.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
}

/// Whether a part must be there; apart from whether it may be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Presence {
    /// It must be there.
    Required,
    /// It may be left out.
    Optional,
}

/// Which way a property travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Access {
    /// In requests and responses.
    Both,
    /// Only in responses.
    ReadOnly,
    /// Only in requests.
    WriteOnly,
}

/// A list of values.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Enum {
    /// Strings, in document order.
    Text(Vec<EnumValue<String>>),
    /// Integers, in document order.
    Integer(Vec<EnumValue<i64>>),
}

/// One value of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnumValue<T> {
    /// Where it stands.
    pub path: SpecPath,
    /// The value on the wire.
    pub value: T,
    /// What it means, where the document says so.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// One of several types.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Union {
    /// The types, in document order.
    pub variants: Vec<Variant>,
    /// How to tell them apart.
    pub select: Select,
}

impl Union {
    /// Whether a value of the tag means more than one variant.
    pub fn shares_tags(&self) -> bool {
        let mut seen = std::collections::HashSet::new();
        let mut tags = self.variants.iter().flat_map(|variant| &variant.tags);
        !tags.all(|tag| seen.insert(tag))
    }
}

/// How the variants of a union are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Select {
    /// By a string property whose values the variants share out; see [`Variant::tags`]. Where a value means several variants,
    /// what a value has a place in decides, in their order.
    Tag {
        /// The property's name on the wire.
        property: String,
        /// Whether the document says so, or this was inferred from the properties' allowed values.
        inferred: bool,
    },
    /// By the JSON type and by required properties; see [`Variant::when`].
    Shape,
}

/// One type of a union.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variant {
    /// Where it stands.
    pub path: SpecPath,
    /// The type.
    pub ty: TypeRef,
    /// The tag values that mean this variant; with [`Select::Shape`], none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Whether the type does not hold the tag, so that it is written beside the type's members.
    #[serde(skip_serializing_if = "is_false")]
    pub lacks_tag: bool,
    /// What a value must look like to be tried as this variant, with [`Select::Shape`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
}

/// What a JSON value looks like from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum When {
    /// Any value.
    Any,
    /// `true` or `false`.
    Bool,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// A string.
    Text,
    /// A list.
    List,
    /// An object that has all these properties.
    Object {
        /// Wire names, sorted.
        with: Vec<String>,
    },
}

/// The use of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum TypeRef {
    /// `true` or `false`.
    Bool,
    /// A signed 32-bit number.
    Int32,
    /// A signed 64-bit number.
    Int64,
    /// An unsigned 64-bit number.
    Uint64,
    /// A double precision number.
    Float,
    /// Any text.
    Text,
    /// An RFC 3339 date and time.
    DateTime,
    /// An RFC 3339 full date.
    Date,
    /// An RFC 4122 UUID.
    Uuid,
    /// Bytes in base64.
    Base64,
    /// Bytes as they are: only for whole bodies and parts of them.
    Binary,
    /// Any JSON value.
    Json,
    /// A list.
    List(Box<TypeRef>),
    /// A list of exactly so many values, each of a type of its own, none of which has a name.
    Tuple(Vec<TypeRef>),
    /// An object whose keys are data.
    Map(Box<TypeRef>),
    /// A value that may be null, inside a list or a map.
    Nullable(Box<TypeRef>),
    /// A type with a name.
    Named(TypeId),
    /// A type that the config names in place of the schema's own.
    Own(String),
}

impl TypeRef {
    /// Whether it is a string in JSON, with or without a format.
    pub fn is_text(&self) -> bool {
        matches!(
            self,
            Self::Text | Self::DateTime | Self::Date | Self::Uuid | Self::Base64 | Self::Binary
        )
    }

    /// The named types that stand in this use, outermost first.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            _ => None,
        }
    }
}
