//! Values without parts: texts by format and pattern, numbers within their bounds.

use serde_json::{Value, json};

use super::pattern;
use crate::oracle::document::Node;
use crate::oracle::random::Random;

/// How often a text is made anew when it is too short or too long.
const TRIES: usize = 8;

/// A text by its format, else by its pattern, else by its example.
pub(super) fn text(node: &Node<'_>, random: &mut Random) -> String {
    match node.text("format") {
        "date-time" => date_time(random),
        "date" => date(random),
        "uuid" => uuid(random),
        "byte" => bytes(random),
        "email" => format!("user{}@example.com", random.below(1000)),
        "uri" | "url" => format!("https://example.com/{}", random.below(1000)),
        _ => free_text(node, random),
    }
}

fn free_text(node: &Node<'_>, random: &mut Random) -> String {
    let (least, most) = (node.count("minLength"), node.count("maxLength"));
    let fits = |text: &String| {
        let length = text.chars().count();
        least.is_none_or(|least| least <= length) && most.is_none_or(|most| length <= most)
    };
    let pattern = node.text("pattern");
    if pattern.is_empty() {
        return words(least.unwrap_or(0), most.unwrap_or(usize::MAX), random);
    }
    let example = || node.schema.get("example")?.as_str().map(str::to_owned);
    let mut made = None;
    for _ in 0..TRIES {
        made = pattern::text(pattern, random);
        if made.as_ref().is_none_or(fits) {
            break;
        }
    }
    made.or_else(example)
        .or_else(|| sample(pattern))
        .unwrap_or_else(|| words(least.unwrap_or(1), most.unwrap_or(usize::MAX), random))
}

/// A text for a pattern that only a few texts match: an address of the Internet, and a telephone number whose document escapes
/// its pattern twice.
fn sample(pattern: &str) -> Option<String> {
    let regex = fancy_regex::Regex::new(pattern).ok()?;
    let samples = ["203.0.113.7", r"212\555\0123"];
    let mut fitting = samples
        .into_iter()
        .filter(|text| regex.is_match(text).unwrap_or(false));
    fitting.next().map(str::to_owned)
}

/// Words of a few alphabets, with what JSON must escape.
fn words(least: usize, most: usize, random: &mut Random) -> String {
    const WORDS: [&str; 8] = [
        "alpha",
        "beta",
        "Zürich",
        "東京",
        "a \"quoted\" word",
        "back\\slash",
        "a/b?c=d&e",
        "café 😀",
    ];
    let mut text = (*random.pick(&WORDS)).to_owned();
    while text.chars().count() < least {
        text.push('x');
    }
    text.chars().take(most).collect()
}

/// RFC 3339, section 5.6; with a fraction or an offset now and then.
fn date_time(random: &mut Random) -> String {
    let (hour, minute, second) = (random.below(24), random.below(60), random.below(60));
    let fraction = random.pick(&["", "", ".000", ".5", ".123", ".123456789"]);
    let offset = random.pick(&["Z", "Z", "+02:00", "-07:30"]);
    let date = date(random);
    format!("{date}T{hour:02}:{minute:02}:{second:02}{fraction}{offset}")
}

fn date(random: &mut Random) -> String {
    let (year, month, day) = (random.below(80), random.below(12), random.below(28));
    format!("{}-{:02}-{:02}", 1990 + year, month + 1, day + 1)
}

fn uuid(random: &mut Random) -> String {
    let (high, low) = (random.number(), random.number());
    format!(
        "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
        high >> 32,
        high & 0xffff,
        (high >> 16) & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff,
    )
}

/// Base64 with padding (RFC 4648, section 4).
fn bytes(random: &mut Random) -> String {
    (*random.pick(&["", "AA==", "aGVsbG8=", "/+7dzLuqmYh3"])).to_owned()
}

/// A whole number within its format and its bounds.
pub(super) fn integer(node: &Node<'_>, random: &mut Random) -> Value {
    let (least, most) = match node.text("format") {
        "int64" | "" => (i64::MIN, i64::MAX),
        _ => (i64::from(i32::MIN), i64::from(i32::MAX)),
    };
    let bound = |key: &str, none: i64, step: i64| -> i64 {
        let exclusive = format!("exclusive{}{}", key[..1].to_uppercase(), &key[1..]);
        let limit = node.schema.get(key);
        match limit.and_then(|limit| limit.as_i64().or(limit.as_f64().map(|limit| limit as i64))) {
            Some(bound) if node.flag(&exclusive) => bound + step,
            Some(bound) => bound,
            None => none,
        }
    };
    let (least, most) = (bound("minimum", least, 1), bound("maximum", most, -1));
    // Small numbers are likelier, as they are in life.
    if random.chance(70) && least <= 1000 && most >= 0 {
        return json!(random.between(least.max(0), most.min(1000)));
    }
    json!(random.between(least, most))
}

/// A number within its bounds, whole or with a fraction that binary holds exactly.
pub(super) fn number(node: &Node<'_>, random: &mut Random) -> Value {
    let bound = |key: &str| node.schema.get(key).and_then(Value::as_f64);
    let least = bound("minimum").unwrap_or(if bound("maximum").is_some_and(|most| most < 0.0) {
        -1.0e6
    } else {
        0.0
    });
    let most = bound("maximum").unwrap_or(least.max(0.0) + 1.0e6);
    let steps = [0.25, 0.5, 0.125, 0.75][random.below(4)];
    let number = least + (most - least) * steps;
    if random.chance(30) && number.trunc() > least {
        return json!(number.trunc());
    }
    json!(number)
}

/// Any JSON but null, which an optional member may drop.
pub(super) fn anything(random: &mut Random) -> Value {
    match random.below(5) {
        0 => json!("text"),
        1 => json!(7),
        2 => json!(true),
        3 => json!([1, null, {"b": 2.5}]),
        _ => json!({"z": {"y": [false]}, "a": null}),
    }
}
