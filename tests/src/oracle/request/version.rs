//! Versions in media types: `application/vnd.<name>.<version>+<format>`.

/// A version of an operation. The order is the order of preference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// Media types that name no version.
    Plain,
    /// `preview`, or any other word.
    Preview(String),
    /// A date that is announced: `2025-01-01.upcoming`.
    Upcoming(String),
    /// A date.
    Stable(String),
}

impl Version {
    /// The newest stable version among the media types; what comes nearest where there is none.
    pub(super) fn newest<'m>(media_types: impl Iterator<Item = &'m str>) -> Self {
        media_types.map(Self::of).max().unwrap_or(Self::Plain)
    }

    /// Whether the media type belongs to this version. One without a version belongs to all.
    pub(super) fn has(&self, media_type: &str) -> bool {
        let other = Self::of(media_type);
        other == Self::Plain || other == *self
    }

    fn of(media_type: &str) -> Self {
        let version = media_type
            .strip_prefix("application/vnd.")
            .and_then(|rest| rest.split_once('+'))
            .and_then(|(name, _)| name.split_once('.'))
            .map(|(_, version)| version.to_owned());
        match version {
            None => Self::Plain,
            Some(version) if is_date(&version) => Self::Stable(version),
            Some(version) => match version.split_once('.') {
                Some((date, "upcoming")) if is_date(date) => Self::Upcoming(version),
                _ => Self::Preview(version),
            },
        }
    }
}

fn is_date(text: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '9' } else { c })
        .collect();
    shape == "9999-99-99"
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn the_newest_date_wins_and_takes_what_has_no_version() {
        let types = [
            "application/vnd.x.preview+json",
            "application/vnd.x.2024-08-05+json",
            "application/vnd.x.2023-01-01+json",
            "application/vnd.x.2025-01-01.upcoming+json",
        ];
        let newest = Version::newest(types.into_iter());
        assert_eq!(newest, Version::Stable("2024-08-05".to_owned()));
        assert!(newest.has("application/vnd.x.2024-08-05+csv"));
        assert!(newest.has("text/plain"));
        assert!(!newest.has("application/vnd.x.2023-01-01+json"));
    }

    #[test]
    fn a_preview_is_better_than_nothing() {
        let newest = Version::newest(["application/vnd.x.preview+json"].into_iter());
        assert!(newest.has("application/vnd.x.preview+json"));
        assert_eq!(Version::newest(["text/csv"].into_iter()), Version::Plain);
    }
}
