//! The OpenAPI object, and what it says of the API as a whole.

use indexmap::IndexMap;
use openapiv3::{
    Contact, ExternalDocumentation, Info, License, OpenAPI, Server, ServerVariable, Tag,
};

use super::Reader;
use super::values::extensions;
use crate::diag::SpecPath;
use crate::spec::place::Spot;
use crate::spec::tree::{Map, Tree};

impl Reader<'_, '_> {
    /// The whole document. `title` stands in where it has none.
    pub(super) fn openapi(&mut self, map: &Map, title: &str) -> OpenAPI {
        let path = SpecPath::root();
        let spot = Spot::Root(&path);
        OpenAPI {
            openapi: self.text(map, "openapi", &spot).unwrap_or_default(),
            info: self.info(map, title, &spot),
            servers: self.servers(map, &spot),
            paths: self.paths(map, &spot),
            components: map
                .get("components")
                .and_then(|tree| self.components(tree, &spot.key("components"))),
            security: self.security(map, &spot),
            tags: self.list(map, "tags", &spot, Self::tag),
            external_docs: self.external_docs(map, &spot),
            extensions: extensions(map),
        }
    }

    fn info(&mut self, root: &Map, title: &str, spot: &Spot<'_>) -> Info {
        let empty = Map::new();
        let spot = spot.key("info");
        let map = root.get("info").and_then(Tree::as_map).unwrap_or(&empty);
        Info {
            title: self
                .text(map, "title", &spot)
                .unwrap_or_else(|| title.to_owned()),
            description: self
                .text(map, "description", &spot)
                .or_else(|| self.text(map, "summary", &spot)),
            terms_of_service: self.text(map, "termsOfService", &spot),
            contact: map
                .get("contact")
                .and_then(|tree| self.contact(tree, &spot.key("contact"))),
            license: map
                .get("license")
                .and_then(|tree| self.license(tree, &spot.key("license"))),
            version: self.text(map, "version", &spot).unwrap_or_default(),
            extensions: extensions(map),
        }
    }

    fn contact(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<Contact> {
        let map = self.optional_mapping(tree, "the contact", spot)?;
        Some(Contact {
            name: self.text(map, "name", spot),
            url: self.text(map, "url", spot),
            email: self.text(map, "email", spot),
            extensions: extensions(map),
        })
    }

    fn license(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<License> {
        let map = self.optional_mapping(tree, "the licence", spot)?;
        Some(License {
            name: self.text(map, "name", spot).unwrap_or_default(),
            url: self.text(map, "url", spot),
            extensions: extensions(map),
        })
    }

    /// The servers of the document, a path or an operation.
    pub(super) fn servers(&mut self, map: &Map, spot: &Spot<'_>) -> Vec<Server> {
        self.list(map, "servers", spot, Self::server)
    }

    fn server(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<Server> {
        let map = self.mapping(tree, "a server", spot)?;
        let variables: IndexMap<String, ServerVariable> =
            self.map(map, "variables", spot, Self::server_variable);
        Some(Server {
            url: self.required_text(map, "url", "the server", spot)?,
            description: self.text(map, "description", spot),
            variables: Some(variables).filter(|variables| !variables.is_empty()),
            extensions: extensions(map),
        })
    }

    fn server_variable(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<ServerVariable> {
        let map = self.mapping(tree, "a server variable", spot)?;
        let enumeration = self.list(map, "enum", spot, Self::text_of);
        let default = match self.text(map, "default", spot) {
            Some(default) => Some(default),
            // The first value is the only one that suggests itself.
            None => enumeration.first().cloned(),
        };
        Some(ServerVariable {
            default: default
                .or_else(|| self.required_text(map, "default", "the server variable", spot))?,
            enumeration,
            description: self.text(map, "description", spot),
            extensions: extensions(map),
        })
    }

    fn tag(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<Tag> {
        // A bare string can only be the tag's name.
        if let Some(name) = tree.as_text() {
            return Some(Tag {
                name: name.to_owned(),
                ..Tag::default()
            });
        }
        let map = self.mapping(tree, "a tag", spot)?;
        Some(Tag {
            name: self.required_text(map, "name", "the tag", spot)?,
            description: self.text(map, "description", spot),
            external_docs: self.external_docs(map, spot),
            extensions: extensions(map),
        })
    }

    /// The link to more documentation that an object may have.
    pub(super) fn external_docs(
        &mut self,
        map: &Map,
        spot: &Spot<'_>,
    ) -> Option<ExternalDocumentation> {
        let tree = map.get("externalDocs")?;
        self.external_docs_of(tree, &spot.key("externalDocs"))
    }

    /// A link to more documentation.
    pub(super) fn external_docs_of(
        &mut self,
        tree: &Tree,
        spot: &Spot<'_>,
    ) -> Option<ExternalDocumentation> {
        let map = self.optional_mapping(tree, "the link to documentation", spot)?;
        Some(ExternalDocumentation {
            description: self.text(map, "description", spot),
            url: self.text(map, "url", spot)?,
            extensions: extensions(map),
        })
    }

    /// The mapping that a node must be; null counts as absent.
    pub(super) fn optional_mapping<'t>(
        &mut self,
        tree: &'t Tree,
        what: &str,
        spot: &Spot<'_>,
    ) -> Option<&'t Map> {
        if tree.is_null() {
            return None;
        }
        self.mapping(tree, what, spot)
    }
}
