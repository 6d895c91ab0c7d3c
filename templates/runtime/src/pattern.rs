//! Patterns of path parameters.

/// A simple anchored pattern: so many characters of one class, such as `^[a-f0-9]{24}$`.
#[derive(Clone, Copy, Debug)]
pub struct Pattern {
    class: &'static str,
    least: usize,
    most: usize,
}

impl Pattern {
    /// A pattern from what stands between the brackets of its class (characters, ranges such as `a-f`, and `\` before
    /// a character meant literally) and the least and most number of characters; `usize::MAX` is without end.
    #[must_use]
    pub const fn new(class: &'static str, least: usize, most: usize) -> Self {
        Self { class, least, most }
    }

    /// What is wrong with the text, if anything. The text itself is not repeated.
    pub(crate) fn fault(&self, text: &str) -> Option<String> {
        let count = text.chars().count();
        if count < self.least || count > self.most {
            return Some(format!("must have {} characters, has {count}", self.length()));
        }
        let all_match = text.chars().all(|character| self.allows(character));
        (!all_match).then(|| format!("may have only the characters [{}]", self.class))
    }

    fn length(&self) -> String {
        match (self.least, self.most) {
            (least, most) if least == most => least.to_string(),
            (least, usize::MAX) => format!("at least {least}"),
            (least, most) => format!("{least} to {most}"),
        }
    }

    fn allows(&self, character: char) -> bool {
        let mut rest = self.class.chars();
        while let Some(first) = next_literal(&mut rest) {
            let mut ahead = rest.clone();
            // A `-` at the end of the class is itself; elsewhere it makes a range.
            let last = match (ahead.next(), next_literal(&mut ahead)) {
                (Some('-'), Some(last)) => {
                    rest = ahead;
                    last
                }
                _ => first,
            };
            if (first..=last).contains(&character) {
                return true;
            }
        }
        false
    }
}

/// The next character of a class, without the backslash that may stand before it.
fn next_literal(characters: &mut std::str::Chars<'_>) -> Option<char> {
    match characters.next()? {
        '\\' => characters.next(),
        character => Some(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_checks_length_and_characters() {
        let id = Pattern::new("a-f0-9", 4, 4);
        assert_eq!(id.fault("00ff"), None);
        assert_eq!(id.fault("00f").unwrap(), "must have 4 characters, has 3");
        assert_eq!(id.fault("00fg").unwrap(), "may have only the characters [a-f0-9]");
    }

    #[test]
    fn a_pattern_understands_literal_hyphens_and_escapes() {
        let name = Pattern::new(r"a-z_\]\-.", 1, usize::MAX);
        assert_eq!(name.fault("ab_]-."), None);
        assert!(name.fault("A").is_some());
        assert_eq!(Pattern::new("a-", 1, 9).fault("a-a"), None);
        assert!(Pattern::new("a-", 1, 9).fault("b").is_some());
        assert!(name.fault("").unwrap().contains("at least 1"));
    }
}
