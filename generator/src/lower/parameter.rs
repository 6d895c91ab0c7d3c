//! Parameters.

use openapiv3::{
    Parameter as Source, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle,
    ReferenceOr,
};

use super::annotations::Annotations;
use super::context::Context;
use super::pattern;
use crate::diag::{Code, SpecPath};
use crate::ir::{Location, Origin, Parameter, PathTemplate, Presence, Segment, Style, TypeRef};

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
        for (index, parameter) in list.iter().enumerate() {
            let Some(parameter) = lower(context, operation, parameter, path.index(index)) else {
                continue;
            };
            let same = parameters
                .iter_mut()
                .find(|other| other.location == parameter.location && other.wire == parameter.wire);
            match same {
                Some(other) => *other = parameter,
                None => parameters.push(parameter),
            }
        }
    }
    parameters
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
    let is_reserved = location == Location::Header
        && RESERVED_HEADERS.contains(&data.name.to_ascii_lowercase().as_str());
    if is_reserved {
        return None;
    }
    let (ty, annotations) = type_of(context, operation, data, &path);
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
    path: &SpecPath,
) -> (TypeRef, Annotations) {
    let origin = Origin::Part {
        operation: operation.to_owned(),
        role: data.name.clone(),
    };
    let schema = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => Some((schema, path.join("schema"))),
        ParameterSchemaOrContent::Content(content) => {
            content.iter().next().and_then(|(media_type, entry)| {
                let at = path.join("content").join(media_type).join("schema");
                Some((entry.schema.as_ref()?, at))
            })
        }
    };
    let node = schema.and_then(|(schema, at)| context.node(schema, at));
    match node {
        Some(node) => {
            let annotations = context.annotations(&node);
            let ty = match context.type_of(&node, &origin) {
                TypeRef::Binary => TypeRef::Text,
                ty => ty,
            };
            (ty, annotations)
        }
        None => (TypeRef::Text, Annotations::default()),
    }
}

fn location_and_style(source: &Source, data: &ParameterData) -> (Location, Style) {
    let as_json = matches!(data.format, ParameterSchemaOrContent::Content(_));
    let explode = |default: bool| data.explode.unwrap_or(default);
    let (location, style) = match source {
        Source::Query { style, .. } => (
            Location::Query,
            match style {
                QueryStyle::Form if explode(true) => Style::FormExploded,
                QueryStyle::Form => Style::Form,
                // Exploded, these are written as `form` is.
                QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited if explode(false) => {
                    Style::FormExploded
                }
                QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                QueryStyle::PipeDelimited => Style::PipeDelimited,
                QueryStyle::DeepObject => Style::DeepObject,
            },
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
    (location, if as_json { Style::Json } else { style })
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
        deprecated: false,
        default: None,
        pattern: None,
    }
}
