//! Types as tokens.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::Ident;
use super::scope::Scope;
use crate::surface::{FieldPresence, RustType};

/// Calls `visit` with each type of this crate that `ty` names.
pub(super) fn named<'a>(ty: &'a RustType, visit: &mut impl FnMut(&'a Ident)) {
    match ty {
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Box(inner) => {
            named(inner, visit);
        }
        RustType::Named(ident) => visit(ident),
        _ => {}
    }
}

/// A type, as it is written in this scope.
pub(super) fn tokens<'a>(ty: &'a RustType, scope: &mut Scope<'a>) -> TokenStream {
    match ty {
        RustType::Bool => quote!(bool),
        RustType::I32 => quote!(i32),
        RustType::I64 => quote!(i64),
        RustType::U64 => quote!(u64),
        RustType::F64 => quote!(f64),
        RustType::String => quote!(String),
        RustType::Timestamp => scope.runtime("Timestamp"),
        RustType::Date => scope.runtime("Date"),
        RustType::Uuid => scope.runtime("Uuid"),
        RustType::Base64 => scope.runtime("Base64"),
        RustType::Bytes => scope.runtime("Bytes"),
        RustType::Json => scope.runtime("Value"),
        RustType::Vec(inner) => wrapped(&quote!(Vec), inner, scope),
        RustType::Option(inner) => wrapped(&quote!(Option), inner, scope),
        RustType::Box(inner) => wrapped(&quote!(Box), inner, scope),
        RustType::Map(inner) => {
            let map = scope.map();
            let inner = tokens(inner, scope);
            quote!(#map<String, #inner>)
        }
        RustType::Named(ident) => scope.named(ident),
    }
}

fn wrapped<'a>(wrapper: &TokenStream, inner: &'a RustType, scope: &mut Scope<'a>) -> TokenStream {
    let inner = tokens(inner, scope);
    quote!(#wrapper<#inner>)
}

/// A field's type: with what its presence adds.
pub(super) fn field<'a>(
    ty: &'a RustType,
    presence: FieldPresence,
    scope: &mut Scope<'a>,
) -> TokenStream {
    let inner = tokens(ty, scope);
    match presence {
        FieldPresence::Required => inner,
        FieldPresence::Optional | FieldPresence::Nullable => quote!(Option<#inner>),
        FieldPresence::Patch => {
            let patch = scope.runtime("Patch");
            quote!(#patch<#inner>)
        }
    }
}

/// The text of a type's tokens: names, `::`, and lists in angle brackets.
pub(super) fn text(tokens: TokenStream) -> String {
    let mut text = String::new();
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => text.push_str(", "),
            token => text.push_str(&token.to_string()),
        }
    }
    text
}
