//! A derive macro that a user has.

use proc_macro::{TokenStream, TokenTree};

/// Implements `money::Describe`.
#[proc_macro_derive(Describe)]
pub fn describe(item: TokenStream) -> TokenStream {
    let mut words = item.into_iter().filter_map(|token| match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    });
    let is_item = |word: &String| word == "struct" || word == "enum";
    words.find(is_item).expect("it is a struct or an enum");
    let name = words.next().expect("it has a name");
    format!("impl ::money::Describe for {name} {{ const NAME: &'static str = \"{name}\"; }}")
        .parse()
        .expect("it is Rust")
}
