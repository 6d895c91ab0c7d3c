//! Documentation: the document's Markdown, made safe for rustdoc, and sentences of the generator's own.
//!
//! Whatever a description holds, rustdoc must neither warn nor run it. So descriptions are not edited but parsed, by the parser that
//! rustdoc uses, and written anew; what is written is parsed again, and if it still holds something that rustdoc would warn of, the
//! text is written with every mark escaped.

mod block;
mod check;
mod html;
mod inline;
mod operations;
#[cfg(test)]
mod tests;
mod text;
mod types;

use text::Token;

/// Where the types are, for links.
const TYPES: &str = "crate::types::";

use crate::names::Ident;
use crate::surface::DocLines;

pub(super) use operations::{
    answer_docs, answer_variant_docs, group_docs, operation_docs, parameter_docs,
};
pub(super) use text::code;
pub(super) use types::{description_docs, field_docs, twin_docs, type_docs};

/// The longest line of a paragraph: with `/// ` and the indent of a field it has 100 columns.
const WIDTH: usize = 92;

/// Documentation that grows by paragraphs.
#[derive(Clone, Debug, Default)]
pub(super) struct Docs(Vec<String>);

impl Docs {
    /// The document's Markdown.
    pub(super) fn markdown(mut self, markdown: &str) -> Self {
        self.add(markdown_lines(markdown));
        self
    }

    /// A sentence or two of the generator's own, in Markdown; a line ends at spaces that stand neither in code nor in a link's text.
    pub(super) fn sentence(mut self, sentence: &str) -> Self {
        self.add(text::wrap(&sentence_tokens(sentence), WIDTH));
        self
    }

    /// A link to more.
    pub(super) fn link(self, link: Option<&str>) -> Self {
        match link.and_then(inline::absolute) {
            Some(url) => self.sentence(&format!("See <{url}>.")),
            None => self,
        }
    }

    /// Whether there is nothing yet.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The lines.
    pub(super) fn finish(self) -> DocLines {
        DocLines(self.0)
    }

    fn add(&mut self, lines: Vec<String>) {
        if !self.0.is_empty() && !lines.is_empty() {
            self.0.push(String::new());
        }
        self.0.extend(lines);
    }
}

/// Safe lines for any Markdown.
fn markdown_lines(markdown: &str) -> Vec<String> {
    let markdown = text::clean(markdown);
    block::lines(&markdown, WIDTH)
        .filter(|lines| check::is_silent(lines))
        .unwrap_or_else(|| plain_lines(&markdown))
}

/// The text with every mark escaped, in paragraphs.
fn plain_lines(text: &str) -> Vec<String> {
    let mut docs = Docs::default();
    let mut paragraph: Vec<Token> = Vec::new();
    for line in text.lines() {
        if line.trim().is_empty() {
            docs.add(text::wrap(&std::mem::take(&mut paragraph), WIDTH));
        }
        for word in line.split_whitespace() {
            paragraph.push(Token::Word(text::escape_all(word)));
            paragraph.push(Token::Space);
        }
    }
    docs.add(text::wrap(&paragraph, WIDTH));
    docs.0
}

/// A text of the document on one line, as text.
pub(super) fn one_line(text: &str) -> String {
    text::clean(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// A text of the document inside a sentence.
pub(super) fn escaped(text: &str) -> String {
    one_line(text)
        .split(' ')
        .map(text::escape)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The tokens of a sentence of the generator's own.
fn sentence_tokens(sentence: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut is_code = false;
    for c in sentence.chars() {
        is_code ^= c == '`';
        if c == ' ' && !is_code {
            tokens.push(Token::Word(std::mem::take(&mut word)));
            tokens.push(Token::Space);
        } else {
            word.push(c);
        }
    }
    tokens.push(Token::Word(word));
    tokens
}

/// A link to a type, with an article: rustdoc warns of a link whose whole text is a name that is in scope.
fn link_to(ident: &Ident, target: &str) -> String {
    let article = if ident.plain().starts_with(['A', 'E', 'I', 'O']) {
        "an"
    } else {
        "a"
    };
    format!("[{article} `{}`]({target}{ident})", ident.plain())
}

/// A sentence with a full stop, if it ends in a letter or digit.
fn with_full_stop(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(char::is_alphanumeric) {
        format!("{text}.")
    } else {
        text.to_owned()
    }
}
