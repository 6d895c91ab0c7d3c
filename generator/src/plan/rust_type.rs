//! The Rust type of a use, and what the parts of planning share.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyze::{Direction, Facts};
use crate::ir::{Api, Operation, Shape, Type, TypeId, TypeRef};
use crate::names::{Ident, Names, OperationNames, TypeNames};
use crate::surface::RustType;

/// How many aliases may lead to one another.
const ALIASES: usize = 64;

/// Which of a type and its twin is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// What a request sends: the twin, where there is one.
    Request,
    /// What a response brings.
    Response,
}

/// The model with its facts and names.
pub(super) struct Model<'a> {
    pub(super) api: &'a Api,
    pub(super) facts: &'a Facts,
    pub(super) names: &'a Names,
    /// The twins that can't be made from their likes alone.
    pub(super) needs_argument: BTreeSet<TypeId>,
    /// The property with the elements, of each type that is a page of a list.
    pub(super) pages: BTreeMap<TypeId, &'a str>,
    /// The operations of each id, with their names: the versions of one, and the forms of its body.
    operations: BTreeMap<&'a str, Vec<(&'a Operation, &'a OperationNames)>>,
}

impl<'a> Model<'a> {
    pub(super) fn new(api: &'a Api, facts: &'a Facts, names: &'a Names) -> Self {
        let mut operations: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for named in api.operations.iter().zip(&names.operations) {
            operations.entry(&named.0.id).or_default().push(named);
        }
        Self {
            api,
            facts,
            names,
            operations,
            needs_argument: super::conversion::needs_argument(api, facts),
            pages: super::pages::of(api),
        }
    }

    /// The operations of an id, with their names, in the order of the model.
    pub(super) fn operations_of(
        &self,
        id: &str,
    ) -> impl Iterator<Item = (&'a Operation, &'a OperationNames)> + use<'_, 'a> {
        self.operations.get(id).into_iter().flatten().copied()
    }

    /// The types that are emitted, with their names, in order of id.
    pub(super) fn emitted(&self) -> impl Iterator<Item = (TypeId, &'a Type, &'a TypeNames)> {
        let (api, names) = (self.api, self.names);
        names
            .types
            .iter()
            .filter_map(move |(id, names)| Some((*id, api.get(*id)?, names)))
    }

    /// Which way a type travels.
    pub(super) fn direction(&self, id: TypeId) -> Direction {
        self.facts
            .directions
            .get(id.index())
            .copied()
            .unwrap_or_default()
    }

    /// Whether a type has a twin for requests.
    pub(super) fn has_twin(&self, id: TypeId) -> bool {
        self.names
            .types
            .get(&id)
            .is_some_and(|names| names.twin.is_some())
    }

    /// A type's name on one side; none if it is not emitted.
    pub(super) fn ident(&self, id: TypeId, side: Side) -> Option<&'a Ident> {
        let names = self.names.types.get(&id)?;
        let name = match side {
            Side::Request => names.twin.as_ref().unwrap_or(&names.name),
            Side::Response => &names.name,
        };
        Some(&name.ident)
    }

    /// The Rust type of a use.
    pub(super) fn rust_type(&self, ty: &TypeRef, side: Side) -> RustType {
        self.rust_type_at(ty, side, ALIASES)
    }

    /// The Rust type of a member, in a box where the member closes a cycle.
    pub(super) fn member(&self, owner: TypeId, index: usize, ty: &TypeRef, side: Side) -> RustType {
        let ty = self.rust_type(ty, side);
        self.boxed(owner, index, ty)
    }

    fn rust_type_at(&self, ty: &TypeRef, side: Side, left: usize) -> RustType {
        let inner = |ty: &TypeRef| Box::new(self.rust_type_at(ty, side, left.saturating_sub(1)));
        match ty {
            _ if left == 0 => RustType::Json,
            TypeRef::Bool => RustType::Bool,
            TypeRef::Int32 => RustType::I32,
            TypeRef::Int64 => RustType::I64,
            TypeRef::Uint64 => RustType::U64,
            TypeRef::Float => RustType::F64,
            TypeRef::Text => RustType::String,
            TypeRef::DateTime => RustType::Timestamp,
            TypeRef::Date => RustType::Date,
            TypeRef::Uuid => RustType::Uuid,
            TypeRef::Base64 => RustType::Base64,
            TypeRef::Binary => RustType::FilePart,
            TypeRef::Json => RustType::Json,
            TypeRef::Own(path) => RustType::Own(path.clone()),
            TypeRef::List(element) => RustType::Vec(inner(element)),
            TypeRef::Tuple(places) => {
                RustType::Tuple(places.iter().map(|place| *inner(place)).collect())
            }
            TypeRef::Map(value) => RustType::Map(inner(value)),
            TypeRef::Nullable(value) => match *inner(value) {
                // Any JSON can be null already.
                RustType::Json => RustType::Json,
                value => RustType::Option(Box::new(value)),
            },
            TypeRef::Named(id) => {
                match (self.api.get(*id).map(|ty| &ty.shape), self.ident(*id, side)) {
                    // An alias needs no name where it is used.
                    (Some(Shape::Alias(target)), _) => {
                        let target = self.rust_type_at(target, side, left.saturating_sub(1));
                        self.boxed(*id, 0, target)
                    }
                    (_, Some(ident)) => RustType::Named(ident.clone()),
                    (_, None) => RustType::Json,
                }
            }
        }
    }

    fn boxed(&self, owner: TypeId, index: usize, ty: RustType) -> RustType {
        match ty {
            _ if !self.facts.boxed.contains(&(owner, index)) => ty,
            RustType::Option(inner) => RustType::Option(Box::new(RustType::Box(inner))),
            RustType::Box(_) => ty,
            ty => RustType::Box(Box::new(ty)),
        }
    }
}
