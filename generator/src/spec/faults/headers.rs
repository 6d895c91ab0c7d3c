//! Headers of answers and of parts that no message can have.

use super::Faults;
use crate::spec::place::Spot;
use crate::spec::tree::Tree;
use crate::wire::is_token;

impl<'a> Faults<'a> {
    /// The `headers` of an answer or of a part.
    pub(super) fn headers(&mut self, owner: &'a Tree, spot: &Spot<'_>) {
        let headers = owner.child("headers").and_then(Tree::as_map);
        let spot = spot.key("headers");
        for (name, header) in headers.into_iter().flatten() {
            let spot = spot.key(name);
            if !is_token(name) {
                let message = format!("no header can be called `{}`", name.escape_debug());
                let help = "correct the name: letters, digits and `!#$%&'*+-.^_|~`";
                self.fault(&spot, message, help);
            }
            self.header(header, &spot);
        }
    }

    /// A header: it has one style, and one content (OpenAPI 3.0.3, Header Object).
    pub(super) fn header(&mut self, tree: &'a Tree, spot: &Spot<'_>) {
        let Some(map) = tree.as_map() else { return };
        let style = map.get("style").and_then(Tree::as_text);
        if let Some(style) = style.filter(|style| *style != "simple") {
            let message = format!("`{}` is no style for a header", style.escape_debug());
            self.fault(
                &spot.key("style"),
                message,
                "write `simple`, or leave it out",
            );
        }
        if let Some(content) = map.get("content").and_then(Tree::as_map)
            && content.len() != 1
        {
            let message = format!(
                "the content of the header has {} media types",
                content.len()
            );
            self.fault(
                &spot.key("content"),
                message,
                "name the one that it is written in",
            );
        }
        if let Some(schema) = map.get("schema") {
            self.schema(schema, &spot.key("schema"), false);
        }
        self.content(tree, spot);
    }
}
