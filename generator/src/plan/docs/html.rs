//! HTML in descriptions: its text is kept, its markup is not.

use super::text::{Token, tokens};

/// What becomes of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// It ends a line.
    Break,
    /// It begins a new paragraph.
    Block,
    /// It only changes how text looks.
    Nothing,
    /// It is a comment.
    Comment,
    /// It is no tag of HTML but text, such as `<name>`.
    Text,
}

/// What becomes of a tag, given with its angle brackets.
pub(super) fn tag(markup: &str) -> Tag {
    if markup.starts_with("<!") || markup.starts_with("<?") {
        return Tag::Comment;
    }
    let name = markup.trim_start_matches(['<', '/']);
    let name = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    match name.to_ascii_lowercase().as_str() {
        "br" => Tag::Break,
        "p" | "div" | "ul" | "ol" | "li" | "dl" | "dt" | "dd" | "hr" | "table" | "thead"
        | "tbody" | "tr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre"
        | "section" | "details" | "summary" | "center" => Tag::Block,
        "a" | "abbr" | "b" | "big" | "cite" | "code" | "del" | "em" | "font" | "i" | "img"
        | "ins" | "kbd" | "mark" | "q" | "s" | "samp" | "small" | "span" | "strike" | "strong"
        | "sub" | "sup" | "tt" | "u" | "var" | "th" | "td" => Tag::Nothing,
        _ => Tag::Text,
    }
}

/// The paragraphs of a block of HTML.
pub(super) fn paragraphs(html: &str) -> Vec<Vec<Token>> {
    let mut paragraphs = vec![Vec::new()];
    let mut rest = html;
    while !rest.is_empty() {
        let start = rest.find('<').unwrap_or(rest.len());
        let (text, markup) = rest.split_at(start);
        add(&mut paragraphs, &decoded(text));
        let end = if markup.starts_with("<!--") {
            markup.find("-->").map_or(markup.len(), |end| end + 3)
        } else {
            markup.find('>').map_or(markup.len(), |end| end + 1)
        };
        let (markup, after) = markup.split_at(end);
        match tag(markup) {
            _ if markup.is_empty() => {}
            _ if !markup.ends_with('>') && !markup.starts_with("<!--") => {
                add(&mut paragraphs, markup)
            }
            Tag::Block => paragraphs.push(Vec::new()),
            Tag::Break => {
                if let Some(last) = paragraphs.last_mut() {
                    last.push(Token::Break);
                }
            }
            Tag::Nothing | Tag::Comment => {}
            Tag::Text => add(&mut paragraphs, markup),
        }
        rest = after;
    }
    paragraphs
}

fn add(paragraphs: &mut [Vec<Token>], text: &str) {
    if let Some(last) = paragraphs.last_mut() {
        last.extend(tokens(text, false));
    }
}

/// Text with the entities that are in common use decoded.
fn decoded(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (entity, letter)| {
        text.replace(entity, letter)
    })
}
