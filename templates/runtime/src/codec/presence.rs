//! The kinds of presence, one module each, named as `object!` names them.
//!
//! Each has `member`: what a field writes. What a field reads follows from its type.

use std::collections::BTreeMap;

use serde::de::MapAccess;
use serde::ser::{Serialize, SerializeMap};

use super::decode::Decode;
use super::entries::Entries;
use super::patch::Patch;

/// The place of a field's value while its object is read.
pub trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value of the entry whose key was just read.
    fn fill(&mut self, entries: &mut Entries<'de, A>) -> Result<(), A::Error>;

    /// Adds the value of an entry that has no field.
    fn gather(&mut self, key: &str, entries: &mut Entries<'de, A>) -> Result<(), A::Error>;

    /// Gives a field that had no entry the value that this means. False: it means nothing.
    fn complete(&mut self, rest: bool) -> bool;
}

impl<'de, A: MapAccess<'de>, T: Decode> Slot<'de, A> for Option<T> {
    fn fill(&mut self, entries: &mut Entries<'de, A>) -> Result<(), A::Error> {
        *self = entries.next_value::<Option<T>>()?.or_else(T::from_null);
        Ok(())
    }

    fn gather(&mut self, key: &str, entries: &mut Entries<'de, A>) -> Result<(), A::Error> {
        T::gather(self, key, entries)
    }

    fn complete(&mut self, rest: bool) -> bool {
        if self.is_none() {
            *self = if rest { T::empty() } else { T::absent() };
        }
        self.is_some()
    }
}

/// What a field writes into an object.
#[derive(Clone, Copy)]
pub enum Member<'a, M> {
    /// Nothing.
    Absent,
    /// One entry.
    Entry(&'a str, &'a dyn Entry<M>),
    /// The entries of a map.
    Rest(&'a dyn Rest<M>),
}

impl<M: SerializeMap> Member<'_, M> {
    pub(super) fn write(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Absent => Ok(()),
            Self::Entry(name, value) => value.write(name, map),
            Self::Rest(rest) => rest.write(map),
        }
    }
}

/// A value that can be written as an entry; serde's `Serialize` cannot be a trait object.
pub trait Entry<M: SerializeMap> {
    /// Writes the entry `name`.
    fn write(&self, name: &str, map: &mut M) -> Result<(), M::Error>;
}

impl<M: SerializeMap, T: Serialize> Entry<M> for T {
    fn write(&self, name: &str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(name, self)
    }
}

/// A map whose entries stand among an object's own.
pub trait Rest<M: SerializeMap> {
    /// Writes them.
    fn write(&self, map: &mut M) -> Result<(), M::Error>;
}

impl<M: SerializeMap, T: Serialize> Rest<M> for BTreeMap<String, T> {
    fn write(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter()
            .try_for_each(|(key, value)| map.serialize_entry(key, value))
    }
}

/// Must be there.
pub mod required {
    use super::{Entry, Member, SerializeMap};

    /// What the field writes: its value.
    #[inline]
    pub fn member<'a, M: SerializeMap, T: Entry<M>>(name: &'a str, field: &'a T) -> Member<'a, M> {
        Member::Entry(name, field)
    }
}

/// May be left out.
pub mod optional {
    use super::{Entry, Member, SerializeMap};

    /// What the field writes: its value, if there is one.
    #[inline]
    pub fn member<'a, M: SerializeMap, T: Entry<M>>(
        name: &'a str,
        field: &'a Option<T>,
    ) -> Member<'a, M> {
        match field {
            Some(value) => Member::Entry(name, value),
            None => Member::Absent,
        }
    }
}

/// Is always written, as null when there is no value.
pub mod nullable {
    pub use super::required::member;
}

/// Left out, null and a value mean three things.
pub mod patch {
    use super::{Entry, Member, Patch, SerializeMap};

    /// What the field writes: nothing, null or its value.
    #[inline]
    pub fn member<'a, M: SerializeMap, T>(name: &'a str, field: &'a Patch<T>) -> Member<'a, M>
    where
        Patch<T>: Entry<M>,
    {
        match field {
            Patch::Unset => Member::Absent,
            _ => Member::Entry(name, field),
        }
    }
}

/// Takes the entries that have no field.
pub mod rest {
    use super::{BTreeMap, Member, Rest, SerializeMap};

    /// What the field writes: its entries.
    #[inline]
    pub fn member<'a, M: SerializeMap, T>(field: &'a BTreeMap<String, T>) -> Member<'a, M>
    where
        BTreeMap<String, T>: Rest<M>,
    {
        Member::Rest(field)
    }
}
