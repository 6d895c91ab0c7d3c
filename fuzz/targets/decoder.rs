//! Any bytes as an answer: an error, or a value that is written as the same value.

#![no_main]

use atlas_codegen_tests::hostile::tables;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| tables::try_all(bytes));
