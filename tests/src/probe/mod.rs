//! What a program that depends on a generated crate may do with it, and whether it still compiles against another one.
//!
//! [`uses`] lists, from the surface of a crate, everything that can be done with its public items, as far as semantic versioning
//! lets a program rely on it: it makes values with `new`, reads and writes fields, calls methods with arguments of every form,
//! matches with an arm for the rest, imports nothing by `*`, and leaves no type to be inferred. [`Batch`] compiles such programs
//! against the crate that they were made for, and against another one. It knows nothing of the verdicts of `diff`, which are
//! held against what the compiler says.

pub mod batch;
pub mod mutate;
mod operations;
mod service;
mod side;
mod spelling;
mod trials;
mod types;
mod verdict;

use std::collections::BTreeSet;

pub use batch::{Batch, Checked, Pair};
pub use side::Side;
pub use trials::{Case, Trial, trials};
pub use verdict::{Doubt, doubts, unexplained};

use self::spelling::Spelling;
use atlas_codegen::surface::{Crate, Feature};

/// One thing that a program does with a crate, which it calls `api`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// What it is about: `types::Team.size`, `operations::teams::list_teams`.
    pub item: String,
    /// The features behind any of which it can be done; none means always.
    pub gate: Vec<String>,
    /// Items of Rust, on one line.
    pub code: String,
}

impl Use {
    /// Whether it can be done with one feature alone.
    pub fn is_under(&self, feature: &str) -> bool {
        self.gate.is_empty() || self.gate.iter().any(|known| known == feature)
    }

    /// The paths into the crate that it spells, as far as an import of them can go: a variant or a method belongs to its type.
    #[must_use]
    pub fn paths(&self) -> BTreeSet<String> {
        let found = self.code.match_indices(ROOT).filter_map(|(at, root)| {
            let (before, spelled) = self.code.split_at_checked(at)?;
            // A module inside the crate may have the crate's name.
            let is_inside = before.ends_with(is_of_path);
            (!is_inside).then(|| path(spelled.strip_prefix(root)?))?
        });
        found.collect()
    }

    /// The names of the crate that it needs.
    pub fn names(&self) -> BTreeSet<&str> {
        words(&self.item).chain(words(&self.code)).collect()
    }
}

/// What every path into the crate begins with.
const ROOT: &str = "::api::";

/// The path that a text behind [`ROOT`] begins with: what stands at the root, in a module, or in one of the modules of operations.
fn path(text: &str) -> Option<String> {
    let end = text.find(|c| !is_of_path(c)).unwrap_or(text.len());
    let parts: Vec<&str> = text.get(..end)?.split("::").collect();
    let depth = match *parts.first()? {
        "operations" => 3,
        "types" | "client_runtime" => 2,
        _ => 1,
    };
    Some(format!("{ROOT}{}", parts.get(..depth)?.join("::")))
}

fn is_of_path(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '#' | ':')
}

/// The identifiers in a text.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    words.filter(|word| !word.is_empty())
}

/// All that can be done with a crate.
#[must_use]
pub fn uses(krate: &Crate) -> Vec<Use> {
    let mut uses = Uses {
        spelling: Spelling::new(krate),
        list: Vec::new(),
        gate: Vec::new(),
    };
    service::collect(krate, &mut uses);
    operations::collect(krate, &mut uses);
    for file in &krate.types {
        uses.gate = names(&file.gate.0);
        for item in &file.types {
            types::collect(item, &mut uses);
        }
    }
    uses.list
}

/// The text of a program that does all of it, each on a line of its own; the first stands on line [`FIRST_LINE`].
#[must_use]
pub fn program(uses: &[&Use]) -> String {
    lines(uses.iter().map(|one| one.code.clone()))
}

/// The text of a program that imports each of the paths, on lines as those of [`program`].
#[must_use]
pub fn imports(paths: &BTreeSet<String>) -> String {
    lines(paths.iter().map(|path| format!("use {path};")))
}

fn lines(items: impl Iterator<Item = String>) -> String {
    let mut text = String::from("#![allow(warnings)]\nfn any<T>() -> T { loop {} }\n");
    for item in items {
        text.push_str(&format!("const _: () = {{ {item} }};\n"));
    }
    text
}

/// The line on which the first use stands, from 1.
pub const FIRST_LINE: usize = 3;

/// What is collected, and for which features.
struct Uses<'a> {
    spelling: Spelling<'a>,
    list: Vec<Use>,
    gate: Vec<String>,
}

impl Uses<'_> {
    fn push(&mut self, item: impl Into<String>, code: String) {
        self.list.push(Use {
            item: item.into(),
            gate: self.gate.clone(),
            code,
        });
    }
}

fn names(features: &[Feature]) -> Vec<String> {
    features.iter().map(|Feature(name)| name.clone()).collect()
}
