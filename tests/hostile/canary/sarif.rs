//! What the standard asks of a SARIF log: the objects that ours holds, by SARIF 2.1.0 and its schema.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// What an object holds: its members, each with what it is, and `!` behind those that must be there. The schema's objects are closed
/// but for bags, and what a log of ours has no use for is not listed: a new member is to be looked up first.
const OBJECTS: [(&str, &[(&str, &str)]); 14] = [
    (
        "log",
        &[
            ("$schema", "uri"),
            ("version!", "=2.1.0"),
            ("runs!", "[run"),
        ],
    ),
    (
        "run",
        &[
            ("tool!", "tool"),
            ("columnKind", "=utf16CodeUnits unicodeCodePoints"),
            ("results!", "[result"),
            ("properties", "bag"),
        ],
    ),
    ("tool", &[("driver!", "component")]),
    (
        "component",
        &[
            ("name!", "text"),
            ("version", "text"),
            ("informationUri", "uri"),
            ("rules", "{rule"),
        ],
    ),
    (
        "rule",
        &[
            ("id!", "text"),
            ("shortDescription", "message"),
            ("fullDescription", "message"),
            ("help", "message"),
            ("defaultConfiguration", "configuration"),
        ],
    ),
    ("configuration", &[("level", LEVEL)]),
    ("message", &[("text!", "words"), ("markdown", "words")]),
    (
        "result",
        &[
            ("ruleId!", "text"),
            ("ruleIndex", "index"),
            ("level", LEVEL),
            ("kind", "=notApplicable pass fail review open informational"),
            ("message!", "message"),
            ("locations", "[location"),
            ("partialFingerprints", "fingerprints"),
            ("relatedLocations", "{location"),
            ("properties", "bag"),
        ],
    ),
    (
        "location",
        &[
            ("physicalLocation", "physical"),
            ("logicalLocations", "{logical"),
            ("message", "message"),
        ],
    ),
    (
        "physical",
        &[("artifactLocation!", "artifact"), ("region", "region")],
    ),
    ("artifact", &[("uri!", "reference")]),
    (
        "region",
        &[
            ("startLine!", "count"),
            ("startColumn", "count"),
            ("endLine", "count"),
            ("endColumn", "count"),
        ],
    ),
    ("logical", &[("fullyQualifiedName!", "text")]),
    ("fingerprints", &[("change/v1!", "text")]),
];

const LEVEL: &str = "=none note warning error";

/// Everything in a log that is not as the standard asks.
pub(super) fn faults(log: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    see(log, "log", "", &mut faults);
    for run in log["runs"].as_array().into_iter().flatten() {
        rules(run, &mut faults);
    }
    faults
}

/// The rules that results name are those that the run describes.
fn rules(run: &Value, faults: &mut Vec<String>) {
    let rules = run["tool"]["driver"]["rules"].as_array();
    let ids: Vec<Option<&str>> = rules
        .into_iter()
        .flatten()
        .map(|rule| rule["id"].as_str())
        .collect();
    if ids.iter().collect::<BTreeSet<_>>().len() != ids.len() {
        faults.push(format!("a rule is described twice: {ids:?}"));
    }
    for result in run["results"].as_array().into_iter().flatten() {
        let index = result["ruleIndex"]
            .as_u64()
            .and_then(|index| usize::try_from(index).ok());
        if index.and_then(|index| ids.get(index)) != Some(&result["ruleId"].as_str()) {
            faults.push(format!(
                "{} is not the rule at {}",
                result["ruleId"], result["ruleIndex"]
            ));
        }
    }
}

fn see(value: &Value, what: &str, at: &str, faults: &mut Vec<String>) {
    if let Some(item) = what.strip_prefix(['[', '{']) {
        let Some(items) = value.as_array() else {
            return faults.push(format!("{at} is no array"));
        };
        for (index, value) in items.iter().enumerate() {
            see(value, item, &format!("{at}/{index}"), faults);
            if what.starts_with('{') && items.iter().take(index).any(|other| other == value) {
                faults.push(format!("{at}/{index} stands there twice"));
            }
        }
        return;
    }
    if let Some((_, members)) = OBJECTS.iter().find(|(name, _)| *name == what) {
        return match value.as_object() {
            Some(object) => see_object(object, members, at, faults),
            None => faults.push(format!("{at} is no object")),
        };
    }
    let text = value.as_str().filter(|text| !text.is_empty());
    let holds = match what {
        "text" => text.is_some(),
        "words" => text.is_some_and(is_message),
        "uri" => text.is_some_and(|text| is_reference(text) && text.contains("://")),
        "reference" => text.is_some_and(is_reference),
        "index" => value.is_u64(),
        "count" => value.as_u64().is_some_and(|number| number >= 1),
        "bag" => value.is_object(),
        _ => match (what.strip_prefix('='), text) {
            (Some(words), Some(text)) => words.split(' ').any(|word| word == text),
            _ => false,
        },
    };
    if !holds {
        faults.push(format!("{at} is no {what}: {value}"));
    }
}

fn see_object(
    object: &Map<String, Value>,
    members: &[(&str, &str)],
    at: &str,
    faults: &mut Vec<String>,
) {
    let known = |name: &str| {
        members
            .iter()
            .find(|(member, _)| member.trim_end_matches('!') == name)
    };
    for (name, value) in object {
        match known(name) {
            Some((_, what)) => see(value, what, &format!("{at}/{name}"), faults),
            None => faults.push(format!("{at} has no `{name}`")),
        }
    }
    for (name, _) in members {
        if name
            .strip_suffix('!')
            .is_some_and(|name| !object.contains_key(name))
        {
            faults.push(format!("{at} lacks `{name}`"));
        }
    }
    let number = |name: &str| object.get(name).and_then(Value::as_u64);
    if let (Some(start), Some(end)) = (number("startLine"), number("endLine")) {
        let columns = number("startColumn") <= number("endColumn").or(Some(u64::MAX));
        if end < start || (end == start && !columns) {
            faults.push(format!("{at} ends before it begins"));
        }
    }
}

/// Whether a message string has no placeholder and no link (sections 3.11.5 and 3.11.6).
fn is_message(text: &str) -> bool {
    let without = text.replace("{{", "").replace("}}", "");
    !without.contains(['{', '}']) && !text.contains("](")
}

/// Whether a text is a URI, or a relative reference that begins with no slash (RFC 3986; section 3.4.3).
fn is_reference(text: &str) -> bool {
    let (path, is_absolute) = match text.split_once("://") {
        Some((scheme, path)) => (
            path,
            !scheme.is_empty() && scheme.chars().all(|letter| letter.is_ascii_lowercase()),
        ),
        None => (text, false),
    };
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        let is_plain = letter.is_ascii_alphanumeric() || "-._~/".contains(letter);
        let is_encoded = letter == '%'
            && [letters.next(), letters.next()]
                .into_iter()
                .all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit()));
        if !(is_plain || is_encoded || (is_absolute && letter == ':')) {
            return false;
        }
    }
    is_absolute || !path.starts_with('/')
}

#[test]
fn what_the_standard_does_not_allow_is_found() {
    let good = serde_json::json!({
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "a", "rules": [{ "id": "r" }] } },
            "results": [{
                "ruleId": "r",
                "ruleIndex": 0,
                "level": "note",
                "message": { "text": "/pets/{{petId}}" },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": "a%20b.yaml" },
                    "region": { "startLine": 1, "startColumn": 1 },
                }}],
                "partialFingerprints": { "change/v1": "0a" },
                "relatedLocations": [{ "message": { "text": "there" } }],
            }],
        }],
    });
    assert_eq!(faults(&good), Vec::<String>::new());
    let result = "/runs/0/results/0";
    let place = "/runs/0/results/0/locations/0/physicalLocation";
    for (at, bad) in [
        ("/version".to_owned(), Value::from("2.0.0")),
        ("/runs/0/tool".to_owned(), serde_json::json!({})),
        (format!("{result}/level"), Value::from("fatal")),
        (format!("{result}/ruleIndex"), Value::from(1)),
        (format!("{result}/ruleIndex"), Value::Null),
        (format!("{result}/ruleId"), Value::from("s")),
        (
            format!("{result}/message"),
            serde_json::json!({ "markdown": "a" }),
        ),
        (format!("{result}/message/text"), Value::from("")),
        (format!("{result}/message/text"), Value::from("/pets/{0}")),
        (format!("{result}/message/text"), Value::from("[a](b)")),
        (
            format!("{result}/partialFingerprints/change~1v1"),
            Value::from(1),
        ),
        (
            format!("{result}/relatedLocations"),
            serde_json::json!([{}, {}]),
        ),
        (format!("{place}/region/startLine"), Value::from(0)),
        (format!("{place}/region/startColumn"), Value::from(0)),
        (
            format!("{place}/region"),
            serde_json::json!({ "startLine": 2, "endLine": 1 }),
        ),
        (
            format!("{place}/region"),
            serde_json::json!({ "startLine": 1, "line": 1 }),
        ),
        (
            format!("{place}/artifactLocation/uri"),
            Value::from("/a.yaml"),
        ),
        (
            format!("{place}/artifactLocation/uri"),
            Value::from("a b.yaml"),
        ),
        (
            format!("{place}/artifactLocation/uri"),
            Value::from("a%2.yaml"),
        ),
        (
            format!("{place}/artifactLocation/uri"),
            Value::from("C:/a.yaml"),
        ),
    ] {
        let mut log = good.clone();
        *log.pointer_mut(&at).expect("it is there") = bad.clone();
        assert!(!faults(&log).is_empty(), "{at}: {bad}");
    }
}
