//! The codec as emitted code uses it: tables of the macros, then reading and writing.

// Macros give emitted types public methods; here nothing sees them from outside,
// and not every one is called.
#![allow(dead_code, unreachable_pub)]

mod enums;
mod limits;
mod objects;
mod round_trip;
mod tagged_unions;
mod texts;
mod tuples;
mod unions_by_shape;

use super::{Decode, DecodeError, decode, encode};

fn read<T: Decode>(json: &str) -> T {
    decode(json.as_bytes()).unwrap()
}

/// The path and the message of the error.
fn fault<T: Decode>(json: &str) -> (String, String) {
    let error: DecodeError = decode::<T>(json.as_bytes()).err().expect("reading fails");
    (error.path().to_owned(), error.message().to_owned())
}

fn path_of_fault<T: Decode>(json: &str) -> String {
    fault::<T>(json).0
}

fn write<T: serde::Serialize>(value: &T) -> String {
    String::from_utf8(encode(value).unwrap()).unwrap()
}
