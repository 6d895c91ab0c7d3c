//! Operations.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{Operation as Source, RequestBody, Response};

use super::context::Context;
use super::found::{self, Found};
use super::media::Version;
use super::{answer, body, parameter};
use crate::diag::SpecPath;
use crate::ir::{Docs, Operation, Status, Tag, TagId};

/// All operations, and the tags that they carry.
pub(super) fn lower_all(context: &mut Context<'_>) -> (Vec<Operation>, Vec<Tag>) {
    let found = found::all(context);
    let names: BTreeSet<&str> = found.iter().map(|found| found.tag).collect();
    let tags = names
        .iter()
        .map(|name| lower_tag(context, name, &found))
        .collect();
    let ids: BTreeMap<&str, TagId> = names.into_iter().zip((0..).map(TagId)).collect();
    let mut operations = Vec::with_capacity(found.len());
    for found in found {
        let tag = ids.get(found.tag).copied().unwrap_or(TagId(0));
        operations.push(lower(context, &found, tag));
        context.build_waiting();
    }
    (operations, tags)
}

fn lower_tag(context: &Context<'_>, name: &str, found: &[Found<'_>]) -> Tag {
    let root = SpecPath::root();
    let declared = context
        .document
        .openapi()
        .tags
        .iter()
        .enumerate()
        .find(|(_, tag)| tag.name == name);
    let first_use = || {
        let found = found.iter().find(|found| found.tag == name);
        found.map_or_else(|| root.clone(), |found| found.path.clone())
    };
    Tag {
        path: declared.map_or_else(first_use, |(index, _)| root.join("tags").index(index)),
        name: name.to_owned(),
        description: declared
            .and_then(|(_, tag)| tag.description.clone())
            .unwrap_or_default(),
    }
}

fn lower<'a>(context: &mut Context<'a>, found: &Found<'a>, tag: TagId) -> Operation {
    let source = found.source;
    let responses = answer::responses(context, found);
    let body_source = body::request_body(context, found);
    let versions = versions(&responses, body_source.as_ref());
    let version = Version::choose(&versions, &context.config.versions);
    let mut parameters = parameter::lower_all(
        context,
        &found.id,
        [
            (&found.item.parameters, found.item_path.join("parameters")),
            (&source.parameters, found.path.join("parameters")),
        ],
    );
    parameter::match_path(context, &found.path, &found.template, &mut parameters);
    let body = body_source
        .and_then(|(body, path)| body::lower(context, found, body, &path, version.as_ref()));
    let (success, failure) = answer::lower_all(context, found, &responses, version.as_ref());
    Operation {
        path: found.path.clone(),
        id: found.id.clone(),
        method: found.method,
        template: found.template.clone(),
        tag,
        docs: Docs {
            title: source.summary.clone().unwrap_or_default(),
            description: source.description.clone().unwrap_or_default(),
            link: source.external_docs.as_ref().map(|docs| docs.url.clone()),
            examples: Vec::new(),
        },
        deprecated: source
            .deprecated
            .then(|| "the API document advises against it".to_owned()),
        parameters,
        body,
        success,
        failure,
        other_versions: versions
            .iter()
            .filter(|other| Some(*other) != version.as_ref())
            .map(ToString::to_string)
            .collect(),
        version: version.map(|version| version.to_string()),
        authenticated: is_authenticated(context, source),
        roles: roles(context, source),
    }
}

/// The versions that an operation is offered in: those of its successes, else those of its body.
fn versions(
    responses: &[(Status, &Response, SpecPath)],
    body: Option<&(&RequestBody, SpecPath)>,
) -> BTreeSet<Version> {
    let successes: BTreeSet<Version> = responses
        .iter()
        .filter(|(status, ..)| status.is_success())
        .flat_map(|(_, response, _)| response.content.keys())
        .filter_map(|media_type| Version::of(media_type))
        .collect();
    if !successes.is_empty() {
        return successes;
    }
    body.iter()
        .flat_map(|(body, _)| body.content.keys())
        .filter_map(|media_type| Version::of(media_type))
        .collect()
}

/// Credentials are left out where the document says that none are needed (an empty list of requirements), or knows of none.
fn is_authenticated(context: &Context<'_>, source: &Source) -> bool {
    let openapi = context.document.openapi();
    let requirements = source.security.as_ref().or(openapi.security.as_ref());
    match requirements {
        Some(list) => list.iter().any(|requirement| !requirement.is_empty()),
        // A document that declares schemes and requires none has most likely forgotten to.
        None => openapi
            .components
            .as_ref()
            .is_some_and(|components| !components.security_schemes.is_empty()),
    }
}

/// The roles that the config's extension lists: a list of strings, or one string.
fn roles(context: &Context<'_>, source: &Source) -> Vec<String> {
    let Some(value) = context
        .config
        .docs
        .roles
        .as_ref()
        .and_then(|name| source.extensions.get(name))
    else {
        return Vec::new();
    };
    match value {
        serde_json::Value::String(role) => vec![role.clone()],
        serde_json::Value::Array(roles) => roles
            .iter()
            .filter_map(|role| role.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}
