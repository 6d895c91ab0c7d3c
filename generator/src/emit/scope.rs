//! What names mean in one file, and the `use` lines that make them mean it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::Ident;
use super::docs::{Docs, Shelf};
use super::literal::{fixed, word};

/// The longest line that is written.
const WIDTH: usize = 100;

/// Where a name is imported from, in the order of the `use` lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Root {
    Collections,
    Segment,
    Runtime,
    Super,
    Crate,
    Types,
}

impl Root {
    fn path(self) -> &'static str {
        match self {
            Self::Collections => "std::collections",
            Self::Segment => "client_runtime::Segment",
            Self::Runtime => "client_runtime",
            Self::Super => "super",
            Self::Crate => "crate",
            Self::Types => "crate::types",
        }
    }

    /// Roots of one block are written together, blocks apart.
    fn block(self) -> u8 {
        match self {
            Self::Collections => 0,
            Self::Segment | Self::Runtime => 1,
            Self::Super | Self::Crate | Self::Types => 2,
        }
    }
}

/// What names mean in one file, and what its items' documentation is.
///
/// The file's own items keep their names. Then come the crate's types; one that is named as an item of the file is written
/// `types::Name`. Names of the runtime and of std give way to both and are written in full where they clash.
pub(super) struct Scope<'a> {
    own: BTreeSet<&'a str>,
    used: BTreeSet<&'a str>,
    types: Root,
    imports: BTreeMap<Root, BTreeSet<&'a str>>,
    shelf: Shelf<'a>,
}

impl<'a> Scope<'a> {
    /// A file in `types/` that declares `own` and uses `used`.
    pub(super) fn of_type(own: &'a Ident, used: impl IntoIterator<Item = &'a Ident>) -> Self {
        Self::new([own.as_str()], used, Root::Super)
    }

    /// Any other file, that declares `own` and uses `used`.
    pub(super) fn of_file(
        own: impl IntoIterator<Item = &'a str>,
        used: impl IntoIterator<Item = &'a Ident>,
    ) -> Self {
        Self::new(own, used, Root::Types)
    }

    fn new(
        own: impl IntoIterator<Item = &'a str>,
        used: impl IntoIterator<Item = &'a Ident>,
        types: Root,
    ) -> Self {
        Self {
            own: own.into_iter().collect(),
            used: used.into_iter().map(Ident::as_str).collect(),
            types,
            imports: BTreeMap::new(),
            shelf: Shelf::default(),
        }
    }

    /// A type of this crate.
    pub(super) fn named(&mut self, ident: &'a Ident) -> TokenStream {
        let name = word(ident);
        if !self.own.contains(ident.as_str()) {
            self.import(self.types, ident.as_str());
        } else if self.types == Root::Types {
            self.import(Root::Types, "self");
            return quote!(types::#name);
        }
        quote!(#name)
    }

    /// An item of the runtime.
    pub(super) fn runtime(&mut self, name: &'static str) -> TokenStream {
        let token = fixed(name);
        if self.is_taken(name) {
            return quote!(client_runtime::#token);
        }
        self.import(Root::Runtime, name);
        quote!(#token)
    }

    /// A macro of the runtime: macros share no names with types.
    pub(super) fn table(&mut self, name: &'static str) -> &'static str {
        self.import(Root::Runtime, name);
        name
    }

    /// A variant of the runtime's `Segment`.
    pub(super) fn segment(&mut self, name: &'static str) -> TokenStream {
        let token = fixed(name);
        if self.is_taken(name) {
            let segment = self.runtime("Segment");
            return quote!(#segment::#token);
        }
        self.import(Root::Segment, name);
        quote!(#token)
    }

    /// `BTreeMap`.
    pub(super) fn map(&mut self) -> TokenStream {
        if self.is_taken("BTreeMap") {
            return quote!(std::collections::BTreeMap);
        }
        self.import(Root::Collections, "BTreeMap");
        quote!(BTreeMap)
    }

    /// An item of the crate's root.
    pub(super) fn root(&mut self, name: &'static str) -> TokenStream {
        let token = fixed(name);
        if self.is_taken(name) {
            return quote!(crate::#token);
        }
        self.import(Root::Crate, name);
        quote!(#token)
    }

    /// An item of the module above, which the file counts among its own.
    pub(super) fn parent(&mut self, ident: &'a Ident) -> TokenStream {
        self.import(Root::Super, ident.as_str());
        let name = word(ident);
        quote!(#name)
    }

    fn is_taken(&self, name: &str) -> bool {
        self.own.contains(name) || self.used.contains(name)
    }

    fn import(&mut self, root: Root, name: &'a str) {
        self.imports.entry(root).or_default().insert(name);
    }

    /// The documentation of an item.
    pub(super) fn docs(&mut self, docs: Docs<'a>) -> TokenStream {
        self.shelf.put(docs)
    }

    /// The code of the file with its documentation.
    pub(super) fn fill(&self, code: &str) -> String {
        self.shelf.fill(code)
    }

    /// The `use` lines, in blocks with an empty line between.
    pub(super) fn uses(&self) -> String {
        let mut text = String::new();
        let mut block = None;
        for (root, names) in &self.imports {
            if block.is_some_and(|block| block != root.block()) {
                text.push('\n');
            }
            block = Some(root.block());
            write_use(&mut text, root.path(), names);
        }
        text
    }
}

/// One `use` line, broken where it is too long.
fn write_use(text: &mut String, path: &str, names: &BTreeSet<&str>) {
    let list: Vec<&str> = names.iter().copied().collect();
    match list.as_slice() {
        ["self"] => return text.push_str(&format!("use {path};\n")),
        [one] => return text.push_str(&format!("use {path}::{one};\n")),
        _ => {}
    }
    // `self` stands first, as rustfmt has it.
    let (first, others): (Vec<&str>, Vec<&str>) =
        list.into_iter().partition(|name| *name == "self");
    let list = [first, others].concat();
    let line = format!("use {path}::{{{}}};\n", list.join(", "));
    if line.len() <= WIDTH + 1 {
        return text.push_str(&line);
    }
    text.push_str(&format!("use {path}::{{\n"));
    let mut line = String::from("   ");
    for name in list {
        if line.len() + name.len() + 2 > WIDTH {
            text.push_str(&line);
            text.push('\n');
            line.truncate(3);
        }
        line.push(' ');
        line.push_str(name);
        line.push(',');
    }
    text.push_str(&line);
    text.push_str("\n};\n");
}
