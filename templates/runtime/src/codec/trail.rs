//! The JSON path of an error, gathered while the error travels outward.
//!
//! serde's errors carry no path, and their type belongs to the deserializer. So each container
//! that sees an error pass notes its own step (innermost first) in a list of the current thread.
//! Nothing is noted while decoding succeeds.

use std::cell::RefCell;
use std::fmt::Write as _;

/// More steps than this can only be leftovers of errors that nobody collected.
const LIMIT: usize = 1024;

/// One step from a container to what it contains.
#[derive(Debug)]
enum Step {
    Key(String),
    Index(usize),
}

thread_local! {
    static STEPS: RefCell<Vec<Step>> = const { RefCell::new(Vec::new()) };
}

/// Notes that the error came from the member `key`.
#[cold]
pub(super) fn key(key: &str) {
    push(Step::Key(key.to_owned()));
}

/// Notes that the error came from the list's item `index`.
#[cold]
pub(super) fn index(index: usize) {
    push(Step::Index(index));
}

fn push(step: Step) {
    STEPS.with_borrow_mut(|steps| {
        if steps.len() >= LIMIT {
            steps.clear();
        }
        steps.push(step);
    });
}

/// How many steps are noted: a mark for [`take_from`].
pub(super) fn mark() -> usize {
    STEPS.with_borrow(Vec::len)
}

/// Takes the steps noted since `mark` and writes them as a path, the outermost step first. An
/// empty text means the place where the mark was set.
pub(super) fn take_from(mark: usize) -> String {
    STEPS.with_borrow_mut(|steps| {
        let mut path = String::new();
        for step in steps.drain(mark.min(steps.len())..).rev() {
            write_step(&mut path, &step);
        }
        path
    })
}

/// Forgets every step.
pub(super) fn clear() {
    STEPS.with_borrow_mut(Vec::clear);
}

/// `.key` where the key reads as a plain word, `["any key"]` with JSON's escapes otherwise.
fn write_step(path: &mut String, step: &Step) {
    let written = match step {
        Step::Index(index) => write!(path, "[{index}]"),
        Step::Key(key) if is_plain(key) && path.is_empty() => write!(path, "{key}"),
        Step::Key(key) if is_plain(key) => write!(path, ".{key}"),
        Step::Key(key) => write!(path, "[{}]", serde_json::to_string(key).unwrap_or_default()),
    };
    debug_assert!(written.is_ok(), "writing to a String does not fail");
}

fn is_plain(key: &str) -> bool {
    let mut bytes = key.bytes();
    let first = bytes.next();
    first.is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$'))
}
