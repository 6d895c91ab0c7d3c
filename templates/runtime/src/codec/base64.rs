//! Bytes, as their Base64 wire text.

use std::error::Error;
use std::fmt;

use base64::Engine as _;
use base64::alphabet::{STANDARD as ALPHABET, URL_SAFE as URL_ALPHABET};
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};

use super::text::text_type;

/// Bytes in Base64 (RFC 4648 section 4; OpenAPI's format `byte`).
///
/// The text stays as it came; [`decode`](Self::decode) reads it on demand.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Base64(String);

text_type!(Base64);

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

impl Base64 {
    /// Encodes bytes, in the standard alphabet and with padding.
    #[must_use]
    pub fn encode(bytes: impl AsRef<[u8]>) -> Self {
        Self(STANDARD.encode(bytes))
    }

    /// The bytes. Services differ, so the URL-safe alphabet (RFC 4648 section 5), missing padding
    /// and line breaks are accepted.
    ///
    /// # Errors
    ///
    /// When the text is not Base64.
    pub fn decode(&self) -> Result<Vec<u8>, Base64Error> {
        let text: String = self.0.chars().filter(|character| !character.is_ascii_whitespace()).collect();
        let alphabet = if text.contains(['-', '_']) { &URL_ALPHABET } else { &ALPHABET };
        GeneralPurpose::new(alphabet, LENIENT).decode(text).map_err(|error| Base64Error(error.to_string()))
    }
}

/// Text that is not Base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base64Error(String);

impl fmt::Display for Base64Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "not Base64: {}", self.0)
    }
}

impl Error for Base64Error {}
