//! What stands at the crate's root besides its modules.

use super::{Crate, Item, RustType, TypeFile, TypeItem};

/// The names at a crate's root, each list sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exports {
    /// The client and what it is made with.
    pub client: Vec<&'static str>,
    /// What a user of the crate needs of the runtime.
    pub runtime: Vec<&'static str>,
    /// What the crate makes of the runtime's types.
    pub own: Vec<&'static str>,
}

/// What every crate has of the runtime.
const RUNTIME: [&str; 10] = [
    "Base64",
    "Bytes",
    "Date",
    "ErrorKind",
    "Patch",
    "Retry",
    "Timestamp",
    "Upload",
    "Uuid",
    "Value",
];

/// What every crate makes of the runtime's types.
const OWN: [&str; 5] = ["Call", "Download", "Error", "Response", "Waiter"];

impl Crate {
    /// What stands at the root; what only some answers or bodies are made of, where there is one.
    pub fn exports(&self) -> Exports {
        let (has_events, has_lines) = self.sequences();
        let has_files = self.types.iter().any(holds_files);
        let names = |names: &[&'static str], more: &[(bool, &'static str)]| {
            let more = more
                .iter()
                .filter_map(|(is_there, name)| is_there.then_some(*name));
            let mut names: Vec<&str> = names.iter().copied().chain(more).collect();
            names.sort_unstable();
            names
        };
        Exports {
            client: names(&["Client", "Credentials"], &[]),
            runtime: names(&RUNTIME, &[(has_events, "Event"), (has_files, "FilePart")]),
            own: names(&OWN, &[(has_events, "Events"), (has_lines, "Lines")]),
        }
    }
}

/// Whether a member of a type is a file: only then is that of use to anyone.
fn holds_files(file: &TypeFile) -> bool {
    let of_item = |item: &TypeItem| match &item.item {
        Item::Struct(item) => {
            let fields = item.fields.iter().map(|field| &field.ty);
            fields
                .chain(item.rest.as_ref().map(|rest| &rest.ty))
                .any(is_file)
        }
        Item::Union(item) => item.variants.iter().any(|variant| is_file(&variant.ty)),
        Item::Alias(ty) => is_file(ty),
        Item::TextEnum(_) | Item::IntegerEnum(_) => false,
    };
    file.types.iter().any(of_item)
}

fn is_file(ty: &RustType) -> bool {
    match ty {
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Box(inner) => is_file(inner),
        ty => *ty == RustType::FilePart,
    }
}
