//! Random instances of every schema that has a type come out as they went in.

use atlas_codegen_tests::oracle::compare::{Nulls, difference_with};
use atlas_codegen_tests::oracle::instance::{Direction, Fill, Generator};

use crate::probe::Question;
use crate::subject::{Subject, atlas, exchange, fragment};
use atlas_codegen_tests::catalog::{Emitted, Kind};

/// The instances of a type for each direction: one with everything, one with nothing optional, and so many at random.
const RANDOM: usize = 6;
/// The instances with values that the document does not know.
const UNKNOWN: usize = 2;

/// An instance and where it comes from.
struct Trial<'s> {
    ty: &'s Emitted,
    direction: Direction,
    what: String,
}

#[test]
fn instances_of_every_atlas_schema_come_out_as_they_went_in() {
    if let Some(subject) = atlas() {
        come_out_as_they_went_in(subject, 2_000, 16_000);
    }
}

#[test]
fn instances_of_every_fragment_schema_come_out_as_they_went_in() {
    come_out_as_they_went_in(fragment(), 20, 160);
}

#[test]
fn instances_of_every_exchange_schema_come_out_as_they_went_in() {
    come_out_as_they_went_in(exchange(), 10, 80);
}

fn come_out_as_they_went_in(subject: &Subject, types: usize, instances: usize) {
    let (trials, questions) = trials(subject);
    let answers = subject.probe.ask(&questions);
    let mut faults = Vec::new();
    for ((trial, question), answer) in trials.iter().zip(&questions).zip(answers) {
        // A request says something with null; in a response it says as much as nothing.
        let nulls = match trial.direction {
            Direction::Request => Nulls::Kept,
            Direction::Response => Nulls::MayBeAbsent,
        };
        let fault = match answer {
            Ok(answer) => difference_with(&question.value, &answer.value, nulls),
            Err(message) => Some(message),
        };
        faults.extend(fault.map(|fault| {
            let Trial { ty, what, .. } = trial;
            format!("{} ({what}): {fault}\n    {}", ty.ident, question.value)
        }));
    }
    println!(
        "{} instances of {} types",
        trials.len(),
        subject.catalog.types.len()
    );
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
    assert!(subject.catalog.types.len() >= types && trials.len() >= instances);
}

fn trials(subject: &Subject) -> (Vec<Trial<'_>>, Vec<Question>) {
    let mut trials = Vec::new();
    let mut questions = Vec::new();
    for ty in &subject.catalog.types {
        for direction in &ty.directions {
            for (what, mut generator) in generators(subject, &ty.pointer, *direction) {
                trials.push(Trial {
                    ty,
                    direction: *direction,
                    what,
                });
                questions.push(Question {
                    ident: format!("types::{}", ty.ident),
                    value: generator.instance_at(&ty.pointer, *direction),
                });
            }
            if let Some(value) = unknown_value(&ty.kind) {
                trials.push(Trial {
                    ty,
                    direction: *direction,
                    what: "a value of tomorrow".to_owned(),
                });
                questions.push(Question {
                    ident: format!("types::{}", ty.ident),
                    value,
                });
            }
        }
    }
    (trials, questions)
}

fn unknown_value(kind: &Kind) -> Option<serde_json::Value> {
    match kind {
        Kind::TextEnum => Some("VALUE_OF_TOMORROW".into()),
        Kind::IntegerEnum => Some(987_654.into()),
        Kind::Plain | Kind::Union(_) => None,
    }
}

fn generators<'s>(
    subject: &'s Subject,
    pointer: &str,
    direction: Direction,
) -> Vec<(String, Generator<'s>)> {
    let new = |what: &str| {
        let seed = format!("{pointer} {direction:?} {what}");
        Generator::new(&subject.document, &seed)
    };
    let mut all = vec![
        ("all".to_owned(), new("all").with_fill(Fill::All)),
        ("none".to_owned(), new("none").with_fill(Fill::None)),
    ];
    for index in 0..RANDOM {
        let what = format!("random {index}");
        all.push((what.clone(), new(&what)));
    }
    for index in 0..UNKNOWN {
        let what = format!("unknown values {index}");
        all.push((what.clone(), new(&what).with_unknown_values()));
    }
    all
}
