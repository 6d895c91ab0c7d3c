//! Security schemes by which nobody can sign in.

use super::Faults;
use crate::spec::place::Spot;
use crate::spec::tree::Tree;

impl Faults<'_> {
    pub(super) fn scheme(&mut self, tree: &Tree, spot: &Spot<'_>) {
        let text = |key| tree.child(key).and_then(Tree::as_text);
        match text("type") {
            Some("apiKey") if text("name").is_some_and(str::is_empty) => {
                let help = "name the header, the cookie or the query parameter of the key";
                self.fault(&spot.key("name"), "the key has no name", help);
            }
            Some("oauth2") => self.flows(tree, spot),
            _ => {}
        }
    }

    /// The URLs of the flows (OpenAPI 3.0.3, OAuth Flow Object); a path counts from the server.
    fn flows(&mut self, tree: &Tree, spot: &Spot<'_>) {
        let Some(flows) = tree.child("flows").and_then(Tree::as_map) else {
            let help = "add the flows; without one, no token can be had";
            self.fault(&spot.key("flows"), "the scheme has no flows", help);
            return;
        };
        let spot = spot.key("flows");
        for (name, flow) in flows {
            let spot = spot.key(name);
            for key in ["authorizationUrl", "tokenUrl", "refreshUrl"] {
                let Some(url) = flow.child(key).and_then(Tree::as_text) else {
                    continue;
                };
                let is_url = url.contains("://") || url.starts_with('/') || url.contains('{');
                if !is_url || url.contains(char::is_whitespace) {
                    let message = format!("`{}` is no URL", url.escape_debug());
                    self.fault(
                        &spot.key(key),
                        message,
                        "write where the token is asked for",
                    );
                }
            }
        }
    }
}
