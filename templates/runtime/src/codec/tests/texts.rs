//! The types that keep their wire text, and `Patch`.

use std::time::{Duration, UNIX_EPOCH};

use super::{fault, read, write};
use crate::codec::{Base64, Date, Patch, Timestamp, Uuid};

#[test]
fn texts_come_back_as_they_were() {
    for json in [r#""2025-02-19T00:00:00.000Z""#, r#""not a date""#, r#""""#] {
        assert_eq!(write(&read::<Timestamp>(json)), json);
        assert_eq!(write(&read::<Date>(json)), json);
        assert_eq!(write(&read::<Uuid>(json)), json);
        assert_eq!(write(&read::<Base64>(json)), json);
    }
    assert_eq!(fault::<Vec<Date>>("[5]").0, "[0]");
    assert_eq!(Date::from("2025-02-19").to_string(), "2025-02-19");
}

#[test]
fn a_timestamp_converts_to_a_point_in_time() {
    let time = UNIX_EPOCH + Duration::from_millis(1_739_926_923_250);
    let timestamp = Timestamp::from_system_time(time).unwrap();
    assert_eq!(timestamp.as_str(), "2025-02-19T01:02:03.25Z");
    assert_eq!(timestamp.to_system_time(), Some(time));
    assert_eq!(Timestamp::from("soon").to_system_time(), None);
}

#[test]
fn base64_is_lenient_about_alphabet_padding_and_line_breaks() {
    let bytes = [0xfb, 0xff, 0x00, 0x41];
    assert_eq!(Base64::encode(bytes).as_str(), "+/8AQQ==");
    for text in ["+/8AQQ==", "+/8AQQ", "-_8AQQ", "+/8A\r\nQQ=="] {
        assert_eq!(Base64::from(text).decode().as_deref(), Ok(&bytes[..]), "{text}");
    }
    let error = Base64::from("+/8*").decode().unwrap_err();
    assert!(error.to_string().starts_with("not Base64"), "{error}");
}

#[test]
fn a_patch_has_three_states() {
    assert_eq!(Patch::<i64>::default(), Patch::Unset);
    assert_eq!(Patch::from(5), Patch::Value(5));
    assert_eq!(Patch::<i64>::from(None), Patch::Null);
    assert_eq!(read::<Vec<Patch<i64>>>("[null,1]"), [Patch::Null, Patch::Value(1)]);
    assert_eq!(serde_json::from_str::<Patch<i64>>("null").unwrap(), Patch::Null);
    assert_eq!(Patch::from(5).into_value(), Some(5));
    assert_eq!((Patch::Value(5).value(), Patch::<i64>::Null.value()), (Some(&5), None));
}

#[cfg(feature = "jiff")]
#[test]
fn jiff_types_convert_both_ways() {
    let time: jiff::Timestamp = "2025-02-19T01:02:03.25Z".parse().unwrap();
    let timestamp = Timestamp::from(time);
    assert_eq!(timestamp.as_str(), "2025-02-19T01:02:03.25Z");
    assert_eq!(jiff::Timestamp::try_from(&timestamp).unwrap(), time);
    let date = jiff::civil::date(2025, 2, 19);
    assert_eq!(jiff::civil::Date::try_from(&Date::from(date)).unwrap(), date);
    assert!(jiff::Timestamp::try_from(&Timestamp::from("soon")).is_err());
}

#[cfg(feature = "chrono")]
#[test]
fn chrono_types_convert_both_ways() {
    use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
    let time: DateTime<Utc> = "2025-02-19T01:02:03.250Z".parse().unwrap();
    let timestamp = Timestamp::from(time);
    assert_eq!(timestamp.as_str(), "2025-02-19T01:02:03.250Z");
    assert_eq!(DateTime::<Utc>::try_from(&timestamp).unwrap(), time);
    assert_eq!(DateTime::<FixedOffset>::try_from(&timestamp).unwrap(), time);
    let date = NaiveDate::from_ymd_opt(2025, 2, 19).unwrap();
    assert_eq!(NaiveDate::try_from(&Date::from(date)).unwrap(), date);
}

#[cfg(feature = "time")]
#[test]
fn time_types_convert_both_ways() {
    let time = time::OffsetDateTime::from_unix_timestamp(1_739_926_923).unwrap();
    let timestamp = Timestamp::try_from(time).unwrap();
    assert_eq!(timestamp.as_str(), "2025-02-19T01:02:03Z");
    assert_eq!(time::OffsetDateTime::try_from(&timestamp).unwrap(), time);
    assert_eq!(Date::from(time.date()).as_str(), "2025-02-19");
    assert_eq!(time::Date::try_from(&Date::from("2025-02-19")).unwrap(), time.date());
}

#[cfg(feature = "uuid")]
#[test]
fn uuids_convert_both_ways() {
    let uuid = uuid::Uuid::from_u128(0xf81d_4fae_7dec_11d0_a765_00a0_c91e_6bf6);
    let text = Uuid::from(uuid);
    assert_eq!(text.as_str(), "f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    assert_eq!(uuid::Uuid::try_from(&text).unwrap(), uuid);
}
