//! The method of a group's handle that begins a request.

use super::super::docs::Docs;
use super::super::index::Index;
use super::super::literal::quoted;
use super::super::rust_type::spelled;
use super::super::scope::Scope;
use super::layout::{Expression, Place};
use super::{WIDTH, example, table, unboxed, waiter};
use crate::surface::{BodyKind, Crate, Group, Input, Operation, RustType, Style, Target};

/// How deep the method stands in its `impl`.
pub(super) const METHOD: &str = "    ";

/// How deep its statement stands.
pub(super) const STATEMENT: &str = "        ";

pub(super) fn handle<'a>(
    operation: &'a Operation,
    group: &'a Group,
    krate: &Crate,
    index: &Index<'a>,
    scope: &mut Scope<'a>,
) -> String {
    let mut code = format!("impl {} {{\n", scope.parent_name(&group.ident));
    example::write(Docs::of(&operation.docs), operation, group, krate, index)
        .write(&mut code, METHOD, "///");
    match operation.deprecated.as_deref() {
        Some("") => code.push_str("    #[deprecated]\n"),
        Some(note) => code.push_str(&format!("    #[deprecated(note = {})]\n", quoted(note))),
        None => {}
    }
    let mut parameters = vec![Expression::word("&self")];
    let mut steps = Vec::with_capacity(operation.arguments.len() + 1);
    for input in &operation.arguments {
        let form = Form::of(input, index);
        let ty = match form {
            Form::Text => "impl AsRef<str>".to_owned(),
            Form::Into => format!("impl Into<{}>", spelled(unboxed(&input.ty), scope)),
            Form::Plain => spelled(unboxed(&input.ty), scope),
        };
        parameters.push(Expression::word(format!("{}: {ty}", input.ident)));
        steps.push(step(input, form, scope));
    }
    let head = Expression::Call {
        open: format!("pub fn {}(", operation.module),
        arguments: parameters.clone(),
        close: format!(") -> {} {{", operation.request),
    };
    let place = |indent, after| Place {
        width: WIDTH,
        indent,
        before: 0,
        after,
    };
    let mut core = format!("{}(self.core", operation.request);
    let begin = format!(".request(&{})", operation.table);
    if core.len() + begin.len() + STATEMENT.len() <= WIDTH {
        core.push_str(&begin);
    } else {
        steps.insert(0, Expression::word(begin));
    }
    let request = Expression::chain(core, steps).lay_out(place(STATEMENT.len(), 1));
    code.push_str(&format!(
        "{METHOD}{}\n",
        head.compressed(place(METHOD.len(), 0))
    ));
    code.push_str(&format!("{STATEMENT}{request})\n{METHOD}}}\n"));
    for waiter in &operation.waiters {
        waiter::write(waiter, operation, &parameters, scope, &mut code);
    }
    code.push_str("}\n");
    code
}

/// How a caller gives an argument.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As any text: it is only read.
    Text,
    /// In any form that makes it: what is made from text has many.
    Into,
    /// As it is.
    Plain,
}

impl Form {
    fn of(input: &Input, index: &Index<'_>) -> Self {
        match index.resolve(unboxed(&input.ty)) {
            RustType::String => Self::Text,
            ty if index.is_made_from_text(ty) => Self::Into,
            _ => Self::Plain,
        }
    }
}

/// The call that hands an argument to the request.
fn step(input: &Input, form: Form, scope: &mut Scope<'_>) -> Expression {
    let name = &input.ident;
    let value = match form {
        Form::Text => format!("{name}.as_ref()"),
        Form::Into => format!("&{name}.into()"),
        Form::Plain => format!("&{name}"),
    };
    let mut styled = |way: &str, style: Style, wire: &str| {
        let style = format!("{}::{}", scope.runtime_name("Style"), table::style(style));
        vec![format!("{way}_as"), style, quoted(wire), value.clone()]
    };
    let plain = |way: &str, wire: &str| vec![way.to_owned(), quoted(wire), value.clone()];
    let mut parts = match &input.target {
        Target::Path {
            wire,
            style: Style::Simple,
            pattern: Some(pattern),
        } if form == Form::Text => vec![
            "path_checked".to_owned(),
            quoted(wire),
            value.clone(),
            table::pattern(pattern, scope),
        ],
        Target::Path {
            wire,
            style: Style::Simple,
            ..
        } => plain("path", wire),
        Target::Path { wire, style, .. } => styled("path", *style, wire),
        Target::Query {
            wire,
            style: Style::FormExploded,
            reserved,
        } => plain(query(*reserved), wire),
        Target::Query {
            wire,
            style,
            reserved,
        } => styled(query(*reserved), *style, wire),
        Target::Header {
            wire,
            style: Style::Simple,
        } => plain("header", wire),
        Target::Header { wire, style } => styled("header", *style, wire),
        Target::Cookie {
            wire,
            style: Style::FormExploded,
        } => plain("cookie", wire),
        Target::Cookie { wire, style } => styled("cookie", *style, wire),
        Target::Body(kind) => vec![body(*kind).to_owned(), value.clone()],
    }
    .into_iter();
    let way = format!(".{}", parts.next().unwrap_or_default());
    Expression::call(&way, parts.map(Expression::word).collect())
}

/// How the runtime calls a query parameter.
pub(super) fn query(reserved: bool) -> &'static str {
    if reserved { "query_reserved" } else { "query" }
}

/// How the runtime calls a kind of body.
pub(super) fn body(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::Json => "json",
        BodyKind::Text => "text",
        BodyKind::Form => "form",
        BodyKind::Multipart => "multipart",
        BodyKind::Bytes => "bytes",
    }
}
