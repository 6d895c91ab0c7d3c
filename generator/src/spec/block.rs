//! The YAML that nearly all documents are written in, read in one go: mappings and lists by indentation, with plain, quoted
//! and block scalars (YAML 1.2.2, chapters 7.3 and 8).
//!
//! It is several times as fast as a parser of all of YAML. What it does not know for certain it leaves to one: anchors, tags,
//! flow collections, tabs, several documents, and every fault. So it has no messages of its own, and never guesses.

mod cursor;
mod scalar;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use self::cursor::{Cursor, MERGE_KEY, is_usual};

/// One step through a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Event<'t> {
    /// Where it begins, in bytes from the file's beginning.
    pub(super) at: usize,
    pub(super) what: What<'t>,
}

/// What a step is. Between the two ends of a mapping stand keys and values in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What<'t> {
    Map,
    List,
    /// The end of the innermost mapping or list.
    End,
    /// A scalar, and whether it is plain: written without quotes, so that it may be a number.
    Scalar(Cow<'t, str>, bool),
}

/// The steps through a file; none where it has to be left to a whole parser, as everything deeper than `deepest` is.
pub(super) fn events(text: &str, deepest: usize) -> Option<Vec<Event<'_>>> {
    if !is_usual(text) {
        return None;
    }
    let mut scan = Scan {
        cursor: Cursor::new(text)?,
        events: Vec::with_capacity(text.len() / 24),
        levels_left: deepest,
    };
    let column = scan.cursor.column?;
    if scan.cursor.is_mark(b'-') {
        scan.list(column)?;
    } else {
        scan.mapping(column)?;
    }
    scan.cursor.column.is_none().then_some(scan.events)
}

struct Scan<'t> {
    cursor: Cursor<'t>,
    events: Vec<Event<'t>>,
    levels_left: usize,
}

impl<'t> Scan<'t> {
    fn event(&mut self, at: usize, what: What<'t>) {
        self.events.push(Event { at, what });
    }

    fn begin(&mut self, what: What<'t>) -> Option<()> {
        self.levels_left = self.levels_left.checked_sub(1)?;
        self.event(self.cursor.at, what);
        Some(())
    }

    fn end(&mut self) {
        self.levels_left += 1;
        self.event(self.cursor.at, What::End);
    }

    /// A mapping whose keys stand at a column, the first of them here.
    fn mapping(&mut self, column: usize) -> Option<()> {
        self.begin(What::Map)?;
        loop {
            if self.cursor.is_mark(b'?') {
                self.marked_key(column)?;
                self.mapping_value(column, true)?;
            } else {
                let at = self.cursor.at;
                let key = self.cursor.key()?;
                self.event(at, What::Scalar(key, true));
                self.mapping_value(column, false)?;
            }
            match self.cursor.column {
                Some(next) if next > column => return None,
                Some(next) if next == column => {}
                _ => break,
            }
        }
        self.end();
        Some(())
    }

    /// A key behind a question mark, and the colon that begins the line below it: so long keys are often written (YAML 1.2.2,
    /// section 8.2.2).
    fn marked_key(&mut self, column: usize) -> Option<()> {
        self.cursor.at += 1;
        if self.cursor.rest_is_empty()? || self.cursor.is_mark(b'-') || self.cursor.is_key()? {
            return None;
        }
        let at = self.cursor.at;
        let (key, _) = self.cursor.scalar(column)?;
        if self.cursor.column != Some(column) || !self.cursor.is_mark(b':') || key == MERGE_KEY {
            return None;
        }
        self.event(at, What::Scalar(key, true));
        self.cursor.at += 1;
        Some(())
    }

    /// What stands behind a key and its colon. In the same line it can only be a scalar, unless the key was marked.
    fn mapping_value(&mut self, column: usize, is_marked: bool) -> Option<()> {
        if self.cursor.rest_is_empty()? {
            self.cursor.next_line()?;
            return match self.cursor.column {
                Some(next) if next > column => self.node(next, column),
                Some(next) if next == column && self.cursor.is_mark(b'-') => self.list(column),
                _ => self.null(),
            };
        }
        if is_marked {
            let inner = self.cursor.column_here();
            return self.node(inner, column);
        }
        self.scalar(column)
    }

    /// A list whose dashes stand at a column, the first of them here.
    fn list(&mut self, column: usize) -> Option<()> {
        self.begin(What::List)?;
        while self.cursor.column == Some(column) && self.cursor.is_mark(b'-') {
            self.cursor.at += 1;
            if !self.cursor.rest_is_empty()? {
                let inner = self.cursor.column_here();
                self.node(inner, column)?;
                continue;
            }
            self.cursor.next_line()?;
            match self.cursor.column {
                Some(next) if next > column => self.node(next, column)?,
                _ => self.null()?,
            }
        }
        if self.cursor.column.is_some_and(|next| next > column) {
            return None;
        }
        self.end();
        Some(())
    }

    /// A value at a column, below what stands at the column `parent`.
    fn node(&mut self, column: usize, parent: usize) -> Option<()> {
        if self.cursor.is_mark(b'-') {
            self.cursor.column = Some(column);
            self.list(column)
        } else if self.cursor.is_key()? {
            self.mapping(column)
        } else {
            self.scalar(parent)
        }
    }

    fn null(&mut self) -> Option<()> {
        self.event(self.cursor.at, What::Scalar(Cow::Borrowed(""), true));
        Some(())
    }

    /// A scalar, or an empty collection, and the rest of its line.
    fn scalar(&mut self, parent: usize) -> Option<()> {
        let at = self.cursor.at;
        for (written, what) in [("[]", What::List), ("{}", What::Map)] {
            if self.cursor.accept(written) {
                self.begin(what)?;
                self.end();
                return self.cursor.finish_line();
            }
        }
        let (text, is_plain) = self.cursor.scalar(parent)?;
        self.event(at, What::Scalar(text, is_plain));
        Some(())
    }
}
