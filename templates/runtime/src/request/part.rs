//! Files as parts of a multipart body.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error as _, Serialize, Serializer};

use super::Upload;
use crate::codec::Decode;

/// A file as a part of a `multipart/form-data` body: its bytes, in memory or read as they go out, and what is said of them.
///
/// Anything that is bytes or text converts into one, and so does an [`Upload`].
///
/// ```
/// use client_runtime::FilePart;
///
/// let scan = FilePart::from(&b"\x89PNG"[..]).file_name("scan.png").media_type("image/png");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct FilePart {
    pub(super) content: Upload,
    pub(super) file_name: Option<Cow<'static, str>>,
    pub(super) media_type: Option<Cow<'static, str>>,
    pub(super) headers: Vec<PartHeader>,
}

/// The name and the value of a header.
type PartHeader = (Cow<'static, str>, Cow<'static, str>);

impl FilePart {
    /// A file, read as it goes out, under its own name.
    ///
    /// # Errors
    ///
    /// As [`Upload::file`].
    #[cfg(not(target_family = "wasm"))]
    pub fn file(path: impl AsRef<std::path::Path>) -> std::io::Result<Self> {
        let part = Self::from(Upload::file(&path)?);
        Ok(match path.as_ref().file_name() {
            Some(name) => part.file_name(name.to_string_lossy().into_owned()),
            None => part,
        })
    }

    /// Sets the name that the service is told. Usually the name of the member.
    pub fn file_name(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type. Usually the one that the document names, else `application/octet-stream`.
    pub fn media_type(mut self, media_type: impl Into<Cow<'static, str>>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Sets a header of the part, such as the document describes one (OpenAPI 3.0.3, Encoding Object, `headers`). It takes
    /// the place of one of the same name.
    ///
    /// A request with a name or a value that no header can have is not sent, nor one with `Content-Disposition` or
    /// `Content-Type`: [`file_name`](Self::file_name) and [`media_type`](Self::media_type) set these.
    ///
    /// ```
    /// use client_runtime::FilePart;
    ///
    /// let scan = FilePart::from(&b"\x89PNG"[..]).header("X-Rate-Limit", "20");
    /// ```
    pub fn header(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Cow<'static, str>>) -> Self {
        let (name, value) = (name.into(), value.into());
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(&name));
        self.headers.push((name, value));
        self
    }

    /// The bytes.
    #[must_use]
    pub fn content(&self) -> &Upload {
        &self.content
    }
}

impl<T: Into<Upload>> From<T> for FilePart {
    fn from(content: T) -> Self {
        Self { content: content.into(), file_name: None, media_type: None, headers: Vec::new() }
    }
}

/// The headers of a part besides those that say what it is: those that the document gives it, and those of a file, which
/// count more. A name or a value that no header can have is a fault.
pub(super) fn headers(fixed: &[(&'static str, &'static str)], file: Option<&FilePart>) -> Result<String, String> {
    let own: &[PartHeader] = file.map_or(&[], |file| &file.headers);
    let is_own = |name: &str| own.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    let fixed = fixed.iter().filter(|(name, _)| !is_own(name)).copied();
    let own = own.iter().map(|(name, value)| (&**name, &**value));
    let mut headers = String::new();
    for (name, value) in fixed.chain(own) {
        let known = HeaderName::from_bytes(name.as_bytes());
        let known = known.map_err(|_| format!("`{}` is no name of a header", name.escape_debug()))?;
        if known == http::header::CONTENT_DISPOSITION || known == http::header::CONTENT_TYPE {
            return Err(format!("the header `{name}` is not the caller's to set"));
        }
        if HeaderValue::from_str(value).is_err() {
            return Err(format!("the value of the header `{name}` is none"));
        }
        headers.push_str(&format!("\r\n{name}: {value}"));
    }
    Ok(headers)
}

thread_local! {
    /// The files of the body that is being written, and the mark that stands in their places.
    static ASIDE: RefCell<Option<(String, Vec<FilePart>)>> = const { RefCell::new(None) };
}

/// Writes something, with its files put aside: where each stood is a text of the mark and its index.
pub(super) fn files_aside<T>(mark: &str, write: impl FnOnce() -> T) -> (T, Vec<FilePart>) {
    let before = ASIDE.replace(Some((mark.to_owned(), Vec::new())));
    let written = write();
    let files = ASIDE.replace(before).map(|(_, files)| files);
    (written, files.unwrap_or_default())
}

/// Puts a file aside, where files are: the text for its place.
pub(super) fn put_aside(file: FilePart) -> Option<String> {
    ASIDE.with_borrow_mut(|aside| {
        let (mark, files) = aside.as_mut()?;
        files.push(file);
        Some(format!("{mark}{}", files.len() - 1))
    })
}

/// In a multipart body the file itself; elsewhere its bytes.
impl Serialize for FilePart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (put_aside(self.clone()), self.content.whole()) {
            (Some(place), _) => serializer.serialize_str(&place),
            // Outside a multipart body, text stays text.
            (None, Some(bytes)) => match std::str::from_utf8(bytes) {
                Ok(text) => serializer.serialize_str(text),
                Err(_) => bytes.serialize(serializer),
            },
            (None, None) => Err(S::Error::custom("a file that is read as it goes out has no place here")),
        }
    }
}

impl<'de> Deserialize<'de> for FilePart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Bytes::deserialize(deserializer).map(Self::from)
    }
}

impl Decode for FilePart {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

/// `form-data; name="…"; filename="…"` without what an HTTP header may not hold (HTML standard, "multipart form data": line
/// ends and quotes are percent-encoded).
pub(super) struct Quoted<'a>(pub(super) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| match character {
            '\r' => formatter.write_str("%0D"),
            '\n' => formatter.write_str("%0A"),
            '"' => formatter.write_str("%22"),
            other => fmt::Write::write_char(formatter, other),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_outside_a_multipart_body_is_its_text_or_its_bytes() {
        let text = FilePart::from(&b"ab"[..]);
        assert_eq!(serde_json::to_string(&text).unwrap(), "\"ab\"");
        assert_eq!(serde_json::from_str::<FilePart>("\"ab\"").unwrap(), text);
        let bytes = FilePart::from(&b"\xff\0"[..]);
        assert_eq!(serde_json::to_string(&bytes).unwrap(), "[255,0]");
        assert_eq!(serde_json::from_str::<FilePart>("[255,0]").unwrap(), bytes);
        let streamed = FilePart::from(Upload::pieces(crate::transport::Body::default));
        assert!(serde_json::to_string(&streamed).is_err());
        assert_eq!(streamed, streamed.clone());
    }

    #[test]
    fn a_file_has_its_own_name() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        let part = FilePart::file(path).unwrap().media_type("text/plain");
        assert_eq!((part.file_name.as_deref(), part.media_type.as_deref()), (Some("Cargo.toml"), Some("text/plain")));
        assert!(part.content().length() > Some(100));
        assert_ne!(part, FilePart::file(path).unwrap());
    }
}
