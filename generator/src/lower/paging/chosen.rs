//! How the config says that lists are paged.

use std::collections::BTreeMap;

use super::super::calls::{refuse, unknown};
use super::super::member::{self, Found};
use super::shape;
use crate::config::{self, Config, PagedOperation};
use crate::diag::Diagnostics;
use crate::ir::{Location, NextPage, Operation, PageRule, Paging, Type, TypeId, TypeRef};

/// Applies the config's exceptions, and reports those that fit nothing.
pub(super) fn apply(
    operations: &mut [Operation],
    types: &[Type],
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    for id in &config.paging.off {
        let key = format!("paging.off.{id}");
        let mut was_paged = false;
        for operation in operations
            .iter_mut()
            .filter(|operation| operation.id == *id)
        {
            was_paged |= operation.paging.take().is_some();
        }
        if operations.iter().all(|operation| operation.id != *id) {
            unknown(config, diagnostics, &key, id, operations);
        } else if !was_paged {
            let message = format!("no operation `{id}` is paged");
            refuse(config, diagnostics, &key, message);
        }
    }
    for (id, paged) in &config.paging.operations {
        let key = format!("paging.operations.{id}");
        let mut is_known = false;
        for operation in operations
            .iter_mut()
            .filter(|operation| operation.id == *id)
        {
            is_known = true;
            match as_said(operation, types, paged) {
                Ok(paging) => operation.paging = Some(paging),
                Err(fault) => refuse(config, diagnostics, &key, fault),
            }
        }
        if !is_known {
            unknown(config, diagnostics, &key, id, operations);
        }
    }
    one_list_for_each_type(operations, types, config, diagnostics);
}

/// A type has one list of elements, whoever brings it.
fn one_list_for_each_type(
    operations: &[Operation],
    types: &[Type],
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    let mut lists: BTreeMap<TypeId, (&str, &str)> = BTreeMap::new();
    for operation in operations {
        let items = operation
            .paging
            .as_ref()
            .and_then(|paging| paging.items.as_deref());
        let ty = member::answer(operation).map(|ty| member::resolved(types, ty));
        let (Some(items), Some(TypeRef::Named(id))) = (items, ty) else {
            continue;
        };
        let (first, other) = *lists.entry(*id).or_insert((items, &operation.id));
        if first != items {
            let message = format!(
                "`{}` and `{other}` bring one type, and take its elements from `{items}` and from `{first}`",
                operation.id
            );
            let known = |id: &&str| config.paging.operations.contains_key(*id);
            let id = [operation.id.as_str(), other]
                .into_iter()
                .find(known)
                .unwrap_or(other);
            refuse(
                config,
                diagnostics,
                &format!("paging.operations.{id}"),
                message,
            );
        }
    }
}

fn as_said(
    operation: &Operation,
    types: &[Type],
    paged: &PagedOperation,
) -> Result<Paging, String> {
    let id = &operation.id;
    let Some(answer) = member::answer(operation) else {
        return Err(format!("`{id}` does not bring JSON of one type"));
    };
    let answer = member::resolved(types, answer);
    let has = |ty, pointer: &str| match member::at(types, ty, pointer) {
        Found::Nothing => Err(format!("the answer of `{id}` has nothing at `{pointer}`")),
        Found::Type(_) | Found::Unknown => Ok(pointer.to_owned()),
    };
    let list = match &paged.items {
        None => answer,
        Some(items) => {
            let object = member::object(types, answer);
            let mut fields = object.iter().flat_map(|object| &object.fields);
            let field = fields.find(|field| field.wire == *items);
            field.map_or(answer, |field| member::resolved(types, &field.ty))
        }
    };
    let TypeRef::List(element) = list else {
        return Err(match &paged.items {
            None => {
                format!("the answer of `{id}` is no list; name the member that is one as `items`")
            }
            Some(items) => format!("the answer of `{id}` has no list `{items}`"),
        });
    };
    let parameter = |name: &String| query_parameter(operation, name);
    let next = match &paged.next {
        config::NextPage::Link(at) => NextPage::Link {
            at: has(answer, at)?,
        },
        config::NextPage::Cursor(name, at) => NextPage::Cursor {
            parameter: parameter(name)?,
            at: has(answer, at)?,
        },
        config::NextPage::Last(name, at) => NextPage::Last {
            parameter: parameter(name)?,
            items: paged
                .items
                .as_ref()
                .map_or_else(String::new, |items| shape::pointer("", items)),
            at: has(element, at)?,
        },
        config::NextPage::Number(name) => NextPage::Number {
            parameter: parameter(name)?,
            first: first(operation, name),
        },
        config::NextPage::Offset(name) => NextPage::Offset {
            parameter: parameter(name)?,
        },
    };
    let more = paged.more.as_ref().map(|at| has(answer, at)).transpose()?;
    Ok(Paging {
        items: paged.items.clone(),
        rule: PageRule { next, more },
    })
}

fn query_parameter(operation: &Operation, name: &str) -> Result<String, String> {
    let is_it = |parameter: &&crate::ir::Parameter| {
        parameter.location == Location::Query && parameter.wire == name
    };
    match operation.parameters.iter().find(is_it) {
        Some(_) => Ok(name.to_owned()),
        None => Err(format!(
            "`{}` has no query parameter `{name}`",
            operation.id
        )),
    }
}

/// The number of the first page: the parameter's default, or 1.
fn first(operation: &Operation, name: &str) -> u32 {
    let mut parameters = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.wire == name);
    let default = parameters
        .next()
        .and_then(|parameter| parameter.default.as_ref()?.as_u64());
    default
        .and_then(|first| u32::try_from(first).ok())
        .unwrap_or(1)
}
