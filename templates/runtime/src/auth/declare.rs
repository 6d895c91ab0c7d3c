//! A service's own type of credentials.

/// Declares the credentials of a service, with a constructor for each way that the service knows: those of
/// [`Credentials`](crate::Credentials) by their names, and one for each scheme of the document that needs a name of its own.
///
/// ```
/// # use client_runtime::{Core, Description, ErrorMembers, SecurityScheme, Service, SettingNames, Value};
/// # struct Client;
/// # impl Service for Client {
/// #     type ErrorBody = Value;
/// #     const DESCRIPTION: &'static Description = &Description {
/// #         base_url: None, user_agent: "shop/1", token_url: None, revoke_url: None,
/// #         schemes: &[SecurityScheme::header("ApiKey", "X-API-Key"), SecurityScheme::basic("Admin")],
/// #         security: &[&["ApiKey"]], envelope: None, trace_headers: &[], client_id_prefix: None, profiles: None,
/// #         error_members: ErrorMembers {
/// #             code: None, detail: None, fields: None, field_name: None, field_detail: None, retry_after: None
/// #         },
/// #         environment: SettingNames {
/// #             access_token: &[], client_id: &[], client_secret: &[], public_key: &[], private_key: &[], base_url: &[]
/// #         },
/// #     };
/// #     fn from_core(_: Core) -> Self { Self }
/// # }
/// client_runtime::credentials! {
///     /// What proves to the service who is calling.
///     pub struct Credentials for Client {
///         /// The key in the header `X-API-Key`.
///         fn api_key(key) for "ApiKey";
///         fn basic(user, password);
///     }
/// }
///
/// let credentials = Credentials::api_key("k").and(Credentials::basic("me", "secret"));
/// assert_eq!(format!("{credentials:?}"), "Credentials(key for ApiKey and user from the program)");
/// ```
#[macro_export]
macro_rules! credentials {
    (
        $(#$attribute:tt)*
        $visibility:vis struct $name:ident for $client:ident {
            $($(#$about:tt)* fn $constructor:ident($($argument:ident),+) $(for $scheme:literal)?;)+
        }
    ) => {
        $(#$attribute)*
        #[derive(Clone)]
        $visibility struct $name($crate::Credentials<$client>);

        impl $name {
            $(
                $crate::__constructor! { $(#$about)* fn $constructor($($argument),+) $(for $scheme)? }
            )+

            /// The credentials in the environment, under the names that the crate's front page lists.
            ///
            /// # Errors
            ///
            /// When none is set, or only half of a pair; the error names the variables.
            pub fn from_env() -> ::core::result::Result<Self, $crate::Error<<$client as $crate::Service>::ErrorBody>> {
                $crate::Credentials::from_env().map(Self)
            }

            /// The credentials in the environment; else those of a profile, where the service has such
            /// ([`Credentials::find`](client_runtime::Credentials::find)).
            ///
            /// # Errors
            ///
            /// When there are none; the error says of every source why.
            pub fn find() -> ::core::result::Result<Self, $crate::Error<<$client as $crate::Service>::ErrorBody>> {
                $crate::Credentials::find().map(Self)
            }

            /// These credentials and others, as [`Credentials::and`](client_runtime::Credentials::and).
            #[must_use]
            pub fn and(self, others: Self) -> Self {
                Self(self.0.and(others.0))
            }

            /// Where they come from, as [`Credentials::source`](client_runtime::Credentials::source).
            #[must_use]
            pub fn source(&self) -> &str {
                self.0.source()
            }

            /// Why they are from nowhere else, as [`Credentials::passed_over`](client_runtime::Credentials::passed_over).
            #[must_use]
            pub fn passed_over(&self) -> &[::std::string::String] {
                self.0.passed_over()
            }
        }

        impl ::core::convert::From<$name> for $crate::Credentials<$client> {
            fn from(credentials: $name) -> Self {
                credentials.0
            }
        }

        impl ::core::convert::From<$crate::Credentials<$client>> for $name {
            fn from(credentials: $crate::Credentials<$client>) -> Self {
                Self(credentials)
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.0, formatter)
            }
        }
    };
}

/// One constructor. What has no documentation of its own is as in [`Credentials`](crate::Credentials).
#[doc(hidden)]
#[macro_export]
macro_rules! __constructor {
    ($(#$about:tt)+ fn $name:ident($key:ident) for $scheme:literal) => {
        $(#$about)+
        pub fn $name($key: impl ::core::convert::Into<$crate::Secret>) -> Self {
            Self(client_runtime::Credentials::key($scheme, $key))
        }
    };
    ($(#$about:tt)+ fn $name:ident($user:ident, $password:ident) for $scheme:literal) => {
        $(#$about)+
        pub fn $name(
            $user: impl ::core::convert::Into<::std::string::String>,
            $password: impl ::core::convert::Into<$crate::Secret>,
        ) -> Self {
            Self(client_runtime::Credentials::login($scheme, $user, $password))
        }
    };
    // Under either name, so that a service that gets a key beside its tokens takes no name away.
    (fn bearer($token:ident)) => {
        /// As [`Credentials::bearer`](client_runtime::Credentials::bearer).
        pub fn bearer($token: impl ::core::convert::Into<$crate::Secret>) -> Self {
            Self($crate::Credentials::bearer($token))
        }
        $crate::__constructor! { fn access_token($token) }
    };
    (fn $name:ident($token:ident)) => {
        #[doc = concat!(
            "As [`Credentials::", stringify!($name), "`](client_runtime::Credentials::", stringify!($name), ")."
        )]
        pub fn $name($token: impl ::core::convert::Into<$crate::Secret>) -> Self {
            Self(client_runtime::Credentials::$name($token))
        }
    };
    (fn $name:ident($user:ident, $password:ident)) => {
        #[doc = concat!(
            "As [`Credentials::", stringify!($name), "`](client_runtime::Credentials::", stringify!($name), ")."
        )]
        pub fn $name(
            $user: impl ::core::convert::Into<::std::string::String>,
            $password: impl ::core::convert::Into<$crate::Secret>,
        ) -> Self {
            Self(client_runtime::Credentials::$name($user, $password))
        }
    };
}
