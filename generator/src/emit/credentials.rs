//! The part of `client.rs` that says who may call.

use proc_macro2::TokenStream;
use quote::quote;

use super::Fault;
use super::docs::Docs;
use super::literal::quoted;
use super::scope::Scope;
use super::source::Source;
use crate::surface::{Constructor, SchemeKind, SecurityScheme, Service};

/// The type of credentials: the runtime's, or one of the crate's own where constructors have names of the document's.
pub(super) fn declare(service: &Service, source: &mut Source) -> Result<(), Fault> {
    if !service.constructors.iter().any(|way| way.how.is_own()) {
        return source.item(
            "Credentials",
            quote! {
                #[doc = " What proves to the service who is calling."]
                pub type Credentials = client_runtime::Credentials<Client>;
            },
        );
    }
    let mut text = String::from(
        "client_runtime::credentials! {\n    /// What proves to the service who is calling.\n    \
         pub struct Credentials for Client {\n",
    );
    for way in &service.constructors {
        constructor(way, &mut text);
    }
    text.push_str("    }\n}\n");
    source.text(text);
    Ok(())
}

fn constructor(way: &Constructor, text: &mut String) {
    if let Some(docs) = &way.docs {
        Docs::of(docs).write(text, "        ", "///");
    }
    let (name, arguments) = (way.how.name(), way.how.arguments().join(", "));
    let scheme = way.schemes.first().filter(|_| way.how.is_own());
    let scheme = scheme.map(|scheme| format!(" for {}", quoted(scheme)));
    let scheme = scheme.unwrap_or_default();
    text.push_str(&format!("        fn {name}({arguments}){scheme};\n"));
}

/// The schemes, as the runtime has them.
pub(super) fn schemes(schemes: &[SecurityScheme], scope: &mut Scope<'_>) -> Vec<TokenStream> {
    let scheme = |scheme: &SecurityScheme| {
        let ty = scope.runtime_name("SecurityScheme");
        let name = &scheme.name;
        let made = match &scheme.kind {
            SchemeKind::Header(header) => quote!(#ty::header(#name, #header)),
            SchemeKind::Query(parameter) => quote!(#ty::query(#name, #parameter)),
            SchemeKind::Cookie(cookie) => quote!(#ty::cookie(#name, #cookie)),
            SchemeKind::Http(scheme) => quote!(#ty::http(#name, #scheme)),
            SchemeKind::Basic => quote!(#ty::basic(#name)),
            SchemeKind::Bearer => quote!(#ty::bearer(#name)),
            SchemeKind::Digest => quote!(#ty::digest(#name)),
            SchemeKind::OAuth2 => quote!(#ty::oauth2(#name)),
        };
        match scheme.variables.as_slice() {
            [] => made,
            variables => quote!(#made.variables(&[#(#variables),*])),
        }
    };
    schemes.iter().map(scheme).collect()
}

/// Alternatives, as the runtime has them.
pub(super) fn requirements(alternatives: &[Vec<String>]) -> Vec<TokenStream> {
    let alternative = |names: &Vec<String>| quote!(&[#(#names),*]);
    alternatives.iter().map(alternative).collect()
}
