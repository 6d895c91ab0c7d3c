//! Security schemes and requirements (OpenAPI 3.0.3, Security Scheme Object).

use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, AuthorizationCodeOAuth2Flow, ClientCredentialsOAuth2Flow, ImplicitOAuth2Flow,
    OAuth2Flows, PasswordOAuth2Flow, SecurityRequirement, SecurityScheme,
};

use super::Reader;
use super::values::extensions;
use crate::spec::place::Spot;
use crate::spec::tree::{Map, Tree};

impl Reader<'_, '_> {
    /// The security requirements of the document or an operation; none where it does not speak of them.
    pub(super) fn security(
        &mut self,
        map: &Map,
        spot: &Spot<'_>,
    ) -> Option<Vec<SecurityRequirement>> {
        let tree = map.get("security")?;
        if tree.is_null() {
            return None;
        }
        Some(self.list(map, "security", spot, Self::requirement))
    }

    fn requirement(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<SecurityRequirement> {
        self.mapping(tree, "a security requirement", spot)?;
        Some(self.map_of(tree, spot, |reader, scopes, spot| {
            Some(reader.texts_of(scopes, spot))
        }))
    }

    /// A security scheme.
    pub(super) fn security_scheme(
        &mut self,
        tree: &Tree,
        spot: &Spot<'_>,
    ) -> Option<SecurityScheme> {
        let map = self.mapping(tree, "the security scheme", spot)?;
        let kind = self.required_text(map, "type", "the security scheme", spot)?;
        let description = self.text(map, "description", spot);
        let extensions = extensions(map);
        Some(match kind.as_str() {
            "apiKey" => SecurityScheme::APIKey {
                location: self.key_location(map, spot)?,
                name: self.required_text(map, "name", "the security scheme", spot)?,
                description,
                extensions,
            },
            "http" => SecurityScheme::HTTP {
                scheme: self.required_text(map, "scheme", "the security scheme", spot)?,
                bearer_format: self.text(map, "bearerFormat", spot),
                description,
                extensions,
            },
            "oauth2" => SecurityScheme::OAuth2 {
                flows: self.flows(map, spot),
                description,
                extensions,
            },
            "openIdConnect" => SecurityScheme::OpenIDConnect {
                open_id_connect_url: self.text(map, "openIdConnectUrl", spot).unwrap_or_default(),
                description,
                extensions,
            },
            // OpenAPI 3.1 only. It is kept, so that what requires it is no requirement of something unknown.
            "mutualTLS" => SecurityScheme::HTTP {
                scheme: kind,
                bearer_format: None,
                description,
                extensions,
            },
            other => {
                let help = "write `apiKey`, `http`, `oauth2` or `openIdConnect`";
                self.invalid(
                    &spot.key("type"),
                    format!("`{other}` is no type of security scheme"),
                    help,
                );
                return None;
            }
        })
    }

    fn key_location(&mut self, map: &Map, spot: &Spot<'_>) -> Option<APIKeyLocation> {
        match self
            .required_text(map, "in", "the security scheme", spot)?
            .as_str()
        {
            "query" => Some(APIKeyLocation::Query),
            "header" => Some(APIKeyLocation::Header),
            "cookie" => Some(APIKeyLocation::Cookie),
            other => {
                let help = "write `query`, `header` or `cookie`";
                self.invalid(
                    &spot.key("in"),
                    format!("`{other}` is no place for a key"),
                    help,
                );
                None
            }
        }
    }

    fn flows(&mut self, scheme: &Map, spot: &Spot<'_>) -> OAuth2Flows {
        let empty = Map::new();
        let spot = spot.key("flows");
        let map = match scheme.get("flows") {
            Some(tree) => self
                .optional_mapping(tree, "the list of flows", &spot)
                .unwrap_or(&empty),
            None => &empty,
        };
        let mut flow = |name| Some(self.flow(map.get(name)?, &spot.key(name))).flatten();
        OAuth2Flows {
            implicit: flow("implicit").map(|flow| ImplicitOAuth2Flow {
                authorization_url: flow.authorization_url,
                refresh_url: flow.refresh_url,
                scopes: flow.scopes,
                extensions: IndexMap::new(),
            }),
            password: flow("password").map(|flow| PasswordOAuth2Flow {
                refresh_url: flow.refresh_url,
                token_url: flow.token_url,
                scopes: flow.scopes,
                extensions: IndexMap::new(),
            }),
            client_credentials: flow("clientCredentials").map(|flow| ClientCredentialsOAuth2Flow {
                refresh_url: flow.refresh_url,
                token_url: flow.token_url,
                scopes: flow.scopes,
                extensions: IndexMap::new(),
            }),
            authorization_code: flow("authorizationCode").map(|flow| AuthorizationCodeOAuth2Flow {
                authorization_url: flow.authorization_url,
                token_url: flow.token_url,
                refresh_url: flow.refresh_url,
                scopes: flow.scopes,
                extensions: IndexMap::new(),
            }),
            extensions: extensions(map),
        }
    }

    fn flow(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<Flow> {
        let map = self.optional_mapping(tree, "the flow", spot)?;
        Some(Flow {
            authorization_url: self.text(map, "authorizationUrl", spot).unwrap_or_default(),
            token_url: self.text(map, "tokenUrl", spot).unwrap_or_default(),
            refresh_url: self.text(map, "refreshUrl", spot),
            scopes: self.map(map, "scopes", spot, |reader, text, spot| {
                Some(reader.text_of(text, spot).unwrap_or_default())
            }),
        })
    }
}

/// What all flows have between them.
struct Flow {
    authorization_url: String,
    token_url: String,
    refresh_url: Option<String>,
    scopes: IndexMap<String, String>,
}
