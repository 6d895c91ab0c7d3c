//! What an answer looks like to someone who looks for a list.

use super::super::member::{object, resolved};
use super::names;
use crate::ir::{Field, Shape as TypeShape, Type, TypeRef};

/// How deep members are looked for in one another.
const DEPTH: usize = 3;

/// An answer that is a list, or an object with one list in it.
pub(super) struct Shape<'t> {
    types: &'t [Type],
    /// The property with the list; none where the answer is the list.
    pub(super) items: Option<&'t str>,
    /// What the list holds.
    element: &'t TypeRef,
    /// A list of links beside it: `[{rel, href}]`.
    pub(super) links: Option<String>,
    /// The scalars beside it, and those in objects whose names say that they are about pages.
    pub(super) members: Vec<Member<'t>>,
    /// Whether beside the list there is only what pages have.
    is_plain: bool,
    /// Whether beside the list there are only scalars, and objects about pages.
    is_flat: bool,
}

/// A scalar beside the list.
pub(super) struct Member<'t> {
    /// A JSON pointer to it.
    pub(super) at: String,
    /// Its name, squashed.
    pub(super) name: String,
    /// The names of the objects around it, outermost first, squashed.
    within: Vec<String>,
    ty: &'t TypeRef,
}

impl Member<'_> {
    pub(super) fn is_text(&self) -> bool {
        matches!(self.ty, TypeRef::Text | TypeRef::Uuid)
    }

    /// The name of the object that it stands in; none where that is the answer.
    pub(super) fn container(&self) -> Option<&str> {
        self.within.last().map(String::as_str)
    }

    /// Whether the object around the one that it stands in is such.
    pub(super) fn is_below(&self, is_such: fn(&str) -> bool) -> bool {
        let mut around = self.within.iter().rev().skip(1);
        around.next().is_some_and(|name| is_such(name))
    }
}

impl<'t> Shape<'t> {
    /// None where the answer is neither a list nor an object with exactly one.
    pub(super) fn of(types: &'t [Type], ty: &'t TypeRef) -> Option<Self> {
        let object = match resolved(types, ty) {
            TypeRef::List(element) => return Some(Self::bare(types, element)),
            _ => object(types, ty)?,
        };
        let mut lists = Vec::new();
        let mut shape = Self::bare(types, ty);
        for field in &object.fields {
            let name = names::squashed(&field.wire);
            match resolved(types, &field.ty) {
                TypeRef::List(element) if is_link(types, element) && names::is_links(&name) => {
                    shape.links = Some(pointer("", &field.wire));
                }
                TypeRef::List(element) => lists.push((field.wire.as_str(), element)),
                ty if is_scalar(types, ty) => {
                    shape.is_plain &= names::is_of_pages(&name);
                    shape.add(field, name, ty, "", &[]);
                }
                _ if names::is_container(&name) => shape.collect(field, name, "", &[]),
                _ => (shape.is_plain, shape.is_flat) = (false, false),
            }
        }
        let &[(items, element)] = lists.as_slice() else {
            return None;
        };
        (shape.items, shape.element) = (Some(items), element);
        Some(shape)
    }

    fn bare(types: &'t [Type], element: &'t TypeRef) -> Self {
        Self {
            types,
            items: None,
            element,
            links: None,
            members: Vec::new(),
            is_plain: true,
            is_flat: true,
        }
    }

    /// Adds the scalars of an object that is about pages.
    fn collect(&mut self, field: &'t Field, name: String, at: &str, within: &[String]) {
        let at = pointer(at, &field.wire);
        let within = [within, &[name]].concat();
        let Some(object) = object(self.types, &field.ty).filter(|_| within.len() <= DEPTH) else {
            return;
        };
        for field in &object.fields {
            let name = names::squashed(&field.wire);
            match resolved(self.types, &field.ty) {
                ty if is_scalar(self.types, ty) => self.add(field, name, ty, &at, &within),
                _ => self.collect(field, name, &at, &within),
            }
        }
    }

    fn add(
        &mut self,
        field: &'t Field,
        name: String,
        ty: &'t TypeRef,
        at: &str,
        within: &[String],
    ) {
        self.members.push(Member {
            at: pointer(at, &field.wire),
            name,
            within: within.to_vec(),
            ty,
        });
    }

    /// Whether beside the list there is only what pages have.
    pub(super) fn is_plain(&self) -> bool {
        self.is_plain && self.items.is_some()
    }

    /// Whether beside the list there are only scalars, and objects about pages.
    pub(super) fn is_flat(&self) -> bool {
        self.is_flat
    }

    /// Whether a number or a truth value about pages stands beside the list: a total, a page, whether there are more.
    pub(super) fn counts(&self) -> bool {
        let counts = |member: &Member<'_>| {
            use TypeRef::{Bool, Float, Int32, Int64, Uint64};
            matches!(member.ty, Bool | Float | Int32 | Int64 | Uint64)
                && names::is_of_pages(&member.name)
        };
        self.members.iter().any(counts)
    }

    /// The place of the member that says whether there are more pages.
    pub(super) fn more(&self) -> Option<String> {
        let is_it = |member: &&Member<'_>| {
            *member.ty == TypeRef::Bool && names::MORE.contains(&member.name.as_str())
        };
        self.members
            .iter()
            .find(is_it)
            .map(|member| member.at.clone())
    }

    /// Whether elements are objects with a text `id`.
    pub(super) fn element_has_id(&self) -> bool {
        let element = object(self.types, self.element);
        element.is_some_and(|element| {
            let mut fields = element.fields.iter().filter(|field| field.wire == "id");
            fields.any(|field| resolved(self.types, &field.ty).is_text())
        })
    }
}

/// A JSON pointer to a member of what another points at (RFC 6901, section 3).
pub(super) fn pointer(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Whether a value is neither an object nor a list. Of any JSON nobody knows.
fn is_scalar(types: &[Type], ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Named(id) => {
            let shape = types.get(id.index()).map(|ty| &ty.shape);
            matches!(shape, Some(TypeShape::Enum(_)))
        }
        TypeRef::Json | TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Nullable(_) => false,
        _ => true,
    }
}

/// Whether an element is a link: `{rel, href}` (RFC 8288 calls them relation type and target).
fn is_link(types: &[Type], element: &TypeRef) -> bool {
    object(types, element).is_some_and(|object| {
        let has = |name: &str| object.fields.iter().any(|field| field.wire == name);
        has("rel") && has("href")
    })
}
