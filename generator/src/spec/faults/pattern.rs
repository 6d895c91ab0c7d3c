//! Whether a pattern can be a regular expression (ECMA-262, section 22.2.1), as far as brackets and repetitions show it.

/// What is wrong with a pattern, if it can be seen without an engine.
pub(super) fn fault(pattern: &str) -> Option<&'static str> {
    let mut letters = pattern.chars().peekable();
    let mut groups = 0_usize;
    // Whether what stands before can be repeated.
    let mut is_item = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                if letters.next().is_none() {
                    return Some("it ends in a backslash");
                }
                is_item = true;
            }
            '[' => {
                loop {
                    match letters.next() {
                        None => return Some("a `[` has no `]`"),
                        Some(']') => break,
                        Some('\\') => _ = letters.next(),
                        Some(_) => {}
                    }
                }
                is_item = true;
            }
            '(' => {
                groups += 1;
                // `(?:`, `(?=`, `(?<name>` and the like.
                is_item = letters.next_if_eq(&'?').is_some();
                if is_item && letters.next().is_none() {
                    return Some("a `(` has no `)`");
                }
                is_item = false;
            }
            ')' => {
                let Some(outer) = groups.checked_sub(1) else {
                    return Some("a `)` has no `(`");
                };
                groups = outer;
                is_item = true;
            }
            '|' => is_item = false,
            '*' | '+' | '?' if !is_item => return Some("nothing stands before a repetition"),
            '*' | '+' => {
                // A question mark makes it take as little as it can.
                letters.next_if_eq(&'?');
                is_item = letters.peek() == Some(&'+');
                if is_item {
                    letters.next();
                }
                is_item = false;
            }
            '?' => {
                letters.next_if_eq(&'?');
                is_item = false;
            }
            _ => is_item = true,
        }
    }
    (groups > 0).then_some("a `(` has no `)`")
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn what_real_documents_have_is_no_fault() {
        for pattern in [
            "",
            "^$",
            "^([a-f0-9]{24})$",
            "^(?:[\\w-./:]+)$",
            "(?=^[^.]+$)(?!x)(?<name>a|b)?",
            "^(?:([a-z]+-)*([a-z]+)?)$",
            "a{2,}?b*?c+?d??",
            "[]a]",
            "[(\\]*+?]",
            "a|b|",
            "\\d+\\(\\)",
            "}{",
            "(?i)abc",
            "/.*/",
        ] {
            assert_eq!(fault(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn what_no_engine_takes_is_a_fault() {
        for pattern in [
            "[", "[a\\]", "(", "^(0", "(?", ")", "a)", "*", "a|+", "(*a)", "a**", "\\",
        ] {
            assert!(fault(pattern).is_some(), "{pattern}");
        }
    }
}
