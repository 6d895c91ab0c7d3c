//! Components (OpenAPI 3.0.3, Components Object).

use indexmap::IndexMap;
use openapiv3::{Components, ReferenceOr};

use super::Reader;
use super::values::extensions;
use crate::spec::document::Kind;
use crate::spec::place::Spot;
use crate::spec::tree::{Map, Tree};

impl Reader<'_, '_> {
    /// The components of the root document.
    pub(super) fn components(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<Components> {
        // The outer structure was checked before.
        let map = tree.as_map()?;
        Some(Components {
            schemas: self.own_map(map, "schemas", spot, |reader, tree, spot| {
                Some(reader.schema_or_reference(tree, spot))
            }),
            responses: self.component(map, Kind::Response, spot, Self::response),
            parameters: self.component(map, Kind::Parameter, spot, Self::parameter),
            examples: self.component(map, Kind::Example, spot, Self::example),
            request_bodies: self.component(map, Kind::RequestBody, spot, Self::request_body),
            headers: self.component(map, Kind::Header, spot, Self::header),
            security_schemes: self.component(
                map,
                Kind::SecurityScheme,
                spot,
                Self::security_scheme,
            ),
            // Neither is part of a client.
            links: IndexMap::new(),
            callbacks: IndexMap::new(),
            extensions: extensions(map),
        })
    }

    fn component<T>(
        &mut self,
        components: &Map,
        kind: Kind,
        spot: &Spot<'_>,
        read: fn(&mut Self, &Tree, &Spot<'_>) -> Option<T>,
    ) -> IndexMap<String, ReferenceOr<T>> {
        self.own_map(components, kind.component(), spot, |reader, tree, spot| {
            reader.or_reference(kind, tree, spot, read)
        })
    }

    /// The components of one kind. Where all of them are written elsewhere, references lead there by themselves.
    fn own_map<T>(
        &mut self,
        components: &Map,
        key: &str,
        spot: &Spot<'_>,
        read: impl FnMut(&mut Self, &Tree, &Spot<'_>) -> Option<T>,
    ) -> IndexMap<String, T> {
        match components
            .get(key)
            .filter(|tree| tree.reference().is_none())
        {
            Some(tree) => self.map_of(tree, &spot.key(key), read),
            None => IndexMap::new(),
        }
    }
}
