//! Setters: `setters!`.

/// Gives a struct a chained setter for each optional field named.
///
/// A field `team_ids: Option<Vec<String>>` is named with the type inside the option, a
/// [`Patch<T>`](crate::Patch) field with `patch` and the type inside.
///
/// ```
/// use client_runtime::{Patch, setters};
///
/// #[derive(Default)]
/// pub struct Team { pub name: Option<String>, pub note: Patch<String> }
/// setters! { Team { name: String, note: patch String } }
///
/// let team = Team::default().name("Ops").note(None::<String>);
/// assert_eq!(team.name.as_deref(), Some("Ops"));
/// assert!(team.note.is_null());
/// ```
#[macro_export]
macro_rules! setters {
    ($name:ident { $($fields:tt)* }) => {
        impl $name {
            $crate::__setters! { $($fields)* }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __setters {
    () => {};
    ($field:ident : patch $type:ty $(, $($more:tt)*)?) => {
        #[doc = ::core::concat!("Sets `", ::core::stringify!($field), "`; `None` is null.")]
        #[must_use]
        pub fn $field(mut self, $field: impl ::core::convert::Into<$crate::Patch<$type>>) -> Self {
            self.$field = ::core::convert::Into::into($field);
            self
        }
        $($crate::__setters! { $($more)* })?
    };
    ($field:ident : $type:ty $(, $($more:tt)*)?) => {
        #[doc = ::core::concat!("Sets `", ::core::stringify!($field), "`.")]
        #[must_use]
        pub fn $field(mut self, $field: impl ::core::convert::Into<$type>) -> Self {
            self.$field = ::core::option::Option::Some(::core::convert::Into::into($field));
            self
        }
        $($crate::__setters! { $($more)* })?
    };
}
