//! What is left of code when names that were planted, literals and documentation are taken out.

use std::collections::BTreeMap;

use atlas_codegen::surface::File;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

use super::plant::CODE;

/// The items of a crate with how often each is there. Of an item its tokens count, and not their order, which names decide.
pub(super) type Skeleton = BTreeMap<String, usize>;

/// The skeleton of all files, in which every identifier that holds one of the `planted` words, which are small letters and digits,
/// stands for all of its kind; what must not be in any code is an error.
pub(super) fn skeleton(files: &[File], planted: &[String]) -> Result<Skeleton, String> {
    let mut items = Items {
        items: Skeleton::new(),
        planted,
    };
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        check_text(&file.text).map_err(|fault| at(file, &fault))?;
        let parsed = syn::parse_file(&file.text).map_err(|error| error.to_string())?;
        for attribute in &parsed.attrs {
            let added = items.add(attribute.to_token_stream());
            added.map_err(|fault| at(file, &fault))?;
        }
        for item in &parsed.items {
            let added = match item {
                syn::Item::Use(item) => items.add_use(&mut Vec::new(), &item.tree),
                item => items.add(item.to_token_stream()),
            };
            added.map_err(|fault| at(file, &fault))?;
        }
    }
    Ok(items.items)
}

fn at(file: &File, fault: &str) -> String {
    format!("{}: {fault}", file.path)
}

struct Items<'a> {
    items: Skeleton,
    planted: &'a [String],
}

impl Items<'_> {
    fn add(&mut self, tokens: TokenStream) -> Result<(), String> {
        let mut words = Vec::new();
        self.collect(tokens, &mut words)?;
        words.sort();
        self.count(&words);
        Ok(())
    }

    fn count(&mut self, words: &[String]) {
        if !words.is_empty() {
            *self.items.entry(words.join(" ")).or_default() += 1;
        }
    }

    /// Each name that is brought into scope is an item: how many stand in one line depends on how long they are.
    fn add_use(&mut self, path: &mut Vec<String>, tree: &syn::UseTree) -> Result<(), String> {
        match tree {
            syn::UseTree::Path(tree) => {
                path.push(self.name(&tree.ident.to_string())?);
                self.add_use(path, &tree.tree)?;
                path.pop();
            }
            syn::UseTree::Group(tree) => {
                for tree in &tree.items {
                    self.add_use(path, tree)?;
                }
            }
            leaf => {
                let mut words = vec!["use".to_owned()];
                words.append(&mut path.clone());
                self.collect(leaf.to_token_stream(), &mut words)?;
                self.count(&words);
            }
        }
        Ok(())
    }

    fn collect(&self, tokens: TokenStream, words: &mut Vec<String>) -> Result<(), String> {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == '#' => {
                    if matches!(tokens.peek(), Some(TokenTree::Punct(mark)) if mark.as_char() == '!')
                    {
                        tokens.next();
                    }
                    match tokens.peek() {
                        Some(TokenTree::Group(group)) if is_documentation(&group.stream()) => {
                            tokens.next();
                        }
                        _ => words.push("#".to_owned()),
                    }
                }
                // Commas stand where lines break.
                TokenTree::Punct(mark) if mark.as_char() == ',' => {}
                TokenTree::Punct(mark) => words.push(mark.as_char().to_string()),
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    words.push(match text.starts_with('"') {
                        true => "TEXT".to_owned(),
                        false => text,
                    });
                }
                TokenTree::Ident(ident) => {
                    let is_call = matches!(tokens.peek(), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
                    if ident == CODE && is_call {
                        return Err(format!("`{CODE}!` is code"));
                    }
                    words.push(self.name(&ident.to_string())?);
                }
                TokenTree::Group(group) => {
                    words.push(format!("{:?}", group.delimiter()));
                    self.collect(group.stream(), words)?;
                }
            }
        }
        Ok(())
    }

    /// An identifier; one that was made of planted text stands for all of its kind.
    fn name(&self, ident: &str) -> Result<String, String> {
        let plain = ident.replace('_', "").to_lowercase();
        if !self.planted.iter().any(|word| plain.contains(word)) {
            return Ok(ident.to_owned());
        }
        let is_checked = ident.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        match is_checked {
            true => Ok("NAME".to_owned()),
            false => Err(format!("`{ident}` is an identifier")),
        }
    }
}

fn is_documentation(attribute: &TokenStream) -> bool {
    let first = attribute.clone().into_iter().next();
    matches!(first, Some(TokenTree::Ident(ident)) if ident == "doc")
}

/// No character that shows other text than there is, or none; but those that join letters and emoji are part of words.
pub(super) fn check_text(text: &str) -> Result<(), String> {
    let is_hidden = |c: char| match c {
        '\n' => false,
        '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{61c}' => true,
        c => c.is_control(),
    };
    match text.chars().find(|c| is_hidden(*c)) {
        Some(c) => Err(format!("the text holds {c:?}")),
        None => Ok(()),
    }
}
