//! From the parser's events to lines.

use std::iter::Peekable;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::html;
use super::inline::Inline;
use super::text::{self, Token};

/// How deep lists and quotes may stand in each other; deeper ones are no documentation that anyone wrote.
const DEPTH: usize = 16;

/// Lines of Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    /// The lines, with an empty one between paragraphs.
    pub(super) lines: Vec<String>,
    /// Whether the last paragraph is plain text.
    pub(super) ends_in_prose: bool,
}

/// Markdown as lines of Markdown that mean the same and hold no HTML, no code that rustdoc would run, no relative links; none if it
/// is too deep.
pub(super) fn text(markdown: &str, width: usize) -> Option<Text> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events: Vec<Event<'_>> = Parser::new_ext(markdown, options).collect();
    if depth(&events) > DEPTH {
        return None;
    }
    let mut writer = Writer {
        events: events.into_iter().peekable(),
    };
    let blocks = writer.blocks(width);
    let last = blocks.iter().rfind(|block| !block.lines.is_empty());
    Some(Text {
        ends_in_prose: last.is_some_and(|block| block.is_prose),
        lines: join(blocks),
    })
}

fn depth(events: &[Event<'_>]) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for event in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Blocks with an empty line between.
fn join(blocks: Vec<Block>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for block in blocks.into_iter().filter(|block| !block.lines.is_empty()) {
        if !lines.is_empty() && !block.is_close {
            lines.push(String::new());
        }
        lines.extend(block.lines);
    }
    lines
}

/// Some lines.
struct Block {
    lines: Vec<String>,
    /// Whether no empty line stands before it: a list below the text of a list item.
    is_close: bool,
    /// The mark of the list that this is.
    list: Option<Mark>,
    /// Whether it is a paragraph.
    is_prose: bool,
}

/// The mark of a list's items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// `-` or `1.`
    First,
    /// `*` or `1)`
    Second,
}

impl Block {
    fn new(lines: Vec<String>) -> Self {
        Self {
            lines,
            is_close: false,
            list: None,
            is_prose: false,
        }
    }

    fn paragraph(tokens: &[Token], width: usize) -> Self {
        Self {
            is_prose: true,
            ..Self::new(text::wrap(tokens, width))
        }
    }
}

struct Writer<'a, I: Iterator<Item = Event<'a>>> {
    events: Peekable<I>,
}

impl<'a, I: Iterator<Item = Event<'a>>> Writer<'a, I> {
    /// The blocks up to the end of what they stand in, which is taken too.
    fn blocks(&mut self, width: usize) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut open = Inline::default();
        while let Some(event) = self.events.next() {
            let Some(event) = open.take(event) else {
                continue;
            };
            let is_below_text = !open.is_empty();
            if is_below_text {
                let tokens = std::mem::take(&mut open).finish();
                blocks.push(Block::paragraph(&tokens, width));
            }
            match event {
                Event::End(_) => break,
                // A list right under the text of a list item.
                Event::Start(Tag::List(first)) => {
                    let mark = match blocks.last().map(|block| block.list) {
                        Some(Some(Mark::First)) => Mark::Second,
                        _ => Mark::First,
                    };
                    blocks.push(Block {
                        is_close: is_below_text,
                        list: Some(mark),
                        ..Block::new(self.list(first, width, mark))
                    });
                }
                event => self.block(event, width, &mut blocks),
            }
        }
        if !open.is_empty() {
            blocks.push(Block::paragraph(&open.finish(), width));
        }
        blocks
    }

    fn block(&mut self, event: Event<'a>, width: usize, blocks: &mut Vec<Block>) {
        let lines = match event {
            Event::Start(Tag::Paragraph) => {
                blocks.push(Block::paragraph(&self.inline(), width));
                return;
            }
            Event::Start(Tag::Heading { level, .. }) => self.heading(level),
            Event::Start(Tag::CodeBlock(_)) => self.code(),
            Event::Start(Tag::BlockQuote(_)) => {
                let lines = join(self.blocks(width.saturating_sub(2)));
                lines
                    .into_iter()
                    .map(|line| format!("> {line}").trim_end().to_owned())
                    .collect()
            }
            Event::Start(Tag::Table(columns)) => self.table(columns.len()),
            Event::Start(Tag::HtmlBlock) => {
                let paragraphs = html::paragraphs(&self.raw());
                blocks.extend(
                    paragraphs
                        .iter()
                        .map(|tokens| Block::paragraph(tokens, width)),
                );
                return;
            }
            Event::Html(markup) => {
                let paragraphs = html::paragraphs(&markup);
                blocks.extend(
                    paragraphs
                        .iter()
                        .map(|tokens| Block::paragraph(tokens, width)),
                );
                return;
            }
            Event::Rule => vec!["***".to_owned()],
            // Blocks that the options above leave off: their content stands for itself.
            Event::Start(_) => join(self.blocks(width)),
            _ => return,
        };
        blocks.push(Block::new(lines));
    }

    /// The tokens up to the end of the paragraph, heading or cell.
    fn inline(&mut self) -> Vec<Token> {
        let mut inline = Inline::default();
        for event in self.events.by_ref() {
            if let Some(Event::End(_)) = inline.take(event) {
                break;
            }
        }
        inline.finish()
    }

    /// A level lower than in the document: the item that it describes has the highest.
    fn heading(&mut self, level: HeadingLevel) -> Vec<String> {
        let marks = "######"
            .get(..(level as usize + 1).min(6))
            .unwrap_or("######");
        let text = text::one_line(&self.inline());
        if text.is_empty() {
            return Vec::new();
        }
        vec![format!("{marks} {text}")]
    }

    /// Marked as text: rustdoc would compile it.
    fn code(&mut self) -> Vec<String> {
        let code = self.raw();
        let code = code.trim_end();
        if code.is_empty() {
            return Vec::new();
        }
        let longest = code
            .split(|c| c != '`')
            .map(str::len)
            .max()
            .unwrap_or_default();
        let fence = "`".repeat((longest + 1).max(3));
        let mut lines = vec![format!("{fence}text")];
        lines.extend(code.lines().map(|line| line.trim_end().to_owned()));
        lines.push(fence);
        lines
    }

    /// The text up to the end of a block of code or HTML.
    fn raw(&mut self) -> String {
        let mut raw = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    raw.push_str(&text)
                }
                Event::End(_) => break,
                _ => {}
            }
        }
        raw
    }

    /// A list; two that follow each other have different marks, or they would be one.
    fn list(&mut self, first: Option<u64>, width: usize, mark: Mark) -> Vec<String> {
        let mut items = Vec::new();
        let mut number = first;
        let mut is_loose = false;
        while let Some(Event::Start(Tag::Item)) = self.events.next() {
            is_loose |= matches!(self.events.peek(), Some(Event::Start(Tag::Paragraph)));
            let marker = match (number, mark) {
                (Some(number), Mark::First) => format!("{number}. "),
                (Some(number), Mark::Second) => format!("{number}) "),
                (None, Mark::First) => "- ".to_owned(),
                (None, Mark::Second) => "* ".to_owned(),
            };
            number = number.map(|number| number.saturating_add(1).min(999_999_999));
            let lines = join(self.blocks(width.saturating_sub(marker.len())));
            if !lines.is_empty() {
                items.push(indented(&lines, &marker));
            }
        }
        let mut lines: Vec<String> = Vec::new();
        for item in items {
            if is_loose && !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(item);
        }
        lines
    }

    /// A table: one line a row.
    fn table(&mut self, columns: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut cells: Vec<String> = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let cell = text::one_line(&self.inline());
                    // In a code span, too, a bar would end the cell.
                    cells.push(cell.replace("\\|", "|").replace('|', "\\|"));
                }
                Event::End(TagEnd::TableHead) => {
                    lines.push(format!("| {} |", std::mem::take(&mut cells).join(" | ")));
                    lines.push(format!("|{}", " --- |".repeat(columns)));
                }
                Event::End(TagEnd::TableRow) => {
                    lines.push(format!("| {} |", std::mem::take(&mut cells).join(" | ")))
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        lines
    }
}

/// Lines behind a list's marker.
fn indented(lines: &[String], marker: &str) -> Vec<String> {
    let indent = " ".repeat(marker.len());
    let lines = lines.iter().enumerate().map(|(index, line)| match index {
        0 => format!("{marker}{line}"),
        _ if line.is_empty() => String::new(),
        _ => format!("{indent}{line}"),
    });
    lines.collect()
}
