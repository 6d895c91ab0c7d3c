//! Which operations are meant: by tag, by path, by id.

use super::table::{Section, Source};

/// Operations, by any of what tells them apart; each entry in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Those with one of these tags.
    pub tags: Vec<String>,
    /// Those at a path that is like one of these.
    pub paths: Vec<PathPattern>,
    /// Those with one of these ids, or with a method and path such as `GET /things/{id}`.
    pub operations: Vec<String>,
}

impl Selection {
    /// Whether it names nothing at all.
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.paths.is_empty() && self.operations.is_empty()
    }
}

/// A path, or many: `*` stands for any text within a segment, and `**` for any number of segments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PathPattern(String);

impl PathPattern {
    /// A pattern; none where the text does not begin with a slash.
    pub fn parse(text: &str) -> Option<Self> {
        text.starts_with('/').then(|| Self(text.to_owned()))
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a path is like this.
    pub fn fits(&self, path: &str) -> bool {
        let pattern: Vec<&str> = self.0.split('/').collect();
        let path: Vec<&str> = path.split('/').collect();
        like(
            &pattern,
            &path,
            |segment| *segment == "**",
            |segment, other| {
                let segment: Vec<char> = segment.chars().collect();
                let other: Vec<char> = other.chars().collect();
                like(
                    &segment,
                    &other,
                    |char| *char == '*',
                    |char, other| char == other,
                )
            },
        )
    }
}

/// Whether a list is like a pattern in which some items stand for any number of items. Going back to the last of these alone is
/// enough, so it takes no more than the product of the lengths.
fn like<T>(
    pattern: &[T],
    list: &[T],
    stands_for_many: impl Fn(&T) -> bool,
    fits: impl Fn(&T, &T) -> bool,
) -> bool {
    let (mut at, mut next) = (0, 0);
    let mut last_many: Option<(usize, usize)> = None;
    while let Some(item) = list.get(next) {
        match pattern.get(at) {
            Some(many) if stands_for_many(many) => {
                last_many = Some((at, next));
                at += 1;
            }
            Some(one) if fits(one, item) => {
                at += 1;
                next += 1;
            }
            _ => match &mut last_many {
                Some((many, taken)) => {
                    *taken += 1;
                    (at, next) = (*many + 1, *taken);
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(at).all(stands_for_many)
}

pub(super) fn selection(
    source: &mut Source<'_>,
    parent: &mut Section<'_>,
    name: &'static str,
) -> Selection {
    let mut section = parent.section(source, name);
    let mut entries = |kind: &'static str| {
        let texts = section.texts(source, kind).unwrap_or_default();
        for (text, span) in &texts {
            let spot = source.spot(span.start);
            source.spots.insert(format!("{name}.{kind}.{text}"), spot);
        }
        texts
    };
    let (tags, paths, operations) = (entries("tags"), entries("paths"), entries("operations"));
    let mut patterns = Vec::with_capacity(paths.len());
    for (text, span) in paths {
        match PathPattern::parse(&text) {
            Some(pattern) => patterns.push(pattern),
            None => source.fault(
                &span,
                format!("`{text}` is no path"),
                "write it as the document does, beginning with `/`; `*` stands for any text in a segment, `**` for any number of segments"
                    .to_owned(),
            ),
        }
    }
    section.finish(source);
    let text = |(text, _)| text;
    Selection {
        tags: tags.into_iter().map(text).collect(),
        paths: patterns,
        operations: operations.into_iter().map(text).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::PathPattern;

    #[test]
    fn stars_stand_for_text_and_for_segments() {
        let fits = |pattern: &str, path: &str| PathPattern::parse(pattern).unwrap().fits(path);
        for (pattern, path) in [
            ("/pets/{id}", "/pets/{id}"),
            ("/v2/**", "/v2/a/b"),
            ("/v2/**", "/v2"),
            ("/**", "/"),
            ("/**/logs", "/a/b/logs"),
            ("/**/logs/**", "/logs"),
            ("/a/*/c", "/a/{b}/c"),
            ("/a/x*z", "/a/xyyz"),
            ("/**/a/*/b", "/a/a/b/a/c/b"),
            ("/*", "/"),
        ] {
            assert!(fits(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("/pets", "/pets/{id}"),
            ("/pets/*", "/pets/{id}/toys"),
            ("/v2/**", "/v20/a"),
            ("/**/logs", "/a/logs/b"),
            ("/a/x*z", "/a/xyy"),
            ("/a/*/c", "/a/c"),
        ] {
            assert!(!fits(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        let pattern = PathPattern::parse(&"/*a".repeat(2_000)).unwrap();
        assert!(!pattern.fits(&"/aaab".repeat(2_000)));
        let pattern = PathPattern::parse(&format!("/{}b", "*a".repeat(500))).unwrap();
        assert!(!pattern.fits(&format!("/{}", "a".repeat(5_000))));
    }
}
