//! Types, in the files of `types/`.

use serde::Serialize;

use super::{DocLines, Gate, Ident};
use crate::diag::SpecPath;

/// A file of `types/`: a type, its form for requests, and the types of the schemas inside its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TypeFile {
    /// The file's name.
    pub module: Ident,
    /// Under which features its types are there.
    pub gate: Gate,
    /// Its types, of which there is at least one, in the order in which they are written.
    pub types: Vec<TypeItem>,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TypeItem {
    /// Its name.
    pub ident: Ident,
    /// The schema that it comes from.
    pub path: SpecPath,
    /// Its documentation.
    pub docs: DocLines,
    /// The paths of the derive macros that the config asks for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub derives: Vec<String>,
    /// What it is.
    pub item: Item,
}

/// What a type is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Item {
    /// A JSON object.
    Struct(Struct),
    /// A list of strings.
    TextEnum(Vec<EnumVariant<String>>),
    /// A list of integers.
    IntegerEnum(Vec<EnumVariant<i64>>),
    /// One of several types.
    Union(Union),
    /// Another name.
    Alias(RustType),
}

/// A JSON object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Struct {
    /// The declared properties, in document order. `new` takes the required ones in this order.
    pub fields: Vec<Field>,
    /// The properties that are not declared.
    pub rest: Option<Rest>,
    /// Whether the optional fields have setters: requests use it.
    pub setters: bool,
    /// The type with read-only members that this one can be made from.
    pub conversion: Option<Conversion>,
    /// The list in it, where it is a page of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<PageItems>,
}

/// The elements of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageItems {
    /// The field with the list.
    pub ident: Ident,
    /// The type of an element.
    pub ty: RustType,
}

/// A property.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// Its name.
    pub ident: Ident,
    /// The property's schema.
    pub path: SpecPath,
    /// Its documentation.
    pub docs: DocLines,
    /// Its name on the wire.
    pub wire: String,
    /// The type of a value that is there: without the `Option` or `Patch` that `presence` adds.
    pub ty: RustType,
    /// When it is there.
    pub presence: FieldPresence,
}

/// When a property is there, and what its field's type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum FieldPresence {
    /// Always: `T`.
    Required,
    /// Left out when `None`: `Option<T>`.
    Optional,
    /// Always, and null when `None`: `Option<T>`.
    Nullable,
    /// Left out, null or a value: `Patch<T>`.
    Patch,
}

/// The properties that are not declared: `BTreeMap<String, T>`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rest {
    /// The field's name.
    pub ident: Ident,
    /// The type of the values.
    pub ty: RustType,
}

/// `From<source>`: what a response brought, as a request.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conversion {
    /// The type with the read-only members.
    pub source: Ident,
    /// For each field of this struct, in order, how it comes from the source's field of that name.
    pub fields: Vec<FieldConversion>,
}

/// How a field comes from its like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum FieldConversion {
    /// As it is.
    Move,
    /// By `Into`, inside as many wrappers (`Option`, `Patch`, `Vec`, maps, `Box`) as the field's type has.
    Into,
    /// Taken as an argument: the response never brings it.
    Argument,
    /// Left out: the response never brings it, and the request does not need it.
    Unset,
}

/// A value of an open enum.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EnumVariant<T> {
    /// Its name.
    pub ident: Ident,
    /// Its value on the wire.
    pub wire: T,
    /// Its documentation.
    pub docs: DocLines,
}

/// One of several types. There is always an `Unknown(Value)` beside the variants.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Union {
    /// How the variants are told apart.
    pub select: Select,
    /// In the order in which they are tried.
    pub variants: Vec<UnionVariant>,
    /// The fields that all variants have.
    pub common: Vec<Common>,
    /// The union with read-only members, variant for variant, that this one can be made from.
    pub conversion: Option<Ident>,
}

/// A field that all variants of a union have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Common {
    /// Its name.
    pub ident: Ident,
    /// The type of a value that is there.
    pub ty: RustType,
    /// Whether it may be missing.
    pub is_optional: bool,
}

/// How the variants of a union are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Select {
    /// By a string property, named as on the wire.
    Tag(String),
    /// By a string property, some of whose values mean several variants; of these the first that has a place for every member.
    TagThenShape(String),
    /// By what the value looks like.
    Shape,
}

/// One type of a union.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnionVariant {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: DocLines,
    /// What it holds.
    pub ty: RustType,
    /// When it is chosen.
    pub when: VariantWhen,
}

/// When a variant is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum VariantWhen {
    /// The tag has one of these values.
    Tags(Vec<String>),
    /// The same, and the type does not hold the tag: the union writes the first of them.
    WrittenTags(Vec<String>),
    /// Any value, if it decodes.
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
    /// An object with all these properties.
    Object(Vec<String>),
}

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum RustType {
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u64`
    U64,
    /// `f64`
    F64,
    /// `String`
    String,
    /// The runtime's `Timestamp`
    Timestamp,
    /// The runtime's `Date`
    Date,
    /// The runtime's `Uuid`
    Uuid,
    /// The runtime's `Base64`
    Base64,
    /// The runtime's `FilePart`
    FilePart,
    /// The runtime's `Upload`: bytes to send, in memory or read as they go out
    Upload,
    /// The runtime's `Value`: any JSON
    Json,
    /// `Vec<T>`
    Vec(Box<RustType>),
    /// `(A, B)`
    Tuple(Vec<RustType>),
    /// `BTreeMap<String, T>`
    Map(Box<RustType>),
    /// `Option<T>`
    Option(Box<RustType>),
    /// `Box<T>`
    Box(Box<RustType>),
    /// A type of this crate
    Named(Ident),
    /// The runtime's `Own` around a type of the user's, whose path this is
    Own(String),
}
