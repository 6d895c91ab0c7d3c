//! Entries of the config that name something which no operation has.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, SecurityScheme};

use super::context::Context;
use super::found::Found;
use super::member;
use crate::config::{Config, nearest};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{ErrorEnvelope, Location, Operation, Type, TypeRef};

/// Reports extensions of operations that no operation has.
pub(super) fn extensions(context: &mut Context<'_>, found: &[Found<'_>]) {
    let config = context.config;
    for (key, name) in [
        ("names.operation_ids", &config.names.operation_ids),
        ("docs.roles", &config.docs.roles),
    ] {
        let Some(name) = name else { continue };
        let known: BTreeSet<&str> = found
            .iter()
            .flat_map(|found| found.source.extensions.keys())
            .map(String::as_str)
            .collect();
        if !known.contains(name.as_str()) {
            let message = format!("no operation has the extension `{name}`");
            refuse(
                config,
                context.diagnostics,
                key,
                message,
                nearest(name, known),
            );
        }
    }
}

/// Reports what the config says of OAuth to a document that has none.
pub(super) fn oauth(context: &mut Context<'_>) {
    let config = context.config;
    let components = context.document.openapi().components.as_ref();
    let mut schemes = components
        .iter()
        .flat_map(|components| components.security_schemes.values());
    let has_it = schemes.any(|scheme| match scheme {
        ReferenceOr::Item(scheme) => matches!(
            scheme,
            SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. }
        ),
        ReferenceOr::Reference { .. } => true,
    });
    for (key, value) in [
        ("oauth.revoke_url", &config.oauth.revoke_url),
        ("oauth.client_id_prefix", &config.oauth.client_id_prefix),
    ] {
        if value.is_some() && !has_it {
            let message = "the document has no security scheme of OAuth".to_owned();
            refuse(config, context.diagnostics, key, message, None);
        }
    }
}

/// Reports what operations, their versions, their parameters and their errors do not have.
pub(super) fn members(
    operations: &[Operation],
    types: &[Type],
    error: Option<&ErrorEnvelope>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    let has_versions = operations
        .iter()
        .any(|operation| operation.version.is_some());
    if let Some(pin) = &config.versions.pin
        && !has_versions
    {
        let message =
            format!("no operation is offered in dated versions, of which `{pin}` could be one");
        refuse(config, diagnostics, "versions.pin", message, None);
    }
    if let Some(envelope) = &config.envelope {
        let parameters = operations
            .iter()
            .flat_map(|operation| &operation.parameters);
        let in_query = parameters.filter(|parameter| parameter.location == Location::Query);
        let known: BTreeSet<&str> = in_query.map(|parameter| parameter.wire.as_str()).collect();
        if !known.contains(envelope.parameter.as_str()) {
            let message = format!(
                "no operation has the query parameter `{}`",
                envelope.parameter
            );
            let key = match config.spots.contains_key("envelope.parameter") {
                true => "envelope.parameter",
                false => "envelope",
            };
            refuse(
                config,
                diagnostics,
                key,
                message,
                nearest(&envelope.parameter, known),
            );
        }
    }
    if let Some(error) = error {
        error_members(error, types, config, diagnostics);
    }
}

fn error_members(
    error: &ErrorEnvelope,
    types: &[Type],
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    let body = TypeRef::Named(error.ty);
    let set = &config.errors;
    let field = |pointer: &Option<String>| {
        let fields = set.fields.as_ref()?;
        pointer
            .as_ref()
            .map(|pointer| format!("{fields}/0{pointer}"))
    };
    for (key, pointer) in [
        ("code", set.code.clone()),
        ("detail", set.detail.clone()),
        ("fields", set.fields.clone()),
        ("field_name", field(&set.field_name)),
        ("field_detail", field(&set.field_detail)),
    ] {
        let Some(pointer) = pointer else { continue };
        if !matches!(member::at(types, &body, &pointer), member::Found::Nothing) {
            continue;
        }
        let (before, last) = pointer.rsplit_once('/').unwrap_or_default();
        let parent = match member::at(types, &body, before) {
            member::Found::Type(ty) => member::object(types, ty),
            _ => None,
        };
        let known = parent.into_iter().flat_map(|object| &object.fields);
        let near = nearest(last, known.map(|field| field.wire.as_str()));
        let message = format!("the error bodies have nothing at `{pointer}`");
        refuse(config, diagnostics, &format!("errors.{key}"), message, near);
    }
}

fn refuse(
    config: &Config,
    diagnostics: &mut Diagnostics,
    key: &str,
    message: String,
    near: Option<&str>,
) {
    diagnostics.push(Diagnostic {
        code: Code::Config,
        message,
        place: config.place(key),
        help: match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "correct the entry, or remove it".to_owned(),
        },
    });
}
