//! `lib.rs`: the crate's front page, its modules, and what stands at its root.

use super::Fault;
use super::docs::Docs;
use super::source::Source;
use crate::surface::{Crate, File, Item, RustType, TypeFile, TypeItem};

/// Lints that say nothing about code whose names, sizes and texts are those of a document, with the reason.
const ALLOWED: &[(&[&str], &str)] = &[
    (
        &["too_many_arguments"],
        "what is required is an argument, however much it is",
    ),
    (
        &["large_enum_variant", "type_complexity"],
        "types are as large and as deep as what the service sends",
    ),
    (
        &[
            "disallowed_names",
            "module_inception",
            "new_ret_no_self",
            "should_implement_trait",
        ],
        "operations and setters have the document's names",
    ),
    (
        &[
            "doc_lazy_continuation",
            "doc_nested_refdefs",
            "doc_overindented_list_items",
            "tabs_in_doc_comments",
        ],
        "the text is the document's own",
    ),
];

/// What a user of the crate needs of the runtime, at the crate's root.
const RUNTIME: &[&str] = &[
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

/// What the crate makes of the runtime's types.
const OWN: &[&str] = &["Call", "Download", "Error", "Response", "Waiter"];

pub(super) fn library(krate: &Crate) -> Result<File, Fault> {
    let mut docs = String::new();
    self::docs(krate).write(&mut docs, "", "//!");
    let allowed = ALLOWED.iter().map(|(lints, reason)| {
        let lints: String = lints
            .iter()
            .map(|lint| format!("    clippy::{lint},\n"))
            .collect();
        format!("#![allow(\n{lints}    reason = \"{reason}\"\n)]\n")
    });
    let mut source = Source::default();
    source.text(docs);
    source.text(allowed.collect());
    source.text("mod client;\nmod error;\npub mod operations;\npub mod types;\n".to_owned());
    let (has_events, has_lines) = krate.sequences();
    let has_files = krate.types.iter().any(holds_files);
    let names = |names: &[&'static str], more: &[(bool, &'static str)]| {
        let more = more
            .iter()
            .filter_map(|(is_there, name)| is_there.then_some(*name));
        let mut names: Vec<&str> = names.iter().copied().chain(more).collect();
        names.sort_unstable();
        names.join(", ")
    };
    source.text(format!(
        "pub use client::{{Client, Credentials}};\npub use client_runtime;\npub use client_runtime::{{{}}};\n\
         pub use error::{{{}}};\n",
        names(RUNTIME, &[(has_events, "Event"), (has_files, "FilePart")]),
        names(OWN, &[(has_events, "Events"), (has_lines, "Lines")]),
    ));
    Ok(source.finish_plain("src/lib.rs", &krate.package))
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

/// What the document says of the API, how to begin, and the features.
fn docs(krate: &Crate) -> Docs<'_> {
    let library = &krate.package.library;
    let mut docs = Docs::of(&krate.docs)
        .paragraph("# Examples")
        .paragraph("```no_run");
    if krate.service.constructors.is_empty() {
        docs.push(format!("use {library}::Client;"));
        docs.push("");
        docs.push(format!("# fn example() -> Result<(), {library}::Error> {{"));
        docs.push("let client = Client::builder().build()?;");
    } else {
        docs.push(format!("use {library}::{{Client, Credentials}};"));
        docs.push("");
        docs.push(format!("# fn example() -> Result<(), {library}::Error> {{"));
        docs.push("let client = Client::builder()");
        docs.push("    .credentials(Credentials::from_env()?)");
        docs.push("    .build()?;");
    }
    for line in ["# Ok(())", "# }", "```"] {
        docs.push(line);
    }
    if krate.features.is_empty() {
        return docs;
    }
    let mut docs = docs
        .paragraph("# Features")
        .paragraph("A feature for each group of operations, with the types that they need. All are on by default.")
        .paragraph("| feature | operations |");
    docs.push("|---|---|");
    for group in &krate.groups {
        docs.push(format!(
            "| `{}` | `Client::{}` |",
            group.feature.0,
            group.module.plain()
        ));
    }
    docs
}
