//! The method of a group's handle that begins a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::Fault;
use super::super::docs::Docs;
use super::super::index::Index;
use super::super::literal::word;
use super::super::scope::Scope;
use super::super::types::{initializer, parameter};
use super::example;
use super::request::core_field;
use crate::surface::{Crate, Group, Operation};

pub(super) fn handle<'a>(
    operation: &'a Operation,
    group: &'a Group,
    krate: &'a Crate,
    index: &Index<'a>,
    scope: &mut Scope<'a>,
) -> Result<TokenStream, Fault> {
    let handle = scope.parent(&group.ident);
    let (method, request, core) = (
        word(&operation.module),
        word(&operation.request),
        core_field(operation),
    );
    let docs = scope.docs(docs(operation, group, krate, index)?);
    let deprecated = match operation.deprecated.as_deref() {
        Some("") => quote!(#[deprecated]),
        Some(note) => quote!(#[deprecated(note = #note)]),
        None => TokenStream::new(),
    };
    let mut parameters = Vec::with_capacity(operation.arguments.len());
    let mut values = Vec::with_capacity(operation.arguments.len() + operation.options.len());
    for input in &operation.arguments {
        parameters.push(parameter(&input.ident, &input.ty, index, scope));
        values.push(initializer(&input.ident, &input.ty, index));
    }
    for input in &operation.options {
        let name = word(&input.ident);
        values.push(quote!(#name: None));
    }
    Ok(quote! {
        impl #handle {
            #docs
            #deprecated
            pub fn #method(&self #(, #parameters)*) -> #request {
                #request { #core: self.core.clone(), #(#values),* }
            }
        }
    })
}

/// What the document says, what the arguments mean, and an example.
fn docs<'a>(
    operation: &'a Operation,
    group: &Group,
    krate: &Crate,
    index: &Index<'_>,
) -> Result<Docs<'a>, Fault> {
    let mut docs = Docs::of(&operation.docs);
    let explained = operation
        .arguments
        .iter()
        .filter(|input| !input.docs.0.is_empty());
    let mut explained = explained
        .map(|input| (input.ident.plain(), &input.docs))
        .peekable();
    if explained.peek().is_some() {
        docs = docs.paragraph("# Arguments").list(explained);
    }
    example::write(docs, operation, group, krate, index)
}
