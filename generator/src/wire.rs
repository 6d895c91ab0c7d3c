//! Words of HTTP and OpenAPI that mean the same in the model of the API and in the crate to be.

use serde::Serialize;

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
}
