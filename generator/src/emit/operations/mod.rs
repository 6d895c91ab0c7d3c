//! `operations/`: a folder for each group, a file for each operation.

mod answers;
mod example;
mod file;
mod handle;
mod layout;
mod parameters;
mod request;
mod table;
mod waiter;

use super::Ident;
use super::docs::{Docs, link};
use super::index::Index;
use super::lists::WIDTH;
use super::literal::quoted;
use super::rust_type::{self, spelled};
use super::scope::Scope;
use super::source::Source;
use crate::surface::{Answer, Crate, File, Gate, Group, Operation, RustType, Sequence};

/// Every file of `operations/`.
pub(super) fn files(krate: &Crate, index: &Index<'_>, files: &mut Vec<File>) {
    files.push(module(krate));
    files.extend(parameters::file(krate));
    for group in &krate.groups {
        files.push(group_module(group, krate));
        for operation in &group.operations {
            files.push(file::file(operation, group, krate, index));
        }
    }
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
    if !krate.parameters.is_empty() {
        // The modules below take its macro, so it stands before them.
        source.text("#[macro_use]\nmod parameters;\n".to_owned());
    }
    source.text(modules);
    source.finish_plain("src/operations/mod.rs", &krate.package)
}

/// `operations/<group>/mod.rs`: the handle.
fn group_module(group: &Group, krate: &Crate) -> File {
    let Group { ident, module, .. } = group;
    // An import would hide what the files of the operations declare.
    let requests = group.operations.iter().map(|operation| &operation.request);
    let answers = group
        .operations
        .iter()
        .filter_map(|operation| match &operation.answer {
            Answer::ByStatus { ident, .. } => Some(ident),
            _ => None,
        });
    let mut scope = Scope::of_file([ident.as_str()], requests.chain(answers));
    let (core, client) = (scope.runtime_name("Core"), scope.root_name("Client"));

    let mut handle = String::new();
    let gate = Gate(vec![group.feature.clone()]);
    Docs::of(&group.docs)
        .gate(&gate)
        .write(&mut handle, "", "///");
    handle.push_str(&format!(
        "#[derive(Clone, Debug)]\npub struct {ident} {{\n    core: {core},\n}}\n"
    ));
    let method = format!(
        "impl {client} {{\n    /// The operations of {}.\n    pub fn {module}(&self) -> {ident} {{\n        \
         {ident} {{ core: self.core.clone() }}\n    }}\n}}\n",
        link(ident.as_str())
    );
    let mut modules = String::new();
    for Operation { module, .. } in &group.operations {
        modules.push_str(&format!("mod {module}; pub use {module}::*;\n"));
    }
    let mut source = Source::default();
    source.text(handle);
    source.text(method);
    let path = format!("src/operations/{}/mod.rs", module.plain());
    source.finish_module(path, &krate.package, modules, &scope)
}

/// A type as a caller gives it: without its box.
fn unboxed(ty: &RustType) -> &RustType {
    match ty {
        RustType::Box(inner) => inner,
        ty => ty,
    }
}

/// A type, spelled so that it needs no `use` line. `root` is the path to this crate.
fn in_full(ty: &RustType, root: &str) -> String {
    match ty {
        RustType::Vec(inner) => format!("Vec<{}>", in_full(inner, root)),
        RustType::Option(inner) => format!("Option<{}>", in_full(inner, root)),
        RustType::Box(inner) => format!("Box<{}>", in_full(inner, root)),
        RustType::Tuple(places) => {
            let places: Vec<String> = places.iter().map(|place| in_full(place, root)).collect();
            format!("({})", places.join(", "))
        }
        RustType::Map(inner) => format!(
            "std::collections::BTreeMap<String, {}>",
            in_full(inner, root)
        ),
        RustType::Named(ident) => format!("{root}::types::{ident}"),
        plain => {
            let mut scope = Scope::of_file([], []);
            let spelled = spelled(plain, &mut scope);
            match (scope.uses().is_empty(), root) {
                (true, _) => spelled,
                (false, "crate") => format!("client_runtime::{spelled}"),
                (false, root) => format!("{root}::client_runtime::{spelled}"),
            }
        }
    }
}

/// How the runtime reads what goes on, and what it is then.
fn sequence<'a>(
    sequence: Sequence,
    ty: &'a RustType,
    scope: &mut Scope<'a>,
) -> (&'static str, String) {
    let read = match sequence {
        Sequence::Events => "events",
        Sequence::TextEvents => "text_events",
        Sequence::WholeEvents => "whole_events",
        Sequence::Lines => "lines",
        Sequence::Records => "json_sequence",
    };
    let name = scope.root_name(if sequence.is_events() {
        "Events"
    } else {
        "Lines"
    });
    (read, format!("{name}<{}>", spelled(ty, scope)))
}

/// The types of this crate that an operation's file names.
fn used(operation: &Operation) -> Vec<&Ident> {
    let mut names = Vec::new();
    let mut add = |ty| rust_type::named(ty, &mut |ident| names.push(ident));
    let inputs = operation.arguments.iter().chain(&operation.options);
    inputs.for_each(|input| add(&input.ty));
    match &operation.answer {
        Answer::Json(ty) | Answer::JsonOrEmpty(ty) | Answer::Sequence(_, ty) => add(ty),
        Answer::ByStatus { variants, .. } => variants
            .iter()
            .filter_map(|variant| variant.ty.as_ref())
            .for_each(&mut add),
        Answer::Empty | Answer::Text | Answer::Stream => {}
    }
    let parts = operation.ways.iter().filter_map(|way| way.parts.as_ref());
    parts.for_each(|(_, ty)| add(ty));
    names
}
