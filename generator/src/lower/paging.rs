//! Lists that come in pages, found by the shape of answers and parameters.
//!
//! A rule finds what it is certain of and nothing else: an operation that is not found to be paged brings what one request brings,
//! and the config can say how it is paged.

mod asked;
mod chosen;
mod names;
mod shape;
#[cfg(test)]
mod tests;

use super::member;
use crate::config::{self, Config};
use crate::diag::Diagnostics;
use crate::ir::{Method, NextPage, Operation, PageRule, Paging, Type};
use asked::Asked;
use shape::Shape;

/// Finds the operations whose lists come in pages; what the config says of one counts more than what is found.
pub(super) fn find(
    operations: &mut [Operation],
    types: &[Type],
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    for operation in operations.iter_mut() {
        operation.paging = found(operation, types, &config.paging);
    }
    chosen::apply(operations, types, config, diagnostics);
}

/// How an operation is paged, as far as its shape is certain. Only what reads is repeated.
fn found(operation: &Operation, types: &[Type], config: &config::Paging) -> Option<Paging> {
    if operation.method != Method::Get {
        return None;
    }
    let shape = Shape::of(types, member::answer(operation)?)?;
    let asked = Asked::of(operation);
    let (next, more) = None
        .or_else(|| Some((by_link(&shape, &asked)?, None)))
        .or_else(|| Some((by_cursor(&shape, &asked)?, shape.more())))
        .or_else(|| by_last(&shape, &asked))
        .or_else(|| Some((by_number(&shape, &asked, config.first)?, shape.more())))
        .or_else(|| Some((by_offset(&shape, &asked)?, shape.more())))?;
    Some(Paging {
        items: shape.items.map(str::to_owned),
        rule: PageRule { next, more },
    })
}

/// A list of links, or a text that can only be a link. Many an object that is no list has links: something else must tell that
/// this one is a page.
fn by_link(shape: &Shape<'_>, asked: &Asked<'_>) -> Option<NextPage> {
    let is_page = asked.is_paged() || (shape.counts() && shape.is_plain());
    if let Some(at) = shape.links.as_ref().filter(|_| is_page) {
        return Some(NextPage::Link { at: at.clone() });
    }
    let is_page = is_page || shape.is_plain();
    let member = shape.members.iter().find(|member| {
        member.is_text()
            && match member.container() {
                // A `next` that no parameter takes is no cursor.
                None if member.name == "next" => asked.cursors.is_empty() && shape.counts(),
                Some(inner) if member.name == "next" => names::is_links(inner),
                Some("next") if member.name == "href" => member.is_below(names::is_links),
                _ => names::NEXT_LINKS.contains(&member.name.as_str()),
            }
    })?;
    is_page.then(|| NextPage::Link {
        at: member.at.clone(),
    })
}

/// A parameter that takes what a member of the answer is. Where there are page numbers too, it is not known which way is on.
fn by_cursor(shape: &Shape<'_>, asked: &Asked<'_>) -> Option<NextPage> {
    if asked.number.is_some() || asked.offset.is_some() {
        return None;
    }
    asked.cursors.iter().find_map(|parameter| {
        let member = shape.members.iter().find(|member| {
            member.is_text() && names::is_pair(&names::squashed(parameter), &member.name)
        })?;
        Some(NextPage::Cursor {
            parameter: (*parameter).to_owned(),
            at: member.at.clone(),
        })
    })
}

/// A parameter that takes the id of the last element, beside a member that says whether there are more.
fn by_last(shape: &Shape<'_>, asked: &Asked<'_>) -> Option<(NextPage, Option<String>)> {
    let is_it = |parameter: &&&str| names::squashed(parameter) == "startingafter";
    let parameter = asked.cursors.iter().find(is_it)?;
    let (items, more) = (shape.items?, shape.more()?);
    let next = shape.element_has_id().then(|| NextPage::Last {
        parameter: (*parameter).to_owned(),
        items: shape::pointer("", items),
        at: "/id".to_owned(),
    })?;
    Some((next, Some(more)))
}

/// A parameter with the number of the page. Where pages count from must be known.
fn by_number(shape: &Shape<'_>, asked: &Asked<'_>, first: Option<u32>) -> Option<NextPage> {
    let parameter = asked.number.filter(|_| asked.offset.is_none())?;
    let counts = shape.counts();
    if !asked.cursors.is_empty() || !shape.is_flat() || !(asked.limit || counts) {
        return None;
    }
    let first = match &parameter.default {
        Some(default) => u32::try_from(default.as_u64()?).ok()?,
        None => first?,
    };
    // A bare list from page 0 might as well begin at 1, and 0 mean "whole".
    let is_certain = first == 1 || (first == 0 && counts);
    is_certain.then(|| NextPage::Number {
        parameter: parameter.wire.clone(),
        first,
    })
}

/// A parameter with the number of the elements before, beside one with how many are wanted.
fn by_offset(shape: &Shape<'_>, asked: &Asked<'_>) -> Option<NextPage> {
    let parameter = asked.offset.filter(|_| asked.number.is_none())?;
    let is_from_0 = parameter
        .default
        .as_ref()
        .is_none_or(|default| default.as_u64() == Some(0));
    let is_certain = asked.cursors.is_empty() && asked.limit && shape.is_flat() && is_from_0;
    is_certain.then(|| NextPage::Offset {
        parameter: parameter.wire.clone(),
    })
}
