//! The report as SARIF 2.1.0, the OASIS standard for what tools find in files.

use serde_json::{Value, json as object};
use sha2::{Digest, Sha256};

use super::super::change::Change;
use super::super::rules::{self, Rule};
use super::super::verdict::{Rust, Wire};
use super::fold::visible;
use super::links::{self, Spot};
use super::{Report, identities};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The report as a SARIF log with one run. Every change is a result; what is major or breaking is an error.
pub fn sarif(report: &Report<'_>) -> Value {
    let changes = &report.comparison.changes;
    let mut used: Vec<&'static Rule> = rules::rules().collect();
    used.retain(|rule| changes.iter().any(|change| change.rule == *rule));
    let results = changes.iter().enumerate().zip(identities(changes));
    let results = results.map(|(change, name)| result(report, &used, change, &name));
    let results: Vec<Value> = results.collect();
    object!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "atlas-codegen",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": used.iter().map(|rule| self::rule(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": {
                "rust": report.comparison.rust().as_str(),
                "wire": report.comparison.wire().as_str(),
                "nextVersion": report.versions.map(|(_, next)| next.to_string()),
            },
        }],
    })
}

/// How bad a change is, in SARIF's words (section 3.27.10).
pub(super) fn level(rust: Rust, wire: Wire) -> &'static str {
    match (rust, wire) {
        (Rust::Major, _) | (_, Wire::Breaking) => "error",
        (_, Wire::Risky) => "warning",
        (Rust::Minor | Rust::Patch, Wire::Compatible) => "note",
    }
}

fn rule(rule: &Rule) -> Value {
    let markdown = format!("{}\n\n```diff\n{}\n```", rule.why, rule.example);
    object!({
        "id": rule.code,
        "shortDescription": { "text": message(rule.title) },
        "fullDescription": { "text": message(rule.why) },
        "help": {
            "text": message(&format!("{}\n\n{}", rule.why, rule.example)),
            "markdown": message(&markdown),
        },
        "defaultConfiguration": { "level": level(rule.rust, rule.sent.max(rule.received)) },
    })
}

fn result(
    report: &Report<'_>,
    used: &[&Rule],
    (position, change): (usize, &Change),
    name: &str,
) -> Value {
    let index = used.iter().position(|rule| *rule == change.rule);
    let mut result = object!({
        "ruleId": change.rule.code,
        "ruleIndex": index,
        "level": level(change.rust, change.wire),
        "message": { "text": message(&visible(&change.sentence())) },
        "locations": [location(&links::spot(report, change), &change.item)],
        "partialFingerprints": { "change/v1": fingerprint(name) },
        "properties": {
            "rust": change.rust.as_str(),
            "wire": change.wire.as_str(),
            "direction": change.flow.as_str(),
            "cause": change.cause.as_str(),
        },
    });
    let mut related = Vec::new();
    if let (Some(old), false) = (links::old_spot(report, change), change.new_at.is_empty()) {
        related.push(with_message(location(&old, &change.item), "as it was"));
    }
    for place in touched(report, position) {
        // Several uses on one spot are one place: no two related locations are the same (section 3.27.22).
        if !related.contains(&place) {
            related.push(place);
        }
    }
    if let (Some(members), false) = (result.as_object_mut(), related.is_empty()) {
        members.insert("relatedLocations".to_owned(), Value::Array(related));
    }
    result
}

/// Where a change touches the program that was checked.
fn touched(report: &Report<'_>, change: usize) -> Vec<Value> {
    let Some(consumer) = &report.consumer else {
        return Vec::new();
    };
    let findings = consumer.findings_of(change);
    let places = findings.filter_map(|finding| {
        let spot = finding.spot.as_ref()?;
        let place = object!({ "physicalLocation": {
            "artifactLocation": { "uri": links::uri(&consumer.file(spot)) },
            "region": { "startLine": spot.line, "startColumn": spot.column },
        }});
        let words = format!("{}{}", finding.words(), finding.doubt());
        Some(with_message(place, &words))
    });
    places.collect()
}

fn with_message(mut location: Value, text: &str) -> Value {
    if let Some(members) = location.as_object_mut() {
        let text = message(text);
        members.insert("message".to_owned(), object!({ "text": text }));
    }
    location
}

fn location(spot: &Spot, item: &str) -> Value {
    let mut physical = object!({ "artifactLocation": { "uri": links::uri(&spot.file) } });
    if let (Some((line, column)), Some(members)) = (spot.position, physical.as_object_mut()) {
        let region = object!({ "startLine": line, "startColumn": column });
        members.insert("region".to_owned(), region);
    }
    object!({
        "physicalLocation": physical,
        "logicalLocations": [{ "fullyQualifiedName": visible(item) }],
    })
}

/// A text as a message string: braces would be a placeholder (section 3.11.5), and brackets with parentheses behind them a link
/// (section 3.11.6).
fn message(text: &str) -> String {
    let text = text.replace('{', "{{").replace('}', "}}");
    text.replace("](", "] (")
}

/// A few digits by which a change is known in the next report.
fn fingerprint(name: &str) -> String {
    let digest = Sha256::digest(name.as_bytes());
    let bytes = digest.iter().take(16);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::message;

    #[test]
    fn a_text_is_neither_a_placeholder_nor_a_link() {
        for (text, expected) in [
            ("GET /pets/{0}", "GET /pets/{{0}}"),
            (
                "[free](https://example.com)",
                "[free] (https://example.com)",
            ),
            ("Vec<[u8; 2]>", "Vec<[u8; 2]>"),
        ] {
            assert_eq!(message(text), expected);
        }
    }
}
