//! Whatever fits a type is written back as it came, however it is read.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{decode, encode};
use crate::codec::Timestamp;
use crate::{object, open_enum, shape_union, tagged_union};

open_enum! { pub enum State { On = "on", Off = "off" } }
open_enum! { pub enum Level: i64 { One = 1, Two = 2 } }

object! {
    struct Thing {
        required kind: String = "kind",
        required state: State = "state",
        optional level: Level = "level",
        optional ratio: f64 = "ratio",
        optional big: u64 = "big",
        nullable at: Timestamp = "at",
        patch note: Vec<String> = "note",
        optional parts: Vec<Part> = "parts",
        optional by_name: BTreeMap<String, Part> = "byName",
        optional next: Box<Thing> = "next",
        optional free: Value = "free",
        rest others: Value,
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Thing(Box<Thing>),
    Unknown(Value),
}
tagged_union! { Part by "kind" { Thing: "thing" | "other" } }

#[derive(Clone, Debug, PartialEq)]
enum Any {
    Text(String),
    Whole(i64),
    Number(f64),
    List(Vec<Any>),
    Thing(Box<Thing>),
    Unknown(Value),
}
shape_union! {
    Any { Text: text, Whole: integer, Number: number, List: list, Thing: object ["kind", "state"] }
}

/// A small generator of pseudo-random numbers (xorshift), so that every run is the same.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn pick<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        texts[usize::try_from(self.below(texts.len() as u64)).unwrap()]
    }

    fn text(&mut self) -> Value {
        self.pick(&["", "x", "\u{1f600} \"q\"\n\u{0}", "{[", "a\\b", "2025-02-19T00:00:00.000Z"]).into()
    }

    fn thing(&mut self, depth: u64) -> Value {
        let mut object = Map::new();
        object.insert("kind".to_owned(), self.pick(&["thing", "other"]).into());
        object.insert("state".to_owned(), self.pick(&["on", "off", "new", ""]).into());
        let mut put = |name: &str, value: Value| _ = object.insert(name.to_owned(), value);
        put("at", if self.below(2) == 0 { Value::Null } else { self.text() });
        for _ in 0..self.below(6) {
            match self.below(9) {
                0 => put("level", json!(self.below(4))),
                1 => put("ratio", json!(self.below(1000) as f64 / 8.0)),
                2 => put("big", json!(u64::MAX - self.below(9))),
                3 => put("note", if self.below(2) == 0 { Value::Null } else { json!([self.text()]) }),
                4 if depth > 0 => put("parts", (0..3).map(|_| self.part(depth - 1)).collect()),
                5 if depth > 0 => put("byName", json!({"a b": self.part(depth - 1)})),
                6 if depth > 0 => put("next", self.thing(depth - 1)),
                7 => put("free", json!({"n": [self.text(), null, -1.5]})),
                _ => put(self.pick(&["extra", "a.b", "é\""]), self.text()),
            }
        }
        Value::Object(object)
    }

    fn part(&mut self, depth: u64) -> Value {
        match self.below(5) {
            0 => json!({"kind": "new", "x": [1, {"kind": 2}]}),
            1 => self.text(),
            _ => self.thing(depth),
        }
    }

    fn any(&mut self, depth: u64) -> Value {
        match self.below(7) {
            0 => self.text(),
            1 => json!(self.below(9)),
            2 => json!(self.below(9) as f64 + 0.5),
            3 if depth > 0 => (0..self.below(4)).map(|_| self.any(depth - 1)).collect(),
            4 => json!({"state": "on"}),
            5 => Value::Null,
            _ => self.thing(depth),
        }
    }
}

fn check<T>(value: &Value)
where
    T: crate::Decode + serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let json = value.to_string();
    let read: T = decode(json.as_bytes()).unwrap_or_else(|error| panic!("{error}: {json}"));
    let written = encode(&read).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&written).unwrap(), *value);
    assert_eq!(decode::<T>(&written).unwrap(), read);
    assert_eq!(serde_json::from_value::<T>(value.clone()).unwrap(), read);
    assert_eq!(serde_json::from_reader::<_, T>(json.as_bytes()).unwrap(), read);
    assert_eq!(serde_json::to_value(&read).unwrap(), *value);
}

#[test]
fn random_values_are_written_back_as_they_came() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..2_000 {
        check::<Thing>(&random.thing(4));
        check::<Vec<Part>>(&json!([random.part(4), random.part(2)]));
        check::<Any>(&random.any(4));
    }
}

#[test]
fn a_number_of_all_its_digits_comes_back_as_it_was() {
    let mut random = Random(11);
    for _ in 0..2_000 {
        let number = random.below(u64::MAX) as f64 / 7e12 + 0.1;
        let text = number.to_string();
        assert_eq!(decode::<f64>(text.as_bytes()).unwrap(), number, "{text}");
        let any: Any = decode(text.as_bytes()).unwrap();
        assert_eq!(encode(&any).unwrap(), text.into_bytes());
    }
}

#[test]
fn cut_or_changed_input_never_panics() {
    let mut random = Random(7);
    for _ in 0..300 {
        let json = random.any(4).to_string().into_bytes();
        let cut = usize::try_from(random.below(json.len() as u64)).unwrap();
        _ = decode::<Any>(&json[..cut]);
        let mut changed = json;
        changed[cut] = b"{}[]\",:0n\xff"[usize::try_from(random.below(10)).unwrap()];
        _ = decode::<Any>(&changed);
        _ = decode::<Vec<Part>>(&changed);
    }
}
