//! `error.rs`: the runtime's error, and what can bring one, with this API's error body.

use quote::quote;

use super::Fault;
use super::scope::Scope;
use super::source::Source;
use crate::surface::{Crate, File};

pub(super) fn error(krate: &Crate) -> Result<File, Fault> {
    let mut scope = Scope::of_file(
        [
            "Error", "Call", "Response", "Download", "Events", "Lines", "Waiter",
        ],
        &krate.error,
    );
    let body = match &krate.error {
        Some(ident) => scope.type_name(ident),
        None => scope.runtime_name("Value"),
    };
    let mut source = Source::default();
    source.item(
        "Error",
        quote! {
            #[doc = " Why a call brought no answer: what the service said, or what went wrong on the way."]
            pub type Error = client_runtime::Error<#body>;
        },
    )?;
    source.item(
        "Call",
        quote! {
            #[doc = " A request on its way: await it for the answer, or its `response()` for status and headers too."]
            pub type Call<T> = client_runtime::Call<T, #body>;
        },
    )?;
    source.item(
        "Response",
        quote! {
            #[doc = " An answer with the status and headers that it came with."]
            pub type Response<T> = client_runtime::Response<T>;
        },
    )?;
    source.item(
        "Download",
        quote! {
            #[doc = " An answer that is read as it comes, piece by piece."]
            pub type Download = client_runtime::Download<#body>;
        },
    )?;
    let (has_events, has_lines) = krate.sequences();
    if has_events {
        source.item(
            "Events",
            quote! {
                #[doc = " An answer of events, each of which is read when it comes."]
                pub type Events<T> = client_runtime::Events<T, #body>;
            },
        )?;
    }
    if has_lines {
        source.item(
            "Lines",
            quote! {
                #[doc = " An answer of JSON texts, each of which is read when it comes."]
                pub type Lines<T> = client_runtime::Lines<T, #body>;
            },
        )?;
    }
    source.item(
        "Waiter",
        quote! {
            #[doc = " A wait for a change, by asking again and again; `O` is what it brings."]
            pub type Waiter<T, O = T> = client_runtime::Waiter<T, #body, O>;
        },
    )?;
    Ok(source.finish("src/error.rs".to_owned(), &krate.package, &scope))
}
