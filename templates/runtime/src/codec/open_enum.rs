//! Open enums: `open_enum!` and what its expansion calls.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};

use super::decode::Decode;

/// Declares an enum of texts (or of integers) that never fails on a value it does not know.
///
/// Beside the variants named it has `Unknown` with the value as it came. Two enums of texts are
/// equal when their texts are.
///
/// ```
/// use client_runtime::open_enum;
///
/// open_enum! {
///     /// What a user may do.
///     pub enum Role {
///         /// Everything.
///         Owner = "OWNER",
///         Reader = "READER",
///     }
/// }
///
/// open_enum! {
///     pub enum Level: i64 { Low = 1, High = 2 }
/// }
///
/// assert_eq!(Role::from("OWNER"), Role::Owner);
/// assert_eq!(Role::from("AUDITOR").as_str(), "AUDITOR");
/// assert_eq!(Level::from(7), Level::Unknown(7));
/// ```
#[macro_export]
macro_rules! open_enum {
    (
        $(#$attribute:tt)*
        $visibility:vis enum $name:ident {
            $($(#$about:tt)* $variant:ident = $text:literal),* $(,)?
        }
    ) => {
        $(#$attribute)*
        #[derive(Clone)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#$about)* $variant,)*
            /// A value that this version does not know.
            Unknown(::std::string::String),
        }
        impl $name {
            const KNOWN: $crate::__private::Known<Self> = $crate::__private::Known {
                texts: &[$($text),*],
                variants: &[$(Self::$variant),*],
                names: ::core::stringify!($($variant)*),
                unknown: Self::Unknown,
            };
            /// The text on the wire.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(text) => text,
                }
            }
        }
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                Self::KNOWN.show(self.as_str(), formatter)
            }
        }
        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }
        impl ::core::cmp::Eq for $name {}
        impl ::core::hash::Hash for $name {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(self.as_str(), state);
            }
        }
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.pad(self.as_str())
            }
        }
        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                Self::KNOWN.variant(text)
            }
        }
        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                Self::KNOWN.variant(&text)
            }
        }
        impl $crate::__private::Decode for $name {
            fn decode<'de, D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::read_text(deserializer)
            }
        }
        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::read_text(deserializer)
            }
        }
        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
    (
        $(#$attribute:tt)*
        $visibility:vis enum $name:ident: i64 {
            $($(#$about:tt)* $variant:ident = $number:literal),* $(,)?
        }
    ) => {
        $(#$attribute)*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#$about)* $variant,)*
            /// A value that this version does not know.
            Unknown(i64),
        }
        impl $name {
            /// The number on the wire.
            #[must_use]
            #[inline]
            pub fn value(self) -> i64 {
                match self {
                    $(Self::$variant => $number,)*
                    Self::Unknown(number) => number,
                }
            }
        }
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.value(), formatter)
            }
        }
        impl ::core::convert::From<i64> for $name {
            #[inline]
            fn from(number: i64) -> Self {
                match number {
                    $($number => Self::$variant,)*
                    _ => Self::Unknown(number),
                }
            }
        }
        impl $crate::__private::Decode for $name {
            fn decode<'de, D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::read_integer(deserializer)
            }
        }
        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::read_integer(deserializer)
            }
        }
        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.value())
            }
        }
    };
}

/// The variants of an open enum, `Unknown` aside. A table costs the compiler much less than a
/// `match` in each of the functions that need one.
#[derive(Debug)]
pub struct Known<T: 'static> {
    /// Their texts.
    pub texts: &'static [&'static str],
    /// The variants, in the same order.
    pub variants: &'static [T],
    /// Their names, in the same order, with a space between two.
    pub names: &'static str,
    /// Makes what holds any other text.
    pub unknown: fn(String) -> T,
}

impl<T: Clone> Known<T> {
    fn place(&self, text: &str) -> Option<usize> {
        self.texts.iter().position(|known| *known == text)
    }

    /// The variant that has the text.
    pub fn variant(&self, text: &str) -> T {
        let place = self.place(text);
        match place.and_then(|place| self.variants.get(place)) {
            Some(variant) => variant.clone(),
            None => (self.unknown)(text.to_owned()),
        }
    }

    /// Shows the variant that has the text, as a derived `Debug` does.
    pub fn show(&self, text: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place(text);
        match place.and_then(|place| self.names.split_whitespace().nth(place)) {
            Some(name) => formatter.write_str(name),
            None => formatter.debug_tuple("Unknown").field(&text).finish(),
        }
    }
}

/// Reads a type that is made from text.
pub fn read_text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: From<String> + for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

struct TextVisitor<T>(PhantomData<T>);

impl<T> Visitor<'_> for TextVisitor<T>
where
    T: From<String> + for<'a> From<&'a str>,
{
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
        Ok(T::from(text))
    }
}

/// Reads a type that is made from an integer.
pub fn read_integer<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: From<i64>,
    D: Deserializer<'de>,
{
    i64::decode(deserializer).map(T::from)
}
