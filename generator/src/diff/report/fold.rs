//! Changes of one kind in one sentence.

use std::collections::BTreeMap;

use super::super::change::{Change, last_part};
use super::super::rules;
use super::super::verdict::{Rust, Wire};
use super::counted;
use crate::diag::is_hidden;

/// A sentence about one change or several.
pub(super) struct Line<'c> {
    pub(super) sentence: String,
    /// The same without the names of several, for a form that lists them.
    pub(super) head: String,
    pub(super) changes: Vec<&'c Change>,
}

impl Line<'_> {
    pub(super) fn rust(&self) -> Rust {
        self.changes
            .iter()
            .map(|change| change.rust)
            .max()
            .unwrap_or_default()
    }

    pub(super) fn wire(&self) -> Wire {
        self.changes
            .iter()
            .map(|change| change.wire)
            .max()
            .unwrap_or_default()
    }

    /// What made it, where that is not the document; to stand behind the sentence.
    pub(super) fn remark(&self) -> String {
        let first = self.changes.first().map(|change| change.cause.remark());
        match first.unwrap_or_default() {
            remark if remark.is_empty() => remark,
            remark => format!(" ({remark})"),
        }
    }

    pub(super) fn code(&self) -> &'static str {
        self.changes.first().map_or("", |change| change.rule.code)
    }
}

/// So many names stand in a sentence; the others are counted.
const NAMES: usize = 40;

/// What changes of one kind are together; none for those that are told of one by one.
fn together(change: &Change) -> Option<(&str, &'static str, &'static str)> {
    let owner = change.owner.as_str();
    let rule = change.rule;
    let kinds: [(&rules::Rule, &str, &'static str, &'static str); 15] = [
        (&rules::OPERATION_ADDED, "", "operation", "are new"),
        (&rules::OPERATION_REMOVED, "", "operation", "are gone"),
        (&rules::TYPE_ADDED, "", "type", "are new"),
        (&rules::TYPE_REMOVED, "", "type", "are gone"),
        (&rules::FIELD_ADDED, owner, "optional field", "are new in"),
        (
            &rules::FIELD_REMOVED,
            owner,
            "optional field",
            "are gone from",
        ),
        (
            &rules::REQUIRED_FIELD_ADDED,
            owner,
            "required field",
            "are new in",
        ),
        (
            &rules::REQUIRED_FIELD_REMOVED,
            owner,
            "required field",
            "are gone from",
        ),
        (&rules::VALUE_ADDED, owner, "value", "are new in"),
        (&rules::VALUE_REMOVED, owner, "value", "are gone from"),
        (&rules::VARIANT_ADDED, owner, "variant", "are new in"),
        (&rules::VARIANT_REMOVED, owner, "variant", "are gone from"),
        (&rules::SETTER_ADDED, owner, "setter", "are new in"),
        (&rules::ACCESSOR_ADDED, owner, "method", "are new in"),
        (&rules::ACCESSOR_REMOVED, owner, "method", "are gone from"),
    ];
    let mut kinds = kinds.into_iter();
    let found = kinds.find(|(known, ..)| std::ptr::eq(*known, rule))?;
    Some((found.1, found.2, found.3))
}

/// The changes in sentences, the worst first, and else in their order.
pub(super) fn folded<'c>(changes: &[&'c Change]) -> Vec<Line<'c>> {
    let mut lines: Vec<Line<'c>> = Vec::new();
    // Where the line of each kind stands: a large document has tens of thousands of changes.
    let mut known = BTreeMap::new();
    for change in changes {
        let kind = together(change).map(|kind| (kind, change.wire, change.cause));
        let at = kind.map_or(lines.len(), |kind| {
            *known.entry(kind).or_insert(lines.len())
        });
        match lines.get_mut(at) {
            Some(line) => line.changes.push(change),
            None => lines.push(Line {
                sentence: String::new(),
                head: String::new(),
                changes: vec![change],
            }),
        }
    }
    for line in &mut lines {
        let (head, names) = sentence(&line.changes);
        let shown = match (names.is_empty(), line.changes.as_slice()) {
            (true, _) => head.clone(),
            (false, [_]) => format!("{head} The same for {}.", list(&names)),
            (false, _) => format!("{head}: {}.", list(&names)),
        };
        line.sentence = visible(&short(&shown));
        line.head = visible(&short(&head));
    }
    lines.sort_by_key(|line| std::cmp::Reverse((line.rust(), line.wire())));
    lines
}

/// What is said of changes, and the names that it is said of: those of several, or the others that one shows in.
fn sentence<'c>(changes: &[&'c Change]) -> (String, Vec<&'c str>) {
    let Some(first) = changes.first() else {
        return (String::new(), Vec::new());
    };
    let Some((owner, noun, verb)) = together(first).filter(|_| changes.len() > 1) else {
        let also = first.also.iter().map(String::as_str);
        return (first.sentence(), also.collect());
    };
    let names = changes.iter().map(|change| name(change));
    let names = names.collect();
    let owner = if owner.is_empty() {
        String::new()
    } else {
        format!(" `{owner}`")
    };
    let count = counted(changes.len(), noun);
    (format!("{count} {verb}{owner}"), names)
}

/// What a change is called among others of its kind.
pub(super) fn name(change: &Change) -> &str {
    match together(change) {
        None | Some(("", ..)) => &change.item,
        Some(_) => last_part(&change.item),
    }
}

/// Names in a sentence.
fn list(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.len().checked_sub(NAMES) {
        Some(more) if more > 1 => {
            let shown: Vec<String> = names.into_iter().take(NAMES).collect();
            format!("{} and {more} more", shown.join(", "))
        }
        _ => names.join(", "),
    }
}

/// A sentence on one line, without what would move a cursor or turn the order of what is read.
pub(super) fn visible(sentence: &str) -> String {
    let shown = |letter| if is_hidden(letter) { ' ' } else { letter };
    sentence.chars().map(shown).collect()
}

/// A sentence in pieces, and whether each is code: what stands between backticks.
pub(super) fn pieces(sentence: &str) -> impl Iterator<Item = (bool, &str)> {
    let pieces = sentence.split('`').enumerate();
    let pieces = pieces.map(|(at, piece)| (at % 2 == 1, piece));
    pieces.filter(|(_, piece)| !piece.is_empty())
}

/// Where types stand is clear to people.
fn short(sentence: &str) -> String {
    sentence.replace("`types::", "`")
}

#[cfg(test)]
mod tests {
    use super::super::super::change::{Cause, Flow};
    use super::*;
    use crate::tests::is_soon;

    fn change(rule: &'static rules::Rule, owner: &str, name: &str) -> Change {
        Change {
            rule,
            item: format!("{owner}.{name}"),
            owner: owner.to_owned(),
            also: Vec::new(),
            groups: Vec::new(),
            before: String::new(),
            after: String::new(),
            rust: rule.rust,
            wire: Wire::Compatible,
            flow: Flow::Both,
            cause: Cause::Document,
            old_at: String::new(),
            new_at: String::new(),
        }
    }

    #[test]
    fn what_is_of_one_kind_is_one_line_where_the_first_of_it_stands() {
        let mut changes = [
            change(&rules::FIELD_ADDED, "types::A", "one"),
            change(&rules::PATH_CHANGED, "types::A", "path"),
            change(&rules::FIELD_ADDED, "types::B", "one"),
            change(&rules::PATH_CHANGED, "types::A", "path"),
            change(&rules::FIELD_ADDED, "types::A", "two"),
            change(&rules::FIELD_ADDED, "types::A", "three"),
        ];
        for change in &mut changes {
            change.rust = Rust::Minor;
        }
        changes[5].wire = Wire::Risky;
        let changes: Vec<&Change> = changes.iter().collect();
        let lines = folded(&changes);
        let items = lines.iter().map(|line| {
            let changes = line.changes.iter();
            let items = changes.map(|change| change.item.trim_start_matches("types::"));
            items.collect::<Vec<_>>().join(" ")
        });
        assert_eq!(
            items.collect::<Vec<_>>(),
            ["A.three", "A.one A.two", "A.path", "B.one", "A.path"]
        );
    }

    #[test]
    fn many_changes_are_folded_in_no_time() {
        let names: Vec<String> = (0..20_000)
            .map(|number| format!("types::T{number}"))
            .collect();
        let mut changes = Vec::new();
        for name in &names {
            changes.push(change(&rules::PATH_CHANGED, name, "path"));
            changes.push(change(&rules::FIELD_ADDED, name, "one"));
        }
        let changes: Vec<&Change> = changes.iter().collect();
        assert!(is_soon(|| assert_eq!(
            folded(&changes).len(),
            changes.len()
        )));
    }
}
