//! Text as tokens: words, the spaces where a line may end, and the places where it must.

use std::borrow::Cow;

use crate::diag::hides_in_prose;

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Markdown without a space.
    Word(String),
    /// A line may end here.
    Space,
    /// A line must end here.
    Break,
}

/// Text without what no comment may hold: control characters, marks that turn the direction of text, and line ends of other systems.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n');
    if text.as_bytes().iter().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let text = text.replace(hides_in_prose, "");
    Cow::Owned(text.replace('\t', "    "))
}

/// The tokens of plain text: escaped, and with its URLs as links unless it stands in a link.
pub(super) fn tokens(text: &str, in_link: bool) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| !c.is_whitespace()) {
        if start > 0 {
            tokens.push(Token::Space);
        }
        let word = rest.get(start..).unwrap_or_default();
        let end = word.find(char::is_whitespace).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        tokens.push(Token::Word(if in_link {
            escape(word)
        } else {
            with_links(word)
        }));
        rest = after;
    }
    if !rest.is_empty() {
        tokens.push(Token::Space);
    }
    tokens
}

/// A word whose URLs are links: rustdoc warns of bare ones.
fn with_links(word: &str) -> String {
    if !word.contains(':') {
        return escape(word);
    }
    let Some(start) = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| word.find(scheme))
        .min()
    else {
        return escape(word);
    };
    let (before, from) = word.split_at(start);
    let end = from
        .find(['<', '>', '"', '`', '\\', '^', '|'])
        .unwrap_or(from.len());
    let (url, mut after) = from.split_at(end);
    let url = without_punctuation(url);
    after = from.get(url.len()..).unwrap_or(after);
    if url.ends_with("//") {
        return escape(word);
    }
    format!("{}<{url}>{}", escape(before), with_links(after))
}

/// A URL without the punctuation of the sentence around it.
fn without_punctuation(mut url: &str) -> &str {
    while let Some(last) = url.chars().next_back() {
        let is_outside = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | ']' => true,
            ')' => url.matches(')').count() > url.matches('(').count(),
            '}' => url.matches('}').count() > url.matches('{').count(),
            _ => false,
        };
        if !is_outside {
            break;
        }
        url = url.get(..url.len() - last.len_utf8()).unwrap_or_default();
    }
    url
}

/// Text that Markdown takes for text, wherever in a line it stands but at the start.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut previous = None;
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek().copied();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_markup = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' => true,
            '_' => !(is_letter(previous) && is_letter(next)),
            '&' => is_letter(next) || next == Some('#'),
            _ => false,
        };
        if is_markup {
            escaped.push('\\');
        }
        escaped.push(c);
        previous = Some(c);
    }
    // What is left of URLs here is no link.
    if escaped.contains(':') && escaped.contains("://") {
        escaped
            .replace("http://", "http\\://")
            .replace("https://", "https\\://")
    } else {
        escaped
    }
}

/// Text with every punctuation mark escaped: nothing in it means anything.
pub(super) fn escape_all(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Text as inline code, whatever backticks it holds (CommonMark 0.31, section 6.1); empty for blank text.
pub(in crate::plan) fn code(text: &str) -> String {
    let text = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return text;
    }
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    match longest {
        0 => format!("`{text}`"),
        _ => {
            let fence = "`".repeat(longest + 1);
            format!("{fence} {text} {fence}")
        }
    }
}

/// The length in bytes of the code span that a text begins with, or of the backticks where it ends nowhere.
pub(super) fn code_span(text: &str) -> usize {
    let after = text.trim_start_matches('`');
    let fence = text.len() - after.len();
    let mut at = fence;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('`')) {
        let start = at + found;
        let run = text.get(start..).unwrap_or_default();
        let length = run.len() - run.trim_start_matches('`').len();
        at = start + length;
        if length == fence {
            return at;
        }
    }
    fence
}

/// Tokens as lines of at most `width` characters, unless a word is longer.
pub(super) fn wrap(tokens: &[Token], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for part in tokens.split(|token| *token == Token::Break) {
        for word in part.split(|token| *token == Token::Space) {
            let word = joined(word);
            let length = line.chars().count() + 1 + word.chars().count();
            if !line.is_empty() && !word.is_empty() && length > width {
                lines.push(std::mem::take(&mut line));
            }
            match (line.is_empty(), word.is_empty()) {
                (_, true) => {}
                (true, false) => line = protected(&word),
                (false, false) => {
                    line.push(' ');
                    line.push_str(&word);
                }
            }
        }
        // A hard line break: dropped again below where nothing follows.
        if !line.is_empty() {
            line.push('\\');
            lines.push(std::mem::take(&mut line));
        }
    }
    if let Some(last) = lines.last_mut().filter(|last| last.ends_with('\\')) {
        last.pop();
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// A paragraph's last line as the end of a sentence, for another to follow; none where it leads to something below.
pub(super) fn ended(line: &str) -> Option<String> {
    let is_closing = |c: char| matches!(c, '*' | '_' | '~' | ')' | '"' | '\'' | '”' | '’');
    match line.trim_end_matches(is_closing).chars().next_back() {
        Some('.' | '!' | '?' | '…') => Some(line.to_owned()),
        Some(':' | ',' | ';' | '\\' | '-' | '–' | '—') | None => None,
        Some(_) => Some(format!("{line}.")),
    }
}

/// The first sentence of Markdown: all of it, where prose does not begin it. A full stop ends a sentence outside of code and brackets
/// and before what may begin another.
pub(super) fn first_sentence(text: &str) -> &str {
    let text = text.trim();
    for (stop, _) in text.match_indices('.') {
        let (sentence, rest) = text.split_at(stop + 1);
        if sentence.contains("\n\n") || sentence.lines().any(is_marked) {
            return text;
        }
        let is_over = rest.starts_with(char::is_whitespace)
            && !rest.trim_start().starts_with(char::is_lowercase)
            && !["e.g.", "i.e.", "vs."]
                .iter()
                .any(|short| sentence.ends_with(short));
        let count = |mark: char| sentence.matches(mark).count();
        let is_whole = count('(') == count(')')
            && count('[') == count(']')
            && ['`', '*'].iter().all(|mark| count(*mark) % 2 == 0);
        if is_over && is_whole {
            return sentence;
        }
    }
    text
}

/// Whether a line begins a list, a heading, a quote, a table, code or HTML.
fn is_marked(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['-', '+', '#', '>', '|', '<', '~'])
        || line.starts_with("* ")
        || line.starts_with("```")
        || (number.len() < line.len() && number.starts_with(['.', ')']))
}

/// Tokens on one line.
pub(super) fn one_line(tokens: &[Token]) -> String {
    let words = tokens
        .split(|token| !matches!(token, Token::Word(_)))
        .map(joined);
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn joined(tokens: &[Token]) -> String {
    let words = tokens.iter().filter_map(|token| match token {
        Token::Word(word) => Some(word.as_str()),
        Token::Space | Token::Break => None,
    });
    words.collect()
}

/// A word that begins no heading, list or quote at the start of a line.
pub(super) fn protected(word: &str) -> String {
    let only = |mark: char| word.chars().all(|c| c == mark);
    if word.starts_with('>') || word == "+" || only('-') || only('=') || only('#') {
        return format!("\\{word}");
    }
    let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
    if number.len() < word.len() && matches!(number, "." | ")") {
        return format!("{}\\{number}", word.trim_end_matches(['.', ')']));
    }
    word.to_owned()
}
