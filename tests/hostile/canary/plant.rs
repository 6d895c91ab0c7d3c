//! The document, and text that is planted in it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Map, Value};

/// A word that every planted text has, and nothing else.
pub(super) const WORD: &str = "qzxcanary";

/// A macro that nothing calls but the code of someone else.
pub(super) const CODE: &str = "compile_error";

/// Text that would break out of a literal, a comment, an attribute, a template, a manifest or a page of Markdown.
pub(super) const BREAKOUTS: &[&str] = &[
    "\"; compile_error!(\"qzxcanary\"); //",
    "\"#; compile_error!(r#\"qzxcanary\"#); //",
    "*/ compile_error!(\"qzxcanary\"); /*",
    "\ncompile_error!(\"qzxcanary\");\n",
    "\rcompile_error! { \"qzxcanary\" }\r",
    "qzxcanary\r\ncompile_error!();\r\n",
    "\u{2028}compile_error!(qzxcanary);\u{2029}\u{85}\u{b}\u{c}compile_error!(qzxcanary);",
    "' compile_error!(qzxcanary) '",
    "` compile_error!(qzxcanary) `",
    "``` compile_error!(qzxcanary) ```",
    "```\nfn qzxcanary() { compile_error!(); }\n```",
    "qzxcanary\n\n```rust\ncompile_error!();\n```\n\n~~~should_panic\ncompile_error!();\n~~~",
    "qzxcanary\n\n    compile_error!();\n",
    "- qzxcanary\n\n      compile_error!();\n",
    "> ```\n> compile_error!(qzxcanary);\n",
    "#![compile_error = \"qzxcanary\"]",
    "#[doc = include_str!(\"/etc/qzxcanary\")] compile_error!();",
    "]\ncompile_error!(qzxcanary);\n#[doc",
    "} compile_error!(qzxcanary); mod m {",
    ") ; compile_error!(qzxcanary); (",
    "{{ qzxcanary }} {{ compile_error }}",
    "{% for compile_error in qzxcanary %}{% endfor %}{# qzxcanary #}",
    "{}{0}{qzxcanary}{:?}",
    "//! qzxcanary\n//! compile_error",
    "/// qzxcanary /** compile_error */",
    "@qzxcanary @qzxcanary/team qzxcanary#12 #12 GH-12 https://qzxcanary.example www.qzxcanary.example 0a1b2c3 :qzxcanary: $x$",
    "\u{202e}qzxcanary\u{2066} compile_error\u{2069}",
    "qzx\u{200b}canary qzxcanary\u{feff}\u{200d}\u{ad}\u{2060}",
    "../../qzxcanary",
    "..\\..\\qzxcanary",
    "/etc/qzxcanary",
    "C:\\qzxcanary:stream",
    "qzxcanary\u{0}compile_error",
    "qzxcanary\u{1b}[31m\u{7f}\u{8}",
    "]]\n[dependencies]\ncompile_error = \"qzxcanary\"\n",
    "\"\n[dependencies]\nqzxcanary = \"*\"\n\"",
    "\"\"\"\n[dependencies]\nqzxcanary = 1\n'''",
    "<script>qzxcanary</script><img src=qzxcanary onerror=compile_error>",
    "--> <b>qzxcanary</b> <!--",
    "<!-- qzxcanary",
    "[qzxcanary](javascript:compile_error) ![qzxcanary](compile_error)",
    "[qzxcanary]: compile_error\n\n[qzxcanary]",
    "[`qzxcanary`] [crate::qzxcanary] [^qzxcanary]",
    "https://qzxcanary.example/compile_error http://[qzxcanary",
    "| qzxcanary | compile_error |\n|---|---|\n| ` | ` |",
    "# qzxcanary\n\nqzxcanary\n===\n\n***compile_error",
    "qzxcanary\\",
    "\\u{22}; compile_error!(qzxcanary); \\x22 \\\" \\\n",
    "$(qzxcanary) ${compile_error} %s `id` $crate::compile_error!()",
    "r#qzxcanary r\"compile_error\" b'qzxcanary'",
    "cfg(qzxcanary) #[cfg(any())] macro_rules! compile_error { () => {} }",
    "~/qzxcanary#/~1~0%2e%2e%2f",
    "a ``` compile_error!(qzxcanary) b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p ``` q",
    "qzxcanary;😀é日本\u{301}",
];

/// The document before anything is planted.
pub(super) fn document() -> Value {
    serde_yaml::from_str(include_str!("openapi.yaml")).expect("the document is YAML")
}

/// The words of a document where text can be planted, sorted.
pub(super) fn places(document: &Value) -> BTreeSet<String> {
    fn collect(value: &Value, places: &mut BTreeSet<String>) {
        match value {
            Value::String(text) => places.extend(words(text).map(str::to_owned)),
            Value::Array(list) => list.iter().for_each(|value| collect(value, places)),
            Value::Object(map) => map.iter().for_each(|(key, value)| {
                places.extend(words(key).map(str::to_owned));
                collect(value, places);
            }),
            _ => {}
        }
    }
    let mut places = BTreeSet::new();
    collect(document, &mut places);
    places
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.len() > 2 && word.starts_with(['F', 'M']) && word.ends_with('q'))
}

/// The document with text at one place, wherever that is named.
pub(super) fn plant(document: &Value, place: &str, planted: &str) -> Value {
    replace(document, &|text| {
        text.replace(place, &fitting(text, planted))
    })
}

/// The document with a text of its own at every place.
pub(super) fn plant_all(document: &Value, planted: impl Fn(&str) -> String) -> Value {
    replace(document, &|text| {
        let found: Vec<&str> = words(text).collect();
        let mut new = text.to_owned();
        for word in found {
            new = new.replace(word, &fitting(text, &planted(word)));
        }
        new
    })
}

/// The text as it has to be written inside another: in a reference, keys are escaped (RFC 6901, section 3 and 6).
fn fitting(around: &str, planted: &str) -> String {
    if !around.starts_with("#/") {
        return planted.to_owned();
    }
    let mut escaped = String::new();
    for byte in planted.replace('~', "~0").replace('/', "~1").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => escaped.push(char::from(byte)),
            _ => write!(escaped, "%{byte:02X}").expect("text can be written to"),
        }
    }
    escaped
}

fn replace(value: &Value, change: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(change(text)),
        Value::Array(list) => list.iter().map(|value| replace(value, change)).collect(),
        Value::Object(map) => {
            let entries = map
                .iter()
                .map(|(key, value)| (change(key), replace(value, change)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}
