//! From the parser's inline events to tokens.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::html;
use super::text::{self, Token};

/// The tokens of a paragraph while its events come in.
#[derive(Debug, Default)]
pub(super) struct Inline {
    tokens: Vec<Token>,
    /// Text that is not escaped yet: the parser hands over a URL in pieces.
    text: String,
    /// The links and images around, outermost first.
    links: Vec<Link>,
}

/// A link around text.
#[derive(Debug)]
struct Link {
    /// Its target, where it stays a link.
    target: Option<String>,
    /// How many tokens stood before it.
    start: usize,
    /// Whether its text is its target.
    is_auto: bool,
}

impl Inline {
    /// Takes an event; gives it back if it is no inline event.
    pub(super) fn take<'a>(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        match event {
            Event::Text(text) => self.text.push_str(&text),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.push(Token::Break),
            Event::Code(code) => self.push(Token::Word(text::code(&code))),
            Event::InlineHtml(markup) => self.markup(&markup),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text.push_str(&text);
            }
            Event::TaskListMarker(_) => {}
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => self.mark("*"),
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => self.mark("**"),
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => self.mark("~~"),
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => self.begin(&dest_url, link_type),
            Event::Start(Tag::Image { dest_url, .. }) => self.begin(&dest_url, LinkType::Inline),
            Event::End(TagEnd::Link | TagEnd::Image) => self.end(),
            Event::Start(Tag::Superscript | Tag::Subscript)
            | Event::End(TagEnd::Superscript | TagEnd::Subscript) => {}
            other => return Some(other),
        }
        None
    }

    /// All tokens.
    pub(super) fn finish(mut self) -> Vec<Token> {
        while !self.links.is_empty() {
            self.end();
        }
        self.flush();
        self.tokens
    }

    /// Whether nothing came in.
    pub(super) fn is_empty(&self) -> bool {
        self.tokens.is_empty() && self.text.is_empty() && self.links.is_empty()
    }

    fn push(&mut self, token: Token) {
        self.flush();
        self.tokens.push(token);
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let in_link = self.links.iter().any(|link| link.target.is_some());
        self.tokens.extend(text::tokens(&text, in_link));
    }

    fn mark(&mut self, mark: &str) {
        self.push(Token::Word(mark.to_owned()));
    }

    fn markup(&mut self, markup: &str) {
        match html::tag(markup) {
            html::Tag::Break | html::Tag::Block => self.push(Token::Break),
            html::Tag::Nothing | html::Tag::Comment => {}
            html::Tag::Text => self.text.push_str(markup),
        }
    }

    fn begin(&mut self, target: &str, link_type: LinkType) {
        self.flush();
        let is_inside = self.links.iter().any(|link| link.target.is_some());
        let is_email = link_type == LinkType::Email;
        let target = if is_email {
            format!("mailto:{target}")
        } else {
            target.to_owned()
        };
        self.links.push(Link {
            target: absolute(&target).filter(|_| !is_inside),
            start: self.tokens.len(),
            is_auto: matches!(link_type, LinkType::Autolink | LinkType::Email),
        });
    }

    /// Ends the innermost link: `[text](target)`, or its text alone where the target can't be reached from a doc comment.
    fn end(&mut self) {
        self.flush();
        let Some(link) = self.links.pop() else { return };
        let Some(target) = link.target else { return };
        let inner = self.tokens.split_off(link.start.min(self.tokens.len()));
        let has_text = inner.iter().any(|token| matches!(token, Token::Word(_)));
        // `!` before a link would make it an image.
        if let Some(Token::Word(word)) = self.tokens.last_mut().filter(|_| has_text)
            && word.ends_with('!')
            && !word.ends_with("\\!")
        {
            word.pop();
            word.push_str("\\!");
        }
        if link.is_auto || !has_text {
            self.tokens.push(Token::Word(format!("<{target}>")));
            return;
        }
        self.tokens.push(Token::Word("[".to_owned()));
        let inner = inner.into_iter().map(|token| {
            if token == Token::Break {
                Token::Space
            } else {
                token
            }
        });
        self.tokens.extend(inner);
        self.tokens.push(Token::Word(format!("]({target})")));
    }
}

/// The target of a link that works wherever the documentation stands; none for a relative one.
pub(super) fn absolute(target: &str) -> Option<String> {
    let target = text::clean(target);
    let lower = target.to_ascii_lowercase();
    if !["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
    {
        return None;
    }
    let mut url = String::new();
    for c in target.trim().chars() {
        match c {
            '(' | ')' | '<' | '>' | '\\' | '`' | '|' | '"' | '^' => {
                url.push_str(&format!("%{:02X}", u32::from(c)))
            }
            c if c.is_whitespace() => url.push_str("%20"),
            c => url.push(c),
        }
    }
    Some(url)
}
