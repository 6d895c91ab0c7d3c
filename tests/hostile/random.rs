//! What the fuzzers in `fuzz/` hold, on a few inputs that are the same in every run.

use std::fs;
use std::path::Path;

use atlas_codegen_tests::hostile::{choices, document, generate, tables};
use atlas_codegen_tests::oracle::random::Random;

/// The small documents of the tests.
fn documents() -> Vec<Vec<u8>> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = fs::read_dir(tests.join("cases")).expect("the cases can be listed");
    let mut files: Vec<_> = cases
        .map(|entry| {
            entry
                .expect("the entry can be read")
                .path()
                .join("openapi.yaml")
        })
        .filter(|file| file.is_file())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| fs::read(file).expect("the case can be read"))
        .collect()
}

/// Changes some of the bytes: one is another, a piece is twice there, is gone, or comes from another document.
fn mutated(random: &mut Random, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        let end = (at + random.below(60)).min(bytes.len());
        match random.below(5) {
            0 => bytes[at] = u8::try_from(random.below(256)).expect("it is below 256"),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            3 => {
                let from = random.below(other.len());
                let piece = &other[from..(from + random.below(60)).min(other.len())];
                bytes.splice(at..end, piece.iter().copied());
            }
            _ => bytes[at] = *random.pick(b"\"'{}[]:,#&*!|>%@`\n -\t\\0"),
        }
        if bytes.is_empty() {
            bytes.push(b' ');
        }
    }
    bytes
}

#[test]
fn changed_documents_give_messages_or_a_crate_that_parses() {
    let documents = documents();
    let mut random = Random::new("changed documents");
    let mut crates = 0;
    for _ in 0..600 {
        let document = &documents[random.below(documents.len())];
        let other = &documents[random.below(documents.len())];
        let bytes = mutated(&mut random, document, other);
        crates += usize::from(generate(&bytes, "changed.yaml").files.is_some());
    }
    assert!(crates > 30, "{crates} crates");
}

#[test]
fn any_bytes_give_messages() {
    for seed in 0..200 {
        let bytes = choices::bytes(&format!("bytes {seed}"), 40);
        for name in ["a.yaml", "a.json"] {
            assert!(!generate(&bytes, name).messages.is_empty());
        }
    }
}

#[test]
fn arbitrary_schemas_give_a_crate_that_parses() {
    let mut crates = 0;
    for seed in 0..400 {
        let bytes = choices::bytes(&format!("schemas {seed}"), 900);
        let document = document::document(&bytes).to_string();
        crates += usize::from(
            generate(document.as_bytes(), "arbitrary.json")
                .files
                .is_some(),
        );
    }
    assert!(crates > 300, "{crates} crates");
}

#[test]
fn what_the_runtime_reads_is_written_as_the_same_value() {
    const PIECES: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"kind\"",
        "\"thing\"",
        "\"plain\"",
        "\"state\"",
        "\"on\"",
        "\"at\"",
        "null",
        "\"name\"",
        "\"size\"",
        "1",
        "-0",
        "1e400",
        "0.1",
        "18446744073709551615",
        "true",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"2024-02-30T00:00:00Z\"",
        "\"parts\"",
        "\"next\"",
        "\"by_name\"",
        "\"free\"",
        " ",
        "\u{feff}",
    ];
    const WHOLE: &[&str] = &[
        r#"{"kind":"thing","state":"on","at":null,"parts":[{"kind":"plain","name":"a"},{"kind":"new"}],"holes":[null,true]}"#,
        r#"{"kind":"other","state":"new","at":"2024-01-01T00:00:00.000Z","next":{"kind":"x","state":"off"},"x":{"y":1e2}}"#,
        r#"{"name":"n","size":-9223372036854775808}"#,
        r#"[1,"a",1.5,-0.0,[[]],{"name":"n"},null,{"a":1}]"#,
        r#""2024-06-30T23:59:60.999999999+14:00""#,
    ];
    let mut random = Random::new("runtime");
    for whole in WHOLE {
        tables::try_all(whole.as_bytes());
    }
    for _ in 0..4000 {
        let pieces = (0..random.below(12)).map(|_| *random.pick(PIECES));
        let text: String = pieces.collect();
        tables::try_all(text.as_bytes());
        let whole = (*random.pick(WHOLE)).as_bytes();
        let bytes = mutated(&mut random, whole, text.as_bytes());
        tables::try_all(&bytes);
    }
}
