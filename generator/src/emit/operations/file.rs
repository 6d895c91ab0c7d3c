//! The file of an operation.

use super::super::index::Index;
use super::super::scope::Scope;
use super::super::source::Source;
use super::{answers, handle, request, table, used};
use crate::surface::{Answer, Crate, File, Group, Operation};

pub(super) fn file(operation: &Operation, group: &Group, krate: &Crate, index: &Index<'_>) -> File {
    let mut scope = Scope::of_file(own(operation, group), used(operation));
    let mut source = Source::default();
    source.text(table::table(operation, &mut scope));
    source.text(handle::handle(operation, group, krate, index, &mut scope));
    source.text(request::request(operation, group, &mut scope));
    if let Answer::ByStatus { ident, variants } = &operation.answer {
        source.text(answers::answers(ident, variants, operation, &mut scope));
    }
    let path = format!(
        "src/operations/{}/{}.rs",
        group.module.plain(),
        operation.module.plain()
    );
    source.finish(path, &krate.package, &scope)
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
