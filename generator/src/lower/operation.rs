//! Operations.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{Operation as Source, RequestBody, Response};
use serde_json::Value;

use super::context::Context;
use super::found::{self, Found};
use super::version::{self, Version};
use super::{answer, body, deprecation, parameter, path_template, security, server};
use crate::diag::SpecPath;
use crate::ir::{Docs, Operation, Parameter, PathTemplate, Requirement, Status, Tag, TagId};

/// All operations, and the tags that they carry.
pub(super) fn lower_all(
    context: &mut Context<'_>,
    security: &mut security::Reader<'_>,
) -> (Vec<Operation>, Vec<Tag>) {
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
        let wanted = security.of_operation(context, found.source, &found.path);
        operations.extend(lower(context, &found, tag, wanted));
        context.build_waiting();
    }
    version::check_listed(context, &operations);
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

/// An operation of the document: one for each version that is asked for, the one that counts first.
fn lower<'a>(
    context: &mut Context<'a>,
    found: &Found<'a>,
    tag: TagId,
    security: Option<Vec<Requirement>>,
) -> Vec<Operation> {
    let responses = answer::responses(context, found);
    let body = body::request_body(context, found);
    let offered = version::offered(&responses, body.as_ref());
    let mut parameters = parameter::lower_all(
        context,
        &found.id,
        [
            (&found.item.parameters, found.item_path.join("parameters")),
            (&found.source.parameters, found.path.join("parameters")),
        ],
    );
    let template = path_template::sent(&found.template, &parameters);
    parameter::match_path(context, &found.path, &template, &mut parameters);
    let config = &context.config.versions;
    let chosen = Version::choose(&offered, config);
    let beside = chosen
        .as_ref()
        .map(|chosen| Version::beside(&offered, chosen, config));
    let source = Versioned {
        found,
        template,
        tag,
        responses,
        body,
        offered,
        parameters,
        security,
    };
    let chosen = source.lower(context, chosen, false);
    let beside = beside.into_iter().flatten();
    let beside = beside.flat_map(|version| source.lower(context, Some(version), true));
    let beside: Vec<Operation> = beside.collect();
    chosen.into_iter().chain(beside).collect()
}

/// What the versions of an operation have in common.
struct Versioned<'a, 'f> {
    found: &'f Found<'a>,
    template: PathTemplate,
    tag: TagId,
    responses: Vec<(Status, &'a Response, SpecPath)>,
    body: Option<(&'a RequestBody, SpecPath)>,
    offered: BTreeSet<Version>,
    parameters: Vec<Parameter>,
    security: Option<Vec<Requirement>>,
}

impl<'a> Versioned<'a, '_> {
    /// The operation of a version, and behind it those with the other bodies that it takes.
    fn lower(
        &self,
        context: &mut Context<'a>,
        version: Option<Version>,
        is_beside: bool,
    ) -> Vec<Operation> {
        let Self { found, tag, .. } = self;
        let source = found.source;
        let sunset = deprecation::sunset(
            source,
            &self.responses,
            self.body.as_ref(),
            version.as_ref(),
        );
        // An operation without versions has one, and it is the newest.
        let is_newest = Version::newest(&self.offered) == version.as_ref();
        let mut operation = Operation {
            path: found.path.clone(),
            id: found.id.clone(),
            method: found.method,
            template: self.template.clone(),
            server: server::of_operation(found, &context.document.openapi().servers),
            tag: *tag,
            docs: Docs {
                title: source.summary.clone().unwrap_or_default(),
                description: source.description.clone().unwrap_or_default(),
                link: source.external_docs.as_ref().map(|docs| docs.url.clone()),
                examples: Vec::new(),
            },
            deprecated: (source.deprecated || (sunset.is_some() && is_newest))
                .then(|| deprecation::reason(source.description.as_deref().unwrap_or_default())),
            sunset,
            parameters: self.parameters.clone(),
            body: None,
            success: Vec::new(),
            failure: Vec::new(),
            interim: Vec::new(),
            other_versions: self
                .offered
                .iter()
                .filter(|other| Some(*other) != version.as_ref())
                .map(ToString::to_string)
                .collect(),
            version: version.as_ref().map(ToString::to_string),
            is_beside,
            form: None,
            is_enveloped: false,
            idempotent: None,
            paging: None,
            waiters: Vec::new(),
            security: self.security.clone(),
            roles: roles(context, source),
        };
        let key = operation.key();
        let mut bodies = match &self.body {
            Some((body, path)) => body::lower(context, &key, body, path, version.as_ref()),
            None => Vec::new(),
        }
        .into_iter();
        operation.body = bodies.next();
        let answers = answer::lower_all(
            context,
            &key,
            found.method,
            &self.responses,
            version.as_ref(),
        );
        operation.success = answers.success;
        operation.failure = answers.failure;
        operation.interim = answers.interim;
        let others: Vec<Operation> = bodies
            .map(|body| Operation {
                form: Some(body.media_type.clone()),
                body: Some(body),
                ..operation.clone()
            })
            .collect();
        std::iter::once(operation).chain(others).collect()
    }
}

/// The roles that an extension lists, as strings or as one string: the extension that the config names, else each whose name has
/// the word `roles` in it.
fn roles(context: &Context<'_>, source: &Source) -> Vec<String> {
    let named = context.config.docs.roles.as_deref();
    let is_meant = |name: &str| match named {
        Some(named) => name == named,
        None => name.to_ascii_lowercase().contains("roles"),
    };
    let values = source.extensions.iter();
    let values = values.filter_map(|(name, value)| is_meant(name).then_some(value));
    values.flat_map(strings).collect()
}

/// A string, or a list of nothing but strings.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => {
            let texts = list.iter().map(|text| text.as_str().map(str::to_owned));
            texts.collect::<Option<_>>().unwrap_or_default()
        }
        _ => Vec::new(),
    }
}
