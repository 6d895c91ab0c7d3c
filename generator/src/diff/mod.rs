//! What a new document means for those who use the crate: two surfaces compared, with two verdicts for each change.
//!
//! Both sides are an [`Outline`]: the public surface as a flat list of entries, made from a crate to be ([`Outline::of`]) or read
//! from a `surface.lock` ([`Outline::read`]). [`compare()`] knows nothing else, so a saved surface gives the verdicts of its
//! document. What can be said of a change stands in one table ([`rules()`]).

mod cause;
mod change;
mod collect;
mod compare;
mod consumer;
mod line;
mod outline;
pub mod report;
mod rules;
#[cfg(test)]
mod tests;
mod verdict;

pub use change::{Cause, Change, Comparison, Flow, Making};
pub use compare::compare;
pub use consumer::{Consumer, Finding, FromCargo, Join, Spot, Whose};
pub use line::NotASurface;
pub use outline::{Entry, Kind, Outline};
pub use rules::{Rule, rule, rules};
pub use verdict::{Rust, Version, Wire};

/// The name of a saved surface, beside the manifest of its crate.
pub const LOCK: &str = "surface.lock";
