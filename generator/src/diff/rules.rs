//! The table of rules: what each change is called, what it means, and why.
//!
//! The verdicts are those of the usual case, and the worst there is where a sentence says that it depends.

use super::verdict::{Rust, Wire};

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// What it is called.
    pub code: &'static str,
    /// What happened, for a list of rules.
    pub title: &'static str,
    /// What happened, with `{item}`, `{owner}`, `{before}` and `{after}` to be filled in.
    pub(super) sentence: &'static str,
    /// What it means for code.
    pub rust: Rust,
    /// What it means for a program that runs already and sends the data.
    pub sent: Wire,
    /// What it means for a program that runs already and receives the data.
    pub received: Wire,
    /// Why, in a paragraph.
    pub why: &'static str,
    /// Code before and after, or what a program sees.
    pub example: &'static str,
}

macro_rules! table {
    ($list:ident; $(
        $name:ident = $code:literal $rust:ident $sent:ident $received:ident
        $title:literal $sentence:literal $why:literal $example:literal;
    )*) => {
        $(
            pub(in crate::diff) static $name: Rule = Rule {
                code: $code,
                title: $title,
                sentence: $sentence,
                rust: Rust::$rust,
                sent: Wire::$sent,
                received: Wire::$received,
                why: $why,
                example: $example,
            };
        )*

        pub(super) static $list: &[&Rule] = &[$(&$name),*];
    };
}
mod crates;
mod operations;
mod types;

pub(super) use crates::*;
pub(super) use operations::*;
pub(super) use types::*;

/// All rules, in the order of the table.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let all = [crates::ALL, operations::ALL, types::ALL];
    all.into_iter().flatten().copied()
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.code == code)
}
