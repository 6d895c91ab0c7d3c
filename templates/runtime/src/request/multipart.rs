//! Bodies of the media type `multipart/form-data` (RFC 7578).

use std::io;

use bytes::{BufMut, Bytes, BytesMut};
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::form::fields;
use super::value::{Parts, Value};
use crate::auth::random_hex;

/// The media type with its boundary, and the body: a part for each member of an object, and for each item of a list.
///
/// Bytes are files, named as their member; objects are JSON; all else is text.
pub(super) fn multipart<T: Serialize + ?Sized>(body: &T) -> Result<(String, Bytes), String> {
    // 128 random bits do not occur in the parts.
    let boundary = random_hex();
    let (tree, files) = split_files(body, &boundary).map_err(|error| error.to_string())?;
    let mut text = BytesMut::new();
    for (name, value) in fields(&tree)? {
        let name = escape_name(name);
        let head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"");
        text.put(head.as_bytes());
        match (file(value, &boundary, &files), &value.parts) {
            (Some(file), _) => {
                let head = format!("; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n");
                text.put(head.as_bytes());
                text.put(file);
            }
            (None, Parts::Object(_) | Parts::List(_)) => {
                text.put(&b"\r\nContent-Type: application/json\r\n\r\n"[..]);
                text.put(value.json().as_bytes());
            }
            (None, _) => {
                text.put(&b"\r\n\r\n"[..]);
                text.put(value.scalar().as_bytes());
            }
        }
        text.put(&b"\r\n"[..]);
    }
    text.put(format!("--{boundary}--\r\n").as_bytes());
    let media_type = format!("multipart/form-data; boundary={boundary}");
    Ok((media_type, text.freeze()))
}

/// Writes the body as JSON with its bytes put aside: where they stood is a text that begins with the mark and ends
/// with their index.
fn split_files<T: Serialize + ?Sized>(body: &T, mark: &str) -> serde_json::Result<(Value, Vec<Vec<u8>>)> {
    let (mut json, mut files) = (Vec::new(), Vec::new());
    let formatter = FilesAside { mark, files: &mut files };
    body.serialize(&mut Serializer::with_formatter(&mut json, formatter))?;
    let json = String::from_utf8(json).map_err(serde::ser::Error::custom)?;
    Ok((Value::parse(&json)?, files))
}

/// The bytes that stood in this place.
fn file<'a>(value: &Value, mark: &str, files: &'a [Vec<u8>]) -> Option<&'a [u8]> {
    let Parts::Text(text) = &value.parts else {
        return None;
    };
    let index = text.strip_prefix(mark)?.parse::<usize>().ok()?;
    files.get(index).map(Vec::as_slice)
}

struct FilesAside<'a> {
    mark: &'a str,
    files: &'a mut Vec<Vec<u8>>,
}

impl Formatter for FilesAside<'_> {
    fn write_byte_array<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: &[u8]) -> io::Result<()> {
        write!(writer, "\"{}{}\"", self.mark, self.files.len())?;
        self.files.push(value.to_vec());
        Ok(())
    }
}

/// HTML standard, "multipart form data": line ends and quotes in names are percent-encoded.
fn escape_name(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::ser::{SerializeMap, Serializer};
    use serde_json::json;

    struct Upload(Bytes);

    impl Serialize for Upload {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            map.serialize_entry("file", &[&self.0, &self.0])?;
            map.serialize_entry("n", &1)?;
            map.end()
        }
    }

    /// The body with its boundary written `B`.
    fn written<T: Serialize>(body: &T) -> String {
        let (media_type, body) = multipart(body).unwrap();
        let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
        String::from_utf8_lossy(&body).replace(boundary, "B")
    }

    #[test]
    fn a_part_stands_for_each_value() {
        let expected = "--B\r\nContent-Disposition: form-data; name=\"a%22\"\r\n\r\nx\r\n\
            --B\r\nContent-Disposition: form-data; name=\"b\"\r\nContent-Type: application/json\r\n\r\n{\"c\":1}\r\n\
            --B--\r\n";
        assert_eq!(written(&json!({"a\"": "x", "b": {"c": 1}, "none": null})), expected);
        assert!(multipart(&json!([1])).is_err());
    }

    #[test]
    fn bytes_are_files() {
        let head = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\
            Content-Type: application/octet-stream\r\n\r\n\0\"\r\n";
        let rest = "--B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n--B--\r\n";
        assert_eq!(written(&Upload(Bytes::from_static(b"\0\""))), format!("{head}{head}{rest}"));
    }
}
