//! The parameters of an operation that could ask for a page.

use super::names;
use crate::ir::{Location, Operation, Parameter, TypeRef};

/// The query parameters that could ask for a page.
#[derive(Default)]
pub(super) struct Asked<'a> {
    /// The one with the number of the page.
    pub(super) number: Option<&'a Parameter>,
    /// The one with the number of the elements before.
    pub(super) offset: Option<&'a Parameter>,
    /// Those that say where to go on, by name.
    pub(super) cursors: Vec<&'a str>,
    /// Whether there is one with how many elements are wanted.
    pub(super) limit: bool,
}

impl<'a> Asked<'a> {
    pub(super) fn of(operation: &'a Operation) -> Self {
        let mut asked = Self::default();
        let of_query = |parameter: &&Parameter| parameter.location == Location::Query;
        for parameter in operation.parameters.iter().filter(of_query) {
            let name = names::squashed(&parameter.wire);
            let is = |list: &[&str]| list.contains(&name.as_str());
            match parameter.ty {
                TypeRef::Int32 | TypeRef::Int64 | TypeRef::Uint64 => {
                    if is(&names::NUMBERS) {
                        asked.number = Some(parameter);
                    } else if is(&names::OFFSETS) {
                        asked.offset = Some(parameter);
                    }
                    asked.limit |= is(&names::LIMITS);
                }
                TypeRef::Text | TypeRef::Uuid if names::is_cursor(&name) => {
                    asked.cursors.push(&parameter.wire);
                }
                _ => {}
            }
        }
        asked
    }

    /// Whether a page can be asked for.
    pub(super) fn is_paged(&self) -> bool {
        self.limit || self.number.is_some() || self.offset.is_some() || !self.cursors.is_empty()
    }
}
