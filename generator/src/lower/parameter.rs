//! Parameters.

use indexmap::IndexMap;
use openapiv3::{
    MediaType, Parameter as Source, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle,
    ReferenceOr,
};

use super::annotations::Annotations;
use super::context::{Context, Node};
use super::schema::Kind;
use super::{media, pattern};
use crate::diag::{Code, SpecPath};
use crate::ir::{Location, Origin, Parameter, PathTemplate, Presence, Segment, Style, TypeRef};
use crate::wire::is_token;

/// Headers that a parameter can't set (OpenAPI 3.0.3, Parameter Object): the request has them from elsewhere.
const RESERVED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// The parameters of an operation: its own, and those of its path that it does not replace.
pub(super) fn lower_all<'a>(
    context: &mut Context<'a>,
    operation: &str,
    lists: [(&'a [ReferenceOr<Source>], SpecPath); 2],
) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for (list, path) in lists {
        let before = parameters.len();
        for (index, parameter) in list.iter().enumerate() {
            let Some(parameter) = lower(context, operation, parameter, path.index(index)) else {
                continue;
            };
            let same = parameters
                .iter_mut()
                .enumerate()
                .find(|(_, other)| is_same(other, &parameter));
            match same {
                None => parameters.push(parameter),
                Some((index, other)) => {
                    // That an operation replaces what its path says is in order.
                    if index >= before && other.path != parameter.path {
                        report_twice(context, other, &parameter);
                    }
                    *other = parameter;
                }
            }
        }
    }
    parameters
}

/// Whether two parameters are one (OpenAPI 3.0.3, Parameter Object): of one name at one place. The names of headers are the same
/// however they are written (RFC 9110, section 5.1).
fn is_same(one: &Parameter, other: &Parameter) -> bool {
    let is_name = match one.location {
        Location::Header => one.wire.eq_ignore_ascii_case(&other.wire),
        _ => one.wire == other.wire,
    };
    is_name && one.location == other.location
}

fn report_twice(context: &mut Context<'_>, before: &Parameter, again: &Parameter) {
    let what = match before.wire == again.wire {
        true => format!("the parameter `{}` is there twice", again.wire),
        false => format!("`{}` and `{}` are the same header", before.wire, again.wire),
    };
    context.report(
        Code::Invalid,
        &again.path,
        format!("{what}; the last one counts"),
        "take one of them away",
    );
}

fn lower<'a>(
    context: &mut Context<'a>,
    operation: &str,
    parameter: &'a ReferenceOr<Source>,
    path: SpecPath,
) -> Option<Parameter> {
    let (source, path) = match parameter {
        ReferenceOr::Item(parameter) => (parameter, path),
        ReferenceOr::Reference { reference } => {
            let target = context.document.parameter(reference, &path)?;
            (target.value, target.path)
        }
    };
    let data = source.parameter_data_ref();
    let (location, style) = location_and_style(source, data);
    let has_token = matches!(location, Location::Header | Location::Cookie);
    if has_token && !is_token(&data.name) {
        let what = if location == Location::Header {
            "header"
        } else {
            "cookie"
        };
        context.report(
            Code::Invalid,
            &path.join("name"),
            format!("`{}` can't be the name of a {what}; the parameter is left out", data.name),
            "a name has letters, digits and hyphens, and none of the characters that separate one from the next",
        );
        return None;
    }
    let is_reserved = location == Location::Header
        && RESERVED_HEADERS.contains(&data.name.to_ascii_lowercase().as_str());
    if is_reserved {
        return None;
    }
    let (ty, annotations) = type_of(
        context,
        operation,
        data,
        (style, location != Location::Path),
        &path,
    );
    let is_reserved = matches!(
        source,
        Source::Query {
            allow_reserved: true,
            ..
        }
    );
    let required = data.required || location == Location::Path;
    let mut docs = annotations.docs;
    if let Some(description) = &data.description {
        docs.description.clone_from(description);
    }
    if let Some(example) = example(data) {
        docs.examples = vec![example.clone()];
    }
    Some(Parameter {
        wire: data.name.clone(),
        location,
        docs,
        ty,
        presence: if required {
            Presence::Required
        } else {
            Presence::Optional
        },
        style,
        // In JSON and text nothing separates one value from the next.
        reserved: is_reserved,
        deprecated: data.deprecated.unwrap_or(false) || annotations.deprecated,
        default: annotations.default,
        pattern: annotations.pattern.as_deref().and_then(pattern::parse),
        path,
    })
}

fn example(data: &ParameterData) -> Option<&serde_json::Value> {
    data.example.as_ref().or_else(|| {
        let first = data.examples.values().next()?;
        first.as_item()?.value.as_ref()
    })
}

fn type_of<'a>(
    context: &mut Context<'a>,
    operation: &str,
    data: &'a ParameterData,
    (style, may_be_null): (Style, bool),
    path: &SpecPath,
) -> (TypeRef, Annotations) {
    let origin = Origin::Part {
        operation: operation.to_owned(),
        role: data.name.clone(),
    };
    let schema = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => Some((schema, path.join("schema"))),
        ParameterSchemaOrContent::Content(content) => {
            entry(content).and_then(|(media_type, entry)| {
                let at = path.join("content").join(media_type).join("schema");
                Some((entry.schema.as_ref()?, at))
            })
        }
    };
    let node = schema.and_then(|(schema, at)| context.node(schema, at));
    let Some(node) = node else {
        let ty = match style {
            Style::Json => TypeRef::Json,
            _ => TypeRef::Text,
        };
        return (ty, Annotations::default());
    };
    let annotations = context.annotations(&node);
    if style == Style::Text && !is_scalar(context, &node) {
        context.report(
            Code::Unsupported,
            path,
            format!(
                "the content of `{}` has no types here; its value is the text as it is sent",
                data.name
            ),
            "offer JSON, or write the text with a library for that format",
        );
        return (TypeRef::Text, annotations);
    }
    let ty = match context.type_of(&node, &origin) {
        TypeRef::Binary => TypeRef::Text,
        ty => ty,
    };
    // What may be left out is null by being left out; a path has no place for null.
    let ty = match data.required && may_be_null {
        true => context.or_null(&node, ty),
        false => ty,
    };
    (ty, annotations)
}

/// The media type that counts: JSON, else the first. There should be but one (OpenAPI 3.0.3, Parameter Object, `content`).
fn entry(content: &IndexMap<String, MediaType>) -> Option<(&str, &MediaType)> {
    let json = content
        .iter()
        .find(|(media_type, _)| media::is_json(media_type));
    let (media_type, entry) = json.or_else(|| content.iter().next())?;
    Some((media_type, entry))
}

/// Whether a value has a text of its own.
fn is_scalar<'a>(context: &mut Context<'a>, node: &Node<'a>) -> bool {
    match context.through_wrappers(node) {
        Kind::Plain(ty) => ty != TypeRef::Json,
        Kind::Enum(_) => true,
        _ => false,
    }
}

fn location_and_style(source: &Source, data: &ParameterData) -> (Location, Style) {
    let content = match &data.format {
        ParameterSchemaOrContent::Content(content) => entry(content),
        ParameterSchemaOrContent::Schema(_) => None,
    };
    let as_whole = content.map(|(media_type, _)| match media::is_json(media_type) {
        true => Style::Json,
        false => Style::Text,
    });
    let explode = |default: bool| data.explode.unwrap_or(default);
    let (location, style) = match source {
        Source::Query { style, .. } => (
            Location::Query,
            query_style(style, data.explode.unwrap_or(*style == QueryStyle::Form)),
        ),
        Source::Path { style, .. } => (
            Location::Path,
            match (style, explode(false)) {
                (PathStyle::Simple, false) => Style::Simple,
                (PathStyle::Simple, true) => Style::SimpleExploded,
                (PathStyle::Label, false) => Style::Label,
                (PathStyle::Label, true) => Style::LabelExploded,
                (PathStyle::Matrix, false) => Style::Matrix,
                (PathStyle::Matrix, true) => Style::MatrixExploded,
            },
        ),
        Source::Header { .. } => (
            Location::Header,
            if explode(false) {
                Style::SimpleExploded
            } else {
                Style::Simple
            },
        ),
        Source::Cookie { .. } => (
            Location::Cookie,
            if explode(true) {
                Style::FormExploded
            } else {
                Style::Form
            },
        ),
    };
    (location, as_whole.unwrap_or(style))
}

/// A style of queries and forms.
pub(super) fn query_style(style: &QueryStyle, explode: bool) -> Style {
    match style {
        QueryStyle::DeepObject => Style::DeepObject,
        // Exploded, the delimited styles are written as `form` is.
        _ if explode => Style::FormExploded,
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
    }
}

/// Holds path parameters against the template: one that is not defined is taken for a string, one that is not in the path is left
/// out.
pub(super) fn match_path(
    context: &mut Context<'_>,
    operation: &SpecPath,
    template: &PathTemplate,
    parameters: &mut Vec<Parameter>,
) {
    let names: Vec<&String> = template
        .0
        .iter()
        .filter_map(|segment| match segment {
            Segment::Parameter(name) => Some(name),
            Segment::Text(_) => None,
        })
        .collect();
    for name in &names {
        let is_defined = parameters
            .iter()
            .any(|parameter| parameter.location == Location::Path && parameter.wire == **name);
        if !is_defined {
            context.report(
                Code::PathParameter,
                operation,
                format!("the path names `{{{name}}}`, which no parameter defines; it is taken for a string"),
                format!("add a parameter `{name}` with `in: path`"),
            );
            parameters.push(undefined(operation, name));
        }
    }
    parameters.retain(|parameter| {
        let is_used = parameter.location != Location::Path || names.contains(&&parameter.wire);
        if !is_used {
            context.report(
                Code::PathParameter,
                &parameter.path,
                format!(
                    "the path parameter `{}` is not in the path `{template}`; it is left out",
                    parameter.wire
                ),
                "name it in the path, or take the parameter away",
            );
        }
        is_used
    });
}

fn undefined(operation: &SpecPath, name: &str) -> Parameter {
    Parameter {
        path: operation.clone(),
        wire: name.to_owned(),
        location: Location::Path,
        docs: crate::ir::Docs::default(),
        ty: TypeRef::Text,
        presence: Presence::Required,
        style: Style::Simple,
        reserved: false,
        deprecated: false,
        default: None,
        pattern: None,
    }
}
