//! Types of every kind that the runtime's codec has tables for, and what must hold of any bytes that are read as one of them.

#![allow(missing_docs, reason = "generated crates allow it too")]

use std::collections::BTreeMap;
use std::fmt::Debug;

use client_runtime::{Base64, Date, Decode, Timestamp, Uuid, object, one_of, open_enum};
use serde::Serialize;
use serde_json::Value;

open_enum! { pub enum State { On = "on", Off = "off" } }
open_enum! { pub enum Level: i64 { One = 1, Two = 2 } }

object! {
    /// An object with members of every presence and of every type.
    pub struct Thing {
        required kind: String = "kind",
        required state: State = "state",
        optional level: Level = "level",
        optional ratio: f64 = "ratio",
        optional small: f32 = "small",
        optional big: u64 = "big",
        optional short: i32 = "short",
        nullable at: Timestamp = "at",
        optional day: Date = "day",
        optional id: Uuid = "id",
        optional bytes: Base64 = "bytes",
        patch note: Vec<String> = "note",
        optional parts: Vec<Part> = "parts",
        optional holes: Vec<Option<bool>> = "holes",
        optional by_name: BTreeMap<String, Part> = "byName",
        optional next: Box<Thing> = "next",
        optional free: Value = "free",
        rest others: Value,
    }
    new(kind: impl Into<String>, state: State, at: Option<Timestamp>)
}

object! {
    /// An object that leaves out what it does not know.
    pub struct Plain { required name: String = "name", optional size: i64 = "size" }
    new(name: impl Into<String>)
}

object! {
    /// An object of a union: it has the tag.
    pub struct Tagged { required kind: String = "kind", optional size: i64 = "size" }
    new(kind: impl Into<String>)
}

one_of! {
    /// A union by a tag.
    pub enum Part by "kind" { Thing(Box<Thing>) = "thing" | "other", Tagged(Tagged) = "plain" }
}

one_of! {
    /// A union by looks.
    pub enum Any {
        Flag(bool) = flag,
        Text(String) = text,
        Whole(i64) = integer,
        Number(f64) = number,
        List(Vec<Any>) = list,
        Thing(Box<Thing>) = object ["kind", "state"],
        Plain(Plain) = object ["name"],
    }
}

/// Reads bytes as every type. What is a value is written, read again, and the same.
///
/// # Panics
///
/// Where it is another.
pub fn try_all(bytes: &[u8]) {
    comes_back::<Any>(bytes);
    comes_back::<Thing>(bytes);
    comes_back::<Part>(bytes);
    comes_back::<Plain>(bytes);
    comes_back::<State>(bytes);
    comes_back::<Level>(bytes);
    comes_back::<Timestamp>(bytes);
    comes_back::<Base64>(bytes);
    comes_back::<Vec<Option<Any>>>(bytes);
    comes_back::<BTreeMap<String, Part>>(bytes);
}

fn comes_back<T: Decode + Serialize + PartialEq + Debug>(bytes: &[u8]) {
    let value = match client_runtime::decode::<T>(bytes) {
        Ok(value) => value,
        Err(error) => {
            assert!(!error.to_string().is_empty(), "an error says something");
            return;
        }
    };
    let written = client_runtime::encode(&value).expect("a value that was read can be written");
    let again = client_runtime::decode::<T>(&written);
    let again = again.unwrap_or_else(|error| {
        panic!(
            "{value:?} is written as {}: {error}",
            String::from_utf8_lossy(&written)
        )
    });
    assert_eq!(value, again, "{}", String::from_utf8_lossy(&written));
}
