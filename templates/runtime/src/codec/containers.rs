//! [`Decode`] for what holds other values, and for the plain values of std and serde_json.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::{Deserialize, Deserializer, Error, Expected, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::decode::Decode;
use super::entries::{Entries, Seed};
use super::trail;

/// No list is given more room ahead of its items than this many bytes.
const ROOM: usize = 64 * 1024;

macro_rules! decode_as_serde_does {
    ($($type:ty),*) => {
        $(impl Decode for $type {
            #[inline]
            fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Deserialize::deserialize(deserializer)
            }
        })*
    };
}

decode_as_serde_does!(bool, f32, f64, String, Bytes);

impl Decode for Value {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Deserialize::deserialize(deserializer)
    }

    fn decode_entries<'de, A: MapAccess<'de>>(entries: &mut Entries<'de, A>) -> Result<Self, A::Error> {
        let mut object = serde_json::Map::new();
        while let Some(key) = entries.next_key()? {
            object.insert(key.into_owned(), entries.next_value()?);
        }
        Ok(Self::Object(object))
    }

    fn from_null() -> Option<Self> {
        Some(Self::Null)
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::decode(deserializer).map(Self::new)
    }

    fn decode_entries<'de, A: MapAccess<'de>>(entries: &mut Entries<'de, A>) -> Result<Self, A::Error> {
        T::decode_entries(entries).map(Self::new)
    }

    fn from_null() -> Option<Self> {
        T::from_null().map(Self::new)
    }
}

impl<T: Decode> Decode for Option<T> {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(OptionVisitor(PhantomData))
    }

    fn from_null() -> Option<Self> {
        Some(None)
    }
}

struct OptionVisitor<T>(PhantomData<T>);

impl<'de, T: Decode> Visitor<'de> for OptionVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value or null")
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::decode(deserializer).map(Some)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Decode> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let room = ROOM / size_of::<T>().max(1);
        let mut list = Vec::with_capacity(items.size_hint().unwrap_or(0).min(room));
        loop {
            match items.next_element_seed(Seed(PhantomData)) {
                Ok(Some(item)) => list.push(item),
                Ok(None) => return Ok(list),
                Err(error) => {
                    trail::index(list.len());
                    return Err(error);
                }
            }
        }
    }
}

/// Lists of a fixed length. A value that is missing or too much is refused: nobody knows what it means.
macro_rules! decode_tuples {
    ($($length:literal $visitor:ident ($($place:ident $index:literal)*),)*) => {
        $(
            impl<$($place: Decode),*> Decode for ($($place,)*) {
                fn decode<'de, De: Deserializer<'de>>(deserializer: De) -> Result<Self, De::Error> {
                    deserializer.deserialize_tuple($length, $visitor(PhantomData))
                }
            }

            struct $visitor<$($place),*>(PhantomData<($($place,)*)>);

            impl<'de, $($place: Decode),*> Visitor<'de> for $visitor<$($place),*> {
                type Value = ($($place,)*);

                fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                    formatter.write_str(concat!("a list of ", $length, " values"))
                }

                fn visit_seq<Items: SeqAccess<'de>>(self, mut items: Items) -> Result<Self::Value, Items::Error> {
                    let tuple = ($(place::<$place, Items>(&mut items, $index, &self)?,)*);
                    match items.next_element::<IgnoredAny>()? {
                        Some(_) => Err(Error::invalid_length($length + 1, &self)),
                        None => Ok(tuple),
                    }
                }
            }
        )*
    };
}

fn place<'de, T: Decode, A: SeqAccess<'de>>(
    items: &mut A,
    index: usize,
    expected: &dyn Expected,
) -> Result<T, A::Error> {
    match items.next_element_seed(Seed(PhantomData)) {
        Ok(Some(item)) => Ok(item),
        Ok(None) => Err(Error::invalid_length(index, expected)),
        Err(error) => {
            trail::index(index);
            Err(error)
        }
    }
}

decode_tuples! {
    2 Tuple2(A 0 B 1),
    3 Tuple3(A 0 B 1 C 2),
    4 Tuple4(A 0 B 1 C 2 D 3),
    5 Tuple5(A 0 B 1 C 2 D 3 E 4),
    6 Tuple6(A 0 B 1 C 2 D 3 E 4 F 5),
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::object::read_object(deserializer)
    }

    fn decode_entries<'de, A: MapAccess<'de>>(entries: &mut Entries<'de, A>) -> Result<Self, A::Error> {
        let mut map = Self::new();
        entries.read(&[], &mut [&mut map])?;
        Ok(map)
    }
}
