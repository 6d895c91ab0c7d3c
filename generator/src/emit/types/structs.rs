//! A JSON object: the struct, its table, `new`, setters, and the conversion from its twin.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::docs::Docs;
use super::super::index::Index;
use super::super::literal::{quoted, word};
use super::super::rust_type::{self, text};
use super::super::scope::Scope;
use super::super::source::Source;
use super::super::{Fault, Ident};
use super::{conversion, table_head};
use crate::surface::{Field, FieldPresence, RustType, Struct};

pub(super) fn write<'a>(
    ident: &'a Ident,
    docs: Docs<'a>,
    structure: &'a Struct,
    index: &Index<'a>,
    scope: &mut Scope<'a>,
    source: &mut Source,
) -> Result<(), Fault> {
    source.item(ident.as_str(), declaration(ident, docs, structure, scope))?;
    source.text(table(ident, structure, scope));
    let mut methods = vec![constructor(structure, index, scope)];
    let converted = match &structure.conversion {
        Some(conversion) => Some(conversion::convert(
            ident, structure, conversion, index, scope,
        )?),
        None => None,
    };
    let mut converts = None;
    match converted {
        Some(conversion::Converted::From(item)) => converts = Some(item),
        Some(conversion::Converted::Method(method)) => methods.push(method),
        None => {}
    }
    source.methods(ident, methods)?;
    source.text(setters(ident, structure, scope));
    match converts {
        Some(item) => source.item(ident.as_str(), item),
        None => Ok(()),
    }
}

fn declaration<'a>(
    ident: &'a Ident,
    docs: Docs<'a>,
    structure: &'a Struct,
    scope: &mut Scope<'a>,
) -> TokenStream {
    let name = word(ident);
    let docs = scope.docs(docs);
    let derives = if required(structure).next().is_none() {
        quote!(Clone, Debug, Default, PartialEq)
    } else {
        quote!(Clone, Debug, PartialEq)
    };
    let mut fields: Vec<TokenStream> = Vec::with_capacity(structure.fields.len() + 1);
    for field in &structure.fields {
        let name = word(&field.ident);
        let docs = scope.docs(Docs::of(&field.docs));
        let ty = rust_type::field(&field.ty, field.presence, scope);
        fields.push(quote!(#docs pub #name: #ty));
    }
    if let Some(rest) = &structure.rest {
        let name = word(&rest.ident);
        let map = scope.map();
        let ty = rust_type::tokens(&rest.ty, scope);
        fields.push(quote!(#[doc = " The properties that have no field of their own."] pub #name: #map<String, #ty>));
    }
    quote! {
        #docs
        #[derive(#derives)]
        #[non_exhaustive]
        pub struct #name { #(#fields,)* }
    }
}

fn table(ident: &Ident, structure: &Struct, scope: &mut Scope<'_>) -> String {
    let mut table = table_head(scope.table("object"), ident);
    table.push_str(" {");
    if structure.fields.is_empty() && structure.rest.is_none() {
        table.push_str("}\n}\n");
        return table;
    }
    table.push('\n');
    for field in &structure.fields {
        let presence = match field.presence {
            FieldPresence::Required => "required",
            FieldPresence::Optional => "optional",
            FieldPresence::Nullable => "nullable",
            FieldPresence::Patch => "patch",
        };
        let wire = quoted(&field.wire);
        table.push_str(&format!("        {}: {presence} {wire},\n", field.ident));
    }
    if let Some(rest) = &structure.rest {
        table.push_str(&format!("        {}: rest,\n", rest.ident));
    }
    table.push_str("    }\n}\n");
    table
}

/// `new`, which takes what is required.
fn constructor<'a>(structure: &'a Struct, index: &Index<'a>, scope: &mut Scope<'a>) -> TokenStream {
    if required(structure).next().is_none() {
        // A setter named `default` stands before the trait's function.
        let default = if structure
            .fields
            .iter()
            .any(|field| field.ident.as_str() == "default")
        {
            quote!(Default::default())
        } else {
            quote!(Self::default())
        };
        return quote! {
            #[doc = " With nothing set."]
            pub fn new() -> Self {
                #default
            }
        };
    }
    let parameters =
        required(structure).map(|field| parameter(&field.ident, &field.ty, index, scope));
    let parameters: Vec<TokenStream> = parameters.collect();
    let mut values: Vec<TokenStream> = Vec::with_capacity(structure.fields.len() + 1);
    for field in &structure.fields {
        let name = word(&field.ident);
        values.push(match field.presence {
            FieldPresence::Required => initializer(&field.ident, &field.ty, index),
            _ => {
                let nothing = nothing(field.presence, scope);
                quote!(#name: #nothing)
            }
        });
    }
    if let Some(rest) = &structure.rest {
        let name = word(&rest.ident);
        let map = scope.map();
        values.push(quote!(#name: #map::new()));
    }
    let docs = if required(structure).count() == structure.fields.len() {
        " With all that it holds."
    } else {
        " With what is required; the rest is left out."
    };
    quote! {
        #[doc = #docs]
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values),* }
        }
    }
}

/// The value of a field that is not there.
pub(super) fn nothing(presence: FieldPresence, scope: &mut Scope<'_>) -> TokenStream {
    match presence {
        FieldPresence::Patch => {
            let patch = scope.runtime("Patch");
            quote!(#patch::Unset)
        }
        _ => quote!(None),
    }
}

/// How a caller gives a value: in any form that makes it, where it is made from text, and never in a box.
pub(in super::super) fn parameter<'a>(
    ident: &Ident,
    ty: &'a RustType,
    index: &Index<'a>,
    scope: &mut Scope<'a>,
) -> TokenStream {
    let name = word(ident);
    let plain = match ty {
        RustType::Box(inner) => inner,
        ty => ty,
    };
    let spelled = rust_type::tokens(plain, scope);
    if index.is_made_from_text(ty) {
        quote!(#name: impl Into<#spelled>)
    } else {
        quote!(#name: #spelled)
    }
}

/// A field that is given by the parameter of its name.
pub(in super::super) fn initializer(
    ident: &Ident,
    ty: &RustType,
    index: &Index<'_>,
) -> TokenStream {
    let name = word(ident);
    match ty {
        ty if index.is_made_from_text(ty) => quote!(#name: #name.into()),
        RustType::Box(_) => quote!(#name: Box::new(#name)),
        _ => quote!(#name),
    }
}

/// The fields that `new` takes.
fn required(structure: &Struct) -> impl Iterator<Item = &Field> {
    structure
        .fields
        .iter()
        .filter(|field| field.presence == FieldPresence::Required)
}

/// How many setters stand in one table: the macro takes one after the other, and by default the compiler expands macros inside
/// macros 128 deep.
const TABLE: usize = 100;

/// The tables of setters; nothing where there is nothing to set.
fn setters<'a>(ident: &Ident, structure: &'a Struct, scope: &mut Scope<'a>) -> String {
    if !structure.setters {
        return String::new();
    }
    let mut lines = Vec::new();
    for field in &structure.fields {
        let patch = match field.presence {
            FieldPresence::Required => continue,
            FieldPresence::Optional | FieldPresence::Nullable => "",
            FieldPresence::Patch => "patch ",
        };
        let ty = text(rust_type::tokens(&field.ty, scope));
        lines.push(format!("        {}: {patch}{ty},\n", field.ident));
    }
    let tables = lines.chunks(TABLE).map(|lines| {
        let head = table_head(scope.table("setters"), ident);
        format!("{head} {{\n{}    }}\n}}\n", lines.concat())
    });
    tables.collect::<Vec<_>>().join("\n")
}
