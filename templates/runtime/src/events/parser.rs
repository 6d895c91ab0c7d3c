//! From bytes to events, as the HTML standard says it (Server-sent events, 9.2.5 and 9.2.6).

use std::time::Duration;

use bytes::{Buf, Bytes};

use super::frames::{Framing, TooLarge};

/// An event as it came: its data is text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct RawEvent {
    /// What it calls itself; empty where it does not.
    pub(super) name: String,
    /// The lines of its data, with line feeds between them.
    pub(super) data: String,
    /// The id that it brings itself.
    pub(super) id: Option<String>,
    /// The time that it brings itself.
    pub(super) retry: Option<Duration>,
}

/// Reads the lines of a stream of events, wherever its pieces are cut. What it holds is at most one event.
#[derive(Debug, Default)]
pub(super) struct EventParser {
    /// The beginning of a line whose end has not come.
    line: Vec<u8>,
    /// The event whose end has not come. Each line of its data ends with a line feed.
    event: RawEvent,
    last_id: String,
    retry: Option<Duration>,
    /// The line before ended with a carriage return, to which a line feed still belongs.
    is_after_return: bool,
    /// A line has been read, so that no byte order mark comes any more.
    has_begun: bool,
}

impl EventParser {
    pub(super) fn last_id(&self) -> &str {
        &self.last_id
    }

    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Keeps the beginning of a line, or more of it. Of a comment no more is kept than that it is one.
    fn hold(&mut self, part: &[u8], limit: usize) -> Result<(), TooLarge> {
        self.check(part, limit)?;
        match (self.line.first(), part.first()) {
            (Some(b':'), _) => {}
            (None, Some(b':')) => self.line.push(b':'),
            _ => self.line.extend_from_slice(part),
        }
        Ok(())
    }

    /// Whether there is room for more of a line.
    fn check(&self, part: &[u8], limit: usize) -> Result<(), TooLarge> {
        let RawEvent { name, data, id, .. } = &self.event;
        let held = self.line.len() + name.len() + data.len() + id.as_ref().map_or(0, String::len);
        let is_comment = self.line.first().or(part.first()) == Some(&b':');
        match is_comment || held.saturating_add(part.len()) <= limit {
            true => Ok(()),
            false => Err(TooLarge),
        }
    }

    fn line(&mut self, line: &[u8]) -> Option<RawEvent> {
        let line = match std::mem::replace(&mut self.has_begun, true) {
            true => line,
            false => line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line),
        };
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = match line.iter().position(|byte| *byte == b':') {
            Some(at) => line.split_at(at),
            None => (line, &b""[..]),
        };
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match field {
            b"data" => {
                self.event.data.push_str(&String::from_utf8_lossy(value));
                self.event.data.push('\n');
            }
            b"event" => self.event.name = String::from_utf8_lossy(value).into_owned(),
            b"id" if !value.contains(&0) => self.event.id = Some(String::from_utf8_lossy(value).into_owned()),
            b"retry" => {
                if let Some(retry) = milliseconds(value) {
                    (self.retry, self.event.retry) = (Some(retry), Some(retry));
                }
            }
            // A comment, or what a later version of the standard adds.
            _ => {}
        }
        None
    }

    /// The event that an empty line ends; none where it has no data. Its id counts all the same.
    fn dispatch(&mut self) -> Option<RawEvent> {
        let mut event = std::mem::take(&mut self.event);
        if let Some(id) = &event.id {
            self.last_id.clone_from(id);
        }
        event.data.pop().map(|_| event)
    }
}

/// Digits and nothing else. What no number holds is nothing.
fn milliseconds(value: &[u8]) -> Option<Duration> {
    let is_number = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
    let text = std::str::from_utf8(value).ok().filter(|_| is_number)?;
    text.parse().ok().map(Duration::from_millis)
}

impl Framing for EventParser {
    type Frame = RawEvent;

    const NOUN: &'static str = "event";

    fn next(&mut self, piece: &mut Bytes, limit: usize) -> Result<Option<RawEvent>, TooLarge> {
        while let Some(first) = piece.first() {
            if std::mem::take(&mut self.is_after_return) && *first == b'\n' {
                piece.advance(1);
                continue;
            }
            let Some(length) = piece.iter().position(|byte| matches!(byte, b'\r' | b'\n')) else {
                self.hold(&std::mem::take(piece), limit)?;
                break;
            };
            let part = piece.split_to(length);
            self.is_after_return = piece.get_u8() == b'\r';
            let event = match self.line.is_empty() {
                // Most lines come whole, and are not copied.
                true => {
                    self.check(&part, limit)?;
                    self.line(&part)
                }
                false => {
                    self.hold(&part, limit)?;
                    let line = std::mem::take(&mut self.line);
                    self.line(&line)
                }
            };
            if event.is_some() {
                return Ok(event);
            }
        }
        Ok(None)
    }

    /// An event without the empty line behind it is incomplete and is dropped, as the standard says.
    fn end(&mut self) -> Option<RawEvent> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events of a body that comes in pieces, and the parser behind them.
    fn parsed<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> (Vec<RawEvent>, EventParser) {
        let (mut events, mut parser) = (Vec::new(), EventParser::default());
        for piece in pieces {
            let mut piece = Bytes::copy_from_slice(piece);
            while let Some(event) = parser.next(&mut piece, usize::MAX).unwrap() {
                events.push(event);
            }
        }
        (events, parser)
    }

    /// `name|data|id` of each event.
    fn shown(text: &str) -> Vec<String> {
        let shown = |event: &RawEvent| {
            format!("{}|{}|{}", event.name, event.data.escape_debug(), event.id.as_deref().unwrap_or("-"))
        };
        parsed([text.as_bytes()]).0.iter().map(shown).collect()
    }

    #[test]
    fn the_examples_of_the_standard_mean_what_it_says() {
        let stocks = "data: YHOO\ndata: +2\ndata: 10\n\n";
        assert_eq!(shown(stocks), ["|YHOO\\n+2\\n10|-"]);
        let blocks = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n";
        assert_eq!(shown(&format!("{blocks}\n")), ["|first event|1", "|second event|", "| third event|-"]);
        // The last block has no empty line behind it.
        assert_eq!(shown(blocks).len(), 2);
        assert_eq!(shown("data\n\ndata\ndata\n\ndata:"), ["||-", "|\\n|-"]);
        assert_eq!(shown("data:test\n\ndata: test\n\n"), ["|test|-", "|test|-"]);
    }

    #[test]
    fn lines_end_in_three_ways_and_a_byte_order_mark_is_none_of_them() {
        assert_eq!(shown("\u{feff}data: a\r\ndata: b\rdata: c\n\r\n"), ["|a\\nb\\nc|-"]);
        // A second mark is part of a field's name, which nobody knows.
        assert_eq!(shown("\u{feff}\u{feff}data: a\n\ndata: b\n\n"), ["|b|-"]);
        assert_eq!(shown("data: a\r\rdata: b\n\n"), ["|a|-", "|b|-"]);
    }

    #[test]
    fn an_event_without_data_is_none_and_its_name_is_forgotten() {
        let text = "event: a\n\ndata: 1\n\nevent: b\nevent: c\ndata: 2\n\n";
        assert_eq!(shown(text), ["|1|-", "c|2|-"]);
    }

    #[test]
    fn an_id_stays_the_last_one_until_there_is_another() {
        let (events, parser) = parsed([&b"id: 1\ndata: a\n\ndata: b\n\n"[..]]);
        assert_eq!((events[0].id.as_deref(), events[1].id.as_deref(), parser.last_id()), (Some("1"), None, "1"));
        assert_eq!(parsed([&b"id: 1\ndata: a\n\nid: 2\n\n"[..]]).1.last_id(), "2");
        assert_eq!(parsed([&b"id: 1\ndata: a\n\nid: 2\ndata: b\n"[..]]).1.last_id(), "1");
        assert_eq!(parsed([&b"id: 1\ndata: a\n\nid: \0\ndata: b\n\n"[..]]).1.last_id(), "1");
        assert_eq!(parsed([&b"id: 1\n\nid\n\n"[..]]).1.last_id(), "");
    }

    #[test]
    fn a_time_is_made_of_digits() {
        let retry =
            |text: &str| parsed([format!("retry: 7\nretry:{text}\n").as_bytes()]).1.retry().unwrap().as_millis();
        assert_eq!((retry(" 1500"), retry("0")), (1500, 0));
        for wrong in ["", "  1", "+1", "-1", "1.5", "1s", "١", "99999999999999999999999"] {
            assert_eq!(retry(wrong), 7, "{wrong}");
        }
    }

    #[test]
    fn text_that_is_no_utf8_is_replaced_and_a_letter_may_be_cut_in_two() {
        let (events, _) = parsed([&b"data: \xff\xc3"[..], &b"\xa4\n\n"[..]]);
        assert_eq!(events[0].data, "\u{fffd}\u{e4}");
    }

    #[test]
    fn wherever_the_pieces_are_cut_the_events_are_the_same() {
        let alphabet: [&[u8]; 20] = [
            b"data",
            b"event",
            b"id",
            b"retry",
            b":",
            b" ",
            b"\n",
            b"\r",
            b"\r\n",
            b"\n\n",
            b"\0",
            b"12",
            b"\xef\xbb\xbf",
            b"\xc3\xa4",
            b"x",
            b"\ndata:",
            b"\rdata: ",
            b"\nid:",
            b"\r\rretry:",
            b"\r\n\r\n",
        ];
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = |below: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            usize::try_from(seed % u64::try_from(below).unwrap()).unwrap()
        };
        let mut count = 0;
        for _ in 0..3000 {
            let text: Vec<u8> =
                (0..random(40)).flat_map(|_| alphabet[random(alphabet.len())].iter().copied()).collect();
            let (whole, after) = parsed([&text[..]]);
            count += whole.len();
            let mut pieces = Vec::new();
            let mut rest = &text[..];
            while !rest.is_empty() {
                let (piece, others) = rest.split_at(1 + random(rest.len().min(6)));
                pieces.push(piece);
                rest = others;
            }
            let (cut, behind) = parsed(pieces);
            assert_eq!(cut, whole, "{:?}", String::from_utf8_lossy(&text));
            assert_eq!((behind.last_id(), behind.retry()), (after.last_id(), after.retry()));
        }
        assert!(count > 1000, "{count} events are too few to say anything");
    }

    #[test]
    fn an_event_has_a_limit_and_comments_have_none() {
        let next = |pieces: &[&'static str], limit: usize| {
            let mut parser = EventParser::default();
            let mut found = pieces.iter().map(|piece| parser.next(&mut Bytes::from_static(piece.as_bytes()), limit));
            found.find(|found| !matches!(found, Ok(None))).unwrap_or(Ok(None))
        };
        assert!(matches!(next(&["data: abc\n\n"], 9), Ok(Some(_))));
        assert_eq!(next(&["data: abcd\n\n"], 9), Err(TooLarge));
        assert_eq!(next(&["data: ", "abcd"], 9), Err(TooLarge));
        assert_eq!(next(&["data:a\n", "data:b\n", "data:c\n"], 9), Err(TooLarge));
        assert_eq!(next(&["id: abcdef\nevent: a"], 9), Err(TooLarge));
        assert!(matches!(next(&[":", "0123456789", "0123456789\n", ": 0123456789\ndata: abc\n\n"], 9), Ok(Some(_))));
    }
}
