//! Path templates held against paths as they were sent.

/// The values of the template's parameters in a path, still percent-encoded; none where the path is not of the template.
pub(super) fn values<'p>(template: &str, path: &'p str) -> Option<Vec<(String, &'p str)>> {
    let mut found = Vec::new();
    let mut segments = path.split('/');
    for piece in template.split('/') {
        segment(piece, segments.next()?, &mut found)?;
    }
    segments.next().is_none().then_some(found)
}

/// One segment: literal text around parameters. A value goes up to the last place where the literal after it stands.
fn segment<'p>(piece: &str, text: &'p str, found: &mut Vec<(String, &'p str)>) -> Option<()> {
    let Some((literal, rest)) = piece.split_once('{') else {
        return (piece == text).then_some(());
    };
    let (name, rest) = rest.split_once('}')?;
    let text = text.strip_prefix(literal)?;
    let next = rest.split('{').next().unwrap_or_default();
    let end = if next == rest {
        text.strip_suffix(next)?.len()
    } else {
        text.rfind(next)?
    };
    let (value, text) = text.split_at(end);
    found.push((name.to_owned(), value));
    segment(rest, text, found)
}

/// Undoes percent-encoding; with `plus`, a plus sign is a space, as in forms. None where an escape is broken or the bytes
/// are not UTF-8.
pub(super) fn decode(text: &str, plus: bool) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' if plus => b' ',
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                let digits = std::str::from_utf8(&digits).ok()?;
                u8::from_str_radix(digits, 16).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{decode, values};

    fn pairs(template: &str, path: &str) -> Option<Vec<(String, String)>> {
        let found = values(template, path)?.into_iter();
        Some(
            found
                .map(|(name, value)| (name, value.to_owned()))
                .collect(),
        )
    }

    #[test]
    fn a_template_matches_whole_segments_with_literal_tails() {
        let owned = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            pairs("/a/{x}:go/{y}.json", "/a/1:2:go/b%2Fc.json"),
            Some(vec![owned("x", "1:2"), owned("y", "b%2Fc")])
        );
        assert_eq!(
            pairs("/a/{x}-{y}", "/a/1-2-3"),
            Some(vec![owned("x", "1-2"), owned("y", "3")])
        );
        for wrong in ["/a/1", "/a/1/2", "/b/1:go/c.json", "/a/1:go/c.json/"] {
            assert_eq!(pairs("/a/{x}:go/{y}.json", wrong), None, "{wrong}");
        }
    }

    #[test]
    fn escapes_are_undone_and_broken_ones_refused() {
        assert_eq!(decode("a%2Fb+c%C3%A9", false).as_deref(), Some("a/b+cé"));
        assert_eq!(decode("a+b%2B", true).as_deref(), Some("a b+"));
        for wrong in ["%", "%2", "%zz", "%ff"] {
            assert_eq!(decode(wrong, false), None, "{wrong}");
        }
    }
}
