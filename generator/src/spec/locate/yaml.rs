//! Places in YAML, by the marks of its events.

use saphyr_parser::{Event, Parser, Span, StrInput};

use super::wanted::Wanted;

/// Deeper than any document that is read; below, nothing is looked for.
const MOST_LEVELS: usize = 200;

/// Notes the positions of the places that are asked for, up to the first fault in the text.
pub(super) fn find(text: &str, wanted: &mut Wanted) {
    let mut events = Events(Parser::new_from_str(text));
    // Stops at the end of the text or at a fault; what was found until then stays.
    let _ = root(&mut events, wanted);
}

struct Events<'t>(Parser<'t, StrInput<'t>>);

impl<'t> Events<'t> {
    fn next(&mut self) -> Option<(Event<'t>, Span)> {
        self.0.next_event()?.ok()
    }

    /// Passes the rest of the value that an event has begun.
    fn skip(&mut self, first: &Event<'_>) -> Option<()> {
        let mut depth = level(first);
        while depth > 0 {
            depth += level(&self.next()?.0);
        }
        Some(())
    }
}

/// How an event changes the depth.
fn level(event: &Event<'_>) -> isize {
    match event {
        Event::SequenceStart(..) | Event::MappingStart(..) => 1,
        Event::SequenceEnd | Event::MappingEnd => -1,
        _ => 0,
    }
}

fn root(events: &mut Events<'_>, wanted: &mut Wanted) -> Option<()> {
    loop {
        let (event, span) = events.next()?;
        match event {
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
            first => {
                note(wanted, span);
                return value(events, &first, wanted, 0);
            }
        }
    }
}

fn note(wanted: &mut Wanted, span: Span) {
    wanted.found(span.start.line(), span.start.col() + 1);
}

/// Walks the value that `first` begins.
fn value(
    events: &mut Events<'_>,
    first: &Event<'_>,
    wanted: &mut Wanted,
    depth: usize,
) -> Option<()> {
    if wanted.is_leaf() || depth > MOST_LEVELS {
        return events.skip(first);
    }
    match first {
        Event::SequenceStart(..) => list(events, wanted, depth),
        Event::MappingStart(..) => mapping(events, wanted, depth),
        _ => Some(()),
    }
}

fn list(events: &mut Events<'_>, wanted: &mut Wanted, depth: usize) -> Option<()> {
    for index in 0_usize.. {
        let (event, span) = events.next()?;
        if matches!(event, Event::SequenceEnd) {
            break;
        }
        match wanted.child(&index.to_string()) {
            Some(child) => {
                note(child, span);
                value(events, &event, child, depth + 1)?;
            }
            None => events.skip(&event)?,
        }
    }
    Some(())
}

fn mapping(events: &mut Events<'_>, wanted: &mut Wanted, depth: usize) -> Option<()> {
    loop {
        let (key, span) = events.next()?;
        if matches!(key, Event::MappingEnd) {
            return Some(());
        }
        let name = match &key {
            Event::Scalar(name, ..) => Some(name.clone()),
            _ => None,
        };
        events.skip(&key)?;
        let (event, _) = events.next()?;
        match name.and_then(|name| wanted.child(&name)) {
            Some(child) => {
                note(child, span);
                value(events, &event, child, depth + 1)?;
            }
            None => events.skip(&event)?,
        }
    }
}
