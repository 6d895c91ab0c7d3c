//! From the crate to be to Rust.
//!
//! Types and operations are written as lines of text, from checked identifiers and escaped literals only: most of them are tables
//! (`object!` and its like), whose layout is ours. Other items are built with `quote`, parsed once, and laid out by `prettyplease`, one
//! at a time.

mod client;
mod credentials;
mod docs;
mod error;
mod index;
mod library;
mod lists;
mod literal;
mod operations;
mod rust_type;
mod scope;
mod servers;
mod source;
mod types;

#[cfg(test)]
mod tests;

use std::fmt;

use crate::names::Ident;
use crate::surface::{Crate, File};
use crate::threads;
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
    // They take about the same time, and know nothing of each other.
    let (types, operations) = threads::both(
        || type_files(krate, &index),
        || operation_files(krate, &index),
    );
    files.extend(types?);
    files.extend(operations);
    Ok(files)
}

fn type_files(krate: &Crate, index: &Index<'_>) -> Result<Vec<File>, Fault> {
    let mut files = Vec::new();
    types::files(krate, index, &mut files)?;
    Ok(files)
}

fn operation_files(krate: &Crate, index: &Index<'_>) -> Vec<File> {
    let mut files = Vec::new();
    operations::files(krate, index, &mut files);
    files
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
