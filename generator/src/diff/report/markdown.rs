//! The report as Markdown, for a pull request.

use super::super::verdict::Wire;
use super::inert::{code, escaped};
use super::{Report, places};

/// The report as Markdown.
pub fn markdown(report: &Report<'_>) -> String {
    let (old, new) = &report.names;
    let mut text = format!(
        "## {} → {}\n\n**{}**\n",
        code(old),
        code(new),
        report.verdict()
    );
    if let Some((now, next)) = &report.versions
        && now != next
    {
        text.push_str(&format!("\nNext version: **{next}** (now {now}).\n"));
    }
    for note in report.notes() {
        text.push_str(&format!("\n{}\n", escaped(&note)));
    }
    text.push_str(&places::markdown(report));
    for (title, lines) in report.sections() {
        text.push_str(&format!("\n### {}\n\n", escaped(&title)));
        for line in lines {
            let wire = match line.wire() {
                Wire::Compatible => String::new(),
                wire => format!(", {}", wire.as_str()),
            };
            let place = match line.changes.as_slice() {
                [only] => report.place(only),
                _ => String::new(),
            };
            let place = if place.is_empty() {
                place
            } else {
                format!(" <sub>{}</sub>", escaped(&place))
            };
            text.push_str(&format!(
                "- **{}{wire}** {} (`{}`){}{place}\n",
                line.rust().as_str(),
                escaped(&line.sentence),
                line.code(),
                line.remark()
            ));
        }
    }
    if !report.sunsets.is_empty() {
        text.push_str("\n### Sunset\n\n");
    }
    for sunset in &report.sunsets {
        let has = if sunset.has_passed {
            "may be gone since"
        } else {
            "may be gone from"
        };
        text.push_str(&format!(
            "- {} {has} {}\n",
            code(&sunset.operation),
            escaped(sunset.day)
        ));
    }
    text
}
