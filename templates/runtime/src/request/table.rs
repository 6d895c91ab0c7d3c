//! The declaration of a generated request type: `request!`.

/// Declares an operation's request: a struct around a [`RequestBuilder`](crate::RequestBuilder), a setter for each
/// optional parameter, and `send`.
///
/// Behind the arrow stand how an answer is read, which is a function of [`read`](crate::read), and what `send` brings.
/// Then come:
///
/// - `use` and the names of parameters that operations share. They are arms of a macro `parameter!` of the crate that
///   declares the request, each a call of [`parameter!`](macro@crate::parameter).
/// - `query`, `query_reserved`, `header` or `cookie`, a name, a type and the name on the wire. A [`Style`](crate::Style) may stand in
///   parentheses.
/// - `json`, `text`, `bytes`, `form` or `multipart`, a name and a type: a body that may be left out.
/// - a function of [`read`](crate::read) such as `stream`, a name, the call that it makes, and media types: another `send`,
///   which asks for these.
///
/// A setter takes what can be made into the type, and replaces what it was given before.
///
/// ```
/// use client_runtime::{Core, Operation, Value, request};
///
/// type Call<T> = client_runtime::Call<T, Value>;
/// type Download = client_runtime::Download<Value>;
///
/// macro_rules! parameter {
///     (pretty) => { client_runtime::parameter! {
///         /// Asks for indented JSON.
///         query pretty: bool = "pretty"
///     } };
/// }
///
/// static LIST_TEAMS: Operation = Operation::get("listTeams", "/orgs/{orgId}/teams");
///
/// fn list_teams(core: &Core, org_id: &str) -> ListTeams {
///     ListTeams(core.request(&LIST_TEAMS).path("orgId", org_id))
/// }
///
/// request! {
///     /// The request of [`list_teams`].
///     pub struct ListTeams -> json Call<Vec<String>> {
///         use pretty;
///         /// Only teams with these words in their names.
///         query(PipeDelimited) words: Vec<String> = "words",
///         stream send_csv -> Call<Download> = "text/csv",
///     }
/// }
///
/// # fn example(core: &Core) {
/// let call: Call<Vec<String>> = list_teams(core, "1").pretty(true).words(["a".to_owned()]).send();
/// let call: Call<Download> = list_teams(core, "1").send_csv();
/// # }
/// ```
#[macro_export]
macro_rules! request {
    // Most requests are of this form. It has as few macros inside as can be, because there are hundreds of it.
    (
        $(#[$($attribute:tt)*])*
        $visibility:vis struct $name:ident -> $read:ident $call:ty {
            use $($shared:ident),*;
            $(
                $(#[$($documentation:tt)*])*
                $kind:ident $field:ident : $type:ty $(= $wire:literal)?
            ),* $(,)?
        }
    ) => {
        $(#[$($attribute)*])*
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is sent"]
        $visibility struct $name($crate::RequestBuilder);

        impl $name {
            $(parameter! { $shared })*
            $(
                $(#[$($documentation)*])*
                pub fn $field(self, $field: impl ::core::convert::Into<$type>) -> Self {
                    let $field: $type = $field.into();
                    Self(self.0.$kind($($wire,)? &$field))
                }
            )*

            /// Sends the request.
            #[inline]
            pub fn send(self) -> $call {
                $crate::read::$read(self.0)
            }
        }
    };
    // Entries of every kind.
    (
        $(#[$($attribute:tt)*])*
        $visibility:vis struct $name:ident -> $read:ident $call:ty {
            use $($shared:ident),*;
            $(
                $(#[$($documentation:tt)*])*
                $kind:ident $(($style:ident))? $field:ident
                    $(-> $download:ty)? $(: $type:ty)? $(= $wire:literal)?
            ),* $(,)?
        }
    ) => {
        $crate::request! {
            $(#[$($attribute)*])*
            $visibility struct $name -> $read $call { use $($shared),*; }
        }

        impl $name {
            $(
                $crate::parameter! {
                    $(#[$($documentation)*])*
                    $kind $(($style))? $field $(-> $download)? $(: $type)? $(= $wire)?
                }
            )*
        }
    };
    // Nothing shared.
    (
        $(#[$($attribute:tt)*])*
        $visibility:vis struct $name:ident -> $read:ident $call:ty {
            $(
                $(#[$($documentation:tt)*])*
                $kind:ident $(($style:ident))? $field:ident
                    $(-> $download:ty)? $(: $type:ty)? $(= $wire:literal)?
            ),* $(,)?
        }
    ) => {
        $crate::request! {
            $(#[$($attribute)*])*
            $visibility struct $name -> $read $call {
                use;
                $(
                    $(#[$($documentation)*])*
                    $kind $(($style))? $field $(-> $download)? $(: $type)? $(= $wire)?
                ),*
            }
        }
    };
}

/// One setter of a request: an entry of [`request!`](crate::request), in an `impl` of a struct around a
/// [`RequestBuilder`](crate::RequestBuilder).
#[macro_export]
macro_rules! parameter {
    ($(#[$($attribute:tt)*])* $read:ident $name:ident -> $call:ty = $media_types:literal) => {
        $(#[$($attribute)*])*
        #[doc = ::core::concat!("Sends the request, and asks for `", $media_types, "`.")]
        #[inline]
        pub fn $name(self) -> $call {
            $crate::read::$read(self.0.accept($media_types))
        }
    };
    ($(#[$($attribute:tt)*])* $kind:ident $name:ident : $type:ty $(= $wire:literal)?) => {
        $(#[$($attribute)*])*
        pub fn $name(self, $name: impl ::core::convert::Into<$type>) -> Self {
            let $name: $type = $name.into();
            Self(self.0.$kind($($wire,)? &$name))
        }
    };
    ($(#[$($attribute:tt)*])* query($style:ident) $name:ident : $type:ty = $wire:literal) => {
        $(#[$($attribute)*])*
        pub fn $name(self, $name: impl ::core::convert::Into<$type>) -> Self {
            let $name: $type = $name.into();
            Self(self.0.query_as($crate::Style::$style, $wire, &$name))
        }
    };
    ($(#[$($attribute:tt)*])* query_reserved($style:ident) $name:ident : $type:ty = $wire:literal) => {
        $(#[$($attribute)*])*
        pub fn $name(self, $name: impl ::core::convert::Into<$type>) -> Self {
            let $name: $type = $name.into();
            Self(self.0.query_reserved_as($crate::Style::$style, $wire, &$name))
        }
    };
    ($(#[$($attribute:tt)*])* header($style:ident) $name:ident : $type:ty = $wire:literal) => {
        $(#[$($attribute)*])*
        pub fn $name(self, $name: impl ::core::convert::Into<$type>) -> Self {
            let $name: $type = $name.into();
            Self(self.0.header_as($crate::Style::$style, $wire, &$name))
        }
    };
    ($(#[$($attribute:tt)*])* cookie($style:ident) $name:ident : $type:ty = $wire:literal) => {
        $(#[$($attribute)*])*
        pub fn $name(self, $name: impl ::core::convert::Into<$type>) -> Self {
            let $name: $type = $name.into();
            Self(self.0.cookie_as($crate::Style::$style, $wire, &$name))
        }
    };
}
