//! A day, as its wire text.

use super::text::text_type;

/// A day: text such as `2025-02-19` (RFC 3339 `full-date`, OpenAPI's format `date`).
///
/// The text stays as it came, and text that is no date does not fail to be read. Under the
/// features `jiff`, `chrono` and `time` it converts to `jiff::civil::Date`, `chrono::NaiveDate` and
/// `time::Date`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(String);

text_type!(Date);

#[cfg(feature = "jiff")]
mod with_jiff {
    use super::Date;

    impl From<jiff::civil::Date> for Date {
        fn from(date: jiff::civil::Date) -> Self {
            Self(date.to_string())
        }
    }

    /// Fails when the text is no date.
    impl TryFrom<&Date> for jiff::civil::Date {
        type Error = jiff::Error;

        fn try_from(date: &Date) -> Result<Self, Self::Error> {
            date.as_str().parse()
        }
    }
}

#[cfg(feature = "chrono")]
mod with_chrono {
    use super::Date;

    impl From<chrono::NaiveDate> for Date {
        fn from(date: chrono::NaiveDate) -> Self {
            Self(date.to_string())
        }
    }

    /// Fails when the text is no date.
    impl TryFrom<&Date> for chrono::NaiveDate {
        type Error = chrono::ParseError;

        fn try_from(date: &Date) -> Result<Self, Self::Error> {
            date.as_str().parse()
        }
    }
}

#[cfg(feature = "time")]
mod with_time {
    use time::format_description::well_known::Iso8601;

    use super::Date;

    impl From<time::Date> for Date {
        fn from(date: time::Date) -> Self {
            // Years of four digits come out as RFC 3339 has them.
            Self(date.to_string())
        }
    }

    /// Fails when the text is no date.
    impl TryFrom<&Date> for time::Date {
        type Error = time::error::Parse;

        fn try_from(date: &Date) -> Result<Self, Self::Error> {
            Self::parse(date.as_str(), &Iso8601::DATE)
        }
    }
}
