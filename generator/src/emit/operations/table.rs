//! The static table: how an operation stands on the wire.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::literal::{fixed, word};
use super::super::scope::Scope;
use crate::surface::{Method, Operation, OperationWire, Pattern, Segment, Style};

pub(super) fn table<'a>(operation: &'a Operation, scope: &mut Scope<'a>) -> TokenStream {
    let OperationWire {
        id,
        method,
        segments,
        accept,
        content_type,
        idempotent,
        authenticated,
    } = &operation.wire;
    let name = word(&operation.table);
    let ty = scope.runtime("Operation");
    let methods = scope.runtime("Method");
    let method = fixed(self::method(*method));
    let segments: Vec<TokenStream> = segments.iter().map(|piece| segment(piece, scope)).collect();
    let (accept, content_type) = (
        optional(accept.as_deref()),
        optional(content_type.as_deref()),
    );
    quote! {
        static #name: #ty = #ty {
            id: #id,
            method: #methods::#method,
            path: &[#(#segments),*],
            accept: #accept,
            content_type: #content_type,
            idempotent: #idempotent,
            authenticated: #authenticated,
        };
    }
}

fn segment(piece: &Segment, scope: &mut Scope<'_>) -> TokenStream {
    match piece {
        Segment::Text(text) => {
            let variant = scope.segment("Text");
            quote!(#variant(#text))
        }
        Segment::Parameter {
            wire,
            style: Style::Simple,
            pattern: Some(pattern),
        } => {
            let variant = scope.segment("Checked");
            let pattern = self::pattern(pattern, scope);
            quote!(#variant(#wire, #pattern))
        }
        Segment::Parameter {
            wire,
            style: Style::Simple,
            pattern: None,
        } => {
            let variant = scope.segment("Parameter");
            quote!(#variant(#wire))
        }
        // Lists and objects have no pattern as a whole.
        Segment::Parameter { wire, style, .. } => {
            let variant = scope.segment("Styled");
            let style = self::style(*style, scope);
            quote!(#variant(#wire, #style))
        }
    }
}

fn pattern(pattern: &Pattern, scope: &mut Scope<'_>) -> TokenStream {
    let ty = scope.runtime("Pattern");
    let mut class = String::new();
    for &(first, last) in &pattern.class {
        literally(first, &mut class);
        if first != last {
            class.push('-');
            literally(last, &mut class);
        }
    }
    let min = Literal::u32_unsuffixed(pattern.min);
    match pattern.max.map(Literal::u32_unsuffixed) {
        Some(max) => quote!(#ty::new(#class, #min, #max)),
        None => quote!(#ty::new(#class, #min, usize::MAX)),
    }
}

/// A character of a class, with a backslash where it would mean something else.
fn literally(character: char, class: &mut String) {
    if matches!(character, '\\' | '-' | '[' | ']' | '^') {
        class.push('\\');
    }
    class.push(character);
}

/// A style of the runtime.
pub(super) fn style(style: Style, scope: &mut Scope<'_>) -> TokenStream {
    let ty = scope.runtime("Style");
    let name = fixed(match style {
        Style::FormExploded => "FormExploded",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Simple => "Simple",
        Style::SimpleExploded => "SimpleExploded",
        Style::Label => "Label",
        Style::LabelExploded => "LabelExploded",
        Style::Matrix => "Matrix",
        Style::MatrixExploded => "MatrixExploded",
        Style::Json => "Json",
    });
    quote!(#ty::#name)
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "Get",
        Method::Put => "Put",
        Method::Post => "Post",
        Method::Delete => "Delete",
        Method::Options => "Options",
        Method::Head => "Head",
        Method::Patch => "Patch",
        Method::Trace => "Trace",
    }
}

fn optional(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}
