//! An instance of each variant of each union lands in that variant; what the document does not know lands in `Unknown`.

use std::collections::BTreeSet;

use atlas_codegen_tests::oracle::compare::difference;
use atlas_codegen_tests::oracle::instance::{Direction, Fill, Generator, Union, Variant};
use serde_json::{Value, json};

use crate::probe::Question;
use crate::reviewed::{AMBIGUOUS_IN_ATLAS, Reviewed};
use crate::subject::{Subject, atlas, exchange, fragment};
use atlas_codegen_tests::catalog::{Emitted, Kind, Variants};

/// One value that should become one variant.
struct Trial<'s> {
    ty: &'s Emitted,
    /// The variant's place in the document; none for what should be unknown.
    place: Option<String>,
    /// The variant's name; none where it holds a type without a name, which a place cannot tell.
    expected: Option<&'s str>,
}

#[test]
fn every_variant_of_every_atlas_union_is_told_apart() {
    if let Some(subject) = atlas() {
        are_told_apart(subject, AMBIGUOUS_IN_ATLAS, 70, 300);
    }
}

#[test]
fn every_variant_of_every_fragment_union_is_told_apart() {
    are_told_apart(fragment(), &[], 2, 4);
}

#[test]
fn every_variant_of_every_exchange_union_is_told_apart() {
    are_told_apart(exchange(), &[], 1, 5);
}

fn are_told_apart(subject: &Subject, ambiguous: &[Reviewed], unions: usize, variants: usize) {
    let mut faults = Vec::new();
    let (trials, questions) = trials(subject, &mut faults);
    let answers = subject.probe.ask(&questions);
    let mut reviewed = BTreeSet::new();
    for ((trial, question), answer) in trials.iter().zip(&questions).zip(answers) {
        let fault = match answer {
            Err(message) => Some(message),
            Ok(answer) if trial.expected.is_some_and(|name| name != answer.variant) => {
                Some(format!("became `{}`", answer.variant))
            }
            Ok(answer) if trial.place.is_none() => difference(&question.value, &answer.value),
            Ok(_) => None,
        };
        let Some(fault) = fault else { continue };
        let place = trial.place.as_deref().unwrap_or_default();
        if ambiguous.iter().any(|(listed, _)| *listed == place) {
            reviewed.insert(place);
            continue;
        }
        let expected = trial.expected.unwrap_or("?");
        let (ident, value) = (&trial.ty.ident, &question.value);
        faults.push(format!(
            "{ident}::{expected} ({place}): {fault}\n    {value}"
        ));
    }
    let unneeded = ambiguous.iter().filter(|(p, _)| !reviewed.contains(p));
    faults
        .extend(unneeded.map(|(place, _)| format!("{place} is told apart; it need not be listed")));
    assert_counts(&trials, ambiguous.len(), (unions, variants));
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

fn assert_counts(trials: &[Trial<'_>], ambiguous: usize, (unions, variants): (usize, usize)) {
    let all: BTreeSet<&str> = trials.iter().map(|trial| trial.ty.ident.as_str()).collect();
    let told: BTreeSet<(&str, &str)> = trials
        .iter()
        .filter_map(|trial| Some((trial.ty.ident.as_str(), trial.place.as_deref()?)))
        .collect();
    println!(
        "{} values for {} variants of {} unions; {ambiguous} variants are ambiguous",
        trials.len(),
        told.len(),
        all.len(),
    );
    assert!(all.len() >= unions && told.len() >= variants);
}

fn trials<'s>(subject: &'s Subject, faults: &mut Vec<String>) -> (Vec<Trial<'s>>, Vec<Question>) {
    let mut all = (Vec::new(), Vec::new());
    for ty in &subject.catalog.types {
        let Kind::Union(variants) = &ty.kind else {
            continue;
        };
        let generator = Generator::new(&subject.document, "");
        let Some(union) = generator.union_at(&ty.pointer) else {
            faults.push(format!("{} is no union in the document", ty.ident));
            continue;
        };
        for direction in &ty.directions {
            for index in 0..union.variants.len() {
                match expected(variants, &union.variants[index]) {
                    Ok(expected) => {
                        instances(
                            subject,
                            (ty, *direction),
                            (&union, index),
                            expected,
                            &mut all,
                        );
                    }
                    Err(()) => faults.push(format!(
                        "{} has no variant for {}",
                        ty.ident, union.variants[index].place
                    )),
                }
            }
        }
        if variants.all.len() != union.variants.len() {
            faults.push(format!("{} has another number of variants", ty.ident));
        }
        unknown(ty, variants, &mut all);
    }
    all
}

/// The name of a variant of the document; an error where the type has none for it.
fn expected<'s>(variants: &'s Variants, variant: &Variant<'_>) -> Result<Option<&'s str>, ()> {
    let holds = |held: &String| *held == variant.place || *held == variant.node.pointer;
    let by_place = variants
        .all
        .iter()
        .find(|(_, held)| held.as_ref().is_some_and(holds));
    match by_place {
        Some((name, _)) => Ok(Some(name)),
        None if variants.all.iter().any(|(_, held)| held.is_none()) => Ok(None),
        None => Err(()),
    }
}

fn instances<'s>(
    subject: &'s Subject,
    (ty, direction): (&'s Emitted, Direction),
    (union, index): (&Union<'s>, usize),
    expected: Option<&'s str>,
    (trials, questions): &mut (Vec<Trial<'s>>, Vec<Question>),
) {
    let place = &union.variants[index].place;
    for (number, fill) in [Fill::All, Fill::None, Fill::Some, Fill::Some]
        .into_iter()
        .enumerate()
    {
        let seed = format!("{place} {direction:?} {number}");
        let mut generator = Generator::new(&subject.document, &seed).with_fill(fill);
        let value = generator.instance_of(union, index, direction);
        // A tag that only the service sets is in no request, so nothing tells the variant there.
        let is_untold = direction == Direction::Request
            && union
                .discriminator
                .is_some_and(|tag| value.get(tag).is_none());
        trials.push(Trial {
            ty,
            place: Some(place.clone()),
            expected: if is_untold { Some("Unknown") } else { expected },
        });
        questions.push(Question {
            ident: format!("types::{}", ty.ident),
            value,
        });
    }
}

/// What no variant is meant by.
fn unknown<'s>(
    ty: &'s Emitted,
    variants: &Variants,
    (trials, questions): &mut (Vec<Trial<'s>>, Vec<Question>),
) {
    let more = json!([1, null, {"deep": [2.5, "text"]}]);
    let values: Vec<Value> = match &variants.tag {
        Some(tag) => vec![
            json!({tag: "KIND_OF_TOMORROW", "more": more}),
            json!({tag: null, "more": more}),
            json!({"more": more}),
            json!("TEXT"),
            more,
        ],
        // Types with a name are objects here.
        None if variants.all.iter().all(|(_, held)| held.is_some()) => vec![json!("TEXT"), more],
        None => Vec::new(),
    };
    for value in values {
        trials.push(Trial {
            ty,
            place: None,
            expected: Some("Unknown"),
        });
        questions.push(Question {
            ident: format!("types::{}", ty.ident),
            value,
        });
    }
}
