//! A loaded document, as the next stage sees it.

use std::borrow::Cow;
use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{
    Components, Example, Header, OpenAPI, Parameter, PathItem, ReferenceOr, RequestBody, Response,
    Schema, SecurityScheme,
};

use super::kept::LeftOut;
use crate::diag::SpecPath;

/// A checked document, normalised to OpenAPI 3.0. Its references lead somewhere, or were reported.
pub struct Document {
    pub(super) openapi: OpenAPI,
    /// What the service calls by itself, by name; read only where the document has no paths.
    pub(super) webhooks: IndexMap<String, ReferenceOr<PathItem>>,
    pub(super) targets: Targets,
    pub(super) digest: String,
    /// Operations that stand in a path of the root document itself, well formed or not.
    pub(super) own_operations: usize,
    /// Those that the config leaves out.
    pub(super) left_out: LeftOut,
}

/// What a reference leads to.
pub struct Target<'a, T> {
    /// The thing itself, never another reference.
    pub value: &'a T,
    /// Where it stands, after any chain of references.
    pub path: SpecPath,
}

/// The kinds of things that can be referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Schema,
    Parameter,
    RequestBody,
    Response,
    Header,
    PathItem,
    /// The standard lets no reference stand in place of an operation; documents in many files have them there all the same.
    Operation,
    SecurityScheme,
    Example,
}

impl Kind {
    /// The member of `components` that would hold such things.
    pub(super) fn component(self) -> &'static str {
        match self {
            Self::Schema => "schemas",
            Self::Parameter => "parameters",
            Self::RequestBody => "requestBodies",
            Self::Response => "responses",
            Self::Header => "headers",
            Self::PathItem => "pathItems",
            Self::Operation => "operations",
            Self::SecurityScheme => "securitySchemes",
            Self::Example => "examples",
        }
    }
}

/// Where references lead, and the things they lead to that are no components of the root document.
#[derive(Default)]
pub(super) struct Targets {
    /// By kind and file, the places that the texts of references lead to.
    pub(super) places: HashMap<(Kind, String), HashMap<String, SpecPath>>,
    pub(super) schemas: HashMap<SpecPath, Schema>,
    pub(super) parameters: HashMap<SpecPath, Parameter>,
    pub(super) request_bodies: HashMap<SpecPath, RequestBody>,
    pub(super) responses: HashMap<SpecPath, Response>,
    pub(super) headers: HashMap<SpecPath, Header>,
    pub(super) path_items: HashMap<SpecPath, PathItem>,
    pub(super) security_schemes: HashMap<SpecPath, SecurityScheme>,
    pub(super) examples: HashMap<SpecPath, Example>,
    /// Where the operations stand that a method of a path item refers to, by the place of the method.
    pub(super) operations: HashMap<SpecPath, SpecPath>,
}

macro_rules! followers {
    ($($(#[$doc:meta])* $name:ident: $kind:ident, $value:ty, $store:ident, $component:expr;)*) => {
        impl Document {
            $(
                $(#[$doc])*
                ///
                /// `reference` is the text of the `$ref`, `at` any place in the same file. None where it leads nowhere,
                /// which was reported when the document was loaded.
                pub fn $name(&self, reference: &str, at: &SpecPath) -> Option<Target<'_, $value>> {
                    let path = self.place(Kind::$kind, reference, at)?;
                    let component: for<'c> fn(&'c Components, &str) -> Option<&'c ReferenceOr<$value>> = $component;
                    let value = match component_key(Kind::$kind, path) {
                        Some(key) => component(self.openapi.components.as_ref()?, &key)?.as_item()?,
                        None => self.targets.$store.get(path)?,
                    };
                    Some(Target { value, path: path.clone() })
                }
            )*
        }
    };
}

followers! {
    /// The schema that a reference leads to.
    schema: Schema, Schema, schemas, |components, key| components.schemas.get(key);
    /// The parameter that a reference leads to.
    parameter: Parameter, Parameter, parameters, |components, key| components.parameters.get(key);
    /// The request body that a reference leads to.
    request_body: RequestBody, RequestBody, request_bodies, |components, key| components.request_bodies.get(key);
    /// The response that a reference leads to.
    response: Response, Response, responses, |components, key| components.responses.get(key);
    /// The header that a reference leads to.
    header: Header, Header, headers, |components, key| components.headers.get(key);
    /// The path item that a reference leads to.
    path_item: PathItem, PathItem, path_items, |_, _| None;
    /// The security scheme that a reference leads to.
    security_scheme: SecurityScheme, SecurityScheme, security_schemes, |components, key| components.security_schemes.get(key);
    /// The example that a reference leads to.
    example: Example, Example, examples, |components, key| components.examples.get(key);
}

impl Document {
    /// The parts that are well formed: everything else was reported and left out.
    pub fn openapi(&self) -> &OpenAPI {
        &self.openapi
    }

    /// The webhooks of a document that has no paths (OpenAPI 3.1.0, OpenAPI Object).
    pub fn webhooks(&self) -> &IndexMap<String, ReferenceOr<PathItem>> {
        &self.webhooks
    }

    /// SHA-256 over the bytes of all files of the document, as hexadecimal.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Whether the config leaves out the operation of a path and method.
    pub fn leaves_out(&self, path: &str, method: &str) -> bool {
        self.left_out.has(path, method)
    }

    /// How many operations the document has that the config does not leave out, those included that are left out.
    pub fn operation_count(&self) -> usize {
        let root = SpecPath::root();
        let paths = self.openapi.paths.paths.iter();
        let referred = paths.filter_map(|(path, item)| match item {
            ReferenceOr::Reference { reference } => {
                Some((path, self.path_item(reference, &root)?.value))
            }
            ReferenceOr::Item(_) => None,
        });
        let kept = referred.map(|(path, item)| {
            let methods = item.iter().map(|(method, _)| method);
            methods
                .filter(|method| !self.leaves_out(path, method))
                .count()
        });
        self.own_operations + kept.sum::<usize>()
    }

    /// Where the operation stands that belongs to a method of a path item: there, or where a reference leads.
    pub fn operation_place(&self, method: &SpecPath) -> SpecPath {
        let elsewhere = self.targets.operations.get(method);
        elsewhere.unwrap_or(method).clone()
    }

    fn place(&self, kind: Kind, reference: &str, at: &SpecPath) -> Option<&SpecPath> {
        let file = self.targets.places.get(&(kind, at.document().to_owned()))?;
        file.get(reference)
    }
}

/// The key of a component of the root document, if that is what the path names. Path items and operations are never kept as
/// components.
pub(super) fn component_key(kind: Kind, path: &SpecPath) -> Option<Cow<'_, str>> {
    if matches!(kind, Kind::PathItem | Kind::Operation) || !path.document().is_empty() {
        return None;
    }
    let mut tokens = path.tokens();
    let found = tokens.next()? == "components" && tokens.next()? == kind.component();
    let key = tokens.next()?;
    (found && tokens.next().is_none()).then_some(key)
}
