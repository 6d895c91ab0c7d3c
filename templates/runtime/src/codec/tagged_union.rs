//! Unions told apart by a property: `tagged_union!` and what its expansion calls.

use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::decode::Decode;
use super::entries::Entries;

/// Says by which property the variants of a union are told apart.
///
/// The enum has variants of one field, and `Unknown` with a [`Value`](crate::Value): the whole
/// value, where the tag is missing, null or not known, and where there is no object at all. A
/// known tag with a body that does not fit is an error. Tags are texts; a number or a boolean
/// counts as its JSON text (`"2"`, `"true"`). A variant's type holds the tag itself, so writing a
/// union writes what the variant holds; behind the word `tag`, as in `Cat: tag "cat"`, stand the tags of
/// one that does not, and then the first of them is written beside its members.
///
/// ```
/// use client_runtime::{Value, object, tagged_union};
///
/// object! { pub struct Cat { required kind: String = "kind", required lives: i64 = "lives" } }
///
/// pub enum Pet { Cat(Cat), Unknown(Value) }
/// tagged_union! { Pet by "kind" { Cat: "cat" | "tomcat" } }
///
/// let pet: Pet = client_runtime::decode(br#"{"lives": 9, "kind": "tomcat"}"#)?;
/// assert!(matches!(pet, Pet::Cat(Cat { lives: 9, .. })));
/// # Ok::<(), client_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! tagged_union {
    ($name:ident by $tag:literal {
        $($variant:ident : $($mark:ident)? $($text:literal)|+),* $(,)?
    }) => {
        impl $crate::__private::Decode for $name {
            fn decode<'de, D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::read_tagged(deserializer, Self::Unknown)
            }
            fn decode_entries<'de, A: $crate::__private::MapAccess<'de>>(
                entries: &mut $crate::__private::Entries<'de, A>,
            ) -> ::core::result::Result<Self, A::Error> {
                match entries.tag($tag)? {
                    $($(::core::option::Option::Some($text))|+ => entries.read_as(Self::$variant),)*
                    _ => entries.read_as(Self::Unknown),
                }
            }
        }
        $crate::__union! { $name { $($variant ([$($mark)?] $tag $($text)+))* } }
    };
}

/// What tagged unions and unions told apart by shape have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    (write ($([] $($rest:tt)*)?) $value:ident $serializer:ident) => {
        $crate::__private::Serialize::serialize($value, $serializer)
    };
    (write ([tag] $tag:literal $text:literal $($more:literal)*) $value:ident $serializer:ident) => {
        $crate::__private::write_with_tag($value, $tag, $text, $serializer)
    };
    ($name:ident { $($variant:ident $tag:tt)* }) => {
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
                match self {
                    $(Self::$variant(value) => $crate::__union!(write $tag value serializer),)*
                    Self::Unknown(value) => $crate::__private::Serialize::serialize(value, serializer),
                }
            }
        }
    };
}

/// Reads a union that reads entries. What is no object becomes `unknown`.
pub fn read_tagged<'de, T: Decode, D: Deserializer<'de>>(
    deserializer: D,
    unknown: fn(Value) -> T,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(TaggedVisitor(unknown))
}

struct TaggedVisitor<T>(fn(Value) -> T);

impl<'de, T: Decode> Visitor<'de> for TaggedVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::decode_entries(&mut Entries::new(map))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(items)).map(self.0)
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Ok((self.0)(Value::Null))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<T, E> {
        Ok((self.0)(flag.into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        Ok((self.0)(number.into()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        Ok((self.0)(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        Ok((self.0)(number.into()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok((self.0)(text.into()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
        Ok((self.0)(text.into()))
    }
}
