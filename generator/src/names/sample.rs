//! Small models, built by hand, for the tests of naming and planning.

use std::collections::BTreeSet;

use crate::analyze::{Direction, Facts};
use crate::diag::SpecPath;
use crate::ir::{
    Access, Answer, Api, Body, Content, Docs, Enum, EnumValue, Field, Info, Location, Method,
    Object, Operation, Origin, Parameter, PathTemplate, Presence, Segment, Select, Shape, Status,
    Style, Tag, TagId, Type, TypeId, TypeRef, Union, Variant,
};

/// An API with nothing in it.
pub(crate) fn api() -> Api {
    Api {
        info: Info {
            title: "Sample".to_owned(),
            version: "1".to_owned(),
            description: String::new(),
        },
        servers: Vec::new(),
        security: indexmap::IndexMap::new(),
        requirements: Vec::new(),
        tags: vec![Tag {
            path: crate::diag::SpecPath::root(),
            name: "Pets".to_owned(),
            description: String::new(),
        }],
        types: Vec::new(),
        operations: Vec::new(),
        error: None,
    }
}

/// An API of these types.
pub(crate) fn api_of(types: Vec<Type>) -> Api {
    Api { types, ..api() }
}

/// Facts by which every type is emitted and travels both ways under the first tag.
pub(crate) fn facts(api: &Api) -> Facts {
    Facts {
        directions: api
            .types
            .iter()
            .map(|_| Direction {
                request: true,
                response: true,
            })
            .collect(),
        tags: api
            .types
            .iter()
            .map(|_| BTreeSet::from([TagId(0)]))
            .collect(),
        emitted: api.ids().map(|(id, _)| id).collect(),
        ..Facts::default()
    }
}

/// The place of a component schema.
pub(crate) fn schema(key: &str) -> SpecPath {
    SpecPath::root()
        .join("components")
        .join("schemas")
        .join(key)
}

/// A component.
pub(crate) fn component(key: &str, shape: Shape) -> Type {
    Type {
        path: schema(key),
        origin: Origin::Component(key.to_owned()),
        docs: Docs::default(),
        deprecated: false,
        shape,
    }
}

/// A type inside another.
pub(crate) fn member(parent: u32, role: &str, path: SpecPath, shape: Shape) -> Type {
    Type {
        path,
        origin: Origin::Member {
            parent: TypeId(parent),
            role: role.to_owned(),
        },
        docs: Docs::default(),
        deprecated: false,
        shape,
    }
}

/// An object with these fields.
pub(crate) fn object(fields: Vec<Field>) -> Shape {
    Shape::Object(Object { fields, rest: None })
}

/// An optional string.
pub(crate) fn field(wire: &str) -> Field {
    field_of(wire, TypeRef::Text, Presence::Optional)
}

/// A property.
pub(crate) fn field_of(wire: &str, ty: TypeRef, presence: Presence) -> Field {
    Field {
        path: schema("Sample").join("properties").join(wire),
        wire: wire.to_owned(),
        docs: Docs::default(),
        ty,
        presence,
        nullable: false,
        access: Access::Both,
        deprecated: false,
        default: None,
        pattern: None,
    }
}

/// A list of strings.
pub(crate) fn values(values: &[&str]) -> Shape {
    let value = |(index, value): (usize, &&str)| EnumValue {
        path: schema("Sample").join("enum").index(index),
        value: (*value).to_owned(),
        description: String::new(),
    };
    Shape::Enum(Enum::Text(values.iter().enumerate().map(value).collect()))
}

/// A union of these types, told apart by `kind`, with the tags `A0`, `A1` and so on.
pub(crate) fn union(types: Vec<TypeRef>) -> Shape {
    let variant = |(index, ty)| Variant {
        path: schema("Sample").join("oneOf").index(index),
        ty,
        tags: vec![format!("A{index}")],
        lacks_tag: false,
        when: None,
    };
    Shape::Union(Union {
        variants: types.into_iter().enumerate().map(variant).collect(),
        select: Select::Tag {
            property: "kind".to_owned(),
            inferred: false,
        },
    })
}

/// `POST /pets/{petId}` under the first tag, without body and answers.
pub(crate) fn operation(id: &str) -> Operation {
    Operation {
        path: SpecPath::root()
            .join("paths")
            .join("/pets/{petId}")
            .join(id),
        id: id.to_owned(),
        method: Method::Post,
        template: PathTemplate(vec![
            Segment::Text("/pets/".to_owned()),
            Segment::Parameter("petId".to_owned()),
        ]),
        server: None,
        tag: TagId(0),
        docs: Docs::default(),
        deprecated: None,
        parameters: vec![parameter("petId", Location::Path, Presence::Required)],
        body: None,
        success: Vec::new(),
        failure: Vec::new(),
        sunset: None,
        interim: Vec::new(),
        version: None,
        is_beside: false,
        form: None,
        other_versions: Vec::new(),
        is_enveloped: false,
        idempotent: None,
        paging: None,
        waiters: Vec::new(),
        security: None,
        roles: Vec::new(),
    }
}

/// A string parameter.
pub(crate) fn parameter(wire: &str, location: Location, presence: Presence) -> Parameter {
    Parameter {
        path: SpecPath::root().join("parameters").join(wire),
        wire: wire.to_owned(),
        location,
        docs: Docs::default(),
        ty: TypeRef::Text,
        presence,
        style: match location {
            Location::Path | Location::Header => Style::Simple,
            Location::Query | Location::Cookie => Style::FormExploded,
        },
        reserved: false,
        deprecated: false,
        default: None,
        pattern: None,
    }
}

/// A JSON body.
pub(crate) fn body(ty: TypeRef, presence: Presence) -> Body {
    Body {
        path: SpecPath::root().join("requestBody"),
        docs: Docs::default(),
        media_type: "application/json".to_owned(),
        presence,
        content: Content::Json(ty),
        encodings: Vec::new(),
        part_headers: Vec::new(),
    }
}

/// An answer with JSON, or without a body.
pub(crate) fn answer(code: u16, ty: Option<TypeRef>) -> Answer {
    Answer {
        path: SpecPath::root().join("responses").join(&code.to_string()),
        status: Status::Code(code),
        description: String::new(),
        media_type: ty.is_some().then(|| "application/json".to_owned()),
        body: ty.map(Content::Json),
        others: Vec::new(),
    }
}
