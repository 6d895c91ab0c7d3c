//! Security schemes, and which of them an operation wants.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, OAuth2Flows, ReferenceOr, SecurityRequirement, SecurityScheme as Source,
};

use super::context::Context;
use crate::diag::{Code, SpecPath};
use crate::ir::{Flows, Location, Operation, Requirement, SchemeKind, SecurityScheme};
use crate::wire::is_token;

/// The schemes that are declared, in document order.
pub(super) fn schemes(context: &mut Context<'_>) -> IndexMap<String, SecurityScheme> {
    let declared = context.document.openapi().components.iter();
    let declared = declared.flat_map(|components| &components.security_schemes);
    let root = SpecPath::root().join("components").join("securitySchemes");
    declared
        .filter_map(|(name, scheme)| Some((name.clone(), lower(context, scheme, root.join(name))?)))
        .collect()
}

/// A security scheme; none where a reference leads nowhere, or the key has no place.
fn lower(
    context: &mut Context<'_>,
    scheme: &ReferenceOr<Source>,
    path: SpecPath,
) -> Option<SecurityScheme> {
    let document = context.document;
    let scheme = match scheme {
        ReferenceOr::Item(scheme) => scheme,
        ReferenceOr::Reference { reference } => document.security_scheme(reference, &path)?.value,
    };
    let (kind, description) = match scheme {
        Source::APIKey {
            location,
            name,
            description,
            ..
        } => {
            let kind = SchemeKind::ApiKey {
                location: match location {
                    APIKeyLocation::Query => Location::Query,
                    APIKeyLocation::Header => Location::Header,
                    APIKeyLocation::Cookie => Location::Cookie,
                },
                name: name.clone(),
            };
            let is_anything = *location == APIKeyLocation::Query && !name.is_empty();
            if !is_anything && !is_token(name) {
                let message = format!("`{name}` is no name of a header or a cookie");
                let help = "write the name under which the key is sent; calls go out without it";
                context.report(Code::Invalid, &path.join("name"), message, help);
                return None;
            }
            (kind, description)
        }
        Source::HTTP {
            scheme,
            description,
            ..
        } => {
            let kind = match scheme.to_ascii_lowercase().as_str() {
                "digest" => SchemeKind::Digest,
                "basic" => SchemeKind::Basic,
                "bearer" => SchemeKind::Bearer,
                // What the border makes of a scheme that OpenAPI 3.0 has no word for.
                "mutualtls" => SchemeKind::MutualTls,
                other if is_token(other) => SchemeKind::Http(scheme.clone()),
                _ => {
                    let message = format!("`{scheme}` is no name of an HTTP authentication scheme");
                    let help =
                        "write `basic`, `bearer`, `digest` or the like; calls go out without it";
                    context.report(Code::Invalid, &path.join("scheme"), message, help);
                    return None;
                }
            };
            (kind, description)
        }
        Source::OAuth2 {
            flows, description, ..
        } => (SchemeKind::OAuth2(self::flows(flows)), description),
        // The tokens that it leads to are those of OAuth 2.0.
        Source::OpenIDConnect { description, .. } => {
            (SchemeKind::OAuth2(Flows::default()), description)
        }
    };
    Some(SecurityScheme {
        path,
        description: description.clone().unwrap_or_default(),
        kind,
    })
}

/// A flow without a URL gets no tokens.
fn flows(flows: &OAuth2Flows) -> Flows {
    let given = |url: &String| (!url.trim().is_empty()).then(|| url.trim().to_owned());
    let client = flows.client_credentials.as_ref();
    let password = flows.password.as_ref();
    let code = flows.authorization_code.as_ref();
    Flows {
        client_credentials_url: client.and_then(|flow| given(&flow.token_url)),
        password_url: password.and_then(|flow| given(&flow.token_url)),
        authorization_code_url: code.and_then(|flow| given(&flow.token_url)),
        refresh_url: code
            .and_then(|flow| flow.refresh_url.as_ref())
            .or_else(|| password.and_then(|flow| flow.refresh_url.as_ref()))
            .and_then(given),
    }
}

/// Reads requirements, against the schemes that are declared.
pub(super) struct Reader<'s> {
    schemes: &'s IndexMap<String, SecurityScheme>,
    /// The names that were reported.
    reported: BTreeSet<String>,
    /// What the document asks for where an operation says nothing.
    root: Option<Vec<Requirement>>,
}

impl<'s> Reader<'s> {
    pub(super) fn new(
        context: &mut Context<'_>,
        schemes: &'s IndexMap<String, SecurityScheme>,
    ) -> Self {
        let mut reader = Self {
            schemes,
            reported: BTreeSet::new(),
            root: None,
        };
        let openapi = context.document.openapi();
        reader.root = openapi
            .security
            .as_ref()
            .and_then(|list| reader.read(context, list, &SpecPath::root()));
        reader
    }

    /// What an operation asks for: its own requirements, else the document's. Nothing is known where neither says
    /// anything: a document that declares schemes and requires none has most likely forgotten to.
    pub(super) fn of_operation(
        &mut self,
        context: &mut Context<'_>,
        source: &openapiv3::Operation,
        path: &SpecPath,
    ) -> Option<Vec<Requirement>> {
        match &source.security {
            Some(list) => self.read(context, list, path),
            None => self.root.clone(),
        }
    }

    /// The alternatives, each once; an empty list where none is needed. A scheme that is not declared says nothing: it is
    /// left out, and where there is nothing else nothing is known.
    fn read(
        &mut self,
        context: &mut Context<'_>,
        list: &[SecurityRequirement],
        path: &SpecPath,
    ) -> Option<Vec<Requirement>> {
        let path = path.join("security");
        let mut alternatives: Vec<Requirement> = Vec::new();
        for (index, source) in list.iter().enumerate() {
            let path = path.index(index);
            let known: Vec<&String> = source
                .keys()
                .filter(|name| self.is_declared(context, name, &path))
                .collect();
            // Nothing stands in a request for a certificate.
            let sent = known.iter().filter(|name| !self.is_mutual_tls(name));
            let mut requirement: Requirement = sent.map(|name| (*name).clone()).collect();
            // What goes together stands in a mapping, whose order means nothing.
            requirement.sort();
            let says_something = source.is_empty() || !known.is_empty();
            if says_something && !alternatives.contains(&requirement) {
                alternatives.push(requirement);
            }
        }
        if alternatives.is_empty() && !list.is_empty() {
            return None;
        }
        if alternatives.iter().all(Vec::is_empty) {
            alternatives.clear();
        }
        Some(alternatives)
    }

    fn is_declared(&mut self, context: &mut Context<'_>, name: &str, path: &SpecPath) -> bool {
        let is_declared = self.schemes.contains_key(name);
        if !is_declared && self.reported.insert(name.to_owned()) {
            let message = format!("`{name}` is no security scheme of the document");
            let help = "declare it under `components.securitySchemes`; calls go out as if it were not asked for";
            context.report(Code::UndeclaredScheme, &path.join(name), message, help);
        }
        is_declared
    }

    fn is_mutual_tls(&self, name: &str) -> bool {
        let scheme = self.schemes.get(name);
        scheme.is_some_and(|scheme| scheme.kind == SchemeKind::MutualTls)
    }

    /// What the document asks for in general, which stands once: its own requirements; else, where these are none, what
    /// most of its operations ask for. An operation keeps what is different.
    pub(super) fn usual(&self, operations: &mut [Operation]) -> Vec<Requirement> {
        let root = self.root.clone().filter(|root| !root.is_empty());
        let usual = root.or_else(|| most_common(operations)).unwrap_or_default();
        for operation in operations {
            operation
                .security
                .take_if(|own| *own == usual && !usual.is_empty());
        }
        usual
    }
}

/// What is asked for most often; of several the first in the order of names, as the order of paths means nothing.
fn most_common(operations: &[Operation]) -> Option<Vec<Requirement>> {
    let mut counts: BTreeMap<&Vec<Requirement>, usize> = BTreeMap::new();
    let asked = operations
        .iter()
        .filter_map(|operation| operation.security.as_ref());
    for asked in asked.filter(|asked| !asked.is_empty()) {
        *counts.entry(asked).or_default() += 1;
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| **count);
    most.map(|(asked, _)| (*asked).clone())
}
