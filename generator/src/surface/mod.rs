//! The crate to be, as data: every decision is made, nothing is spelled yet.
//!
//! `emit` turns it into Rust and `render` into the files around it; neither decides anything. Lists are in the order
//! in which they are written.

mod exports;
mod operation;
mod security;
mod types;

use std::borrow::Cow;

use serde::Serialize;

use crate::diag::hides_in_prose;

pub use crate::names::Ident;
pub use crate::wire::{
    Encoding, EncodingWay, ErrorMembers, Method, NextPage, PageRule, Pattern, Sequence,
    ServerTemplate, ServerVariable, Style, Waiting,
};
pub use exports::Exports;
pub use operation::{
    Answer, AnswerVariant, BodyKind, ExampleValue, Group, Input, Operation, OperationWire, Target,
    Waiter, Way,
};
pub use security::{Constructor, How, SchemeKind, SecurityScheme};
pub use types::{
    Common, Conversion, EnumVariant, Field, FieldConversion, FieldPresence, Item, PageItems, Rest,
    RustType, Select, Struct, TypeFile, TypeItem, Union, UnionVariant, VariantWhen,
};

/// A crate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Crate {
    /// What goes into its manifest.
    pub package: Package,
    /// The API's title and description, for the crate's front page.
    pub docs: DocLines,
    /// The API's title, on one line.
    pub title: String,
    /// The API's version, on one line.
    pub api_version: String,
    /// One feature for each group, sorted by name; all are on by default.
    pub features: Vec<Feature>,
    /// What the client knows of the service.
    pub service: Service,
    /// The servers that it knows besides the base URL.
    #[serde(skip_serializing_if = "Servers::is_empty")]
    pub servers: Servers,
    /// The type of error bodies; none where the document's errors share no schema.
    pub error: Option<Ident>,
    /// The files of types, sorted by module.
    pub types: Vec<TypeFile>,
    /// The optional parameters that several operations take from one place in the document, sorted by name.
    pub parameters: Vec<Input>,
    /// The groups of operations, sorted by module.
    pub groups: Vec<Group>,
}

impl Crate {
    /// Whether an answer is one of events, and whether one is one of JSON texts.
    pub fn sequences(&self) -> (bool, bool) {
        let operations = self.groups.iter().flat_map(|group| &group.operations);
        let found = operations.flat_map(|operation| {
            let answer = match &operation.answer {
                Answer::Sequence(sequence, _) => Some(sequence),
                _ => None,
            };
            let ways = operation.ways.iter().filter_map(|way| way.parts.as_ref());
            answer.into_iter().chain(ways.map(|(sequence, _)| sequence))
        });
        found.fold((false, false), |(events, lines), sequence| {
            let is_events = sequence.is_events();
            (events || is_events, lines || !is_events)
        })
    }
}

/// The servers that a client knows besides its base URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Servers {
    /// The document's own, where its URL has variables or no host.
    pub root: Option<ServerTemplate>,
    /// Those of single operations, sorted by URL.
    pub own: Vec<ServerTemplate>,
    /// What there is to say of them where a client is begun.
    pub docs: DocLines,
}

impl Servers {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.root.is_none() && self.own.is_empty()
    }
}

/// What goes into a manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Package {
    /// With hyphens, as in `Cargo.toml`.
    pub name: String,
    /// The same as a path in code, with underscores.
    pub library: Ident,
    /// The package's own version.
    pub version: String,
    /// One sentence.
    pub description: String,
    /// SPDX, where the config gives it.
    pub license: Option<String>,
    /// The runtime that it depends on.
    pub runtime: Runtime,
    /// Whether the manifest says that it is a workspace of its own, so that the crate builds wherever it lies.
    pub standalone: bool,
    /// Whether `cargo publish` may take it.
    pub publish: bool,
    /// The command that writes it again.
    pub command: String,
    /// What else the crate depends on, sorted by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<Dependency>,
}

/// A package that a crate depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dependency {
    /// Cargo's name.
    pub name: String,
    /// Which versions will do.
    pub version: Option<String>,
    /// Where it lies, relative to the manifest.
    pub path: Option<String>,
    /// The features that are on.
    pub features: Vec<String>,
    /// Whether those are on that are by default, where that is said.
    pub default_features: Option<bool>,
}

/// Where the runtime is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Runtime {
    /// A copy in `runtime/` beside the manifest.
    Copied,
    /// A path to a crate that lies elsewhere, relative to the manifest.
    Path(String),
    /// A version of a published crate.
    Version(String),
}

/// Lines of Markdown that are safe in a doc comment; an empty line parts paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DocLines(pub Vec<String>);

impl DocLines {
    /// The lines as they can't end the comment that they stand in, and show no other text than they hold: rustc refuses characters that
    /// turn the direction of text in comments.
    pub fn in_comments(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let lines = self.0.iter().flat_map(|line| line.split(['\n', '\r']));
        lines.map(|line| match line.contains(hides_in_prose) {
            true => Cow::Owned(line.replace(hides_in_prose, "")),
            false => Cow::Borrowed(line),
        })
    }
}

/// A Cargo feature.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Feature(pub String);

/// What the client knows of the service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Service {
    /// The first server's URL; none where the document gives no absolute one.
    pub base_url: Option<String>,
    /// Where OAuth tokens are fetched: a path below the base URL, or an absolute URL where it is another origin.
    pub token_url: Option<String>,
    /// Where refresh tokens are used, in the same way; none where that is where tokens are fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_url: Option<String>,
    /// Where OAuth tokens are revoked, in the same way.
    pub revoke_url: Option<String>,
    /// The security schemes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schemes: Vec<SecurityScheme>,
    /// What an operation wants that says nothing of its own: alternatives of schemes that go together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub security: Vec<Vec<String>>,
    /// How callers say who they are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub constructors: Vec<Constructor>,
    /// Whether the service knows callers by their TLS certificates.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub mutual_tls: bool,
    /// How bodies are wrapped on demand.
    pub envelope: Option<Envelope>,
    /// JSON pointers into error bodies.
    pub error_members: ErrorMembers,
    /// The headers of an answer that the service's support asks for.
    pub trace_headers: Vec<String>,
    /// What every service account's id begins with.
    pub client_id_prefix: Option<String>,
    /// The environment variables that hold credentials.
    pub environment: SettingNames,
    /// The profiles of another program, which credentials may come from.
    pub profiles: Option<Profiles>,
}

/// How the service wraps a body on demand: `{"status": …, "content": …}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Envelope {
    /// The query parameter that asks for it.
    pub parameter: String,
    /// The member with the status.
    pub status: String,
    /// The member with the body.
    pub content: String,
}

/// A file of profiles that another program of the service keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Profiles {
    /// The program's folder in the user's folder for configurations.
    pub folder: String,
    /// The file in it.
    pub file: String,
    /// The environment variables that name the profile.
    pub variables: Vec<String>,
    /// The profile that counts where none is named.
    pub default: String,
    /// The keys of a profile.
    pub keys: SettingNames,
    /// The key that says which of several services a profile is for.
    pub service: Option<String>,
    /// The values of that key with their base URLs, sorted; an empty one for the usual one.
    pub services: Vec<(String, String)>,
}

impl SettingNames {
    /// Every name.
    pub fn all(&self) -> impl Iterator<Item = &String> {
        let Self {
            access_token,
            client_id,
            client_secret,
            public_key,
            private_key,
            base_url,
        } = self;
        let lists = [
            access_token,
            client_id,
            client_secret,
            public_key,
            private_key,
            base_url,
        ];
        lists.into_iter().flatten()
    }
}

/// Names of environment variables, or of keys; the first that is set wins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SettingNames {
    /// A bearer token.
    pub access_token: Vec<String>,
    /// A service account's id.
    pub client_id: Vec<String>,
    /// A service account's secret.
    pub client_secret: Vec<String>,
    /// An API key's public part: the digest user.
    pub public_key: Vec<String>,
    /// An API key's private part: the digest password.
    pub private_key: Vec<String>,
    /// The base URL.
    pub base_url: Vec<String>,
}

/// Under which features an item is there; none means always.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Gate(pub Vec<Feature>);

/// A file of the crate, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Relative to the crate's folder, with `/`.
    pub path: String,
    /// Its text, which ends in a line feed.
    pub text: String,
}
