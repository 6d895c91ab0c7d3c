//! The file of an operation.

use super::super::index::Index;
use super::super::rust_type;
use super::super::scope::Scope;
use super::super::source::Source;
use super::super::{Fault, Ident};
use super::{answers, handle, request, table};
use crate::surface::{Answer, Crate, File, Group, Operation};

pub(super) fn file(
    operation: &Operation,
    group: &Group,
    krate: &Crate,
    index: &Index<'_>,
) -> Result<File, Fault> {
    let mut scope = Scope::of_file(own(operation, group), used(operation));
    let mut source = Source::default();
    let name = operation.request.as_str();
    source.item(
        operation.table.as_str(),
        table::table(operation, &mut scope),
    )?;
    source.item(
        name,
        handle::handle(operation, group, krate, index, &mut scope)?,
    )?;
    source.item(name, request::declaration(operation, group, &mut scope))?;
    let methods = request::methods(operation, index, &mut scope);
    source.methods(&operation.request, methods)?;
    if let Answer::ByStatus { ident, variants } = &operation.answer {
        source.text(answers::answers(ident, variants, operation, &mut scope));
    }
    let path = format!(
        "src/operations/{}/{}.rs",
        group.module.plain(),
        operation.module.plain()
    );
    Ok(source.finish(path, &krate.package, &scope))
}

/// The items that the file declares, and the handle, which it imports.
fn own<'a>(operation: &'a Operation, group: &'a Group) -> Vec<&'a str> {
    let mut names = vec![
        operation.request.as_str(),
        operation.table.as_str(),
        group.ident.as_str(),
    ];
    if let Answer::ByStatus { ident, .. } = &operation.answer {
        names.push(ident.as_str());
    }
    names
}

/// The types of this crate that the file names.
fn used(operation: &Operation) -> Vec<&Ident> {
    let mut names = Vec::new();
    let mut add = |ty| rust_type::named(ty, &mut |ident| names.push(ident));
    operation
        .arguments
        .iter()
        .chain(&operation.options)
        .for_each(|input| add(&input.ty));
    match &operation.answer {
        Answer::Json(ty) | Answer::JsonOrEmpty(ty) => add(ty),
        Answer::ByStatus { variants, .. } => variants
            .iter()
            .filter_map(|variant| variant.ty.as_ref())
            .for_each(add),
        Answer::Empty | Answer::Text | Answer::Bytes => {}
    }
    names
}
