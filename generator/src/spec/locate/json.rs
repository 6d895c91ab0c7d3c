//! Places in JSON (RFC 8259), by a walk over its text.

use super::wanted::Wanted;

/// Deeper than any document that is read.
const MOST_LEVELS: usize = 200;

/// Notes the positions of the places that are asked for; none at the first thing that is not JSON.
pub(super) fn find(text: &str, wanted: &mut Wanted) -> Option<()> {
    let mut walk = Walk {
        text,
        at: 0,
        line: 1,
        counted: (0, 1),
    };
    walk.value(Some(wanted), 0)
}

struct Walk<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    /// A place of this line, and its column: a file may be one line, so that columns are counted on from there.
    counted: (usize, usize),
}

impl<'t> Walk<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn bump(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        if byte == b'\n' {
            self.line += 1;
            self.counted = (self.at, 1);
        }
        Some(byte)
    }

    /// The line and the column of the place that is reached.
    fn position(&mut self) -> (usize, usize) {
        let (place, column) = self.counted;
        let between = self.text.get(place..self.at).unwrap_or_default();
        self.counted = (self.at, column + between.chars().count());
        (self.line, self.counted.1)
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.bump();
        }
    }

    fn expect(&mut self, expected: u8) -> Option<()> {
        self.space();
        (self.bump()? == expected).then_some(())
    }

    /// Whether the next character is this one, which is passed if so.
    fn accept(&mut self, expected: u8) -> bool {
        self.space();
        let is_next = self.peek() == Some(expected);
        if is_next {
            self.bump();
        }
        is_next
    }

    /// Notes the position of what comes next.
    fn note(&mut self, wanted: &mut Option<&mut Wanted>) {
        self.space();
        if let Some(wanted) = wanted {
            let (line, column) = self.position();
            wanted.found(line, column);
        }
    }

    fn value(&mut self, mut wanted: Option<&mut Wanted>, depth: usize) -> Option<()> {
        if depth == 0 {
            self.note(&mut wanted);
        }
        self.space();
        match self.peek()? {
            _ if depth > MOST_LEVELS => None,
            b'{' => self.object(wanted, depth),
            b'[' => self.array(wanted, depth),
            b'"' => self.string().map(|_| ()),
            _ => self.word(),
        }
    }

    fn object(&mut self, mut wanted: Option<&mut Wanted>, depth: usize) -> Option<()> {
        self.expect(b'{')?;
        if self.accept(b'}') {
            return Some(());
        }
        loop {
            self.space();
            let (line, column) = self.position();
            let key = self.string()?;
            self.expect(b':')?;
            let mut child = match &mut wanted {
                Some(wanted) => wanted.child(&unescape(key)),
                None => None,
            };
            if let Some(child) = &mut child {
                child.found(line, column);
            }
            self.value(child, depth + 1)?;
            if !self.accept(b',') {
                return self.expect(b'}');
            }
        }
    }

    fn array(&mut self, mut wanted: Option<&mut Wanted>, depth: usize) -> Option<()> {
        self.expect(b'[')?;
        if self.accept(b']') {
            return Some(());
        }
        for index in 0_usize.. {
            let mut child = match &mut wanted {
                Some(wanted) => wanted.child(&index.to_string()),
                None => None,
            };
            self.note(&mut child);
            self.value(child, depth + 1)?;
            if !self.accept(b',') {
                break;
            }
        }
        self.expect(b']')
    }

    /// A string with its quotes.
    fn string(&mut self) -> Option<&'t str> {
        let start = self.at;
        self.expect(b'"')?;
        loop {
            match self.bump()? {
                b'"' => return self.text.get(start..self.at),
                b'\\' => {
                    self.bump()?;
                }
                _ => {}
            }
        }
    }

    /// A number, a truth value or null.
    fn word(&mut self) -> Option<()> {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        {
            self.bump();
        }
        (self.at > start).then_some(())
    }
}

fn unescape(key: &str) -> String {
    serde_json::from_str(key).unwrap_or_default()
}
