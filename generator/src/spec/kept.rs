//! Which operations the config includes and excludes. It is found before anything of them is read, so that what is wrong with an
//! operation that is left out is nobody's concern.

use std::collections::{BTreeSet, HashSet};

use super::document::Kind;
use super::files::Files;
use super::read::METHODS;
use super::resolve;
use super::tree::{Map, Tree};
use crate::config::{Config, Selection, nearest};
use crate::diag::{Code, Diagnostic, Diagnostics, SpecPath};

/// The operations that are left out.
#[derive(Default)]
pub(super) struct LeftOut {
    /// By path and method.
    operations: HashSet<(String, &'static str)>,
    /// The operation objects that no operation is left of.
    places: HashSet<SpecPath>,
    /// The paths that no operation is left of.
    paths: HashSet<String>,
    /// How many of them stand in the root document itself.
    pub(super) own: usize,
}

impl LeftOut {
    /// Whether the operation of a path and method is left out.
    pub(super) fn has(&self, path: &str, method: &str) -> bool {
        // Without a config that selects, nothing is looked up.
        !self.operations.is_empty()
            && METHODS
                .iter()
                .find(|known| **known == method)
                .is_some_and(|method| self.operations.contains(&(path.to_owned(), method)))
    }

    /// Whether nothing at a path is kept.
    pub(super) fn has_path(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Whether an operation object is not looked at; `place` is only asked for where there is something to compare.
    pub(super) fn has_place(&self, place: impl FnOnce() -> SpecPath) -> bool {
        !self.places.is_empty() && self.places.contains(&place())
    }
}

/// What tells an operation from others.
struct Candidate<'t> {
    path: &'t str,
    method: &'static str,
    place: SpecPath,
    /// Whether it stands in the root document's `paths` itself.
    is_own: bool,
    tags: Vec<String>,
    id: Option<String>,
}

impl Candidate<'_> {
    /// `GET /things/{id}`
    fn method_and_path(&self) -> String {
        format!("{} {}", self.method.to_ascii_uppercase(), self.path)
    }

    fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|own| own == tag)
    }

    fn is_called(&self, name: &str) -> bool {
        self.id.as_deref() == Some(name) || self.method_and_path() == name
    }

    fn is_in(&self, selection: &Selection) -> bool {
        selection.tags.iter().any(|tag| self.has_tag(tag))
            || selection.paths.iter().any(|path| path.fits(self.path))
            || selection.operations.iter().any(|name| self.is_called(name))
    }
}

/// Finds the operations that the config leaves out, and reports its entries that fit none.
pub(super) fn left_out(
    files: &mut Files<'_>,
    root: &Map,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> LeftOut {
    let (include, exclude) = (&config.include, &config.exclude);
    if include.is_empty() && exclude.is_empty() {
        return LeftOut::default();
    }
    let all = candidates(files, root, config, diagnostics);
    check("include", include, &all, &all, config, diagnostics);
    let (included, others): (Vec<_>, Vec<_>) = all
        .iter()
        .partition(|candidate| include.is_empty() || candidate.is_in(include));
    check("exclude", exclude, &included, &all, config, diagnostics);
    let (excluded, kept): (Vec<_>, Vec<_>) = included
        .into_iter()
        .partition(|candidate| candidate.is_in(exclude));
    if kept.is_empty() && !all.is_empty() && !diagnostics.has_errors() {
        let key = if exclude.is_empty() {
            "include"
        } else {
            "exclude"
        };
        diagnostics.push(Diagnostic {
            code: Code::Config,
            message: "no operation is left".to_owned(),
            place: config.place(key),
            help: "include more, or exclude less".to_owned(),
        });
    }
    let left_out: Vec<&Candidate<'_>> = others.into_iter().chain(excluded).collect();
    let kept_places: HashSet<&SpecPath> = kept.iter().map(|kept| &kept.place).collect();
    let kept_paths: HashSet<&str> = kept.iter().map(|kept| kept.path).collect();
    LeftOut {
        own: left_out.iter().filter(|left| left.is_own).count(),
        operations: left_out
            .iter()
            .map(|left| (left.path.to_owned(), left.method))
            .collect(),
        places: left_out
            .iter()
            .map(|left| &left.place)
            .filter(|place| !kept_places.contains(place))
            .cloned()
            .collect(),
        paths: left_out
            .iter()
            .map(|left| left.path)
            .filter(|path| !kept_paths.contains(path))
            .map(str::to_owned)
            .collect(),
    }
}

/// All operations of the document, those included that will turn out to be wrong.
fn candidates<'t>(
    files: &mut Files<'_>,
    root: &'t Map,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Vec<Candidate<'t>> {
    let mut all = Vec::new();
    let extension = config.names.operation_ids.as_deref();
    let paths = root.get("paths").and_then(Tree::as_map);
    let at = SpecPath::root().join("paths");
    for (path, item) in paths.into_iter().flat_map(Map::iter) {
        let mut add = |files: &mut Files<'_>,
                       diagnostics: &mut Diagnostics,
                       item: &Tree,
                       place: &SpecPath,
                       is_own| {
            let Some(item) = item.as_map() else { return };
            for method in METHODS {
                let operation = item.get(method).filter(|operation| !operation.is_null());
                let Some(operation) = operation else { continue };
                let elsewhere = operation.reference().and_then(|reference| {
                    let kind = Some(Kind::Operation);
                    let at = resolve::follow(files, kind, reference, place.document(), diagnostics);
                    let at = at.ok()?;
                    let tree = files.tree(at.document(), diagnostics).ok()?;
                    resolve::node(&tree, &at).cloned()
                });
                let operation = elsewhere.as_ref().unwrap_or(operation);
                all.push(Candidate {
                    path,
                    method,
                    place: place.join(method),
                    is_own,
                    tags: tags(operation),
                    id: extension
                        .and_then(|extension| text(operation, extension))
                        .or_else(|| text(operation, "operationId")),
                });
            }
        };
        let Some(reference) = item.reference() else {
            add(files, diagnostics, item, &at.join(path), true);
            continue;
        };
        // One that leads nowhere is reported when it is read.
        if let Ok(place) = resolve::follow(files, Some(Kind::PathItem), reference, "", diagnostics)
            && let Ok(tree) = files.tree(place.document(), diagnostics)
            && let Some(item) = resolve::node(&tree, &place)
        {
            add(files, diagnostics, item, &place, false);
        }
    }
    all
}

fn tags(operation: &Tree) -> Vec<String> {
    let list = operation.child("tags").and_then(Tree::as_list);
    let name = |tag: &Tree| tag.child("name").unwrap_or(tag).scalar_text();
    list.into_iter().flatten().filter_map(name).collect()
}

fn text(operation: &Tree, key: &str) -> Option<String> {
    let text = operation.child(key)?.as_text()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Reports the entries of a selection that fit none of `meant`; `all` says whether they fit another operation.
fn check<'t, C: std::borrow::Borrow<Candidate<'t>>>(
    table: &str,
    selection: &Selection,
    meant: &[C],
    all: &[Candidate<'t>],
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    let mut refuse = |kind: &str, entry: &str, fits: &dyn Fn(&Candidate<'t>) -> bool| {
        if meant.iter().any(|candidate| fits(candidate.borrow())) {
            return;
        }
        let is_known = all.iter().any(fits);
        let (message, known): (String, BTreeSet<String>) = match kind {
            _ if is_known => (
                format!("`{entry}` fits nothing that is included"),
                BTreeSet::new(),
            ),
            "tags" => {
                let tags = all.iter().flat_map(|candidate| candidate.tags.clone());
                (
                    format!("no operation has the tag `{entry}`"),
                    tags.collect(),
                )
            }
            "paths" => {
                let paths = all.iter().map(|candidate| candidate.path.to_owned());
                (
                    format!("no path with an operation is like `{entry}`"),
                    paths.collect(),
                )
            }
            _ => {
                let ids = all.iter().filter_map(|candidate| candidate.id.clone());
                let known = ids.chain(all.iter().map(Candidate::method_and_path));
                (format!("there is no operation `{entry}`"), known.collect())
            }
        };
        diagnostics.push(Diagnostic {
            code: Code::Config,
            message,
            place: config.place(&format!("{table}.{kind}.{entry}")),
            help: match nearest(entry, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "correct the entry, or remove it".to_owned(),
            },
        });
    };
    for tag in &selection.tags {
        refuse("tags", tag, &|candidate| candidate.has_tag(tag));
    }
    for path in &selection.paths {
        refuse("paths", path.as_str(), &|candidate| {
            path.fits(candidate.path)
        });
    }
    for name in &selection.operations {
        refuse("operations", name, &|candidate| candidate.is_called(name));
    }
}
