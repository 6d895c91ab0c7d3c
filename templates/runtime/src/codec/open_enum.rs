//! Open enums: `open_enum!` and what its expansion calls.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

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
        impl $crate::__private::Decode for $name {
            const KNOWN: ::core::option::Option<$crate::__private::Known<Self>> =
                ::core::option::Option::Some($crate::__private::Known {
                    texts: &[$($text),*],
                    variants: &[$(Self::$variant),*],
                    names: ::core::stringify!($($variant)*),
                    copy: ::core::clone::Clone::clone,
                    unknown: Self::Unknown,
                });
        }
        impl $name {
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
                $crate::__private::show_text::<Self>(self.as_str(), formatter)
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
                $crate::__private::from_text(text, Self::Unknown)
            }
        }
        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                $crate::__private::from_text(&text, Self::Unknown)
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
    /// Makes another of a variant.
    pub copy: fn(&T) -> T,
    /// Makes what holds any other text.
    pub unknown: fn(String) -> T,
}

impl<T> Known<T> {
    /// The variant that has the text.
    fn variant(&self, text: &str) -> T {
        let place = place(self.texts, text);
        match place.and_then(|place| self.variants.get(place)) {
            Some(variant) => (self.copy)(variant),
            None => (self.unknown)(text.to_owned()),
        }
    }

    /// Shows the variant that has the text, as a derived `Debug` does.
    fn show(&self, text: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(self.texts, self.names, text, formatter)
    }
}

/// Where a text stands. It is not inlined: with a table that is known it would become a comparison
/// for each text. Lengths and ends tell most texts apart (`US_EAST_1`, `US_EAST_2`).
#[inline(never)]
fn place(texts: &[&str], text: &str) -> Option<usize> {
    let end = text.as_bytes().last();
    texts.iter().position(|known| known.len() == text.len() && known.as_bytes().last() == end && *known == text)
}

#[inline(never)]
fn show(texts: &[&str], names: &str, text: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let place = place(texts, text);
    match place.and_then(|place| names.split_whitespace().nth(place)) {
        Some(name) => formatter.write_str(name),
        None => formatter.debug_tuple("Unknown").field(&text).finish(),
    }
}

/// The variant of an open enum that has the text, else what `unknown` makes of it.
pub fn from_text<T: Decode>(text: &str, unknown: fn(String) -> T) -> T {
    match T::KNOWN {
        Some(known) => known.variant(text),
        None => unknown(text.to_owned()),
    }
}

/// Shows the variant of an open enum that has the text.
pub fn show_text<T: Decode>(text: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match T::KNOWN {
        Some(known) => known.show(text, formatter),
        None => formatter.write_str(text),
    }
}

/// Reads an open enum of texts.
pub(super) fn read_text<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = deserializer.deserialize_str(TextVisitor)?;
    match T::KNOWN {
        Some(known) => Ok(known.variant(&text)),
        None => Err(D::Error::invalid_type(Unexpected::Str(&text), &TextVisitor)),
    }
}

/// Reads a text, the same way for every enum: there are many, and each would have a copy.
struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text))
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
