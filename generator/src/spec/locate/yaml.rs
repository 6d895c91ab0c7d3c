//! Places in YAML, by the marks of its events.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, StrInput};

use super::super::block::{self, What};
use super::wanted::Wanted;

/// Deeper than any document that is read; below, nothing is looked for.
const MOST_LEVELS: usize = 200;

/// Notes the positions of the places that are asked for, up to the first fault in the text.
pub(super) fn find(text: &str, wanted: &mut Wanted) {
    // Stops at the end of the text or at a fault; what was found until then stays.
    let _ = match block::events(text, MOST_LEVELS) {
        Some(events) => root(
            &mut Block {
                events: events.into_iter(),
                text,
                line: 1,
                line_start: 0,
            },
            wanted,
        ),
        None => root(&mut Whole(Parser::new_from_str(text)), wanted),
    };
}

/// A reader of events.
trait Events<'t> {
    /// Where an event stands.
    type Mark: Copy;

    /// The next event that is about a value.
    fn next(&mut self) -> Option<(Step<'t>, Self::Mark)>;

    /// Line and column from 1. Marks are asked for in the order of the text.
    fn position(&mut self, mark: Self::Mark) -> (usize, usize);

    /// Passes the rest of the value that an event has begun.
    fn skip(&mut self, first: &Step<'_>) -> Option<()> {
        let mut depth = first.level();
        while depth > 0 {
            depth += self.next()?.0.level();
        }
        Some(())
    }
}

/// An event.
enum Step<'t> {
    List,
    Map,
    /// The end of the innermost mapping or list.
    End,
    Scalar(Cow<'t, str>),
    Alias,
}

impl Step<'_> {
    /// How an event changes the depth.
    fn level(&self) -> isize {
        match self {
            Self::List | Self::Map => 1,
            Self::End => -1,
            Self::Scalar(_) | Self::Alias => 0,
        }
    }
}

/// Events of YAML of any kind.
struct Whole<'t>(Parser<'t, StrInput<'t>>);

impl<'t> Events<'t> for Whole<'t> {
    type Mark = (usize, usize);

    fn next(&mut self) -> Option<(Step<'t>, Self::Mark)> {
        loop {
            let (event, span) = self.0.next_event()?.ok()?;
            let step = match event {
                Event::SequenceStart(..) => Step::List,
                Event::MappingStart(..) => Step::Map,
                Event::SequenceEnd | Event::MappingEnd => Step::End,
                Event::Scalar(text, ..) => Step::Scalar(text),
                Event::Alias(_) => Step::Alias,
                _ => continue,
            };
            return Some((step, (span.start.line(), span.start.col() + 1)));
        }
    }

    fn position(&mut self, mark: Self::Mark) -> (usize, usize) {
        mark
    }
}

/// Events of the YAML that [`block`] reads.
struct Block<'t> {
    events: std::vec::IntoIter<block::Event<'t>>,
    text: &'t str,
    /// Up to here lines are counted.
    line: usize,
    line_start: usize,
}

impl<'t> Events<'t> for Block<'t> {
    type Mark = usize;

    fn next(&mut self) -> Option<(Step<'t>, Self::Mark)> {
        let event = self.events.next()?;
        let step = match event.what {
            What::List => Step::List,
            What::Map => Step::Map,
            What::End => Step::End,
            What::Scalar(text, _) => Step::Scalar(text),
        };
        Some((step, event.at))
    }

    fn position(&mut self, mark: Self::Mark) -> (usize, usize) {
        let before = self.text.get(self.line_start..mark).unwrap_or_default();
        self.line += before.bytes().filter(|byte| *byte == b'\n').count();
        self.line_start += before.rfind('\n').map_or(0, |at| at + 1);
        let before = self.text.get(self.line_start..mark).unwrap_or_default();
        (self.line, 1 + before.chars().count())
    }
}

fn root<'t>(events: &mut impl Events<'t>, wanted: &mut Wanted) -> Option<()> {
    let (first, mark) = events.next()?;
    note(events, wanted, mark);
    value(events, &first, wanted, 0)
}

fn note<'t, E: Events<'t>>(events: &mut E, wanted: &mut Wanted, mark: E::Mark) {
    let (line, column) = events.position(mark);
    wanted.found(line, column);
}

/// Walks the value that `first` begins.
fn value<'t>(
    events: &mut impl Events<'t>,
    first: &Step<'_>,
    wanted: &mut Wanted,
    depth: usize,
) -> Option<()> {
    if wanted.is_leaf() || depth > MOST_LEVELS {
        return events.skip(first);
    }
    match first {
        Step::List => list(events, wanted, depth),
        Step::Map => mapping(events, wanted, depth),
        _ => Some(()),
    }
}

fn list<'t>(events: &mut impl Events<'t>, wanted: &mut Wanted, depth: usize) -> Option<()> {
    for index in 0_usize.. {
        let (step, mark) = events.next()?;
        if matches!(step, Step::End) {
            break;
        }
        match wanted.child(&index.to_string()) {
            Some(child) => {
                note(events, child, mark);
                value(events, &step, child, depth + 1)?;
            }
            None => events.skip(&step)?,
        }
    }
    Some(())
}

fn mapping<'t>(events: &mut impl Events<'t>, wanted: &mut Wanted, depth: usize) -> Option<()> {
    loop {
        let (key, mark) = events.next()?;
        if matches!(key, Step::End) {
            return Some(());
        }
        events.skip(&key)?;
        let (step, _) = events.next()?;
        let child = match &key {
            Step::Scalar(name) => wanted.child(name),
            _ => None,
        };
        match child {
            Some(child) => {
                note(events, child, mark);
                value(events, &step, child, depth + 1)?;
            }
            None => events.skip(&step)?,
        }
    }
}
