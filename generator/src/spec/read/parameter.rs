//! Parameters and headers (OpenAPI 3.0.3, Parameter Object).

use openapiv3::{
    CookieStyle, Header, HeaderStyle, Parameter, ParameterData, ParameterSchemaOrContent,
    PathStyle, QueryStyle, ReferenceOr,
};

use super::Reader;
use super::values::{extensions, json};
use crate::diag::Code;
use crate::spec::document::Kind;
use crate::spec::place::Spot;
use crate::spec::tree::{Map, Tree};

/// A parameter of the path is broken, so nothing at this path can be called.
pub(super) struct BrokenPath;

impl Reader<'_, '_> {
    /// The parameters of a path item or an operation; broken ones are left out.
    pub(super) fn parameters(
        &mut self,
        map: &Map,
        spot: &Spot<'_>,
    ) -> Result<Vec<ReferenceOr<Parameter>>, BrokenPath> {
        let Some(tree) = map.get("parameters") else {
            return Ok(Vec::new());
        };
        self.anywhere(tree, &spot.key("parameters"), Self::list_of_parameters)
    }

    fn list_of_parameters(
        &mut self,
        tree: &Tree,
        spot: &Spot<'_>,
    ) -> Result<Vec<ReferenceOr<Parameter>>, BrokenPath> {
        let mut parameters = Vec::new();
        for (index, tree) in self.list_of(tree, spot).iter().enumerate() {
            let parameter =
                self.or_reference(Kind::Parameter, tree, &spot.index(index), Self::parameter);
            match parameter {
                Some(parameter) => parameters.push(parameter),
                None if tree.child("in").and_then(Tree::as_text) == Some("path") => {
                    return Err(BrokenPath);
                }
                None => {}
            }
        }
        Ok(parameters)
    }

    /// A parameter.
    pub(super) fn parameter(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<Parameter> {
        let map = self.mapping(tree, "the parameter", spot)?;
        let location = self.required_text(map, "in", "the parameter", spot)?;
        let name = self.required_text(map, "name", "the parameter", spot)?;
        let parameter_data = self.parameter_data(map, name, spot);
        let style = self.text(map, "style", spot);
        let style = style.as_deref();
        Some(match location.as_str() {
            "query" => Parameter::Query {
                parameter_data,
                allow_reserved: self.flag(map, "allowReserved", spot).unwrap_or_default(),
                style: self.style(style, spot, query_style),
                allow_empty_value: self.flag(map, "allowEmptyValue", spot),
            },
            "header" => Parameter::Header {
                parameter_data,
                style: self.style(style, spot, header_style),
            },
            "path" => Parameter::Path {
                parameter_data,
                style: self.style(style, spot, path_style),
            },
            "cookie" => Parameter::Cookie {
                parameter_data,
                style: self.style(style, spot, |style| {
                    (style == "form").then_some(CookieStyle::Form)
                }),
            },
            "querystring" => {
                self.report(
                    Code::Unsupported,
                    &spot.key("in").path(),
                    "`querystring` is of OpenAPI 3.2, and not understood; the parameter is left out",
                    "declare the parameters of the query one by one",
                );
                return None;
            }
            other => {
                let help = "write `query`, `header`, `path` or `cookie`";
                self.invalid(
                    &spot.key("in"),
                    format!("`{other}` is no place for a parameter"),
                    help,
                );
                return None;
            }
        })
    }

    fn parameter_data(&mut self, map: &Map, name: String, spot: &Spot<'_>) -> ParameterData {
        ParameterData {
            name,
            description: self.text(map, "description", spot),
            required: self.flag(map, "required", spot).unwrap_or_default(),
            deprecated: self.flag(map, "deprecated", spot),
            format: self.schema_or_content(map, spot),
            example: json(map, "example"),
            examples: self.map(map, "examples", spot, Self::example_or_reference),
            explode: self.flag(map, "explode", spot),
            extensions: extensions(map),
        }
    }

    /// A parameter's type: by schema, by media type, or, where neither is there, any.
    fn schema_or_content(&mut self, map: &Map, spot: &Spot<'_>) -> ParameterSchemaOrContent {
        if let Some(schema) = map.get("schema") {
            return ParameterSchemaOrContent::Schema(
                self.schema_or_reference(schema, &spot.key("schema")),
            );
        }
        let content = self.content(map, spot);
        if content.is_empty() {
            // The type beside the name, as in Swagger 2; without one, any value.
            let is_type = |key: &str| {
                ["type", "format", "enum", "items", "pattern", "default"].contains(&key)
            };
            let keywords = map
                .iter()
                .filter(|(key, _)| is_type(key))
                .map(|(key, value)| (key.clone(), value.clone()));
            return ParameterSchemaOrContent::Schema(ReferenceOr::Item(
                self.schema_of(&keywords.collect(), spot),
            ));
        }
        ParameterSchemaOrContent::Content(content)
    }

    fn style<S: Default>(
        &mut self,
        style: Option<&str>,
        spot: &Spot<'_>,
        read: fn(&str) -> Option<S>,
    ) -> S {
        let Some(style) = style else {
            return S::default();
        };
        read(style).unwrap_or_else(|| {
            let help = "see the table of styles in the OpenAPI specification, Parameter Object; the default is used";
            self.invalid(&spot.key("style"), format!("`{style}` is no style for a parameter at this place"), help);
            S::default()
        })
    }

    /// A header of a response.
    pub(super) fn header(&mut self, tree: &Tree, spot: &Spot<'_>) -> Option<Header> {
        let map = self.mapping(tree, "the header", spot)?;
        let style = self.text(map, "style", spot);
        Some(Header {
            description: self.text(map, "description", spot),
            style: self.style(style.as_deref(), spot, header_style),
            required: self.flag(map, "required", spot).unwrap_or_default(),
            deprecated: self.flag(map, "deprecated", spot),
            format: self.schema_or_content(map, spot),
            example: json(map, "example"),
            examples: self.map(map, "examples", spot, Self::example_or_reference),
            extensions: extensions(map),
        })
    }
}

fn header_style(style: &str) -> Option<HeaderStyle> {
    (style == "simple").then_some(HeaderStyle::Simple)
}

fn path_style(style: &str) -> Option<PathStyle> {
    match style {
        "simple" => Some(PathStyle::Simple),
        "label" => Some(PathStyle::Label),
        "matrix" => Some(PathStyle::Matrix),
        _ => None,
    }
}

/// The style of a query parameter or of a form's member.
pub(super) fn query_style(style: &str) -> Option<QueryStyle> {
    match style {
        "form" => Some(QueryStyle::Form),
        "spaceDelimited" => Some(QueryStyle::SpaceDelimited),
        "pipeDelimited" => Some(QueryStyle::PipeDelimited),
        "deepObject" => Some(QueryStyle::DeepObject),
        _ => None,
    }
}
