//! What the user set: the options, and the file that they come from.

mod calls;
mod nearest;
mod options;
mod package;
mod pointer;
mod profiles;
mod read;
mod selection;
mod table;
#[cfg(test)]
mod tests;
mod types;
mod versions;

pub use calls::{NextPage, Operations, PagedOperation, Paging, Waiter};
pub use nearest::nearest;
pub use options::{
    Config, Docs, Envelope, Environment, Errors, Limits, Names, OAuth, Older, Package, Preview,
    Runtime, Schemas, Spot, Versions,
};
pub use pointer::parse as parse_pointer;
pub use profiles::Profiles;
pub use selection::{PathPattern, Selection};
pub use types::{Dependency, Types};
pub use versions::is_date;
