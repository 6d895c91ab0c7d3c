//! From the crate to be to Rust.
//!
//! Plain items are built with `quote`, parsed once, and laid out by `prettyplease`, one at a time. The tables (`object!` and its like) are
//! written as lines of text, from checked identifiers and escaped literals only, because `prettyplease` does not lay out macro calls.

mod client;
mod docs;
mod error;
mod index;
mod library;
mod literal;
mod operations;
mod rust_type;
mod scope;
mod source;
mod types;

#[cfg(test)]
mod tests;

use std::fmt;

use crate::names::Ident;
use crate::surface::{Crate, File};
use index::Index;

/// The Rust files of a crate, in the order of its modules.
///
/// # Errors
///
/// Where an item's code does not parse: a fault of the generator, not of its input.
pub fn emit(krate: &Crate) -> Result<Vec<File>, Fault> {
    let index = Index::new(krate);
    let mut files = vec![
        library::library(krate)?,
        client::client(krate)?,
        error::error(krate)?,
    ];
    types::files(krate, &index, &mut files)?;
    operations::files(krate, &index, &mut files)?;
    Ok(files)
}

/// An item whose code does not parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    item: String,
    reason: String,
}

impl Fault {
    fn new(item: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            item: item.into(),
            reason: reason.into(),
        }
    }

    /// The item, by its name in the generated crate.
    pub fn item(&self) -> &str {
        &self.item
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { item, reason } = self;
        write!(
            f,
            "internal fault: no code could be written for `{item}`: {reason}"
        )
    }
}

impl std::error::Error for Fault {}
