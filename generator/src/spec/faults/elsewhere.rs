//! The same for the other files of a document: for every part of them that a reference leads to.

use std::collections::BTreeMap;

use super::Faults;
use crate::diag::{Diagnostics, SpecPath};
use crate::spec::document::{Kind, Targets};
use crate::spec::files::Files;
use crate::spec::kept::LeftOut;
use crate::spec::place::Spot;
use crate::spec::resolve;
use crate::spec::tree::Tree;

/// Reports what misleads in the parts of other files that the document uses. What stands in such a part is looked at with it.
pub(in crate::spec) fn report(
    targets: &Targets,
    files: &Files<'_>,
    left_out: &LeftOut,
    diagnostics: &mut Diagnostics,
) {
    let parts = parts(targets);
    for (path, kind) in &parts {
        let is_inside = above(path).any(|above| parts.contains_key(&above));
        let Some(file) = files.known(path.document()).filter(|_| !is_inside) else {
            continue;
        };
        let mut faults = Faults {
            file: file.as_map(),
            left_out,
            diagnostics: &mut *diagnostics,
        };
        if let Some(tree) = resolve::node(&file, path) {
            faults.part(*kind, tree, &Spot::Root(path));
        }
    }
}

/// The parts of other files that references lead to, sorted by place.
fn parts(targets: &Targets) -> BTreeMap<SpecPath, Kind> {
    let schemas = targets.schemas.keys().map(|path| (path, Kind::Schema));
    let parameters = targets
        .parameters
        .keys()
        .map(|path| (path, Kind::Parameter));
    let bodies = targets
        .request_bodies
        .keys()
        .map(|path| (path, Kind::RequestBody));
    let responses = targets.responses.keys().map(|path| (path, Kind::Response));
    let headers = targets.headers.keys().map(|path| (path, Kind::Header));
    let items = targets.path_items.keys().map(|path| (path, Kind::PathItem));
    let schemes = targets
        .security_schemes
        .keys()
        .map(|path| (path, Kind::SecurityScheme));
    let operations = targets
        .operations
        .values()
        .map(|path| (path, Kind::Operation));
    let all = schemas.chain(parameters).chain(bodies).chain(responses);
    let all = all
        .chain(headers)
        .chain(items)
        .chain(schemes)
        .chain(operations);
    all.filter(|(path, _)| !path.document().is_empty())
        .map(|(path, kind)| (path.clone(), kind))
        .collect()
}

/// The places that a place stands in, the root of its file first.
fn above(path: &SpecPath) -> impl Iterator<Item = SpecPath> {
    let root = SpecPath::in_document(path.document());
    let mut tokens = path.tokens();
    tokens.next_back();
    let mut places = vec![root];
    for token in tokens {
        let next = places.last().map(|place| place.join(&token));
        places.extend(next);
    }
    let count = places.len();
    // A place does not stand in itself: at the root there is nothing above.
    let is_root = path.pointer().is_empty();
    places.into_iter().take(if is_root { 0 } else { count })
}

impl<'a> Faults<'a> {
    fn part(&mut self, kind: Kind, tree: &'a Tree, spot: &Spot<'_>) {
        match kind {
            Kind::Schema => self.schema(tree, spot, false),
            Kind::Parameter => self.parameter(tree, spot),
            Kind::RequestBody => self.body(tree, spot),
            Kind::Response => self.response(tree, spot),
            Kind::Header => self.header(tree, spot),
            Kind::PathItem => self.path_item(tree, spot),
            Kind::Operation => self.operation(tree, spot),
            Kind::SecurityScheme => self.scheme(tree, spot),
            Kind::Example => {}
        }
    }
}
