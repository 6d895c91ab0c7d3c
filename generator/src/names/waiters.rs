//! The methods that wait: they are called as the config calls them.

use super::Ident;
use super::context::Context;
use super::settle::Name;
use crate::ir::Operation;

/// The methods of an operation's waiters.
pub(super) fn name(operation: &Operation) -> Vec<Ident> {
    let waiters = operation.waiters.iter();
    waiters.map(|waiter| Ident::new(&waiter.name)).collect()
}

/// Reports the waiters of a group that are called like one of its operations.
pub(super) fn check(
    operations: &[(usize, &Operation)],
    methods: &[Name],
    context: &mut Context<'_>,
) {
    for waiter in operations
        .iter()
        .flat_map(|(_, operation)| &operation.waiters)
    {
        if methods.iter().any(|method| method.text == waiter.name) {
            context.refuse_waiter(&waiter.name);
        }
    }
}
