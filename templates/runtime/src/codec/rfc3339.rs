//! Points in time to and from RFC 3339 text, for std's `SystemTime`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

const SECONDS_PER_DAY: i64 = 86_400;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH_DAY: i64 = 719_468;
/// Days in 400 years, after which the calendar repeats.
const ERA_DAYS: i64 = 146_097;

/// Reads a date-time (RFC 3339 section 5.6). A leap second counts as the second after it.
pub(super) fn parse(text: &str) -> Option<SystemTime> {
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let days = parse_date(date)?;
    let (clock, offset) = split_offset(time)?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let [hour, minute, second] = fields(clock, ':')?;
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let seconds = days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second - offset;
    let start = match u64::try_from(seconds) {
        Ok(after) => UNIX_EPOCH.checked_add(Duration::from_secs(after))?,
        Err(_) => UNIX_EPOCH.checked_sub(Duration::from_secs(seconds.unsigned_abs()))?,
    };
    start.checked_add(Duration::from_nanos(nanoseconds(fraction)?))
}

/// Writes a point in time in UTC, to the nanosecond where it has any. Nothing for a year that does
/// not have four digits.
pub(super) fn format(time: SystemTime) -> Option<String> {
    let (seconds, nanoseconds) = since_epoch(time)?;
    let (days, clock) = (seconds.div_euclid(SECONDS_PER_DAY), seconds.rem_euclid(SECONDS_PER_DAY));
    let (year, month, day) = date_of(days);
    let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
    let fraction = match nanoseconds {
        0 => String::new(),
        _ => format!(".{nanoseconds:09}").trim_end_matches('0').to_owned(),
    };
    (0..=9999)
        .contains(&year)
        .then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z"))
}

/// Whole seconds, rounded down, and the nanoseconds above them.
fn since_epoch(time: SystemTime) -> Option<(i64, u32)> {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => Some((i64::try_from(after.as_secs()).ok()?, after.subsec_nanos())),
        Err(error) => {
            let before = error.duration();
            let seconds = -i64::try_from(before.as_secs()).ok()?;
            match before.subsec_nanos() {
                0 => Some((seconds, 0)),
                nanoseconds => Some((seconds - 1, 1_000_000_000 - nanoseconds)),
            }
        }
    }
}

/// Days since 1970-01-01.
fn parse_date(date: &str) -> Option<i64> {
    let [year, month, day] = fields(date, '-')?;
    let days = days_of(year, month, day);
    // A day that does not exist, such as February 30, comes back as another.
    let exists = date.len() == 10 && (1..=12).contains(&month) && date_of(days) == (year, month, day);
    exists.then_some(days)
}

/// The clock without its offset, and the offset in seconds.
fn split_offset(time: &str) -> Option<(&str, i64)> {
    if let Some(clock) = time.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let (clock, offset) = time.split_at_checked(time.rfind(['+', '-'])?)?;
    let (sign, offset) = offset.split_at_checked(1)?;
    let [hours, minutes] = fields(offset, ':')?;
    let seconds = (hours <= 23 && minutes <= 59).then_some(hours * 3600 + minutes * 60)?;
    Some((clock, if sign == "-" { -seconds } else { seconds }))
}

/// Exactly `N` numbers of at least two digits.
fn fields<const N: usize>(text: &str, separator: char) -> Option<[i64; N]> {
    let numbers: Option<Vec<i64>> = text.split(separator).map(digits).collect();
    numbers?.try_into().ok()
}

fn digits(text: &str) -> Option<i64> {
    let fine = (2..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fine.then(|| text.parse().ok()).flatten()
}

/// What stands behind the decimal point; digits below a nanosecond are dropped.
fn nanoseconds(fraction: &str) -> Option<u64> {
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nine: String = fraction.chars().chain(std::iter::repeat('0')).take(9).collect();
    nine.parse().ok()
}

/// Days since 1970-01-01 of a day in the Gregorian calendar. Years are counted from March, so that
/// the leap day comes last.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * ERA_DAYS + year * 365 + year / 4 - year / 100 + day_of_year - EPOCH_DAY
}

/// The year, month and day of a number of days since 1970-01-01.
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + EPOCH_DAY;
    let (era, day) = (days.div_euclid(ERA_DAYS), days.rem_euclid(ERA_DAYS));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = (shifted_month + 2) % 12 + 1;
    let year = era * 400 + year + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_a_whole_era_comes_back() {
        let mut last = date_of(-EPOCH_DAY - 1);
        for day in -EPOCH_DAY..ERA_DAYS {
            let (year, month, of_month) = date_of(day);
            assert!((year, month, of_month) > last, "{day} does not follow {last:?}");
            assert_eq!(days_of(year, month, of_month), day);
            last = (year, month, of_month);
        }
    }

    #[test]
    fn known_points_in_time() {
        for (text, seconds, nanoseconds) in [
            ("1970-01-01T00:00:00Z", 0, 0),
            ("2000-02-29T12:00:00.5Z", 951_825_600, 500_000_000),
            ("2025-02-19t01:02:03.000z", 1_739_926_923, 0),
            ("2025-02-19 03:02:03+02:00", 1_739_926_923, 0),
            ("2016-12-31T23:59:60Z", 1_483_228_800, 0),
        ] {
            let expected = UNIX_EPOCH + Duration::new(seconds, nanoseconds);
            assert_eq!(parse(text), Some(expected), "{text}");
        }
        assert_eq!(parse("1969-12-31T23:59:59.25Z"), Some(UNIX_EPOCH - Duration::from_millis(750)));
    }

    #[test]
    fn what_is_no_date_time_is_refused() {
        for text in [
            "",
            "2025-02-19",
            "2025-02-30T00:00:00Z",
            "2025-13-01T00:00:00Z",
            "2025-02-19T24:00:00Z",
            "2025-02-19T01:02:03",
            "2025-02-19T01:02Z",
            "2025-02-19T01:02:03.Z",
            "2025-02-19T01:02:03+99:00",
            "20025-02-19T01:02:03Z",
            "2025-2-19T01:02:03Z",
            "ü",
            "2025-02-19T01:02:03ü",
            "-025-02-19T01:02:03Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn written_text_reads_the_same() {
        for (seconds, nanoseconds) in [(0, 0), (1_739_926_923, 1), (253_402_300_799, 999_000_000)] {
            let time = UNIX_EPOCH + Duration::new(seconds, nanoseconds);
            assert_eq!(format(time).as_deref().and_then(parse), Some(time));
        }
        let before = UNIX_EPOCH - Duration::from_millis(750);
        assert_eq!(format(before).as_deref(), Some("1969-12-31T23:59:59.25Z"));
        assert_eq!(format(UNIX_EPOCH + Duration::from_secs(253_402_300_800)), None);
    }
}
