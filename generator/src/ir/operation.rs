//! Operations: what a caller can ask for.

use serde::Serialize;
use serde_json::Value;

use super::{Docs, Presence, Requirement, Server, TagId, TypeRef, is_false};
use crate::diag::SpecPath;
use crate::wire::{Encoding, Method, PageRule, Pattern, Sequence, Style, Waiting};

/// Something a caller can ask for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Operation {
    /// The operation object.
    pub path: SpecPath,
    /// The operationId, or a name made from method and path where there is none.
    pub id: String,
    /// The HTTP method.
    pub method: Method,
    /// The path.
    pub template: PathTemplate,
    /// Where it is called, if that is not where the rest of the API is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<Server>,
    /// The first tag: the group that it belongs to.
    pub tag: TagId,
    /// Summary and description.
    #[serde(skip_serializing_if = "Docs::is_empty")]
    pub docs: Docs,
    /// What the document says of why it advises against it, Markdown; empty where it gives no reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// The day from which the service may no longer offer this version (RFC 8594), `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sunset: Option<String>,
    /// Path, query, header and cookie parameters, in document order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// What the caller sends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// The answers that mean success, in order of status.
    pub success: Vec<Answer>,
    /// The answers that mean failure, in order of status.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failure: Vec<Answer>,
    /// The answers that may come before the answer, and mean nothing to a caller (RFC 9110, section 15.2).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub interim: Vec<Answer>,
    /// The dated version that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Whether it stands beside the version that counts, and bears its own version in its name.
    #[serde(skip_serializing_if = "is_false")]
    pub is_beside: bool,
    /// The media type of its body, where it stands beside one that takes a body of another kind, and bears the kind in its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// The other dated versions that the document offers, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_versions: Vec<String>,
    /// Whether a success declares the service's envelope as its body, so that it is not taken off.
    #[serde(skip_serializing_if = "is_false")]
    pub is_enveloped: bool,
    /// Whether it may be repeated, where its method does not say so already (RFC 9110, section 9.2.2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotent: Option<bool>,
    /// How its list comes in pages, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paging: Option<Paging>,
    /// What can be waited for with it, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waiters: Vec<Waiter>,
    /// What it wants of its callers, where that is not what the document asks for in general ([`Api::requirements`](super::Api)):
    /// alternatives, the best first. Empty: no credentials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security: Option<Vec<Requirement>>,
    /// The roles that the caller needs, where the document says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
}

impl Operation {
    /// What tells it from all other operations: its id, and its version and the kind of its body where it stands beside others.
    pub fn key(&self) -> String {
        let mut key = self.id.clone();
        if let (Some(version), true) = (&self.version, self.is_beside) {
            key.push_str(&format!(" {}", version.replace('-', "")));
        }
        if let Some(media_type) = &self.form {
            key.push_str(&format!(" {media_type}"));
        }
        key
    }

    /// Whether it is what its id means, and does not stand beside that.
    pub fn is_main(&self) -> bool {
        !self.is_beside && self.form.is_none()
    }

    /// The types that a success brings.
    pub fn brought(&self) -> impl Iterator<Item = &TypeRef> {
        self.success.iter().flat_map(|answer| {
            let body = answer.body.iter().filter_map(Content::ty);
            let others = answer
                .others
                .iter()
                .filter_map(|other| other.parts.as_ref());
            body.chain(others.map(|(_, ty)| ty))
        })
    }

    /// The forms of success that `Accept` can ask for besides those that come without asking, each once.
    pub fn others(&self) -> Vec<&Representation> {
        let mut others: Vec<&Representation> = Vec::new();
        for other in self.success.iter().flat_map(|answer| &answer.others) {
            let is_known = others
                .iter()
                .any(|known| known.media_type == other.media_type)
                || self
                    .success
                    .iter()
                    .any(|answer| answer.media_type.as_ref() == Some(&other.media_type));
            if !is_known {
                others.push(other);
            }
        }
        others
    }
}

/// How a list comes in pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paging {
    /// The property with the elements; none where the answer is the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<String>,
    /// How the next page is asked for.
    #[serde(flatten)]
    pub rule: PageRule,
}

/// Something that can be waited for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Waiter {
    /// Its name in the config.
    pub name: String,
    /// What it looks at, and when it ends.
    #[serde(flatten)]
    pub waiting: Waiting,
}

/// A path as literal text and parameters. `/teams/{teamId}:addUser` has a literal tail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathTemplate(pub Vec<Segment>);

impl std::fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|segment| match segment {
            Segment::Text(text) => f.write_str(text),
            Segment::Parameter(name) => write!(f, "{{{name}}}"),
        })
    }
}

/// A piece of a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Segment {
    /// Literal text, with its slashes.
    Text(String),
    /// The name of a path parameter.
    Parameter(String),
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// The parameter object.
    pub path: SpecPath,
    /// Its name on the wire.
    pub wire: String,
    /// Where it goes.
    pub location: Location,
    /// Description and examples.
    #[serde(skip_serializing_if = "Docs::is_empty")]
    pub docs: Docs,
    /// Its type.
    pub ty: TypeRef,
    /// Whether it must be given.
    pub presence: Presence,
    /// How lists and objects are written.
    pub style: Style,
    /// Whether reserved characters go into the query as they are.
    #[serde(skip_serializing_if = "is_false")]
    pub reserved: bool,
    /// Whether the document advises against it.
    #[serde(skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// What the service takes where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// A pattern simple enough to be checked before sending.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Pattern>,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Location {
    /// Into the path, in place of `{name}`.
    Path,
    /// Behind the path's `?`.
    Query,
    /// Into a header of its name.
    Header,
    /// Into the `Cookie` header.
    Cookie,
}

/// What a caller sends.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Body {
    /// The media type object.
    pub path: SpecPath,
    /// Description.
    #[serde(skip_serializing_if = "Docs::is_empty")]
    pub docs: Docs,
    /// The media type, as the document writes it.
    pub media_type: String,
    /// Whether it must be sent.
    pub presence: Presence,
    /// What it holds.
    pub content: Content,
    /// The members of a form or multipart body that are not written in the usual way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub encodings: Vec<Encoding>,
    /// The headers of its parts that a caller gives, in document order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub part_headers: Vec<PartHeader>,
}

/// A header of a part of a multipart body (OpenAPI 3.0.3, Encoding Object, `headers`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartHeader {
    /// The header object.
    pub path: SpecPath,
    /// The member of the body whose part has it.
    pub part: String,
    /// Its name.
    pub name: String,
    /// Whether it must be given.
    pub presence: Presence,
}

/// What a body holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Content {
    /// JSON of a type.
    Json(TypeRef),
    /// Text.
    Text,
    /// `application/x-www-form-urlencoded` of a type.
    Form(TypeRef),
    /// `multipart/form-data` of a type.
    Multipart(TypeRef),
    /// Any bytes.
    Bytes,
    /// One value after the other, each of a type: only in answers.
    Sequence(Sequence, TypeRef),
}

impl Content {
    /// Whether it is text or bytes as they are.
    pub fn is_raw(&self) -> bool {
        matches!(self, Self::Text | Self::Bytes)
    }

    /// The type of what it holds, where that is one.
    pub fn ty(&self) -> Option<&TypeRef> {
        match self {
            Self::Json(ty) | Self::Form(ty) | Self::Multipart(ty) | Self::Sequence(_, ty) => {
                Some(ty)
            }
            Self::Text | Self::Bytes => None,
        }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The response object.
    pub path: SpecPath,
    /// For which statuses it stands.
    pub status: Status,
    /// Description.
    pub description: String,
    /// The media type that the document gives it, even where it gives no schema: what `Accept` asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// What its body holds; none for no body, or none that has a type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Content>,
    /// The other forms of the same version that `Accept` can ask for, the best to work with first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Representation>,
}

/// One of several forms of an answer (RFC 9110, section 3.2), such as CSV beside JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Representation {
    /// The media type, as the document writes it.
    pub media_type: String,
    /// Whether it is plain text; else it is bytes, or what `parts` says.
    pub is_text: bool,
    /// What it is taken apart into, where it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<(Sequence, TypeRef)>,
}

/// A status, a range of them (`2XX`), or all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Status {
    /// 100 to 599.
    Code(u16),
    /// The first digit: 1 to 5.
    Range(u8),
    /// All that is not declared.
    Default,
}

impl Status {
    /// Reads the key of a responses object; none if it is not one.
    pub fn parse(key: &str) -> Option<Self> {
        if key == "default" {
            return Some(Self::Default);
        }
        if let Some(digit) = key.strip_suffix("XX").or_else(|| key.strip_suffix("xx")) {
            return digit
                .parse()
                .ok()
                .filter(|digit| (1..=5).contains(digit))
                .map(Self::Range);
        }
        key.parse()
            .ok()
            .filter(|code| (100..=599).contains(code))
            .map(Self::Code)
    }

    /// Whether it means that the request was carried out.
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(code) => (200..=299).contains(&code),
            Self::Range(digit) => digit == 2,
            Self::Default => false,
        }
    }
}
