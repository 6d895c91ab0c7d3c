//! Answers that are one of several, by status.

use crate::codec::DecodeError;

/// A type that an answer with a success status is read into; [`answers!`](crate::answers) makes one.
pub trait Answers: Sized + Send + 'static {
    /// Reads an answer.
    ///
    /// # Errors
    ///
    /// When the body is not what the status promises.
    fn read(status: u16, body: &[u8]) -> Result<Self, DecodeError>;
}

/// An enum of an operation's success answers: each variant with the statuses that bring it, and with the JSON body's
/// type, if it has a body. A variant `Unknown` is added for every other status: the status, and the body as it came.
///
/// ```
/// use client_runtime::answers;
///
/// answers! {
///     /// How far the export is.
///     pub enum ExportAnswer {
///         /// It is done.
///         Done(String): 200 | 201,
///         /// It has begun.
///         Begun: 202,
///     }
/// }
///
/// # use client_runtime::Answers;
/// assert_eq!(ExportAnswer::read(200, b"\"here\"").unwrap(), ExportAnswer::Done("here".to_owned()));
/// assert_eq!(ExportAnswer::read(202, b"").unwrap(), ExportAnswer::Begun);
/// assert!(matches!(ExportAnswer::read(203, b"?").unwrap(), ExportAnswer::Unknown(203, _)));
/// ```
#[macro_export]
macro_rules! answers {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident {
            $( $(#[$variant_attribute:meta])* $variant:ident $( ($body:ty) )? : $status:pat ),+ $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        $visibility enum $name {
            $( $(#[$variant_attribute])* $variant $( ($body) )?, )+
            /// An answer with a status that this version does not know: the status, and the body as it came.
            Unknown(u16, $crate::Bytes),
        }

        /// Leaves out a body that is not known: it may hold secrets.
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #[allow(unreachable_patterns)]
                match self {
                    $( $( Self::$variant(body) => {
                        let body: &$body = body;
                        formatter.debug_tuple(::core::stringify!($variant)).field(body).finish()
                    } )? )+
                    $( Self::$variant { .. } => formatter.write_str(::core::stringify!($variant)), )+
                    Self::Unknown(status, body) => {
                        let length = ::core::format_args!("{} bytes", body.len());
                        formatter.debug_tuple("Unknown").field(status).field(&length).finish()
                    }
                }
            }
        }

        impl $crate::Answers for $name {
            fn read(status: u16, body: &[u8]) -> ::core::result::Result<Self, $crate::DecodeError> {
                match status {
                    $( $status => ::core::result::Result::Ok(Self::$variant $( ($crate::decode::<$body>(body)?) )?), )+
                    #[allow(unreachable_patterns)]
                    _ => ::core::result::Result::Ok(Self::Unknown(status, $crate::Bytes::copy_from_slice(body))),
                }
            }
        }
    };
}
