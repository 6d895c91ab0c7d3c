//! How the fields of an object are read and written.

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
    fn gather(&mut self, _key: &str, entries: &mut Entries<'de, A>) -> Result<(), A::Error> {
        entries.skip_value()
    }

    /// Whether the object may end now.
    fn is_complete(&self) -> bool {
        true
    }
}

/// The value of a `required` field; nothing until it was read.
#[derive(Debug)]
pub struct Required<T>(pub Option<T>);

impl<'de, A: MapAccess<'de>, T: Decode> Slot<'de, A> for Required<T> {
    fn fill(&mut self, entries: &mut Entries<'de, A>) -> Result<(), A::Error> {
        entries.read_value(&mut self.0)?;
        if self.0.is_none() {
            self.0 = T::from_null();
        }
        Ok(())
    }

    fn is_complete(&self) -> bool {
        self.0.is_some()
    }
}

impl<'de, A: MapAccess<'de>, T: Decode> Slot<'de, A> for Option<T> {
    fn fill(&mut self, entries: &mut Entries<'de, A>) -> Result<(), A::Error> {
        entries.read_value(self)
    }
}

impl<'de, A: MapAccess<'de>, T: Decode> Slot<'de, A> for Patch<T> {
    fn fill(&mut self, entries: &mut Entries<'de, A>) -> Result<(), A::Error> {
        entries.read_value(self)
    }
}

/// A `rest` stands behind all names, so no entry fills it.
impl<'de, A: MapAccess<'de>, T: Decode> Slot<'de, A> for BTreeMap<String, T> {
    fn fill(&mut self, entries: &mut Entries<'de, A>) -> Result<(), A::Error> {
        entries.skip_value()
    }

    fn gather(&mut self, key: &str, entries: &mut Entries<'de, A>) -> Result<(), A::Error> {
        let value = entries.next_value()?;
        self.insert(key.to_owned(), value);
        Ok(())
    }
}

/// What a field writes into an object.
pub enum Member<'a, M> {
    /// An entry, whatever the value: `required` and `nullable`.
    Always(&'a str, &'a dyn Always<M>),
    /// An entry if there is a value: `optional` and `patch`.
    Given(&'a str, &'a dyn Given<M>),
    /// The entries of a map: `rest`.
    Rest(&'a dyn Rest<M>),
}

impl<M: SerializeMap> Member<'_, M> {
    pub(super) fn write(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Always(name, value) => value.write(name, map),
            Self::Given(name, value) => value.write(name, map),
            Self::Rest(rest) => rest.write(map),
        }
    }
}

/// A value that can be written as an entry; serde's `Serialize` cannot be a trait object.
pub trait Always<M: SerializeMap> {
    /// Writes the entry `name`.
    fn write(&self, name: &str, map: &mut M) -> Result<(), M::Error>;
}

impl<M: SerializeMap, T: Serialize> Always<M> for T {
    fn write(&self, name: &str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(name, self)
    }
}

/// A value that is not always written.
pub trait Given<M: SerializeMap> {
    /// Writes the entry `name`, if there is one to write.
    fn write(&self, name: &str, map: &mut M) -> Result<(), M::Error>;
}

impl<M: SerializeMap, T: Serialize> Given<M> for Option<T> {
    fn write(&self, name: &str, map: &mut M) -> Result<(), M::Error> {
        match self {
            Some(value) => map.serialize_entry(name, value),
            None => Ok(()),
        }
    }
}

impl<M: SerializeMap, T: Serialize> Given<M> for Patch<T> {
    fn write(&self, name: &str, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Unset => Ok(()),
            _ => map.serialize_entry(name, self),
        }
    }
}

/// A map whose entries stand among an object's own.
pub trait Rest<M: SerializeMap> {
    /// Writes them.
    fn write(&self, map: &mut M) -> Result<(), M::Error>;
}

impl<M: SerializeMap, T: Serialize> Rest<M> for BTreeMap<String, T> {
    fn write(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))
    }
}
