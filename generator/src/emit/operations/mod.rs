//! `operations/`: a folder for each group, a file for each operation.

mod answers;
mod example;
mod file;
mod handle;
mod request;
mod table;

use quote::quote;

use super::Fault;
use super::docs::Docs;
use super::index::Index;
use super::literal::{quoted, word};
use super::scope::Scope;
use super::source::Source;
use crate::surface::{Answer, Crate, File, Gate, Group, Operation};

/// Every file of `operations/`.
pub(super) fn files(krate: &Crate, index: &Index<'_>, files: &mut Vec<File>) -> Result<(), Fault> {
    files.push(module(krate));
    for group in &krate.groups {
        files.push(group_module(group, krate)?);
        for operation in &group.operations {
            files.push(file::file(operation, group, krate, index)?);
        }
    }
    Ok(())
}

/// `operations/mod.rs`.
fn module(krate: &Crate) -> File {
    let mut modules = String::new();
    for Group {
        module, feature, ..
    } in &krate.groups
    {
        modules.push_str(&format!(
            "#[cfg(feature = {})]\npub mod {module};\n",
            quoted(&feature.0)
        ));
    }
    let mut source = Source::default();
    source.text("//! The operations of the API, in groups: each group has a handle, each operation a request.\n".to_owned());
    source.text(modules);
    source.finish_plain("src/operations/mod.rs", &krate.package)
}

/// `operations/<group>/mod.rs`: the handle.
fn group_module(group: &Group, krate: &Crate) -> Result<File, Fault> {
    let mut scope = Scope::of_file([group.ident.as_str()], []);
    let (core, client) = (scope.runtime("Core"), scope.root("Client"));
    let (handle, method) = (word(&group.ident), word(&group.module));
    let gate = Gate(vec![group.feature.clone()]);
    let docs = scope.docs(Docs::of(&group.docs).gate(&gate));

    let mut source = Source::default();
    source.text(exports(group));
    source.item(
        group.ident.as_str(),
        quote! {
            #docs
            #[derive(Clone, Debug)]
            pub struct #handle { core: #core }
        },
    )?;
    source.item(
        group.ident.as_str(),
        quote! {
            impl #client {
                #docs
                pub fn #method(&self) -> #handle {
                    #handle { core: self.core.clone() }
                }
            }
        },
    )?;
    let modules = group
        .operations
        .iter()
        .map(|operation| format!("mod {};\n", operation.module))
        .collect();
    let path = format!("src/operations/{}/mod.rs", group.module.plain());
    Ok(source.finish_module(path, &krate.package, modules, &scope))
}

/// What each operation's file has for users.
fn exports(group: &Group) -> String {
    let mut exports = String::new();
    for Operation {
        module,
        request,
        answer,
        ..
    } in &group.operations
    {
        match answer {
            Answer::ByStatus { ident, .. } => {
                let (first, second) = if ident < request {
                    (ident, request)
                } else {
                    (request, ident)
                };
                exports.push_str(&format!("pub use {module}::{{{first}, {second}}};\n"));
            }
            _ => exports.push_str(&format!("pub use {module}::{request};\n")),
        }
    }
    exports
}
