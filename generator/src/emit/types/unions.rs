//! One of several types: the enum and its table.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::docs::{Docs, code};
use super::super::index::Index;
use super::super::literal::{quoted, word};
use super::super::rust_type;
use super::super::scope::Scope;
use super::super::source::Source;
use super::super::{Fault, Ident};
use super::conversion::changed;
use super::table_head;
use crate::surface::{Gate, Select, Union, UnionVariant, VariantWhen};

pub(super) fn write<'a>(
    ident: &'a Ident,
    docs: Docs<'a>,
    gate: &Gate,
    union: &'a Union,
    index: &Index<'a>,
    scope: &mut Scope<'a>,
    source: &mut Source,
) -> Result<(), Fault> {
    source.item(ident.as_str(), declaration(ident, docs, gate, union, scope))?;
    source.text(table(ident, union, scope));
    if let Some(origin) = &union.conversion {
        let conversion = conversion(ident, union, origin, index, scope)?;
        source.item(ident.as_str(), conversion)?;
    }
    Ok(())
}

/// What a response brought, as a request, variant for variant.
fn conversion<'a>(
    ident: &Ident,
    union: &'a Union,
    origin: &'a Ident,
    index: &Index<'a>,
    scope: &mut Scope<'a>,
) -> Result<TokenStream, Fault> {
    let Some(from) = index.union(origin) else {
        let reason = format!("it is made from `{origin}`, which is no union");
        return Err(Fault::new(ident.as_str(), reason));
    };
    let (name, source, value) = (word(ident), scope.named(origin), quote!(value));
    let arms = from.variants.iter().zip(&union.variants).map(|(from, to)| {
        let (from_name, to_name) = (word(&from.ident), word(&to.ident));
        let converted = changed(&value, &from.ty, &to.ty, index);
        quote!(#source::#from_name(value) => Self::#to_name(#converted))
    });
    let arms: Vec<TokenStream> = arms.collect();
    Ok(quote! {
        impl From<#source> for #name {
            fn from(source: #source) -> Self {
                match source {
                    #(#arms,)*
                    #source::Unknown(value) => Self::Unknown(value),
                }
            }
        }
    })
}

fn declaration<'a>(
    ident: &Ident,
    docs: Docs<'a>,
    gate: &Gate,
    union: &'a Union,
    scope: &mut Scope<'a>,
) -> TokenStream {
    let name = word(ident);
    let (docs, unknown) = match &union.select {
        Select::Tag(tag) => {
            let tag = code(tag);
            (
                docs.paragraph(format!("The variants are told apart by {tag}.")),
                format!(
                    "A value whose {tag} this version does not know, with everything that came."
                ),
            )
        }
        Select::Shape => (
            docs.paragraph("The variants are told apart by what the value looks like."),
            "A value that looks like none of them, as it came.".to_owned(),
        ),
    };
    let (docs, unknown) = (scope.docs(docs.gate(gate)), scope.docs(Docs::line(unknown)));
    let mut variants: Vec<TokenStream> = Vec::with_capacity(union.variants.len());
    for UnionVariant {
        ident, docs, ty, ..
    } in &union.variants
    {
        let (name, docs) = (word(ident), scope.docs(Docs::of(docs)));
        let ty = rust_type::tokens(ty, scope);
        variants.push(quote!(#docs #name(#ty)));
    }
    let value = scope.runtime("Value");
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unknown
            Unknown(#value),
        }
    }
}

fn table(ident: &Ident, union: &Union, scope: &mut Scope<'_>) -> String {
    let mut table = match &union.select {
        Select::Tag(tag) => format!(
            "{} by {} {{\n",
            table_head(scope.table("tagged_union"), ident),
            quoted(tag)
        ),
        Select::Shape => format!("{} {{\n", table_head(scope.table("shape_union"), ident)),
    };
    for UnionVariant { ident, when, .. } in &union.variants {
        table.push_str(&format!("        {ident}: {},\n", condition(when)));
    }
    table.push_str("    }\n}\n");
    table
}

/// When a variant is chosen, in the words of the tables.
fn condition(when: &VariantWhen) -> String {
    let literals = |list: &[String], separator| {
        list.iter()
            .map(|text| quoted(text))
            .collect::<Vec<_>>()
            .join(separator)
    };
    match when {
        VariantWhen::Tags(values) => literals(values, " | "),
        VariantWhen::Any => "any".to_owned(),
        VariantWhen::Bool => "flag".to_owned(),
        VariantWhen::Integer => "integer".to_owned(),
        VariantWhen::Number => "number".to_owned(),
        VariantWhen::Text => "text".to_owned(),
        VariantWhen::List => "list".to_owned(),
        VariantWhen::Object(properties) if properties.is_empty() => "object".to_owned(),
        VariantWhen::Object(properties) => format!("object [{}]", literals(properties, ", ")),
    }
}
