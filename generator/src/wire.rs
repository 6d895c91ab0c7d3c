//! Words of HTTP and OpenAPI that mean the same in a document, in the model of the API and in the crate to be.

mod media;
mod token;

use serde::Serialize;

pub use media::{body_of, format_of};
pub use token::is_token;

/// An HTTP method (RFC 9110, section 9; `PATCH` is RFC 5789).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Method {
    /// Reads.
    Get,
    /// Replaces; twice is the same as once.
    Put,
    /// Does what the resource does with what it is sent.
    Post,
    /// Removes; twice is the same as once.
    Delete,
    /// Asks what can be done.
    Options,
    /// Reads status and headers alone.
    Head,
    /// Changes a part.
    Patch,
    /// Echoes the request.
    Trace,
}

/// How a parameter's value is written (OpenAPI 3.0.3, Parameter Object, style values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Style {
    /// `?a=1&a=2`: the default in queries and cookies; objects become one parameter a property.
    FormExploded,
    /// `?a=1,2`.
    Form,
    /// `?a=1%202`.
    SpaceDelimited,
    /// `?a=1|2`.
    PipeDelimited,
    /// `?a[b]=1`.
    DeepObject,
    /// `1,2`: the default in paths and headers.
    Simple,
    /// `1,2`, with objects as `k=v`.
    SimpleExploded,
    /// `.1,2`
    Label,
    /// `.1.2`
    LabelExploded,
    /// `;a=1,2`
    Matrix,
    /// `;a=1;a=2`
    MatrixExploded,
    /// The value as JSON: a parameter with `content`.
    Json,
    /// The value as text: a parameter with a `content` of text.
    Text,
}

/// How a member of a form or of a multipart body is written, where that is not the usual way (OpenAPI 3.0.3, Encoding Object).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Encoding {
    /// The member's name on the wire.
    pub name: String,
    /// How the member is written; none where that is the usual way.
    #[serde(flatten)]
    pub way: Option<EncodingWay>,
    /// The headers of the part that always have the same value: name and value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
}

/// The way in which a member is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum EncodingWay {
    /// As a query parameter is.
    Style(Style),
    /// As a query parameter is whose reserved characters stay as they are.
    Reserved(Style),
    /// As something of a media type; of several the document lists all.
    MediaType(String),
}

/// How an answer that goes on is taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Sequence {
    /// Into events whose data is JSON (`text/event-stream`, HTML standard, 9.2).
    Events,
    /// Into events whose data is text.
    TextEvents,
    /// Into events, each an object of the fields that came: `event`, `data`, `id`, `retry`.
    WholeEvents,
    /// Into lines, each a JSON text.
    Lines,
    /// Into JSON texts behind record separators (`application/json-seq`, RFC 7464).
    Records,
}

impl Sequence {
    /// Whether its parts are events.
    pub fn is_events(self) -> bool {
        matches!(self, Self::Events | Self::TextEvents | Self::WholeEvents)
    }
}

/// The URL of a server, with variables in braces (OpenAPI 3.0.3, Server Object).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServerTemplate {
    /// An absolute URL, or a path.
    pub url: String,
    /// Its variables, in document order.
    pub variables: Vec<ServerVariable>,
}

/// A variable in the URL of a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServerVariable {
    /// What stands between the braces.
    pub name: String,
    /// Its value unless a caller says otherwise.
    pub default: String,
    /// The values that it may have; none means any.
    pub values: Vec<String>,
}

/// A whole-string pattern of one character class and a length.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pattern {
    /// Inclusive ranges of characters, in document order.
    pub class: Vec<(char, char)>,
    /// The least number of characters.
    pub min: u32,
    /// The greatest number of characters; none means without limit.
    pub max: Option<u32>,
}

/// JSON pointers into an error body; none where the envelope has no such member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ErrorMembers {
    /// The code that programs match.
    pub code: Option<String>,
    /// The sentence for people.
    pub detail: Option<String>,
    /// The list of fields that were refused.
    pub fields: Option<String>,
    /// In an element of that list, the field's name.
    pub field_name: Option<String>,
    /// In an element of that list, what is wrong with the field.
    pub field_detail: Option<String>,
    /// In the body of a 429, how many seconds to wait.
    pub retry_after: Option<String>,
}

/// How the pages behind the first one of a list are asked for. Members are given by JSON pointers (RFC 6901) into the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageRule {
    /// What leads from one page to the next.
    pub next: NextPage,
    /// The member that says whether there are more pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more: Option<String>,
}

/// What leads from one page to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum NextPage {
    /// A link: a text, or one with the relation `next` in a list of links.
    Link {
        /// The member.
        at: String,
    },
    /// A query parameter that takes a member of the answer.
    Cursor {
        /// The parameter's name.
        parameter: String,
        /// The member.
        at: String,
    },
    /// A query parameter that takes a member of the last element.
    Last {
        /// The parameter's name.
        parameter: String,
        /// The list.
        items: String,
        /// The member of its last element.
        at: String,
    },
    /// A query parameter that takes the number of the page.
    Number {
        /// The parameter's name.
        parameter: String,
        /// The number of the first page.
        first: u32,
    },
    /// A query parameter that takes the number of the elements before.
    Offset {
        /// The parameter's name.
        parameter: String,
    },
}

/// What a wait for a change looks at, and when it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// A JSON pointer (RFC 6901) to the member of the answer that says how far things are.
    pub state: Option<String>,
    /// The states that end it.
    pub done: Vec<String>,
    /// The states that end it with an error.
    pub failed: Vec<String>,
    /// The states that must be left before it can end.
    pub leaving: Vec<String>,
    /// Whether it ends when the answer is 404.
    pub gone: bool,
    /// The pause between two requests, in seconds.
    pub interval: Option<u64>,
    /// How long it may take in all, in seconds.
    pub deadline: Option<u64>,
}
