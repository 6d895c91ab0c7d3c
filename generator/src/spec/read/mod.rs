//! From trees to `openapiv3`: each object of OpenAPI is read by its own function, which reports what is wrong where it
//! stands and leaves out the smallest part that it can.

mod components;
mod elsewhere;
mod media;
mod operation;
mod parameter;
mod paths;
mod root;
mod schema;
mod security;
mod values;

use std::borrow::Cow;
use std::collections::{HashSet, VecDeque};

use indexmap::IndexMap;
use openapiv3::{OpenAPI, PathItem, ReferenceOr};

pub(super) use self::paths::{METHODS, own_operations};

use super::document::{Kind, Targets, component_key};
use super::files::Files;
use super::kept::LeftOut;
use super::place::Spot;
use super::resolve;
use super::scope;
use super::tree::{Map, Tree};
use crate::diag::{Code, Diagnostics, SpecPath};

/// Reads one document.
pub(super) struct Reader<'a, 'l> {
    files: Files<'l>,
    left_out: &'a LeftOut,
    diagnostics: &'a mut Diagnostics,
    targets: Targets,
    /// Places that references lead to and that are still to be read.
    queue: VecDeque<(Kind, SpecPath)>,
    queued: HashSet<(Kind, SpecPath)>,
    /// What was reported: a place can be read twice, in place and as a target.
    reported: HashSet<(Code, SpecPath)>,
    /// How many nodes parts that are written elsewhere may still have.
    part_nodes: usize,
    /// The path items that references of paths lead to.
    shared_items: HashSet<SpecPath>,
}

/// What reading brings.
pub(super) struct Reading<'l> {
    pub(super) openapi: OpenAPI,
    pub(super) webhooks: IndexMap<String, ReferenceOr<PathItem>>,
    pub(super) targets: Targets,
    pub(super) files: Files<'l>,
}

/// Reads a document whose root is a mapping.
pub(super) fn read<'l>(
    files: Files<'l>,
    root: &Map,
    title: &str,
    left_out: &LeftOut,
    diagnostics: &mut Diagnostics,
) -> Reading<'l> {
    let part_nodes = files.limits().nodes;
    let mut reader = Reader {
        files,
        left_out,
        diagnostics,
        targets: Targets::default(),
        queue: VecDeque::new(),
        queued: HashSet::new(),
        reported: HashSet::new(),
        part_nodes,
        shared_items: HashSet::new(),
    };
    let openapi = reader.openapi(root, title);
    let webhooks = if openapi.paths.paths.is_empty() {
        reader.webhooks(root)
    } else {
        IndexMap::new()
    };
    while let Some((kind, path)) = reader.queue.pop_front() {
        reader.target(kind, path);
    }
    Reading {
        openapi,
        webhooks,
        targets: reader.targets,
        files: reader.files,
    }
}

impl Reader<'_, '_> {
    /// Reports a part that is not what OpenAPI says it is; once.
    fn invalid(&mut self, spot: &Spot<'_>, message: impl Into<String>, help: impl Into<String>) {
        self.report(Code::Invalid, &spot.path(), message, help);
    }

    fn report(
        &mut self,
        code: Code,
        path: &SpecPath,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.reported.insert((code, path.clone())) {
            self.diagnostics.report(code, path, message, help);
        }
    }

    /// The reference that a mapping is, if it is one. Where it leads is found out and kept.
    fn reference<T>(&mut self, kind: Kind, map: &Map, spot: &Spot<'_>) -> Option<ReferenceOr<T>> {
        let reference = map.get("$ref")?.as_text()?;
        let reference = match kind {
            Kind::Schema if !reference.starts_with("#/components/") => {
                scope::from_root(&mut self.files, reference, &spot.path())
            }
            _ => Cow::Borrowed(reference),
        };
        let found = self.follow(kind, &reference, spot.document());
        let text = self.as_referred_to(kind, &reference, found.as_ref().ok(), spot);
        if let Err(unresolved) = found {
            self.unresolved(kind, &spot.key("$ref"), unresolved);
        }
        Some(ReferenceOr::ref_(&text))
    }

    /// The place that a reference in a mapping leads to, if it is one; `Err` where it leads nowhere, which is reported.
    fn referred(&mut self, kind: Kind, map: &Map, spot: &Spot<'_>) -> Option<Result<SpecPath, ()>> {
        let reference = map.get("$ref")?.as_text()?;
        let files = &mut self.files;
        let found = resolve::follow(
            files,
            Some(kind),
            reference,
            spot.document(),
            self.diagnostics,
        );
        Some(found.map_err(|unresolved| self.unresolved(kind, &spot.key("$ref"), unresolved)))
    }

    /// Reports a reference that leads nowhere, and what is made of it.
    fn unresolved(&mut self, kind: Kind, spot: &Spot<'_>, unresolved: resolve::Unresolved) {
        let now = match kind {
            Kind::Schema => "any JSON is taken here now",
            _ => "it is left out now",
        };
        self.report(
            Code::UnresolvedReference,
            &spot.path(),
            unresolved.message,
            format!("{}; {now}", unresolved.help),
        );
    }

    /// Finds out where a reference leads, and sees to it that what is there will be read.
    fn follow(
        &mut self,
        kind: Kind,
        reference: &str,
        document: &str,
    ) -> Result<SpecPath, resolve::Unresolved> {
        let known = self
            .targets
            .places
            .entry((kind, document.to_owned()))
            .or_default();
        if let Some(path) = known.get(reference) {
            return Ok(path.clone());
        }
        let path = resolve::follow(
            &mut self.files,
            Some(kind),
            reference,
            document,
            self.diagnostics,
        )?;
        let known = self
            .targets
            .places
            .entry((kind, document.to_owned()))
            .or_default();
        known.insert(reference.to_owned(), path.clone());
        if component_key(kind, &path).is_none() && self.queued.insert((kind, path.clone())) {
            self.queue.push_back((kind, path.clone()));
        }
        Ok(path)
    }

    /// Reads the place that a reference leads to.
    fn target(&mut self, kind: Kind, path: SpecPath) {
        let Ok(tree) = self.files.tree(path.document(), self.diagnostics) else {
            return;
        };
        let Some(node) = resolve::node(&tree, &path) else {
            return;
        };
        let spot = Spot::Root(&path);
        macro_rules! keep {
            ($store:ident, $read:ident) => {
                if let Some(value) = self.$read(node, &spot) {
                    self.targets.$store.insert(path.clone(), value);
                }
            };
        }
        match kind {
            Kind::Schema => {
                let schema = self.schema(node, &spot);
                self.targets.schemas.insert(path.clone(), schema);
            }
            Kind::Parameter => keep!(parameters, parameter),
            Kind::RequestBody => keep!(request_bodies, request_body),
            Kind::Response => keep!(responses, response),
            Kind::Header => keep!(headers, header),
            Kind::PathItem => keep!(path_items, path_item),
            // Read where its path item is.
            Kind::Operation => {}
            Kind::SecurityScheme => keep!(security_schemes, security_scheme),
            Kind::Example => keep!(examples, example),
        }
    }

    /// A value that is a reference or the thing itself.
    fn or_reference<T>(
        &mut self,
        kind: Kind,
        tree: &Tree,
        spot: &Spot<'_>,
        read: fn(&mut Self, &Tree, &Spot<'_>) -> Option<T>,
    ) -> Option<ReferenceOr<T>> {
        if let Some(map) = tree.as_map()
            && let Some(reference) = self.reference(kind, map, spot)
        {
            return Some(reference);
        }
        read(self, tree, spot).map(ReferenceOr::Item)
    }
}
