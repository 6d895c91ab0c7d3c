//! Whether rustdoc reads lines of Markdown without a warning.

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::inline;

/// Whether the lines hold no HTML, no code but text, no bare URL, and no link that rustdoc would look up among Rust's items. They are
/// read as rustdoc reads them.
pub(super) fn is_silent(lines: &[String]) -> bool {
    let text = lines.join("\n");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut has_broken_link = false;
    let mut note = |_: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        has_broken_link = true;
        None
    };
    // Inside links and code, a URL is as it should be.
    let mut quiet = 0_usize;
    let mut is_silent = true;
    for event in Parser::new_with_broken_link_callback(&text, options, Some(&mut note)) {
        is_silent &= match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => false,
            Event::Start(Tag::FootnoteDefinition(_)) => false,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => false,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                quiet += 1;
                &*language == "text"
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                quiet += 1;
                inline::absolute(&dest_url).is_some()
            }
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => {
                quiet = quiet.saturating_sub(1);
                true
            }
            Event::Text(text) if quiet == 0 => {
                !text.contains("https://") && !text.contains("http://")
            }
            _ => true,
        };
    }
    is_silent && !has_broken_link
}
