//! What names mean in one file, and the `use` lines that make them mean it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

use super::{Ident, lists};

/// Where a name is imported from, in the order of the `use` lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Root {
    Collections,
    Runtime,
    Super,
    Crate,
    Types,
}

impl Root {
    fn path(self) -> &'static str {
        match self {
            Self::Collections => "std::collections",
            Self::Runtime => "client_runtime",
            Self::Super => "super",
            Self::Crate => "crate",
            Self::Types => "crate::types",
        }
    }
}

/// What names mean in one file.
///
/// The file's own items keep their names. Then come the crate's types; one that is named as an item of the file is written
/// `types::Name`. Names of the runtime and of std give way to both and are written in full where they clash.
pub(super) struct Scope<'a> {
    own: BTreeSet<&'a str>,
    used: BTreeSet<&'a str>,
    types: Root,
    imports: BTreeMap<Root, BTreeSet<&'a str>>,
}

/// A name as it is written in a file: alone, or with the module that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<'a> {
    module: Option<&'static str>,
    name: &'a str,
}

impl<'a> Name<'a> {
    fn bare(name: &'a str) -> Self {
        Self { module: None, name }
    }

    fn below(module: &'static str, name: &'a str) -> Self {
        let module = Some(module);
        Self { module, name }
    }

    /// Adds the name to code.
    pub(super) fn write(self, code: &mut String) {
        if let Some(module) = self.module {
            code.push_str(module);
            code.push_str("::");
        }
        code.push_str(self.name);
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut code = String::new();
        self.write(&mut code);
        f.write_str(&code)
    }
}

impl ToTokens for Name<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let word = |text: &str| proc_macro2::Ident::new(text, Span::call_site());
        if let Some(module) = self.module {
            let module = word(module);
            tokens.extend(quote!(#module::));
        }
        match self.name.strip_prefix("r#") {
            Some(plain) => proc_macro2::Ident::new_raw(plain, Span::call_site()).to_tokens(tokens),
            None => word(self.name).to_tokens(tokens),
        }
    }
}

impl<'a> Scope<'a> {
    /// A file in `types/` that declares `own` and uses `used`.
    pub(super) fn of_types(
        own: impl IntoIterator<Item = &'a str>,
        used: impl IntoIterator<Item = &'a Ident>,
    ) -> Self {
        Self::new(own, used, Root::Super)
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
        }
    }

    /// A type of this crate.
    pub(super) fn type_name(&mut self, ident: &'a Ident) -> Name<'a> {
        let name = ident.as_str();
        if !self.own.contains(name) {
            self.import(self.types, name);
        } else if self.types == Root::Types {
            self.import(Root::Types, "self");
            return Name::below("types", name);
        }
        Name::bare(name)
    }

    /// An item of the runtime.
    pub(super) fn runtime_name(&mut self, name: &'static str) -> Name<'a> {
        if self.is_taken(name) {
            return Name::below("client_runtime", name);
        }
        self.import(Root::Runtime, name);
        Name::bare(name)
    }

    /// A macro of the runtime: macros share no names with types.
    pub(super) fn table(&mut self, name: &'static str) -> &'static str {
        self.import(Root::Runtime, name);
        name
    }

    /// `BTreeMap`.
    pub(super) fn map_name(&mut self) -> Name<'a> {
        if self.is_taken("BTreeMap") {
            return Name::below("std::collections", "BTreeMap");
        }
        self.import(Root::Collections, "BTreeMap");
        Name::bare("BTreeMap")
    }

    /// An item of the crate's root.
    pub(super) fn root_name(&mut self, name: &'static str) -> Name<'a> {
        if self.is_taken(name) {
            return Name::below("crate", name);
        }
        self.import(Root::Crate, name);
        Name::bare(name)
    }

    /// An item of the module above, which the file counts among its own.
    pub(super) fn parent_name(&mut self, ident: &'a Ident) -> Name<'a> {
        self.import(Root::Super, ident.as_str());
        Name::bare(ident.as_str())
    }

    fn is_taken(&self, name: &str) -> bool {
        self.own.contains(name) || self.used.contains(name)
    }

    fn import(&mut self, root: Root, name: &'a str) {
        self.imports.entry(root).or_default().insert(name);
    }

    /// The `use` lines.
    pub(super) fn uses(&self) -> String {
        let joined = self.crate_and_types();
        let mut text = String::new();
        for (root, names) in &self.imports {
            match (root, &joined) {
                (Root::Crate, Some(line)) => text.push_str(line),
                (Root::Types, Some(_)) => {}
                _ => write_use(&mut text, root.path(), names),
            }
        }
        text
    }

    /// What comes from the crate's root and the one type that the file uses, on one line. Of several types the list would
    /// be broken over lines, as rustfmt has it, and nothing gained.
    fn crate_and_types(&self) -> Option<String> {
        let mut types = self.imports.get(&Root::Types)?.iter();
        let (Some(name), None) = (types.next().filter(|name| **name != "self"), types.next())
        else {
            return None;
        };
        let names: Vec<&str> = self.imports.get(&Root::Crate)?.iter().copied().collect();
        let line = format!("use crate::{{{}, types::{name}}};", names.join(", "));
        (line.len() <= lists::WIDTH).then(|| line + "\n")
    }
}

/// One `use` line, broken where it is too long.
fn write_use(text: &mut String, path: &str, names: &BTreeSet<&str>) {
    if names.len() == 1 && names.contains("self") {
        return text.push_str(&format!("use {path};\n"));
    }
    // `self` stands first, as rustfmt has it.
    let (first, others): (Vec<&str>, Vec<&str>) =
        names.iter().copied().partition(|name| *name == "self");
    lists::braced(
        &format!("use {path}::"),
        &[first, others].concat(),
        "",
        text,
    );
}
