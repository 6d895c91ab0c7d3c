//! A date and time, as its wire text.

use std::time::SystemTime;

use super::rfc3339;
use super::text::text_type;

/// A point in time: RFC 3339 text such as `2025-02-19T00:00:00.000Z` (OpenAPI's format
/// `date-time`).
///
/// The text stays as it came, so that a value that was read is written back the same, and text
/// that is no date-time does not fail to be read. Two are equal when their texts are; compare
/// points in time after conversion: to `SystemTime`, or under the features `jiff`, `chrono` and
/// `time` to `jiff::Timestamp`, `chrono::DateTime` and `time::OffsetDateTime`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(String);

text_type!(Timestamp);

impl Timestamp {
    /// The point in time. Nothing, when the text is no date-time or out of std's range.
    #[must_use]
    pub fn to_system_time(&self) -> Option<SystemTime> {
        rfc3339::parse(&self.0)
    }

    /// The text of a point in time, in UTC. Nothing for a year beyond 9999, which RFC 3339 cannot
    /// write.
    #[must_use]
    pub fn from_system_time(time: SystemTime) -> Option<Self> {
        rfc3339::format(time).map(Self)
    }
}

#[cfg(feature = "jiff")]
mod with_jiff {
    use super::Timestamp;

    impl From<jiff::Timestamp> for Timestamp {
        fn from(time: jiff::Timestamp) -> Self {
            Self(time.to_string())
        }
    }

    /// Fails when the text is no date-time.
    impl TryFrom<&Timestamp> for jiff::Timestamp {
        type Error = jiff::Error;

        fn try_from(time: &Timestamp) -> Result<Self, Self::Error> {
            time.as_str().parse()
        }
    }
}

#[cfg(feature = "chrono")]
mod with_chrono {
    use chrono::{DateTime, FixedOffset, SecondsFormat, TimeZone, Utc};

    use super::Timestamp;

    impl<Z: TimeZone> From<DateTime<Z>> for Timestamp {
        fn from(time: DateTime<Z>) -> Self {
            let utc = time.with_timezone(&Utc);
            Self(utc.to_rfc3339_opts(SecondsFormat::AutoSi, true))
        }
    }

    /// Fails when the text is no date-time.
    impl TryFrom<&Timestamp> for DateTime<FixedOffset> {
        type Error = chrono::ParseError;

        fn try_from(time: &Timestamp) -> Result<Self, Self::Error> {
            Self::parse_from_rfc3339(time.as_str())
        }
    }

    /// Fails when the text is no date-time.
    impl TryFrom<&Timestamp> for DateTime<Utc> {
        type Error = chrono::ParseError;

        fn try_from(time: &Timestamp) -> Result<Self, Self::Error> {
            DateTime::parse_from_rfc3339(time.as_str()).map(|time| time.with_timezone(&Utc))
        }
    }
}

#[cfg(feature = "time")]
mod with_time {
    use time::OffsetDateTime;
    use time::format_description::well_known::Rfc3339;

    use super::Timestamp;

    /// Fails when the year does not have four digits.
    impl TryFrom<OffsetDateTime> for Timestamp {
        type Error = time::error::Format;

        fn try_from(time: OffsetDateTime) -> Result<Self, Self::Error> {
            time.format(&Rfc3339).map(Self)
        }
    }

    /// Fails when the text is no date-time.
    impl TryFrom<&Timestamp> for OffsetDateTime {
        type Error = time::error::Parse;

        fn try_from(time: &Timestamp) -> Result<Self, Self::Error> {
            Self::parse(time.as_str(), &Rfc3339)
        }
    }
}
