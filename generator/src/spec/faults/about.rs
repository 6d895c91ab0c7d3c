//! What names and explains the API: nothing is called by it, but the crate is named and documented by it.

use super::Faults;
use crate::spec::place::Spot;
use crate::spec::tree::{Map, Tree};

impl<'a> Faults<'a> {
    /// The `info`, the tags and the link to more (OpenAPI 3.0.3, Info Object, Tag Object, External Documentation Object).
    pub(super) fn about(&mut self, root: &'a Map, spot: &Spot<'_>) {
        match root.get("info").filter(|info| !info.is_null()) {
            Some(info) => self.info(info, &spot.key("info")),
            None => {
                let help =
                    "add it with a title and a version; the crate is named after the file now";
                self.fault(spot, "the document has no `info`", help);
            }
        }
        self.link(root, spot);
        self.servers(root, spot);
        let tags = root.get("tags").and_then(Tree::as_list);
        for (index, tag) in tags.unwrap_or_default().iter().enumerate() {
            if let Some(tag) = tag.as_map() {
                self.link(tag, &spot.key("tags").index(index));
            }
        }
    }

    /// The servers of the document, of a path or of an operation.
    pub(super) fn servers(&mut self, owner: &Map, spot: &Spot<'_>) {
        let servers = owner.get("servers").and_then(Tree::as_list);
        for (index, server) in servers.unwrap_or_default().iter().enumerate() {
            let url = server.child("url").and_then(Tree::as_text);
            if let Some(url) = url.filter(|url| !may_be_url(url.trim())) {
                let message = format!("`{}` is no URL", url.escape_debug());
                let spot = spot.key("servers");
                self.fault(
                    &spot.index(index).key("url"),
                    message,
                    "write where the service is",
                );
            }
        }
    }

    fn info(&mut self, tree: &Tree, spot: &Spot<'_>) {
        let Some(info) = tree.as_map() else { return };
        self.there(info, "title", "the API has no title", spot);
        self.there(info, "version", "the API has no version", spot);
        self.texts(info, &["title", "version", "description"], spot);
        self.url(info, "termsOfService", spot);
        if let Some(contact) = info.get("contact").and_then(Tree::as_map) {
            let spot = spot.key("contact");
            self.texts(contact, &["name", "email"], &spot);
            self.url(contact, "url", &spot);
            let email = contact.get("email").and_then(Tree::as_text);
            if let Some(email) = email.filter(|email| !email.is_empty() && !email.contains('@')) {
                let message = format!("`{}` is no e-mail address", email.escape_debug());
                self.fault(&spot.key("email"), message, "correct it, or leave it out");
            }
        }
        if let Some(license) = info.get("license").and_then(Tree::as_map) {
            let spot = spot.key("license");
            self.there(license, "name", "the licence has no name", &spot);
            self.texts(license, &["name"], &spot);
            self.url(license, "url", &spot);
        }
    }

    /// The link to more documentation that an object may have.
    fn link(&mut self, owner: &Map, spot: &Spot<'_>) {
        let Some(link) = owner.get("externalDocs").and_then(Tree::as_map) else {
            return;
        };
        let spot = spot.key("externalDocs");
        self.there(link, "url", "the link to documentation has no `url`", &spot);
        self.url(link, "url", &spot);
    }

    /// A member that must be there.
    fn there(&mut self, owner: &Map, key: &str, message: &str, spot: &Spot<'_>) {
        if owner.get(key).is_none_or(Tree::is_null) {
            let help = format!("add `{key}`");
            self.fault(spot, message, &help);
        }
    }

    /// Members that are text. A number is read as text, for YAML makes numbers of versions; nobody means a truth value.
    fn texts(&mut self, owner: &Map, keys: &[&str], spot: &Spot<'_>) {
        for key in keys {
            if let Some(tree @ Tree::Bool(_)) = owner.get(*key) {
                let message = format!("`{key}` is {}, and should be text", tree.kind());
                self.fault(&spot.key(key), message, "put it into quotes, or correct it");
            }
        }
    }

    /// A member that is a URL or a path, which counts from the server (RFC 3986, section 4.1).
    fn url(&mut self, owner: &Map, key: &str, spot: &Spot<'_>) {
        let message = match owner.get(key) {
            Some(Tree::Text(url)) if !may_be_url(url) => {
                format!("`{}` is no URL", url.escape_debug())
            }
            Some(tree @ (Tree::Number(_) | Tree::Bool(_))) => {
                format!("`{key}` is {}, and should be a URL", tree.kind())
            }
            _ => return,
        };
        let help = "correct it, or leave it out";
        self.fault(&spot.key(key), message, help);
    }
}

/// Whether a text has nothing that no URL may have. Letters of all scripts may stand in one (RFC 3987).
fn may_be_url(text: &str) -> bool {
    let is_foreign = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '|')
    };
    !text.contains(is_foreign)
}
