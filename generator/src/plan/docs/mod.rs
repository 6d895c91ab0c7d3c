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
mod plain;
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
    OtherVersion, answer_docs, answer_variant_docs, argument_docs, body_docs, deprecation_note,
    group_docs, operation_docs, parameter_docs, waiter_docs, with_arguments,
};
pub(super) use text::code;
pub(super) use types::{About, Parent, description_docs, field_docs, twin_docs, type_docs};

/// The longest line of a paragraph about an item: with `/// ` and an indent of four it has 100 columns.
const WIDTH: usize = 92;

/// The longest line of a paragraph about what stands in an item: it is indented by eight.
const INNER_WIDTH: usize = 88;

/// Documentation that grows by paragraphs, and by facts at the end of the last.
#[derive(Clone, Debug)]
pub(super) struct Docs {
    lines: Vec<String>,
    /// How long a line may be.
    width: usize,
    /// Whether the last paragraph is plain text: a sentence can be added to it.
    ends_in_prose: bool,
}

impl Default for Docs {
    /// The documentation of an item.
    fn default() -> Self {
        Self::wrapped_at(WIDTH)
    }
}

impl Docs {
    /// What is written already.
    pub(super) fn of(lines: DocLines) -> Self {
        Self {
            lines: lines.0,
            ..Self::default()
        }
    }

    /// The documentation of what stands in an item.
    pub(super) fn inner() -> Self {
        Self::wrapped_at(INNER_WIDTH)
    }

    fn wrapped_at(width: usize) -> Self {
        Self {
            lines: Vec::new(),
            width,
            ends_in_prose: false,
        }
    }

    /// The document's Markdown.
    pub(super) fn markdown(mut self, markdown: &str) -> Self {
        let text = markdown_text(markdown, self.width);
        if !text.lines.is_empty() {
            self.part();
            self.lines.extend(text.lines);
            self.ends_in_prose = text.ends_in_prose;
        }
        self
    }

    /// A sentence or two of the generator's own, in Markdown, as a paragraph; a line ends at spaces that stand neither in code nor in a
    /// link's text.
    pub(super) fn sentence(mut self, sentence: &str) -> Self {
        self.part();
        let lines = text::wrap(&sentence_tokens(sentence), self.width);
        self.lines.extend(lines);
        self.ends_in_prose = true;
        self
    }

    /// Such a sentence at the end of the last paragraph; as a paragraph where that is a list, a table or code, or leads to something
    /// below it.
    pub(super) fn fact(mut self, sentence: &str) -> Self {
        if sentence.is_empty() {
            return self;
        }
        let open = self.lines.last().filter(|_| self.ends_in_prose);
        let Some(line) = open.and_then(|line| text::ended(line)) else {
            return self.sentence(sentence);
        };
        self.lines.pop();
        let mut tokens = vec![Token::Word(line), Token::Space];
        tokens.extend(sentence_tokens(sentence));
        self.lines.extend(text::wrap(&tokens, self.width));
        self
    }

    /// A link to more.
    pub(super) fn link(self, link: Option<&str>) -> Self {
        match see(link) {
            Some(sentence) => self.fact(&sentence),
            None => self,
        }
    }

    /// Whether there is nothing yet.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The lines.
    pub(super) fn finish(self) -> DocLines {
        DocLines(self.lines)
    }

    fn part(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
}

/// "See <https://…>."
fn see(link: Option<&str>) -> Option<String> {
    let url = inline::absolute(link?)?;
    Some(format!("See <{url}>."))
}

/// Safe lines for any Markdown.
fn markdown_text(markdown: &str, width: usize) -> block::Text {
    if let Some(text) = plain::text(markdown, width) {
        return text;
    }
    let markdown = text::clean(markdown);
    block::text(&markdown, width)
        .filter(|text| check::is_silent(&text.lines))
        .unwrap_or_else(|| escaped_text(&markdown, width))
}

/// The text with every mark escaped, in paragraphs.
fn escaped_text(text: &str, width: usize) -> block::Text {
    let mut lines: Vec<String> = Vec::new();
    let mut paragraph: Vec<Token> = Vec::new();
    let mut end = |paragraph: &mut Vec<Token>| {
        let wrapped = text::wrap(paragraph, width);
        paragraph.clear();
        if !lines.is_empty() && !wrapped.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrapped);
    };
    for line in text.lines() {
        if line.trim().is_empty() {
            end(&mut paragraph);
        }
        for word in line.split_whitespace() {
            paragraph.push(Token::Word(text::escape_all(word)));
            paragraph.push(Token::Space);
        }
    }
    end(&mut paragraph);
    block::Text {
        lines,
        ends_in_prose: true,
    }
}

/// The text of Markdown, on one line and without its marks.
fn plain_text(markdown: &str) -> String {
    use pulldown_cmark::{Event, Parser, TagEnd};
    let mut text = String::new();
    for event in Parser::new(&text::clean(markdown)) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                text.push(' ');
            }
            _ => {}
        }
    }
    one_line(&text)
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

/// The tokens of a sentence of the generator's own. A line never ends within code: what stands there could begin the next one, and
/// mean something.
fn sentence_tokens(sentence: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut rest = sentence;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '`' => text::code_span(rest),
            '\\' => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            _ => c.len_utf8(),
        };
        let (part, after) = rest.split_at(length);
        rest = after;
        if part == " " {
            tokens.push(Token::Word(std::mem::take(&mut word)));
            tokens.push(Token::Space);
        } else {
            word.push_str(part);
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
