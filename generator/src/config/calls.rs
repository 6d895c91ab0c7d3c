//! How operations are called: which may be repeated, how lists are paged, what can be waited for.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use toml::de::DeValue;

use super::table::{Entry, Section, Source, wrong};

/// Exceptions to what an operation's method says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operations {
    /// The ids of operations that may be repeated, although their method says nothing of the kind.
    pub idempotent: BTreeSet<String>,
    /// The ids of operations that may not be repeated, although their method says so.
    pub not_idempotent: BTreeSet<String>,
}

/// Exceptions to what is found of paging.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paging {
    /// The number of the first page, where the document gives page numbers no default.
    pub first: Option<u32>,
    /// The ids of operations that are not paged.
    pub off: BTreeSet<String>,
    /// How an operation is paged, by its id.
    pub operations: BTreeMap<String, PagedOperation>,
}

/// How an operation is paged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagedOperation {
    /// The member of the answer that holds the elements; none: the answer is the list.
    pub items: Option<String>,
    /// How the next page is asked for.
    pub next: NextPage,
    /// A JSON pointer to the member of the answer that says whether there are more.
    pub more: Option<String>,
}

/// How the next page is asked for. Members are given by JSON pointers into the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// By the link at a member.
    Link(String),
    /// By a query parameter that takes a member.
    Cursor(String, String),
    /// By a query parameter that takes a member of the last element.
    Last(String, String),
    /// By a query parameter that takes the number of the page.
    Number(String),
    /// By a query parameter that takes the number of the elements before.
    Offset(String),
}

/// Something that a caller can wait for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// The id of the operation that is asked again and again.
    pub operation: String,
    /// A JSON pointer to the member of its answer that says how far things are.
    pub state: Option<String>,
    /// The states that end the wait.
    pub done: Vec<String>,
    /// The states that end the wait with an error.
    pub failed: Vec<String>,
    /// The states that a change begins in, and that must be left before the wait can end.
    pub leaving: Vec<String>,
    /// Whether the wait ends when the answer is 404.
    pub gone: bool,
    /// The pause between two requests.
    pub interval: Option<Duration>,
    /// How long the wait may take in all.
    pub deadline: Option<Duration>,
}

pub(super) fn operations(source: &mut Source<'_>, parent: &mut Section<'_>) -> Operations {
    let mut section = parent.section(source, "operations");
    let operations = Operations {
        idempotent: ids(source, &mut section, "operations", "idempotent"),
        not_idempotent: ids(source, &mut section, "operations", "not_idempotent"),
    };
    section.finish(source);
    operations
}

pub(super) fn paging(source: &mut Source<'_>, parent: &mut Section<'_>) -> Paging {
    let mut section = parent.section(source, "paging");
    let first = section.number(source, "first", 1);
    let off = ids(source, &mut section, "paging", "off");
    let list = section.section(source, "operations");
    let mut operations = BTreeMap::new();
    for (id, entry, mut section) in list.sections(source) {
        if let Some(paged) = paged(source, &entry, &mut section) {
            operations.insert(id, paged);
        }
        section.finish(source);
    }
    section.finish(source);
    Paging {
        first: first.and_then(|first| u32::try_from(first).ok()),
        off,
        operations,
    }
}

fn paged(
    source: &mut Source<'_>,
    entry: &Entry<'_>,
    section: &mut Section<'_>,
) -> Option<PagedOperation> {
    let items = section.text(source, "items");
    let more = pointer(source, section, "more");
    let link = pointer(source, section, "link");
    let cursor = section.text(source, "cursor");
    let from = pointer(source, section, "from");
    let last = pointer(source, section, "last");
    let number = section.text(source, "number");
    let offset = section.text(source, "offset");
    let next = match (link, cursor, from, last, number, offset) {
        (Some(at), None, None, None, None, None) => NextPage::Link(at),
        (None, Some(cursor), Some(from), None, None, None) => NextPage::Cursor(cursor, from),
        (None, Some(cursor), None, Some(last), None, None) => NextPage::Last(cursor, last),
        (None, None, None, None, Some(number), None) => NextPage::Number(number),
        (None, None, None, None, None, Some(offset)) => NextPage::Offset(offset),
        _ => {
            source.fault(
                &entry.span,
                format!(
                    "`{}` does not say how the next page is asked for",
                    entry.key
                ),
                "write one of `link`, `number` and `offset`, or `cursor` with `from` or `last`"
                    .to_owned(),
            );
            return None;
        }
    };
    Some(PagedOperation { items, next, more })
}

pub(super) fn waiters(
    source: &mut Source<'_>,
    parent: &mut Section<'_>,
) -> BTreeMap<String, Waiter> {
    let list = parent.section(source, "waiters");
    let mut waiters = BTreeMap::new();
    for (name, entry, mut section) in list.sections(source) {
        if let Some(waiter) = waiter(source, &name, &entry, &mut section) {
            waiters.insert(name, waiter);
        }
        section.finish(source);
    }
    waiters
}

fn waiter(
    source: &mut Source<'_>,
    name: &str,
    entry: &Entry<'_>,
    section: &mut Section<'_>,
) -> Option<Waiter> {
    let operation = section.text(source, "operation");
    let mut states = |name| {
        let texts = section.texts(source, name).unwrap_or_default();
        texts.into_iter().map(|(text, _)| text).collect::<Vec<_>>()
    };
    let (done, failed, leaving) = (states("done"), states("failed"), states("leaving"));
    let gone = section.flag(source, "gone").unwrap_or(false);
    let state = pointer(source, section, "state");
    let mut seconds = |name| {
        let seconds = section.number(source, name, 1 << 30)?;
        Some(Duration::from_secs(u64::try_from(seconds).ok()?))
    };
    let (interval, deadline) = (seconds("interval"), seconds("deadline"));
    let mut refuse = |message: &str, help: &str| {
        let message = format!("`{}` {message}", entry.key);
        source.fault(&entry.span, message, help.to_owned());
        None
    };
    let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !is_name {
        return refuse(
            "is no name of a method",
            "use lower case letters, digits and underscores, and begin with a letter",
        );
    }
    let Some(operation) = operation else {
        return refuse("names no `operation`", "give the id of an operation");
    };
    if gone != done.is_empty() {
        return refuse(
            "does not say when the wait is over",
            "give the states that end it as `done`, or else `gone = true`",
        );
    }
    let has_states = !done.is_empty() || !failed.is_empty() || !leaving.is_empty();
    if has_states != state.is_some() {
        return refuse(
            "needs both states and the place where the state is",
            "give a JSON pointer into the answer as `state`, such as `\"/state\"`",
        );
    }
    if interval == Some(Duration::ZERO) {
        return refuse("asks without a pause", "let `interval` be a second or more");
    }
    Some(Waiter {
        operation,
        state,
        done,
        failed,
        leaving,
        gone,
        interval,
        deadline,
    })
}

/// A JSON pointer (RFC 6901) into an answer.
fn pointer(
    source: &mut Source<'_>,
    section: &mut Section<'_>,
    name: &'static str,
) -> Option<String> {
    let entry = section.take(source, name)?;
    let text = entry.value.as_str().filter(|text| text.starts_with('/'));
    if text.is_none() {
        wrong(
            source,
            &entry,
            "a JSON pointer into an answer, such as `\"/next\"`",
        );
    }
    text.map(str::to_owned)
}

/// Operation ids, each with its place.
fn ids(
    source: &mut Source<'_>,
    section: &mut Section<'_>,
    parent: &str,
    name: &'static str,
) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for (id, span) in section.texts(source, name).unwrap_or_default() {
        let spot = source.spot(span.start);
        source.spots.insert(format!("{parent}.{name}.{id}"), spot);
        ids.insert(id);
    }
    ids
}

impl<'t> Section<'t> {
    /// The tables in a table whose keys the user chooses, each with its key.
    fn sections(&self, source: &mut Source<'_>) -> Vec<(String, Entry<'t>, Section<'t>)> {
        let mut sections = Vec::new();
        for mut entry in self.all() {
            let key = std::mem::take(&mut entry.key);
            entry.key = self.key_of(&key);
            let spot = source.spot(entry.span.start);
            source.spots.insert(entry.key.clone(), spot);
            let DeValue::Table(table) = entry.value else {
                wrong(source, &entry, "a table");
                continue;
            };
            let section = Self::below(&entry.key, table);
            sections.push((key, entry, section));
        }
        sections
    }
}
