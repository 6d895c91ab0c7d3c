//! Operations that end.

use super::super::compare::method_name;
use super::super::outline::{Kind, Outline};
use super::Sunset;

/// The operations that have ended or end within so many days, by their days. `left` says how many days are left to a day
/// `YYYY-MM-DD`; none where there is no such day.
pub fn sunsets(
    outline: &Outline,
    days: u32,
    left: impl Fn(&str) -> Option<i64>,
) -> Vec<Sunset<'_>> {
    let operations = outline
        .entries()
        .iter()
        .filter(|entry| entry.kind == Kind::Operation);
    let ending = operations.filter_map(|entry| {
        let day = entry.fact("sunset");
        let left = left(day).filter(|left| *left <= i64::from(days))?;
        Some(Sunset {
            operation: method_name(entry),
            day,
            has_passed: left <= 0,
            at: entry.at(),
        })
    });
    let mut sunsets: Vec<Sunset<'_>> = ending.collect();
    sunsets.sort_by(|left, right| (left.day, &left.operation).cmp(&(right.day, &right.operation)));
    sunsets
}
