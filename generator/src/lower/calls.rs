//! What the config says of single operations: whether they may be repeated, and what can be waited for.

use super::member::{self, Found};
use crate::config::{Config, Waiter, nearest};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{self, Method, Operation, Shape, Type, TypeRef, Waiting};

/// Applies the config's marks and waiters, and reports those that fit nothing.
pub(super) fn apply(
    operations: &mut [Operation],
    types: &[Type],
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    for (list, ids, value) in [
        ("idempotent", &config.operations.idempotent, true),
        ("not_idempotent", &config.operations.not_idempotent, false),
    ] {
        for id in ids {
            let key = format!("operations.{list}.{id}");
            if operations.iter().all(|operation| operation.id != *id) {
                unknown(config, diagnostics, &key, id, operations);
            } else if let Err(fault) = mark(operations, id, value) {
                refuse(config, diagnostics, &key, fault);
            }
        }
    }
    for (name, waiter) in &config.waiters {
        let key = format!("waiters.{name}");
        let id = &waiter.operation;
        let mut is_known = false;
        // Of several versions and bodies of an operation, those that count.
        let mut meant = operations
            .iter_mut()
            .filter(|operation| operation.id == *id && operation.is_main());
        if let Some(operation) = meant.next() {
            is_known = true;
            if let Err(fault) = check(operation, types, waiter) {
                refuse(config, diagnostics, &key, fault);
            }
            operation.waiters.push(lower(name, waiter));
        }
        if !is_known {
            unknown(config, diagnostics, &key, id, operations);
        }
    }
}

/// Reports an entry of the config that names an operation which is not there.
pub(super) fn unknown(
    config: &Config,
    diagnostics: &mut Diagnostics,
    key: &str,
    id: &str,
    operations: &[Operation],
) {
    let ids = operations.iter().map(|operation| operation.id.as_str());
    let help = match nearest(id, ids) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "correct the entry, or remove it".to_owned(),
    };
    diagnostics.push(Diagnostic {
        code: Code::Config,
        message: format!("there is no operation `{id}`"),
        place: config.place(key),
        help,
    });
}

/// Reports an entry of the config that does not fit the document.
pub(super) fn refuse(config: &Config, diagnostics: &mut Diagnostics, key: &str, message: String) {
    diagnostics.push(Diagnostic {
        code: Code::Config,
        message,
        place: config.place(key),
        help: "correct the entry, or remove it".to_owned(),
    });
}

/// Marks the operations of an id, where their method does not say the same already.
fn mark(operations: &mut [Operation], id: &str, value: bool) -> Result<(), String> {
    for operation in operations.iter_mut().filter(|operation| operation.id == id) {
        match operation.idempotent {
            Some(other) if other != value => {
                return Err(format!("`{id}` is called both idempotent and not"));
            }
            _ if is_idempotent(operation.method) == value => {
                let method = format!("{:?}", operation.method).to_ascii_uppercase();
                let what = if value {
                    "idempotent"
                } else {
                    "not idempotent"
                };
                return Err(format!("`{id}` is {what} without this, as every {method}"));
            }
            _ => operation.idempotent = Some(value),
        }
    }
    Ok(())
}

/// Whether a request with this method may be repeated (RFC 9110, section 9.2.2).
fn is_idempotent(method: Method) -> bool {
    !matches!(method, Method::Post | Method::Patch)
}

/// Whether an operation can be asked again and again, and what it brings has the member and the states that are named.
fn check(operation: &Operation, types: &[Type], waiter: &Waiter) -> Result<(), String> {
    let id = &operation.id;
    if operation.method != Method::Get {
        return Err(format!(
            "`{id}` does more than read, so it cannot be asked again and again"
        ));
    }
    let Some(pointer) = &waiter.state else {
        return Ok(());
    };
    let Some(answer) = member::answer(operation) else {
        return Err(format!("`{id}` does not bring JSON of one type"));
    };
    let ty = match member::at(types, answer, pointer) {
        Found::Unknown => return Ok(()),
        Found::Nothing => return Err(format!("the answer of `{id}` has nothing at `{pointer}`")),
        Found::Type(ty) => member::resolved(types, ty),
    };
    let values = match ty {
        TypeRef::Named(id) => match types.get(id.index()).map(|ty| &ty.shape) {
            Some(Shape::Enum(ir::Enum::Text(values))) => values,
            _ => return Err(format!("what is at `{pointer}` is no text")),
        },
        ty if ty.is_text() || matches!(ty, TypeRef::Bool | TypeRef::Int32 | TypeRef::Int64) => {
            return Ok(());
        }
        _ => return Err(format!("what is at `{pointer}` is no text")),
    };
    let mut states = waiter
        .done
        .iter()
        .chain(&waiter.failed)
        .chain(&waiter.leaving);
    match states.find(|state| values.iter().all(|value| value.value != **state)) {
        Some(state) => Err(format!("what is at `{pointer}` is never `{state}`")),
        None => Ok(()),
    }
}

fn lower(name: &str, waiter: &Waiter) -> ir::Waiter {
    let seconds = |time: Option<std::time::Duration>| time.map(|time| time.as_secs());
    ir::Waiter {
        name: name.to_owned(),
        waiting: Waiting {
            state: waiter.state.clone(),
            done: waiter.done.clone(),
            failed: waiter.failed.clone(),
            leaving: waiter.leaving.clone(),
            gone: waiter.gone,
            interval: seconds(waiter.interval),
            deadline: seconds(waiter.deadline),
        },
    }
}
