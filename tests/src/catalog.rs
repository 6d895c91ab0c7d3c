//! The types of a generated crate, each with the schema that it stands for: the generator's own account of what it writes.

use std::collections::{BTreeMap, HashMap};

use crate::oracle::instance::Direction;
use atlas_codegen::config::Config;
use atlas_codegen::diag::Diagnostics;
use atlas_codegen::surface::{Item, RustType, Select, TypeItem, Union};
use atlas_codegen::{analyze, lower, names, plan, spec};

/// The types of a crate.
pub struct Catalog {
    /// In the order of the crate.
    pub types: Vec<Emitted>,
    /// By schema and direction: the index of the type.
    by_place: HashMap<(String, Direction), usize>,
}

/// A type of the crate.
pub struct Emitted {
    /// Its name.
    pub ident: String,
    /// The schema's place.
    pub pointer: String,
    /// Which ways its values travel. None where no operation uses it.
    pub directions: Vec<Direction>,
    /// What it is.
    pub kind: Kind,
}

/// What a type is, as far as tests ask.
pub enum Kind {
    /// A struct, or another name for a type.
    Plain,
    /// A list of texts.
    TextEnum,
    /// A list of whole numbers.
    IntegerEnum,
    /// One of several types.
    Union(Variants),
}

/// The variants of a union.
pub struct Variants {
    /// The property that tells them apart, if one does.
    pub tag: Option<String>,
    /// The name of each, and the schema of the type that it holds; none where that has no name.
    pub all: Vec<(String, Option<String>)>,
}

impl Catalog {
    /// The types that the generator makes of a document.
    ///
    /// # Panics
    ///
    /// Where the document is refused.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let mut messages = Diagnostics::new();
        let document =
            spec::load(&config.spec, config, &mut messages).expect("the document is read");
        let api = lower::lower(&document, config, &mut messages);
        let facts = analyze::analyze(&api, config.schemas.emit_all);
        let names = names::name(&api, &facts, config, &mut messages);
        let krate = plan::plan(&api, &facts, &names, config, &mut messages);

        let mut directions: HashMap<&str, Vec<Direction>> = HashMap::new();
        for (id, names) in &names.types {
            let direction = facts.directions[id.index()];
            let mut own = Vec::new();
            if direction.response || !direction.request {
                own.push(Direction::Response);
            }
            match &names.twin {
                Some(twin) => _ = directions.insert(twin.ident.as_str(), vec![Direction::Request]),
                None if direction.request => own.push(Direction::Request),
                None => {}
            }
            directions.insert(names.name.ident.as_str(), own);
        }
        let items: Vec<&TypeItem> = krate.types.iter().flat_map(|file| &file.types).collect();
        let places: BTreeMap<&str, String> = items
            .iter()
            .map(|ty| (ty.ident.as_str(), ty.path.to_string()))
            .collect();
        let types = items.iter().map(|ty| Emitted {
            ident: ty.ident.as_str().to_owned(),
            pointer: ty.path.to_string(),
            directions: directions
                .get(ty.ident.as_str())
                .cloned()
                .expect("every type has a direction"),
            kind: kind(&ty.item, &places),
        });
        Self::from_types(types.collect())
    }

    fn from_types(types: Vec<Emitted>) -> Self {
        let mut by_place = HashMap::new();
        for (index, ty) in types.iter().enumerate() {
            for direction in &ty.directions {
                by_place.insert((ty.pointer.clone(), *direction), index);
            }
        }
        Self { types, by_place }
    }

    /// The type of a schema. A schema that travels one way only has one type.
    #[must_use]
    pub fn find(&self, pointer: &str, direction: Direction) -> Option<&Emitted> {
        let other = match direction {
            Direction::Request => Direction::Response,
            Direction::Response => Direction::Request,
        };
        [direction, other].into_iter().find_map(|direction| {
            let index = self.by_place.get(&(pointer.to_owned(), direction))?;
            self.types.get(*index)
        })
    }
}

fn kind(item: &Item, places: &BTreeMap<&str, String>) -> Kind {
    match item {
        Item::Struct(_) | Item::Alias(_) => Kind::Plain,
        Item::TextEnum(_) => Kind::TextEnum,
        Item::IntegerEnum(_) => Kind::IntegerEnum,
        Item::Union(union) => Kind::Union(variants(union, places)),
    }
}

fn variants(union: &Union, places: &BTreeMap<&str, String>) -> Variants {
    let tag = match &union.select {
        Select::Tag(property) | Select::TagThenShape(property) => Some(property.clone()),
        Select::Shape => None,
    };
    let all = union.variants.iter().map(|variant| {
        let held = named(&variant.ty).and_then(|ident| places.get(ident).cloned());
        (variant.ident.as_str().to_owned(), held)
    });
    Variants {
        tag,
        all: all.collect(),
    }
}

fn named(ty: &RustType) -> Option<&str> {
    match ty {
        RustType::Named(ident) => Some(ident.as_str()),
        RustType::Box(inner) => named(inner),
        _ => None,
    }
}
