//! Texts of documents and users as Markdown in which they do nothing: they are no markup, and on GitHub they call nobody and link
//! nowhere.
//!
//! GitHub looks for people, teams, issues, commits and addresses in the text that its Markdown became, so neither a backslash nor
//! an entity hides them: both are gone by then. What stands in a code span is left out, as its documentation says of each of
//! these; that is what a word gets that could be one. (`html-pipeline`, which GitHub published, passes over `pre`, `code` and `a`.)

use super::fold::{pieces, visible};

/// A text of the user's or of a document's as Markdown: what stands between backticks is code, so is what GitHub would take for a
/// name or an address, and the rest is text.
pub(super) fn escaped(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len());
    for (is_code, piece) in pieces(text) {
        if is_code {
            push_code(&mut markdown, piece);
            continue;
        }
        for word in visible(piece).split_inclusive(char::is_whitespace) {
            let end = word.trim_end().trim_end_matches(['.', ',', ';']).len();
            let (word, behind) = word.split_at_checked(end).unwrap_or((word, ""));
            if acts(word) {
                push_code(&mut markdown, word);
            } else {
                push_text(&mut markdown, word);
            }
            push_text(&mut markdown, behind);
        }
    }
    markdown
}

/// A text as code within a line.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", visible(text).replace('`', "'"))
}

fn push_text(markdown: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '<' => markdown.push_str("&lt;"),
            '>' => markdown.push_str("&gt;"),
            '&' => markdown.push_str("&amp;"),
            '\\' | '*' | '_' | '[' | ']' | '~' | '|' => {
                markdown.push('\\');
                markdown.push(letter);
            }
            _ => markdown.push(letter),
        }
    }
}

/// A code span; one that stands behind another is a part of it, for two backticks would be another mark.
fn push_code(markdown: &mut String, text: &str) {
    let code = code(text);
    match code.strip_prefix('`') {
        Some(rest) if markdown.ends_with('`') => {
            markdown.pop();
            markdown.push_str(rest);
        }
        _ => markdown.push_str(&code),
    }
}

/// Whether GitHub could make something of a word: a person, a team or a mail address (`@`), an issue (`#1`, `GH-1`, and what a
/// repository says is a number of its own, such as `ABC-1`), an address, a commit, an emoji (`:a:`) or a formula (`$`).
fn acts(word: &str) -> bool {
    let signs = word.contains(['@', '#', '$']) || word.contains("://");
    let lower = word.to_ascii_lowercase();
    signs || lower.contains("www.") || has_number(word) || has_commit(&lower) || has_emoji(&lower)
}

/// A letter, a hyphen, a digit.
fn has_number(word: &str) -> bool {
    let is_number = |three: &[u8]| matches!(three, [letter, b'-', digit] if letter.is_ascii_alphabetic() && digit.is_ascii_digit());
    word.as_bytes().windows(3).any(is_number)
}

/// The digits of a commit's hash, or the first seven and more of them.
fn has_commit(word: &str) -> bool {
    let mut runs = word.split(|letter: char| !letter.is_ascii_alphanumeric());
    runs.any(|run| {
        (7..=40).contains(&run.len()) && run.bytes().all(|digit| digit.is_ascii_hexdigit())
    })
}

/// A name between two colons.
fn has_emoji(word: &str) -> bool {
    let Some((inside, _)) = word.rsplit_once(':') else {
        return false;
    };
    inside.split(':').skip(1).any(|part| {
        let is_of_a_name = |letter: u8| letter.is_ascii_alphanumeric() || b"_+-".contains(&letter);
        !part.is_empty() && part.bytes().all(is_of_a_name)
    })
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nobody_is_called_and_nothing_is_linked() {
        for (text, expected) in [
            (
                "ask @octocat, or @org/team.",
                "ask `@octocat`, or `@org/team`.",
            ),
            ("(@octocat) a@example.com", "`(@octocat)` `a@example.com`"),
            ("GET /users/@me is new.", "GET `/users/@me` is new."),
            (
                "#12 GH-12 gh-12 owner/repo#1 ABC-1",
                "`#12` `GH-12` `gh-12` `owner/repo#1` `ABC-1`",
            ),
            (
                "https://example.com/a, www.example.com",
                "`https://example.com/a`, `www.example.com`",
            ),
            ("at 0a1b2c3 or a@0a1b2c3d", "at `0a1b2c3` or `a@0a1b2c3d`"),
            (":tada: $x$", "`:tada:` `$x$`"),
            // Between what is code already, and where backticks do not pair.
            ("`Pet`@octocat`name`", "`Pet@octocatname`"),
            ("a ` @octocat", "a ` @octocat`"),
            ("`a` ` @octocat ` `b`", "`a` ` @octocat ` `b`"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn a_text_that_is_none_of_that_stays_text() {
        for (text, expected) in [
            ("a.yaml:46 → b.yaml:46", "a.yaml:46 → b.yaml:46"),
            ("on 2026-01-31, utf-eight", "on 2026-01-31, utf-eight"),
            (
                "a <b> & [c](d) *e* _f_ ~g~ |",
                "a &lt;b&gt; &amp; \\[c\\](d) \\*e\\* \\_f\\_ \\~g\\~ \\|",
            ),
            ("types::Pet and decade", "types::Pet and decade"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
