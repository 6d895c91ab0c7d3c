//! The report as one JSON object, for programs.

use std::collections::BTreeMap;

use serde_json::{Value, json as object};

use super::super::change::Change;
use super::super::verdict::{Rust, Wire};
use super::{Report, places};
use crate::diag::Located;

/// The report as one JSON object. What is not known is null.
pub fn json(report: &Report<'_>) -> Value {
    let comparison = &report.comparison;
    let sunsets = report.sunsets.iter().map(|sunset| {
        object!({
            "operation": sunset.operation,
            "day": sunset.day,
            "passed": sunset.has_passed,
            "place": place(&report.new_places, sunset.at),
        })
    });
    object!({
        "old": report.names.0,
        "new": report.names.1,
        "rust": comparison.rust().as_str(),
        "wire": comparison.wire().as_str(),
        "version": report.versions.map(|(now, _)| now.to_string()),
        "next_version": report.versions.map(|(_, next)| next.to_string()),
        "counts": {
            "major": comparison.count(Rust::Major),
            "minor": comparison.count(Rust::Minor),
            "patch": comparison.count(Rust::Patch),
            "breaking": comparison.count_wire(Wire::Breaking),
            "risky": comparison.count_wire(Wire::Risky),
            "compatible": comparison.count_wire(Wire::Compatible),
        },
        "other_causes": report.causes,
        "changes": comparison.changes.iter().map(|change| self::change(change, report)).collect::<Vec<_>>(),
        "consumer": places::json(report),
        "sunsets": sunsets.collect::<Vec<_>>(),
    })
}

fn change(change: &Change, report: &Report<'_>) -> Value {
    object!({
        "code": change.rule.code,
        "rust": change.rust.as_str(),
        "wire": change.wire.as_str(),
        "direction": change.flow.as_str(),
        "cause": change.cause.as_str(),
        "item": change.item,
        "owner": change.owner,
        "also": change.also,
        "groups": change.groups,
        "before": change.before,
        "after": change.after,
        "sentence": change.sentence(),
        "old_place": place(&report.old_places, &change.old_at),
        "new_place": place(&report.new_places, &change.new_at),
    })
}

fn place(places: &BTreeMap<String, Located>, pointer: &str) -> Value {
    if pointer.is_empty() {
        return Value::Null;
    }
    let found = places.get(pointer);
    let position = found.and_then(|place| place.position);
    object!({
        "pointer": pointer,
        "file": found.map(|place| &place.file),
        "line": position.map(|(line, _)| line),
        "column": position.map(|(_, column)| column),
    })
}
