//! Scalars: plain, quoted, and in blocks.

use std::borrow::Cow;

use super::cursor::Cursor;

impl<'t> Cursor<'t> {
    /// The scalar that stands here below what stands at the column `parent`, and whether it is plain. Then goes to the next line
    /// that counts.
    pub(super) fn scalar(&mut self, parent: usize) -> Option<(Cow<'t, str>, bool)> {
        match self.peek()? {
            b'"' | b'\'' => {
                let text = self.quoted(Some(parent))?;
                self.finish_line()?;
                Some((text, false))
            }
            b'|' | b'>' => Some((Cow::Owned(self.block(parent)?), false)),
            _ if self.is_plain_start() => Some((self.plain(parent)?, true)),
            _ => None,
        }
    }

    /// Whether a plain scalar can begin here. Some that can are left to a whole parser.
    pub(super) fn is_plain_start(&self) -> bool {
        match self.peek() {
            Some(b'-') => !self.is_blank_at(self.at + 1),
            Some(byte) => !b"?:,[]{}#&*!|>'\"%@`\n\t ".contains(&byte),
            None => false,
        }
    }

    /// A plain scalar (YAML 1.2.2, section 7.3.3): it goes on in lines that are indented more than its parent.
    fn plain(&mut self, parent: usize) -> Option<Cow<'t, str>> {
        let mut text = Cow::Borrowed(self.plain_line()?);
        loop {
            let mut breaks = 0_usize;
            while self.peek() == Some(b'\n') {
                self.at += 1;
                self.line_start = self.at;
                breaks += 1;
                self.skip_spaces();
            }
            let goes_on = self.column_here() > parent && !matches!(self.peek(), None | Some(b'#'));
            if breaks == 0 || !goes_on {
                // A comment behind the text, or a line that is none of its.
                if breaks == 0 {
                    self.next_line()?;
                } else {
                    self.at = self.line_start;
                    self.start_line()?;
                }
                return Some(text);
            }
            let line = self.plain_line()?;
            let text = text.to_mut();
            fold(text, breaks);
            text.push_str(line);
        }
    }

    /// The part of a plain scalar that stands in this line. A colon makes a key of it, which can't stand here.
    fn plain_line(&mut self) -> Option<&'t str> {
        let start = self.at;
        let mut end = start;
        for (at, byte) in (start..).zip(self.bytes_from(start)) {
            match byte {
                b'\n' => break,
                b'\t' => return None,
                b' ' => continue,
                b'#' if at > end => {
                    self.at = at;
                    return self.text.get(start..end);
                }
                b':' if self.is_blank_at(at + 1) => return None,
                _ => end = at + 1,
            }
        }
        self.at = self.line_end(end);
        self.text.get(start..end)
    }

    /// A quoted scalar (YAML 1.2.2, sections 7.3.1 and 7.3.2); of one line only, where it has no parent.
    pub(super) fn quoted(&mut self, parent: Option<usize>) -> Option<Cow<'t, str>> {
        let quote = self.peek()?;
        self.at += 1;
        let mut text = String::new();
        let mut start = self.at;
        loop {
            match self.peek()? {
                b'\'' if quote == b'\'' && self.byte(self.at + 1) == Some(b'\'') => {
                    text.push_str(self.text.get(start..=self.at)?);
                    self.at += 2;
                    start = self.at;
                }
                byte if byte == quote => {
                    let last = self.text.get(start..self.at)?;
                    self.at += 1;
                    if text.is_empty() {
                        return Some(Cow::Borrowed(last));
                    }
                    text.push_str(last);
                    return Some(Cow::Owned(text));
                }
                b'\\' if quote == b'"' => {
                    text.push_str(self.text.get(start..self.at)?);
                    self.at += 1;
                    text.push(self.escape()?);
                    start = self.at;
                }
                b'\n' => {
                    let line = self.text.get(start..self.at)?;
                    // White space at the end of the line, unless an escape wrote it, is no text.
                    let kept = line.trim_end_matches([' ', '\t']);
                    text.push_str(kept);
                    self.fold_lines(parent?, &mut text)?;
                    start = self.at;
                }
                _ => self.at += 1,
            }
        }
    }

    /// Passes line breaks and the indentation behind them inside a quoted scalar.
    fn fold_lines(&mut self, parent: usize, text: &mut String) -> Option<()> {
        let mut breaks = 0_usize;
        while self.peek() == Some(b'\n') {
            self.at += 1;
            self.line_start = self.at;
            breaks += 1;
            self.skip_spaces();
        }
        fold(text, breaks);
        (self.column_here() > parent && self.peek() != Some(b'\t')).then_some(())
    }

    /// The character that an escape stands for (YAML 1.2.2, section 5.7), behind its backslash. An escaped line break is a whole
    /// parser's.
    fn escape(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += 1;
        let digits = match letter {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            _ => return escaped(letter),
        };
        let number = self.text.get(self.at..self.at + digits)?;
        if !number.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += digits;
        char::from_u32(u32::from_str_radix(number, 16).ok()?)
    }

    /// A block scalar (YAML 1.2.2, section 8.1), from its `|` or `>`.
    fn block(&mut self, parent: usize) -> Option<String> {
        let is_literal = self.peek() == Some(b'|');
        self.at += 1;
        let (mut keeps, mut strips, mut indent) = (false, false, None);
        while let Some(byte) = self.peek() {
            match byte {
                b'+' | b'-' if !keeps && !strips => (keeps, strips) = (byte == b'+', byte == b'-'),
                b'1'..=b'9' if indent.is_none() => indent = Some(parent + usize::from(byte - b'0')),
                _ => break,
            }
            self.at += 1;
        }
        if !self.rest_is_empty()? {
            return None;
        }
        self.at = self.line_end(self.at);
        if self.peek().is_some() {
            self.at += 1;
        }
        self.line_start = self.at;
        let (mut breaks, indent) = self.block_breaks(indent, parent)?;
        let mut text = String::new();
        // Whether a line break stands before this line, and whether the line before began with a space.
        let (mut broken, mut was_spaced) = (false, false);
        while self.column_here() == indent && self.peek().is_some() {
            let is_spaced = matches!(self.peek(), Some(b' ' | b'\t'));
            if !is_literal && broken && !was_spaced && !is_spaced {
                fold(&mut text, breaks + 1);
            } else {
                text.extend(std::iter::repeat_n('\n', breaks + usize::from(broken)));
            }
            was_spaced = is_spaced;
            let end = self.line_end(self.at);
            text.push_str(self.text.get(self.at..end)?);
            self.at = end;
            broken = self.accept("\n");
            self.line_start = self.at;
            (breaks, _) = self.block_breaks(Some(indent), parent)?;
        }
        if !strips && broken {
            text.push('\n');
        }
        if keeps {
            text.extend(std::iter::repeat_n('\n', breaks));
        }
        self.start_line()?;
        Some(text)
    }

    /// Passes empty lines and the indentation of the next; how many they are, and the indentation, which the first lines say
    /// where it is not known.
    fn block_breaks(&mut self, indent: Option<usize>, parent: usize) -> Option<(usize, usize)> {
        let mut breaks = 0;
        let mut widest = 0;
        loop {
            let spaces = self.bytes_from(self.at).iter();
            let most = indent.map_or(usize::MAX, |indent| {
                indent.saturating_sub(self.column_here())
            });
            self.at += spaces.take(most).take_while(|byte| **byte == b' ').count();
            widest = widest.max(self.column_here());
            let is_inside = indent.is_some_and(|indent| self.column_here() >= indent);
            match self.peek() {
                Some(b'\t') if !is_inside => return None,
                Some(b'\n') => {}
                _ => break,
            }
            self.at += 1;
            self.line_start = self.at;
            breaks += 1;
        }
        Some((breaks, indent.unwrap_or(widest.max(parent + 1))))
    }

    /// Goes to the first line that counts, from the beginning of this one.
    fn start_line(&mut self) -> Option<()> {
        self.at = self.line_start;
        self.this_line()?;
        self.check_line()
    }
}

/// Line breaks inside a text of several lines: one is a space, of several the first does not count.
fn fold(text: &mut String, breaks: usize) {
    match breaks {
        1 => text.push(' '),
        _ => text.extend(std::iter::repeat_n('\n', breaks.saturating_sub(1))),
    }
}

/// The character that a letter behind a backslash stands for.
fn escaped(letter: u8) -> Option<char> {
    Some(match letter {
        b'0' => '\0',
        b'a' => '\u{7}',
        b'b' => '\u{8}',
        b't' | b'\t' => '\t',
        b'n' => '\n',
        b'v' => '\u{b}',
        b'f' => '\u{c}',
        b'r' => '\r',
        b'e' => '\u{1b}',
        b' ' => ' ',
        b'"' => '"',
        b'/' => '/',
        b'\\' => '\\',
        b'N' => '\u{85}',
        b'_' => '\u{a0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        _ => return None,
    })
}
