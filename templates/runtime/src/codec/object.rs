//! Objects: `object!` and what its expansion calls.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

use super::decode::Decode;
use super::entries::Entries;
use super::presence::{Member, Slot};
use super::trail;

/// Says how a struct stands on the wire: for each field its presence and its wire name.
///
/// | presence | field | absent | null | written |
/// |---|---|---|---|---|
/// | `required "name"` | `T` | an error | as absent, unless null is a value of `T` | always |
/// | `optional "name"` | `Option<T>` | `None` | `None` | left out when `None` |
/// | `nullable "name"` | `Option<T>` | `None` | `None` | null when `None` |
/// | `patch "name"` | [`Patch<T>`](crate::Patch) | `Unset` | `Null` | left out when `Unset` |
/// | `rest` | `BTreeMap<String, T>` | | | every property without a field; stands last |
///
/// Properties without a field are passed over, unless there is a `rest`. Of two members with one
/// name the last counts. Fields may stand in any order.
///
/// ```
/// use client_runtime::{BTreeMap, Patch, object};
///
/// pub struct Team {
///     pub id: String,
///     pub note: Patch<String>,
///     pub limits: BTreeMap<String, i64>,
/// }
///
/// object! {
///     Team {
///         id: required "id",
///         note: patch "note",
///         limits: rest,
///     }
/// }
///
/// let team: Team = client_runtime::decode(br#"{"id": "5f", "seats": 3}"#)?;
/// assert_eq!(team.limits.get("seats"), Some(&3));
/// assert_eq!(client_runtime::encode(&team).ok().as_deref(), Some(&br#"{"id":"5f","seats":3}"#[..]));
/// # Ok::<(), client_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! object {
    ($name:ident { $($field:ident : $presence:ident $($wire:literal)?),* $(,)? }) => {
        impl $crate::__private::Decode for $name {
            fn decode_entries<'de, A: $crate::__private::MapAccess<'de>>(
                entries: &mut $crate::__private::Entries<'de, A>,
            ) -> ::core::result::Result<Self, A::Error> {
                $(let mut $field = ::core::option::Option::None;)*
                entries.read(&[$($($wire,)?)*], &mut [$(&mut $field,)*])?;
                match ($($field,)*) {
                    ($(::core::option::Option::Some($field),)*) => {
                        ::core::result::Result::Ok(Self { $($field,)* })
                    }
                    #[allow(unreachable_patterns)]
                    _ => $crate::__private::missing(),
                }
            }
        }
        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::Decode::decode(deserializer)
            }
        }
        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::write_object(
                    serializer,
                    &[$($crate::__private::$presence::member($($wire,)? &self.$field),)*],
                )
            }
        }
    };
}

/// Reads a type that reads entries.
pub(super) fn read_object<'de, T: Decode, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Decode> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::decode_entries(&mut Entries::new(map))
    }
}

impl<'de, A: MapAccess<'de>> Entries<'de, A> {
    /// Reads every entry into the slot of its name: `slots[i]` belongs to `names[i]`. A slot more
    /// than there are names takes the entries without a name. Afterwards every slot is filled.
    pub fn read(
        &mut self,
        names: &[&str],
        slots: &mut [&mut dyn Slot<'de, A>],
    ) -> Result<(), A::Error> {
        let mut next = 0;
        while let Some(key) = self.next_key()? {
            let index = find(names, &key, next);
            next = index + 1;
            let read = match slots.get_mut(index) {
                Some(slot) if index < names.len() => slot.fill(self),
                Some(rest) => rest.gather(&key, self),
                None => self.skip_value(),
            };
            if let Err(error) = read {
                trail::key(&key);
                return Err(error);
            }
        }
        for (index, slot) in slots.iter_mut().enumerate() {
            if !slot.complete(index >= names.len()) {
                names
                    .get(index)
                    .into_iter()
                    .for_each(|name| trail::key(name));
                return missing();
            }
        }
        Ok(())
    }
}

/// Where `key` stands in `names`. Members mostly come in the order of the document, so the one
/// after the last is tried first.
#[inline]
fn find(names: &[&str], key: &str, next: usize) -> usize {
    if names.get(next).is_some_and(|name| *name == key) {
        return next;
    }
    names
        .iter()
        .position(|name| *name == key)
        .unwrap_or(names.len())
}

/// The error for a required member that is not there.
#[cold]
pub fn missing<T, E: Error>() -> Result<T, E> {
    Err(E::custom("missing"))
}

/// Writes the members that have something to write.
pub fn write_object<S: Serializer>(
    serializer: S,
    members: &[Member<'_, S::SerializeMap>],
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for member in members {
        member.write(&mut map)?;
    }
    map.end()
}
