//! The places of one program that changes touch, for every format.

use serde_json::{Value, json as object};

use super::super::change::Change;
use super::super::consumer::{Consumer, Finding, Spot};
use super::super::verdict::Rust;
use super::inert::{code, escaped};
use super::{Report, counted, fold};

/// What a report says of the program.
pub(super) struct Places<'r> {
    /// Whether it compiles, and how much of it is touched, in one line.
    pub(super) verdict: String,
    /// The changes that touch it, with what they do to it: what breaks it first, and else in the order of the comparison.
    pub(super) touched: Vec<Touched<'r>>,
    /// What the compiler says that no change explains.
    pub(super) unexplained: Vec<&'r Finding>,
    /// What else a reader should know.
    pub(super) notes: Vec<String>,
}

/// A change with the places that it touches.
pub(super) struct Touched<'r> {
    pub(super) change: &'r Change,
    /// What happened.
    pub(super) sentence: String,
    /// Where it stands in the documents; empty where that is not known.
    pub(super) place: String,
    /// Whether code stops compiling for it; else there are only warnings.
    pub(super) breaks: bool,
    pub(super) findings: Vec<&'r Finding>,
}

impl Report<'_> {
    /// What there is to say of the program; none where none was checked.
    pub(super) fn places(&self) -> Option<Places<'_>> {
        let consumer = self.consumer.as_ref()?;
        let changes = self.comparison.changes.iter().enumerate();
        let mut touched: Vec<Touched<'_>> = changes
            .filter_map(|(index, change)| {
                let findings: Vec<&Finding> = consumer.findings_of(index).collect();
                let line = fold::folded(&[change]);
                (!findings.is_empty()).then(|| Touched {
                    change,
                    sentence: line
                        .first()
                        .map_or(String::new(), |line| line.sentence.clone()),
                    place: fold::visible(&self.place(change)),
                    breaks: findings.iter().any(|finding| finding.is_error),
                    findings,
                })
            })
            .collect();
        // The sort is stable: what only warns comes last.
        touched.sort_by_key(|touched| !touched.breaks);
        Some(Places {
            verdict: verdict(consumer, self.comparison.count(Rust::Major), &touched),
            unexplained: consumer.unexplained().collect(),
            notes: consumer
                .notes
                .iter()
                .map(|note| fold::visible(note))
                .collect(),
            touched,
        })
    }
}

fn verdict(consumer: &Consumer, major: usize, touched: &[Touched<'_>]) -> String {
    let count = |is_error: bool| {
        let findings = consumer.findings.iter();
        findings
            .filter(|finding| finding.is_error == is_error)
            .count()
    };
    let (errors, warnings) = (count(true), count(false));
    let compiles = match errors {
        0 => "compiles".to_owned(),
        errors => format!("does not compile ({})", counted(errors, "error")),
    };
    let warned = match warnings {
        0 => String::new(),
        warnings => format!(", {} of what is newly deprecated", counted(warnings, "use")),
    };
    let touching = touched.iter().filter(|touched| touched.breaks).count();
    let touching = match touching {
        _ if major == 0 => String::new(),
        0 => ", none touches this code".to_owned(),
        1 => ", 1 touches this code".to_owned(),
        more => format!(", {more} touch this code"),
    };
    format!(
        "{compiles}{warned}; {}{touching}",
        counted(major, "breaking change")
    )
}

impl Touched<'_> {
    /// `3 places`.
    pub(super) fn count(&self) -> String {
        counted(self.findings.len(), "place")
    }
}

impl Finding {
    /// Where it stands; `Cargo.toml` and the like where only the file is known, nothing where not even that.
    pub(super) fn at(&self) -> String {
        self.spot.as_ref().map_or(String::new(), Spot::to_string)
    }

    /// How sure it is, in words that stand behind the message; nothing where it is.
    pub(super) fn doubt(&self) -> &'static str {
        match (self.is_certain, self.changes.len()) {
            (_, 0) | (true, 1) => "",
            (true, _) => " (several changes may be meant)",
            (false, 1) => " (probably)",
            (false, _) => " (probably; several changes may be meant)",
        }
    }

    /// What is said, on one line.
    pub(super) fn words(&self) -> String {
        let message = fold::visible(&self.message);
        match self.code.as_str() {
            "" | "deprecated" => message,
            code => format!("{code}: {message}"),
        }
    }
}

/// The program, as plain text.
pub(super) fn text(report: &Report<'_>) -> String {
    let (Some(consumer), Some(places)) = (&report.consumer, report.places()) else {
        return String::new();
    };
    let mut text = format!(
        "\nThis code: {}\n  {}\n",
        fold::visible(&consumer.name),
        places.verdict
    );
    for touched in &places.touched {
        let Touched {
            change,
            sentence,
            place,
            ..
        } = touched;
        let (code, count) = (change.rule.code, touched.count());
        let level = if touched.breaks { "error" } else { "warning" };
        text.push_str(&format!("  {level} [{code}] {sentence} {count}:\n"));
        if !place.is_empty() {
            text.push_str(&format!("    --> {place}\n"));
        }
        for finding in &touched.findings {
            let (at, words, doubt) = (finding.at(), finding.words(), finding.doubt());
            text.push_str(&format!("    {at}: {words}{doubt}\n"));
        }
    }
    if !places.unexplained.is_empty() {
        let count = counted(places.unexplained.len(), "error");
        text.push_str(&format!("  no change explains {count}:\n"));
    }
    for finding in &places.unexplained {
        for line in rendered(finding) {
            text.push_str(&format!("    {line}\n"));
        }
    }
    for note in &places.notes {
        text.push_str(&format!("  note: {note}\n"));
    }
    text
}

/// The program, as Markdown.
pub(super) fn markdown(report: &Report<'_>) -> String {
    let (Some(consumer), Some(places)) = (&report.consumer, report.places()) else {
        return String::new();
    };
    let mut text = format!(
        "\n### This code: {}\n\n**{}**\n\n",
        code(&consumer.name),
        places.verdict
    );
    for touched in &places.touched {
        let Touched {
            change,
            sentence,
            place,
            ..
        } = touched;
        let (rule, count) = (change.rule.code, touched.count());
        let level = if touched.breaks { "error" } else { "warning" };
        let place = if place.is_empty() {
            String::new()
        } else {
            format!(" <sub>{}</sub>", escaped(place))
        };
        text.push_str(&format!(
            "- **{level}** {} (`{rule}`){place} {count}:\n",
            escaped(sentence)
        ));
        for finding in &touched.findings {
            let (at, words, doubt) = (finding.at(), finding.words(), finding.doubt());
            text.push_str(&format!("  - {} {}{doubt}\n", code(&at), escaped(&words)));
        }
    }
    if !places.unexplained.is_empty() {
        let count = counted(places.unexplained.len(), "error");
        text.push_str(&format!("\nNo change explains {count}:\n"));
    }
    for finding in &places.unexplained {
        text.push('\n');
        for line in rendered(finding) {
            // Indented, it is code whatever stands in it.
            text.push_str(&format!("    {line}\n"));
        }
    }
    for note in &places.notes {
        text.push_str(&format!("\n{}\n", escaped(note)));
    }
    text
}

/// The compiler's own text, line by line.
fn rendered(finding: &Finding) -> Vec<String> {
    let lines = finding.rendered.trim_end().lines();
    lines.map(fold::visible).collect()
}

/// The program as a JSON object; null where none was checked.
pub(super) fn json(report: &Report<'_>) -> Value {
    let Some(consumer) = &report.consumer else {
        return Value::Null;
    };
    let is_touching = |change: usize| consumer.findings_of(change).any(|finding| finding.is_error);
    let changes = report.comparison.changes.iter().enumerate();
    let touching = changes.filter(|(index, _)| is_touching(*index)).count();
    object!({
        "name": consumer.name,
        "compiles": !consumer.breaks(),
        "breaking_changes": report.comparison.count(Rust::Major),
        "breaking_changes_that_touch": touching,
        "findings": consumer.findings.iter().map(finding).collect::<Vec<_>>(),
        "notes": consumer.notes,
    })
}

fn finding(finding: &Finding) -> Value {
    object!({
        "level": if finding.is_error { "error" } else { "warning" },
        "code": finding.code,
        "message": finding.message,
        "rendered": finding.rendered,
        "changes": finding.changes,
        "certain": finding.is_certain,
        "place": finding.spot.as_ref().map(|spot| object!({
            "file": spot.file,
            "line": spot.line,
            "column": spot.column,
        })),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop at once")]
mod tests {
    use super::super::{Report, json, markdown, sarif, text};
    use crate::diff::{Consumer, Finding, Outline, Spot, compare};

    fn outline(fields: &str) -> Outline {
        let head = Outline::default().write();
        Outline::read(&format!(
            "{head}types::Pet struct flow=both at=#/Pet\n{fields}"
        ))
        .unwrap()
    }

    fn finding(line: usize, changes: Vec<usize>, is_certain: bool) -> Finding {
        let file = "src/main.rs".to_owned();
        Finding {
            is_error: true,
            spot: Some(Spot {
                file,
                line,
                column: 5,
            }),
            code: "E0609".to_owned(),
            message: "no field `a` on type `Pet`".to_owned(),
            rendered: "error[E0609]: no field\n --> there\n".to_owned(),
            changes,
            is_certain,
        }
    }

    fn report() -> Report<'static> {
        let old = outline(
            "types::Pet.a field type=Option<i64> presence=optional wire=a\ntypes::Pet.b field type=Option<i64> presence=optional wire=b\n",
        );
        let consumer = Consumer {
            name: "./app".to_owned(),
            findings: vec![
                finding(1, vec![0], true),
                finding(2, vec![0, 1], false),
                finding(3, Vec::new(), true),
            ],
            notes: vec!["A note.".to_owned()],
        };
        Report {
            comparison: compare(&old, &outline("")),
            consumer: Some(consumer),
            ..Report::default()
        }
    }

    #[test]
    fn places_stand_below_their_changes_and_what_is_not_explained_in_the_compilers_words() {
        let text = text(&report());
        for part in [
            "This code: ./app\n  does not compile (3 errors); 2 breaking changes, 2 touch this code\n",
            "`Pet.a` is gone: `Option<i64>`. 2 places:\n",
            "    src/main.rs:1:5: E0609: no field `a` on type `Pet`\n",
            "    src/main.rs:2:5: E0609: no field `a` on type `Pet` (probably; several changes may be meant)\n",
            "  no change explains 1 error:\n    error[E0609]: no field\n     --> there\n  note: A note.\n",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        let markdown = markdown(&report());
        assert!(
            markdown.contains("  - `src/main.rs:1:5` E0609: no field `a` on type `Pet`\n"),
            "{markdown}"
        );
        assert!(
            markdown.contains("\n    error[E0609]: no field\n"),
            "{markdown}"
        );
    }

    #[test]
    fn programs_find_the_places_by_the_positions_of_changes() {
        let json = json(&report());
        let consumer = json.get("consumer").unwrap();
        assert_eq!(consumer.pointer("/breaking_changes_that_touch").unwrap(), 2);
        assert_eq!(consumer.pointer("/findings/1/changes/1").unwrap(), 1);
        assert_eq!(consumer.pointer("/findings/1/certain").unwrap(), false);
        let sarif = sarif(&report());
        let place = |result: usize, at: usize, part: &str| {
            let pointer = format!("/runs/0/results/{result}/relatedLocations/{at}/{part}");
            sarif.pointer(&pointer).cloned().unwrap_or_default()
        };
        assert_eq!(
            place(0, 0, "physicalLocation/artifactLocation/uri"),
            "app/src/main.rs"
        );
        assert_eq!(place(0, 1, "physicalLocation/region/startLine"), 2);
        assert_eq!(place(1, 0, "physicalLocation/region/startLine"), 2);
        assert!(place(1, 1, "physicalLocation").is_null());
    }

    #[test]
    fn a_program_that_nothing_touches_compiles() {
        let mut report = report();
        report.consumer.as_mut().unwrap().findings.clear();
        let text = text(&report);
        assert!(
            text.contains("  compiles; 2 breaking changes, none touches this code\n"),
            "{text}"
        );
    }
}
