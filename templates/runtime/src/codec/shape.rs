//! Unions without a tag: `shape_union!` and what its expansion calls.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::decode::Decode;
use super::entries::reread;
use super::error::bare_message;
use super::trail;
use super::untyped::text_at;

/// Says by which look from outside the variants of a union are told apart.
///
/// A look is one of `text`, `integer`, `number`, `flag` (a boolean), `list`, `object`,
/// `object ["a", "b"]` (one that has all these properties) and `any`. The variants whose look fits
/// are tried in order, and the first that can be read and has a place for every property wins, else
/// the one that has a place for most. Where no look fits, the value becomes `Unknown`; where one
/// fits but nothing can be read, the error tells every attempt.
///
/// With `by "name"` stand tags for looks: values of that property, as in
/// [`tagged_union!`](crate::tagged_union), but one value may mean several variants.
///
/// ```
/// use client_runtime::{Value, shape_union};
///
/// pub enum IdOrList { Id(String), Many(Vec<String>), Unknown(Value) }
/// shape_union! { IdOrList { Id: text, Many: list } }
///
/// let ids: IdOrList = client_runtime::decode(br#"["5f", "60"]"#)?;
/// assert!(matches!(ids, IdOrList::Many(ids) if ids.len() == 2));
/// # Ok::<(), client_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! shape_union {
    ($name:ident by $tag:literal { $($variant:ident : $($text:literal)|+),* $(,)? }) => {
        $crate::shape_union! { $name { $($variant: tagged [$tag, $($text),+]),* } }
    };
    ($name:ident {
        $($variant:ident : $look:ident $([$($key:literal),* $(,)?])?),* $(,)?
    }) => {
        impl $crate::__private::Decode for $name {
            fn decode<'de, D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::read_shape(
                    deserializer,
                    &[$($crate::__private::Candidate {
                        name: ::core::stringify!($variant),
                        look: $crate::__private::Look::$look(&[$($($key),*)?]),
                        read: |json| $crate::__private::read_candidate(json, Self::$variant),
                    },)*],
                    Self::Unknown,
                )
            }
        }
        $crate::__union! { $name { $($variant ())* } }
    };
}

/// One variant of a union.
#[derive(Debug)]
pub struct Candidate<T> {
    /// Its name, for errors.
    pub name: &'static str,
    /// Which values to try it with.
    pub look: Look,
    /// Reads it; the error is a message, with its path noted.
    pub read: fn(&RawValue) -> Result<T, String>,
}

/// What a JSON value looks like from outside.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    kind: Kind,
    /// The properties that an object must have; of a tag its name and its values.
    keys: &'static [&'static str],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Integer,
    Number,
    Flag,
    List,
    Object,
    Tagged,
    Null,
    Any,
}

/// The looks, named as the macro names them. Only `object` and `tagged` have keys.
impl Look {
    /// A string.
    pub const fn text(keys: &'static [&'static str]) -> Self {
        Self { kind: Kind::Text, keys }
    }

    /// A number without a fraction.
    pub const fn integer(keys: &'static [&'static str]) -> Self {
        Self { kind: Kind::Integer, keys }
    }

    /// Any number.
    pub const fn number(keys: &'static [&'static str]) -> Self {
        Self { kind: Kind::Number, keys }
    }

    /// A boolean.
    pub const fn flag(keys: &'static [&'static str]) -> Self {
        Self { kind: Kind::Flag, keys }
    }

    /// An array.
    pub const fn list(keys: &'static [&'static str]) -> Self {
        Self { kind: Kind::List, keys }
    }

    /// An object with at least the properties `keys`.
    pub const fn object(keys: &'static [&'static str]) -> Self {
        Self { kind: Kind::Object, keys }
    }

    /// An object with a tag: its name, then the values that it may have.
    pub const fn tagged(keys: &'static [&'static str]) -> Self {
        Self { kind: Kind::Tagged, keys }
    }

    /// Anything, null too.
    pub const fn any(keys: &'static [&'static str]) -> Self {
        Self { kind: Kind::Any, keys }
    }

    fn fits(self, found: Kind, properties: &Properties<'_>) -> bool {
        match (self.kind, self.keys) {
            (Kind::Any, _) => true,
            (Kind::Number, _) => matches!(found, Kind::Number | Kind::Integer),
            (Kind::Tagged, [tag, values @ ..]) => properties
                .get(*tag)
                .and_then(|value| text_at(value.get(), ""))
                .is_some_and(|text| values.contains(&text.as_str())),
            (kind, keys) => kind == found && keys.iter().all(|key| properties.contains_key(*key)),
        }
    }
}

/// The properties of an object, each with its JSON.
type Properties<'a> = BTreeMap<String, &'a RawValue>;

/// The kind of a JSON value, told by its first character.
fn kind_of(json: &str) -> Kind {
    match json.as_bytes().first() {
        Some(b'"') => Kind::Text,
        Some(b'[') => Kind::List,
        Some(b'{') => Kind::Object,
        Some(b't' | b'f') => Kind::Flag,
        Some(b'n') | None => Kind::Null,
        Some(_) if is_whole(json) => Kind::Integer,
        Some(_) => Kind::Number,
    }
}

/// Whether a JSON number is an integer: `5`, and also `5.0` and `5e2`.
fn is_whole(json: &str) -> bool {
    !json.contains(['.', 'e', 'E']) || json.parse().is_ok_and(|number: f64| number.fract() == 0.0)
}

/// Reads a union by the look of the value.
pub fn read_shape<'de, T: Serialize, D: Deserializer<'de>>(
    deserializer: D,
    candidates: &[Candidate<T>],
    unknown: fn(Value) -> T,
) -> Result<T, D::Error> {
    let json = Box::<RawValue>::deserialize(deserializer)?;
    match read_candidates(&json, candidates) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => reread(&json).map(unknown),
        Err(message) => Err(D::Error::custom(message)),
    }
}

/// Nothing, when no look fits. Of several that can be read the first that keeps every property wins, else the one that keeps
/// most: a variant must not swallow what only another one has a place for.
fn read_candidates<T: Serialize>(json: &RawValue, candidates: &[Candidate<T>]) -> Result<Option<T>, String> {
    let kind = kind_of(json.get());
    let are_needed = candidates.len() > 1 || candidates.iter().any(|candidate| !candidate.look.keys.is_empty());
    let properties = match kind {
        Kind::Object if are_needed => properties(json.get())?,
        _ => BTreeMap::new(),
    };
    let fitting: Vec<&Candidate<T>> =
        candidates.iter().filter(|candidate| candidate.look.fits(kind, &properties)).collect();
    if let [only] = fitting.as_slice() {
        // Nothing to report but its own error, which keeps its path.
        return (only.read)(json).map(Some);
    }
    let mut best = None;
    let mut attempts = Vec::new();
    for candidate in fitting {
        let mark = trail::mark();
        match (candidate.read)(json) {
            Ok(value) => match lost(&properties, &value)? {
                0 => return Ok(Some(value)),
                lost if best.as_ref().is_none_or(|(least, _)| lost < *least) => {
                    best = Some((lost, value));
                }
                _ => {}
            },
            Err(message) => attempts.push(attempt(candidate.name, &trail::take_from(mark), &message)),
        }
    }
    match best {
        Some((_, value)) => Ok(Some(value)),
        None if attempts.is_empty() => Ok(None),
        None => Err(format!("no variant fits: {}", attempts.join("; "))),
    }
}

/// How many properties of what was read a value does not write again.
fn lost<T: Serialize>(given: &Properties<'_>, value: &T) -> Result<usize, String> {
    if given.is_empty() {
        return Ok(0);
    }
    let written = serde_json::to_string(value).map_err(|error| bare_message(&error))?;
    let kept = properties(&written)?;
    Ok(given.keys().filter(|key| !kept.contains_key(*key)).count())
}

fn attempt(name: &str, path: &str, message: &str) -> String {
    if path.is_empty() { format!("{name}: {message}") } else { format!("{name}: {path}: {message}") }
}

fn properties(json: &str) -> Result<Properties<'_>, String> {
    serde_json::from_str(json).map_err(|error| bare_message(&error))
}

/// Reads one variant.
pub fn read_candidate<T: Decode, U>(json: &RawValue, wrap: fn(T) -> U) -> Result<U, String> {
    reread::<T, serde_json::Error>(json).map(wrap).map_err(|error| bare_message(&error))
}
