//! The static table: how an operation stands on the wire.

use super::super::literal::quoted;
use super::super::scope::Scope;
use super::WIDTH;
use super::layout::{Expression, Place};
use crate::surface::{
    Encoding, EncodingWay, Method, NextPage, Operation, OperationWire, PageRule, Pattern, Style,
};

/// How deep the value stands where it stands below its declaration.
const BELOW: usize = 4;

pub(super) fn table(operation: &Operation, scope: &mut Scope<'_>) -> String {
    let OperationWire {
        id,
        method,
        template,
        server,
        accept,
        content_type,
        security,
        encodings,
        enveloped,
        idempotent,
        paging,
    } = &operation.wire;
    let ty = scope.runtime_name("Operation");
    let constructor = format!("{ty}::{}", constructor(*method));
    let (id, template) = (quoted(id), quoted(template));
    let head = format!("{constructor}({id}, {template})");
    let mut calls = Vec::new();
    if let Some(server) = server {
        calls.push(Expression::call(
            ".server",
            vec![Expression::word(quoted(server))],
        ));
    }
    for (name, media_type) in [(".accept", accept), (".content_type", content_type)] {
        if let Some(media_type) = media_type {
            calls.push(Expression::call(
                name,
                vec![Expression::word(quoted(media_type))],
            ));
        }
    }
    if !encodings.is_empty() {
        calls.push(encoding(encodings, scope));
    }
    match security.as_deref() {
        None => {}
        Some([]) => calls.push(Expression::call(".unauthenticated", Vec::new())),
        Some(alternatives) => {
            let value = Expression::word(requirements(alternatives));
            calls.push(Expression::call(".security", vec![value]));
        }
    }
    if *enveloped {
        calls.push(Expression::call(".enveloped", Vec::new()));
    }
    if let Some(idempotent) = idempotent {
        let value = Expression::word(idempotent.to_string());
        calls.push(Expression::call(".idempotent", vec![value]));
    }
    if let Some(paging) = paging {
        pages(paging, &mut calls);
    }
    let declared = format!("static {}: {ty} =", operation.table);
    if head.chars().count() + BELOW > WIDTH {
        let calls: String = calls
            .iter()
            .map(|call| {
                let place = Place {
                    width: WIDTH,
                    indent: 0,
                    before: 0,
                    after: 1,
                };
                format!("\n{}", call.lay_out(place))
            })
            .collect();
        return format!("{declared} {constructor}(\n    {id},\n    {template},\n){calls};\n");
    }
    let value = Expression::chain(head, calls);
    let one_line = format!("{declared} {};\n", value.flat());
    if one_line.chars().count() <= WIDTH + 1 {
        return one_line;
    }
    let place = Place {
        width: WIDTH,
        indent: BELOW,
        before: 0,
        after: 1,
    };
    format!("{declared}\n    {};\n", value.lay_out(place))
}

/// `&[&["key"], &["user"]]`
fn requirements(alternatives: &[Vec<String>]) -> String {
    let alternatives = alternatives.iter().map(|names| {
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        format!("&[{}]", names.join(", "))
    });
    format!("&[{}]", alternatives.collect::<Vec<_>>().join(", "))
}

/// The call that says how members of the body are written.
fn encoding(encodings: &[Encoding], scope: &mut Scope<'_>) -> Expression {
    let ty = scope.runtime_name("Encoding").to_string();
    let one = |Encoding { name, way, headers }: &Encoding, scope: &mut Scope<'_>| {
        let mut styled =
            |style: &Style| format!("{}::{}", scope.runtime_name("Style"), self::style(*style));
        let (constructor, value) = match way {
            None => ("part", String::new()),
            Some(EncodingWay::Style(style)) => ("style", format!(", {}", styled(style))),
            Some(EncodingWay::Reserved(style)) => ("reserved", format!(", {}", styled(style))),
            Some(EncodingWay::MediaType(media_type)) => {
                ("media_type", format!(", {}", quoted(media_type)))
            }
        };
        let head = format!("{ty}::{constructor}({}{value})", quoted(name));
        let pair = |(name, value): &(String, String)| {
            Expression::word(format!("({}, {})", quoted(name), quoted(value)))
        };
        let pairs: Vec<Expression> = headers.iter().map(pair).collect();
        let headers = (!pairs.is_empty()).then_some(Expression::Call {
            open: ".headers(&[".to_owned(),
            arguments: pairs,
            close: "])".to_owned(),
        });
        Expression::chain(head, headers.into_iter().collect())
    };
    Expression::Call {
        open: ".encoding(&[".to_owned(),
        arguments: encodings
            .iter()
            .map(|encoding| one(encoding, scope))
            .collect(),
        close: "])".to_owned(),
    }
}

/// The calls that say how the next page is asked for.
fn pages(paging: &PageRule, calls: &mut Vec<Expression>) {
    let (name, arguments) = match &paging.next {
        NextPage::Link { at } => (".next_link", vec![quoted(at)]),
        NextPage::Cursor { parameter, at } => (".next_cursor", vec![quoted(parameter), quoted(at)]),
        NextPage::Last {
            parameter,
            items,
            at,
        } => (
            ".next_after",
            vec![quoted(parameter), quoted(items), quoted(at)],
        ),
        NextPage::Number { parameter, first } => {
            (".next_number", vec![quoted(parameter), first.to_string()])
        }
        NextPage::Offset { parameter } => (".next_offset", vec![quoted(parameter)]),
    };
    let arguments = arguments.into_iter().map(Expression::word).collect();
    calls.push(Expression::call(name, arguments));
    if let Some(more) = &paging.more {
        calls.push(Expression::call(
            ".more",
            vec![Expression::word(quoted(more))],
        ));
    }
}

/// A pattern of the runtime.
pub(super) fn pattern(pattern: &Pattern, scope: &mut Scope<'_>) -> String {
    let ty = scope.runtime_name("Pattern");
    let mut class = String::new();
    for &(first, last) in &pattern.class {
        literally(first, &mut class);
        if first != last {
            class.push('-');
            literally(last, &mut class);
        }
    }
    let max = match pattern.max {
        Some(max) => max.to_string(),
        None => "usize::MAX".to_owned(),
    };
    format!("{ty}::new({}, {}, {max})", quoted(&class), pattern.min)
}

/// A character of a class, with a backslash where it would mean something else.
fn literally(character: char, class: &mut String) {
    if matches!(character, '\\' | '-' | '[' | ']' | '^') {
        class.push('\\');
    }
    class.push(character);
}

/// A style, as the runtime's variant is called.
pub(super) fn style(style: Style) -> &'static str {
    match style {
        Style::FormExploded => "FormExploded",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Simple => "Simple",
        Style::SimpleExploded => "SimpleExploded",
        Style::Label => "Label",
        Style::LabelExploded => "LabelExploded",
        Style::Matrix => "Matrix",
        Style::MatrixExploded => "MatrixExploded",
        Style::Json => "Json",
        Style::Text => "Text",
    }
}

/// The function that begins a table.
fn constructor(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Put => "put",
        Method::Post => "post",
        Method::Delete => "delete",
        Method::Options => "options",
        Method::Head => "head",
        Method::Patch => "patch",
        Method::Trace => "trace",
    }
}
