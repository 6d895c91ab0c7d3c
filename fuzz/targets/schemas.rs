//! Arbitrary schemas, parameters and answers in a document that is nearly right: messages, or a crate of which every file parses.

#![no_main]

use atlas_codegen_tests::hostile::{document::document, generate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    generate(document(bytes).to_string().as_bytes(), "a.json");
});
