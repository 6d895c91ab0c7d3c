//! `types/`: a file for each schema with a name.

mod conversion;
mod enums;
mod file;
mod module;
mod structs;
mod unions;

use super::Fault;
use super::index::Index;
use crate::surface::{Crate, File};

/// Every file of `types/`.
pub(super) fn files(krate: &Crate, index: &Index<'_>, files: &mut Vec<File>) -> Result<(), Fault> {
    files.push(module::module(krate));
    for file in &krate.types {
        files.push(file::file(file, krate, index)?);
    }
    Ok(())
}
