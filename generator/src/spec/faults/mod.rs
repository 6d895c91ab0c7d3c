//! What reading passes over, for it takes nothing away, and yet misleads: parameters that stand twice, a default of another type, a
//! name that no header can have. Each is reported where it stands; nothing is changed.

mod about;
mod elsewhere;
mod headers;
mod media;
mod parameters;
mod pattern;
mod schema;
mod security;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub(super) use elsewhere::report as report_elsewhere;

use super::kept::LeftOut;
use super::place::Spot;
use super::tree::{Map, Tree};
use crate::diag::{Code, Diagnostics, SpecPath};

/// The members of a path item that are operations.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Reports what misleads in the root file of a document.
pub(super) fn report(root: &Map, left_out: &LeftOut, diagnostics: &mut Diagnostics) {
    let path = SpecPath::root();
    let spot = Spot::Root(&path);
    let mut faults = Faults {
        file: Some(root),
        left_out,
        diagnostics,
    };
    faults.about(root, &spot);
    faults.paths(root, &spot);
    if let Some(components) = root.get("components").and_then(Tree::as_map) {
        faults.components(components, &spot.key("components"));
    }
}

struct Faults<'a> {
    /// The whole file, where that is a mapping.
    file: Option<&'a Map>,
    left_out: &'a LeftOut,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Faults<'a> {
    fn fault(&mut self, spot: &Spot<'_>, message: impl Into<String>, help: &str) {
        self.diagnostics
            .report(Code::Invalid, &spot.path(), message, help);
    }

    fn components(&mut self, components: &'a Map, spot: &Spot<'_>) {
        for (kind, entries) in components {
            let Some(entries) = entries.as_map() else {
                continue;
            };
            let spot = spot.key(kind);
            for (name, tree) in entries {
                let spot = spot.key(name);
                match kind.as_str() {
                    "schemas" => self.schema(tree, &spot, false),
                    "parameters" => self.parameter(tree, &spot),
                    "requestBodies" => self.body(tree, &spot),
                    "responses" => self.response(tree, &spot),
                    "headers" => self.header(tree, &spot),
                    "securitySchemes" => self.scheme(tree, &spot),
                    "pathItems" => self.path_item(tree, &spot),
                    _ => {}
                }
            }
        }
    }

    fn paths(&mut self, root: &'a Map, spot: &Spot<'_>) {
        let Some(paths) = root.get("paths").and_then(Tree::as_map) else {
            return;
        };
        let spot = spot.key("paths");
        let mut known: HashMap<String, &str> = HashMap::new();
        for (path, item) in paths {
            let spot = spot.key(path);
            if self.left_out.has_path(path) {
                continue;
            }
            if !path.starts_with("x-") {
                self.path(path, &mut known, &spot);
            }
            self.path_item(item, &spot);
        }
    }

    /// The path itself: parameters end, and no other path is the same but for their names (OpenAPI 3.0.3, Paths Object).
    fn path(&mut self, path: &'a str, known: &mut HashMap<String, &'a str>, spot: &Spot<'_>) {
        if path.contains(char::is_control) {
            let message = format!("`{}` is no path", path.escape_debug());
            let help = "take the control characters out; no service has such a path";
            self.fault(spot, message, help);
        }
        let mut shape = String::new();
        let mut rest = path;
        while let Some((before, after)) = rest.split_once('{') {
            shape.push_str(before);
            shape.push_str("{}");
            let Some((_, after)) = after.split_once('}') else {
                let message = format!("`{{` in the path `{path}` has no `}}`");
                self.fault(spot, message, "close it; it is taken for text now");
                return;
            };
            rest = after;
        }
        shape.push_str(rest);
        self.path_alone(path, &shape, spot);
        if let Some(other) = known.insert(shape, path) {
            let message = format!(
                "the paths `{other}` and `{path}` are the same but for names of parameters"
            );
            let help = "write them as one; the service sees no difference between them";
            self.fault(spot, message, help);
        }
    }

    /// A path has no query and no fragment (OpenAPI 3.0.4, Path Templating).
    fn path_alone(&mut self, path: &str, without_names: &str, spot: &Spot<'_>) {
        if without_names.contains('#') {
            let message = format!("in the path `{path}`, what follows `#` is sent to no service");
            let help = "take it away; an operationId tells operations apart";
            self.fault(spot, message, help);
        } else if without_names.contains('?') {
            let message = format!("the path `{path}` has a query, which is sent with it");
            let help =
                "end the path before `?`, and make parameters with `in: query` of what follows";
            self.fault(spot, message, help);
        }
    }

    fn path_item(&mut self, tree: &'a Tree, spot: &Spot<'_>) {
        let Some(item) = tree.as_map() else { return };
        self.parameters(item, spot);
        self.servers(item, spot);
        for (key, tree) in item {
            let spot = spot.key(key);
            if METHODS.contains(&key.as_str()) {
                self.operation(tree, &spot);
            }
        }
    }

    fn operation(&mut self, tree: &'a Tree, spot: &Spot<'_>) {
        let Some(operation) = tree.as_map() else {
            return;
        };
        if self.left_out.has_place(|| spot.path()) {
            return;
        }
        self.parameters(operation, spot);
        self.servers(operation, spot);
        if let Some(body) = operation.get("requestBody") {
            self.body(body, &spot.key("requestBody"));
        }
        let responses = operation.get("responses").and_then(Tree::as_map);
        for (status, response) in responses.into_iter().flatten() {
            self.response(response, &spot.key("responses").key(status));
        }
    }

    fn body(&mut self, tree: &'a Tree, spot: &Spot<'_>) {
        if tree.child("content").is_some_and(Tree::is_null) {
            let help = "name the media types of the body; none is sent now";
            self.fault(&spot.key("content"), "the content is null", help);
        }
        self.content(tree, spot);
    }

    fn response(&mut self, tree: &'a Tree, spot: &Spot<'_>) {
        self.headers(tree, spot);
        self.content(tree, spot);
    }
}
