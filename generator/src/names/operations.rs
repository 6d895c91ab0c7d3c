//! The names of groups, operations, and what a caller gives to them.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Named, first_free};
use super::form::{self, Form};
use super::settle::{self, Name};
use super::{AnswerNames, GroupNames, Ident, OperationNames};
use crate::ir::{Api, Location, Operation, Status, TagId};

/// The names of the groups, one for each tag.
pub(super) fn name_groups(api: &Api, context: &mut Context<'_>) -> BTreeMap<TagId, GroupNames> {
    let named: Vec<Named<'_>> = api
        .tags
        .iter()
        .map(|tag| {
            // Operations without a tag are what the API offers as such.
            let wire = if tag.name.is_empty() {
                "api"
            } else {
                &tag.name
            };
            let ways = settle::ways(&context.splitter, wire);
            Named {
                path: &tag.path,
                claim: settle::Claim {
                    wire: tag.name.clone(),
                    key: tag.name.clone(),
                    priority: 0,
                    pin: context.pin(Form::Group, &tag.path),
                    candidates: ways.iter().map(|words| Form::Group.name(words)).collect(),
                },
            }
        })
        .collect();
    let names = context.settle("group", &named, &mut BTreeSet::new());
    let mut handles = BTreeSet::new();
    let mut group = |name: &Name, tag: &str| GroupNames {
        tag: tag.to_owned(),
        handle: Ident::new(
            &first_free(
                Form::Handle,
                std::slice::from_ref(&name.words),
                tag,
                &mut handles,
            )
            .text,
        ),
        module: Ident::new(&form::module(&name.words)),
        feature: form::feature(&name.words),
    };
    let groups = api
        .tags
        .iter()
        .zip(&names)
        .map(|(tag, name)| group(name, &tag.name));
    (0..).map(TagId).zip(groups).collect()
}

/// The names of the operations, in document order.
pub(super) fn name(
    api: &Api,
    handles: &BTreeMap<TagId, GroupNames>,
    context: &mut Context<'_>,
) -> Vec<OperationNames> {
    let mut groups: BTreeMap<TagId, Vec<(usize, &Operation)>> = BTreeMap::new();
    for (index, operation) in api.operations.iter().enumerate() {
        groups
            .entry(operation.tag)
            .or_default()
            .push((index, operation));
    }
    let mut named: BTreeMap<usize, OperationNames> = BTreeMap::new();
    for (tag, operations) in groups {
        let methods = name_methods(&operations, context);
        let handle = handles
            .get(&tag)
            .map(|group| group.handle.plain().to_owned());
        let mut types: BTreeSet<String> = handle.into_iter().collect();
        let requests = name_requests(&operations, &methods, &mut types);
        for (((index, operation), method), request) in
            operations.into_iter().zip(&methods).zip(&requests)
        {
            named.insert(
                index,
                name_operation(operation, method, request, &mut types, context),
            );
        }
    }
    named.into_values().collect()
}

/// The methods of a group's handle.
fn name_methods(operations: &[(usize, &Operation)], context: &mut Context<'_>) -> Vec<Name> {
    let named: Vec<Named<'_>> = operations
        .iter()
        .map(|(_, operation)| Named {
            path: &operation.path,
            claim: context.claim(Form::Operation, &operation.id, &operation.path),
        })
        .collect();
    context.settle("method", &named, &mut BTreeSet::new())
}

/// The types of a group's requests: like the methods, and not like the handle.
fn name_requests(
    operations: &[(usize, &Operation)],
    methods: &[Name],
    taken: &mut BTreeSet<String>,
) -> Vec<Name> {
    let claims: Vec<settle::Claim> = operations
        .iter()
        .zip(methods)
        .map(|((_, operation), method)| settle::Claim {
            wire: operation.id.clone(),
            key: operation.id.clone(),
            priority: 0,
            pin: None,
            candidates: [method.words.clone(), method.words.and("operation")]
                .iter()
                .map(|words| Form::Request.name(words))
                .collect(),
        })
        .collect();
    settle::settle(&claims, taken).0
}

fn name_operation(
    operation: &Operation,
    method: &Name,
    request: &Name,
    types: &mut BTreeSet<String>,
    context: &mut Context<'_>,
) -> OperationNames {
    let answer = (operation.success.len() > 1).then(|| {
        let ways = [request.words.and("answer"), request.words.and("outcome")];
        AnswerNames {
            ident: Ident::new(&first_free(Form::Request, &ways, &operation.id, types).text),
            variants: operation
                .success
                .iter()
                .map(|answer| Ident::new(&status_name(answer.status)))
                .collect(),
        }
    });
    OperationNames {
        path: operation.path.clone(),
        module: Ident::new(&form::module(&method.words)),
        request: Ident::new(&request.text),
        table: Ident::new(&method.words.screaming()),
        parameters: name_parameters(operation, context),
        body: operation.body.as_ref().map(|_| Ident::new("body")),
        answer,
    }
}

/// The parameters. Two of one name part by where they go.
fn name_parameters(operation: &Operation, context: &mut Context<'_>) -> Vec<Ident> {
    let mut claims = Vec::new();
    for parameter in &operation.parameters {
        let (priority, place) = match parameter.location {
            Location::Path => (0, "path"),
            Location::Query => (1, "query"),
            Location::Header => (2, "header"),
            Location::Cookie => (3, "cookie"),
        };
        let mut ways = settle::ways(&context.splitter, &parameter.wire);
        if let Some(first) = ways.first().map(|words| words.and(place)) {
            // Where only the case or punctuation differs, the place would be no help.
            let same_place = operation.parameters.iter().filter(|other| {
                other.location == parameter.location
                    && context.splitter.split(&other.wire)
                        == context.splitter.split(&parameter.wire)
            });
            let position = if same_place.count() == 1 {
                1
            } else {
                ways.len()
            };
            ways.insert(position, first);
        }
        let key = format!("{} {place}", parameter.wire);
        let mut claim = context.claim_of(
            Form::Parameter,
            &parameter.wire,
            key,
            &parameter.path,
            &ways,
        );
        claim.priority = priority;
        claims.push((parameter, claim));
    }
    let named: Vec<Named<'_>> = claims
        .into_iter()
        .map(|(parameter, claim)| Named {
            path: &parameter.path,
            claim,
        })
        .collect();
    let names = context.settle("parameter", &named, &mut BTreeSet::new());
    names.iter().map(|name| Ident::new(&name.text)).collect()
}

/// What a status is called (RFC 9110, section 15.3).
fn status_name(status: Status) -> String {
    let name = match status {
        Status::Code(200) => "Ok",
        Status::Code(201) => "Created",
        Status::Code(202) => "Accepted",
        Status::Code(203) => "NonAuthoritative",
        Status::Code(204) => "NoContent",
        Status::Code(205) => "ResetContent",
        Status::Code(206) => "PartialContent",
        Status::Code(207) => "MultiStatus",
        Status::Code(code) => return format!("Status{code}"),
        Status::Range(2) => "OtherSuccess",
        Status::Range(digit) => return format!("Status{digit}xx"),
        Status::Default => "Other",
    };
    name.to_owned()
}
