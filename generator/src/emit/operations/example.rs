//! The example of an operation, which is compiled as a test of the generated crate.

use std::collections::BTreeSet;

use super::super::Ident;
use super::super::docs::Docs;
use super::super::index::Index;
use super::super::literal::quoted;
use super::layout::{Expression, Place};
use super::{WIDTH, in_full, unboxed};
use crate::surface::{Answer, Crate, ExampleValue, Group, Operation, RustType};

/// Adds the example to the documentation: the shorter of the one with its values in the call and the one with names for them.
pub(super) fn write<'d>(
    docs: Docs<'d>,
    operation: &Operation,
    group: &Group,
    krate: &Crate,
    index: &Index<'_>,
) -> Docs<'d> {
    let library = krate.package.library.as_str();
    let example =
        |is_named| Example::new(operation, index, library, is_named).lines(operation, group);
    let (plain, named) = (example(false), example(true));
    let lines = if named.len() < plain.len() {
        named
    } else {
        plain
    };

    let mut docs = docs.paragraph("```no_run");
    lines.into_iter().for_each(|line| docs.push(line));
    docs.push("# Ok(()) }");
    docs.push("```");
    docs
}

/// What an example uses.
struct Example<'a> {
    index: &'a Index<'a>,
    /// The crate.
    library: &'a str,
    /// Whether names stand for the arguments: parameters of the example, or variables.
    is_named: bool,
    /// Types of the crate.
    types: BTreeSet<&'a Ident>,
    /// Types that the crate's root has from the runtime.
    runtime: BTreeSet<&'static str>,
    /// Values that the example takes as parameters, with their types.
    given: Vec<(String, String)>,
    /// The statements before the call.
    before: Vec<String>,
}

impl<'a> Example<'a> {
    fn new(
        operation: &'a Operation,
        index: &'a Index<'a>,
        library: &'a str,
        is_named: bool,
    ) -> Self {
        let mut types = BTreeSet::new();
        operation
            .example
            .iter()
            .for_each(|value| named(value, &mut types));
        Self {
            index,
            library,
            is_named,
            types,
            runtime: BTreeSet::new(),
            given: Vec::new(),
            before: Vec::new(),
        }
    }

    /// The lines up to the end of the call.
    fn lines(mut self, operation: &'a Operation, group: &Group) -> Vec<String> {
        let call = self.call(operation, group);
        let mut lines = self.uses();
        lines.extend(self.head());
        let code = self.before.iter().chain(&call);
        lines.extend(code.flat_map(|statement| statement.lines().map(str::to_owned)));
        lines
    }

    /// The statements that make the call.
    fn call(&mut self, operation: &'a Operation, group: &Group) -> Vec<String> {
        let inputs = operation.arguments.iter().map(|input| input.ident.as_str());
        let values = operation.example.iter().zip(inputs);
        let arguments = values.map(|(value, name)| self.argument(value, name));
        let request = format!("client.{}().{}", group.module, operation.module);
        let request = Expression::call(&request, arguments.collect());
        let (answer, end) = match &operation.answer {
            _ if operation.wire.paging.is_some() => ("let mut items = ", ".send().items();"),
            Answer::Sequence(sequence, _) if sequence.is_events() => {
                ("let mut events = ", ".send().await?;")
            }
            Answer::Sequence(..) => ("let mut lines = ", ".send().await?;"),
            Answer::Empty => ("", ".send().await?;"),
            _ => ("let answer = ", ".send().await?;"),
        };
        let line = format!("{answer}{}{end}", request.flat());
        let mut lines = match fits(&line) {
            true => vec![line],
            false => vec![
                statement("let request = ", &request),
                format!("{answer}request{end}"),
            ],
        };
        let one = match &operation.answer {
            _ if operation.wire.paging.is_some() => "item",
            Answer::Sequence(sequence, _) if sequence.is_events() => "event",
            Answer::Sequence(..) => "line",
            _ => return lines,
        };
        lines.push(format!(
            "while let Some({one}) = {one}s.next().await {{\n    let {one} = {one}?;\n}}"
        ));
        lines
    }

    /// An argument of the call.
    fn argument(&mut self, value: &'a ExampleValue, name: &str) -> Expression {
        match value {
            ExampleValue::Given(ty) => self.parameter(name, in_full(unboxed(ty), self.library)),
            ExampleValue::Text(_) if self.is_named => self.parameter(name, "&str".to_owned()),
            ExampleValue::List(_)
            | ExampleValue::New(..)
            | ExampleValue::Variant(..)
            | ExampleValue::FromText(..)
                if self.is_named =>
            {
                let name = self.free(name);
                let value = self.value(value, false);
                self.before
                    .push(statement(&format!("let {name} = "), &value));
                Expression::word(name)
            }
            value => self.value(value, true),
        }
    }

    /// A value. As an argument, text may stand for whatever is made from it.
    fn value(&mut self, value: &'a ExampleValue, argument: bool) -> Expression {
        match value {
            ExampleValue::Text(text) if argument => Expression::word(quoted(text)),
            ExampleValue::Text(text) => from_text("String", text),
            ExampleValue::Bool(flag) => Expression::word(flag.to_string()),
            ExampleValue::Integer(number) => Expression::word(number.to_string()),
            ExampleValue::Float(number) => Expression::word(float(*number)),
            ExampleValue::List(items) => {
                let items = items.iter().map(|item| self.value(item, false));
                Expression::Call {
                    open: "vec![".to_owned(),
                    arguments: items.collect(),
                    close: "]".to_owned(),
                }
            }
            ExampleValue::FromText(ty, text) => from_text(&self.runtime(ty), text),
            ExampleValue::New(ident, values) => {
                let values = values.iter().map(|value| self.value(value, true));
                Expression::call(&format!("{ident}::new"), values.collect())
            }
            ExampleValue::Value(ident, variant) => Expression::word(format!("{ident}::{variant}")),
            ExampleValue::Variant(ident, variant, inner) => {
                let boxed = self.is_boxed(ident, variant);
                let mut inner = self.value(inner, false);
                if boxed {
                    inner = Expression::call("Box::new", vec![inner]);
                }
                Expression::call(&format!("{ident}::{variant}"), vec![inner])
            }
            ExampleValue::Given(ty) => self.parameter("value", in_full(unboxed(ty), self.library)),
        }
    }

    /// Whether a union's variant holds a box.
    fn is_boxed(&self, union: &Ident, variant: &Ident) -> bool {
        let union = self.index.union(union);
        union.is_some_and(|union| {
            let is_boxed = |ty: &RustType| matches!(ty, RustType::Box(_));
            union
                .variants
                .iter()
                .any(|other| other.ident == *variant && is_boxed(&other.ty))
        })
    }

    /// A type that is made from text.
    fn runtime(&mut self, ty: &RustType) -> String {
        let name = match ty {
            RustType::Timestamp => "Timestamp",
            RustType::Date => "Date",
            RustType::Uuid => "Uuid",
            RustType::Base64 => "Base64",
            RustType::FilePart => "FilePart",
            _ => return "String".to_owned(),
        };
        self.runtime.insert(name);
        if self.is_type(name) {
            format!("client_runtime::{name}")
        } else {
            name.to_owned()
        }
    }

    fn is_type(&self, name: &str) -> bool {
        self.types.iter().any(|ident| ident.as_str() == name)
    }

    /// A value that the example takes as a parameter, named as the argument that it is for.
    fn parameter(&mut self, name: &str, ty: String) -> Expression {
        let name = self.free(name);
        self.given.push((name.clone(), ty));
        Expression::word(name)
    }

    /// A name that nothing else in the example has.
    fn free(&self, name: &str) -> String {
        let mut name = name.to_owned();
        while name == "client" || self.given.iter().any(|(taken, _)| *taken == name) {
            name.push('_');
        }
        name
    }

    /// The lines that begin the example's function: two where one is too long.
    fn head(&self) -> Vec<String> {
        let library = self.library;
        let given = self
            .given
            .iter()
            .map(|(name, ty)| format!(", {name}: {ty}"));
        let given: String = given.collect();
        let head = format!("# async fn example(client: {library}::Client{given})");
        let result = format!("-> Result<(), {library}::Error> {{");
        let line = format!("{head} {result}");
        match fits(&line) {
            true => vec![line],
            false => vec![head, format!("# {result}")],
        }
    }

    /// The `use` lines that the example shows.
    fn uses(&self) -> Vec<String> {
        let library = self.library;
        let (full, short): (Vec<&str>, Vec<&str>) =
            self.runtime.iter().partition(|name| self.is_type(name));
        let types: Vec<&str> = self.types.iter().map(|ident| ident.as_str()).collect();
        let mut lines = Vec::new();
        let mut add = |path: String, names: &[&str]| match names {
            [] => {}
            [one] => lines.push(format!("use {path}::{one};")),
            names => lines.push(format!("use {path}::{{{}}};", names.join(", "))),
        };
        add(library.to_string(), &short);
        add(format!("{library}::types"), &types);
        if !full.is_empty() {
            lines.push(format!("use {library}::client_runtime;"));
        }
        lines
    }
}

/// The types of the crate that a value names.
fn named<'a>(value: &'a ExampleValue, types: &mut BTreeSet<&'a Ident>) {
    match value {
        ExampleValue::List(values) => values.iter().for_each(|value| named(value, types)),
        ExampleValue::New(ident, values) => {
            types.insert(ident);
            values.iter().for_each(|value| named(value, types));
        }
        ExampleValue::Value(ident, _) => {
            types.insert(ident);
        }
        ExampleValue::Variant(ident, _, inner) => {
            types.insert(ident);
            named(inner, types);
        }
        _ => {}
    }
}

/// Whether a line of the example fits.
fn fits(line: &str) -> bool {
    line.chars().count() <= WIDTH
}

/// A statement, on as many lines as it takes.
fn statement(begun: &str, value: &Expression) -> String {
    let place = Place {
        width: WIDTH,
        indent: 0,
        before: begun.chars().count(),
        after: 1,
    };
    format!("{begun}{};", value.lay_out(place))
}

fn from_text(ty: &str, text: &str) -> Expression {
    Expression::call(&format!("{ty}::from"), vec![Expression::word(quoted(text))])
}

/// JSON has no infinity and no NaN; a literal of one would be no literal.
fn float(number: f64) -> String {
    match number.is_finite() {
        true => format!("{number:?}"),
        false => "f64::NAN".to_owned(),
    }
}
