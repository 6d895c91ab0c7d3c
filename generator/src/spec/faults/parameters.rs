//! Parameters that cannot be told apart, or cannot be sent.

use std::collections::HashSet;

use super::Faults;
use crate::spec::place::Spot;
use crate::spec::tree::{Map, Tree};
use crate::wire::is_token;

impl<'a> Faults<'a> {
    /// The parameters of a path item or an operation: none stands twice (OpenAPI 3.0.3, Operation Object).
    pub(super) fn parameters(&mut self, owner: &'a Map, spot: &Spot<'_>) {
        let Some(list) = owner.get("parameters").and_then(Tree::as_list) else {
            return;
        };
        let spot = spot.key("parameters");
        let mut known = HashSet::new();
        for (index, tree) in list.iter().enumerate() {
            let spot = spot.index(index);
            self.parameter(tree, &spot);
            let Some((place, name)) = self.identity(tree) else {
                continue;
            };
            let plain = match place {
                "header" => name.to_ascii_lowercase(),
                _ => name.to_owned(),
            };
            if !known.insert((place, plain)) {
                let message = format!("the {place} parameter `{name}` stands twice");
                self.fault(&spot, message, "keep one of them");
            }
        }
    }

    /// Where a parameter stands, and what it is called; a reference into the components is followed.
    fn identity(&self, tree: &'a Tree) -> Option<(&'a str, &'a str)> {
        let tree = match tree.reference() {
            Some(reference) => {
                let key = reference.strip_prefix("#/components/parameters/")?;
                let components = self.file?.get("components")?;
                components.child("parameters")?.child(key)?
            }
            None => tree,
        };
        let text = |key| tree.child(key).and_then(Tree::as_text);
        Some((text("in")?, text("name")?))
    }

    pub(super) fn parameter(&mut self, tree: &'a Tree, spot: &Spot<'_>) {
        let Some(map) = tree.as_map() else { return };
        let text = |key| map.get(key).and_then(Tree::as_text);
        let place = text("in").unwrap_or_default();
        if let Some(name) = text("name")
            && matches!(place, "header" | "cookie")
            && !is_token(name)
        {
            let message = format!("no {place} can be called `{}`", name.escape_debug());
            let help = "correct the name: letters, digits and `!#$%&'*+-.^_|~`; such a parameter can't be sent";
            self.fault(&spot.key("name"), message, help);
        }
        let schema = map.get("schema");
        if let Some(schema) = schema {
            self.schema(schema, &spot.key("schema"), false);
        }
        if let Some(content) = map.get("content").and_then(Tree::as_map) {
            let help = match schema {
                Some(_) => "keep one of them; the schema counts now",
                None => "keep one of them; the first counts now",
            };
            if schema.is_some() {
                self.fault(spot, "the parameter has both a schema and content", help);
            } else if content.len() > 1 {
                let message = "the content of a parameter has several media types";
                self.fault(&spot.key("content"), message, help);
            }
        }
        self.content(tree, spot);
    }
}
