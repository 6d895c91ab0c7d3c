//! `CHANGELOG.md` of a generated crate.
//!
//! The top section is for the version to come, while that is greater than the one that the last surface was made for. Changes of
//! several runs gather there; a section whose version has come is never touched again.

use super::super::change::Comparison;
use super::super::outline::Outline;
use super::super::verdict::{Rust, Version};
use super::inert::escaped;
use super::{Report, causes};

const HEAD: &str = "\
# Changelog

What changed for those who use this crate, by version; newest first. `atlas-codegen generate` adds to the top section, and what is
written by hand stays.
";

/// The sections of an entry, with the level of what stands in them.
const TITLES: [(&str, Rust); 3] = [
    ("Breaking", Rust::Major),
    ("Added", Rust::Minor),
    ("Other", Rust::Patch),
];

/// The text of a section without its heading: changes by what they mean for code, then by group of operations. `causes` are what
/// else than the document has changed; which of the changes come from that, only the old document could tell.
pub fn entry(comparison: &Comparison, causes: &[String]) -> String {
    let report = Report {
        comparison: comparison.clone(),
        ..Report::default()
    };
    let sections = report.sections();
    let mut text = String::new();
    if !causes.is_empty() {
        let causes = escaped(&causes.join(" "));
        text.push_str(&format!(
            "\n{causes} Not all of this need come from the API.\n"
        ));
    }
    for (title, level) in TITLES {
        let mut part = String::new();
        for (group, lines) in &sections {
            let lines: Vec<_> = lines.iter().filter(|line| line.rust() == level).collect();
            if lines.is_empty() {
                continue;
            }
            part.push_str(&format!("\n**{}**\n\n", escaped(group)));
            for line in lines {
                part.push_str(&format!("- {}\n", escaped(&line.sentence)));
            }
        }
        if !part.is_empty() {
            text.push_str(&format!("\n### {title}\n{part}"));
        }
    }
    text
}

/// The changelog after a change of the surface, and the version that it asks for. None where nothing changed.
///
/// `text` is the changelog as it is; empty where there is none.
pub fn changelog(
    text: &str,
    comparison: &Comparison,
    old: &Outline,
    new: &Outline,
) -> Option<(String, Version)> {
    let before = Version::read(old.version())?;
    if comparison.changes.is_empty() {
        return None;
    }
    let needed = before.after(comparison.rust());
    let own = Version::read(new.version()).filter(|version| *version > before);
    let top = top(text).filter(|(version, _)| *version > before);
    let next = [Some(needed), own, top.map(|(version, _)| version)];
    let next = next.into_iter().flatten().max().unwrap_or(needed);
    let entry = entry(comparison, &causes(old, new));
    let text = match top {
        // The section is there: it gets what is new, under a heading that says what version that makes.
        Some((_, line)) => {
            let (head, rest) = text.split_at_checked(line).unwrap_or((text, ""));
            let behind = rest.split_once('\n').map_or("", |(_, behind)| behind);
            format!("{head}## {next}\n{entry}{behind}")
        }
        None => {
            let text = if text.is_empty() { HEAD } else { text };
            let at = text.find("\n## ").map_or(text.len(), |at| at + 1);
            let (head, rest) = text.split_at_checked(at).unwrap_or((text, ""));
            let gap = if head.ends_with("\n\n") { "" } else { "\n" };
            let end = if rest.is_empty() { "" } else { "\n" };
            format!("{head}{gap}## {next}\n{entry}{end}{rest}")
        }
    };
    Some((text, next))
}

/// The version of the first section, and where its heading begins.
fn top(text: &str) -> Option<(Version, usize)> {
    let at = match text.starts_with("## ") {
        true => 0,
        false => text.find("\n## ")? + 1,
    };
    let line = text.get(at..)?.lines().next()?;
    let word = line.trim_start_matches("## ").split_whitespace().next()?;
    Some((Version::read(word.trim_matches(['[', ']']))?, at))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop at once")]
mod tests {
    use super::super::super::compare;
    use super::*;

    fn outline(generator: &str, config: &str, fields: &str) -> Outline {
        let head = Outline::default().write();
        Outline::read(&format!(
            "{head}crate crate package=a library=a version=1.0.0 generator={generator} config={config}\n\
             types::Pet struct flow=both at=#/Pet\n{fields}"
        ))
        .unwrap()
    }

    #[test]
    fn what_does_not_come_from_the_document_alone_is_said_to() {
        let field = "types::Pet.a field type=Option<i64> presence=optional wire=a\n";
        let new = outline("0.2.0", "1", field);
        for (generator, config, expected) in [
            ("0.2.0", "1", "\n## 1.1.0\n\n### Added\n"),
            (
                "0.2.0",
                "2",
                "\n## 1.1.0\n\nThe config is another one than that of the old surface. Not all of this need come from the API.\n\n### Added\n",
            ),
            (
                "0.1.0",
                "1",
                "\n## 1.1.0\n\nThe generator is another one: 0.1.0 made the old surface, 0.2.0 the new one. Not all of this need come from the API.\n",
            ),
        ] {
            let old = outline(generator, config, "");
            let (text, _) = changelog("", &compare(&old, &new), &old, &new).unwrap();
            assert!(text.contains(expected), "{text}");
        }
    }
}
