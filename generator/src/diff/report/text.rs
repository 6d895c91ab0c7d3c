//! The report as plain text, and the explanation of a rule.

use super::super::rules::Rule;
use super::super::verdict::Wire;
use super::fold::visible;
use super::{Report, at, places};

/// The report as plain text.
pub fn text(report: &Report<'_>) -> String {
    let (old, new) = &report.names;
    let mut text = format!(
        "{} → {}: {}\n",
        visible(old),
        visible(new),
        report.verdict()
    );
    if let Some((now, next)) = &report.versions
        && now != next
    {
        text.push_str(&format!("next version: {next} (now {now})\n"));
    }
    for note in report.notes() {
        text.push_str(&format!("note: {}\n", visible(&note)));
    }
    text.push_str(&places::text(report));
    for (title, lines) in report.sections() {
        text.push_str(&format!("\n{}\n", visible(&title)));
        for line in lines {
            let wire = match line.wire() {
                Wire::Compatible => String::new(),
                wire => format!(", {}", wire.as_str()),
            };
            text.push_str(&format!(
                "  {}{wire} [{}] {}{}\n",
                line.rust().as_str(),
                line.code(),
                line.sentence,
                line.remark()
            ));
            if let [only] = line.changes.as_slice() {
                let place = report.place(only);
                if !place.is_empty() {
                    text.push_str(&format!("    --> {}\n", visible(&place)));
                }
            }
        }
    }
    text.push_str(&sunsets(report));
    text
}

fn sunsets(report: &Report<'_>) -> String {
    let mut text = String::new();
    for sunset in &report.sunsets {
        if text.is_empty() {
            text.push_str("\nSunset\n");
        }
        let has = if sunset.has_passed {
            "may be gone since"
        } else {
            "may be gone from"
        };
        let place = at(&report.new_places, sunset.at);
        let place = place.map_or(String::new(), |place| format!(" ({place})"));
        let line = format!("  `{}` {has} {}{place}", sunset.operation, sunset.day);
        text.push_str(&visible(&line));
        text.push('\n');
    }
    text
}

/// What a rule says, in full.
pub fn explain(rule: &Rule) -> String {
    let wire = match (rule.sent, rule.received) {
        (sent, received) if sent == received => sent.as_str().to_owned(),
        (sent, received) => {
            format!(
                "{} where it is sent, {} where it is received",
                sent.as_str(),
                received.as_str()
            )
        }
    };
    let example = rule.example.replace('\n', "\n  ");
    format!(
        "{}: {}\n\n  Rust: {}\n  wire: {wire}\n\n{}\n\n  {example}\n",
        rule.code,
        rule.title,
        rule.rust.as_str(),
        rule.why
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop at once")]
mod tests {
    use super::super::{Report, causes};
    use super::text;
    use crate::diff::Outline;

    #[test]
    fn a_saved_surface_does_not_reach_the_terminal_as_it_is() {
        let outline = |generator: &str| {
            let head = Outline::default().write();
            let krate = format!("crate crate package=a library=a generator={generator}");
            Outline::read(&format!("{head}{krate}\n")).unwrap()
        };
        let old = outline(r#""0.1.0\u001b[2J\n::error::x""#);
        let report = Report {
            names: ("a\u{1b}[2J.lock".to_owned(), "b\n::error::y".to_owned()),
            causes: causes(&old, &outline("0.2.0")),
            ..Report::default()
        };
        let text = text(&report);
        assert!(
            text.contains("0.1.0 [2J ::error::x made the old"),
            "{text:?}"
        );
        assert!(!text.contains('\u{1b}'), "{text:?}");
        assert!(!text.lines().any(|line| line.starts_with("::")), "{text:?}");
    }
}
