//! The names of groups, operations, and what a caller gives to them.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Named, first_free};
use super::form::{self, Form};
use super::settle::{self, Name};
use super::waiters as name_waiters;
use super::words::Words;
use super::{AnswerNames, GroupNames, Ident, OperationNames};
use crate::diag::SpecPath;
use crate::ir::{Api, Location, Operation, Representation, Status, Tag, TagId, body_of, format_of};

/// Where the config names a group: the tag, or where the document does not declare it, its first use. Operations without a tag have
/// no such place: that of an operation is its own.
fn pin_place(tag: &Tag) -> Option<SpecPath> {
    let is_declared = tag.path.tokens().next().as_deref() == Some("tags");
    match tag.name.as_str() {
        "" => None,
        _ if is_declared => Some(tag.path.clone()),
        _ => Some(tag.path.join("tags").index(0)),
    }
}

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
                    pin: pin_place(tag).and_then(|place| context.pin(Form::Group, &place)),
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
        name_waiters::check(&operations, &methods, context);
        let handle = handles
            .get(&tag)
            .map(|group| group.handle.plain().to_owned());
        let mut types: BTreeSet<String> = handle.into_iter().collect();
        let requests = name_requests(&operations, &methods, &mut types, context);
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
            claim: claim(operation, context),
        })
        .collect();
    context.settle("method", &named, &mut BTreeSet::new())
}

/// What an operation would like to be called. One that stands beside another bears what tells it from that one in its name: its
/// version, or the kind of its body.
fn claim(operation: &Operation, context: &mut Context<'_>) -> settle::Claim {
    let suffixes = suffixes(operation, context);
    let Some(first) = suffixes.first() else {
        return context.claim(Form::Operation, &operation.id, &operation.path);
    };
    let ways: Vec<Words> = settle::ways(&context.splitter, &operation.id)
        .iter()
        .flat_map(|words| suffixes.iter().map(|suffix| words.followed_by(suffix)))
        .collect();
    let (key, path) = (operation.key(), &operation.path);
    let mut claim = context.claim_of(Form::Operation, &key, key.clone(), path, &ways);
    claim.pin = claim
        .pin
        .map(|pin| Form::Operation.name(&pin.words.followed_by(first)));
    claim
}

/// What stands behind the name of an operation beside another, the best first.
fn suffixes(operation: &Operation, context: &Context<'_>) -> Vec<Words> {
    let version = version_in_name(operation, context);
    let Some(media_type) = &operation.form else {
        return version.into_iter().collect();
    };
    let words = [body_of(media_type), media_type].map(|form| context.splitter.split(form));
    let with_version = |form: Words| match &version {
        Some(version) => version.followed_by(&form),
        None => form,
    };
    words.map(with_version).into()
}

/// `2023 02 01`, where the version stands in the name.
fn version_in_name(operation: &Operation, context: &Context<'_>) -> Option<Words> {
    let version = operation.version.as_ref();
    let version = version.filter(|_| operation.is_beside)?;
    Some(context.splitter.split(version))
}

/// The types of a group's requests: like the methods, and not like the handle.
fn name_requests(
    operations: &[(usize, &Operation)],
    methods: &[Name],
    taken: &mut BTreeSet<String>,
    context: &Context<'_>,
) -> Vec<Name> {
    let claims: Vec<settle::Claim> = operations
        .iter()
        .zip(methods)
        .map(|((_, operation), method)| settle::Claim {
            wire: operation.key(),
            key: operation.key(),
            priority: 0,
            pin: None,
            candidates: [
                with_whole_date(operation, &method.words, context),
                method.words.clone(),
                method.words.and("operation"),
            ]
            .iter()
            .map(|words| Form::Request.name(words))
            .collect(),
        })
        .collect();
    settle::settle(&claims, taken).0
}

/// A method's words with the parts of the version's date as one: `ListClusters20230201`, as types of the document are often named.
fn with_whole_date(operation: &Operation, words: &Words, context: &Context<'_>) -> Words {
    let Some(version) = version_in_name(operation, context) else {
        return words.clone();
    };
    let Some(base) = words.before(&version) else {
        return words.clone();
    };
    let is_number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
    let (numbers, others): (Vec<&str>, Vec<&str>) = version.iter().partition(is_number);
    let date: String = numbers.into_iter().collect();
    let parts = std::iter::once(date.as_str()).chain(others);
    parts
        .filter(|part| !part.is_empty())
        .fold(base, |words, part| words.and(part))
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
            ident: Ident::new(&first_free(Form::Request, &ways, &operation.key(), types).text),
            variants: operation
                .success
                .iter()
                .map(|answer| Ident::new(&status_name(answer.status)))
                .collect(),
        }
    });
    let parameters = name_parameters(operation, context);
    OperationNames {
        path: operation.path.clone(),
        module: Ident::new(&form::module(&method.words)),
        request: Ident::new(&request.text),
        table: Ident::new(&method.words.screaming()),
        ways: name_ways(operation, &parameters, context),
        waiters: name_waiters::name(operation),
        parameters,
        body: operation.body.as_ref().map(|_| Ident::new("body")),
        answer,
    }
}

/// The other ways to send a request: `send_csv`, and with the whole media type where that is taken.
fn name_ways(operation: &Operation, parameters: &[Ident], context: &Context<'_>) -> Vec<Ident> {
    let others = operation.others();
    let claim = |other: &&Representation| {
        let media_type = &other.media_type;
        let ways = [format_of(media_type), media_type];
        let name = |way: &str| Form::Parameter.name(&context.splitter.split(way).after("send"));
        settle::Claim {
            wire: media_type.clone(),
            key: media_type.clone(),
            priority: 0,
            pin: None,
            candidates: ways.map(name).to_vec(),
        }
    };
    let claims: Vec<settle::Claim> = others.iter().map(claim).collect();
    let mut taken = parameters
        .iter()
        .map(|name| name.plain().to_owned())
        .collect();
    let (names, _) = settle::settle(&claims, &mut taken);
    names.iter().map(|name| Ident::new(&name.text)).collect()
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
