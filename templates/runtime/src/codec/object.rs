//! Objects: `object!` and what its expansion calls.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

use super::decode::Decode;
use super::entries::Entries;
use super::patch::Patch;
use super::presence::{Member, Slot};
use super::trail;

/// Declares a struct that is a JSON object: for each field its presence, its type and its wire name.
///
/// The type is the one of a value that is there; the presence says when it is there:
///
/// | presence | field | absent | null | written |
/// |---|---|---|---|---|
/// | `required a: T = "name"` | `T` | an error | as absent, unless null is a value of `T` | always |
/// | `optional a: T = "name"` | `Option<T>` | `None` | `None` | left out when `None` |
/// | `nullable a: T = "name"` | `Option<T>` | `None` | `None` | null when `None` |
/// | `patch a: T = "name"` | [`Patch<T>`](crate::Patch) | `Unset` | `Null` | left out when `Unset` |
/// | `rest a: T` | `BTreeMap<String, T>` | | | every property without a field; stands last |
///
/// Properties without a field are passed over, unless there is a `rest`. Of two members with one
/// name the last counts. Fields may stand in any order. They are public; attributes go before
/// them, and before the struct, which is `#[non_exhaustive]` and `Clone + Debug + PartialEq`.
///
/// `new(…)` after the struct names the required fields, in any order, each with the type that a
/// caller gives: anything that converts into the field's. All others are left out. With `new()`
/// there is also `Default`. `, setters` after that adds a chained setter for each optional,
/// nullable and patch field.
///
/// ```
/// use client_runtime::{Patch, object};
///
/// object! {
///     /// People who work together.
///     pub struct Team {
///         /// 24 hexadecimal digits.
///         required id: String = "id",
///         optional size: i64 = "teamSize",
///         patch note: String = "note",
///         rest limits: i64,
///     }
///     new(id: impl Into<String>), setters
/// }
///
/// let team: Team = client_runtime::decode(br#"{"id": "5f", "teamSize": 4, "seats": 3}"#)?;
/// assert_eq!((team.size, team.limits.get("seats")), (Some(4), Some(&3)));
///
/// let team = Team::new("5f").note(None);
/// assert_eq!(team.note, Patch::Null);
/// assert_eq!(client_runtime::encode(&team).ok().as_deref(), Some(&br#"{"id":"5f","note":null}"#[..]));
/// # Ok::<(), client_runtime::DecodeError>(())
/// ```
///
/// A short one may stand on a line:
///
/// ```
/// client_runtime::object! {
///     pub struct Link { optional href: String = "href", optional rel: String = "rel" }
///     new()
/// }
///
/// assert_eq!(Link::new(), Link::default());
/// ```
#[macro_export]
macro_rules! object {
    (
        $(#$attribute:tt)*
        $visibility:vis struct $name:ident {
            $(
                $(#$about:tt)*
                $(required $required:ident : $required_type:ty = $required_wire:literal)?
                $(optional $optional:ident : $optional_type:ty = $optional_wire:literal)?
                $(nullable $nullable:ident : $nullable_type:ty = $nullable_wire:literal)?
                $(patch $patch:ident : $patch_type:ty = $patch_wire:literal)?
                $(rest $rest:ident : $rest_type:ty)?
            ),+
        }
        $(new ($($argument:ident : $given:ty),* $(,)?) $(, $setters:ident)?)?
    ) => {
        $(#$attribute)*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $visibility struct $name {
            $(
                $(#$about)*
                $(pub $required: $required_type,)?
                $(pub $optional: ::core::option::Option<$optional_type>,)?
                $(pub $nullable: ::core::option::Option<$nullable_type>,)?
                $(pub $patch: $crate::Patch<$patch_type>,)?
                $(
                    /// The properties that have no field of their own.
                    pub $rest: $crate::__private::BTreeMap<::std::string::String, $rest_type>,
                )?
            )+
        }
        $crate::__read! {
            $name $(new ($($argument: $given),*))? {
                $(
                    $(required $required: $required_type = $required_wire)?
                    $(optional $optional: $optional_type = $optional_wire)?
                    $(nullable $nullable: $nullable_type = $nullable_wire)?
                    $(patch $patch: $patch_type = $patch_wire)?
                    $(rest $rest: $rest_type)?
                ),+
            }
        }
        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::Decode::decode(deserializer)
            }
        }
        #[allow(deprecated)]
        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::write_object(
                    serializer,
                    &[$(
                        $($crate::__private::Member::Always($required_wire, &self.$required),)?
                        $($crate::__private::Member::Given($optional_wire, &self.$optional),)?
                        $($crate::__private::Member::Always($nullable_wire, &self.$nullable),)?
                        $($crate::__private::Member::Given($patch_wire, &self.$patch),)?
                        $($crate::__private::Member::Rest(&self.$rest),)?
                    )+],
                )
            }
        }
        $crate::__setters! {
            $name $($($setters)?)?
            [$($($optional: $optional_type,)? $($nullable: $nullable_type,)?)+]
            [$($($patch: $patch_type,)?)+]
        }
    };
}

/// How it is made: `new`, `Default` where `new` needs nothing, and reading.
#[doc(hidden)]
#[macro_export]
macro_rules! __read {
    // Without a required field, reading starts from a value with nothing set.
    (
        $name:ident new () {
            $(
                $(optional $optional:ident : $optional_type:tt = $optional_wire:literal)?
                $(nullable $nullable:ident : $nullable_type:tt = $nullable_wire:literal)?
                $(patch $patch:ident : $patch_type:tt = $patch_wire:literal)?
                $(rest $rest:ident : $rest_type:tt)?
            ),+
        }
    ) => {
        #[allow(deprecated)]
        impl $name {
            /// With nothing set.
            #[must_use]
            #[inline]
            pub fn new() -> Self {
                Self {
                    $(
                        $($optional: ::core::option::Option::None,)?
                        $($nullable: ::core::option::Option::None,)?
                        $($patch: $crate::Patch::Unset,)?
                        $($rest: $crate::__private::BTreeMap::new(),)?
                    )+
                }
            }
        }
        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                Self::new()
            }
        }
        #[allow(deprecated)]
        impl $crate::__private::Decode for $name {
            fn decode_entries<'de, A: $crate::__private::MapAccess<'de>>(
                entries: &mut $crate::__private::Entries<'de, A>,
            ) -> ::core::result::Result<Self, A::Error> {
                let mut value = Self::new();
                let read = entries.read(
                    &[$($($optional_wire,)? $($nullable_wire,)? $($patch_wire,)?)+],
                    &mut [$(
                        $(&mut value.$optional,)?
                        $(&mut value.$nullable,)?
                        $(&mut value.$patch,)?
                        $(&mut value.$rest,)?
                    )+],
                );
                if let ::core::result::Result::Err(error) = read {
                    return ::core::result::Result::Err(error);
                }
                ::core::result::Result::Ok(value)
            }
        }
    };
    (
        $name:ident new ($($argument:ident : $given:tt),+) {
            $(
                $(required $required:ident : $required_type:tt = $required_wire:literal)?
                $(optional $optional:ident : $optional_type:tt = $optional_wire:literal)?
                $(nullable $nullable:ident : $nullable_type:tt = $nullable_wire:literal)?
                $(patch $patch:ident : $patch_type:tt = $patch_wire:literal)?
                $(rest $rest:ident : $rest_type:tt)?
            ),+
        }
    ) => {
        #[allow(deprecated)]
        impl $name {
            /// With what is required; the rest is left out.
            #[must_use]
            #[inline]
            pub fn new($($argument: $given),+) -> Self {
                Self {
                    $(
                        $($required: ::core::convert::Into::into($required),)?
                        $($optional: ::core::option::Option::None,)?
                        $($nullable: ::core::option::Option::None,)?
                        $($patch: $crate::Patch::Unset,)?
                        $($rest: $crate::__private::BTreeMap::new(),)?
                    )+
                }
            }
        }
        $crate::__read! {
            $name {
                $(
                    $(required $required: $required_type = $required_wire)?
                    $(optional $optional: $optional_type = $optional_wire)?
                    $(nullable $nullable: $nullable_type = $nullable_wire)?
                    $(patch $patch: $patch_type = $patch_wire)?
                    $(rest $rest: $rest_type)?
                ),+
            }
        }
    };
    // The locals have types, so that the compiler need not put off the coercion of each slot. An `if let` costs it less
    // than a `?`.
    (
        $name:ident {
            $(
                $(required $required:ident : $required_type:tt = $required_wire:literal)?
                $(optional $optional:ident : $optional_type:tt = $optional_wire:literal)?
                $(nullable $nullable:ident : $nullable_type:tt = $nullable_wire:literal)?
                $(patch $patch:ident : $patch_type:tt = $patch_wire:literal)?
                $(rest $rest:ident : $rest_type:tt)?
            ),+
        }
    ) => {
        #[allow(deprecated)]
        impl $crate::__private::Decode for $name {
            fn decode_entries<'de, A: $crate::__private::MapAccess<'de>>(
                entries: &mut $crate::__private::Entries<'de, A>,
            ) -> ::core::result::Result<Self, A::Error> {
                $(
                    $(let mut $required = $crate::__private::Required::<$required_type>(::core::option::Option::None);)?
                    $(let mut $optional = ::core::option::Option::None::<$optional_type>;)?
                    $(let mut $nullable = ::core::option::Option::None::<$nullable_type>;)?
                    $(let mut $patch = $crate::Patch::Unset::<$patch_type>;)?
                    $(let mut $rest = $crate::__private::BTreeMap::<::std::string::String, $rest_type>::new();)?
                )+
                let read = entries.read(
                    &[$($($required_wire,)? $($optional_wire,)? $($nullable_wire,)? $($patch_wire,)?)+],
                    &mut [$(
                        $(&mut $required,)?
                        $(&mut $optional,)?
                        $(&mut $nullable,)?
                        $(&mut $patch,)?
                        $(&mut $rest,)?
                    )+],
                );
                if let ::core::result::Result::Err(error) = read {
                    return ::core::result::Result::Err(error);
                }
                $($(
                    let $crate::__private::Required(::core::option::Option::Some($required)) = $required else {
                        return $crate::__private::missing();
                    };
                )?)+
                ::core::result::Result::Ok(Self {
                    $(
                        $($required,)?
                        $($optional,)?
                        $($nullable,)?
                        $($patch,)?
                        $($rest,)?
                    )+
                })
            }
        }
    };
}

/// Its setters, where they are asked for.
#[doc(hidden)]
#[macro_export]
macro_rules! __setters {
    ($name:ident $options:tt $patches:tt) => {};
    (
        $name:ident setters
        [$($option:ident : $option_type:tt,)*]
        [$($patch:ident : $patch_type:tt,)*]
    ) => {
        #[allow(deprecated)]
        impl $name {
            $(
                /// Sets the field of this name.
                #[must_use]
                pub fn $option(mut self, $option: impl ::core::convert::Into<$option_type>) -> Self {
                    $crate::__private::set(&mut self.$option, $option);
                    self
                }
            )*
            $(
                /// Sets the field of this name; `None` is null.
                #[must_use]
                pub fn $patch(mut self, $patch: impl ::core::convert::Into<$crate::Patch<$patch_type>>) -> Self {
                    $crate::__private::set_patch(&mut self.$patch, $patch);
                    self
                }
            )*
        }
    };
}

/// Reads a type that reads entries.
pub(super) fn read_object<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
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
    /// than there are names takes the entries without a name. Afterwards every slot is complete.
    pub fn read(&mut self, names: &[&str], slots: &mut [&mut dyn Slot<'de, A>]) -> Result<(), A::Error> {
        let mut next = 0;
        while let Some(key) = self.next_key()? {
            let index = find(names, &key, next);
            if index < names.len() {
                next = index + 1;
            }
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
        let absent = slots.iter().position(|slot| !slot.is_complete());
        if let Some(index) = absent {
            names.get(index).into_iter().for_each(|name| trail::key(name));
            return missing();
        }
        Ok(())
    }
}

/// Where `key` stands in `names`; at their end, where it is none of them. Members mostly come in the order of the
/// document, some left out, so the search goes on from the one after the last.
#[inline]
fn find(names: &[&str], key: &str, next: usize) -> usize {
    let (before, after) = names.split_at(next.min(names.len()));
    match after.iter().position(|name| *name == key) {
        Some(ahead) => before.len() + ahead,
        None => before.iter().position(|name| *name == key).unwrap_or(names.len()),
    }
}

/// The error for a required member that is not there.
#[cold]
pub fn missing<T, E: Error>() -> Result<T, E> {
    Err(E::custom("missing"))
}

/// Gives a field a value: what every setter does.
#[inline]
pub fn set<T>(field: &mut Option<T>, value: impl Into<T>) {
    *field = Some(value.into());
}

/// Gives a field that may also be null a value: what every setter of one does.
#[inline]
pub fn set_patch<T>(field: &mut Patch<T>, value: impl Into<Patch<T>>) {
    *field = value.into();
}

/// Writes the members that have something to write.
pub fn write_object<S: Serializer>(serializer: S, members: &[Member<'_, S::SerializeMap>]) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for member in members {
        member.write(&mut map)?;
    }
    map.end()
}
