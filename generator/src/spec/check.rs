//! The document's outer structure: what must hold before its parts are looked at.

use super::tree::{Map, Tree};
use crate::diag::{Code, Diagnostics, SpecPath};

/// What the outer members must be where they are there.
const MAPPINGS: [&str; 3] = ["info", "paths", "components"];
const LISTS: [&str; 3] = ["servers", "tags", "security"];
const COMPONENTS: [&str; 8] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "pathItems",
];

/// The document's root, if it is OpenAPI 3.0, 3.1 or 3.2 and its outer members are what they must be.
pub(super) fn check<'t>(tree: &'t Tree, diagnostics: &mut Diagnostics) -> Option<&'t Map> {
    let root = SpecPath::root();
    let Some(map) = tree.as_map() else {
        let message = format!("the document is {}, not a mapping", tree.kind());
        let help = "an OpenAPI document begins with `openapi: 3.0.3` or the like";
        diagnostics.report(Code::NotOpenApi, &root, message, help);
        return None;
    };
    if !version(map, diagnostics) {
        return None;
    }
    let before = diagnostics.len();
    for key in MAPPINGS {
        expect(
            map,
            key,
            "a mapping",
            |tree| tree.as_map().is_some(),
            &root,
            diagnostics,
        );
    }
    for key in LISTS {
        expect(
            map,
            key,
            "a list",
            |tree| tree.as_list().is_some(),
            &root,
            diagnostics,
        );
    }
    if let Some(components) = map.get("components").and_then(Tree::as_map) {
        let path = root.join("components");
        for key in COMPONENTS {
            expect(
                components,
                key,
                "a mapping",
                |tree| tree.as_map().is_some(),
                &path,
                diagnostics,
            );
        }
    }
    if ["paths", "components", "webhooks"]
        .iter()
        .all(|key| !map.contains_key(*key))
    {
        let message = "the document has neither `paths` nor `components`";
        diagnostics.report(
            Code::Structure,
            &root,
            message,
            "add the paths of the API under `paths`",
        );
    }
    (diagnostics.len() == before).then_some(map)
}

fn expect(
    map: &Map,
    key: &str,
    what: &str,
    holds: fn(&Tree) -> bool,
    path: &SpecPath,
    diagnostics: &mut Diagnostics,
) {
    let Some(tree) = map.get(key) else { return };
    // An empty list is how some writers spell an empty mapping.
    let is_empty = tree.is_null() || tree.as_list().is_some_and(<[_]>::is_empty);
    if is_empty || holds(tree) {
        return;
    }
    let message = format!("`{key}` is {}, not {what}", tree.kind());
    diagnostics.report(
        Code::Structure,
        &path.join(key),
        message,
        format!("write `{key}` as {what}"),
    );
}

/// Whether the version is one that can be read; reported where not.
fn version(map: &Map, diagnostics: &mut Diagnostics) -> bool {
    let root = SpecPath::root();
    let Some(tree) = map.get("openapi") else {
        let (path, message, help) = match map.get("swagger").and_then(Tree::scalar_text) {
            Some(version) => (
                root.join("swagger"),
                format!("this is Swagger {version}, and only OpenAPI 3.0, 3.1 and 3.2 are read"),
                "convert it to OpenAPI 3 first, for instance at https://converter.swagger.io",
            ),
            None => (
                root,
                "the document has no `openapi` version".to_owned(),
                "an OpenAPI document begins with `openapi: 3.0.3` or the like",
            ),
        };
        diagnostics.report(Code::NotOpenApi, &path, message, help);
        return false;
    };
    let version = tree.scalar_text().unwrap_or_default();
    let is_known = ["3.0", "3.1", "3.2"]
        .iter()
        .any(|known| match version.strip_prefix(known) {
            Some(rest) => rest.is_empty() || rest.starts_with(['.', '-']),
            None => false,
        })
        || version == "3";
    if !is_known {
        let message = match tree.scalar_text() {
            Some(version) => {
                format!("this is OpenAPI {version}, and only 3.0, 3.1 and 3.2 are read")
            }
            None => format!("`openapi` is {}, not a version", tree.kind()),
        };
        let help = "write `openapi: 3.0.3` or `openapi: 3.1.0`, if the document keeps to it";
        diagnostics.report(Code::NotOpenApi, &root.join("openapi"), message, help);
    }
    is_known
}
