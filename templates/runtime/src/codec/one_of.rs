//! Unions: `one_of!`, which declares one with its table.

/// Declares a union: for each variant what it holds and when it is chosen.
///
/// With `by "name"` a property of that name says which variant a value is; see
/// [`tagged_union!`](crate::tagged_union). Without, its look from outside does; see
/// [`shape_union!`](crate::shape_union), also for `by "name" then shape`. Beside the variants named
/// there is `Unknown` with the value as it came. The enum is `#[non_exhaustive]` and `Clone + Debug + PartialEq`.
///
/// `common { … }` behind the enum names fields that every variant has, and gives the union a method
/// for each: `a: T` is a required field, `optional a: T` one that may be missing. For a `String`
/// stands `str`, for a `Vec<T>` `[T]`.
///
/// ```
/// use client_runtime::{object, one_of};
///
/// object! { pub struct Cat { required name: String = "name", optional lives: i64 = "lives" } }
/// object! { pub struct Dog { required name: String = "name" } }
///
/// one_of! {
///     /// An animal of the house.
///     pub enum Pet by "kind" { Cat(Cat) = "cat" | "tomcat", Dog(Box<Dog>) = "dog" }
///     common { name: str }
/// }
///
/// one_of! {
///     pub enum Names { One(String) = text, Many(Vec<String>) = list, Of(Dog) = object ["name"] }
/// }
///
/// let pet: Pet = client_runtime::decode(br#"{"kind": "tomcat", "name": "Tom"}"#)?;
/// assert_eq!(pet.name(), Some("Tom"));
/// let names: Names = client_runtime::decode(br#"["Tom", "Spike"]"#)?;
/// assert!(matches!(names, Names::Many(names) if names.len() == 2));
/// # Ok::<(), client_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! one_of {
    (
        $(#[$($attribute:tt)*])*
        $visibility:vis enum $name:ident by $tag:literal {
            $($variant:ident($type:ty) = $($mark:ident)? $($text:literal)|+),* $(,)?
        }
        $(common $common:tt)?
    ) => {
        $crate::__one_of! {
            $(#[$($attribute)*])* $visibility enum $name { $($variant($type),)* }
        }
        $crate::tagged_union! { $name by $tag { $($variant: $($mark)? $($text)|+),* } }
        $crate::__common! { $name ($($variant)*) $($common)? }
    };
    (
        $(#[$($attribute:tt)*])*
        $visibility:vis enum $name:ident by $tag:literal then shape {
            $($variant:ident($type:ty) = $($text:literal)|+),* $(,)?
        }
        $(common $common:tt)?
    ) => {
        $crate::__one_of! {
            $(#[$($attribute)*])* $visibility enum $name { $($variant($type),)* }
        }
        $crate::shape_union! { $name by $tag { $($variant: $($text)|+),* } }
        $crate::__common! { $name ($($variant)*) $($common)? }
    };
    (
        $(#[$($attribute:tt)*])*
        $visibility:vis enum $name:ident {
            $($variant:ident($type:ty) = $look:ident $([$($key:literal),* $(,)?])?),* $(,)?
        }
        $(common $common:tt)?
    ) => {
        $crate::__one_of! {
            $(#[$($attribute)*])* $visibility enum $name { $($variant($type),)* }
        }
        $crate::shape_union! { $name { $($variant: $look $([$($key),*])?),* } }
        $crate::__common! { $name ($($variant)*) $($common)? }
    };
}

/// The enum of a union.
#[doc(hidden)]
#[macro_export]
macro_rules! __one_of {
    (
        $(#[$($attribute:tt)*])*
        $visibility:vis enum $name:ident { $($variant:ident($type:ty),)* }
    ) => {
        $(#[$($attribute)*])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $visibility enum $name {
            $($variant($type),)*
            /// A value that none of the others stands for, as it came.
            Unknown($crate::Value),
        }
    };
}

/// The methods for fields that all variants of a union have.
#[doc(hidden)]
#[macro_export]
macro_rules! __common {
    ($name:ident $variants:tt) => {};
    ($name:ident $variants:tt { $($fields:tt)* }) => {
        impl $name {
            $crate::__common! { $variants $($fields)* }
        }
    };
    ($variants:tt) => {};
    (($($variant:ident)*) optional $field:ident : $type:ty $(, $($more:tt)*)?) => {
        /// The member of this name, whichever variant has it.
        #[must_use]
        #[inline]
        pub fn $field(&self) -> ::core::option::Option<&$type> {
            match self {
                $(Self::$variant(value) => value.$field.as_ref().map(|value| -> &$type { value }),)*
                Self::Unknown(_) => ::core::option::Option::None,
            }
        }
        $crate::__common! { ($($variant)*) $($($more)*)? }
    };
    (($($variant:ident)*) $field:ident : $type:ty $(, $($more:tt)*)?) => {
        /// The member of this name, whichever the variant; none where that is unknown.
        #[must_use]
        #[inline]
        pub fn $field(&self) -> ::core::option::Option<&$type> {
            match self {
                $(Self::$variant(value) => ::core::option::Option::Some(&value.$field),)*
                Self::Unknown(_) => ::core::option::Option::None,
            }
        }
        $crate::__common! { ($($variant)*) $($($more)*)? }
    };
}

#[cfg(test)]
mod tests {
    // The macros give emitted types public methods; here nothing sees them from outside.
    #![allow(unreachable_pub, dead_code)]

    use crate::codec::{Value, decode, encode};
    use crate::object;

    object! {
        struct Cat {
            required name: String = "name",
            optional nick: String = "nick",
            optional age: i64 = "age",
            required toys: Vec<String> = "toys",
        }
        new(name: impl Into<String>, toys: Vec<String>), setters
    }

    object! {
        struct Dog {
            required name: String = "name",
            nullable nick: String = "nick",
            optional age: i64 = "age",
            required toys: Vec<String> = "toys",
        }
    }

    one_of! {
        /// Docs and attributes stay.
        #[allow(dead_code)]
        enum Pet by "kind" {
            Cat(Cat) = "cat" | "tomcat",
            Dog(Box<Dog>) = "dog",
        }
        common { name: str, optional nick: str, optional age: i64, toys: [String] }
    }

    one_of! { enum Shape { Text(String) = text, Cat(Cat) = object ["toys"], Free(Value) = any } }

    fn pet(json: &str) -> Pet {
        decode(json.as_bytes()).unwrap()
    }

    #[test]
    fn members_in_common_are_read_without_looking_at_the_variant() {
        let cat = pet(r#"{"kind":"tomcat","name":"Tom","nick":"T","toys":["mouse"]}"#);
        assert_eq!((cat.name(), cat.nick(), cat.age()), (Some("Tom"), Some("T"), None));
        assert_eq!(cat.toys().map(<[String]>::len), Some(1));
        let dog = pet(r#"{"kind":"dog","name":"Rex","nick":null,"age":3,"toys":[]}"#);
        assert_eq!((dog.name(), dog.nick(), dog.age()), (Some("Rex"), None, Some(&3)));
    }

    #[test]
    fn an_unknown_variant_has_no_members() {
        let bird = pet(r#"{"kind":"bird","name":"Tweety"}"#);
        assert_eq!((bird.name(), bird.age()), (None, None));
        assert!(matches!(bird, Pet::Unknown(_)));
    }

    one_of! {
        enum Guest by "kind" then shape { Cat(Cat) = "pet" | "cat", Dog(Dog) = "pet" }
        common { name: str }
    }

    #[test]
    fn a_tag_and_then_the_look_tell_variants_apart() {
        let read = |json: &str| decode::<Guest>(json.as_bytes()).unwrap();
        let cat = read(r#"{"kind":"pet","name":"Tom","toys":[],"nick":"T"}"#);
        assert!(matches!(cat, Guest::Cat(_)));
        assert_eq!(cat.name(), Some("Tom"));
        assert!(matches!(read(r#"{"kind":"pet","name":"Rex","toys":[],"nick":null}"#), Guest::Dog(_)));
        assert!(matches!(read(r#"{"kind":"bird","name":"Tweety"}"#), Guest::Unknown(_)));
    }

    #[test]
    fn variants_are_told_apart_by_their_look_without_a_tag() {
        let read = |json: &str| decode::<Shape>(json.as_bytes()).unwrap();
        assert_eq!(read(r#""a""#), Shape::Text("a".to_owned()));
        let cat = r#"{"name":"Tom","toys":[]}"#;
        assert_eq!(read(cat), Shape::Cat(Cat::new("Tom", Vec::new())));
        assert_eq!(encode(&read(cat)).unwrap(), cat.as_bytes());
        assert!(matches!(read("1"), Shape::Free(Value::Number(_))));
    }
}
