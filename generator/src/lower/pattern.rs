//! Patterns simple enough to be checked before a request is sent: one character class and a length, anchored at both ends.

use crate::ir::Pattern;

/// Reads `^[a-f0-9]{24}$` and its like, also in a group; none for any other pattern, and none if the class holds `%`, whose
/// escaped form would be checked instead of itself.
pub(super) fn parse(pattern: &str) -> Option<Pattern> {
    let whole = pattern.strip_prefix('^')?.strip_suffix('$')?;
    let whole = whole
        .strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'))
        .unwrap_or(whole);
    let (class, rest) = whole.strip_prefix('[')?.split_once(']')?;
    let class = parse_class(class)?;
    let (min, max) = parse_length(rest)?;
    Some(Pattern { class, min, max })
}

/// Ranges and single characters; escapes and negation are left to richer engines.
fn parse_class(text: &str) -> Option<Vec<(char, char)>> {
    if text.is_empty() || text.contains(['\\', '[', '^', '%', '&', '~']) {
        return None;
    }
    let characters: Vec<char> = text.chars().collect();
    let mut ranges = Vec::new();
    let mut rest = characters.as_slice();
    loop {
        rest = match rest {
            [] => return Some(ranges),
            [from, '-', to, tail @ ..] if from <= to => {
                ranges.push((*from, *to));
                tail
            }
            [_, '-', _, ..] => return None,
            [single, tail @ ..] => {
                ranges.push((*single, *single));
                tail
            }
        };
    }
}

/// `{24}`, `{1,64}`, `{1,}`, `+`, `*` or nothing.
fn parse_length(text: &str) -> Option<(u32, Option<u32>)> {
    match text {
        "" => return Some((1, Some(1))),
        "+" => return Some((1, None)),
        "*" => return Some((0, None)),
        _ => {}
    }
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    match inner.split_once(',') {
        None => {
            let exact = inner.parse().ok()?;
            Some((exact, Some(exact)))
        }
        Some((min, "")) => Some((min.parse().ok()?, None)),
        Some((min, max)) => {
            let (min, max) = (min.parse().ok()?, max.parse().ok()?);
            (min <= max).then_some((min, Some(max)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::ir::Pattern;

    #[test]
    fn a_class_with_a_length_is_read() {
        let expected = Pattern {
            class: vec![('a', 'f'), ('0', '9')],
            min: 24,
            max: Some(24),
        };
        assert_eq!(parse("^([a-f0-9]{24})$"), Some(expected.clone()));
        assert_eq!(parse("^[a-f0-9]{24}$"), Some(expected));
    }

    #[test]
    fn lengths_may_be_open_or_ranges() {
        let class = vec![('a', 'z'), ('-', '-')];
        let with = |min, max| {
            Some(Pattern {
                class: class.clone(),
                min,
                max,
            })
        };
        assert_eq!(parse("^[a-z-]+$"), with(1, None));
        assert_eq!(parse("^[a-z-]*$"), with(0, None));
        assert_eq!(parse("^[a-z-]{2,5}$"), with(2, Some(5)));
        assert_eq!(parse("^[a-z-]{2,}$"), with(2, None));
    }

    #[test]
    fn what_needs_an_engine_or_holds_a_percent_sign_is_left_alone() {
        for pattern in [
            "[a-z]+",
            "^[^a-z]+$",
            r"^[\w]+$",
            "^[a-z]+[0-9]+$",
            "^(?!x)[a-z]+$",
            "^[a-z%]+$",
            "^[a-z]{5,2}$",
            "^[z-a]$",
            "^[]$",
        ] {
            assert_eq!(parse(pattern), None, "{pattern}");
        }
    }
}
