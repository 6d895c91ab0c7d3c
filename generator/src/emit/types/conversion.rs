//! What a response brought, as a request: `From`, or a constructor where the response never brings all that the request needs.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::super::index::Index;
use super::super::literal::{fixed, word};
use super::super::rust_type;
use super::super::scope::Scope;
use super::super::{Fault, Ident};
use super::structs::{initializer, nothing, parameter};
use crate::surface::{Conversion, Field, FieldConversion, FieldPresence, Rest, RustType, Struct};

/// A conversion as code.
pub(super) enum Converted {
    /// An `impl From`.
    From(TokenStream),
    /// A method beside `new`, for there are arguments.
    Method(TokenStream),
}

pub(super) fn convert<'a>(
    ident: &'a Ident,
    structure: &'a Struct,
    conversion: &'a Conversion,
    index: &Index<'a>,
    scope: &mut Scope<'a>,
) -> Result<Converted, Fault> {
    let Some(origin) = index.structure(&conversion.source) else {
        let reason = format!(
            "it is made from `{}`, which is no struct",
            conversion.source
        );
        return Err(Fault::new(ident.as_str(), reason));
    };
    let mut writer = Writer {
        origin,
        source: source_name(structure),
        index,
        scope,
        parameters: Vec::new(),
        reads_source: false,
    };
    let fields = structure.fields.iter().zip(&conversion.fields);
    let mut values: Vec<TokenStream> = fields
        .map(|(field, how)| writer.field(field, how))
        .collect();
    values.extend(structure.rest.as_ref().map(|rest| writer.rest(rest)));
    let Writer {
        source,
        parameters,
        reads_source,
        ..
    } = writer;
    let source = if reads_source {
        quote!(#source)
    } else {
        quote!(_)
    };
    let (name, from) = (word(ident), scope.named(&conversion.source));
    Ok(if parameters.is_empty() {
        Converted::From(quote! {
            impl From<#from> for #name {
                fn from(#source: #from) -> Self {
                    Self { #(#values),* }
                }
            }
        })
    } else {
        Converted::Method(quote! {
            #[doc = " What a response brought, as a request, with what no response brings."]
            pub fn from_response(#source: #from, #(#parameters),*) -> Self {
                Self { #(#values),* }
            }
        })
    })
}

/// The name of the response: another one where a field, and so maybe a parameter, has the usual name.
fn source_name(structure: &Struct) -> proc_macro2::Ident {
    let rest = structure.rest.iter().map(|rest| &rest.ident);
    let names: Vec<&Ident> = structure
        .fields
        .iter()
        .map(|field| &field.ident)
        .chain(rest)
        .collect();
    let mut name = "source".to_owned();
    while names.iter().any(|taken| taken.as_str() == name) {
        name.push('_');
    }
    fixed(&name)
}

/// What is known while the values are written.
struct Writer<'s, 'a> {
    /// The response.
    origin: &'a Struct,
    /// What the response is called.
    source: proc_macro2::Ident,
    index: &'s Index<'a>,
    scope: &'s mut Scope<'a>,
    /// What the response does not bring.
    parameters: Vec<TokenStream>,
    reads_source: bool,
}

impl<'a> Writer<'_, 'a> {
    /// A field with its value.
    fn field(&mut self, field: &'a Field, how: &FieldConversion) -> TokenStream {
        let name = word(&field.ident);
        let brought = match how {
            FieldConversion::Move | FieldConversion::Into => self.brought(field),
            FieldConversion::Argument | FieldConversion::Unset => None,
        };
        match brought {
            Some(value) => {
                self.reads_source = true;
                quote!(#name: #value)
            }
            None if field.presence == FieldPresence::Required => {
                self.parameters
                    .push(parameter(&field.ident, &field.ty, self.index, self.scope));
                initializer(&field.ident, &field.ty, self.index)
            }
            // It may well be missing, so the argument has the field's own type.
            None if *how == FieldConversion::Argument => {
                let ty = rust_type::field(&field.ty, field.presence, self.scope);
                self.parameters.push(quote!(#name: #ty));
                quote!(#name)
            }
            None => {
                let nothing = nothing(field.presence, self.scope);
                quote!(#name: #nothing)
            }
        }
    }

    /// The field of the properties that are not declared, with its value.
    fn rest(&mut self, rest: &'a Rest) -> TokenStream {
        let name = word(&rest.ident);
        let map = self.scope.map();
        match &self.origin.rest {
            None => quote!(#name: #map::new()),
            Some(from) if self.index.converts(&from.ty, &rest.ty) => {
                self.reads_source = true;
                let (source, from_name) = (&self.source, word(&from.ident));
                let value = mapped(&quote!(#source.#from_name), &from.ty, &rest.ty, self.index);
                quote!(#name: #value)
            }
            Some(_) => {
                let ty = rust_type::tokens(&rest.ty, self.scope);
                self.parameters.push(quote!(#name: #map<String, #ty>));
                quote!(#name)
            }
        }
    }

    /// The field's value out of the source's field of that name; none where the source has none that could fill it.
    fn brought(&mut self, field: &Field) -> Option<TokenStream> {
        use FieldPresence::{Nullable, Optional, Patch, Required};
        let (index, source) = (self.index, &self.source);
        let from = self
            .origin
            .fields
            .iter()
            .find(|from| from.ident == field.ident)?;
        let name = word(&field.ident);
        let value = quote!(#source.#name);
        let map = |value: TokenStream| match function(&from.ty, &field.ty, index) {
            Some(function) => quote!(#value.map(#function)),
            None => value,
        };
        Some(match (from.presence, field.presence) {
            (Required, Required) => changed(&value, &from.ty, &field.ty, index),
            (Required, Optional | Nullable) => {
                let value = changed(&value, &from.ty, &field.ty, index);
                quote!(Some(#value))
            }
            (Required, Patch) => {
                let patch = self.scope.runtime("Patch");
                let value = changed(&value, &from.ty, &field.ty, index);
                quote!(#patch::Value(#value))
            }
            (Optional | Nullable, Optional | Nullable) | (Patch, Patch) => map(value),
            // What a response left out stays unset, so that putting it back clears nothing.
            (Optional, Patch) => {
                let patch = self.scope.runtime("Patch");
                let value = map(value);
                quote!(#value.map_or(#patch::Unset, #patch::Value))
            }
            (Nullable, Patch) => {
                let value = map(value);
                quote!(#value.into())
            }
            (Patch, Optional | Nullable) => {
                let value = map(value);
                quote!(#value.into_value())
            }
            (Optional | Nullable | Patch, Required) => return None,
        })
    }
}

/// `value` of type `from` as one of type `to`: the wrappers stay, what they hold is converted.
pub(super) fn changed(
    value: &TokenStream,
    from: &RustType,
    to: &RustType,
    index: &Index<'_>,
) -> TokenStream {
    let (from, to) = (index.resolve(from), index.resolve(to));
    match (from, to) {
        _ if from == to => value.clone(),
        (RustType::Box(from), RustType::Box(to)) => {
            let inner = changed(&quote!(*#value), from, to, index);
            quote!(Box::new(#inner))
        }
        (RustType::Box(from), to) => changed(&quote!(*#value), from, to, index),
        (from, RustType::Box(to)) => {
            let inner = changed(value, from, to, index);
            quote!(Box::new(#inner))
        }
        (RustType::Option(from), RustType::Option(to)) => match function(from, to, index) {
            Some(function) => called(value, &quote!(map(#function))),
            None => value.clone(),
        },
        (RustType::Vec(from), RustType::Vec(to)) => match function(from, to, index) {
            Some(function) => called(value, &quote!(into_iter().map(#function).collect())),
            None => value.clone(),
        },
        (RustType::Map(from), RustType::Map(to)) => mapped(value, from, to, index),
        _ => called(value, &quote!(into())),
    }
}

/// A map, its values converted.
fn mapped(value: &TokenStream, from: &RustType, to: &RustType, index: &Index<'_>) -> TokenStream {
    if index.resolve(from) == index.resolve(to) {
        return value.clone();
    }
    let inner = changed(&quote!(value), from, to, index);
    called(
        value,
        &quote!(into_iter().map(|(key, value)| (key, #inner)).collect()),
    )
}

/// What maps one type to another; none where they are the same.
fn function(from: &RustType, to: &RustType, index: &Index<'_>) -> Option<TokenStream> {
    let (from, to) = (index.resolve(from), index.resolve(to));
    match (from, to) {
        _ if from == to => None,
        (RustType::Named(_), RustType::Named(_)) => Some(quote!(Into::into)),
        _ => {
            let inner = changed(&quote!(value), from, to, index);
            Some(quote!(|value| #inner))
        }
    }
}

/// A method of a value, which may be a `*` away.
fn called(value: &TokenStream, method: &TokenStream) -> TokenStream {
    match value.clone().into_iter().next() {
        Some(TokenTree::Punct(_)) => quote!((#value).#method),
        _ => quote!(#value.#method),
    }
}
