//! Bodies of the media type `multipart/form-data` (RFC 7578).

use std::collections::VecDeque;
use std::io;
use std::task::{Context, Poll, ready};

use bytes::{BufMut, Bytes, BytesMut};
use http::HeaderValue;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::Upload;
use super::encoding::Encoding;
use super::form::{fields, items};
use super::part::{FilePart, Quoted, files_aside, headers, put_aside};
use super::value::{Parts, Value};
use crate::auth::random_hex;
use crate::transport::{Body, Chunks, TransportError};

/// The media type with its boundary, and the body: a part for each member of an object, and for each item of a list; in a form
/// that is a list of names and values.
///
/// Files go as they are; objects, and lists within lists, are JSON; all else is text. The media type is `usual` with a
/// boundary.
pub(super) fn multipart<T: Serialize + ?Sized>(
    usual: &str,
    encodings: &[Encoding],
    body: &T,
) -> Result<(String, Upload), String> {
    // 128 random bits do not occur in the parts.
    let boundary = random_hex();
    let (tree, files) = files_aside(&boundary, || tree(body));
    let tree = tree.map_err(|error| error.to_string())?;
    let is_form = usual.eq_ignore_ascii_case("multipart/form-data");
    let members = match &tree.parts {
        // What is no form has parts without names.
        Parts::List(items) if !is_form => items.iter().map(|item| ("", item)).collect(),
        Parts::List(pairs) => named(pairs)?,
        _ => fields(&tree)?,
    };
    let (mut pieces, mut first) = (Pieces::default(), None);
    for (name, value) in members {
        let (encoding, file) = (Encoding::of(encodings, name), file(value, &boundary, &files));
        let media_type = media_type(&encoding, value, file);
        if media_type.is_some_and(|media_type| HeaderValue::from_str(media_type).is_err()) {
            return Err(format!("the media type of the part `{name}` is none"));
        }
        first = first.or(Some(media_type.unwrap_or("text/plain")));
        let others = headers(encoding.headers, file).map_err(|fault| format!("of the part `{name}` {fault}"))?;
        pieces.text(&format!("--{boundary}{}{others}\r\n\r\n", head(name, file, media_type)));
        match (file, &value.parts) {
            (Some(file), _) => pieces.add(file.content.clone()),
            (None, Parts::Object(_) | Parts::List(_)) => pieces.text(value.json()),
            (None, _) if encoding.is_json() => pieces.text(value.json()),
            (None, _) => pieces.text(value.scalar()),
        }
        pieces.text("\r\n");
    }
    pieces.text(&format!("--{boundary}--\r\n"));
    // What belongs together says what its first part is (RFC 2387 section 3.1).
    let root = first.filter(|_| usual.eq_ignore_ascii_case("multipart/related"));
    let root = root.map(|media_type| format!("; type=\"{}\"", Quoted(media_type))).unwrap_or_default();
    Ok((format!("{usual}; boundary={boundary}{root}"), pieces.finish()))
}

/// The parts of a form that is a list: of each its name and its value.
fn named(pairs: &[Value]) -> Result<Vec<(&str, &Value)>, String> {
    let mut parts = Vec::new();
    for pair in pairs {
        match &pair.parts {
            Parts::List(pair) => match pair.as_slice() {
                [Value { parts: Parts::Text(name), .. }, value] => {
                    parts.extend(items(value).map(|item| (&**name, item)))
                }
                _ => return Err("each part of a form is a name and a value".to_owned()),
            },
            _ => return Err("each part of a form needs a name".to_owned()),
        }
    }
    Ok(parts)
}

/// The headers of a part. Those who take other kinds than forms know members by their names too.
fn head(name: &str, file: Option<&FilePart>, media_type: Option<&str>) -> String {
    let mut head = String::new();
    if !name.is_empty() {
        head.push_str(&format!("\r\nContent-Disposition: form-data; name=\"{}\"", Quoted(name)));
        if let Some(file) = file {
            let name = file.file_name.as_deref().unwrap_or(name);
            head.push_str(&format!("; filename=\"{}\"", Quoted(name)));
        }
    }
    if let Some(media_type) = media_type {
        head.push_str(&format!("\r\nContent-Type: {media_type}"));
    }
    head
}

/// What a part says that it is (OpenAPI 3.0.3, Encoding Object, `contentType`). Of several types the first is claimed, and
/// of a range none.
fn media_type<'a>(encoding: &Encoding, value: &Value, file: Option<&'a FilePart>) -> Option<&'a str> {
    let said = encoding.media_type.and_then(|types| types.split(',').next()).map(str::trim);
    let said = said.filter(|media_type| !media_type.contains('*'));
    match (file, &value.parts) {
        (Some(file), _) => file.media_type.as_deref().or(said).or(Some("application/octet-stream")),
        (None, Parts::Object(_) | Parts::List(_)) => said.or(Some("application/json")),
        (None, _) => said,
    }
}

/// The body as a value; files are put aside.
fn tree<T: Serialize + ?Sized>(body: &T) -> serde_json::Result<Value> {
    let mut json = Vec::new();
    body.serialize(&mut Serializer::with_formatter(&mut json, BytesAside))?;
    Value::parse(&String::from_utf8(json).map_err(serde::ser::Error::custom)?)
}

/// The file that stood in this place.
fn file<'a>(value: &Value, mark: &str, files: &'a [FilePart]) -> Option<&'a FilePart> {
    let Parts::Text(text) = &value.parts else {
        return None;
    };
    let index = text.strip_prefix(mark)?.parse::<usize>().ok()?;
    files.get(index)
}

/// Bytes are files too.
struct BytesAside;

impl Formatter for BytesAside {
    fn write_byte_array<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: &[u8]) -> io::Result<()> {
        let place = put_aside(value.to_vec().into()).unwrap_or_default();
        write!(writer, "\"{place}\"")
    }
}

/// The pieces of a body: texts, joined as far as can be, and files.
#[derive(Default)]
struct Pieces {
    done: Vec<Upload>,
    text: BytesMut,
}

impl Pieces {
    fn text(&mut self, text: &str) {
        self.text.put(text.as_bytes());
    }

    fn add(&mut self, content: Upload) {
        if let Some(bytes) = content.whole() {
            self.text.put(bytes.clone());
            return;
        }
        self.done.push(self.text.split().freeze().into());
        self.done.push(content);
    }

    /// In memory, where all of it is.
    fn finish(mut self) -> Upload {
        if self.done.is_empty() {
            return self.text.freeze().into();
        }
        self.done.push(self.text.freeze().into());
        let length = self.done.iter().map(Upload::length).sum::<Option<u64>>();
        let pieces = self.done;
        let upload = Upload::pieces(move || Chain(pieces.iter().map(Upload::open).collect()));
        match length {
            Some(length) => upload.with_length(length),
            None => upload,
        }
    }
}

/// Bodies, one after the other.
struct Chain(VecDeque<Body>);

impl Chunks for Chain {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        while let Some(body) = self.0.front_mut() {
            match ready!(body.poll_chunk(context)) {
                Some(piece) => return Poll::Ready(Some(piece)),
                None => drop(self.0.pop_front()),
            }
        }
        Poll::Ready(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::ser::{SerializeMap, Serializer};
    use serde_json::json;

    struct Files(Vec<FilePart>);

    impl Serialize for Files {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            map.serialize_entry("file", &self.0)?;
            map.serialize_entry("raw", &Bytes::from_static(b"\0\""))?;
            map.serialize_entry("n", &1)?;
            map.end()
        }
    }

    /// The body with its boundary written `B`.
    async fn written<T: Serialize>(encodings: &[Encoding], body: &T) -> String {
        let (media_type, body) = multipart("multipart/form-data", encodings, body).unwrap();
        let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
        let (bytes, fault) = body.open().read(1 << 20).await;
        assert!(fault.is_none());
        assert_eq!(body.length(), Some(bytes.len() as u64));
        String::from_utf8_lossy(&bytes).replace(boundary, "B")
    }

    #[tokio::test]
    async fn a_part_stands_for_each_value() {
        let expected = "--B\r\nContent-Disposition: form-data; name=\"a%22\"\r\n\r\nx\r\n\
            --B\r\nContent-Disposition: form-data; name=\"b\"\r\nContent-Type: application/json\r\n\r\n{\"c\":1}\r\n\
            --B\r\nContent-Disposition: form-data; name=\"l\"\r\n\r\n1\r\n\
            --B\r\nContent-Disposition: form-data; name=\"l\"\r\n\r\n2\r\n\
            --B--\r\n";
        assert_eq!(written(&[], &json!({"a\"": "x", "b": {"c": 1}, "l": [1, 2], "none": null})).await, expected);
        let listed = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n\
            --B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--B--\r\n";
        assert_eq!(written(&[], &json!([["a", 1], ["b", null], ["a", "x"]])).await, listed);
        for unnamed in [json!([1]), json!([["a"]]), json!([[1, 2]]), json!(1)] {
            assert!(multipart("multipart/form-data", &[], &unnamed).is_err());
        }
    }

    #[tokio::test]
    async fn a_part_says_what_the_document_says_of_it() {
        let encodings = [
            Encoding::media_type("j", "application/json"),
            Encoding::media_type("t", "text/plain; charset=utf-8"),
            Encoding::media_type("o", "application/vnd.o+json"),
            Encoding::media_type("any", "*/*"),
        ];
        let expected = "--B\r\nContent-Disposition: form-data; name=\"any\"\r\n\r\nx\r\n\
            --B\r\nContent-Disposition: form-data; name=\"j\"\r\nContent-Type: application/json\r\n\r\n\"x\"\r\n\
            --B\r\nContent-Disposition: form-data; name=\"o\"\r\nContent-Type: application/vnd.o+json\r\n\r\n{\"c\":1}\r\n\
            --B\r\nContent-Disposition: form-data; name=\"t\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nx\r\n\
            --B--\r\n";
        assert_eq!(written(&encodings, &json!({"any": "x", "j": "x", "o": {"c": 1}, "t": "x"})).await, expected);
    }

    #[tokio::test]
    async fn files_have_names_and_media_types_and_are_read_as_they_go_out() {
        let streamed = || Upload::pieces(|| Body::from(b"s\r\n".to_vec())).with_length(3);
        let files = Files(vec![
            FilePart::from(&b"a"[..]).file_name("\"ü\r\n.png").media_type("image/png"),
            FilePart::from(streamed()),
        ]);
        let usual = [Encoding::media_type("file", "image/gif, image/png")];
        let expected = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%22ü%0D%0A.png\"\r\n\
            Content-Type: image/png\r\n\r\na\r\n\
            --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\
            Content-Type: image/gif\r\n\r\ns\r\n\r\n\
            --B\r\nContent-Disposition: form-data; name=\"raw\"; filename=\"raw\"\r\n\
            Content-Type: application/octet-stream\r\n\r\n\0\"\r\n\
            --B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n--B--\r\n";
        assert_eq!(written(&usual, &files).await, expected);
        let wrong = Files(vec![FilePart::from(&b"a"[..]).media_type("a\r\nb: c")]);
        let fault = multipart("multipart/form-data", &[], &wrong).unwrap_err();
        assert_eq!(fault, "the media type of the part `file` is none");
    }

    #[tokio::test]
    async fn parts_have_the_headers_of_the_document_and_those_of_the_caller() {
        let encodings = [
            Encoding::part("file").headers(&[("X-Kind", "scan"), ("X-Zone", "eu")]),
            Encoding::media_type("n", "text/plain").headers(&[("X-Unit", "cm")]),
        ];
        let file = FilePart::from("a").header("X-Rate", "1").header("x-rate", "2").header("x-zone", "us");
        let expected = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\
            Content-Type: application/octet-stream\r\nX-Kind: scan\r\nx-rate: 2\r\nx-zone: us\r\n\r\na\r\n\
            --B\r\nContent-Disposition: form-data; name=\"raw\"; filename=\"raw\"\r\n\
            Content-Type: application/octet-stream\r\n\r\n\0\"\r\n\
            --B\r\nContent-Disposition: form-data; name=\"n\"\r\nContent-Type: text/plain\r\nX-Unit: cm\r\n\r\n1\r\n\
            --B--\r\n";
        assert_eq!(written(&encodings, &Files(vec![file])).await, expected);
        for (name, value) in
            [("a b", "1"), ("X-A\r\nX-B", "1"), ("X-A", "1\r\n\r\n2"), ("content-TYPE", "a/b"), ("", "1")]
        {
            let wrong = Files(vec![FilePart::from("a").header(name, value)]);
            let fault = multipart("multipart/form-data", &[], &wrong).unwrap_err();
            assert!(fault.starts_with("of the part `file` "), "{fault}");
        }
    }

    #[test]
    fn parts_of_another_kind_are_known_by_their_names_or_their_order() {
        let written = |usual: &str, value: &serde_json::Value| {
            let (media_type, body) = multipart(usual, &[], value).unwrap();
            let (_, boundary) = media_type.split_once("; boundary=").unwrap();
            let (boundary, root) = boundary.split_at(32);
            (root.to_owned(), String::from_utf8(body.whole().unwrap().to_vec()).unwrap().replace(boundary, "B"))
        };
        let (root, text) = written("multipart/mixed", &json!({"a": {"b": 1}}));
        let named =
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: application/json\r\n\r\n{\"b\":1}";
        assert_eq!((root.as_str(), text), ("", format!("{named}\r\n--B--\r\n")));
        let (root, text) = written("multipart/related", &json!([{"b": 1}, "a"]));
        assert_eq!(root, "; type=\"application/json\"");
        assert_eq!(text, "--B\r\nContent-Type: application/json\r\n\r\n{\"b\":1}\r\n--B\r\n\r\na\r\n--B--\r\n");
    }
}
