//! Text in the languages of the files.

use toml_writer::{ToTomlKey, ToTomlValue, TomlKeyBuilder, TomlStringBuilder};

/// A TOML string, on one line.
pub(super) fn toml(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}

/// A TOML key, quoted where it has to be.
pub(super) fn toml_key(text: &str) -> String {
    let key = TomlKeyBuilder::new(text);
    key.as_unquoted()
        .unwrap_or_else(|| key.as_basic())
        .to_toml_key()
}

/// The text on one line.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text on one line, in which nothing is read as Markdown or HTML: CommonMark takes a backslash before any of its punctuation
/// for that character itself (version 0.31, section 2.4).
pub(super) fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in line(text).chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '!'
        ) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// The text as inline code.
pub(super) fn code(text: &str) -> String {
    if text.contains('`') {
        markdown(text)
    } else {
        format!("`{}`", line(text))
    }
}

#[cfg(test)]
mod tests {
    use super::{markdown, toml, toml_key};

    #[test]
    fn a_toml_string_stays_on_one_line() {
        assert_eq!(toml("a \"b\"\n\\c"), r#""a \"b\"\n\\c""#);
    }

    #[test]
    fn a_toml_key_is_quoted_where_it_has_to_be() {
        assert_eq!(toml_key("cloud-users_2"), "cloud-users_2");
        assert_eq!(toml_key("a.b c"), "\"a.b c\"");
    }

    #[test]
    fn markdown_and_html_are_plain_text() {
        assert_eq!(
            markdown("a <b> *c*\n| [d](e)"),
            r"a \<b\> \*c\* \| \[d\](e)"
        );
    }
}
