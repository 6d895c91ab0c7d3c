//! The options as the stages see them: plain typed data, pointers parsed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::calls::{Operations, Paging, Waiter};
use super::profiles::Profiles;
use super::selection::Selection;
use super::types::Types;
use crate::diag::{Place, SpecPath};

/// Everything that the user can set. Made by [`Config::load`] or [`Config::for_spec`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The config file itself, as the user named it; none without one.
    pub file: Option<PathBuf>,
    /// The document to read. A relative path in the file counts from the file's folder.
    pub spec: PathBuf,
    /// Files that change the document before it is looked at (OpenAPI Overlay Specification), in order. They change the root file:
    /// an overlay extends one document, and its `$` is the root of that; files that it refers to stay as they are.
    pub overlays: Vec<PathBuf>,
    /// The folder to write; none: a folder named like the package, where the command runs.
    pub output: Option<PathBuf>,
    /// The command that headers name.
    pub command: String,
    /// What goes into the manifest.
    pub package: Package,
    /// How things are named.
    pub names: Names,
    /// The operations that are emitted; all, where nothing is named.
    pub include: Selection,
    /// Those among them that are not.
    pub exclude: Selection,
    /// Which of several dated versions counts, and which others are emitted beside it.
    pub versions: Versions,
    /// Which schemas become types, and exceptions to what the document says of them.
    pub schemas: Schemas,
    /// Types of the user's own, and what emitted ones derive.
    pub types: Types,
    /// Where an error body keeps what.
    pub errors: Errors,
    /// A wrapper around every answer that a query parameter asks for.
    pub envelope: Option<Envelope>,
    /// What the document does not say of OAuth.
    pub oauth: OAuth,
    /// The environment variables that credentials come from.
    pub environment: Environment,
    /// The profiles of another program, which credentials may come from.
    pub profiles: Option<Profiles>,
    /// Which operations may be repeated.
    pub operations: Operations,
    /// How lists are paged.
    pub paging: Paging,
    /// What callers can wait for, by the name of the method that makes the waiter.
    pub waiters: BTreeMap<String, Waiter>,
    /// What documentation shows besides the document's own words.
    pub docs: Docs,
    /// How large a document and its crate may be.
    pub limits: Limits,
    /// Where each entry stands in the file, for messages, by its dotted key (`names.pins."#/…"` is `names.pins.#/…`).
    pub spots: BTreeMap<String, Spot>,
}

impl Config {
    /// The defaults for a document: every option may be left out.
    pub fn for_spec(spec: &Path) -> Self {
        Self {
            spec: spec.to_path_buf(),
            command: command_with("--spec", spec),
            ..Self::default()
        }
    }

    /// Where an entry stands in the config file, by its dotted key.
    pub fn place(&self, key: &str) -> Place {
        let file = self.file.as_ref().map(|file| file.display().to_string());
        match (file, self.spots.get(key)) {
            (Some(file), Some(&Spot { line, column })) => Place::File { file, line, column },
            (Some(file), None) => Place::WholeFile(file),
            (None, _) => Place::Nowhere,
        }
    }

    /// Every entry that names a place in the document, with its dotted key.
    pub fn pointers(&self) -> impl Iterator<Item = (String, &SpecPath)> {
        let pins = self
            .names
            .pins
            .keys()
            .map(|path| (format!("names.pins.{path}"), path));
        let any = self
            .schemas
            .any
            .iter()
            .map(|path| (format!("schemas.any.{path}"), path));
        let optional = self
            .schemas
            .optional
            .iter()
            .map(|path| (format!("schemas.optional.{path}"), path));
        let replace = self.types.replace.keys();
        let replace = replace.map(|path| (format!("types.replace.{path}"), path));
        let derive = self.types.derive.keys();
        let derive = derive.map(|path| (format!("types.derive.{path}"), path));
        pins.chain(any).chain(optional).chain(replace).chain(derive)
    }
}

/// The command that writes a crate again, with the file that names it. Only the file's own name stands there: the folders before
/// it differ from machine to machine.
pub(super) fn command_with(flag: &str, file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    format!("atlas-codegen generate {flag} {name}")
}

/// A place in the config file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// What goes into the manifest of the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Cargo's name; none: the API's title in kebab case, ending in `-client`.
    pub name: Option<String>,
    /// The package's own version, SemVer.
    pub version: String,
    /// One sentence; none: made from the API's title.
    pub description: Option<String>,
    /// An SPDX expression.
    pub license: Option<String>,
    /// Whether `cargo publish` may take it.
    pub publish: bool,
    /// Whether the manifest has a `[workspace]` of its own, so that the crate builds wherever it lies.
    pub standalone: bool,
    /// Whether a changed surface is told of in the crate's `CHANGELOG.md`.
    pub changelog: bool,
    /// Where the runtime comes from.
    pub runtime: Runtime,
}

impl Default for Package {
    fn default() -> Self {
        Self {
            name: None,
            version: "0.1.0".to_owned(),
            description: None,
            license: None,
            publish: false,
            standalone: true,
            changelog: true,
            runtime: Runtime::Copied,
        }
    }
}

/// Where the runtime comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Runtime {
    /// A copy in `runtime/` beside the manifest.
    #[default]
    Copied,
    /// A path, relative to the output folder.
    Path(String),
    /// A version of a published crate.
    Version(String),
}

/// How things are named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Spellings that are one word in case conversion, such as `MongoDB`.
    pub words: Vec<String>,
    /// An extension whose value takes the place of the operationId.
    pub operation_ids: Option<String>,
    /// Rust names by the place of a schema, property, operation, enum value or tag.
    pub pins: BTreeMap<SpecPath, String>,
}

/// Which of several dated versions counts, and which others are emitted beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// The newest version that is not later than this; none: the newest.
    pub pin: Option<String>,
    /// What becomes of preview versions.
    pub preview: Preview,
    /// Which older versions become operations of their own.
    pub older: Older,
}

/// What becomes of versions that are not stable: previews, and those that are announced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preview {
    /// They count where an operation has no stable version.
    #[default]
    Fallback,
    /// They become operations of their own, beside the stable ones.
    Beside,
    /// They count as the newest version.
    Preferred,
}

/// Which older versions become operations of their own, beside the one that counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Older {
    /// None.
    #[default]
    None,
    /// Every stable one that is older than the one that counts.
    All,
    /// Those of these dates, `YYYY-MM-DD`.
    Listed(BTreeSet<String>),
}

/// Which schemas become types, and exceptions to what the document says of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schemas {
    /// Whether schemas that no operation reaches become types too.
    pub emit_all: bool,
    /// Schemas typed as any JSON.
    pub any: BTreeSet<SpecPath>,
    /// Properties that the document requires, yet the service does not always send.
    pub optional: BTreeSet<SpecPath>,
}

/// JSON pointers (RFC 6901) into an error body; none: found by shape.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors {
    /// To the code that programs compare.
    pub code: Option<String>,
    /// To the sentence that people read.
    pub detail: Option<String>,
    /// To the list of faulty fields.
    pub fields: Option<String>,
    /// From an element of that list to the field's name.
    pub field_name: Option<String>,
    /// From an element of that list to what is wrong.
    pub field_detail: Option<String>,
    /// To the seconds to wait, in the body of a 429.
    pub retry_after: Option<String>,
    /// The headers of an answer that the service's support asks for; these are names, not pointers.
    pub trace_headers: Vec<String>,
}

/// A wrapper around every answer that a query parameter asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The query parameter.
    pub parameter: String,
    /// The member with the status.
    pub status: String,
    /// The member with the body.
    pub content: String,
}

/// What the document does not say of OAuth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OAuth {
    /// Where a token is given back (RFC 7009): a path below the base URL, or an absolute URL.
    pub revoke_url: Option<String>,
    /// What every client id begins with, so that one in another's place is seen.
    pub client_id_prefix: Option<String>,
}

/// The environment variables that credentials come from, the first that is set counts; none: names made from the package's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// A bearer token.
    pub access_token: Option<Vec<String>>,
    /// The id of a service account.
    pub client_id: Option<Vec<String>>,
    /// The secret of a service account.
    pub client_secret: Option<Vec<String>>,
    /// The public part of an API key.
    pub public_key: Option<Vec<String>>,
    /// The private part of an API key.
    pub private_key: Option<Vec<String>>,
    /// The base URL.
    pub base_url: Option<Vec<String>>,
}

/// What documentation shows besides the document's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// An extension of operations that lists the roles a caller needs; none: any whose name has the word `roles` in it.
    pub roles: Option<String>,
}

/// How large a document and its crate may be. What is over a limit is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file.
    pub bytes: usize,
    /// Mappings and lists inside one another; at most [`Limits::MAX_DEPTH`].
    pub depth: usize,
    /// Values in one file, aliases expanded.
    pub nodes: usize,
    /// Values that aliases may add beyond what the file's length could hold.
    pub aliases: usize,
    /// Files that the document may consist of.
    pub files: usize,
    /// Bytes of all files of the crate.
    pub output_bytes: usize,
    /// Files of the crate.
    pub output_files: usize,
}

impl Limits {
    /// The depth at which the parsers themselves refuse.
    pub const MAX_DEPTH: usize = 126;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            depth: Self::MAX_DEPTH,
            nodes: 5_000_000,
            aliases: 100_000,
            files: 10_000,
            output_bytes: 512 << 20,
            output_files: 200_000,
        }
    }
}
