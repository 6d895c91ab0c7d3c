//! What a name looks like where it stands: its case, what it begins with, and which names are taken there.

use super::settle::Name;
use super::words::Words;

/// What a name is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A type in `types`.
    Type,
    /// A variant of an enum or union.
    Variant,
    /// A field of a struct, and its setter.
    Field,
    /// An argument or a setter of a request.
    Parameter,
    /// A method of a group's handle, and its module.
    Operation,
    /// The type of a request, or of its answer.
    Request,
    /// A method of the client, and its module.
    Group,
    /// The type of a group's handle.
    Handle,
    /// A constructor of the client's credentials.
    Credentials,
}

/// The types, traits and variants that stand in every Rust module without being asked for (`std::prelude`, edition 2024), with the
/// derived traits of every type, and the types that they are most easily taken for.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

impl Form {
    /// The name that these words make here.
    pub(super) fn name(self, words: &Words) -> Name {
        let mut words = if words.begins_with_digit() {
            self.without_digit_in_front(words)
        } else {
            words.clone()
        };
        let mut text = self.text(&words);
        if let Some(suffix) = self.suffix_of_reserved(&text) {
            words = words.and(suffix);
            text = self.text(&words);
        }
        Name { text, words }
    }

    /// The words in this case.
    fn text(self, words: &Words) -> String {
        match self {
            Self::Type | Self::Variant | Self::Request | Self::Handle => {
                shortened(words.pascal(), LONGEST, "X")
            }
            Self::Field | Self::Parameter | Self::Operation | Self::Group | Self::Credentials => {
                shortened(words.snake(), LONGEST, "_x")
            }
        }
    }

    /// `2fa` as the variant `V2fa`, the type `Type2fa`, the field `field_2fa`.
    fn without_digit_in_front(self, words: &Words) -> Words {
        match self {
            Self::Type => words.glued_to("type"),
            Self::Variant => words.glued_to("v"),
            Self::Field => words.after("field"),
            Self::Parameter => words.after("parameter"),
            Self::Operation => words.after("operation"),
            Self::Request => words.glued_to("operation"),
            Self::Group => words.after("group"),
            Self::Handle => words.glued_to("group"),
            Self::Credentials => words.after("key"),
        }
    }

    /// What stands behind a name that means something else here.
    fn suffix_of_reserved(self, text: &str) -> Option<&'static str> {
        match self {
            // A type called `New` would have a constructor of its own name.
            Self::Type => (text == "New" || PRELUDE.contains(&text)).then_some("type"),
            // Every open enum and union has this variant for what it does not know.
            Self::Variant => (text == "Unknown").then_some("value"),
            // The constructor, and methods that any value has.
            Self::Field => matches!(
                text,
                "new" | "from_response" | "clone" | "into" | "try_into"
            )
            .then_some("field"),
            // The fields and methods of every request.
            Self::Parameter => matches!(
                text,
                "body"
                    | "client"
                    | "core"
                    | "new"
                    | "send"
                    | "clone"
                    | "into"
                    | "into_future"
                    | "try_into"
            )
            .then_some("parameter"),
            Self::Operation => matches!(
                text,
                "client" | "core" | "new" | "clone" | "into" | "try_into"
            )
            .then_some("operation"),
            Self::Request => PRELUDE.contains(&text).then_some("operation"),
            // Methods of the client, and the module of shared parameters.
            Self::Group => matches!(
                text,
                "builder"
                    | "core"
                    | "from_core"
                    | "parameters"
                    | "revoke_token"
                    | "untyped"
                    | "new"
                    | "clone"
                    | "into"
                    | "try_into"
            )
            .then_some("group"),
            Self::Handle => PRELUDE.contains(&text).then_some("group"),
            // What the runtime has, whether this service uses it or not.
            Self::Credentials => matches!(
                text,
                "access_token"
                    | "basic"
                    | "bearer"
                    | "digest"
                    | "password"
                    | "refresh_token"
                    | "service_account"
                    | "and"
                    | "find"
                    | "from"
                    | "from_env"
                    | "passed_over"
                    | "source"
                    | "clone"
                    | "fmt"
                    | "into"
                    | "try_into"
            )
            .then_some("key"),
        }
    }
}

/// The longest name, in bytes: rustdoc writes a file for every type, and file systems take 255 bytes with what stands around it.
const LONGEST: usize = 180;

/// The longest name of a module, of which a path has several.
const LONGEST_MODULE: usize = 100;

/// A name that is not too long; a hash of the rest, behind `mark`, tells it from others that begin so.
fn shortened(name: String, longest: usize, mark: &str) -> String {
    match name.get(..longest) {
        Some(start) if name.len() > longest => {
            let hash = super::symbols::hash(&name);
            let hash = hash.trim_start_matches('x');
            format!("{}{mark}{hash}", start.trim_end_matches('_'))
        }
        _ => name,
    }
}

/// The name of a module, which is that of a file too: no `mod.rs`, no name that Windows keeps for devices, and not longer than
/// file systems take. Nor the runtime's name, which the code beside the module means.
pub(super) fn module(words: &Words) -> String {
    let name = words.snake();
    let is_device = matches!(name.as_str(), "con" | "prn" | "aux" | "nul")
        || ["com", "lpt"].iter().any(|port| {
            name.strip_prefix(port).is_some_and(|number| {
                number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit())
            })
        });
    if matches!(name.as_str(), "mod" | "client_runtime") || is_device {
        return format!("{name}_");
    }
    shortened(name, LONGEST_MODULE, "_x")
}

/// The name of a Cargo feature. `default` and the names of the client's own features are taken.
pub(super) fn feature(words: &Words) -> String {
    let name = words.kebab();
    match name.as_str() {
        "default" | "full" | "std" | "reqwest" | "client-runtime" | "chrono" | "jiff" | "time"
        | "uuid" | "tracing" => {
            format!("{name}-group")
        }
        _ => name,
    }
}
