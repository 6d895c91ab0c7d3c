//! The types, and their twins for requests.

use super::common;
use super::conversion;
use super::derives::Derives;
use super::docs;
use super::features::Gates;
use super::files::{self, Files};
use super::pages;
use super::rust_type::{Model, Side};
use crate::ir::{self, Access, EnumValue, Field, Object, Presence, Shape, Type, TypeId};
use crate::names::{Ident, Members};
use crate::surface::{
    DocLines, EnumVariant, FieldPresence, Item, Rest, Select, Struct, TypeFile, TypeItem, Union,
    UnionVariant, VariantWhen,
};

/// All files of types, sorted by module.
pub(super) fn types(model: &Model<'_>, gates: &Gates<'_>, derives: &Derives<'_>) -> Vec<TypeFile> {
    let places = Files::new(model, gates);
    let mut files = Vec::new();
    for (first, ids) in places.iter() {
        let Some(names) = model.names.types.get(&first) else {
            continue;
        };
        let mut types = Vec::with_capacity(ids.len());
        for id in ids {
            add(model, &places, *id, derives, &mut types);
        }
        files.push(TypeFile {
            module: names.name.module.clone(),
            gate: places.gate(first),
            types,
        });
    }
    files.sort_by(|a, b| a.module.cmp(&b.module));
    common::find(&mut files);
    files
}

/// A type, and its twin behind it.
fn add(
    model: &Model<'_>,
    places: &Files,
    id: TypeId,
    derives: &Derives<'_>,
    types: &mut Vec<TypeItem>,
) {
    let (Some(ty), Some(names)) = (model.api.get(id), model.names.types.get(&id)) else {
        return;
    };
    let name = &names.name.ident;
    let about = docs::About {
        ty,
        ident: name,
        parent: parent(model, places, id),
        gate: &places.gate(id),
    };
    let mut write = |ident: &Ident, docs, form| {
        types.push(TypeItem {
            ident: ident.clone(),
            path: ty.path.clone(),
            docs,
            derives: derives.of(ty),
            item: item(model, id, ty, &names.members, form),
        });
    };
    write(name, docs::type_docs(&about), Form::of(model, id));
    if let Some(twin) = &names.twin {
        write(&twin.ident, docs::twin_docs(&about), Form::TWIN);
    }
}

/// The type that a type stands in, if it is emitted.
fn parent<'a>(model: &Model<'a>, places: &Files, id: TypeId) -> Option<docs::Parent<'a>> {
    let parent = files::parent(model, id)?;
    let is_near = places.are_together(id, parent);
    Some(docs::Parent {
        ident: model.ident(parent, Side::Response)?,
        is_near,
        says_the_same: is_near && says_the_same(model, parent, id),
    })
}

/// Whether the documentation of a type's member is that of the member's type.
fn says_the_same(model: &Model<'_>, parent: TypeId, id: TypeId) -> bool {
    let (Some(parent), Some(ty)) = (model.api.get(parent), model.api.get(id)) else {
        return false;
    };
    match &parent.shape {
        Shape::Object(object) => object
            .fields
            .iter()
            .any(|field| field.ty.named() == Some(id) && field.docs == ty.docs),
        _ => false,
    }
}

/// One of the forms in which a type is written.
#[derive(Clone, Copy, Debug)]
struct Form {
    /// The side whose types its members have.
    side: Side,
    /// Whether requests hold it.
    is_request: bool,
    /// Whether responses hold it.
    is_response: bool,
    /// Whether the service reads some form of it: then an optional null is something else than nothing, here too, or what was
    /// brought could not be put back.
    is_put_back: bool,
    /// Whether it is made from the response's form.
    is_twin: bool,
}

impl Form {
    const TWIN: Self = Self {
        side: Side::Request,
        is_request: true,
        is_response: false,
        is_put_back: true,
        is_twin: true,
    };

    /// The form of a type itself.
    fn of(model: &Model<'_>, id: TypeId) -> Self {
        let direction = model.direction(id);
        let is_request = direction.request && !model.has_twin(id);
        Self {
            side: if is_request && !direction.response {
                Side::Request
            } else {
                Side::Response
            },
            is_request,
            is_response: direction.response || !direction.request,
            is_put_back: direction.request,
            is_twin: false,
        }
    }

    /// Whether a field is there: a request does not hold what only the service sets.
    fn has(self, field: &Field) -> bool {
        self.is_response || field.access != Access::ReadOnly
    }

    fn presence(self, field: &Field) -> FieldPresence {
        // What only requests have is not missing from a response.
        let is_absent = self.is_response && field.access == Access::WriteOnly;
        match (field.presence, field.nullable) {
            (Presence::Required, _) if is_absent => FieldPresence::Optional,
            (Presence::Required, false) => FieldPresence::Required,
            (Presence::Required, true) => FieldPresence::Nullable,
            // Nobody sends what only the service sets.
            (Presence::Optional, true) if self.is_put_back && field.access != Access::ReadOnly => {
                FieldPresence::Patch
            }
            (Presence::Optional, _) => FieldPresence::Optional,
        }
    }
}

fn item(model: &Model<'_>, id: TypeId, ty: &Type, members: &Members, form: Form) -> Item {
    match (&ty.shape, members) {
        (Shape::Object(object), Members::Object { fields, rest }) => {
            Item::Struct(structure(model, id, object, (fields, rest.as_ref()), form))
        }
        (Shape::Enum(ir::Enum::Text(values)), Members::Variants(idents)) => {
            Item::TextEnum(enum_variants(values, idents))
        }
        (Shape::Enum(ir::Enum::Integer(values)), Members::Variants(idents)) => {
            Item::IntegerEnum(enum_variants(values, idents))
        }
        (Shape::Union(union), Members::Variants(idents)) => {
            Item::Union(self::union(model, id, union, idents, form))
        }
        (Shape::Alias(target), _) => Item::Alias(model.rust_type(target, form.side)),
        // Members are named after the shape, so they always agree.
        _ => Item::Alias(crate::surface::RustType::Json),
    }
}

fn structure(
    model: &Model<'_>,
    id: TypeId,
    object: &Object,
    (idents, rest): (&[Ident], Option<&Ident>),
    form: Form,
) -> Struct {
    let kept = || {
        object
            .fields
            .iter()
            .zip(idents)
            .enumerate()
            .filter(|(_, (field, _))| form.has(field))
    };
    let fields = kept().map(|(index, (field, ident))| crate::surface::Field {
        ident: ident.clone(),
        path: field.path.clone(),
        docs: docs::field_docs(field, form.is_request, form.is_response),
        wire: field.wire.clone(),
        ty: model.member(id, index, &field.ty, form.side),
        presence: form.presence(field),
    });
    let source_fields: Vec<&Field> = kept().map(|(_, (field, _))| field).collect();
    Struct {
        fields: fields.collect(),
        rest: object.rest.as_ref().zip(rest).map(|(ty, ident)| Rest {
            ident: ident.clone(),
            ty: model.rust_type(ty, form.side),
        }),
        setters: form.is_request,
        conversion: if form.is_twin {
            conversion::conversion(model, id, &source_fields)
        } else {
            None
        },
        page: if form.is_twin {
            None
        } else {
            pages::items(model, id, object, idents)
        },
    }
}

fn enum_variants<T: Clone>(values: &[EnumValue<T>], idents: &[Ident]) -> Vec<EnumVariant<T>> {
    let variant = |(value, ident): (&EnumValue<T>, &Ident)| EnumVariant {
        ident: ident.clone(),
        wire: value.value.clone(),
        docs: docs::description_docs(&value.description),
    };
    values.iter().zip(idents).map(variant).collect()
}

fn union(model: &Model<'_>, id: TypeId, union: &ir::Union, idents: &[Ident], form: Form) -> Union {
    let side = form.side;
    let select = match &union.select {
        ir::Select::Tag { property, .. } if union.shares_tags() => {
            Select::TagThenShape(property.clone())
        }
        ir::Select::Tag { property, .. } => Select::Tag(property.clone()),
        ir::Select::Shape => Select::Shape,
    };
    let variants =
        union
            .variants
            .iter()
            .zip(idents)
            .enumerate()
            .map(|(index, (variant, ident))| UnionVariant {
                ident: ident.clone(),
                // What a variant holds says what it is.
                docs: DocLines::default(),
                ty: model.member(id, index, &variant.ty, side),
                when: when(variant, &select),
            });
    Union {
        variants: variants.collect(),
        common: Vec::new(),
        select: select.clone(),
        conversion: if form.is_twin && !model.needs_argument.contains(&id) {
            model.ident(id, Side::Response).cloned()
        } else {
            None
        },
    }
}

fn when(variant: &ir::Variant, select: &Select) -> VariantWhen {
    match (select, &variant.when) {
        (Select::Tag(_), _) if variant.lacks_tag => VariantWhen::WrittenTags(variant.tags.clone()),
        (Select::Tag(_) | Select::TagThenShape(_), _) => VariantWhen::Tags(variant.tags.clone()),
        (Select::Shape, None | Some(ir::When::Any)) => VariantWhen::Any,
        (Select::Shape, Some(ir::When::Bool)) => VariantWhen::Bool,
        (Select::Shape, Some(ir::When::Integer)) => VariantWhen::Integer,
        (Select::Shape, Some(ir::When::Number)) => VariantWhen::Number,
        (Select::Shape, Some(ir::When::Text)) => VariantWhen::Text,
        (Select::Shape, Some(ir::When::List)) => VariantWhen::List,
        (Select::Shape, Some(ir::When::Object { with })) => VariantWhen::Object(with.clone()),
    }
}
