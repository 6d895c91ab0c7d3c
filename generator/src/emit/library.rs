//! `lib.rs`: the crate's front page, its modules, and what stands at its root.

use super::Fault;
use super::docs::Docs;
use super::source::Source;
use crate::surface::{Crate, Exports, File};

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
    let Exports {
        client,
        runtime,
        own,
    } = krate.exports();
    source.text(format!(
        "pub use client::{{{}}};\npub use client_runtime;\npub use client_runtime::{{{}}};\npub use error::{{{}}};\n",
        client.join(", "),
        runtime.join(", "),
        own.join(", "),
    ));
    Ok(source.finish_plain("src/lib.rs", &krate.package))
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
