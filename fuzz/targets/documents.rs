//! Any bytes as a document: messages, or a crate of which every file parses.

#![no_main]

use atlas_codegen_tests::hostile::generate;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let name = if bytes.first() == Some(&b'{') { "a.json" } else { "a.yaml" };
    generate(bytes, name);
});
