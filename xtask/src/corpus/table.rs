//! What came out, as text: a summary for people, a row for each document, and what is not good enough.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Plan;
use super::row::{Counts, Row};

/// The groups in the order of the summary; others follow.
const GROUPS: [&str; 5] = ["real", "feature", "atlas", "diff-pairs", "negative"];

/// How many characters of an example stand in a table.
const EXAMPLE: usize = 160;

/// A table of groups, those documents apart with which something is wrong.
pub(super) fn summary(rows: &[Row], plan: &Plan) -> String {
    let mut groups: BTreeMap<(usize, &str, bool), Vec<&Row>> = BTreeMap::new();
    for row in rows {
        let rank = GROUPS.iter().position(|group| *group == row.group);
        let key = (rank.unwrap_or(GROUPS.len()), row.group.as_str(), !row.clean);
        groups.entry(key).or_default().push(row);
    }
    let mut text = String::from(if plan.round_trip {
        "| documents | count | generated | schemas | come back the same | instances |\n|---|--:|--:|--:|--:|--:|\n"
    } else {
        "| documents | count | generated | operations | emitted | typed | of these any object | members | typed | \
         warnings | compiler errors | compiler warnings | s |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
    });
    for ((_, group, faulty), rows) in &groups {
        let name = format!("{group}{}", if *faulty { ", faulty" } else { "" });
        line(&mut text, &name, rows, plan);
    }
    let clean: Vec<&Row> = rows.iter().filter(|row| row.clean).collect();
    line(&mut text, "**all clean ones**", &clean, plan);
    text
}

fn line(text: &mut String, name: &str, rows: &[&Row], plan: &Plan) {
    let sum = |of: fn(&Row) -> usize| rows.iter().map(|row| of(row)).sum::<usize>();
    let generated = sum(|row| usize::from(row.refused.is_none()));
    let _ = write!(text, "| {name} | {} | {generated} |", rows.len());
    if plan.round_trip {
        let all = sum(|row| row.schemas.as_ref().map_or(0, |schemas| schemas.all));
        let passed = sum(|row| row.schemas.as_ref().map_or(0, |schemas| schemas.passed));
        let instances = sum(|row| row.schemas.as_ref().map_or(0, |schemas| schemas.instances));
        let _ = writeln!(
            text,
            " {all} | {passed} ({:.2} %) | {instances} |",
            percent(passed, all)
        );
        return;
    }
    let (operations, emitted, typed) = (
        sum(|row| row.operations),
        sum(|row| row.emitted),
        sum(|row| row.typed),
    );
    let members = sum(|row| row.members);
    let members_typed = members - sum(|row| row.members_untyped);
    let seconds = rows.iter().map(|row| row.milliseconds).sum::<f64>() / 1e3;
    let compiled = |of: fn(&super::row::Check) -> usize| match plan.check {
        true => rows
            .iter()
            .filter_map(|row| row.check.as_ref())
            .map(of)
            .sum::<usize>()
            .to_string(),
        false => "–".to_owned(),
    };
    let _ = writeln!(
        text,
        " {operations} | {emitted} ({:.2} %) | {typed} ({:.2} %) | {} | {members} | {members_typed} ({:.2} %) | {} | {} | {} | {seconds:.1} |",
        percent(emitted, operations),
        percent(typed, operations),
        sum(|row| row.free_form),
        percent(members_typed, members),
        sum(|row| row.warnings.values().sum()),
        compiled(|check| check.errors),
        compiled(|check| check.warnings),
    );
}

/// What is counted of a document.
type Of = fn(&Row) -> Counts;

/// Every reason with its number, of the clean documents and of the others.
pub(super) fn reasons(rows: &[Row]) -> String {
    let kinds: [(&str, Of); 5] = [
        ("warnings", |row| row.warnings.clone()),
        ("operations left out", |row| row.left_out.clone()),
        ("bodies and answers without their type", |row| {
            row.untyped.clone()
        }),
        ("bodies and answers in other formats, as bytes", |row| {
            row.opaque.clone()
        }),
        ("documents refused", |row| {
            let reason = row.refused.iter();
            reason
                .map(|reason| {
                    let words = super::typed::general(reason);
                    (words.split(" #/").next().unwrap_or_default().to_owned(), 1)
                })
                .collect()
        }),
    ];
    let mut text = String::new();
    for (what, of) in kinds {
        let mut all: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for row in rows {
            for (reason, count) in of(row) {
                let (clean, faulty) = all.entry(reason).or_default();
                *(if row.clean { clean } else { faulty }) += count;
            }
        }
        if all.is_empty() {
            continue;
        }
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by_key(|(reason, (clean, faulty))| {
            (std::cmp::Reverse((*clean, *faulty)), reason.clone())
        });
        let _ = writeln!(text, "{what} (in clean documents, in faulty ones):");
        for (reason, (clean, faulty)) in all {
            let _ = writeln!(text, "  {clean:6} {faulty:6}  {reason}");
        }
    }
    text
}

/// A table of the classes of failure in the round trip: how many schemas of which groups, and the first of them.
pub(super) fn classes(rows: &[Row]) -> String {
    let mut all: BTreeMap<&str, (BTreeMap<&str, usize>, String)> = BTreeMap::new();
    for row in rows {
        for failure in row.schemas.iter().flat_map(|schemas| &schemas.failures) {
            let mut cells = failure.splitn(3, '\t').map(str::trim);
            let class = cells.next().unwrap_or_default();
            let (groups, example) = all.entry(class).or_default();
            *groups.entry(&row.group).or_default() += 1;
            if example.is_empty() {
                let place = cells.next().unwrap_or_default();
                let what = cells.next().unwrap_or_default();
                let what = what.split(" | ").next().unwrap_or_default();
                let what: String = what.chars().take(EXAMPLE).collect();
                *example = format!("{} `{place}`: {what}", row.path);
            }
        }
    }
    if all.is_empty() {
        return String::new();
    }
    let mut all: Vec<_> = all.into_iter().collect();
    let count = |groups: &BTreeMap<&str, usize>| groups.values().sum::<usize>();
    all.sort_by_key(|(class, (groups, _))| (std::cmp::Reverse(count(groups)), *class));
    let mut text = String::from(
        "| what does not come back the same | schemas | where | for example |\n|---|--:|---|---|\n",
    );
    for (class, (groups, example)) in all {
        let places = groups
            .iter()
            .map(|(group, count)| format!("{count} {group}"));
        let places = places.collect::<Vec<_>>().join(", ");
        let cells = [class, &places, &example].map(|cell| cell.replace('|', "\\|"));
        let [class, places, example] = cells;
        let _ = writeln!(
            text,
            "| {class} | {} | {places} | {example} |",
            count(&groups)
        );
    }
    text
}

/// A line for each document, with a header.
pub(super) fn rows(rows: &[Row]) -> String {
    let mut text = String::from(
        "path\tgroup\tclean\toperations\temitted\tleft_out\ttyped\tany_object\tmembers\tmembers_untyped\ttypes\tgenerate_ms\t\
         check_errors\tcheck_warnings\tschemas\tschemas_same\twarnings\twhy_left_out\twhy_untyped\topaque\t\
         why_schemas\trefused\tcompiler\n",
    );
    for row in rows {
        let check = |of: fn(&super::row::Check) -> usize| {
            let check = row.check.as_ref();
            check.map_or_else(String::new, |check| of(check).to_string())
        };
        let schemas = |of: fn(&super::row::Schemas) -> usize| {
            let schemas = row.schemas.as_ref();
            schemas.map_or_else(String::new, |schemas| of(schemas).to_string())
        };
        let cells = [
            row.path.clone(),
            row.group.clone(),
            if row.clean { "yes" } else { "no" }.to_owned(),
            row.operations.to_string(),
            row.emitted.to_string(),
            row.left_out.values().sum::<usize>().to_string(),
            row.typed.to_string(),
            row.free_form.to_string(),
            row.members.to_string(),
            row.members_untyped.to_string(),
            row.types.to_string(),
            format!("{:.1}", row.milliseconds),
            check(|check| check.errors),
            check(|check| check.warnings),
            schemas(|schemas| schemas.all),
            schemas(|schemas| schemas.passed),
            counts(&row.warnings),
            counts(&row.left_out),
            counts(&row.untyped),
            counts(&row.opaque),
            row.schemas
                .as_ref()
                .map_or_else(String::new, |schemas| counts(&schemas.classes)),
            row.refused.clone().unwrap_or_default(),
            row.check
                .as_ref()
                .map_or_else(String::new, |check| check.first.clone()),
        ];
        let cells = cells.map(|cell| cell.replace(['\t', '\n', '\r'], " "));
        let _ = writeln!(text, "{}", cells.join("\t"));
    }
    text
}

/// A line for each place that is left out or has not its type.
pub(super) fn places(rows: &[Row]) -> String {
    let mut text = String::from("document\tclean\twhy\tplace\n");
    for row in rows {
        for place in &row.places {
            let clean = if row.clean { "yes" } else { "no" };
            let _ = writeln!(text, "{}\t{clean}\t{place}", row.path);
        }
    }
    text
}

/// A line for each schema that does not come back the same.
pub(super) fn schemas(rows: &[Row]) -> String {
    let mut text = String::from("document\tclean\twhy\tplace\twhat\n");
    for row in rows {
        let clean = if row.clean { "yes" } else { "no" };
        for failure in row.schemas.iter().flat_map(|schemas| &schemas.failures) {
            let _ = writeln!(text, "{}\t{clean}\t{failure}", row.path);
        }
    }
    text
}

fn counts(counts: &Counts) -> String {
    let parts = counts.iter().map(|(what, count)| format!("{count} {what}"));
    parts.collect::<Vec<_>>().join("; ")
}

/// What is not good enough.
pub(super) fn faults(rows: &[Row], floor: f64) -> Vec<String> {
    let mut faults = Vec::new();
    for row in rows {
        if row.ended {
            let how = row.refused.as_deref().unwrap_or_default();
            faults.push(format!("{} ends the generator: {how}", row.path));
        } else if let (Some(reason), true) = (&row.refused, row.clean) {
            faults.push(format!("{} is refused: {reason}", row.path));
        }
        if let Some(check) = row.check.as_ref()
            && check.errors + check.warnings > 0
        {
            faults.push(format!(
                "{} compiles with {} errors and {} warnings: {}",
                row.path, check.errors, check.warnings, check.first
            ));
        }
    }
    let clean: Vec<&Row> = rows.iter().filter(|row| row.clean).collect();
    let sum = |of: fn(&Row) -> usize| clean.iter().map(|row| of(row)).sum::<usize>();
    let operations = sum(|row| row.operations);
    let mut hold = |what: &str, part: usize, all: usize| {
        if percent(part, all) < floor {
            faults.push(format!("{part} of {all} {what}"));
        }
    };
    hold("operations are emitted", sum(|row| row.emitted), operations);
    hold(
        "operations have their types",
        sum(|row| row.typed),
        operations,
    );
    hold(
        "schemas come back the same",
        sum(|row| row.schemas.as_ref().map_or(0, |schemas| schemas.passed)),
        sum(|row| row.schemas.as_ref().map_or(0, |schemas| schemas.all)),
    );
    faults
}

// Counts are far smaller than what a float keeps.
#[allow(clippy::cast_precision_loss)]
fn percent(part: usize, all: usize) -> f64 {
    if all == 0 {
        100.0
    } else {
        part as f64 * 100.0 / all as f64
    }
}
