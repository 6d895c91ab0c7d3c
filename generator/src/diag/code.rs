//! The kinds of faults.

/// What a fault does to the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A part is left out or typed as JSON; the rest is generated. An error under `--strict`.
    Warning,
    /// Nothing is written.
    Error,
}

impl Severity {
    /// The word that users see.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal $severity:ident,)*) => {
        /// What kind of fault a message is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// The code as users see it and search for it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// What a fault of this kind does to the run.
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)*
                }
            }
        }
    };
}

codes! {
    /// A file could not be read.
    Unreadable = "unreadable" Error,
    /// The text is neither YAML nor JSON.
    Syntax = "syntax" Error,
    /// A mapping has the same key twice.
    DuplicateKey = "duplicate-key" Error,
    /// The document is not OpenAPI 3.0, 3.1 or 3.2.
    NotOpenApi = "not-openapi" Error,
    /// The document's outer structure is wrong.
    Structure = "structure" Error,
    /// The document is over a limit on size, depth or nodes.
    Limit = "limit" Error,
    /// The config is wrong.
    Config = "config" Error,
    /// A file that the generator does not own stands where it would write.
    NotOwned = "not-owned" Error,
    /// The output could not be written.
    Unwritable = "unwritable" Error,
    /// A fault of the generator itself.
    Internal = "internal" Error,
    /// An operation, schema or other part is not what OpenAPI says it is.
    Invalid = "invalid" Warning,
    /// A `$ref` leads nowhere.
    UnresolvedReference = "unresolved-reference" Warning,
    /// Two operations have one operationId.
    DuplicateOperationId = "duplicate-operation-id" Warning,
    /// An operation has no operationId.
    MissingOperationId = "missing-operation-id" Warning,
    /// A path names a parameter that no parameter object defines, or the reverse.
    PathParameter = "path-parameter" Warning,
    /// A requirement names a security scheme that is not declared.
    UndeclaredScheme = "undeclared-scheme" Warning,
    /// Two things would have one Rust name.
    NameCollision = "name-collision" Warning,
    /// Something that OpenAPI allows and this generator does not express.
    Unsupported = "unsupported" Warning,
    /// Two parts of an `allOf` disagree.
    AllOfConflict = "all-of-conflict" Warning,
    /// An operation has ended, or ends soon.
    Sunset = "sunset" Warning,
    /// The variants of a union can't be told apart.
    AmbiguousUnion = "ambiguous-union" Warning,
}
