//! Paths and path items (OpenAPI 3.0.3, Paths Object).

use indexmap::IndexMap;
use openapiv3::{Operation, PathItem, Paths, ReferenceOr};

use super::Reader;
use super::values::{extensions, is_extension};
use crate::diag::{Code, SpecPath};
use crate::spec::document::Kind;
use crate::spec::place::Spot;
use crate::spec::resolve;
use crate::spec::tree::{Map, Tree};

/// The methods that a path item can have, as it spells them.
pub(in crate::spec) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// How many operations stand in the paths of the document itself, well formed or not.
pub(in crate::spec) fn own_operations(root: &Map) -> usize {
    let paths = root
        .get("paths")
        .and_then(Tree::as_map)
        .into_iter()
        .flat_map(Map::iter)
        .filter(|(path, _)| !is_extension(path));
    let items = paths
        .filter_map(|(_, tree)| tree.as_map())
        .filter(|item| !item.contains_key("$ref"));
    items
        .map(|item| {
            METHODS
                .iter()
                .filter(|method| item.get(**method).is_some_and(|tree| !tree.is_null()))
                .count()
        })
        .sum()
}

impl Reader<'_, '_> {
    /// The paths of the document.
    pub(super) fn paths(&mut self, root: &Map, spot: &Spot<'_>) -> Paths {
        let mut paths = Paths::default();
        let Some(map) = root.get("paths").and_then(Tree::as_map) else {
            return paths;
        };
        paths.extensions = extensions(map);
        let spot = spot.key("paths");
        for (path, tree) in map.iter().filter(|(path, _)| !is_extension(path)) {
            if self.left_out.has_path(path) {
                continue;
            }
            let spot = spot.key(path);
            if !path.starts_with('/') {
                self.invalid(
                    &spot,
                    format!("the path `{path}` does not begin with `/`"),
                    format!("write `/{path}`"),
                );
                continue;
            }
            let item = self.or_reference(Kind::PathItem, tree, &spot, Self::path_item);
            if let Some(item) = item.filter(|_| self.may_share(tree, &spot)) {
                paths.paths.insert(path.clone(), item);
            }
        }
        paths
    }

    /// What the service calls by itself (OpenAPI 3.1.0, OpenAPI Object).
    pub(super) fn webhooks(&mut self, root: &Map) -> IndexMap<String, ReferenceOr<PathItem>> {
        let path = SpecPath::root();
        self.map(
            root,
            "webhooks",
            &Spot::Root(&path),
            |reader, tree, spot| reader.or_reference(Kind::PathItem, tree, spot, Self::path_item),
        )
    }

    /// What can be done at one path.
    pub(super) fn path_item(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<PathItem> {
        let map = self.optional_mapping(tree, "the path item", spot)?;
        // A broken path parameter makes every operation here uncallable.
        let parameters = self.parameters(map, spot).ok()?;
        self.report_other_methods(map, spot);
        let [get, put, post, delete, options, head, patch, trace] =
            METHODS.map(|method| self.method(map, method, spot));
        Some(PathItem {
            summary: self.text(map, "summary", spot),
            description: self.text(map, "description", spot),
            get,
            put,
            post,
            delete,
            options,
            head,
            patch,
            trace,
            servers: self.servers(map, spot),
            parameters,
            extensions: extensions(map),
        })
    }

    /// OpenAPI 3.2 has methods that the model of 3.0 has no place for.
    fn report_other_methods(&mut self, item: &Map, spot: &Spot<'_>) {
        for key in ["query", "additionalOperations"] {
            if item.get(key).is_some_and(|tree| !tree.is_null()) {
                self.report(
                    Code::Unsupported,
                    &spot.key(key).path(),
                    format!("`{key}` is of OpenAPI 3.2, and operations under it are not understood; they are left out"),
                    "call them untyped, by method and path",
                );
            }
        }
    }

    fn method(&mut self, item: &Map, method: &str, spot: &Spot<'_>) -> Option<Operation> {
        let (tree, spot) = (item.get(method)?, spot.key(method));
        if self.left_out.has_place(|| spot.path()) {
            return None;
        }
        let map = tree.as_map();
        match map.and_then(|map| self.referred(Kind::Operation, map, &spot)) {
            Some(place) => self.operation_elsewhere(place.ok()?, &spot),
            None => self.operation(tree, &spot),
        }
    }

    /// An operation that a reference leads to.
    fn operation_elsewhere(&mut self, place: SpecPath, method: &Spot<'_>) -> Option<Operation> {
        let tree = self.files.tree(place.document(), self.diagnostics).ok()?;
        let node = resolve::node(&tree, &place)?;
        let operation = self.operation(node, &Spot::Root(&place));
        self.targets.operations.insert(method.path(), place);
        operation
    }
}
