//! Days, counted.

use std::time::{SystemTime, UNIX_EPOCH};

const SECONDS: u64 = 24 * 60 * 60;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i64);

impl Day {
    /// Reads `YYYY-MM-DD` (RFC 3339, `full-date`); none where there is no such day.
    pub fn parse(text: &str) -> Option<Self> {
        let is_date = crate::config::is_date(text);
        let part = |from, to| text.get(from..to)?.parse::<i64>().ok();
        let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        (is_date && (1..=length).contains(&day)).then(|| Self(number(year, month, day)))
    }

    /// The system's day, in UTC.
    pub fn today() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let days = since.map_or(0, |since| since.as_secs() / SECONDS);
        Self(number(1970, 1, 1) + i64::try_from(days).unwrap_or(0))
    }

    /// How many days after `other` it is; negative where it is before.
    pub fn days_after(self, other: Self) -> i64 {
        self.0 - other.0
    }
}

/// The number of a day. A year begins with March here, so that a leap day comes last in it.
fn number(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (month * 153 + 2) / 5 + day
}

#[cfg(test)]
mod tests {
    use super::Day;

    fn between(from: &str, to: &str) -> i64 {
        let day = |text| Day::parse(text).unwrap();
        day(to).days_after(day(from))
    }

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        assert_eq!(between("2024-02-28", "2024-03-01"), 2);
        assert_eq!(between("2023-02-28", "2023-03-01"), 1);
        assert_eq!(between("1900-01-01", "2000-01-01"), 36_524);
        assert_eq!(between("1970-01-01", "2026-11-22"), 20_779);
        assert_eq!(between("2026-12-31", "2027-01-01"), 1);
        assert_eq!(between("2026-05-05", "2026-05-04"), -1);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "2025-02-29",
            "2025-13-01",
            "2025-04-31",
            "2025-00-10",
            "2025-1-1",
            "tomorrow",
            "",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn today_is_in_this_century() {
        assert!(Day::today() > Day::parse("2020-01-01").unwrap());
        assert!(Day::today() < Day::parse("2120-01-01").unwrap());
    }
}
