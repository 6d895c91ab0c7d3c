//! Groups of operations, each a folder in `operations/`.

use serde::Serialize;

use super::{
    DocLines, Encoding, Feature, Ident, Method, PageRule, Pattern, RustType, Sequence, Style,
    Waiting,
};
use crate::diag::SpecPath;

/// A group of operations: a folder in `operations/`, a feature, and a handle of the client.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// The handle's type, such as `MongodbCloudUsers`.
    pub ident: Ident,
    /// The folder, and the method of the client that gives the handle.
    pub module: Ident,
    /// Its documentation.
    pub docs: DocLines,
    /// Its feature.
    pub feature: Feature,
    /// Its operations, sorted by module.
    pub operations: Vec<Operation>,
}

/// An operation: one file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Operation {
    /// The operation object.
    pub path: SpecPath,
    /// Its file, and the method of its group's handle.
    pub module: Ident,
    /// The request's type, such as `CreateOrgUser`.
    pub request: Ident,
    /// The static table, such as `CREATE_ORG_USER`.
    pub table: Ident,
    /// Its documentation, without the example.
    pub docs: DocLines,
    /// The note of `#[deprecated]`.
    pub deprecated: Option<String>,
    /// The day from which the service may no longer offer it, `YYYY-MM-DD`, where the document names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sunset: Option<String>,
    /// How it stands on the wire.
    pub wire: OperationWire,
    /// What must be given, in the order in which it is given; the body is last.
    pub arguments: Vec<Input>,
    /// What may be given and is described in [`Crate::parameters`](super::Crate::parameters), by name, in document order.
    pub shared: Vec<Ident>,
    /// What else may be given, in document order; the body is last.
    pub options: Vec<Input>,
    /// What `send` brings.
    pub answer: Answer,
    /// What the request's documentation says of the answer: "201 brings the user."
    pub answer_docs: DocLines,
    /// The other ways to send it, each of which asks for another form of the answer.
    pub ways: Vec<Way>,
    /// The values of the arguments in the example, in order.
    pub example: Vec<ExampleValue>,
    /// What can be waited for with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waiters: Vec<Waiter>,
}

/// A method of a group's handle that waits for a change, by asking an operation again and again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Waiter {
    /// The method.
    pub ident: Ident,
    /// Its documentation.
    pub docs: DocLines,
    /// What it looks at, and when it ends.
    pub waiting: Waiting,
}

/// How an operation stands on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OperationWire {
    /// The document's name for it.
    pub id: String,
    /// The HTTP method.
    pub method: Method,
    /// The path, with each parameter's wire name in braces.
    pub template: String,
    /// Where it is called, if that is not where the rest of the API is: a URL, perhaps with variables.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// The media types that are asked for.
    pub accept: Option<String>,
    /// The media type of the body.
    pub content_type: Option<String>,
    /// What it wants of its callers, where that is not what the service wants in general. Empty: no credentials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security: Option<Vec<Vec<String>>>,
    /// The members of a form or multipart body that are not written in the usual way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub encodings: Vec<Encoding>,
    /// Whether the answer's type is the service's envelope itself, which is not taken off.
    pub enveloped: bool,
    /// Whether a request may be repeated, where the method's own rule is not right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotent: Option<bool>,
    /// How the pages behind the first one are asked for; none where one request brings the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paging: Option<PageRule>,
}

/// Something a caller gives.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Input {
    /// Its name.
    pub ident: Ident,
    /// The parameter or media type object.
    pub path: SpecPath,
    /// Its documentation.
    pub docs: DocLines,
    /// Its type.
    pub ty: RustType,
    /// Where it goes.
    pub target: Target,
}

/// Where an input goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Target {
    /// Into the path, in place of its name in braces.
    Path {
        /// The wire name.
        wire: String,
        /// How lists and objects are written.
        style: Style,
        /// What the value must match, checked before anything is sent.
        pattern: Option<Pattern>,
    },
    /// Into the query.
    Query {
        /// The wire name.
        wire: String,
        /// How lists and objects are written.
        style: Style,
        /// Whether reserved characters stay as they are.
        #[serde(skip_serializing_if = "is_false")]
        reserved: bool,
    },
    /// Into a header.
    Header {
        /// The wire name.
        wire: String,
        /// How lists and objects are written.
        style: Style,
    },
    /// Into the `Cookie` header.
    Cookie {
        /// The wire name.
        wire: String,
        /// How lists and objects are written.
        style: Style,
    },
    /// Into the body.
    Body(BodyKind),
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum BodyKind {
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// As `application/x-www-form-urlencoded`.
    Form,
    /// As `multipart/form-data`.
    Multipart,
    /// As it is.
    Bytes,
}

/// What `send` brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Answer {
    /// Nothing: `()`.
    Empty,
    /// JSON: `T`.
    Json(RustType),
    /// JSON or nothing, by status: `Option<T>`.
    JsonOrEmpty(RustType),
    /// One of several, by status: an enum beside the request.
    ByStatus {
        /// The enum's name.
        ident: Ident,
        /// In order of status; the last may be a range.
        variants: Vec<AnswerVariant>,
    },
    /// Text: `String`.
    Text,
    /// One value after the other: `Events<T>` or `Lines<T>`.
    Sequence(Sequence, RustType),
    /// Anything else, piece by piece: `Download`.
    Stream,
}

/// Another way to send a request, which asks for another form of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The method, such as `send_csv`.
    pub ident: Ident,
    /// What is asked for.
    pub media_type: String,
    /// What the answer is taken apart into; none where it is read piece by piece, as a `Download`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<(Sequence, RustType)>,
}

/// One of several answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerVariant {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: DocLines,
    /// The first status that it stands for.
    pub from: u16,
    /// The last status that it stands for.
    pub to: u16,
    /// The JSON that comes with it; none for no body.
    pub ty: Option<RustType>,
}

/// A value in an example.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum ExampleValue {
    /// `"…"`
    Text(String),
    /// `true`
    Bool(bool),
    /// `1`
    Integer(i64),
    /// `1.5`
    Float(f64),
    /// `vec![…]`
    List(Vec<ExampleValue>),
    /// `Timestamp::from("…")` and its like: a type of the runtime made from text.
    FromText(RustType, String),
    /// `Type::new(…)`
    New(Ident, Vec<ExampleValue>),
    /// `Type::Variant`
    Value(Ident, Ident),
    /// `Type::Variant(…)`
    Variant(Ident, Ident, Box<ExampleValue>),
    /// Nothing short would do: the example takes the value as a parameter of its own.
    Given(RustType),
}

fn is_false(value: &bool) -> bool {
    !value
}
