//! Two surfaces, compared: what stands in both is matched first, renames among the rest are found, and then each pair is
//! compared in the names of the new side, so that a rename is told of once and nothing follows from it.

mod answers;
mod fields;
mod groups;
mod inputs;
mod merge;
mod operations;
mod pairs;
mod plain;
mod same;
mod service;
mod side;
mod similar;
mod spelling;
mod types;
mod unions;
mod untold;
mod wire;

pub(super) use self::operations::method_name;
use self::pairs::Pairs;
use self::side::Side;
use super::change::{Cause, Change, Comparison, Flow};
use super::outline::{Entry, Outline};
use super::rules::Rule;
use super::verdict::{Rust, Wire};
use crate::threads;

/// All that differs between two surfaces.
pub fn compare(old: &Outline, new: &Outline) -> Comparison {
    if old.entries() == new.entries() {
        return Comparison::default();
    }
    let (old, new) = threads::both(|| Side::of(old), || Side::of(new));
    let pairs = Pairs::find(&old, &new);
    let part = |look: &dyn Fn(&mut Compare<'_, '_>)| {
        let mut compare = Compare {
            old: &old,
            new: &new,
            pairs: &pairs,
            changes: Vec::new(),
        };
        look(&mut compare);
        compare.changes
    };
    let (types, mut changes) = threads::both(
        || part(&|compare| compare.types()),
        || {
            part(&|compare| {
                compare.service();
                compare.groups();
                compare.operations();
            })
        },
    );
    changes.extend(types);
    Comparison {
        changes: merge::merged(changes),
    }
}

/// A comparison under way.
struct Compare<'s, 'a> {
    old: &'s Side<'a>,
    new: &'s Side<'a>,
    pairs: &'s Pairs<'a>,
    changes: Vec<Change>,
}

/// What is to be said of a change; the rule's verdicts hold where none is given.
struct Finding<'f> {
    rule: &'static Rule,
    /// How a user names it.
    item: String,
    /// The type or operation that it belongs to, in the same way.
    owner: String,
    groups: Vec<String>,
    before: String,
    after: String,
    old: Option<&'f Entry>,
    new: Option<&'f Entry>,
    flow: Flow,
    rust: Option<Rust>,
    wire: Option<Wire>,
}

impl Finding<'_> {
    fn of(rule: &'static Rule, item: impl Into<String>) -> Self {
        let item = item.into();
        Self {
            rule,
            owner: item.clone(),
            item,
            groups: Vec::new(),
            before: String::new(),
            after: String::new(),
            old: None,
            new: None,
            flow: Flow::Both,
            rust: None,
            wire: None,
        }
    }
}

impl Compare<'_, '_> {
    fn push(&mut self, finding: Finding<'_>) {
        let Finding {
            rule,
            item,
            owner,
            groups,
            before,
            after,
            old,
            new,
            flow,
            rust,
            wire,
        } = finding;
        let at = |entry: Option<&Entry>| entry.map_or(String::new(), |entry| entry.at().to_owned());
        self.changes.push(Change {
            rule,
            item,
            owner,
            also: Vec::new(),
            groups,
            before,
            after,
            rust: rust.unwrap_or(rule.rust),
            wire: wire.unwrap_or_else(|| flow.worst(rule.sent, rule.received)),
            flow,
            cause: Cause::default(),
            old_at: at(old),
            new_at: at(new),
        });
    }
}
