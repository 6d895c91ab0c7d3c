//! Random Markdown, HTML and what is neither, as descriptions everywhere: the same in every run.

use atlas_codegen_tests::oracle::random::Random;
use serde_json::{Map, Value, json};

use super::canary::breakouts;

/// How many operations the document has; each has nine texts.
const OPERATIONS: usize = 50;

/// What Markdown, HTML, rustdoc and Rust have marks for.
const PIECES: &[&str] = &[
    "```",
    "````",
    "~~~",
    "```rust",
    "```should_panic",
    "~~~ text",
    "`",
    "``",
    "` `",
    "*",
    "**",
    "***",
    "_",
    "__",
    "~~",
    "\\",
    "\\`",
    "#",
    "# h",
    "####### h",
    "=====",
    "-----",
    "***",
    "1. x",
    "2) y",
    "- z",
    "+ z",
    "- [ ] t",
    "> q",
    ">",
    "|",
    "|a|b|",
    "|---|:-:|",
    "    fn f() {}",
    "\tfn f() {}",
    "[a]",
    "[a](b)",
    "[a](<b c> \"t\")",
    "[a][b]",
    "[a]: http://x.example",
    "[^1]",
    "[^1]: note",
    "![i](u)",
    "[`Vec`]",
    "[crate::x]",
    "[Self]",
    "[a]( ",
    "]",
    "(",
    "http://a.example/b_(c)?d=*e*",
    "<http://a.example>",
    "<me@a.example>",
    "www.a.example",
    "https://",
    "<b>",
    "</b>",
    "<br/>",
    "<div>",
    "</div>",
    "<p",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<a href='x'>",
    "<img src=x onerror=y>",
    "<details><summary>",
    "<?x ?>",
    "<![CDATA[x]]>",
    "<T>",
    "Vec<T>",
    "a::b::<C>()",
    "a<b && c>d",
    "&amp;",
    "&#x41;",
    "&nosuch;",
    "&lt;T&gt;",
    "$x$",
    "$$",
    ":a:",
    "{{",
    "}}",
    "{#",
    "\"",
    "'",
    "\"#",
    "*/",
    "/**",
    "///",
    "//!",
    "#![x]",
    "#[doc = \"x\"]",
    "fn main() { panic!() }",
    "assert!(false);",
    "use no::such;",
    "word",
    "two words",
    "A sentence. And one more.",
    "e.g. this",
    "tl;dr",
    "\u{a0}",
    "\u{200b}",
    "\u{202e}",
    "\u{2028}",
    "\u{feff}",
    "\u{0}",
    "\u{1b}[31m",
    "é",
    "日本",
    "😀",
    "e\u{301}",
    "{.class}",
    "\\[a\\]",
    "a_b_c",
    "2 * 3 * 4",
    "~/x",
    "C:\\x",
    "%s",
    "@a",
    "-",
    "--",
    "…",
    "a  ",
    "   ",
    "",
];

/// What stands between two pieces.
const JOINTS: &[&str] = &[
    "", "", " ", " ", "\n", "\n\n", "\r\n", "\n    ", "\n> ", "\n- ", "\n  ", "\n1. ", "\n\t",
    "  \n", "\r",
];

fn text(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..=random.below(12) {
        let piece: &str = match random.below(6) {
            0 => random.pick::<&str>(breakouts()),
            _ => random.pick::<&str>(PIECES),
        };
        text.push_str(piece);
        let joint: &str = random.pick::<&str>(JOINTS);
        text.push_str(joint);
    }
    text
}

/// A document with random texts.
pub(super) fn random() -> Value {
    let mut random = Random::new("prose");
    document(&mut || text(&mut random))
}

/// The same with a word in place of each.
pub(super) fn plain() -> Value {
    document(&mut || "Word.".to_owned())
}

fn document(text: &mut dyn FnMut() -> String) -> Value {
    let (mut paths, mut schemas, mut tags) = (Map::new(), Map::new(), Vec::new());
    for index in 0..OPERATIONS {
        let (schema, tag) = (format!("Schema{index}"), format!("Tag {}", index / 10));
        let reference = json!({"$ref": format!("#/components/schemas/{schema}")});
        let operation = json!({
            "operationId": format!("operation{index}"),
            "tags": [tag],
            "summary": text(),
            "description": text(),
            "parameters": [{"name": "p", "in": "query", "description": text(), "schema": {"type": "string"}}],
            "requestBody": {"description": text(), "content": {"application/json": {"schema": reference}}},
            "responses": {"200": {"description": text(), "content": {"application/json": {"schema": reference}}}},
        });
        paths.insert(format!("/{index}"), json!({"post": operation}));
        let properties = json!({
            "a": {"type": "string", "description": text()},
            "b": {"type": "string", "title": text(), "description": text(), "enum": ["x", "y"]},
        });
        schemas.insert(
            schema,
            json!({"type": "object", "description": text(), "properties": properties}),
        );
        if index % 10 == 0 {
            tags.push(json!({"name": tag, "description": text()}));
        }
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Prose", "version": "1", "description": text()},
        "servers": [{"url": "https://api.example.com"}],
        "tags": tags,
        "paths": paths,
        "components": {"schemas": schemas},
    })
}
