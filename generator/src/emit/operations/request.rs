//! The request of an operation: a struct, its setters, and `send`.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::docs::{Docs, link};
use super::super::index::Index;
use super::super::literal::{fixed, word};
use super::super::rust_type;
use super::super::scope::Scope;
use super::table;
use crate::surface::{Answer, BodyKind, Group, Input, Operation, RustType, Style, Target};

pub(super) fn declaration<'a>(
    operation: &'a Operation,
    group: &Group,
    scope: &mut Scope<'a>,
) -> TokenStream {
    let (request, core_field) = (word(&operation.request), core_field(operation));
    let core = scope.runtime("Core");
    let (handle, method) = (&group.ident, &operation.module);
    let docs = scope.docs(Docs::line(format!(
        "The request of {}.",
        link(&format!("{handle}::{method}"))
    )));
    let mut fields = Vec::with_capacity(operation.arguments.len() + operation.options.len());
    for input in &operation.arguments {
        let (name, ty) = (word(&input.ident), rust_type::tokens(&input.ty, scope));
        fields.push(quote!(#name: #ty));
    }
    for input in &operation.options {
        let (name, ty) = (word(&input.ident), rust_type::tokens(&input.ty, scope));
        fields.push(quote!(#name: Option<#ty>));
    }
    quote! {
        #docs
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #request { #core_field: #core, #(#fields,)* }
    }
}

/// The name of the field that holds the client's core: another one where an input has the usual name.
pub(super) fn core_field(operation: &Operation) -> proc_macro2::Ident {
    let mut name = "core".to_owned();
    let taken = |name: &str| {
        operation
            .arguments
            .iter()
            .chain(&operation.options)
            .any(|input| input.ident.as_str() == name)
    };
    while taken(&name) {
        name.push('_');
    }
    fixed(&name)
}

/// The setters of the options, and `send`.
pub(super) fn methods<'a>(
    operation: &'a Operation,
    index: &Index<'a>,
    scope: &mut Scope<'a>,
) -> Vec<TokenStream> {
    let mut methods: Vec<TokenStream> = operation
        .options
        .iter()
        .map(|input| setter(input, index, scope))
        .collect();
    methods.push(send(operation, scope));
    methods
}

fn setter<'a>(input: &'a Input, index: &Index<'a>, scope: &mut Scope<'a>) -> TokenStream {
    let name = word(&input.ident);
    let docs = scope.docs(Docs::of(&input.docs));
    let plain = match &input.ty {
        RustType::Box(inner) => inner,
        ty => ty,
    };
    let ty = rust_type::tokens(plain, scope);
    let converts =
        index.is_made_from_text(plain) || matches!(index.resolve(plain), RustType::Vec(_));
    let (ty, value) = match &input.ty {
        _ if converts => (quote!(impl Into<#ty>), quote!(#name.into())),
        RustType::Box(_) => (ty, quote!(Box::new(#name))),
        _ => (ty, quote!(#name)),
    };
    quote! {
        #docs
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

fn send<'a>(operation: &'a Operation, scope: &mut Scope<'a>) -> TokenStream {
    let (table, core) = (word(&operation.table), core_field(operation));
    let docs = scope.docs(Docs::line("Sends the request.").lines(&operation.answer_docs));
    let (answer, finish) = answer(&operation.answer, scope);
    let call = scope.root("Call");
    let (mut body, mut others) = (
        Vec::new(),
        Vec::with_capacity(operation.arguments.len() + operation.options.len()),
    );
    for (inputs, required) in [(&operation.arguments, true), (&operation.options, false)] {
        for input in inputs {
            let steps = if matches!(input.target, Target::Body(_)) {
                &mut body
            } else {
                &mut others
            };
            steps.push(step(input, required, scope));
        }
    }
    quote! {
        #docs
        pub fn send(self) -> #call<#answer> {
            self.#core.request(&#table) #(.#others)* #(.#body)* .#finish()
        }
    }
}

/// The call that hands an input to the request.
fn step(input: &Input, required: bool, scope: &mut Scope<'_>) -> TokenStream {
    let name = word(&input.ident);
    match &input.target {
        Target::Path { wire } => quote!(path(#wire, &self.#name)),
        Target::Query {
            wire,
            style: Style::FormExploded,
        } => quote!(query(#wire, &self.#name)),
        Target::Query { wire, style } => {
            let style = table::style(*style, scope);
            quote!(query_as(#style, #wire, &self.#name))
        }
        Target::Header {
            wire,
            style: Style::Simple,
        } => quote!(header(#wire, &self.#name)),
        Target::Header { wire, style } => {
            let style = table::style(*style, scope);
            quote!(header_as(#style, #wire, &self.#name))
        }
        // A cookie has one style (OpenAPI 3.0.3, Parameter Object, style).
        Target::Cookie { wire, .. } => quote!(cookie(#wire, &self.#name)),
        Target::Body(kind) => body(*kind, &name, required),
    }
}

fn body(kind: BodyKind, name: &proc_macro2::Ident, required: bool) -> TokenStream {
    match (kind, required) {
        (BodyKind::Json, true) => quote!(json(&self.#name)),
        (BodyKind::Json, false) => quote!(json_if(&self.#name)),
        (BodyKind::Text, true) => quote!(text(self.#name)),
        (BodyKind::Text, false) => quote!(text_if(self.#name)),
        (BodyKind::Form, true) => quote!(form(&self.#name)),
        (BodyKind::Form, false) => quote!(form_if(&self.#name)),
        (BodyKind::Multipart, true) => quote!(multipart(&self.#name)),
        (BodyKind::Multipart, false) => quote!(multipart_if(&self.#name)),
        (BodyKind::Bytes, true) => quote!(bytes(self.#name)),
        (BodyKind::Bytes, false) => quote!(bytes_if(self.#name)),
    }
}

/// The type of the answer, and the call that asks for it.
fn answer<'a>(answer: &'a Answer, scope: &mut Scope<'a>) -> (TokenStream, proc_macro2::Ident) {
    let (ty, finish) = match answer {
        Answer::Empty => (quote!(()), "call_empty"),
        Answer::Json(ty) => (rust_type::tokens(ty, scope), "call"),
        Answer::JsonOrEmpty(ty) => {
            let ty = rust_type::tokens(ty, scope);
            (quote!(Option<#ty>), "call_optional")
        }
        Answer::ByStatus { ident, .. } => {
            let name = word(ident);
            (quote!(#name), "call_answers")
        }
        Answer::Text => (quote!(String), "call_text"),
        Answer::Bytes => (scope.runtime("Bytes"), "call_bytes"),
    };
    (ty, fixed(finish))
}
