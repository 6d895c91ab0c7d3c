//! One of several answers, told apart by the status.

use super::super::Ident;
use super::super::docs::{Docs, link};
use super::super::rust_type::spelled;
use super::super::scope::Scope;
use crate::surface::{AnswerVariant, Operation};

/// The table of the answers, which declares their enum.
pub(super) fn answers<'a>(
    ident: &Ident,
    variants: &'a [AnswerVariant],
    operation: &Operation,
    scope: &mut Scope<'a>,
) -> String {
    let mut table = format!("{}! {{\n", scope.table("answers"));
    let docs = Docs::line(format!("What {} brings.", link(operation.request.as_str())));
    docs.write(&mut table, "    ", "///");
    table.push_str(&format!("    pub enum {ident} {{\n"));
    for AnswerVariant {
        ident,
        docs,
        from,
        to,
        ty,
    } in variants
    {
        Docs::of(docs).write(&mut table, "        ", "///");
        let body = match ty {
            Some(ty) => format!("({})", spelled(ty, scope)),
            None => String::new(),
        };
        let statuses = if from == to {
            from.to_string()
        } else {
            format!("{from}..={to}")
        };
        table.push_str(&format!("        {ident}{body}: {statuses},\n"));
    }
    table.push_str("    }\n}\n");
    table
}
