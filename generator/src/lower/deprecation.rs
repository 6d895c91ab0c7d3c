//! What the document says of the end of an operation.

use openapiv3::{MediaType, Operation as Source, RequestBody, Response};
use serde_json::Value;

use super::version::Version;
use crate::config::is_date;
use crate::diag::SpecPath;
use crate::ir::Status;

/// The extension of operations, responses and media types that holds a date.
const SUNSET: &str = "x-sunset";

/// The first day on which a version may be gone: the earliest date that stands at one of its media types, at its successes or at the
/// operation.
pub(super) fn sunset(
    source: &Source,
    responses: &[(Status, &Response, SpecPath)],
    body: Option<&(&RequestBody, SpecPath)>,
    version: Option<&Version>,
) -> Option<String> {
    let is_of_version = |media_type: &str| Version::of(media_type).as_ref() == version;
    let of_content = |(media_type, entry): (&String, &MediaType)| {
        is_of_version(media_type).then(|| date(entry.extensions.get(SUNSET)))?
    };
    let successes = || responses.iter().filter(|(status, ..)| status.is_success());
    let bodies = body.iter().flat_map(|(body, _)| &body.content);
    let contents = successes().flat_map(|(_, response, _)| &response.content);
    let wholes = successes().filter_map(|(_, response, _)| date(response.extensions.get(SUNSET)));
    contents
        .chain(bodies)
        .filter_map(of_content)
        .chain(wholes)
        .chain(date(source.extensions.get(SUNSET)))
        .min()
}

/// The day of a date or of a date and time.
fn date(value: Option<&Value>) -> Option<String> {
    let day = value?.as_str()?.trim().get(..10)?;
    is_date(day).then(|| day.to_owned())
}

/// The sentences of a description that tell why an operation is deprecated or what to use in its place; empty where none does.
pub(super) fn reason(description: &str) -> String {
    let sentences = sentences(description);
    let says = |sentence: &str, word: &str| sentence.to_ascii_lowercase().contains(word);
    let Some(at) = sentences
        .iter()
        .position(|sentence| says(sentence, "deprecated"))
    else {
        let instead = sentences.iter().find(|sentence| says(sentence, " instead"));
        return instead.cloned().unwrap_or_default();
    };
    let advice = sentences.get(at + 1).filter(|sentence| {
        let start = sentence.to_ascii_lowercase();
        start.starts_with("use ") || start.starts_with("please use ") || says(sentence, " instead")
    });
    let found = sentences.get(at).into_iter().chain(advice);
    found.cloned().collect::<Vec<_>>().join(" ")
}

/// The sentences of a text, each on one line. A line that is empty ends a sentence, too.
fn sentences(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for paragraph in text.split("\n\n") {
        let mut sentence: Vec<&str> = Vec::new();
        for word in paragraph.split_whitespace() {
            sentence.push(word);
            if word.ends_with(['.', '!', '?']) && word.len() > 2 {
                all.push(std::mem::take(&mut sentence).join(" "));
            }
        }
        if !sentence.is_empty() {
            all.push(sentence.join(" "));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use openapiv3::{MediaType, Operation as Source, Response};
    use serde_json::json;

    use super::{reason, sunset};
    use crate::diag::SpecPath;
    use crate::ir::Status;
    use crate::lower::version::Version;

    #[test]
    fn the_reason_is_what_the_description_says_of_it() {
        for (description, expected) in [
            ("Reads a pet.", ""),
            (
                "Reads a pet.\n\n**Note**: This is deprecated since v1.2. Use `getDog` to read one.\nMore.",
                "**Note**: This is deprecated since v1.2. Use `getDog` to read one.",
            ),
            (
                "Reads a pet. It ends soon. Please use the dog\nendpoint instead.",
                "Please use the dog endpoint instead.",
            ),
            ("Deprecated. Reads a pet.", "Deprecated."),
        ] {
            assert_eq!(reason(description), expected, "{description}");
        }
    }

    #[test]
    fn the_sunset_is_the_earliest_date_of_the_version() {
        let mut response = Response::default();
        for (media_type, date) in [
            ("application/vnd.a.2023-01-01+json", "2026-01-01"),
            ("application/vnd.a.2024-01-01+json", "2027-03-01T00:00:00Z"),
            ("application/vnd.a.2024-01-01+csv", "2027-02-01"),
            ("application/vnd.a.2025-01-01+json", "soon"),
        ] {
            let entry = MediaType {
                extensions: [("x-sunset".to_owned(), json!(date))].into_iter().collect(),
                ..MediaType::default()
            };
            response.content.insert(media_type.to_owned(), entry);
        }
        let responses = [(Status::Code(200), &response, SpecPath::root())];
        let of = |source: &Source, media_type: &str| {
            sunset(source, &responses, None, Version::of(media_type).as_ref())
        };
        let source = Source::default();
        let json = |date: &str| format!("application/vnd.a.{date}+json");
        assert_eq!(
            of(&source, &json("2024-01-01")).as_deref(),
            Some("2027-02-01")
        );
        assert_eq!(of(&source, &json("2025-01-01")), None);
        let whole = Source {
            extensions: [("x-sunset".to_owned(), json!("2025-06-01"))]
                .into_iter()
                .collect(),
            ..Source::default()
        };
        assert_eq!(
            of(&whole, &json("2025-01-01")).as_deref(),
            Some("2025-06-01")
        );
    }
}
