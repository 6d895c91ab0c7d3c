//! A method that waits: it asks an operation again and again.

use super::super::docs::Docs;
use super::super::literal::quoted;
use super::super::rust_type::spelled;
use super::super::scope::Scope;
use super::WIDTH;
use super::handle::{METHOD, STATEMENT};
use super::layout::{Expression, Place};
use crate::surface::{Answer, Operation, Waiter, Waiting};

/// Adds the method; it takes what the operation takes.
pub(super) fn write<'a>(
    waiter: &'a Waiter,
    operation: &'a Operation,
    parameters: &[Expression],
    scope: &mut Scope<'a>,
    code: &mut String,
) {
    let brought = match &operation.answer {
        Answer::Json(ty) => spelled(ty, scope),
        Answer::JsonOrEmpty(ty) => format!("Option<{}>", spelled(ty, scope)),
        Answer::ByStatus { ident, .. } => ident.to_string(),
        Answer::Text => "String".to_owned(),
        Answer::Sequence(sequence, ty) => super::sequence(*sequence, ty, scope).1,
        Answer::Stream => scope.root_name("Download").to_string(),
        Answer::Empty => "()".to_owned(),
    };
    let outcome = if waiter.waiting.gone { ", ()" } else { "" };
    let ty = scope.root_name("Waiter");
    code.push('\n');
    Docs::of(&waiter.docs).write(code, METHOD, "///");
    if operation.deprecated.is_some() {
        code.push_str("    #[allow(deprecated, reason = \"it asks an operation that is\")]\n");
    }
    let head = Expression::Call {
        open: format!("pub fn {}(", waiter.ident),
        arguments: parameters.to_vec(),
        close: format!(") -> {ty}<{brought}{outcome}> {{"),
    };
    let place = |indent: &str| Place {
        width: WIDTH,
        indent: indent.len(),
        before: 0,
        after: 0,
    };
    let arguments = operation.arguments.iter();
    let arguments = arguments.map(|input| Expression::word(input.ident.to_string()));
    let call = Expression::call(&format!("self.{}", operation.module), arguments.collect());
    let (core, steps) = waiting(&waiter.waiting, &ty.to_string());
    let value = Expression::chain(core, steps).lay_out(place(STATEMENT));
    code.push_str(&format!("{METHOD}{}\n", head.compressed(place(METHOD))));
    code.push_str(&format!(
        "{STATEMENT}let call = {}.send();\n",
        call.lay_out(place(STATEMENT))
    ));
    code.push_str(&format!("{STATEMENT}{value}\n{METHOD}}}\n"));
}

/// The waiter, and the calls that say more of it.
fn waiting(waiting: &Waiting, ty: &str) -> (String, Vec<Expression>) {
    let list = |states: &[String]| {
        let states: Vec<String> = states.iter().map(|state| quoted(state)).collect();
        format!("&[{}]", states.join(", "))
    };
    let step =
        |name: &str, argument: String| Expression::call(name, vec![Expression::word(argument)]);
    let mut steps = Vec::new();
    let state = waiting.state.as_deref().map(quoted);
    let core = match (&state, waiting.gone) {
        (Some(state), false) => {
            format!("{ty}::until_state(call, {state}, {})", list(&waiting.done))
        }
        _ => format!("{ty}::until_gone(call)"),
    };
    if let Some(state) = state.filter(|_| waiting.gone) {
        steps.push(step(".state", state));
    }
    for (name, states) in [
        (".leaving_states", &waiting.leaving),
        (".failing_states", &waiting.failed),
    ] {
        if !states.is_empty() {
            steps.push(step(name, list(states)));
        }
    }
    for (name, seconds) in [
        (".every", waiting.interval),
        (".deadline", waiting.deadline),
    ] {
        if let Some(seconds) = seconds {
            steps.push(step(
                name,
                format!("std::time::Duration::from_secs({seconds})"),
            ));
        }
    }
    (core, steps)
}
