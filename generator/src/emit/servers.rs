//! The servers in `client.rs`: those with variables, and those of single operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use crate::surface::{ServerTemplate, ServerVariable, Servers};

/// What there is to say of them, as lines behind a paragraph.
pub(super) fn docs(servers: &Servers) -> Vec<String> {
    let lines = servers.docs.0.iter().map(|line| match line.as_str() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    let gap = (!servers.docs.0.is_empty()).then(String::new);
    gap.into_iter().chain(lines).collect()
}

/// The constants of the service that there is something to say of.
pub(super) fn constants(servers: &Servers, scope: &mut Scope<'_>) -> Vec<TokenStream> {
    let mut constants = Vec::new();
    let Servers { root, own, .. } = servers;
    if let Some(root) = root {
        let root = server(root, scope);
        let ty = scope.runtime_name("Server");
        constants.push(quote!(const SERVER: Option<&'static #ty> = Some(&#root);));
    }
    if !own.is_empty() {
        let own: Vec<_> = own.iter().map(|own| server(own, scope)).collect();
        let ty = scope.runtime_name("Server");
        constants.push(quote!(const SERVERS: &'static [#ty] = &[#(#own),*];));
    }
    constants
}

fn server(server: &ServerTemplate, scope: &mut Scope<'_>) -> TokenStream {
    let ServerTemplate { url, variables } = server;
    let ty = scope.runtime_name("Server");
    let variables = variables
        .iter()
        .map(|variable| self::variable(variable, scope));
    quote!(#ty { url: #url, variables: &[#(#variables),*] })
}

fn variable(variable: &ServerVariable, scope: &mut Scope<'_>) -> TokenStream {
    let ServerVariable {
        name,
        default,
        values,
    } = variable;
    let ty = scope.runtime_name("ServerVariable");
    quote!(#ty { name: #name, default: #default, values: &[#(#values),*] })
}
