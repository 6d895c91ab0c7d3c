//! Lines, indentation, and keys.

use std::borrow::Cow;

/// The longest key that is read here, in bytes: YAML allows 1024 characters (YAML 1.2.2, section 7.4.2).
const LONGEST_KEY: usize = 1000;

/// The key that lends a mapping the entries of others: it is a whole parser's.
pub(super) const MERGE_KEY: &str = "<<";

/// Whether a text has only characters that mean here what they mean to every parser: no control characters but line feeds and
/// tabs, no other line breaks, no marks of byte order.
pub(super) fn is_usual(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_control = |byte: u8| (byte < b' ' && byte != b'\n' && byte != b'\t') || byte == 0x7f;
    bytes.chunks(CHUNK).enumerate().all(|(index, chunk)| {
        // Without a way out in the middle, the bytes of a chunk are looked at many at once.
        let has_control = |found, byte: &u8| found | is_control(*byte);
        let start = index * CHUNK;
        !chunk.iter().fold(false, has_control)
            && (chunk.is_ascii()
                || (start..start + chunk.len())
                    .all(|at| !is_unusual_character(bytes.get(at..).unwrap_or_default())))
    })
}

/// So many bytes are looked at together.
const CHUNK: usize = 256;

/// Whether UTF-8 begins with one of U+0080 to U+009F, U+2028, U+2029, U+FEFF, U+FFFE and U+FFFF.
fn is_unusual_character(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xc2, 0x80..=0x9f, ..]
            | [0xe2, 0x80, 0xa8 | 0xa9, ..]
            | [0xef, 0xbb, 0xbf, ..]
            | [0xef, 0xbf, 0xbe | 0xbf, ..]
    )
}

/// A place in the text.
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    /// In bytes.
    pub(super) at: usize,
    pub(super) line_start: usize,
    /// The column of the first character of this line that counts, when the cursor stands on it; none at the text's end.
    pub(super) column: Option<usize>,
}

impl<'t> Cursor<'t> {
    /// The first line that counts.
    pub(super) fn new(text: &'t str) -> Option<Self> {
        let mut cursor = Self {
            text,
            at: 0,
            line_start: 0,
            column: None,
        };
        cursor.this_line()?;
        if cursor.accept("---\n") {
            cursor.line_start = cursor.at;
            cursor.this_line()?;
        }
        cursor.check_line()?;
        Some(cursor)
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.byte(self.at)
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    pub(super) fn bytes_from(&self, at: usize) -> &'t [u8] {
        self.text.as_bytes().get(at..).unwrap_or_default()
    }

    /// Whether a space, a line's end or the text's end stands at a place.
    pub(super) fn is_blank_at(&self, at: usize) -> bool {
        matches!(self.byte(at), None | Some(b' ' | b'\n'))
    }

    pub(super) fn column_here(&self) -> usize {
        self.at - self.line_start
    }

    /// Passes this text, if it stands here.
    pub(super) fn accept(&mut self, text: &str) -> bool {
        let is_here = self.bytes_from(self.at).starts_with(text.as_bytes());
        if is_here {
            self.at += text.len();
        }
        is_here
    }

    /// Whether a mark of structure stands here: a dash, question mark or colon that something blank follows.
    pub(super) fn is_mark(&self, mark: u8) -> bool {
        self.peek() == Some(mark) && self.is_blank_at(self.at + 1)
    }

    pub(super) fn skip_spaces(&mut self) {
        let spaces = self.bytes_from(self.at).iter();
        self.at += spaces.take_while(|byte| **byte == b' ').count();
    }

    /// Whether nothing more stands in this line but a comment. Passes spaces.
    pub(super) fn rest_is_empty(&mut self) -> Option<bool> {
        let before = self.at;
        self.skip_spaces();
        match self.peek() {
            Some(b'\t') => None,
            Some(b'#') => (self.at > before).then_some(true),
            Some(b'\n') | None => Some(true),
            Some(_) => Some(false),
        }
    }

    /// Goes to the next line that counts, behind a value after which nothing more may stand in its line.
    pub(super) fn finish_line(&mut self) -> Option<()> {
        if !self.rest_is_empty()? {
            return None;
        }
        self.next_line()
    }

    /// Goes to the next line that counts.
    pub(super) fn next_line(&mut self) -> Option<()> {
        self.at = self.line_end(self.at);
        if self.peek().is_some() {
            self.at += 1;
        }
        self.line_start = self.at;
        self.this_line()?;
        self.check_line()
    }

    /// Goes to the first line from here that counts: neither empty nor only a comment.
    pub(super) fn this_line(&mut self) -> Option<()> {
        loop {
            self.at = self.line_start;
            self.skip_spaces();
            match self.peek() {
                None => {
                    self.column = None;
                    return Some(());
                }
                Some(b'\n') => {}
                Some(b'#') => self.at = self.line_end(self.at),
                Some(b'\t') => return None,
                Some(_) => {
                    self.column = Some(self.column_here());
                    return Some(());
                }
            }
            if self.peek().is_some() {
                self.at += 1;
            }
            self.line_start = self.at;
        }
    }

    pub(super) fn line_end(&self, from: usize) -> usize {
        let rest = self.bytes_from(from);
        let length = rest.iter().position(|byte| *byte == b'\n');
        from + length.unwrap_or(rest.len())
    }

    /// Nothing where this line begins with the mark of a document or of a directive.
    pub(super) fn check_line(&self) -> Option<()> {
        if self.column != Some(0) {
            return Some(());
        }
        let rest = self.bytes_from(self.at);
        let is_marker = [&b"---"[..], b"...", b"%"]
            .iter()
            .any(|marker| rest.starts_with(marker));
        (!is_marker).then_some(())
    }

    /// Whether a key stands here; nothing where that takes a whole parser.
    pub(super) fn is_key(&mut self) -> Option<bool> {
        let start = self.at;
        let found = match self.peek()? {
            b'"' | b'\'' => {
                let line_start = self.line_start;
                self.quoted(None).map(|_| {
                    self.skip_spaces();
                    line_start == self.line_start && self.peek() == Some(b':')
                })
            }
            b'?' if self.is_mark(b'?') => Some(true),
            _ => self.plain_key_end().map(|end| end.is_some()),
        };
        self.at = start;
        match found {
            // A quoted scalar of several lines, or a fault.
            None if matches!(self.peek(), Some(b'"' | b'\'')) => Some(false),
            found => found,
        }
    }

    /// The key that stands here, and its colon.
    pub(super) fn key(&mut self) -> Option<Cow<'t, str>> {
        let start = self.at;
        let key = if matches!(self.peek()?, b'"' | b'\'') {
            let key = self.quoted(None)?;
            self.skip_spaces();
            key
        } else {
            if !self.is_plain_start() {
                return None;
            }
            let end = self.plain_key_end()??;
            self.at = end;
            let key = self.text.get(start..end)?.trim_end_matches(' ');
            (key != MERGE_KEY).then_some(Cow::Borrowed(key))?
        };
        let is_short = self.at - start <= LONGEST_KEY;
        (is_short && self.accept(":") && self.is_blank_at(self.at)).then_some(key)
    }

    /// Where the colon behind a plain key stands, if this is one; nothing where a tab stands before.
    fn plain_key_end(&self) -> Option<Option<usize>> {
        let mut before = 0;
        for (at, byte) in (self.at..).zip(self.bytes_from(self.at)) {
            match byte {
                b'\n' => return Some(None),
                b'\t' => return None,
                b'#' if before == b' ' => return Some(None),
                b':' if self.is_blank_at(at + 1) => return Some(Some(at)),
                _ => {}
            }
            before = *byte;
        }
        Some(None)
    }
}
