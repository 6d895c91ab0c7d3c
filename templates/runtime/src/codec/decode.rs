//! Reading a value from JSON and writing one.

use std::str;

use serde::de::{Deserializer, MapAccess};
use serde::ser::Serialize;
use serde_json::de::StrRead;

use super::entries::Entries;
use super::error::{DecodeError, EncodeError};
use super::open_enum::{self, Known};
use super::{object, trail};

/// A type that can be read from JSON, and whose errors know their JSON path.
///
/// The tables beside emitted types implement it, and so do the types that stand in their fields:
/// texts, numbers, booleans, [`Value`](super::Value), and options, lists, boxes and maps of them.
/// A type of your own need only implement [`decode`](Self::decode), usually by calling its serde
/// implementation: `Deserialize::deserialize(deserializer)`.
pub trait Decode: Sized + 'static {
    /// The variants, where the type is an open enum of texts. A constant costs the compiler less than
    /// a generic function in each of hundreds of enums.
    #[doc(hidden)]
    const KNOWN: Option<Known<Self>> = None;

    /// Reads a value.
    ///
    /// # Errors
    ///
    /// The deserializer's own, when the input is not JSON or not what the type asks for.
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Self::KNOWN {
            Some(_) => open_enum::read_text(deserializer),
            None => object::read_object(deserializer),
        }
    }

    /// Reads a value from the entries of an object that a caller has begun to read.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    #[doc(hidden)]
    fn decode_entries<'de, A: MapAccess<'de>>(entries: &mut Entries<'de, A>) -> Result<Self, A::Error> {
        entries.reread_whole()
    }

    /// What null means for a member of this type: nothing, which counts as missing, unless null
    /// is one of the type's values.
    #[doc(hidden)]
    fn from_null() -> Option<Self> {
        None
    }
}

/// Reads one JSON value from the whole of `bytes`.
///
/// Text after the value is refused. Of two members with one name the last counts.
///
/// # Errors
///
/// When the bytes are not JSON, or not what the type asks for; the error names the place.
pub fn decode<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    let mut deserializer = begin(bytes)?;
    T::decode(&mut deserializer).and_then(|value| deserializer.end().map(|()| value)).map_err(failed)
}

// What does not depend on the type stands apart, so that it is compiled once.

fn begin(bytes: &[u8]) -> Result<serde_json::Deserializer<StrRead<'_>>, DecodeError> {
    let text = str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error))?;
    trail::clear();
    // RFC 8259 section 8.1: a reader may ignore a byte order mark.
    Ok(serde_json::Deserializer::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)))
}

#[cold]
fn failed(error: serde_json::Error) -> DecodeError {
    DecodeError::new(&error, trail::take_from(0))
}

/// Writes a value as JSON without spaces.
///
/// # Errors
///
/// When the value's own serialization fails; emitted types never do.
pub fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(value).map_err(|error| EncodeError::new(&error))
}

fn not_utf8(bytes: &[u8], error: str::Utf8Error) -> DecodeError {
    let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
    let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = good.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    DecodeError::at(String::new(), "not UTF-8".to_owned(), line, column)
}
