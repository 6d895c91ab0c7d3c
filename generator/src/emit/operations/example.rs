//! The example of an operation, which is compiled as a test of the generated crate.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::docs::Docs;
use super::super::index::Index;
use super::super::literal::{fixed, word};
use super::super::rust_type::{self, text};
use super::super::scope::Scope;
use super::super::source::layout;
use super::super::{Fault, Ident};
use crate::surface::{Answer, Crate, ExampleValue, Group, Operation, RustType};

/// Adds the example to the documentation.
pub(super) fn write<'d>(
    docs: Docs<'d>,
    operation: &Operation,
    group: &Group,
    krate: &Crate,
    index: &Index<'_>,
) -> Result<Docs<'d>, Fault> {
    let mut example = Example::new(operation, index);
    let call = example.call(operation, group);
    let given = example.parameters(&krate.package.library);
    let uses = example.uses(&krate.package.library);

    let library = &krate.package.library;
    let mut docs = docs.paragraph("# Examples").paragraph("```no_run");
    if !uses.is_empty() {
        uses.into_iter().for_each(|line| docs.push(line));
        docs.push("");
    }
    docs.push(format!(
        "# async fn example(client: {library}::Client{given})"
    ));
    docs.push(format!("# -> Result<(), {library}::Error> {{"));
    // A function of its own lays the statement out; what is shown are its lines, one level up.
    let shown = layout(
        operation.request.as_str(),
        quote!(async fn example() { #call }),
    )?;
    for line in shown.lines().filter_map(|line| line.strip_prefix("    ")) {
        docs.push(line.to_owned());
    }
    for line in ["# Ok(())", "# }", "```"] {
        docs.push(line);
    }
    Ok(docs)
}

/// What an example uses.
struct Example<'a> {
    index: &'a Index<'a>,
    /// Types of the crate.
    types: BTreeSet<&'a Ident>,
    /// Types that the crate's root has from the runtime.
    runtime: BTreeSet<&'static str>,
    /// Values that the example takes as parameters.
    given: Vec<(String, &'a RustType)>,
}

impl<'a> Example<'a> {
    fn new(operation: &'a Operation, index: &'a Index<'a>) -> Self {
        let mut types = BTreeSet::new();
        operation
            .example
            .iter()
            .for_each(|value| named(value, &mut types));
        Self {
            index,
            types,
            runtime: BTreeSet::new(),
            given: Vec::new(),
        }
    }

    /// The statement that makes the call.
    fn call(&mut self, operation: &'a Operation, group: &Group) -> TokenStream {
        let mut arguments = Vec::with_capacity(operation.example.len());
        for (position, value) in operation.example.iter().enumerate() {
            let name = operation
                .arguments
                .get(position)
                .map(|input| input.ident.as_str());
            arguments.push(self.value(value, name, true));
        }
        let (handle, method) = (word(&group.module), word(&operation.module));
        let call = quote!(client.#handle().#method(#(#arguments),*).send().await?);
        match operation.answer {
            Answer::Empty => quote!(#call;),
            _ => quote!(let answer = #call;),
        }
    }

    /// A value. As an argument, text may stand for whatever is made from it.
    fn value(
        &mut self,
        value: &'a ExampleValue,
        name: Option<&str>,
        argument: bool,
    ) -> TokenStream {
        match value {
            ExampleValue::Text(text) if argument => quote!(#text),
            ExampleValue::Text(text) => quote!(String::from(#text)),
            ExampleValue::Bool(flag) => quote!(#flag),
            ExampleValue::Integer(number) => integer(*number),
            ExampleValue::Float(number) => float(*number),
            ExampleValue::List(items) => {
                let items = items.iter().map(|item| self.value(item, None, false));
                let items: Vec<TokenStream> = items.collect();
                quote!(vec![#(#items),*])
            }
            ExampleValue::FromText(ty, text) => {
                let ty = self.runtime(ty);
                quote!(#ty::from(#text))
            }
            ExampleValue::New(ident, values) => {
                let ty = word(ident);
                let values = values.iter().map(|value| self.value(value, None, true));
                let values: Vec<TokenStream> = values.collect();
                quote!(#ty::new(#(#values),*))
            }
            ExampleValue::Value(ident, variant) => {
                let (ty, variant) = (word(ident), word(variant));
                quote!(#ty::#variant)
            }
            ExampleValue::Variant(ident, variant, inner) => {
                let boxed = self.is_boxed(ident, variant);
                let (ty, variant) = (word(ident), word(variant));
                let inner = self.value(inner, None, false);
                if boxed {
                    quote!(#ty::#variant(Box::new(#inner)))
                } else {
                    quote!(#ty::#variant(#inner))
                }
            }
            ExampleValue::Given(ty) => self.parameter(name, ty),
        }
    }

    /// Whether a union's variant holds a box.
    fn is_boxed(&self, union: &Ident, variant: &Ident) -> bool {
        let union = self.index.union(union);
        union.is_some_and(|union| {
            let is_boxed = |ty: &RustType| matches!(ty, RustType::Box(_));
            union
                .variants
                .iter()
                .any(|other| other.ident == *variant && is_boxed(&other.ty))
        })
    }

    /// A type that is made from text.
    fn runtime(&mut self, ty: &RustType) -> TokenStream {
        let name = match ty {
            RustType::Timestamp => "Timestamp",
            RustType::Date => "Date",
            RustType::Uuid => "Uuid",
            RustType::Base64 => "Base64",
            RustType::Bytes => "Bytes",
            _ => return quote!(String),
        };
        self.runtime.insert(name);
        let token = fixed(name);
        if self.is_type(name) {
            quote!(client_runtime::#token)
        } else {
            quote!(#token)
        }
    }

    fn is_type(&self, name: &str) -> bool {
        self.types.iter().any(|ident| ident.as_str() == name)
    }

    /// A value that the example takes as a parameter, named as the argument that it is for.
    fn parameter(&mut self, name: Option<&str>, ty: &'a RustType) -> TokenStream {
        let mut name = name.unwrap_or("value").to_owned();
        while name == "client" || self.given.iter().any(|(taken, _)| *taken == name) {
            name.push('_');
        }
        let token = match name.strip_prefix("r#") {
            Some(plain) => proc_macro2::Ident::new_raw(plain, proc_macro2::Span::call_site()),
            None => fixed(&name),
        };
        self.given.push((name, ty));
        quote!(#token)
    }

    /// The parameters of the example's function, behind the client.
    fn parameters(&self, library: &Ident) -> String {
        let parameter =
            |(name, ty): &(String, &RustType)| format!(", {name}: {}", in_full(ty, library));
        self.given.iter().map(parameter).collect()
    }

    /// The `use` lines that the example shows.
    fn uses(&self, library: &Ident) -> Vec<String> {
        let (full, short): (Vec<&str>, Vec<&str>) =
            self.runtime.iter().partition(|name| self.is_type(name));
        let types: Vec<&str> = self.types.iter().map(|ident| ident.as_str()).collect();
        let mut lines = Vec::new();
        let mut add = |path: String, names: &[&str]| match names {
            [] => {}
            [one] => lines.push(format!("use {path}::{one};")),
            names => lines.push(format!("use {path}::{{{}}};", names.join(", "))),
        };
        add(library.to_string(), &short);
        add(format!("{library}::types"), &types);
        if !full.is_empty() {
            lines.push(format!("use {library}::client_runtime;"));
        }
        lines
    }
}

/// The types of the crate that a value names.
fn named<'a>(value: &'a ExampleValue, types: &mut BTreeSet<&'a Ident>) {
    match value {
        ExampleValue::List(values) => values.iter().for_each(|value| named(value, types)),
        ExampleValue::New(ident, values) => {
            types.insert(ident);
            values.iter().for_each(|value| named(value, types));
        }
        ExampleValue::Value(ident, _) => {
            types.insert(ident);
        }
        ExampleValue::Variant(ident, _, inner) => {
            types.insert(ident);
            named(inner, types);
        }
        _ => {}
    }
}

/// A type, spelled so that it needs no `use` line.
fn in_full(ty: &RustType, library: &Ident) -> String {
    match ty {
        RustType::Vec(inner) => format!("Vec<{}>", in_full(inner, library)),
        RustType::Option(inner) => format!("Option<{}>", in_full(inner, library)),
        // An argument is given without its box.
        RustType::Box(inner) => in_full(inner, library),
        RustType::Map(inner) => format!(
            "std::collections::BTreeMap<String, {}>",
            in_full(inner, library)
        ),
        RustType::Named(ident) => format!("{library}::types::{ident}"),
        plain => {
            let mut scope = Scope::of_file([], []);
            let spelled = text(rust_type::tokens(plain, &mut scope));
            if scope.uses().is_empty() {
                spelled
            } else {
                format!("{library}::client_runtime::{spelled}")
            }
        }
    }
}

fn integer(number: i64) -> TokenStream {
    let digits = Literal::u64_unsuffixed(number.unsigned_abs());
    if number < 0 {
        quote!(-#digits)
    } else {
        quote!(#digits)
    }
}

/// JSON has no infinity and no NaN; a literal of one would be no literal.
fn float(number: f64) -> TokenStream {
    if !number.is_finite() {
        return quote!(f64::NAN);
    }
    let digits = Literal::f64_unsuffixed(number.abs());
    if number.is_sign_negative() {
        quote!(-#digits)
    } else {
        quote!(#digits)
    }
}
