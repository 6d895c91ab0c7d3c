//! Reading and writing JSON for emitted types.
//!
//! An emitted type does not derive serde. It is declared by [`object!`](crate::object) or
//! [`open_enum!`](crate::open_enum), or is an enum with a table beside it
//! ([`tagged_union!`](crate::tagged_union), [`shape_union!`](crate::shape_union)). They say how it
//! stands on the wire, and the code here does the work for all of them: [`Decode`] reads, serde's
//! `Serialize` writes.
//!
//! Reading goes once over the input and builds no tree. An error knows the JSON path of its place
//! ([`DecodeError::path`]), and that costs nothing while all goes well: the steps are noted only
//! while an error travels outward.

mod base64;
mod containers;
mod date;
mod decode;
mod entries;
mod error;
mod nesting;
mod numbers;
mod object;
mod one_of;
mod open_enum;
mod own;
mod patch;
mod presence;
mod rfc3339;
mod shape;
mod tagged_union;
mod tagging;
mod text;
mod timestamp;
mod trail;
mod untyped;
mod uuid;

#[cfg(test)]
mod tests;

pub use serde_json::Value;

pub use self::base64::{Base64, Base64Error};
pub use self::date::Date;
pub use self::decode::{Decode, decode, encode};
pub use self::error::{DecodeError, EncodeError};
pub use self::own::Own;
pub use self::patch::Patch;
pub use self::timestamp::Timestamp;
pub(crate) use self::untyped::{items, members, text_at, tree, value_at};
pub use self::uuid::Uuid;

/// What the macros' expansions name. Not for use by hand: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use std::collections::BTreeMap;

    pub use serde::de::MapAccess;
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub use super::decode::Decode;
    pub use super::entries::Entries;
    pub use super::object::{missing, set, set_patch, write_object};
    pub use super::open_enum::{Known, from_text, read_integer, show_text};
    pub use super::presence::{Member, Required};
    pub use super::shape::{Candidate, Look, read_candidate, read_shape};
    pub use super::tagged_union::read_tagged;
    pub use super::tagging::write_with_tag;
}
