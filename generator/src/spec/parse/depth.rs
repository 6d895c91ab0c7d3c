//! Refuses brackets that are too deep before YAML's parser sees them: its time grows with the square of their depth.
//!
//! This looks only for where flow collections begin and end (YAML 1.2.2, section 7.4), one line after the other: it knows quoted
//! text, block scalars and comments, and leaves everything else to the parser.

use super::seed::DEPTH_HELP;
use crate::config::Limits;
use crate::diag::{Code, Diagnostic, Place};

/// The fault of a text whose flow collections are too deep.
pub(super) fn check(text: &str, name: &str, limits: &Limits) -> Option<Diagnostic> {
    let mut scan = Scan {
        limit: limits.depth,
        depth: 0,
        quote: None,
        block: None,
    };
    for (number, line) in text.lines().enumerate() {
        if let Some(offset) = scan.line(line) {
            return Some(Diagnostic {
                code: Code::Limit,
                message: format!("the file is more than {} levels deep", limits.depth),
                place: Place::File {
                    file: name.to_owned(),
                    line: number + 1,
                    column: 1 + line.get(..offset).unwrap_or_default().chars().count(),
                },
                help: DEPTH_HELP.to_owned(),
            });
        }
    }
    None
}

/// What goes on from one line to the next.
struct Scan {
    limit: usize,
    /// How many brackets are open.
    depth: usize,
    /// The quote that is open.
    quote: Option<u8>,
    /// The column of what a block scalar belongs to: it goes on while lines are indented more.
    block: Option<usize>,
}

impl Scan {
    /// Looks at a line; the offset of the bracket that is too deep.
    fn line(&mut self, line: &str) -> Option<usize> {
        let bytes = line.as_bytes();
        let indent = bytes.iter().take_while(|byte| **byte == b' ').count();
        if let Some(column) = self.block {
            if indent > column || line.trim().is_empty() {
                return None;
            }
            self.block = None;
        }
        let mut at = self
            .quote
            .map_or(indent, |quote| self.quoted(bytes, 0, quote));
        // Whether a value can begin here, where the last one began, and the column of the key or dash before it.
        let (mut fresh, mut begun, mut parent) = (true, indent, indent);
        while let Some(byte) = bytes.get(at).copied() {
            let is_last = bytes.get(at + 1).is_none_or(|next| b" \t".contains(next));
            match byte {
                b' ' | b'\t' => {}
                b'#' if at == 0
                    || bytes
                        .get(at - 1)
                        .is_some_and(|before| b" \t".contains(before)) =>
                {
                    return None;
                }
                b'"' | b'\'' if fresh => {
                    begun = at;
                    at = self.quoted(bytes, at + 1, byte);
                    fresh = false;
                    continue;
                }
                b'[' | b'{' if fresh || self.depth > 0 => {
                    self.depth += 1;
                    fresh = true;
                    if self.depth > self.limit {
                        return Some(at);
                    }
                }
                b']' | b'}' if self.depth > 0 => {
                    self.depth -= 1;
                    fresh = false;
                }
                b',' if self.depth > 0 => fresh = true,
                b':' if is_last || self.depth > 0 => {
                    fresh = true;
                    parent = begun;
                }
                b'-' | b'?' if fresh && is_last && self.depth == 0 => parent = at,
                b'|' | b'>' if fresh && self.depth == 0 => {
                    self.block = Some(parent);
                    return None;
                }
                // An anchor or a tag stands before a value.
                b'&' | b'!' if fresh => {
                    let rest = bytes.get(at..).unwrap_or_default();
                    at += rest
                        .iter()
                        .take_while(|byte| !b" \t,[]{}".contains(byte))
                        .count();
                    continue;
                }
                _ => {
                    if fresh {
                        begun = at;
                    }
                    fresh = false;
                }
            }
            at += 1;
        }
        None
    }

    /// Passes quoted text from `at`; where it ends on this line, or the line's end.
    fn quoted(&mut self, bytes: &[u8], mut at: usize, quote: u8) -> usize {
        self.quote = Some(quote);
        while let Some(byte) = bytes.get(at).copied() {
            at += 1;
            match byte {
                b'\\' if quote == b'"' => at += 1,
                // Two single quotes are one in the text.
                b'\'' if quote == byte && bytes.get(at) == Some(&byte) => at += 1,
                _ if byte == quote => {
                    self.quote = None;
                    return at;
                }
                _ => {}
            }
        }
        bytes.len()
    }
}
