//! Text that would break out of where it stands is planted at every place of a document: the crate has the same items as without, and
//! the text stands in literals and in documentation only.

mod page;
mod plant;
mod report;
mod sarif;
mod skeleton;

use std::collections::BTreeSet;

use atlas_codegen::surface::File;
use atlas_codegen_tests::hostile::generate;
use plant::{BREAKOUTS, WORD, document, places, plant, plant_all};
use serde_json::Value;
use skeleton::{Skeleton, skeleton};

fn files(document: &Value) -> Option<Vec<File>> {
    generate(document.to_string().as_bytes(), "canary.json").files
}

/// The skeleton of what a document becomes; none where it is refused.
fn checked(document: &Value, planted: &[String]) -> Result<Option<Skeleton>, String> {
    let Some(files) = files(document) else {
        return Ok(None);
    };
    page::check(&files)?;
    skeleton(&files, planted).map(Some)
}

/// The document with every text at every place where it is only text.
pub(super) fn everything_planted() -> Value {
    let everything = BREAKOUTS.concat();
    plant_all(&document(), |place| match place.starts_with('F') {
        true => format!("{everything} {place}"),
        false => place.to_owned(),
    })
}

/// The texts that are planted.
pub(super) fn breakouts() -> &'static [&'static str] {
    BREAKOUTS
}

/// What two skeletons do not share.
fn difference(expected: &Skeleton, found: &Skeleton) -> String {
    let lack = |from: &Skeleton, of: &Skeleton| -> Vec<String> {
        let missing = from
            .iter()
            .filter(|(item, count)| of.get(*item) != Some(*count));
        missing
            .map(|(item, count)| format!("{count} × {item}"))
            .collect()
    };
    format!(
        "expected:\n{}\nfound:\n{}",
        lack(expected, found).join("\n"),
        lack(found, expected).join("\n")
    )
}

/// Plants texts at one place, and adds what does not hold to `faults`.
fn try_place<'t>(place: &str, texts: impl Iterator<Item = &'t str>, faults: &mut Vec<String>) {
    let document = document();
    let planted = [WORD.to_owned()];
    let benign = checked(&plant(&document, place, WORD), &planted)
        .unwrap_or_else(|fault| panic!("{place}: {fault}"));
    let is_free = place.starts_with('F');
    assert!(!is_free || benign.is_some(), "{place} is a word");
    for text in texts {
        let found = checked(&plant(&document, place, text), &planted);
        let fault = match (&benign, found) {
            (_, Err(fault)) => fault,
            (Some(expected), Ok(found)) if is_free => match found {
                Some(found) if found == *expected => continue,
                Some(found) => difference(expected, &found),
                None => "it is refused".to_owned(),
            },
            _ => continue,
        };
        let text: String = text.chars().take(60).collect();
        faults.push(format!("{text:?} at {place}: {fault}"));
    }
}

fn report(faults: &[String]) {
    let first: Vec<&str> = faults.iter().take(5).map(String::as_str).collect();
    assert!(
        faults.is_empty(),
        "{} faults, such as\n{}",
        faults.len(),
        first.join("\n\n")
    );
}

#[test]
fn the_document_has_a_place_for_every_kind_of_text() {
    let places = places(&document());
    assert!(places.len() > 140, "{} places", places.len());
    let ignored: BTreeSet<&String> = places
        .iter()
        .filter(|place| place.starts_with('M'))
        .collect();
    assert!(ignored.len() < 12, "{ignored:?}");
}

/// Each place in turn: every text in one, and some alone, which others from place to place.
#[test]
fn text_at_one_place_stays_text() {
    let everything = BREAKOUTS.concat();
    let mut faults = Vec::new();
    for (index, place) in places(&document()).iter().enumerate() {
        let some = BREAKOUTS.iter().skip(index % 26).step_by(26).copied();
        try_place(place, some.chain([everything.as_str()]), &mut faults);
    }
    report(&faults);
}

/// All texts at all places, one by one: some thousand crates.
#[test]
#[ignore = "takes minutes; run it when what reads, names or emits has changed"]
fn every_text_at_every_place_stays_text() {
    let mut faults = Vec::new();
    for place in &places(&document()) {
        try_place(place, BREAKOUTS.iter().copied(), &mut faults);
    }
    report(&faults);
}

#[test]
fn text_at_all_places_at_once_stays_text() {
    let document = document();
    let free = |place: &str, text: &str| match place.starts_with('F') {
        // The place's own name keeps names apart, as in the document without it.
        true => format!("{text} {place}"),
        false => place.to_owned(),
    };
    let mut planted = vec![WORD.to_owned()];
    planted.extend(places(&document).iter().map(|place| place.to_lowercase()));
    let benign = checked(&plant_all(&document, |place| free(place, WORD)), &planted);
    let benign = benign
        .expect("words are harmless")
        .expect("the document is read");
    let mut faults = Vec::new();
    for text in BREAKOUTS {
        let found = checked(&plant_all(&document, |place| free(place, text)), &planted);
        match found {
            Err(fault) => faults.push(format!("{text:?}: {fault}")),
            Ok(None) => faults.push(format!("{text:?}: it is refused")),
            Ok(Some(found)) if found != benign => {
                faults.push(format!("{text:?}: {}", difference(&benign, &found)));
            }
            Ok(Some(_)) => {}
        }
    }
    report(&faults);
}
