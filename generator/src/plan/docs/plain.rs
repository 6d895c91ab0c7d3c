//! Text that means in Markdown what it says, as most descriptions do: words, and code between backticks. It needs no parser.

use super::block::Text;
use super::text::protected;

/// The lines that the parser's way would give too; none where it has to be asked.
pub(super) fn text(markdown: &str, width: usize) -> Option<Text> {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = markdown.trim_ascii_end().trim_start_matches('\n');
    while !rest.is_empty() {
        let (paragraph, after) = rest.split_once("\n\n").unwrap_or((rest, ""));
        if !is_paragraph(paragraph) {
            return None;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        wrap(&words(paragraph)?, width, &mut lines);
        rest = after.trim_start_matches('\n');
    }
    Some(Text {
        ends_in_prose: !lines.is_empty(),
        lines,
    })
}

/// Whether each line begins with a letter or with code: then none begins a heading, a list or another block. (CommonMark 0.31, sections 4
/// and 5.) Two spaces at a line's end would break it.
fn is_paragraph(paragraph: &str) -> bool {
    let is_plain = |line: &str| {
        line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '`')
            && !line.starts_with("``")
            && !line.ends_with("  ")
    };
    paragraph.split('\n').all(is_plain)
}

/// The words of a paragraph; none where one holds a mark with a meaning. Code is part of a word, with the spaces in it.
fn words(paragraph: &str) -> Option<Vec<&str>> {
    let bytes = paragraph.as_bytes();
    let mut words = Vec::new();
    let mut start = 0;
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        match byte {
            b' ' | b'\n' => {
                words.push(paragraph.get(start..index)?);
                start = index + 1;
            }
            b'`' => index = end_of_code(bytes, index)?,
            b'_' => {
                let is_letter = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
                let before = index.checked_sub(1).and_then(|before| bytes.get(before));
                if !is_letter(before) || !is_letter(bytes.get(index + 1)) {
                    return None;
                }
            }
            b':' if bytes.get(index + 1) == Some(&b'/') => return None,
            b'\\' | b'*' | b'[' | b']' | b'<' | b'~' | b'|' | b'&' => return None,
            b' '..=b'~' => {}
            _ => return None,
        }
        index += 1;
    }
    words.push(paragraph.get(start..)?);
    Some(words)
}

/// Where the code that begins at `start` ends; none where it would not be written as it is.
fn end_of_code(bytes: &[u8], start: usize) -> Option<usize> {
    let code = bytes.get(start + 1..)?;
    let length = code.iter().position(|byte| *byte == b'`')?;
    let code = code.get(..length)?;
    let end = start + 1 + length;
    let is_as_written = code.iter().all(|byte| (b' '..=b'~').contains(byte))
        && !code.windows(2).any(|pair| pair == b"  ")
        && !code.starts_with(b" ")
        && !code.ends_with(b" ")
        && !code.is_empty()
        && bytes.get(end + 1) != Some(&b'`');
    is_as_written.then_some(end)
}

/// The words on lines of at most `width` characters, unless a word is longer.
fn wrap(words: &[&str], width: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        if !line.is_empty() && line.len() + 1 + word.len() > width {
            lines.push(std::mem::take(&mut line));
        }
        if line.is_empty() {
            line = String::with_capacity(width.max(word.len()));
            line.push_str(&protected(word));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::plan::docs::{block, check};

    #[test]
    fn plain_text_needs_no_parser() {
        for plain in [
            "The name.",
            "The `name`, or two.\nGoes on.\n\nA second (paragraph): INVITATION_EXPIRED + 2 > 1 #3!",
            "`code with spaces` is a word, as is `a[0]<*>_`.",
            "Ends in spaces  ",
            "",
        ] {
            assert!(text(plain, 92).is_some(), "{plain}");
        }
    }

    #[test]
    fn marks_and_blocks_are_left_to_the_parser() {
        for markdown in [
            "- a",
            "1. a",
            "a\n- b",
            "a\n===",
            "a *b*",
            "a _b_",
            "a\\b",
            "[a]",
            "a <b>",
            "a ~b~",
            "a | b",
            "a &amp; b",
            "see https://e.com",
            "a  \nb",
            "``a``",
            "`a",
            "` a `",
            "```\na\n```",
            "é",
            "a\tb",
            "a\n    b",
            "# a",
            "> a",
            "`a``b`",
        ] {
            assert_eq!(text(markdown, 92), None, "{markdown}");
        }
    }

    #[test]
    fn the_parser_comes_to_the_same_lines() {
        const PIECES: &[&str] = &[
            "word",
            "Word",
            " ",
            " ",
            " ",
            " ",
            "  ",
            "\n",
            "\n\n",
            "\n\n\n",
            "`code`",
            "`a b`",
            "`",
            "``",
            "a_b",
            "_",
            "-",
            "+",
            "=",
            ">",
            "#",
            "1.",
            "2)",
            "1",
            ".",
            ",",
            ":",
            "/",
            "!",
            "(",
            ")",
            "'",
            "\"",
            "$x$",
            "{",
            "}",
            "^",
            "%",
            "@",
            "www.e.com",
            "a@e.com",
            "---",
            "===",
            "`[x](y)`",
            "`<b>`",
        ];
        let mut seed = 11_u64;
        let mut below = |limit: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % limit
        };
        let mut plain = 0;
        for _ in 0..20_000 {
            let markdown: String = (0..1 + below(30))
                .map(|_| PIECES[below(PIECES.len())])
                .collect();
            let Some(found) = text(&markdown, 20) else {
                continue;
            };
            plain += 1;
            let parsed = block::text(&markdown, 20).unwrap();
            assert_eq!(found, parsed, "{markdown:?}");
            assert!(
                check::is_silent(&found.lines),
                "{markdown:?} gives {found:?}"
            );
        }
        assert!(plain > 1000, "{plain} were plain");
    }
}
