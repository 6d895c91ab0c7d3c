//! Security schemes.

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityScheme as Source};

use crate::diag::SpecPath;
use crate::ir::{Location, SecurityScheme};
use crate::spec::Document;

/// A security scheme; none where a reference leads nowhere.
pub(super) fn lower(
    document: &Document,
    scheme: &ReferenceOr<Source>,
    path: &SpecPath,
) -> Option<SecurityScheme> {
    let scheme = match scheme {
        ReferenceOr::Item(scheme) => scheme,
        ReferenceOr::Reference { reference } => document.security_scheme(reference, path)?.value,
    };
    Some(match scheme {
        Source::APIKey { location, name, .. } => SecurityScheme::ApiKey {
            location: match location {
                APIKeyLocation::Query => Location::Query,
                APIKeyLocation::Header => Location::Header,
                APIKeyLocation::Cookie => Location::Cookie,
            },
            name: name.clone(),
        },
        Source::HTTP { scheme, .. } => match scheme.to_ascii_lowercase().as_str() {
            "digest" => SecurityScheme::Digest,
            "basic" => SecurityScheme::Basic,
            "bearer" => SecurityScheme::Bearer,
            other => SecurityScheme::Other(other.to_owned()),
        },
        Source::OAuth2 { flows, .. } => SecurityScheme::OAuth2 {
            client_credentials_url: flows
                .client_credentials
                .as_ref()
                .map(|flow| flow.token_url.clone()),
        },
        Source::OpenIDConnect { .. } => SecurityScheme::Other("openIdConnect".to_owned()),
    })
}
